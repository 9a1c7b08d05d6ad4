"""`synonyms.yml`: what colleagues and customers call the same thing."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy import strictyaml
from livingpolicy.errors import Problem
from livingpolicy.model import Source
from livingpolicy.schema import shown
from livingpolicy.schema.fields import Fault, Faults
from livingpolicy.schema.synonyms import GROUP
from livingpolicy.search.words import words
from livingpolicy.strictyaml import Document

SYNONYMS_YML = "policy/synonyms.yml"

Groups = tuple[tuple[str, ...], ...]


def parse_synonyms(written: str) -> tuple[Groups, tuple[Problem, ...]]:
    """Read the groups in `synonyms.yml`; an empty file has none."""
    document, problems = strictyaml.read(written, Source(SYNONYMS_YML))
    if document is None or document.value is None:
        return (), problems
    if not isinstance(document.value, list):
        return (), (*problems, Problem(document.source(), "synonyms-form"))
    groups: list[tuple[str, ...]] = []
    found = list(problems)
    for place, raw in enumerate(document.value):
        if raw is None:
            found.append(Problem(document.source(place), "empty-value", {"key": "-"}))
            continue
        try:
            group = GROUP.read(raw)
        except Faults as faults:
            found += [
                Problem(
                    document.source(place, *fault.place),
                    fault.code,
                    {"key": _named(raw, fault), **fault.values},
                )
                for fault in faults.found
            ]
            continue
        groups.append(group)
        found += _unsearchable(document, place, raw)
    return tuple(groups), tuple(found)


def _named(raw: object, fault: Fault) -> str:
    """Return the member that is wrong, as far as it can be quoted."""
    place = fault.place[0] if fault.place else None
    return shown(raw[place]) if isinstance(raw, list) and isinstance(place, int) else shown(raw)


def _unsearchable(document: Document, place: int, raw: list[str]) -> Iterator[Problem]:
    """Yield the members that the search would not see, or would not tell from one before."""
    seen: dict[tuple[str, ...], str] = {}
    for number, member in enumerate(raw):
        source = document.source(place, number)
        key = tuple(word for part in member.split() for word in words(part)[:1])
        if not key:
            yield Problem(source, "synonym-wordless", {"text": shown(member)})
        elif key in seen:
            yield Problem(source, "synonym-same", {"text": shown(member), "other": shown(seen[key])})
        else:
            seen[key] = member
