"""What an editor may write in `synonyms.yml`: a list of these."""

from __future__ import annotations

from livingpolicy.schema.fields import several, text

GROUP = several(text(40, words=3), least=2, most=30)
"""Words, or phrases of at most three, that mean the same."""
