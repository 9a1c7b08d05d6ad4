"""What an editor meant with an id or a heading that is one sign away from being one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from livingpolicy.outline import slug

_NAME = r"[^\W_][\w-]*"
_ID = re.compile(
    rf"(?<!\{{)\{{\s*(?P<bare>[a-z0-9][a-z0-9-]*)\s*\}}$"  # {{svar}}: no hash
    rf"|\{{+\s*#\s*(?P<braced>{_NAME}(?: +{_NAME})*)\s*[}})\]]*$"  # a blank, a brace too few or too many
    rf"|[(\[]#(?P<other>[^\W\d_][\w-]*)[}})\]]$"  # other brackets
    rf"|(?:^|(?<=\s))#(?P<closed>{_NAME})\}}$"  # no opening brace
)


@dataclass(frozen=True, slots=True)
class MistypedId:
    """An id that is none, at the end of a heading."""

    title: str
    """The heading without it."""
    written: str
    id: str
    """What it was meant to be."""


def mistyped_id(title: str) -> MistypedId | None:
    """Return what was meant as an id at the end of the heading *title*, which has none.

    >>> mistyped_id("Svar i telefon {svar-telefon}").id
    'svar-telefon'
    """
    found = _ID.search(title)
    name = slug(found[found.lastgroup or 0]) if found else ""
    return MistypedId(title[: found.start()].rstrip(" \t"), found[0], name) if found and name else None


JOINED_HEADING = re.compile(r"^[ \t]*(?P<marks>#{2,6})(?P<title>[^\s#].*)$", re.MULTILINE)
"""A line that would be a heading if there were a blank after its hashes."""

_SWALLOWED = re.compile(r"^(?:`{3,}|~{3,})|^#{2,6} +\S.*\{#", re.MULTILINE)
_PROSE = re.compile(r"\n[ \t]*\n(?![ \t#\"'{\[]|- |[^\s:]+:(?:\s|$))\S")


def swallows(metadata: str, *, readable: bool) -> bool:
    """Whether a `yaml` block holds what stands after it, as nothing closes it; *readable* as YAML or not."""
    return _SWALLOWED.search(metadata) is not None or (not readable and _PROSE.search(metadata) is not None)
