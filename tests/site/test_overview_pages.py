"""Which role answers for what, what the policy covers, and what it says of itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from livingpolicy.coverage import coverage
from livingpolicy.model import Area, Channel, Gap, Mandate, Owner, Phase, Snapshot
from livingpolicy.render.pages.about import about_pages
from livingpolicy.render.pages.coverage import coverage_pages
from livingpolicy.render.pages.responsibility import responsibility_pages
from livingpolicy.render.pages.values import SiteSettings
from tests.content.reading import POLICY_PATH, load
from tests.policy_repo import POLICY_YML
from tests.samples import history, policy, revision, section, snapshot

SETTINGS = SiteSettings()


def shown(*sections: object, **changes: object) -> Snapshot:
    made = replace(policy(*sections), **changes)  # type: ignore[arg-type]
    return snapshot(made, history(svar_telefon=(revision("2026-05-03"),)))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_section_fills_the_squares_of_its_area_channels_and_phases() -> None:
    one = section(areas=(Area.SPEED,), channels=(Channel.PHONE,), phases=(Phase.BEFORE, Phase.AFTER))
    found = coverage(policy(one), shown(one).sections)
    assert (found.covered, found.cells, found.open) == (2, 7 * 7 * 4, 7 * 7 * 4 - 2)


def test_a_section_without_channels_or_phases_is_for_all_of_them() -> None:
    one = section(areas=(Area.SPEED,))
    assert coverage(policy(one), shown(one).sections).covered == 7 * 4


def test_a_section_without_an_area_is_named_because_it_is_on_no_map() -> None:
    one = section()
    found = coverage(policy(one), shown(one).sections)
    assert [item.id for item in found.placeless] == ["svar-telefon"]
    assert found.covered == 0


@pytest.mark.parametrize(
    ("gap", "open_squares"),
    [
        (Gap((Area.STAFF,), (), (), "Ingår i personalhandboken."), 196 - 28),
        (Gap((Area.STAFF,), (Channel.POST,), (), "Vi får inga brev."), 196 - 4),
        (Gap((), (Channel.POST,), (Phase.DURING,), "Vi säljer inte per brev."), 196 - 7),
    ],
)
def test_a_gap_on_purpose_is_not_open_and_says_why(gap: Gap, open_squares: int) -> None:
    made = shown(section(), not_covered=(gap,))
    assert coverage(made.policy, made.sections).open == open_squares
    (page,) = coverage_pages(made, SETTINGS)
    assert gap.reason in page.html


def test_a_gap_where_something_is_written_is_told_apart() -> None:
    gap = Gap((Area.SPEED,), (), (), "Skrivs senare.")
    made = shown(section(areas=(Area.SPEED,)), not_covered=(gap,))
    found = coverage(made.policy, made.sections)
    assert found.idle == (gap,)
    assert found.areas[1].gaps == ()


def test_gaps_are_written_in_policy_yml(tmp_path: Path) -> None:
    text = POLICY_YML + "not_covered:\n  - {areas: [staff], channels: [post], reason: Vi får inga brev.}\n"
    read = load(tmp_path, {POLICY_PATH: text}).policy
    assert read.not_covered == (Gap((Area.STAFF,), (Channel.POST,), (), "Vi får inga brev."),)


def test_every_role_is_listed_with_what_it_answers_for() -> None:
    made = shown(section(mandate=(Mandate("kundtjanstchef", 500, "kr", "kundchef"),)))
    (page,) = responsibility_pages(made, SETTINGS)
    text = words(page.html)
    assert text.index("Kundchefen") < text.index("Kundtjänstchefen")  # who answers for the whole comes first
    assert "Ansvarar för policyn i sin helhet." in text
    assert "Kundtjänstchefen får ge upp till 500 kr, därutöver kundchefen:" in text
    assert 'href="../tillganglighet/#svar-telefon"' in page.html
    assert {heading.id for heading in page.headings} == {"role-kundchef", "role-kundtjanstchef"}


def test_a_role_without_anything_says_so() -> None:
    made = shown(section())
    owners = {**made.policy.owners, "vd": Owner("vd", "Vd:n", None, None)}
    (page,) = responsibility_pages(replace(made, policy=replace(made.policy, owners=owners)), SETTINGS)
    assert "Ansvarar inte för något avsnitt eller mål just nu." in page.html


def test_in_a_large_policy_a_role_leads_to_its_chapters_and_the_page_stays_light() -> None:
    gone = section("borta", retired_on=date(2026, 6, 1), reason="Slut.")
    (page,) = responsibility_pages(shown(gone, *(section(f"avsnitt-{n}") for n in range(1400))), SETTINGS)
    assert "1400 avsnitt" in page.html
    assert '<a href="../tillganglighet/">Tillgänglighet</a>: 1400 avsnitt' in page.html
    assert "avsnitt-7" not in page.html
    assert len(page.html) < 50_000


@pytest.mark.parametrize(
    ("language", "said"), [("sv", "Webbplatsen har inga kakor"), ("en", "The site has no cookies")]
)
def test_the_policy_says_what_is_stored_about_its_readers(language: str, said: str) -> None:
    made = snapshot(policy(language=language), history())
    (page,) = about_pages(made, SETTINGS)
    assert said in page.html
