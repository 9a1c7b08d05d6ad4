"""What do I do when …: from what has happened to the card that says what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from livingpolicy.model import Area, Mandate, Snapshot
from livingpolicy.render.pages import finder
from livingpolicy.render.pages.finder import customers_first, finder_pages, situations
from livingpolicy.render.pages.values import SiteSettings
from tests.browser import browser, open_page, serve
from tests.samples import history, policy, section, snapshot
from tests.site.building import Project

__all__ = ["browser", "open_page", "serve"]  # the fixtures

BODY = "Läs ordern.\n\n> ”Jag ringer före klockan 12.”\n\nRing sedan.\n"


def shown(*sections: object) -> Snapshot:
    return snapshot(policy(*sections), history())  # type: ignore[arg-type]


def html(*sections: object) -> str:
    (made,) = finder_pages(shown(*sections), SiteSettings())
    return " ".join(made.html.split())


def test_a_card_has_the_steps_a_phrase_the_mandate_and_whom_to_turn_to() -> None:
    one = replace(
        section(
            situations=("En kund har väntat länge",),
            steps=("Tacka för tålamodet.",),
            mandate=(Mandate("medarbetare", 500, "kr", "kundchef"),),
        ),
        body=BODY,
    )
    card = html(one)
    assert '<span class="lp-card__situation">En kund har väntat länge</span>' in card
    assert "<li>Tacka för tålamodet.</li>" in card
    assert "<blockquote><p>”Jag ringer före klockan 12.”</p> </blockquote>" in card
    assert "<b>500 kr</b> Medarbetare" in card.replace("\u00a0", " ")
    assert 'Kundchefen beslutar därutöver. <a href="mailto:kundchef@example.com">' in card
    assert "Kundtjänstchefen ansvarar för avsnittet." in card
    assert 'href="../tillganglighet/#svar-telefon"' in card


def test_without_steps_the_card_holds_the_text_with_each_phrase_where_it_belongs() -> None:
    """A sentence often leads up to a phrase: "Säg så här:"."""
    card = html(replace(section(situations=("En kund väntar",)), body=BODY))
    text = card[card.index("lp-card__text") :]
    assert text.index("Läs ordern.") < text.index("klockan 12") < text.index("Ring sedan.")
    assert card.count("klockan 12") == 1
    assert "lp-card__phrases" not in card


def test_a_section_without_situations_and_one_that_was_retired_have_no_card() -> None:
    gone = section("svar-mejl", situations=("Ett mejl",), retired_on=date(2026, 6, 1), reason="Slut.")
    kept = section(situations=("Ett samtal",))
    card = html(kept, section("svar-chatt"), gone)
    assert card.count("<details") == 1
    assert "Ett mejl" not in card


def test_a_policy_without_situations_has_no_finder() -> None:
    assert list(finder_pages(shown(section()), SiteSettings())) == []


def test_in_a_large_policy_each_situation_leads_to_its_section_and_the_page_stays_light(monkeypatch) -> None:
    monkeypatch.setattr(finder, "MOST_CARDS", 1)
    card = html(section(situations=("Ett samtal",)), section("svar-mejl", situations=("Ett mejl",)))
    assert "<details" not in card
    assert card.count("lp-card--link") == 2


def test_the_start_page_begins_with_what_customers_wait_for() -> None:
    one = situations(shown(section(situations=("Ett samtal",), areas=(Area.SPEED,))))
    ours = situations(shown(section(situations=("Ny här",), areas=(Area.STAFF,))))
    assert customers_first((*ours, *one)) == (*one, *ours)


@pytest.mark.browser
def test_typing_narrows_the_cards_and_enter_opens_the_first(project: Project, serve, open_page) -> None:
    page = open_page(serve(project.site).address + "nar/").page
    page.get_by_label("Vad har hänt?").fill("vantat LANGE")  # without dots, as in a hurry
    assert page.locator(".lp-finder__count").inner_text() == "1 kort"
    page.keyboard.press("Enter")
    assert page.locator("details[open] .lp-card__steps li").all_inner_texts() == [
        "Säg ditt namn.",
        "Fråga vad kunden behöver.",
    ]
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.browser
def test_no_card_at_all_says_whom_to_ask(project: Project, serve, open_page) -> None:
    page = open_page(serve(project.site).address + "nar/").page
    page.get_by_label("Vad har hänt?").fill("xyzzy")
    assert "fråga: kundchefen" in page.locator(".lp-finder__count").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".lp-card:visible").count() == 1


@pytest.mark.browser
def test_a_link_to_a_card_opens_it(project: Project, serve, open_page) -> None:
    page = open_page(serve(project.site).address + "nar/#nar-svar-telefon").page
    assert page.locator("#nar-svar-telefon[open]").count() == 1
