"""Mermaid blocks in the policy become pictures when the site is built: no script, no request.

`tidy` decides what of a picture may be published, `engine` is the only door to the library that draws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from livingpolicy.diagrams.values import Diagram
from livingpolicy.errors import PolicyError, Problem
from livingpolicy.markup import fenced
from livingpolicy.model import Policy, Source

__all__ = ["TITLE", "Diagram", "blocks", "draw_all", "is_diagram", "style_sheet"]

LANGUAGE = "mermaid"
TITLE = re.compile(r"^\s*accTitle\s*:\s*\S", re.MULTILINE)
"""The line of a diagram that says in words what it shows."""
NOTHING: Mapping[str, Diagram] = MappingProxyType({})


def is_diagram(info: str) -> bool:
    """Whether a code block with this *info* string ("mermaid") is a diagram."""
    return info.strip().split(" ")[0].lower() == LANGUAGE


def blocks(body: str, source: Source) -> Iterator[tuple[str, Source]]:
    """Yield the source of each diagram of a section, and where its first line stands.

    *source* is where *body* begins.
    """
    if LANGUAGE not in body.lower():  # nearly every section: not worth parsing
        return
    for info, content, line in fenced(body):
        if is_diagram(info):
            yield content, Source(source.path, source.line + line + 1)


def draw_all(policy: Policy, kept: Path | None = None) -> Mapping[str, Diagram]:
    """Return every diagram of *policy* by its source. *kept* is a folder where drawings outlive the run.

    Raises:
        PolicyError: some cannot be drawn; it carries a problem for each.
    """
    found = [
        block
        for section in policy.sections
        for block in blocks(section.body, Source(section.source.path, section.body_line))
    ]
    if not found:
        return NOTHING
    # Late: the library and its engine take a second, and most policies have no diagram.
    from livingpolicy.diagrams.engine import RefusedError, draw
    from livingpolicy.diagrams.tidy import tidy

    drawn: dict[str, Diagram] = {}
    problems = []
    for source, place in found:
        if source in drawn:
            continue
        try:
            drawn[source] = tidy(draw(source, kept), f"d{sha256(source.encode()).hexdigest()[:10]}")
        except RefusedError as error:
            line = place.line + max(0, error.line - 1)
            problems.append(Problem(Source(place.path, line), "diagram", {"reason": error.reason}))
    if problems:
        raise PolicyError(problems, policy.language)
    return MappingProxyType(drawn)


def style_sheet(diagrams: Mapping[str, Diagram]) -> bytes:
    """Return the rules of all *diagrams*, each under its own name, for a file of its own."""
    return "".join(sorted({diagram.css for diagram in diagrams.values()})).encode()
