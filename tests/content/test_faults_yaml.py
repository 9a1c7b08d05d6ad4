"""Mistakes in YAML: front matter, metadata, `policy.yml`, `targets.yml` and the ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from tests.content.reading import (
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
        "an unclosed bracket",
        metadata("kind: promise\nchannels: [phone, mail\npromise: Vi svarar.\n"),
        ["tillganglighet.md:15 yaml-bracket"],
    ),
    ("front matter that is a list", front("- title\n- owner\n"), ["tillganglighet.md:2 not-mapping"]),
    ("front matter that is a sentence", front("Tillgänglighet\n"), ["tillganglighet.md:2 not-mapping"]),
    ("empty front matter", front(""), ["tillganglighet.md:2 missing-key"]),
    (
        "front matter that is never closed",
        chapter("review_every: 6 months\n---\n", "review_every: 6 months\n"),
        ["tillganglighet.md:1 front-matter-open"],
    ),
    (
        "no front matter",
        chapter("---\ntitle: Tillgänglighet\nowner: kundtjanstchef\nreview_every: 6 months\n---\n\n", ""),
        ["tillganglighet.md:1 no-front-matter"],
    ),
    (
        "a tab as indentation",
        policy(
            "  kundchef: {name: Kundchefen, team: Ledningen, contact: kundchef@example.com}",
            "  kundchef:\n\t  name: Kundchefen",
        ),
        ["policy.yml:10 yaml-tab"],
    ),
    ("two documents", policy("vision:", "---\nvision:"), ["policy.yml:5 yaml-two-documents"]),
    ("a colon in a title", front("title: Klagomål: så gör vi\n"), ["tillganglighet.md:2 yaml-colon"]),
    (
        "a colon in a list of sentences",
        metadata("kind: rule\nsteps:\n  - Säg: hej\n"),
        ["tillganglighet.md:16 colon-in-list"],
    ),
    (
        "a value that begins with @",
        policy("contact: kundchef@example.com", "contact: @kundchef"),
        ["policy.yml:9 yaml-quote"],
    ),
    (
        "a value that begins with %",
        metadata("kind: rule\nreason: %rabatt\n"),
        ["tillganglighet.md:15 yaml-quote"],
    ),
    (
        "a value that begins with *",
        metadata("kind: promise\npromise: *Alltid* samma dag\n"),
        ["tillganglighet.md:15 yaml-quote"],
    ),
    (
        "a day of a month that is not there",
        metadata("kind: rule\neffective_from: 2026-13-01\n"),
        ["tillganglighet.md:15 no-such-date"],
    ),
    (
        "a day that is not there",
        metadata("kind: rule\neffective_from: 2026-02-30\n"),
        ["tillganglighet.md:15 no-such-date"],
    ),
    ("a date without zeros", ledger("2026-11-03", "2026-1-5"), ["tillganglighet.yml:2 date-form"]),
    ("a date of another country", ledger("2026-11-03", "22/11/2026"), ["tillganglighet.yml:2 date-form"]),
    ("a date in words", ledger("2026-11-03", "5 jan"), ["tillganglighet.yml:2 date-form"]),
    ("the year 1", ledger("2026-11-03", "0001-01-01"), ["tillganglighet.yml:2 date-year"]),
    ("no, unquoted, as an owner", metadata("owner: no\n"), ["tillganglighet.md:14 yaml-yes-no"]),
    ("on, unquoted, in a list", metadata("situations: [on]\n"), ["tillganglighet.md:14 yaml-yes-no"]),
    ("ja, unquoted, as an id", ledger("by: kundtjanstchef", "by: ja"), ["tillganglighet.yml:3 yaml-yes-no"]),
    ("true as an owner", metadata("owner: true\n"), ["tillganglighet.md:14 not-text"]),
    (
        "a percentage with its sign",
        targets("at_most: 3\n", "at_most: 3\n  share: 90 %\n"),
        ["targets.yml:5 not-number"],
    ),
    (
        "a percentage as a fraction",
        targets("at_most: 3\n", "at_most: 3\n  share: 0.9\n"),
        ["targets.yml:5 number-range"],
    ),
    ("a decimal comma", targets("at_most: 3", "at_most: 2,5"), ["targets.yml:4 not-number"]),
    ("a misspelt key", ledger("reviewed_on", "reveiwed"), ["tillganglighet.yml:2 unknown-key"]),
    (
        "an unknown key that looks like nothing",
        metadata("kind: rule\nfärg: röd\n"),
        ["tillganglighet.md:15 unknown-key"],
    ),
    ("a Swedish key", front("title: Tillgänglighet\nägare: kundchef\n"), ["tillganglighet.md:3 unknown-key"]),
    (
        "a Swedish key without dots",
        front("title: Tillgänglighet\nagare: kundchef\n"),
        ["tillganglighet.md:3 unknown-key"],
    ),
    (
        "a key with a capital",
        front("title: Tillgänglighet\nOwner: kundchef\n"),
        ["tillganglighet.md:3 unknown-key"],
    ),
    ("a required key in Swedish", front("rubrik: Tillgänglighet\n"), ["tillganglighet.md:2 unknown-key"]),
    (
        "a Python object",
        metadata("kind: !!python/object/apply:os.system [ls]\n"),
        ["tillganglighet.md:14 yaml-tag"],
    ),
    ("a binary tag", metadata("kind: !!binary aGVq\n"), ["tillganglighet.md:14 yaml-tag"]),
    ("an environment tag", metadata("owner: !ENV HOME\n"), ["tillganglighet.md:14 yaml-tag"]),
    ("a relative tag", metadata("owner: !relative x\n"), ["tillganglighet.md:14 yaml-tag"]),
    ("an anchor", policy("owner: kundchef\n", "owner: &chef kundchef\n"), ["policy.yml:7 yaml-anchor"]),
    ("an alias", policy("owner: kundchef\n", "owner: *chef\n"), ["policy.yml:7 yaml-anchor"]),
    ("a merge key", policy("owner: kundchef\n", "<<: {owner: kundchef}\n"), ["policy.yml:7 yaml-anchor"]),
    ("an alias to itself", policy("owner: kundchef\n", "owner: &a [*a]\n"), ["policy.yml:7 yaml-anchor"]),
    (
        "a number of 5 000 digits",
        targets("at_most: 3", "at_most: " + "9" * 5000),
        ["targets.yml:4 yaml-number"],
    ),
    ("a number that is none", targets("at_most: 3", "at_most: .nan"), ["targets.yml:4 yaml-number"]),
    ("a number without end", targets("at_most: 3", "at_most: .inf"), ["targets.yml:4 yaml-number"]),
    (
        "a control character in a value",
        policy("title: Kundpolicy", "title: Kund\x07policy"),
        ["policy.yml:1 forbidden-character"],
    ),
    (
        "a control character as an escape",
        policy("title: Kundpolicy", 'title: "Kund\\u0007policy"'),
        ["policy.yml:1 forbidden-character"],
    ),
    ("a value of 40 kB", policy("title: Kundpolicy", "title: " + "K" * 40000), ["policy.yml:1 yaml-long"]),
    ("a required key without a value", policy("title: Kundpolicy", "title:"), ["policy.yml:1 empty-value"]),
    (
        "an optional key without a value",
        metadata("kind: rule\ntarget:\n"),
        ["tillganglighet.md:15 empty-value"],
    ),
    ("a key twice", metadata("kind: rule\nkind: guideline\n"), ["tillganglighet.md:15 duplicate-key"]),
    ("65 levels", metadata("situations: " + "[" * 65 + "]" * 65 + "\n"), ["tillganglighet.md:14 yaml-deep"]),
    (
        "a quote that never ends",
        policy("title: Kundpolicy", 'title: "Kundpolicy'),
        ["policy.yml:1 yaml-open-quote"],
    ),
    (
        "a line without a colon",
        policy("title: Kundpolicy\n", "title Kundpolicy\n"),
        ["policy.yml:1 yaml-no-colon"],
    ),
    (
        "a key and its value together",
        metadata("kind:promise\npromise: Vi svarar.\n"),
        ["tillganglighet.md:14 yaml-no-blank"],
    ),
    (
        "a promise that is cut at its #",
        metadata("kind: promise\npromise: Vi svarar inom tre minuter #alltid.\n"),
        ["tillganglighet.md:15 yaml-hash"],
    ),
    (
        "a thousand with a blank",
        metadata("mandate: [{role: medarbetare, up_to: 1 500, unit: kr}]\n"),
        ["tillganglighet.md:14 not-number"],
    ),
    ("a key too far in", policy("organisation: E", "  organisation: E"), ["policy.yml:2 yaml-indent"]),
    (
        "a decimal comma within braces",
        metadata("kind: promise\npromise: Vi svarar inom 2,5 minuter.\nposter: {figure: 2,5, text: svar}\n"),
        ["tillganglighet.md:16 comma-in-braces"],
    ),
    (
        "braces in a value",
        metadata("kind: promise\npromise: {{ target.x }} svarar vi\n"),
        ["tillganglighet.md:15 yaml-quote"],
    ),
    ("a text where a list belongs", metadata("channels: phone\n"), ["tillganglighet.md:14 not-list"]),
    (
        "a list where a text belongs",
        front("title: [Tillgänglighet]\n"),
        ["tillganglighet.md:2 not-one-value"],
    ),
    ("a number where a text belongs", front("title: 2026\n"), ["tillganglighet.md:2 not-text"]),
    ("a word in Swedish", metadata("kind: löfte\n"), ["tillganglighet.md:14 not-allowed"]),
    ("a channel in Swedish", metadata("channels: [telefon]\n"), ["tillganglighet.md:14 not-allowed"]),
    ("angle brackets", front("title: Tillgänglighet <b>\n"), ["tillganglighet.md:2 angle-bracket"]),
    (
        "an hour without minutes",
        policy("phases:", 'opening_hours: {phone: [{days: mon-fri, from: 8, to: "18:00"}]}\nphases:'),
        ["policy.yml:12 time-form"],
    ),
    (
        "a time with a full stop",
        policy("phases:", 'opening_hours: {phone: [{days: mon-fri, from: 8.30, to: "18:00"}]}\nphases:'),
        ["policy.yml:12 time-form"],
    ),
    (
        "weekdays in Swedish",
        policy("phases:", "opening_hours: {phone: [{days: mån-fre, from: 08:00, to: 18:00}]}\nphases:"),
        ["policy.yml:12 not-allowed"],
    ),
    (
        "weekdays backwards",
        policy("phases:", "opening_hours: {phone: [{days: fri-mon, from: 08:00, to: 18:00}]}\nphases:"),
        ["policy.yml:12 days-form"],
    ),
    ("an unknown time zone", policy("Europe/Stockholm", "Stockholm"), ["policy.yml:4 timezone"]),
    ("an unknown language", policy("language: sv", "language: norska"), ["policy.yml:3 not-allowed"]),
    (
        "an address with a blank",
        policy("phases: []", "poster: {address: KUND EXAMPLE}"),
        ["policy.yml:12 address-form"],
    ),
    ("half a person", policy("per_week: 5", "per_week: 2.5"), ["policy.yml:11 not-whole"]),
    (
        "two guiding words",
        policy("[Kvalitet, Service, Omtanke, Ansvar]", "[Kvalitet, Service]"),
        ["policy.yml:6 list-length"],
    ),
    ("a long guiding word", policy("Kvalitet,", "Kvalitetsmedvetenhet,"), ["policy.yml:6 too-long"]),
    (
        "a long vision",
        policy(
            "Varje kund ska vilja komma tillbaka.", "Varje kund ska alltid vilja komma tillbaka till oss."
        ),
        ["policy.yml:5 too-many-words"],
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
    golden(f"faults/yaml.{language}.txt", wording(tmp_path, FAULTS, language))
