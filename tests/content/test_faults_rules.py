"""Mistakes that only the whole policy shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from tests.content.reading import (
    LEDGER,
    LEDGER_PATH,
    Fault,
    Files,
    chapter,
    front,
    ledger,
    metadata,
    places,
    policy,
    targets,
    wording,
)

FAULTS: list[Fault] = [
    (
        "a review in the future",
        ledger("2026-11-03", "2026-11-23"),
        ["tillganglighet.yml:2 reviewed-in-future"],
    ),
    ("an interval of nothing", metadata("review_every: 0 months\n"), ["tillganglighet.md:14 interval-form"]),
    ("a negative interval", metadata("review_every: -3 months\n"), ["tillganglighet.md:14 interval-form"]),
    (
        "an interval of 1000 years",
        metadata("review_every: 1000 years\n"),
        ["tillganglighet.md:14 interval-too-long"],
    ),
    ("an interval in words", metadata("review_every: ett år\n"), ["tillganglighet.md:14 interval-form"]),
    ("an interval without a unit", metadata("review_every: 6\n"), ["tillganglighet.md:14 interval-form"]),
    (
        "an interval over the ceiling",
        metadata("review_every: 25 months\n"),
        ["tillganglighet.md:14 interval-too-long"],
    ),
    (
        "a ceiling of 1000 years",
        policy("ceiling: 24 months", "ceiling: 1000 years"),
        ["policy.yml:11 ceiling-too-high"],
    ),
    (
        "an owner with an ä",
        front("title: Tillgänglighet\nowner: kundtjänstchef\n"),
        ["tillganglighet.md:3 unknown-owner"],
    ),
    (
        "an owner by the role's name",
        front("title: Tillgänglighet\nowner: Kundtjänstchefen\n"),
        ["tillganglighet.md:3 unknown-owner"],
    ),
    (
        "a reviewer by the role's name",
        ledger("by: kundtjanstchef", "by: Kundchefen"),
        ["tillganglighet.yml:3 unknown-owner"],
    ),
    (
        "an owner that is not like any",
        front("title: Tillgänglighet\nowner: VD\n"),
        ["tillganglighet.md:3 unknown-owner"],
    ),
    (
        "a mandate of nobody's name",
        metadata("mandate: [{role: Medarbetare, up_to: 500, unit: kr}]\n"),
        ["tillganglighet.md:14 bad-id"],
    ),
    (
        "an owner that is close",
        front("title: Tillgänglighet\nowner: kundtjanstchf\n"),
        ["tillganglighet.md:3 unknown-owner"],
    ),
    ("an unknown reviewer", ledger("by: kundtjanstchef", "by: vd"), ["tillganglighet.yml:3 unknown-owner"]),
    (
        "an unknown section in the ledger",
        ledger("svar-telefon", "svar-telefn"),
        ["tillganglighet.yml:1 unknown-section"],
    ),
    (
        "the ledger of another chapter",
        {"policy/reviews/klagomal.yml": LEDGER},
        ["(klagomal.yml:1 other-ledger)"],
    ),
    (
        "a ledger that is a mapping",
        {LEDGER_PATH: "section: svar-telefon\n"},
        ["tillganglighet.yml:1 ledger-form"],
    ),
    (
        "an id in two chapters",
        {"policy/chapters/mejl.md": "---\ntitle: Mejl\n---\n\n# Mejl\n\n## Svar {#svar-mejl}\n\nText.\n"},
        ["tillganglighet.md:20 duplicate-id"],
    ),
    ("an alias that is in use", metadata("aliases: [svar-mejl]\n"), ["tillganglighet.md:14 duplicate-id"]),
    (
        "a section with its chapter's id",
        chapter("{#svar-mejl}", "{#tillganglighet}"),
        ["tillganglighet.md:20 duplicate-id"],
    ),
    ("an id with a slash", chapter("{#svar-mejl}", "{#svar/mejl}"), ["tillganglighet.md:20 bad-id"]),
    ("an id with dots", chapter("{#svar-mejl}", "{#..}"), ["tillganglighet.md:20 bad-id"]),
    ("an id with capitals", chapter("{#svar-mejl}", "{#Svar-Mejl}"), ["tillganglighet.md:20 bad-id"]),
    ("an id with åäö", chapter("{#svar-mejl}", "{#svar-på-mejl}"), ["tillganglighet.md:20 bad-id"]),
    (
        "an id of 200 letters",
        chapter("{#svar-mejl}", "{#" + "a" * 200 + "}"),
        ["tillganglighet.md:20 bad-id"],
    ),
    ("the id index", chapter("{#svar-mejl}", "{#index}"), ["tillganglighet.md:20 reserved-id"]),
    ("the id con", chapter("{#svar-mejl}", "{#con}"), ["tillganglighet.md:20 reserved-id"]),
    (
        "a chapter with the address of a page",
        front("title: Tillgänglighet\nid: granskning\n"),
        ["tillganglighet.md:3 reserved-address"],
    ),
    (
        "a chapter in the list with an id that is none",
        policy("phases:", "chapters: [tillgänglighet]\nphases:"),
        ["policy.yml:12 bad-id"],
    ),
    (
        "a chapter that is not in the list",
        {
            **policy("phases:", "chapters: [tillganglighet]\nphases:"),
            "policy/chapters/mejl.md": "---\ntitle: Mejl\n---\n\n# Mejl\n\nText.\n",
        },
        ["policy.yml:12 chapter-not-listed"],
    ),
    (
        "an unknown chapter in the list",
        policy("phases:", "chapters: [tillganglighet, klagomal]\nphases:"),
        ["policy.yml:12 unknown-chapter"],
    ),
    (
        "retired without a reason",
        metadata("retired_on: 2026-10-01\n"),
        ["tillganglighet.md:14 retired-without-reason"],
    ),
    ("a reason without retirement", metadata("reason: Gäller inte\n"), ["tillganglighet.md:14 not-retired"]),
    (
        "replaced by nothing",
        metadata("retired_on: 2026-10-01\nreason: Nytt löfte\nreplaced_by: svar-telegram\n"),
        ["tillganglighet.md:16 unknown-section"],
    ),
    (
        "replaced by itself",
        metadata("retired_on: 2026-10-01\nreason: Nytt löfte\nreplaced_by: svar-telefon\n"),
        ["tillganglighet.md:16 replaces-itself"],
    ),
    (
        "an end before the beginning",
        metadata("effective_from: 2027-01-01\nretired_on: 2026-10-01\nreason: Nytt löfte\n"),
        ["tillganglighet.md:15 ends-before-it-begins"],
    ),
    ("a promise that is not made", metadata("kind: promise\n"), ["tillganglighet.md:14 no-promise"]),
    (
        "a promise that is a rule",
        metadata("kind: rule\npromise: Vi svarar.\n"),
        ["tillganglighet.md:15 not-a-promise"],
    ),
    (
        "a rule on the poster",
        metadata("kind: rule\nposter: {text: Vi svarar}\n"),
        ["tillganglighet.md:15 poster-without-promise"],
    ),
    (
        "a unit without a figure",
        metadata("kind: promise\npromise: Vi svarar.\nposter: {unit: minuter, text: till svar}\n"),
        ["(tillganglighet.md:16 poster-thin)", "tillganglighet.md:16 unit-without-figure"],
    ),
    (
        "a long poster text",
        metadata(
            "kind: promise\npromise: Vi svarar.\n"
            "poster: {text: till svar i telefon på en vanlig vardagskväll}\n"
        ),
        ["tillganglighet.md:16 too-long"],
    ),
    (
        "a poster text of eight words",
        metadata("kind: promise\npromise: Vi svarar.\nposter: {text: a b c d e f g h}\n"),
        ["tillganglighet.md:16 too-many-words"],
    ),
    (
        "a long figure",
        metadata("kind: promise\npromise: Vi svarar.\nposter: {figure: 1000, text: svar}\n"),
        ["tillganglighet.md:16 too-long"],
    ),
    (
        "one promise on the poster",
        metadata("kind: promise\npromise: Vi svarar.\nposter: {text: Vi svarar}\n"),
        ["(tillganglighet.md:16 poster-thin)"],
    ),
    (
        "a mandate above which nobody decides",
        metadata("mandate: [{role: medarbetare, up_to: 500, unit: kr, beyond: vd}]\n"),
        ["tillganglighet.md:14 unknown-owner"],
    ),
    (
        "a mandate of a misspelt owner",
        metadata("mandate: [{role: kundtjanstchf, up_to: 500, unit: kr}]\n"),
        ["tillganglighet.md:14 unknown-owner"],
    ),
    (
        "a mandate twice",
        metadata(
            "mandate: [{role: medarbetare, up_to: 500, unit: kr}, {role: medarbetare, up_to: 5, unit: kr}]\n"
        ),
        ["tillganglighet.md:14 mandate-twice"],
    ),
    ("a target without a limit", targets("  at_most: 3\n", ""), ["targets.yml:1 target-limit"]),
    (
        "a target with two limits",
        targets("  at_most: 3\n", "  at_most: 3\n  at_least: 1\n"),
        ["targets.yml:1 target-limit"],
    ),
    (
        "120 percent",
        targets("at_most: 3\n  unit: minutes", "at_most: 120\n  unit: percent"),
        ["targets.yml:4 number-range"],
    ),
    ("a target with a bad id", targets("svarstid:", "Svarstid telefon:"), ["targets.yml:1 bad-id"]),
    (
        "closing before opening",
        policy("phases:", "opening_hours: {phone: [{days: mon, from: 18:00, to: 08:00}]}\nphases:"),
        ["policy.yml:12 closes-before-it-opens"],
    ),
    (
        "open twice at once",
        policy(
            "phases:",
            "opening_hours:\n  phone:\n"
            "    - {days: mon-fri, from: 08:00, to: 18:00}\n"
            "    - {days: fri, from: 12:00, to: 20:00}\n"
            "phases:",
        ),
        ["policy.yml:15 opening-hours-overlap"],
    ),
    (
        "a wrong key does not make every owner unknown",
        policy("vision:", "visoin:"),
        ["policy.yml:5 unknown-key"],
    ),
    (
        "an unreadable policy.yml",
        policy("title: Kundpolicy", "title: [Kundpolicy"),
        ["policy.yml:1 yaml-bracket"],
    ),
    (
        "an owner's entry with a mistake",
        policy("name: Kundchefen", "nam: Kundchefen"),
        ["policy.yml:9 unknown-key"],
    ),
]


@pytest.mark.parametrize(
    ("files", "expected"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_one_mistake_is_one_problem_in_its_place(tmp_path: Path, files: Files, expected: list[str]) -> None:
    assert places(tmp_path, files) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_words_that_help(
    tmp_path: Path, language: str, golden: Callable[[str, str], None]
) -> None:
    golden(f"faults/rules.{language}.txt", wording(tmp_path, FAULTS, language))
