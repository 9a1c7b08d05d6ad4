"""Rules about what targets need of other departments, and about the country whose holidays are kept."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.errors import Problem
from livingpolicy.model import TIME_UNITS, Source
from livingpolicy.needs import circle, department_id, waits_for
from livingpolicy.outline import slug
from livingpolicy.parse import WrittenPolicy
from livingpolicy.schema import NeedEntry, Read, TargetEntry
from livingpolicy.spelling import near, nearest

NEIGHBOURS = frozenset({"SE", "NO", "DK", "FI", "IS", "DE", "GB"})
"""Countries that the calendar of holidays is known to have, so that it need not be loaded to say so."""


def the_country_is_known(written: WrittenPolicy) -> Iterator[Problem]:
    """The public holidays of `country` are known.

    Passes: `country: SE`, `country: PT`.
    Fails: `country: XX`.
    """
    settings = written.settings
    if settings.value is None or not settings.sure("country") or settings.value.country in NEIGHBOURS:
        return
    from livingpolicy.workclock import countries

    known = countries()
    if (country := settings.value.country) not in known:
        alike = sorted(code for code in known if code[0] == country[0]) or sorted(NEIGHBOURS)
        values = {"text": country, "known": ", ".join(alike)}
        yield Problem(settings.source("country"), "country", values)


def a_need_says_how_long_it_takes(written: WrittenPolicy) -> Iterator[Problem]:
    """A need has either `within` and `unit`, or the `target` that says so, which has a longest time.

    Passes: `within: 1`, `unit: hours`; `target: lagerbesked`.
    Fails: neither; both; `within` without `unit`; a target in percent, or itself.
    """
    targets = written.targets or {}
    for name, entry, place, need in _needs(written):
        source = entry.source("needs", place)
        if need.target is None:
            if need.within is None or need.unit is None:
                yield Problem(source, "need-duration", {"department": need.department})
        elif need.within is not None or need.unit is not None:
            yield Problem(source, "need-duration", {"department": need.department})
        elif need.target == name:
            yield Problem(source, "targets-in-a-circle", {"names": name})
        elif need.target in targets and targets[need.target].sure("at_most", "at_least", "unit"):
            target = targets[need.target].value
            if target and (target.at_most is None or target.unit not in TIME_UNITS):
                yield Problem(source, "need-target-timeless", {"id": need.target})


def needs_wait_for_each_other_in_turn(written: WrittenPolicy) -> Iterator[Problem]:
    """`after` names departments with a need of the same target, and nobody waits in a circle.

    Passes: `{department: ekonomi, after: lager, …}` beside a need from `lager`.
    Fails: `after: lagret`; lager after ekonomi and ekonomi after lager; a target that waits for itself.
    """
    for entry in (written.targets or {}).values():
        if entry.value is None or not entry.sure("needs"):
            continue
        needs = entry.value.needs
        known = {department_id(need.department): need.department for need in needs}
        for place, need in enumerate(needs):
            earlier = {department_id(other.department) for other in needs[:place]}
            own = department_id(need.department)
            for name in need.after:
                if (key := department_id(name)) not in known or (key == own and own not in earlier):
                    others = [known[other] for other in known if other != own]
                    values = {"text": name, "known": near(name, others)}
                    yield Problem(entry.source("needs", place), "after-unknown", values)
        if found := circle(dict(enumerate(waits_for(needs)))):
            names = ", ".join(needs[place].department for place in found)
            yield Problem(entry.source("needs", min(found)), "needs-in-a-circle", {"names": names})
    yield from _targets_in_a_circle(written)


def _targets_in_a_circle(written: WrittenPolicy) -> Iterator[Problem]:
    waiting: dict[str, list[str]] = {}
    for name, _, _, need in _needs(written):
        if need.target is not None and need.target != name:
            waiting.setdefault(name, []).append(need.target)
    if found := circle(waiting):
        targets = written.targets or {}
        source = min(targets[name].source("needs") for name in found)
        yield Problem(source, "targets-in-a-circle", {"names": ", ".join(found)})


def agreements_have_been_made(written: WrittenPolicy) -> Iterator[Problem]:
    """An agreement is made today or earlier.

    Passes: `agreed_on:` today.
    Fails: a later day.
    """
    for _, entry, place, need in _needs(written):
        if need.agreed_on is not None and need.agreed_on > written.today:
            values = {"day": str(need.agreed_on), "today": str(written.today)}
            yield Problem(entry.source("needs", place, "agreed_on"), "agreed-in-future", values)


def a_department_has_one_name(written: WrittenPolicy) -> Iterator[Problem]:
    """A department is called the same everywhere, in `needs` and as a `team` of `policy.yml`.

    Passes: `lager` and `Lager`.
    Fails: `lager` and `Lagret`; `ekonomi` and `Ekonomiavdelningen` (both warnings).
    """
    known: dict[str, str] = {}
    owners = written.settings.raw.get("owners")
    for owner in owners.values() if isinstance(owners, dict) else ():
        if isinstance(owner, dict) and isinstance(team := owner.get("team"), str) and slug(team):
            known.setdefault(department_id(team), team)
    for _, entry, place, need in _needs(written):
        key = department_id(need.department)
        if key not in known and (other := _alike(key, known)) is not None:
            values = {"name": need.department, "other": known[other]}
            yield Problem(entry.source("needs", place), "department-near", values, warning=True)
        known.setdefault(key, need.department)


def _alike(key: str, known: dict[str, str]) -> str | None:
    """Return the department that *key* probably is another form of."""
    for other in sorted(known):
        short, long = sorted((key, other), key=len)
        if len(short) > 3 and long.startswith(short):
            return other
    alike = [other for other in known if other[:3] == key[:3]]
    return nearest(key, alike, cutoff=0.7)


def _needs(written: WrittenPolicy) -> Iterator[tuple[str, Read[TargetEntry], int, NeedEntry]]:
    """Yield every need that can be read, with its target and its place in it."""
    for name, entry in (written.targets or {}).items():
        if entry.value is not None and entry.sure("needs"):
            for place, need in enumerate(entry.value.needs):
                yield name, entry, place, need


def named_targets(written: WrittenPolicy) -> Iterator[tuple[str, Source]]:
    """Yield the targets that needs name, and where."""
    for _, entry, place, need in _needs(written):
        if need.target is not None:
            yield need.target, entry.source("needs", place)
