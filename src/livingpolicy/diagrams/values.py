"""A drawing as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing that may be published."""

    name: str
    """The id of its `<svg>`, and the beginning of every id in it."""
    svg: str
    css: str
    """Its rules; each begins with `#name`."""
