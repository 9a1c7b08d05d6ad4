"""Read inline Markdown as the words it shows and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from livingpolicy.diff.passage import Passage, passage
from livingpolicy.diff.tokens import Token, tokens
from livingpolicy.diff.values import Role
from livingpolicy.wording import MARKUP, Definitions, shown, styleless, visible

_PLACEHOLDER = re.compile(r"\{\{ *target\.([a-z0-9-]{1,60}) *\}\}")
_PROTOCOL = re.compile(r"(?:mailto|tel):")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Names:
    """What a text refers to by name."""

    links: Definitions
    """Where reference links lead."""
    targets: Mapping[str, str]
    """What `{{ target.ID }}` prints."""

    def matter_to(self, source: str) -> bool:
        """Whether *source* may read otherwise without them."""
        # An entity may stand for the brace of a placeholder, but not for the bracket of a link.
        return bool((self.links and "[" in source) or (self.targets and ("{" in source or "&" in source)))


NONE = Names({}, {})


def read(source: str, names: Names) -> Passage:
    """Return what inline Markdown *source* shows, word by word; a link's target stands after the link."""
    return _read(source, names) if names.matter_to(source) else _read_alone(source)


@lru_cache(maxsize=1024)  # from one wording to the next most paragraphs stay
def _read_alone(source: str) -> Passage:
    return _read(source, NONE)


def _read(source: str, names: Names) -> Passage:
    found: list[Token] = []
    text = ""
    blank = False
    for kind, piece in _shown(source, names.links):
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
    return passage(found)


def _shown(source: str, links: Definitions) -> Iterable[tuple[str, str]]:
    text = visible(source)
    return shown(text, links) if MARKUP.search(text) else (("text", text),)


def _words(text: str, names: Names, blank: bool) -> tuple[list[Token], bool]:
    """Return the words of *text*, and whether a blank comes after; *blank*: one came before."""
    if "{" in text:
        text = _PLACEHOLDER.sub(lambda found: names.targets.get(found[1], found[0]), text)
    tidy = _BLANKS.sub(" ", f" {text}" if blank else text)
    return tokens(tidy), tidy.endswith(" ")
