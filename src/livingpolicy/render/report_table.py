"""The report as a table: columns of text that the terminal, Markdown and CSV forms share."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from livingpolicy.language import Catalogue
from livingpolicy.measurements import RUNS
from livingpolicy.model import AnyReview, Owner, SectionReview, Snapshot, Status
from livingpolicy.render.report_advice import Points, advice
from livingpolicy.review import worst_first

COLUMNS = ("status", "section", "owner", "revised", "reviewed", "due")
CSV_COLUMNS = (
    "id", "title", "chapter", "path", "line", "owner", "status",
    "last_revised_on", "commit", "last_reviewed_on", "review_every", "due_on", "days_overdue", "revisions",
    "type",
)  # fmt: skip
_MARKUP = {ord(character): f"&#{ord(character)};" for character in "\\`*_{}[]<>#|@&"}
SYMBOLS = {
    Status.OVERDUE: "!",
    Status.UNKNOWN: "?",
    Status.DRAFT: "~",
    Status.DUE_SOON: "*",
    Status.CURRENT: "✓",
    Status.UPCOMING: ">",
    Status.RETIRED: "–",
}


def heading(snapshot: Snapshot, words: Catalogue) -> str:
    """Return which policy, which day and which version the report speaks of."""
    version = snapshot.head[:7] if snapshot.head else words.text("report.no-version")
    return words.text(
        "report.heading", policy=snapshot.policy.title, day=words.day(snapshot.as_of), version=version
    )


@dataclass(frozen=True, slots=True)
class Table:
    """The sections or the targets, worst first."""

    heading: str | None
    """None for the sections, which come first and need none."""
    headings: tuple[str, ...]
    items: tuple[AnyReview, ...]
    rows: tuple[tuple[str, ...], ...]
    """One row of text per item in the order of COLUMNS."""


def tables(snapshot: Snapshot, words: Catalogue) -> Iterator[Table]:
    """Yield the table of the sections, then that of the targets if there are any."""
    headings = [words.text(f"report.column.{column}") for column in COLUMNS]
    if snapshot.sections or not snapshot.target_reviews:
        items = worst_first(snapshot.sections)
        yield Table(None, tuple(headings), items, tuple(_cells(item, words) for item in items))
    if snapshot.target_reviews:
        targets = worst_first(snapshot.target_reviews)
        headings[COLUMNS.index("section")] = words.text("report.targets.column")
        heading = words.text("report.targets.heading")
        yield Table(heading, tuple(headings), targets, tuple(_cells(item, words) for item in targets))


def _cells(item: AnyReview, words: Catalogue) -> tuple[str, ...]:
    return (
        f"{SYMBOLS[item.status]} {words.text(f'status.{item.status}')}",
        f"{item.title} ({item.id})",
        item.owner.name,
        _revised(item),
        item.last_reviewed.reviewed_on.isoformat() if item.last_reviewed else "–",
        _due(item, words),
    )


def summary(snapshot: Snapshot, words: Catalogue) -> str:
    """Return the counts in a sentence, worst first: "1 försenad, 3 granskas snart, 20 aktuella."."""
    sections = _counts(snapshot.sections, "report.count", words)
    targets = _counts(snapshot.target_reviews, "report.targets.count", words)
    told = [f"{sections}."] if sections else []
    told += [f"{words.text('report.targets.summary', counts=targets)}."] if targets else []
    return " ".join(told) or words.text("report.empty")


def _counts(items: Iterable[AnyReview], key: str, words: Catalogue) -> str:
    counted = Counter(item.status for item in items)
    return ", ".join(words.count(f"{key}.{status}", counted[status]) for status in Status if counted[status])


def plain(snapshot: Snapshot, words: Catalogue, *, by_owner: bool = False) -> str:
    """Return the report for a pipe or a log: aligned columns, no colours, no wrapping."""
    lines = [heading(snapshot, words), summary(snapshot, words)]
    if not by_owner:
        return "\n".join([*lines, "", *_plain_part(snapshot, words, None), ""])
    for owner, theirs in per_owner(snapshot):
        lines += ["", "", f"{_owner(owner, words)}\n{summary(theirs, words)}", ""]
        lines += _plain_part(snapshot, words, owner)
    return "\n".join([*lines, ""])


def _plain_part(snapshot: Snapshot, words: Catalogue, owner: Owner | None) -> Iterator[str]:
    """Yield the lines of the table and of what is to be said below it, to everybody or to one owner."""
    for number, table in enumerate(tables(_of(snapshot, owner), words)):
        if table.heading is not None:
            yield f"\n{table.heading}" if number else table.heading
        rows = [table.headings, *table.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
        for row in rows:
            yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    for each in advice(snapshot, words, owner):
        yield f"\n{each.heading}"
        for part in each.parts:
            yield part.intro
            yield from (f"{mark} {point}" for mark, point in _marked(part))


def markdown(snapshot: Snapshot, words: Catalogue, *, by_owner: bool = False) -> str:
    """Return the report for a job summary, an issue or a mail; text of the policy cannot become markup."""
    lines = [f"## {escaped(heading(snapshot, words))}", "", escaped(summary(snapshot, words)), ""]
    if not by_owner:
        return "\n".join([*lines, *_markdown_part(snapshot, words, None, "###")])
    for owner, theirs in per_owner(snapshot):
        lines += [f"### {escaped(_owner(owner, words))}", "", escaped(summary(theirs, words)), ""]
        lines += _markdown_part(snapshot, words, owner, "####")
    return "\n".join(lines)


def _markdown_part(snapshot: Snapshot, words: Catalogue, owner: Owner | None, level: str) -> Iterator[str]:
    """Yield the lines of the table and of what is to be said below it, to everybody or to one owner."""
    for table in tables(_of(snapshot, owner), words):
        if table.heading is not None:
            yield from (f"{level} {escaped(table.heading)}", "")
        yield _row(map(escaped, table.headings))
        yield _row("---" for _ in COLUMNS)
        yield from (_row(map(escaped, row)) for row in table.rows)
        yield ""
    yield from advised(snapshot, words, owner, level)


def advised(snapshot: Snapshot, words: Catalogue, owner: Owner | None, level: str) -> Iterator[str]:
    """Yield in Markdown what is to be said below a table, under headings of *level* ("###")."""
    for each in advice(snapshot, words, owner):
        yield f"{level} {escaped(each.heading)}"
        for part in each.parts:
            yield from ("", escaped(part.intro), "")
            yield from (f"{mark} {escaped(point)}" for mark, point in _marked(part))
        yield ""


def _marked(part: Points) -> list[tuple[str, str]]:
    return [(f"{number}." if part.ordered else "-", point) for number, point in enumerate(part.points, 1)]


def per_owner(snapshot: Snapshot) -> list[tuple[Owner, Snapshot]]:
    """Return each owner with the snapshot of what is theirs; who is latest with most comes first."""
    owners = {item.owner.id: item.owner for item in snapshot.items}
    parts = [(owner, _of(snapshot, owner)) for owner in owners.values()]
    return sorted(parts, key=lambda part: (*_urgency(part[1]), part[0].name))


def _urgency(snapshot: Snapshot) -> tuple[int, date]:
    due = [item.due_on for item in snapshot.items if item.due_on and item.status is not Status.RETIRED]
    return -sum(item.status is Status.OVERDUE for item in snapshot.items), min(due, default=date.max)


def _of(snapshot: Snapshot, owner: Owner | None) -> Snapshot:
    """Return the snapshot of one owner's sections and targets, or all of it."""
    if owner is None:
        return snapshot
    return replace(
        snapshot,
        sections=tuple(item for item in snapshot.sections if item.owner.id == owner.id),
        target_reviews=tuple(item for item in snapshot.target_reviews if item.owner.id == owner.id),
    )


