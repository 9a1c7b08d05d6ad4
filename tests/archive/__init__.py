"""What was: changes, wordings, any day, the feed."""
