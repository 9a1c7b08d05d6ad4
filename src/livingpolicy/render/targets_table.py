"""The state of every target as a table, for a pipe or a log, and every result for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import Counter

from livingpolicy.language import Catalogue
from livingpolicy.model import Result, Snapshot, TargetState, Verdict
from livingpolicy.period import written_period
from livingpolicy.render.report_table import harmless_cell
from livingpolicy.render.targets_words import aim, outcome, periods
from livingpolicy.results import Standing, standing, worst_first

COLUMNS = ("standing", "target", "result", "aim", "period", "missing", "owner")
CSV_COLUMNS = (
    "target", "name", "owner", "unit", "period", "first", "last", "verdict",
    "value", "within_target", "n", "low", "high", "comment", "at_most", "at_least", "share",
)  # fmt: skip
SYMBOLS = {
    Standing.MISSED: "!",
    Standing.STALE: "?",
    Standing.NEVER: "?",
    Standing.UNJUDGED: "~",
    Standing.WITHHELD: "~",
    Standing.MET: "✓",
    Standing.UNMEASURED: "–",
}


def heading(snapshot: Snapshot, words: Catalogue) -> str:
    """Return which policy, which day and which version the table speaks of."""
    version = snapshot.head[:7] if snapshot.head else words.text("report.no-version")
    return words.text(
        "measured.heading", policy=snapshot.policy.title, day=words.day(snapshot.as_of), version=version
    )


def summary(snapshot: Snapshot, words: Catalogue) -> str:
    """Return the counts in a sentence, worst first: "1 inte nått, 8 nådda."."""
    counted = Counter(map(standing, snapshot.targets))
    parts = [words.count(f"measured.count.{each}", counted[each]) for each in Standing if counted[each]]
    return ", ".join(parts) + "." if parts else words.text("measured.none")


def headings(words: Catalogue) -> tuple[str, ...]:
    """Return the headings of COLUMNS."""
    return tuple(words.text(f"measured.column.{column}") for column in COLUMNS)


def row(state: TargetState, words: Catalogue) -> tuple[str, ...]:
    """Return what is said of a target in the order of COLUMNS."""
    target, latest, where = state.target, state.latest, standing(state)
    return (
        f"{SYMBOLS[where]} {words.text(f'standing.{where}')}",
        f"{target.name} ({target.id})",
        outcome(latest, target, words) if latest else "–",
        aim((latest and latest.level) or target, words),
        periods((latest.measurement.period,), words) if latest else "–",
        periods(state.missing, words),
        target.owner.name,
    )


def plain(snapshot: Snapshot, words: Catalogue) -> str:
    """Return the table with aligned columns, worst first, no colours, no wrapping."""
    lines = [heading(snapshot, words), summary(snapshot, words)]
    if snapshot.targets:
        table = [headings(words), *(row(state, words) for state in worst_first(snapshot.targets))]
        widths = [max(len(each[column]) for each in table) for column in range(len(COLUMNS))]
        lines += ["", *("  ".join(map(str.ljust, each, widths)).rstrip() for each in table)]
    return "\n".join([*lines, ""])


def comma_separated(snapshot: Snapshot) -> str:
    """Return every result, newest first within its target; withheld values are not in it."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for state in snapshot.targets:
        for result in state.results:
            writer.writerow(map(harmless_cell, _cells(state, result)))
    return stream.getvalue()


def _cells(state: TargetState, result: Result) -> list[str]:
    target, one, level = state.target, result.measurement, result.level
    told: list[object] = [target.id, target.name, target.owner.id, target.unit]
    told += [written_period(one.period), one.period.first, one.period.last, result.verdict.value]
    if result.verdict is not Verdict.WITHHELD:
        told += [one.value, one.within_target, one.n, one.low, one.high, one.comment]
        told += [level.at_most, level.at_least, level.share] if level else []
    told += [None] * (len(CSV_COLUMNS) - len(told))
    return ["" if each is None else f"{each:.15g}" if isinstance(each, float) else str(each) for each in told]
