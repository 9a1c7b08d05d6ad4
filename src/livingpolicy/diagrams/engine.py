"""The only door to the library that draws: Mermaid's own code in an engine without network or browser."""

from __future__ import annotations

import re
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import mermaidx

from livingpolicy.writing import write

LONGEST = 20_000
"""Characters of a diagram's source."""

_LOOK: dict[str, Any] = {
    "theme": "base",
    "securityLevel": "strict",
    "deterministicIds": True,
    "htmlLabels": False,  # labels as text of the drawing: HTML inside it would need styles in line
    "flowchart": {"htmlLabels": False, "useMaxWidth": False},
    "themeVariables": {
        "fontSize": "16px",
        "background": "#fffdf8",
        "primaryColor": "#e4f0ee",
        "primaryTextColor": "#16232b",
        "primaryBorderColor": "#0c4553",
        "secondaryColor": "#fdedc8",
        "secondaryTextColor": "#16232b",
        "secondaryBorderColor": "#7d4a00",
        "tertiaryColor": "#fcf6ec",
        "tertiaryTextColor": "#16232b",
        "tertiaryBorderColor": "#4b5a61",
        "lineColor": "#0c4553",
        "textColor": "#16232b",
        "edgeLabelBackground": "#fffdf8",
        "noteBkgColor": "#fdedc8",
        "noteTextColor": "#16232b",
        "noteBorderColor": "#7d4a00",
    },
}


class RefusedError(Exception):
    """A source that cannot be drawn."""

    def __init__(self, reason: str, line: int) -> None:
        self.reason = reason
        """What the library says, in one line."""
        self.line = line
        """1-based line of the source."""
        super().__init__(reason)


def draw(source: str, kept: Path | None) -> str:
    """Return the drawing of *source* as SVG, as the library gives it; in *kept*, drawings outlive the run.

    Raises:
        RefusedError: the source is no diagram, or longer than `LONGEST`.
    """
    if len(source) > LONGEST:
        raise RefusedError(f"{len(source)} > {LONGEST}", 1)
    # What a diagram says of itself must not undo how it is drawn.
    text = re.sub(r"%%\{.*?\}%%", lambda found: "\n" * found[0].count("\n"), source, flags=re.DOTALL)
    path = kept / f"{_key(text)}.svg" if kept else None
    if path is not None:
        with suppress(OSError, UnicodeDecodeError):
            drawn = path.read_text("utf-8")
            if drawn.startswith("<svg") and drawn.rstrip().endswith("</svg>"):
                return drawn
    try:
        svg: str = mermaidx.render(text, config=_LOOK).svg()
    except RuntimeError as error:
        raise _refused(str(error), text.rstrip().count("\n") + 1) from None
    if path is not None:
        with suppress(OSError):  # a folder that cannot be written only costs time
            write(path, svg.encode())
    return svg


def _key(text: str) -> str:
    return sha256(f"{version('mermaidx')}\0{_LOOK}\0{text}".encode()).hexdigest()[:32]


_LINE = re.compile(r"line (\d+)")


def _refused(message: str, lines: int) -> RefusedError:
    """Return the first line of what the library said, with the place it quotes."""
    told, *rest = [line.strip() for line in message.splitlines() if line.strip()] or [message]
    told = re.sub(r"^(?:Mermaid rendering failed: |Error: )+", "", told).rstrip(":")
    found = _LINE.search(told)
    if found and rest:
        told = f"{told} ({rest[0][:80]})"
    # It may point beyond the end, where something that was begun is missing.
    return RefusedError(told, min(int(found[1]), lines) if found else 1)
