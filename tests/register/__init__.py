"""The target register: numbers, contradictions, reviews."""
