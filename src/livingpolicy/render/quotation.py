"""Find what is quoted in a line, so that it is not broken where it need not be."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"(?:(?<=\s)|^)[”“„»][^”“„»]*\s[^”“„»]*[”“»]\S*")
"""Two words or more; what is written together with the closing mark belongs to it."""


def around_quotation(text: str) -> tuple[str, str, str]:
    """Return what stands before the first quotation of *text*, the quotation, and what follows.

    >>> around_quotation("Ingen får höra ”det är så”.")
    ('Ingen får höra ', '”det är så”.', '')
    >>> around_quotation("Säg ”ja”")
    ('Säg ”ja”', '', '')
    """
    found = _QUOTED.search(text)
    if found is None:
        return text, "", ""
    return text[: found.start()], found[0], text[found.end() :]
