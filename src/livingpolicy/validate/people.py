"""Rules about the roles that answer for sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from livingpolicy.errors import Problem
from livingpolicy.model import Source
from livingpolicy.outline import slug
from livingpolicy.parse import WrittenPolicy
from livingpolicy.schema import Read
from livingpolicy.spelling import near, nearest


def _owners(written: WrittenPolicy) -> Mapping[str, str] | None:
    """Return the roles under `owners`, their names by id, None if they cannot be read."""
    owners = written.settings.raw.get("owners")
    if not isinstance(owners, dict) or not owners:
        return None
    return {
        role: str(entry.get("name", "")) if isinstance(entry, dict) else "" for role, entry in owners.items()
    }


def owners_are_known(written: WrittenPolicy) -> Iterator[Problem]:
    """Whoever is named as `owner` or `by` stands under `owners` in `policy.yml`.

    Passes: `owner: kundchef` with `owners: {kundchef: {name: Kundchefen}}`.
    Fails: `owner: kundchf`.
    """
    owners = _owners(written)
    if owners is None:
        return
    for name, source in _named(written):
        if name not in owners:
            yield _unknown(name, source, owners)


def _named(written: WrittenPolicy) -> Iterator[tuple[str, Source]]:
    """Yield every owner that is named, and where."""
    entries: list[Read[Any]] = [
        written.settings,
        *(chapter.front for chapter in written.chapters),
        *(section.block for section in written.sections),
        *(written.targets or {}).values(),
        *(written.improvements or {}).values(),
    ]
    for entry in entries:
        if entry.value is not None and entry.sure("owner") and entry.value.owner is not None:
            yield entry.value.owner, entry.source("owner")
    for review in written.reviews:
        if review.value is not None and review.sure("by"):
            yield review.value.by, review.source("by")


def mandates_name_who_decides(written: WrittenPolicy) -> Iterator[Problem]:
    """Above the limit of a mandate an owner decides; the role that has it need not answer for any section.

    Passes: `mandate: [{role: medarbetare, up_to: 500, unit: kr, beyond: kundchef}]`.
    Fails: `beyond: kundchf`; `role: kundchf` when there is an owner `kundchef`; one role twice for one unit.
    """
    owners = _owners(written)
    if owners is None:
        return
    for section in written.sections:
        block = section.block.value
        if block is None or not section.block.sure("mandate"):
            continue
        seen = set()
        for place, mandate in enumerate(block.mandate):
            source = section.block.source("mandate", place)
            if mandate.beyond is not None and mandate.beyond not in owners:
                yield _unknown(mandate.beyond, source, owners)
            if mandate.role not in owners and nearest(mandate.role, owners, cutoff=0.85) is not None:
                yield _unknown(mandate.role, source, owners)
            if (mandate.role, mandate.unit) in seen:
                yield Problem(source, "mandate-twice", {"role": mandate.role, "unit": mandate.unit})
            seen.add((mandate.role, mandate.unit))


def named_in_words(problems: Iterable[Problem], written: WrittenPolicy) -> Iterator[Problem]:
    """Yield *problems*; where a role's name stands in place of its id, that is what is said.

    An id made of the name (`kundtjanstchefen`) would be unknown next.
    """
    owners = _owners(written)
    for problem in problems:
        name = problem.values.get("id", "")
        key = problem.values.get("key") if problem.code == "bad-id" and owners else None
        meant = owners is not None and (name in owners.values() or nearest(slug(name), owners) is not None)
        if owners and (key in {"owner", "by", "beyond"} or (key == "role" and meant)):
            yield _unknown(name, problem.source, owners)
        else:
            yield problem


def _unknown(name: str, source: Source, owners: Mapping[str, str]) -> Problem:
    called = [role for role, title in owners.items() if slug(title) == slug(name)]
    known = called[0] if called else near(slug(name) or name, owners.keys())
    return Problem(source, "unknown-owner", {"owner": name, "known": known})
