"""The foot of the poster: whether what hangs here still holds, in every wording that time can bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from livingpolicy.language import Catalogue
from livingpolicy.model import Owner, PosterPlan, Snapshot, Status
from livingpolicy.render.poster_choice import ABSENT, promises
from livingpolicy.review import late_since

DATED = (Status.CURRENT, Status.DUE_SOON, Status.OVERDUE)
TELLING = (Status.OVERDUE, Status.DRAFT, Status.UNKNOWN)
"""What must stand on paper too; that all is well is true only on the day it is printed."""


@dataclass(frozen=True, slots=True)
class State:
    """One wording of the foot."""

    name: str
    """`current`, `due-soon`, `overdue`, `draft` or `unknown`."""
    lead: str
    """What is seen from afar: "Aktuell"."""
    rest: str
    """How the sentence goes on, if it does."""
    beside: str
    """A second remark on the first line, or empty."""
    below: tuple[str, ...]
    """The remarks of the second line."""
    paper: tuple[tuple[str, ...], ...] = ()
    """The remarks of each line on paper; where only one line is given, the first one stands above it."""

    @property
    def stands_on_paper(self) -> bool:
        """Whether the first line is printed as well."""
        return len(self.paper) < 2

    @property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """The two lines as they will be measured; the icon counts as two letters."""
        first = f"MM{self.lead}{self.rest}"
        return (first, self.beside) if self.beside else (first,), self.below

    @property
    def on_paper(self) -> tuple[tuple[str, ...], ...]:
        """The lines on paper, to be measured as well."""
        return (*self.paragraphs[:1], *self.paper) if self.stands_on_paper else self.paper


@dataclass(frozen=True, slots=True)
class Foot:
    """Whether what hangs here still holds, and what time will change about that."""

    state: str
    otherwise: str
    """The state that no date changes: `current`, `draft` or `unknown`."""
    states: tuple[State, ...]
    due_on: date | None
    """The first day on which something of the poster is due."""
    warn_from: date | None
    timezone: str


def foot(
    snapshot: Snapshot,
    words: Catalogue,
    plan: PosterPlan | None = None,
    *,
    version: str = "",
    coded: bool = True,
) -> Foot:
    """Return what the foot says: the worst of the sections on the poster decides, without any that of all.

    *version* is what a printed poster calls itself, and *coded* whether a QR code leads to the current one.
    """
    shown = promises(snapshot, plan) or tuple(item for item in snapshot.sections if item.status not in ABSENT)
    dated = [item for item in shown if item.due_on is not None and item.status in DATED]
    first = min(dated, key=lambda item: item.due_on or date.max, default=None)
    due_on = first.due_on if first else None
    worst = min((item.status for item in shown), key=list(Status).index, default=Status.UNKNOWN)
    undated = [item.status for item in shown if item.status in (Status.UNKNOWN, Status.DRAFT)]
    otherwise = min(undated, key=list(Status).index, default=Status.CURRENT if first else Status.UNKNOWN)
    revised = [
        commit.landed_at.date() for item in shown if (commit := item.last_revised) and commit.landed_at
    ]

    def state(status: Status, owner: Owner) -> State:
        values = {
            "owner": owner.name,
            "due": words.unbroken_day(due_on) if due_on else "",
            "late": words.unbroken_day(late_since(due_on)) if due_on else "",
            "revised": words.unbroken_day(max(revised)) if revised else "",
        }
        lead, rest, beside, below, answers = (
            words.text(f"poster.{part}", **values)
            for part in (
                *(f"{status}.{part}" for part in ("lead", "rest", "beside", "below")),
                "answers",
            )
        )
        called = words.text("poster.version", version=version.replace(" ", "\u00a0"))
        compare = words.text(f"poster.compare.{'code' if coded else 'site'}")
        paper: tuple[tuple[str, ...], ...] = ((called, compare),)
        if status not in TELLING:
            paper = ((called,), (compare, answers))
        return State(status, lead, rest, beside, (below, answers) if below else (answers,), paper)

    states = [state(otherwise, snapshot.policy.owner)]
    if first:
        if otherwise is Status.CURRENT:
            states.append(state(Status.DUE_SOON, first.section.owner))
        states.append(state(Status.OVERDUE, first.section.owner))
    return Foot(
        state=worst,
        otherwise=otherwise,
        states=tuple(states),
        due_on=due_on,
        warn_from=snapshot.policy.review.warn.before(due_on) if due_on else None,
        timezone=snapshot.policy.timezone,
    )
