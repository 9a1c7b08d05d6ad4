"""Read inline Markdown as the words it shows and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from livingpolicy.diff.tokens import Token, tokens
from livingpolicy.diff.values import Role
from livingpolicy.wording import Definitions, shown, styleless

_PLACEHOLDER = re.compile(r"\{\{ *target\.([a-z0-9-]{1,60}) *\}\}")
_PROTOCOL = re.compile(r"(?:mailto|tel):")


@dataclass(frozen=True, slots=True)
class Names:
    """What a text refers to by name."""

    links: Definitions
    """Where reference links lead."""
    targets: Mapping[str, str]
    """What `{{ target.ID }}` prints."""


def words(source: str, names: Names) -> list[Token]:
    """Return what inline Markdown *source* shows, word by word; a link's target stands after the link."""
    found: list[Token] = []
    text = ""
    blank = False
    for kind, piece in shown(source, names.links):
        if kind == "text":
            text += piece
            continue
        made, blank = _words(text, names, blank)
        if kind == "link" and text.strip() == _PROTOCOL.sub("", piece):
            found += made
        else:
            address = Token(piece, f"{kind} {styleless(piece)}", role=Role(kind), weight=0.5)
            found += [*made, address]
        text = ""
    found += _words(text, names, blank)[0]
    if found and found[0].spaced:
        found[0] = replace(found[0], spaced=False)
    return found


def _words(text: str, names: Names, blank: bool) -> tuple[list[Token], bool]:
    """Return the words of *text*, and whether a blank comes after; *blank*: one came before."""
    if "{" in text:
        text = _PLACEHOLDER.sub(lambda found: names.targets.get(found[1], found[0]), text)
    tidy = re.sub(r"\s+", " ", f" {text}" if blank else text)
    return tokens(tidy), tidy.endswith(" ")
