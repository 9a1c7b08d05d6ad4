"""Which word stands in which section, and how much it counts there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Kind, Mandate, Policy, SectionReview, Snapshot, Status
from livingpolicy.search.passages import passages, plain_text
from livingpolicy.search.tongue import TONGUES, Tongue, numerals, stems
from livingpolicy.search.words import words

SCALE = 8
"""A weight of 1 in a section of average length."""
LONG = 0.35
"""How much the length of a section tells against its words: 0 nothing, 1 in full."""
HEAVIEST = 999


class Part(Enum):
    """Where in a section a passage stands: its letter in the index, and what a word counts there."""

    PROMISE = ("p", 3.0)
    SITUATION = ("s", 3.5)
    STEP = ("t", 1.6)
    TEXT = ("x", 1.0)
    MORE = ("m", 1.2)
    """What stands beside the text: the mandate, the target, the figure on the poster."""

    def __init__(self, letter: str, weight: float) -> None:
        self.letter = letter
        self.weight = weight


TITLE = 5.0
CONTEXT = 0.5
"""The chapter's title, the owner and the channels: what a section is found by, but is not about."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A section as a result shows it."""

    id: str
    title: str
    chapter: str
    """Id of the chapter; the chapter's own id when the entry is the text before its first section."""
    kind: Kind
    owner: str
    status: Status | None
    """`upcoming` or `retired`, None when the section applies."""
    passages: tuple[tuple[Part, str], ...]


@dataclass(frozen=True, slots=True)
class Index:
    """Everything a browser needs to find a section."""

    tongue: Tongue
    chapters: Mapping[str, str]
    """Titles by id."""
    entries: tuple[Entry, ...]
    """In reading order."""
    forms: tuple[str, ...]
    """Every word as it stands in the policy, folded, sorted."""
    stems: tuple[str, ...]
    """Of each form."""
    places: tuple[tuple[tuple[int, int], ...], ...]
    """For each form, the entries that hold it with what it counts there, in units of 1 / `SCALE`."""
    alike: tuple[tuple[tuple[str, ...], ...], ...]
    """Groups of what means the same; each member is one word or a few."""


def index(snapshot: Snapshot) -> Index:
    """Return the index of *snapshot*. A retired section is found by its title and the reason alone."""
    policy = snapshot.policy
    tongue = TONGUES[policy.language]
    catalogue_ = catalogue(policy.language)
    targets = {target.id: target.wording for target in policy.targets.values()}
    entries = tuple(_entry(item, policy, targets, catalogue_) for item in snapshot.sections)
    counted = [
        _counted(entry, item, catalogue_) for entry, item in zip(entries, snapshot.sections, strict=True)
    ]
    average = sum(length for _, length in counted) / max(len(counted), 1)
    places: dict[str, list[tuple[int, int]]] = {}
    for number, (weights, length) in enumerate(counted):
        share = SCALE / (1 - LONG + LONG * length / average) if average else SCALE
        for form, weight in weights.items():
            places.setdefault(form, []).append((number, min(max(round(weight * share), 1), HEAVIEST)))
    forms = sorted(places)
    return Index(
        tongue=tongue,
        chapters={chapter.id: chapter.title for chapter in policy.chapters},
        entries=entries,
        forms=tuple(forms),
        stems=tuple(stems(forms, tongue)),
        places=tuple(tuple(places[form]) for form in forms),
        alike=tuple(_alike(forms, policy)),
    )


def _entry(item: SectionReview, policy: Policy, targets: Mapping[str, str], words_: Catalogue) -> Entry:
    section = item.section
    gone = item.status is Status.RETIRED
    return Entry(
        id=section.id,
        title=section.title,
        chapter=item.chapter.id,
        kind=section.kind,
        owner=section.owner.name,
        status=item.status if gone or item.status is Status.UPCOMING else None,
        passages=((Part.TEXT, section.metadata.reason),)
        if gone and section.metadata.reason
        else tuple(() if gone else _passages(item, policy, targets, words_)),
    )


def _passages(
    item: SectionReview, policy: Policy, targets: Mapping[str, str], words_: Catalogue
) -> Iterator[tuple[Part, str]]:
    section, metadata = item.section, item.section.metadata
    if metadata.promise:
        yield Part.PROMISE, plain_text(metadata.promise)
    for situation in metadata.situations:
        yield Part.SITUATION, plain_text(situation)
    for step in metadata.steps:
        yield from ((Part.STEP, text) for text in passages(step, targets))
    for text in passages(section.body, targets):
        yield Part.TEXT, text
    for row in metadata.mandate:
        yield Part.MORE, _mandate(row, policy, words_)
    if metadata.poster:
        parts = (metadata.poster.figure, metadata.poster.unit, metadata.poster.text)
        yield Part.MORE, " ".join(part for part in parts if part)
    if target := policy.targets.get(metadata.target or ""):
        yield Part.MORE, f"{target.name}: {target.wording}"


def _mandate(row: Mandate, policy: Policy, words_: Catalogue) -> str:
    limit = words_.number(row.up_to)
    return words_.text("search.mandate", role=policy.role_name(row.role), limit=limit, unit=row.unit)


def _counted(entry: Entry, item: SectionReview, words_: Catalogue) -> tuple[dict[str, float], int]:
    """Return what each word counts in *entry*, and how many words it has."""
    weights: dict[str, float] = {}
    length = 0

    def count(text: str, weight: float) -> int:
        found = words(text)
        for word in found:
            weights[word] = weights.get(word, 0.0) + weight
        return len(found)

    for part, text in entry.passages:
        length += count(text, part.weight)
    length += count(entry.title, TITLE)
    if entry.id != entry.chapter:
        count(item.chapter.title, CONTEXT)
    elif item.chapter.description:
        count(item.chapter.description, 1.0)
    for occasion in item.section.metadata.review_when if entry.status is not Status.RETIRED else ():
        count(occasion, CONTEXT)
    count(item.section.owner.name, CONTEXT)
    count(item.section.owner.team or "", CONTEXT)
    for channel in item.section.metadata.channels:
        count(words_.text(f"channel.{channel.value}"), CONTEXT / 2)
    return weights, length


def _alike(forms: list[str], policy: Policy) -> Iterator[tuple[tuple[str, ...], ...]]:
    for group in policy.synonyms:
        yield tuple(_whole(member) for member in group)
    for numeral in numerals(forms):
        yield tuple((word,) for word in numeral)


def _whole(member: str) -> tuple[str, ...]:
    """Return the words of *member* without the parts of what a hyphen holds together."""
    return tuple(words(text)[0] for text in member.split() if words(text))
