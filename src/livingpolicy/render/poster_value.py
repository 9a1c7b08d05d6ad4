"""The measured value below a promise on the poster: only what is judged, and it says when it is old."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from livingpolicy.language import Catalogue
from livingpolicy.model import Result, SectionReview, Snapshot, Target, TargetState, Verdict
from livingpolicy.render import measured

SHOWN = (Verdict.MET, Verdict.MISSED)
"""What is withheld, or cannot be judged, is not on the wall: visitors read it too."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a measured value is told, fresh or old."""

    name: str
    """`met`, `missed` or `stale`."""
    icon: str
    lead: str
    """The verdict in a word: "Nått"."""
    pieces: tuple[str, ...]
    """What follows, never broken within a piece: "93 %,", "mål 90 %,", "okt"."""
    spoken: str
    """The same in whole sentences, for those who do not see the poster."""

    @property
    def measured(self) -> tuple[str, ...]:
        """The lead and the pieces, as they will be measured."""
        return (self.lead, *self.pieces)


@dataclass(frozen=True, slots=True)
class Reached:
    """A measured value, and what time will change about it."""

    wordings: tuple[Wording, ...]
    """The fresh one, unless it is too old already, and the one it will have when it is."""
    stale_on: date
    """The first day on which it is too old."""


def reached(
    item: SectionReview, snapshot: Snapshot, words: Catalogue, *, visitors: bool = False
) -> Reached | None:
    """Return the latest value of the target that the section names; None when nothing is to be shown.

    *visitors* read the poster: then only what the section lets them see.
    """
    metadata = item.section.metadata
    if metadata.target is None or metadata.poster is None or not metadata.poster.shows_value:
        return None
    if visitors and not metadata.poster.value_for_visitors:
        return None
    state = next((one for one in snapshot.targets if one.target.id == metadata.target), None)
    if state is None or state.latest is None or state.latest.verdict not in SHOWN:
        return None
    return Reached(
        wordings=tuple(_wordings(state, state.latest, words)),
        stale_on=measured.stale_on(state.latest.measurement.period),
    )


def _wordings(state: TargetState, latest: Result, words: Catalogue) -> Iterator[Wording]:
    names = {"met": "current", "missed": "overdue", "stale": "due-soon"}
    for name in ("stale",) if state.stale else (latest.verdict.value, "stale"):
        lead = words.text(f"standing.{name}")
        yield Wording(
            name=name,
            icon=names[name],
            lead=lead.replace(" ", measured.TIE),
            pieces=_pieces(latest, state.target, words, old=name == "stale"),
            spoken=words.text(
                "poster.value.spoken",
                period=measured.period(latest.measurement.period, words),
                result=measured.sentence(latest.measurement, latest.level, state.target, words),
                word=lead,
            ),
        )


def _pieces(latest: Result, target: Target, words: Catalogue, *, old: bool) -> tuple[str, ...]:
    """Return "93 %,", "mål 90 %,", "okt"; an old value is held against nothing, and tells its year."""
    measurement = latest.measurement
    asked = measured.asked_for(latest.level, words) if latest.level and not old else ""
    return tuple(
        words.text(f"poster.value.{name}", value=value).replace(" ", measured.TIE)
        for name, value in (
            ("figure", measured.result(measurement, latest.level, target, words)),
            ("asked", asked),
            ("period", measured.short_period(measurement.period, words, year=old)),
        )
        if value
    )
