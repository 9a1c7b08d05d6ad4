"""Mistakes in what targets need of other departments, and in the days on which no work is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from tests.content.reading import (
    TARGETS,
    TARGETS_PATH,
    Fault,
    Files,
    lines,
    load,
    places,
    policy,
    targets,
    wording,
)

STOCK = """\
lagerbesked:
  name: Besked om lagret
  wording: inom en timme
  at_most: 1
  unit: hours
"""


def needs(*entries: str, more: str = "") -> Files:
    """Return the register with needs, from line 7, and *more* targets after them."""
    listed = "".join(f"    - {{{entry}}}\n" for entry in entries)
    return {TARGETS_PATH: f"{TARGETS}  needs:\n{listed}{more}"}


LAGER = "department: lager, what: besked, within: 1, unit: hours"
EKONOMI = "department: ekonomi, what: faktura, within: 2, unit: hours"

FAULTS: list[Fault] = [
    ("a country in words", policy("phases:", "country: Sverige\nphases:"), ["policy.yml:12 country"]),
    ("a country in small letters", policy("phases:", "country: se\nphases:"), ["policy.yml:12 country"]),
    ("a country that is none", policy("phases:", "country: SW\nphases:"), ["policy.yml:12 country"]),
    ("a country of no letters", policy("phases:", "country: XX\nphases:"), ["policy.yml:12 country"]),
    (
        "a closed day that is no day",
        policy("phases:", "closed_days: [2026-12-28, 2026-02-30]\nphases:"),
        ["policy.yml:12 no-such-date"],
    ),
    (
        "closed days in words",
        policy("phases:", "closed_days: mellandagarna\nphases:"),
        ["policy.yml:12 not-list"],
    ),
    (
        "a need that says no time",
        needs("department: lager, what: besked"),
        ["targets.yml:7 need-duration"],
    ),
    (
        "a need without a unit",
        needs("department: lager, what: besked, within: 1"),
        ["targets.yml:7 need-duration"],
    ),
    (
        "a need with a time and a target",
        needs(f"{LAGER}, target: lagerbesked", more=STOCK),
        ["targets.yml:7 need-duration"],
    ),
    (
        "a need in percent",
        needs("department: lager, what: besked, within: 80, unit: percent"),
        ["targets.yml:7 not-allowed"],
    ),
    (
        "a need of a target that is not there",
        needs("department: lager, what: besked, target: lagerbesket", more=STOCK),
        ["targets.yml:7 unknown-target"],
    ),
    (
        "a need of a target in percent",
        needs(
            "department: lager, what: besked, target: lagerbesked",
            more=STOCK.replace("at_most: 1\n  unit: hours", "at_least: 90\n  unit: percent"),
        ),
        ["targets.yml:7 need-target-timeless"],
    ),
    (
        "a target that needs itself",
        needs("department: lager, what: besked, target: svarstid"),
        ["targets.yml:7 targets-in-a-circle"],
    ),
    (
        "targets that need each other",
        needs(
            "department: lager, what: besked, target: lagerbesked",
            more=f"{STOCK}  needs: [{{department: mejl, what: svar, target: svarstid}}]\n",
        ),
        ["targets.yml:6 targets-in-a-circle"],
    ),
    (
        "after somebody who is not there",
        needs(LAGER, f"{EKONOMI}, after: lagret"),
        ["targets.yml:8 after-unknown"],
    ),
    ("after nobody else", needs(f"{LAGER}, after: lager"), ["targets.yml:7 after-unknown"]),
    (
        "after each other",
        needs(f"{LAGER}, after: ekonomi", f"{EKONOMI}, after: lager"),
        ["targets.yml:7 needs-in-a-circle"],
    ),
    (
        "an agreement of tomorrow",
        needs(f"{LAGER}, agreed_on: 2026-11-23"),
        ["targets.yml:7 agreed-in-future"],
    ),
    (
        "a department with an ending",
        needs(LAGER, LAGER.replace("lager", "lagret")),
        ["(targets.yml:8 department-near)"],
    ),
    (
        "a department with more to its name",
        needs("department: kundtjänstavdelningen, what: svar, within: 1, unit: hours"),
        ["(targets.yml:7 department-near)"],
    ),
]


@pytest.mark.parametrize(("name", "files", "expected"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_mistake_gives_one_clear_problem(
    tmp_path: Path, name: str, files: Files, expected: list[str]
) -> None:
    assert places(tmp_path, files) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_words_that_help(
    tmp_path: Path, language: str, golden: Callable[[str, str], None]
) -> None:
    golden(f"faults/dependencies.{language}.txt", wording(tmp_path, FAULTS, language))


@pytest.mark.parametrize(
    "files",
    [
        policy("phases:", 'country: "NO"\nclosed_days: [2026-12-28]\nphases:'),
        policy("phases:", "country: PT\nphases:"),
        needs(LAGER, f"{EKONOMI}, after: lager"),
        needs(LAGER, f"{EKONOMI}, after: [Lager]", f"{LAGER}, after: ekonomi"),
        needs(f"{LAGER}, channel: mail, agreed_on: 2026-11-22"),
        needs("department: lager, what: besked, target: lagerbesked", more=STOCK),
        needs("department: Kundtjänst, what: svar, within: 1, unit: hours"),
        targets(),
    ],
)
def test_what_is_right_is_not_complained_of(tmp_path: Path, files: Files) -> None:
    assert places(tmp_path, files) == []


def test_somebody_who_did_not_know_the_letters_is_told_them(tmp_path: Path) -> None:
    (line,) = lines(tmp_path, policy("phases:", "country: SW\nphases:"))
    assert "SE" in line


def test_a_need_becomes_what_its_target_promises(tmp_path: Path) -> None:
    found = (
        load(
            tmp_path,
            needs(
                "department: lager, what: besked, target: lagerbesked, after: [inköp]",
                LAGER.replace("lager", "inköp"),
                more=STOCK,
            ),
        )
        .policy.targets["svarstid"]
        .needs
    )
    assert (found[0].within, found[0].unit, found[0].target, found[0].after) == (
        1,
        "hours",
        "lagerbesked",
        ("inköp",),
    )
    assert [need.source.line for need in found] == [7, 8]


def test_without_a_country_it_is_sweden(tmp_path: Path) -> None:
    content = load(tmp_path, {}).policy
    assert (content.country, content.closed_days) == ("SE", ())
