"""Everything that is known to go wrong is tried by a test that exists, or is openly said not to be."""

from __future__ import annotations

import importlib.util

import pytest

from tests.faults.catalogue import TESTS, Row, exists, groups

ROWS = [row for rows in groups().values() for row in rows]
ANSWERS = {"stoppas", "avstår", "varnas", "anmärks", "märks", "utkast", "okänt", "fungerar", "står kvar"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_row_names_tests_that_exist_or_says_why_not(row: Row) -> None:
    assert bool(row.tests) != bool(row.missing)
    assert [test for test in row.tests if not exists(test)] == []
    assert row.answer in ANSWERS


def test_no_row_stands_twice() -> None:
    assert len({row.id for row in ROWS}) == len({row.fault for row in ROWS}) == len(ROWS)


def test_a_test_that_is_not_there_is_noticed() -> None:
    assert exists("content/test_faults_yaml.py::an anchor")
    assert exists(
        "history/test_git.py::TestDubiousOwnership::test_is_refused_while_another_folder_is_trusted"
    )
    assert not exists("content/test_faults_yaml.py::an anchor that nobody has thought of")
    assert not exists("nowhere/test_nothing.py::test_nothing")


def test_the_operators_page_is_what_the_catalogue_says() -> None:
    """`make guides` writes it anew."""
    path = TESTS.parent / "scripts/write_fault_catalogue.py"
    spec = importlib.util.spec_from_file_location("write_fault_catalogue", path)
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.page() == (TESTS.parent / "docs/felkatalog.md").read_text("utf-8")
