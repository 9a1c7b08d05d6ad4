"""What a target waits for: the picture of the chain, how it was counted, and the same as a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from markupsafe import Markup

from livingpolicy.dependencies import Chain, Step, chain, department_names
from livingpolicy.dependencies.said import duration, holidays, shortly, when
from livingpolicy.language import Catalogue
from livingpolicy.model import TIME_UNITS, Need, Policy, Target
from livingpolicy.needs import department_id
from livingpolicy.render.chain_svg import NARROW, WIDE, chain_svg, left
from livingpolicy.render.environment import environment

NOWHERE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Line:
    """A need in the table."""

    need: Need
    department: str
    url: str
    """Where its page is; "": no link."""
    us: bool
    """Whether it is the department whose page this is."""
    within: str
    after: str
    """Whom it waits for, "" for nobody."""
    done: str
    """When it has to be done in the example; "" where it cannot be told."""


def chain_figure(
    target: Target,
    policy: Policy,
    words: Catalogue,
    as_of: date,
    *,
    links: Mapping[str, str] = NOWHERE,
    us: str = "",
) -> Markup:
    """Return the picture with its table; empty when the target needs nothing.

    *links* lead from the page to those of the departments, by id. *us* is the department whose page it is.
    Where nothing can be counted, because a target is no time or a channel's hours are missing, the table
    stands alone.
    """
    if not target.needs:
        return Markup()
    made = chain(target, policy, as_of)
    names = department_names(policy)
    steps: tuple[Step | None, ...] = made.steps if made else (None,) * len(target.needs)
    lines = [
        _line(need, step, made, words, names=names, links=links, us=us)
        for need, step in zip(target.needs, steps, strict=True)
    ]
    html = (
        environment(words.language)
        .get_template("site/chain.html")
        .render(
            target=target,
            chain=made,
            pictures=[
                chain_svg(made, shape, f"chain-{target.id}", words, names=names, us=us)
                for shape in (WIDE, NARROW)
            ]
            if made
            else [],
            verdict=verdict(made),
            left=left(made, words) if made else "",
            example=_example(made, words) if made else "",
            unknown=made is None and target.unit in TIME_UNITS,
            lines=lines,
            after=any(line.after for line in lines),
        )
    )
    return Markup(html)  # noqa: S704  # from our escaping environment


def verdict(made: Chain | None, step: Step | None = None) -> str:
    """Return how the promise stands: `holds`, `tight`, `short` or `unknown`.

    With a *step* it is how it would stand if only that one, and what waits for it, took its time.
    """
    if made is None:
        return "unknown"
    slack = step.slack if step else made.slack
    if not made.holds and slack < 0:
        return "short"
    return "holds" if slack > 0 else "tight"


def _line(
    need: Need,
    step: Step | None,
    made: Chain | None,
    words: Catalogue,
    *,
    names: Mapping[str, str],
    links: Mapping[str, str],
    us: str,
) -> Line:
    key = department_id(need.department)
    return Line(
        need=need,
        department=names[key],
        url="" if key == us else links.get(key, ""),
        us=key == us,
        within=duration(need.within, need.unit, words),
        after=", ".join(names[department_id(name)] for name in need.after),
        done=shortly(step.ends, words, timed=bool(made and made.timed)) if step else "",
    )


def _example(made: Chain, words: Catalogue) -> str:
    free = holidays(made, words)
    text = words.text(
        "chain.example",
        start=when(made.start, words, timed=made.timed),
        limit=when(made.limit, words, timed=made.timed),
        ends=when(made.ends, words, timed=made.timed),
        free=words.text("chain.on-the-way", days=free) if free else "",
    )
    return re.sub(r" (?=[0-9])", "\u00a0", text)
