"""What was: every change as people read it, every wording at an address of its own, and the feed of both."""
