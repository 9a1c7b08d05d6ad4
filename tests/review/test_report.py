"""The report in its four forms: the same facts, worst first."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from jsonschema import validate

from livingpolicy.language import catalogue
from livingpolicy.model import History, Outcome, RevisionKind, Snapshot
from livingpolicy.render import report_json, report_table
from livingpolicy.render.contracts import contract
from tests.samples import history, policy, review, revision, section, snapshot

HOSTILE = "=cmd|' /C calc'!A0 <script> | @alla"


def busy(language: str = "sv") -> Snapshot:
    """Return a snapshot with a section of every status."""
    content = policy(
        section("svar-telefon"),
        section("svar-mejl", line=31),
        section("oppettider", line=48, every="12 months"),
        section("ny-kanal", line=60, effective_from=date(2027, 1, 1)),
        section("fax", line=70, retired_on=date(2026, 6, 30), reason="Ingen faxar"),
        section("utkast", line=80),
        section("okand", line=90, title=HOSTILE),
        language=language,
    )
    added = revision("2025-11-10", RevisionKind.ADDED, "Lägg till avsnitten")
    known = history(
        drafts=["utkast"],
        svar_telefon=(revision("2026-05-03", subject="Tre minuter i stället för fem"), added),
        svar_mejl=(added,),
        oppettider=(added,),
        ny_kanal=(replace(added, metadata="effective_from: 2027-01-01"),),
        fax=(added,),
        utkast=(added,),
        okand=(revision(None), added),
    )
    lines = (review("2026-06-12", section_id="svar-mejl"), review("2026-09-01", Outcome.NEEDS_CHANGE))
    return snapshot(content, known, lines)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("form", "name"), [("plain", "txt"), ("markdown", "md")])
def test_the_report_for_people(
    form: str, name: str, language: str, golden: Callable[[str, str], None]
) -> None:
    text = getattr(report_table, form)(busy(language), catalogue(language))
    golden(f"report.{language}.{name}", text)


def test_the_report_for_spreadsheets(golden: Callable[[str, str], None]) -> None:
    golden("report.csv", report_table.comma_separated(busy()))


def test_the_report_for_scripts(golden: Callable[[str, str], None]) -> None:
    golden("report.json", report_json.report(busy()))


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    rows = csv.DictReader(io.StringIO(report_table.comma_separated(busy())))
    titles = {row["id"]: row["title"] for row in rows}
    assert titles["okand"] == f"'{HOSTILE}"


def test_no_text_of_the_policy_becomes_markup_or_a_mention() -> None:
    text = report_table.markdown(busy(), catalogue("sv"))
    assert "<script>" not in text
    assert "@alla" not in text
    assert all(line.count("|") == 7 for line in text.splitlines() if line.startswith("|"))


CONTRACT = json.loads(contract("review"))
"""Schema 1. Scripts of others depend on it: a change that it does not allow raises `schema`."""


def test_the_json_report_keeps_the_contract() -> None:
    validate(json.loads(report_json.report(busy())), CONTRACT)


def test_without_history_the_json_report_says_so_and_guesses_nothing() -> None:
    unavailable = History(revisions={}, complete=False, head=None)
    document = json.loads(report_json.report(snapshot(policy(), unavailable)))
    validate(document, CONTRACT)
    (only,) = document["sections"]
    assert (document["history"], only["last_revised"], only["due_on"], only["status"]) == (
        "unavailable", None, None, "unknown",
    )  # fmt: skip
