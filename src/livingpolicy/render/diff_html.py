"""A difference in HTML: `<ins>` and `<del>` that are also said in words, lists as lists, tables as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from livingpolicy.diff import Difference, Gap, Part, Shape, Table
from livingpolicy.diff.strokes import strokes
from livingpolicy.render.environment import environment


def difference_html(difference: Difference, language: str) -> Markup:
    """Return the difference as block elements in `<div class="lp-diff">`; the title only when it changed."""
    html = (
        environment(language)
        .get_template("diff/difference.html")
        .render(difference=difference, groups=_groups(difference.parts), strokes=strokes)
    )
    return Markup(html)  # noqa: S704 (from our escaping environment)


def _groups(parts: Sequence[Part]) -> Iterator[tuple[str, list[Part]]]:
    """Yield the parts with the name of their kind; list items that follow one another share a list."""
    for name, group in groupby(parts, key=_name):
        if name == Shape.ITEM:
            yield name, [*group]
        else:
            yield from ((name, [part]) for part in group)


def _name(part: Part) -> str:
    if isinstance(part, Gap):
        return "gap"
    return "table" if isinstance(part, Table) else part.shape.value