def _owner(owner: Owner, words: Catalogue) -> str:
    name = words.text("owners.heading", owner=owner.name, id=owner.id)
    return ", ".join(filter(None, (name, owner.team, owner.contact)))


def comma_separated(snapshot: Snapshot) -> str:
    """Return the report as CSV with the names of the JSON contract, safe to open in a spreadsheet.

    The targets come after the sections, without a chapter; `type` tells the two apart.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    items: list[AnyReview] = [*worst_first(snapshot.sections), *worst_first(snapshot.target_reviews)]
    for item in items:
        revised = item.last_revised
        writer.writerow(
            harmless_cell(str(value))
            for value in (
                item.id,
                item.title,
                item.chapter.id if isinstance(item, SectionReview) else "",
                item.source.path,
                item.source.line,
                item.owner.id,
                item.status.value,
                _iso(revised.landed_at.date() if revised and revised.landed_at else None),
                revised.sha if revised else "",
                _iso(item.last_reviewed.reviewed_on if item.last_reviewed else None),
                item.interval,
                _iso(item.due_on),
                item.days_overdue,
                item.revisions,
                "section" if isinstance(item, SectionReview) else "target",
            )
        )
    return stream.getvalue()


def _revised(item: AnyReview) -> str:
    revised = item.last_revised
    return revised.landed_at.date().isoformat() if revised and revised.landed_at else "–"


def _due(item: AnyReview, words: Catalogue) -> str:
    if item.due_on is None:
        return "–"
    if item.days_overdue:
        return words.count("report.late", item.days_overdue, day=item.due_on.isoformat())
    return item.due_on.isoformat()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Return *text* with nothing in it that Markdown or a forge would act on, mentions included."""
    return text.translate(_MARKUP)


def harmless_cell(text: str) -> str:
    """Return *text* as a cell that no spreadsheet runs: the apostrophe makes a formula text."""
    return f"'{text}" if text.startswith(RUNS) else text
