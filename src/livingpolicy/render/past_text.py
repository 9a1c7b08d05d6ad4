"""The policy as it stood on a day, in words for people: no markup, no hashes before the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from livingpolicy.diff import difference
from livingpolicy.diff.history import wording
from livingpolicy.language import Catalogue
from livingpolicy.model import Snapshot
from livingpolicy.past import Standing
from livingpolicy.render import harmless
from livingpolicy.render.diff_text import plain
from livingpolicy.render.why import why


def past_text(standing: Sequence[Standing], snapshot: Snapshot, day: date, words: Catalogue) -> str:
    """Return the sections one after the other, or the word that nothing stood then."""
    if not standing:
        return words.text("show.nothing", day=words.day(day)) + "\n"
    told = "\n\n".join("\n".join(_section(item, snapshot, day, words)).rstrip() for item in standing)
    return harmless.lines(told) + "\n"


def _section(item: Standing, snapshot: Snapshot, day: date, words: Catalogue) -> Iterator[str]:
    told = wording(item.revision, snapshot.policy, words)
    yield f"{item.revision.title} ({item.section})"
    yield _when(item, day, words)
    if not item.certain:
        yield words.text("show.uncertain")
    yield ""
    for name, lines in told.facts.items():
        label = words.text(f"diff.fact.{name}")
        label = label[:1].upper() + label[1:]
        if len(lines) == 1:
            yield f"{label}: {lines[0]}"
        else:
            yield f"{label}:"
            yield from (f"• {line}" for line in lines)
    if told.facts:
        yield ""
    # Nothing differs between a wording and itself: what is left is the text, without its markup.
    yield plain(difference(told, told), words)


def _when(item: Standing, day: date, words: Catalogue) -> str:
    landed = item.since.commit.landed_at
    since = words.day(landed.date()) if landed else words.text("log.no-date")
    return words.text("show.since", day=words.day(day), since=since, subject=why(item.since.commit).subject)
