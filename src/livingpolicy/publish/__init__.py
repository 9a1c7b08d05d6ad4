"""Publish a built site so that readers always have a whole one: built beside, looked over, swapped."""
