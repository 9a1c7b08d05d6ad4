"""Everything a reader or an editor sees exists in Swedish and in English."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.errors import Problem
from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.model import (
    Area,
    Channel,
    Kind,
    Phase,
    RevisionKind,
    Source,
    Status,
)

SOURCE = Path(__file__).parents[2] / "src" / "livingpolicy"


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_all_languages_have_the_same_texts() -> None:
    keys = {language: set(catalogue(language).texts) for language in LANGUAGES}
    assert keys["sv"] ^ keys["en"] == set()


@pytest.mark.parametrize("key", sorted(catalogue("sv").texts))
def test_a_text_has_the_same_placeholders_in_all_languages(key: str) -> None:
    assert placeholders(catalogue("sv").texts[key]) == placeholders(catalogue("en").texts[key])


@pytest.mark.parametrize("kind", [Area, Channel, Kind, Phase, RevisionKind, Status])
def test_every_word_of_the_domain_has_a_name(kind: type) -> None:
    prefix = "revision" if kind is RevisionKind else kind.__name__.lower()
    for language in LANGUAGES:
        assert {f"{prefix}.{member}" for member in kind} <= set(catalogue(language).texts)


TEMPLATES = sorted(path for path in (SOURCE / "templates").rglob("*.*") if b"{{" in path.read_bytes())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_text_that_a_template_asks_for_is_there(template: Path) -> None:
    source, known = template.read_text("utf-8"), catalogue("sv").texts
    for key in re.findall(r'\btext\("([\w.-]+)"[,)]', source):
        assert key in known
    for key in re.findall(r'\bcount\("([\w.-]+)"', source):
        assert f"{key}.other" in known


def problem_codes() -> set[str]:
    """Return every code given to a `Problem(...)` as a literal."""
    codes = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
                literals = [argument for argument in node.args[1:2] if isinstance(argument, ast.Constant)]
                codes |= {str(literal.value) for literal in literals}
    return codes


def test_every_problem_has_words() -> None:
    assert {f"problem.{code}" for code in problem_codes()} <= set(catalogue("sv").texts)


def test_every_problem_says_what_to_do() -> None:
    """A message is what is wrong and then what to do: at least two sentences, the last one ended."""
    for language in LANGUAGES:
        for key, text in catalogue(language).texts.items():
            if key.startswith("problem."):
                assert re.search(r"[.:?!”)] \S.*[.?”)]$", text, re.DOTALL), (language, key, text)


def test_a_warning_says_that_it_is_one() -> None:
    problem = Problem(Source("policy/a.md", 3), "untracked", {"path": "policy/a.md"}, warning=True)
    assert catalogue("en").problem(problem).startswith("policy/a.md:3: untracked: warning: Git does not know")


@given(st.text())
def test_a_message_stays_on_one_line(quoted: str) -> None:
    """Editors, terminals and CI read line by line, whatever the policy's text that a message quotes."""
    problem = Problem(Source("policy/a.md", 3), "angle-bracket", {"text": quoted})
    for language in LANGUAGES:
        for line in (catalogue(language).message(problem), catalogue(language).problem(problem)):
            assert line.splitlines() == [line]


def test_no_message_has_line_breaks_of_its_own() -> None:
    for language in LANGUAGES:
        found = {
            key
            for key, text in catalogue(language).texts.items()
            if key.startswith("problem.") and "\n" in text
        }
        assert found == set()


@pytest.mark.parametrize(
    ("language", "role", "inside"),
    [
        ("sv", "Kundchefen", "kundchefen"),
        ("sv", "E-handelschefen", "e-handelschefen"),
        ("sv", "HR-chefen", "HR-chefen"),
        ("sv", "Ägaren", "ägaren"),
        ("sv", "VD", "VD"),
        ("en", "The customer manager", "the customer manager"),
        ("en", "Head of Service", "Head of Service"),
        ("en", "Anchor", "Anchor"),
        ("sv", "", ""),
    ],
)
def test_a_role_stands_inside_a_sentence_as_a_word(language: str, role: str, inside: str) -> None:
    assert catalogue(language).inside(role) == inside


def test_days_are_written_out() -> None:
    from datetime import date, datetime

    day = date(2026, 11, 3)
    moment = datetime(2026, 11, 3, 14, 5)  # noqa: DTZ001 (only its printing is tested)
    assert (catalogue("sv").day(day), catalogue("en").day(day)) == ("3 november 2026", "3 November 2026")
    assert (catalogue("sv").month(day), catalogue("en").month(day)) == ("november 2026", "November 2026")
    assert catalogue("sv").moment(moment) == "3 november 2026 kl. 14:05"


@pytest.mark.parametrize(("language", "locale"), [("sv", "sv"), ("en", "en_GB")])
def test_days_are_written_as_the_unicode_consortium_writes_them(language: str, locale: str) -> None:
    from datetime import date

    from babel.dates import format_date, format_skeleton

    words = catalogue(language)
    for month in range(1, 13):
        day = date(2026, month, month)
        assert words.day(day) == format_date(day, "long", locale=locale)
        assert words.month(day) == format_skeleton("yMMMM", day, locale=locale)


def test_a_language_we_do_not_speak_gets_swedish() -> None:
    assert catalogue("de").language == "sv"
