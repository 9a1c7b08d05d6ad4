"""Rules about the target register and what refers to it."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.errors import Problem
from livingpolicy.interval import Interval
from livingpolicy.markup import target_references
from livingpolicy.model import TIME_UNITS, Source
from livingpolicy.parse import WrittenPolicy, WrittenSection
from livingpolicy.schema import Read, TargetEntry
from livingpolicy.spelling import near
from livingpolicy.validate.dates import longer
from livingpolicy.validate.needs import named_targets


def a_target_has_one_limit(written: WrittenPolicy) -> Iterator[Problem]:
    """A target has either `at_most` or `at_least`; a percentage lies between 0 and 100.

    Passes: `at_most: 3`.
    Fails: neither, or both; `at_least: 120` with `unit: percent`.
    """
    for entry in (written.targets or {}).values():
        target = entry.value
        if target is None or not entry.sure("at_most", "at_least"):
            continue
        if (target.at_most is None) == (target.at_least is None):
            yield Problem(entry.source(), "target-limit", {"name": target.name or ""})
            continue
        key, limit = _limit(target)
        if entry.sure("unit") and target.unit == "percent" and limit is not None and limit > 100:
            values = {"key": key, "text": f"{limit:g}", "least": "0", "most": "100"}
            yield Problem(entry.source(key), "number-range", values)


def clocks_count_time(written: WrittenPolicy) -> Iterator[Problem]:
    """Only a length of time has a `clock`, and working days have that of the days on which we work.

    Passes: `unit: hours`, `clock: opening-hours`; `unit: working-days` without a clock.
    Fails: `unit: percent` with a clock; `unit: working-days`, `clock: around-the-clock`.
    """
    for entry, target in _read(written, "unit", "clock"):
        if target.clock is None:
            continue
        if target.unit not in TIME_UNITS:
            yield Problem(entry.source("clock"), "clock-of-nothing", {"unit": target.unit})
        elif target.unit == "working-days" and target.clock == "around-the-clock":
            yield Problem(entry.source("clock"), "clock-of-working-days")


def shares_are_of_cases(written: WrittenPolicy) -> Iterator[Problem]:
    """A `share` of the cases is within the limit; percents and counts are no limits of a case.

    Passes: `at_most: 3`, `unit: minutes`, `share: 90`.
    Fails: `at_least: 80`, `unit: percent`, `share: 90`.
    """
    for entry, target in _read(written, "unit", "share"):
        if target.share is not None and target.unit in {"percent", "count"}:
            values = {"name": target.name or "", "unit": target.unit}
            yield Problem(entry.source("share"), "share-of-a-share", values)


def a_target_can_be_missed(written: WrittenPolicy) -> Iterator[Problem]:
    """There are values that miss the target, and values that reach it.

    Passes: `at_most: 0`, `unit: count`; `at_least: 100`, `unit: percent`.
    Fails: `at_least: 0`; `at_most: 100`, `unit: percent`; `at_most: 0`, `unit: minutes`.
    """
    for entry, target in _read(written, "unit", "at_most", "at_least"):
        key, limit = _limit(target)
        if limit == 0 and (key == "at_least" or target.unit in TIME_UNITS):
            code = "target-never-missed" if key == "at_least" else "target-never-met"
        elif limit == 100 and (key, target.unit) == ("at_most", "percent"):
            code = "target-never-missed"
        else:
            continue
        yield Problem(entry.source(key), code, {"name": target.name or "", "text": f"{key}: {limit:g}"})


def a_target_begins_within_a_year(written: WrittenPolicy) -> Iterator[Problem]:
    """A target that is to apply later does so within a year: a later day is probably a wrong year.

    Passes: `effective_from: 2024-01-01`; a day within a year.
    Fails: a later one (a warning).
    """
    for entry, target in _read(written, "effective_from"):
        day = target.effective_from
        if day is not None and day > Interval(1, "years").after(written.today):
            values = {"name": target.name or "", "day": str(day)}
            yield Problem(entry.source("effective_from"), "target-far-ahead", values, warning=True)


def targets_have_names_of_their_own(written: WrittenPolicy) -> Iterator[Problem]:
    """No two targets are called the same: readers know them by their names.

    Passes: `Svar i telefon` and `Svar på mejl`.
    Fails: `Svar` twice (a warning).
    """
    first: dict[str, Source] = {}
    for entry, target in _read(written, "name"):
        source = entry.source("name")
        if target.name and (there := first.setdefault(target.name.casefold(), source)) is not source:
            yield Problem(
                source, "target-name-twice", {"name": target.name, "first": str(there)}, warning=True
            )


_EVERY = {
    "daily": Interval(1, "days"),
    "weekly": Interval(1, "weeks"),
    "monthly": Interval(1, "months"),
    "quarterly": Interval(3, "months"),
    "yearly": Interval(1, "years"),
}


def a_target_is_measured_before_it_is_reviewed(written: WrittenPolicy) -> Iterator[Problem]:
    """A target is not looked at more often than there is something new to see.

    Passes: `measured: monthly`, `review_every: 3 months`.
    Fails: `measured: yearly`, `review_every: 3 months` (a warning).
    """
    for entry, target in _read(written, "measured", "review_every"):
        if target.measured and target.review_every and longer(_EVERY[target.measured], target.review_every):
            values = {
                "name": target.name or "",
                "every": str(target.review_every),
                "measured": target.measured,
            }
            yield Problem(entry.source("review_every"), "reviewed-before-measured", values, warning=True)


def _read(written: WrittenPolicy, *keys: str) -> Iterator[tuple[Read[TargetEntry], TargetEntry]]:
    """Yield the targets of which these keys can be read."""
    for entry in (written.targets or {}).values():
        if entry.value is not None and entry.sure(*keys):
            yield entry, entry.value


def _limit(target: TargetEntry) -> tuple[str, float | None]:
    return ("at_most", target.at_most) if target.at_least is None else ("at_least", target.at_least)


def targets_are_known(written: WrittenPolicy) -> Iterator[Problem]:
    """Whatever refers to a target names one of `targets.yml`.

    Passes: `target: svarstid-telefon` and `{{ target.svarstid-telefon }}` with that target in the register.
    Fails: `{{ target.svarstid-telefn }}`.
    """
    if written.targets is None:
        return
    for name, source in _named(written):
        if not written.targets:
            yield Problem(source, "no-targets", {"id": name})
        elif name not in written.targets:
            yield Problem(source, "unknown-target", {"id": name, "known": near(name, written.targets.keys())})


def _named(written: WrittenPolicy) -> Iterator[tuple[str, Source]]:
    for chapter in written.chapters:
        for reference in chapter.markup.targets:
            yield reference.address, Source(chapter.path, reference.line)
    for section in written.sections:
        block = section.block.value
        if block is not None and block.target is not None:
            yield block.target, section.block.source("target")
        for text, source in _texts(section):
            for name in target_references(text):
                yield name, source
    for entry in (written.improvements or {}).values():
        if entry.value is not None and entry.sure("target") and entry.value.target is not None:
            yield entry.value.target, entry.source("target")
    yield from named_targets(written)


def _texts(section: WrittenSection) -> Iterator[tuple[str, Source]]:
    """Yield the texts of the metadata that readers see."""
    block = section.block.value
    if block is None:
        return
    if block.promise is not None:
        yield block.promise, section.block.source("promise")
    if block.poster is not None and section.block.sure("poster"):
        yield block.poster.text, section.block.source("poster")
    for key in ("situations", "steps"):
        for place, text in enumerate(getattr(block, key)):
            yield text, section.block.source(key, place)
