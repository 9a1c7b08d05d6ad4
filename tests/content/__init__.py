"""The strict reader: what an editor may write, and what each mistake is called."""
