"""The state of every target as a table, for spreadsheets and as JSON: the same facts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console

from livingpolicy.language import catalogue
from livingpolicy.model import Snapshot
from livingpolicy.render import report_table, targets_json, targets_table, targets_terminal
from livingpolicy.render.contracts import contract
from livingpolicy.render.targets_words import MOST_LINES, to_attend
from tests.measures.samples import BACKLOG, PHONE, PLEASED, level, measurement, snapshot
from tests.samples import CHIEF

SCHEMA = json.loads(contract("targets"))
HOSTILE = "=cmd|' /C calc'!A0 <script> | @alla"
SECRET = "7.77"
"""A number that is in nothing but a value that rests on too few cases."""

CHAT = replace(PHONE, id="svarstid-chatt", name="Svar i chatten", wording="inom en minut", at_most=1)
MAIL = replace(
    PHONE, id="svarstid-mejl", name="Svar på mejl", wording="inom fyra timmar", at_most=4, unit="hours"
)
TILL = replace(PHONE, id="kotid-kassa", name=HOSTILE, owner=CHIEF)
RETURNS = replace(PHONE, id="aterbetalning", name="Återbetalning", measured=None)
CALLS = replace(PHONE, id="ateruppringning", name="Vi ringer tillbaka")
FREE = replace(PHONE, id="nytt-matt", name="Utan historik", share=None)


def busy(language: str = "sv", today: str = "2026-11-22") -> Snapshot:
    """Return a snapshot with a target of every standing."""
    measured = {
        PHONE: (
            measurement("2026-10", 2.4, 93, n=1812, low=0.5, high=6, comment="ny växel, klar i tid"),
            measurement("2026-08", 3.1, 84, n=640),
            measurement("2026-07", 2.9, 84.5, n=655),
        ),
        MAIL: (measurement("2026-10", 3.5, 86, n=402, comment="två sjuka"), measurement("2026-09", 2, 94)),
        CHAT: (measurement("2026-10", 7.77, 77.7, n=4, comment="en enda kund på sju minuter"),),
        BACKLOG: (measurement("2026-05", 171),),
        PLEASED: (measurement("2026-Q3", 80, n=41), measurement("2026-Q1", 79.5, n=38)),
        CALLS: (measurement("2026-10", 1.5),),
        TILL: (),
        RETURNS: (),
        FREE: (measurement("2026-10", 2),),
    }
    levels = {
        target.id: (level(target, "2026-08-15"), level(target, "2025-01-10", share=target.share and 80))
        for target in measured
        if target not in {FREE, TILL}
    }
    return snapshot(measured, levels, language=language, today=today)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_table_for_people(language: str, golden: Callable[[str, str], None]) -> None:
    golden(f"targets.{language}.txt", targets_table.plain(busy(language), catalogue(language)))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_part_of_the_nightly_report(language: str, golden: Callable[[str, str], None]) -> None:
    text = report_table.markdown(busy(language), catalogue(language))
    golden(f"report-targets.{language}.md", text)


def test_the_results_for_spreadsheets(golden: Callable[[str, str], None]) -> None:
    golden("targets.csv", targets_table.comma_separated(busy()))


def test_the_document_for_scripts(golden: Callable[[str, str], None]) -> None:
    text = targets_json.document(busy())
    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        json.loads(text)
    )
    golden("targets.json", text)


def test_the_documents_shape_is_the_same_without_targets_and_without_git() -> None:
    empty = snapshot({}, {})
    unknown = replace(busy(), history=replace(busy().history, complete=False, head=None))
    for taken in (empty, unknown):
        Draft202012Validator(SCHEMA).validate(json.loads(targets_json.document(taken)))
    assert targets_table.plain(empty, catalogue("sv")).endswith("Policyn har inga mål.\n")


def test_the_terminal_says_what_the_pipe_says() -> None:
    console = Console(width=300, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    targets_terminal.show(busy(), catalogue("sv"), console)
    shown = " ".join(console.export_text().split())
    for line in targets_table.plain(busy(), catalogue("sv")).splitlines():
        for cell in filter(None, line.split("  ")):
            assert " ".join(cell.split()) in shown


def test_a_narrow_terminal_loses_no_target() -> None:
    console = Console(width=80, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    targets_terminal.show(busy(), catalogue("sv"), console)
    lines = console.export_text().splitlines()
    shown = " ".join(line.strip() for line in lines)
    assert max(map(len, lines)) <= 80
    assert all(state.target.id in shown for state in busy().targets)
    assert "Kundtjänstchefen" not in shown


def test_what_rests_on_too_few_cases_is_in_no_output() -> None:
    words = catalogue("sv")
    outputs = {
        "table": targets_table.plain(busy(), words),
        "spreadsheet": targets_table.comma_separated(busy()),
        "json": targets_json.document(busy()),
        "report": report_table.markdown(busy(), words),
    }
    for name, text in outputs.items():
        found = [secret for secret in (SECRET, "7,77", "77.7", "77,7", "en enda kund") if secret in text]
        assert not found, name


def test_a_comment_cannot_become_a_formula() -> None:
    """The reader refuses such comments; a name of the register may begin as it likes."""
    taken = snapshot({TILL: (measurement("2026-10", 2, 95),)}, {})
    assert ",'=cmd|' /C calc'!A0 <script> | @alla," in targets_table.comma_separated(taken)


def test_an_owner_reads_of_their_own_targets() -> None:
    assert not [line for line in to_attend(busy(), catalogue("sv"), CHIEF) if "Svar på mejl" in line]
    assert [line for line in to_attend(busy(), catalogue("sv"), CHIEF) if "=cmd" in line]


def test_the_report_stays_short() -> None:
    many = [replace(BACKLOG, id=f"mal-{number}", name=f"Mål {number}") for number in range(20)]
    taken = snapshot(
        {target: (measurement("2026-10", 900),) for target in many},
        {target.id: (level(target, "2025-01-01"),) for target in many},
    )
    lines = list(to_attend(taken, catalogue("sv")))
    assert len(lines) == MOST_LINES + 1
    assert lines[-1] == "Och 12 mål till; livingpolicy targets visar alla."


def test_when_all_is_well_nothing_is_said() -> None:
    taken = snapshot({PHONE: (measurement("2026-10", 2, 95),)}, {PHONE.id: (level(PHONE, "2025-01-01"),)})
    assert list(to_attend(taken, catalogue("sv"))) == []
