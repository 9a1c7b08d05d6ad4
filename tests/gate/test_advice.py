"""What the report says below the table, to everybody and owner by owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from livingpolicy.language import catalogue
from livingpolicy.model import Outcome, Snapshot
from livingpolicy.render import report_table
from livingpolicy.render.pages.review import review_pages
from livingpolicy.render.pages.values import SiteSettings
from tests.gate.desk import LEDGER, TODAY, Desk, line
from tests.samples import CHIEF, history, policy, review, revision, section, snapshot

HOSTILE = "=cmd|' /C calc'!A0 <script> | @alla"


def crowded(language: str = "sv") -> Snapshot:
    """Return a snapshot of two owners with too much in one week, and a ledger that has something to say."""
    sections = [section(f"avsnitt-{number}", line=10 * number) for number in range(1, 8)]
    sections[1] = replace(sections[1], owner=CHIEF, title=HOSTILE)
    sections[2] = replace(sections[2], owner=CHIEF)
    late = section("sen", line=90)
    content = policy(*sections, late, language=language)
    known = history(
        sen=(revision("2026-01-01"),),
        **{each.id.replace("-", "_"): (revision("2026-07-08"),) for each in sections},
    )
    lines = (
        review("2026-07-07", section_id="avsnitt-1", line=1),
        review("2026-06-01", Outcome.NEEDS_CHANGE, section_id="sen", line=6),
        replace(review("2026-07-08", section_id="avsnitt-2", line=12)),
    )
    return snapshot(content, known, lines)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("form", "name"), [("plain", "txt"), ("markdown", "md")])
@pytest.mark.parametrize("by_owner", [False, True])
def test_the_report_with_advice(
    form: str, name: str, language: str, by_owner: bool, golden: Callable[[str, str], None]
) -> None:
    text = getattr(report_table, form)(crowded(language), catalogue(language), by_owner=by_owner)
    golden(f"gate/{'owners' if by_owner else 'advice'}.{language}.{name}", text)


def test_no_text_of_the_policy_becomes_markup_or_a_mention() -> None:
    for by_owner in (False, True):
        text = report_table.markdown(crowded(), catalogue("sv"), by_owner=by_owner)
        assert "<script>" not in text
        assert "@alla" not in text
        assert all(row.count("|") == 7 for row in text.splitlines() if row.startswith("|"))


def test_every_section_stands_under_its_owner_once() -> None:
    parts = report_table.per_owner(crowded())
    assert [owner.id for owner, _ in parts] == ["kundtjanstchef", "kundchef"]  # who is late comes first
    assert {owner.id: len(theirs.sections) for owner, theirs in parts} == {"kundtjanstchef": 6, "kundchef": 2}
    assert all(item.section.owner == owner for owner, theirs in parts for item in theirs.sections)


def test_a_report_without_advice_ends_with_the_table() -> None:
    quiet = snapshot(policy(section()), history(svar_telefon=(revision("2026-06-01"),)))
    for form in (report_table.plain, report_table.markdown):
        assert "Liggaren" not in form(quiet, catalogue("sv"))
        assert "väntar" not in form(quiet, catalogue("sv"))


@pytest.mark.parametrize(("form", "code"), [("text", 0), ("markdown", 0), ("json", 2), ("csv", 2)])
def test_owner_by_owner_is_for_people(desk: Desk, form: str, code: int) -> None:
    """The documents for scripts name the owner of each section already."""
    assert desk.run("report", "--by-owner", "--format", form)[0] == code


def test_the_nightly_gate_warns_of_what_the_ledger_says(desk: Desk) -> None:
    desk.repo.commit(TODAY, "Granska", {LEDGER: line("svar-mejl", TODAY, by="kundchef")})
    code, out, _ = desk.run("check", "--today", TODAY)
    assert code == 1
    assert f"{LEDGER}:1: other-role: varning: Kundchefen granskade" in out


def test_the_review_page_says_the_same() -> None:
    (page,) = review_pages(crowded(), SiteSettings())
    assert [heading.id for heading in page.headings][-1] == "ledger"
    for told in ("gäller en äldre text", "har en annan ansvarig", "veckan från 28 december 2026: Avsnitt 1"):
        assert told in page.html.replace("\N{NO-BREAK SPACE}", " ")
    assert "<script>" not in page.html


def test_a_review_page_with_nothing_to_add_adds_nothing() -> None:
    quiet = snapshot(policy(section()), history(svar_telefon=(revision("2026-06-01"),)))
    (page,) = review_pages(quiet, SiteSettings())
    assert 'id="ledger"' not in page.html
    assert "<ol>" not in page.html
