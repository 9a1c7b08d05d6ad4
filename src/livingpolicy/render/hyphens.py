"""Soft hyphens in long words, where the policy's own list says that they may be broken."""

from __future__ import annotations

import re
from collections.abc import Iterable

from livingpolicy.render.typeset import SOFT_HYPHEN


def hyphenated(text: str, listed: Iterable[str]) -> str:
    """Return *text* with soft hyphens in what is *listed* ("åter-betalning"), also within longer words.

    Chromium on Debian knows no Swedish hyphenation, and rules of thumb break Swedish words badly.

    >>> hyphenated("Återbetalningen", ["åter-betalning"]).replace(chr(0xAD), "_")
    'Åter_betalningen'
    """
    for word in sorted(listed, key=len, reverse=True):
        parts = word.split("-")
        pattern = re.compile("".join(f"({re.escape(part)})" for part in parts), re.IGNORECASE)
        text = pattern.sub(lambda found: SOFT_HYPHEN.join(found.groups()), text)
    return text
