"""Whether every poster can be read from where people stand, and with the letters that we have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from livingpolicy.errors import PolicyError, Problem
from livingpolicy.fonts import FontFile, font_files, missing
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import PosterPlan, Snapshot
from livingpolicy.render.copyfit import MOST_LEAST, Copy, fit
from livingpolicy.render.legibility import PRIMARY, Reach, hung, reaches
from livingpolicy.render.poster import Sheet, sheet
from livingpolicy.render.poster_choice import promises
from livingpolicy.render.typeset import measure

SLACK = 0.005
"""Half a centimetre in a metre is not told apart."""


ADVICE = frozenset({"poster-strained", "poster-values"})
"""What is said and stops nothing, not even a strict build: a measured value of tonight may have caused it."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is to be said of one poster."""

    line: str
    """From how far it can be read, for whoever builds the site."""
    problems: tuple[Problem, ...]

    @property
    def advice(self) -> tuple[Problem, ...]:
        """What is said and stops nothing."""
        return tuple(problem for problem in self.problems if problem.code in ADVICE)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stops the site: this poster must not hang."""
        return tuple(problem for problem in self.problems if problem.code not in ADVICE)


def inspect(snapshot: Snapshot, *, fonts: Sequence[FontFile]) -> tuple[Inspection, ...]:
    """Return what is to be said of every poster. Words can be wrong; of measured values there is advice."""
    words = catalogue(snapshot.policy.language)
    return tuple(
        _inspected(snapshot, plan, fonts, words) for plan in snapshot.policy.posters if _shown(snapshot, plan)
    )


def passed(snapshot: Snapshot, cache: Path) -> tuple[Inspection, ...]:
    """Return what is to be said of every poster that shows anything; *cache* is that of the fonts.

    Raises:
        PolicyError: a poster cannot be read from where people stand, or a letter is missing.
    """
    if not any(_shown(snapshot, plan) for plan in snapshot.policy.posters):
        return ()
    found = inspect(snapshot, fonts=font_files(cache))
    errors: list[Problem] = []
    for problem in (problem for one in found for problem in one.errors):
        if problem not in errors:  # several posters may show the same section
            errors.append(problem)
    if errors:
        raise PolicyError(errors, snapshot.policy.language)
    return found


def _shown(snapshot: Snapshot, plan: PosterPlan) -> bool:
    return bool(promises(snapshot, plan))


def _inspected(
    snapshot: Snapshot, plan: PosterPlan, fonts: Sequence[FontFile], words: Catalogue
) -> Inspection:
    made = sheet(snapshot, plan, fonts=fonts)
    found = _reaches(made, made.copy)
    line = words.text(
        "poster-fit.readable",
        title=plan.title,
        reach=_metres(min(found, key=lambda reach: reach.limit).limit, words),
        distance=_metres(plan.settings.distance_m, words),
    )
    return Inspection(line, (*_characters(snapshot, plan, made), *_distances(plan, made, found, words)))


def _reaches(made: Sheet, copy: Copy) -> list[Reach]:
    settings = made.plan.settings
    setting = fit(copy, made.faces, hung(settings), least=made.least)
    return list(reaches(setting, copy, made.faces, settings))


def _distances(plan: PosterPlan, made: Sheet, found: Sequence[Reach], words: Catalogue) -> Iterator[Problem]:
    """Yield what cannot be read from where people stand: of the words an error, of the values a warning."""
    distance = plan.settings.distance_m
    least = min(found, key=lambda reach: reach.limit)
    values = {
        "title": plan.title,
        "distance": _metres(distance, words),
        "reach": _metres(least.limit, words),
    }
    if least.limit < distance - SLACK:
        bare = replace(made.copy, values=((),) * len(made.copy.values))
        alone = min(_reaches(made, bare), key=lambda reach: reach.limit)
        if alone.limit >= distance - SLACK:
            yield Problem(plan.settings.source, "poster-values", values, warning=True)
            return
        part = words.text(f"poster-fit.{alone.part}")
        values |= {
            "reach": _metres(alone.limit, words),
            "part": part,
            "cure": _cure(made, bare, alone, words),
        }
        yield Problem(plan.settings.source, "poster-unreadable", values)
        return
    primary = min((reach for reach in found if reach.part in PRIMARY), key=lambda reach: reach.ease)
    if primary.ease < distance - SLACK:
        cure = words.text("poster-fit.longest", text=_longest(made, primary.part))
        values |= {"reach": _metres(primary.ease, words), "cure": cure}
        yield Problem(plan.settings.source, "poster-strained", values, warning=True)


def _cure(made: Sheet, bare: Copy, least: Reach, words: Catalogue) -> str:
    """Return what would let the poster be read: a shorter address, fewer promises, or standing nearer."""
    distance = made.plan.settings.distance_m
    if made.least > MOST_LEAST:
        return words.text("poster-fit.nearer")
    if least.part == "door":
        return words.text("poster-fit.address")
    if least.part in ("words", "vision"):
        return words.text("poster-fit.shorter", part=words.text(f"poster-fit.{least.part}"))
    if least.part in PRIMARY:
        for count in range(len(bare.promises) - 1, 0, -1):
            kept = sorted(bare.promises, key=lambda promise: len(promise.text))[:count]
            fewer = replace(bare, promises=tuple(kept), values=((),) * count)
            if min(reach.limit for reach in _reaches(made, fewer)) >= distance - SLACK:
                return words.text("poster-fit.fewer", count=count, text=_longest(made, least.part))
    return words.text("poster-fit.nearer")


def _longest(made: Sheet, part: str) -> str:
    """Return the longest text of *part* (with figures, or statements), as it was written."""
    alike = [one for one in made.copy.promises if (one.figure is None) == (part == "statement")]
    widest = max(alike, key=lambda promise: measure(promise.text, made.faces.text).width)
    return widest.text.replace("\u00ad", "").replace("\u00a0", " ")


def _characters(snapshot: Snapshot, plan: PosterPlan, made: Sheet) -> Iterator[Problem]:
    """Yield the characters that a typeface of the poster lacks, each where it is written."""
    policy, copy = snapshot.policy, made.copy
    faces = (made.faces.display, made.faces.text, made.faces.bold)
    written = [
        (item.section.source, f"{text.figure or ''}{text.unit or ''}{text.text}")
        for item in promises(snapshot, plan)
        if (text := item.section.metadata.poster)
    ]
    everything = "".join((*policy.guiding_words, copy.vision, *copy.signature))
    for source, letters in (*written, (plan.settings.source, everything)):
        if lacking := missing(letters, faces):
            yield Problem(source, "poster-character", {"characters": " ".join(sorted(lacking))})


def _metres(metres: float, words: Catalogue) -> str:
    """Return "3,1": what is said can be relied on, so it is not rounded up."""
    text = f"{int((metres + SLACK) * 10) / 10:g}"
    return text if words.language == "en" else text.replace(".", ",")
