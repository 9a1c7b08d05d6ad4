"""The page of the evaluation."""

from __future__ import annotations

import re
from dataclasses import replace

from livingpolicy.model import Snapshot
from livingpolicy.render.pages.evaluation import evaluation_pages
from livingpolicy.render.pages.values import Group, SitePage, SiteSettings
from tests.improvement.samples import DONE, GIVEN_UP, PHONE, busy, checked, improvement
from tests.samples import history, policy, snapshot


def page(made: Snapshot, **settings: bool) -> SitePage:
    """Return the page, for a register that has the telephone in it."""
    known = replace(made, policy=replace(made.policy, targets={PHONE.id: PHONE}))
    (only,) = evaluation_pages(known, SiteSettings(**settings))  # type: ignore[arg-type]
    return only


def article(html: str, name: str) -> str:
    """Return what the page says of one improvement, in words."""
    found = re.search(rf'<article [^>]*id="{name}">(.*?)</article>', html, re.DOTALL)
    assert found, name
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_it_has_its_address_and_its_place() -> None:
    assert (page(busy()).url, page(busy()).group) == ("utvardering/", Group.TARGETS)
    assert page(busy("en")).url == "evaluation/"
    assert page(busy(), folders=False).url == "utvardering.html"


def test_the_day_of_the_meeting_is_the_first_thing_on_it() -> None:
    assert '<time datetime="2026-12-07">7 december 2026</time>' in page(busy()).html
    assert "Dagen är inte bestämd" in page(busy(first_on=None)).html


def test_what_is_worked_on_says_what_why_who_and_until_when() -> None:
    told = article(page(busy()).html, "ko-vid-lunch")
    for sentence in (
        "Köerna i telefon är längst mellan 12 och 13",
        "Händer ofta, kostar mycket. Var femte kund lägger på.",
        "Två till svarar vid lunch.",
        "Kundtjänstchefen. Började 1 oktober 2026 . Effekten kontrolleras 1 december 2026 .",
    ):
        assert sentence in told


def test_what_is_late_or_still_to_come_says_so() -> None:
    late = article(page(busy(today="2026-12-02")).html, "ko-vid-lunch")
    assert "Effekten skulle ha kontrollerats 1 december 2026" in late
    coming = replace(busy(), improvements=(improvement(started_on=busy().as_of.replace(day=30)),))
    assert "Börjar 30 november 2026" in article(page(coming).html, "ko-vid-lunch")
    seen = replace(busy(), improvements=(improvement(check=checked("2026-11-20")),))
    assert "Kontrollerat 20 november 2026 : bättre." in article(page(seen).html, "ko-vid-lunch")


def test_what_was_tried_stays_with_its_outcome_also_when_it_did_not_help() -> None:
    """The latest first."""
    html = page(busy()).html
    assert html.index(f'id="{DONE.id}"') < html.index(f'id="{GIVEN_UP.id}"')
    assert article(html, DONE.id).startswith("Bättre Vi fortsätter")
    given_up = article(html, GIVEN_UP.id)
    assert given_up.startswith("Sämre Vi slutade")
    assert "Kunderna ringde nästa dag i stället." in given_up


def test_targets_and_sections_are_linked() -> None:
    html = page(busy()).html
    assert 'href="../mal/svarstid-telefon/"' in html
    assert 'href="../tillganglighet/#svar-telefon"' in html
    assert 'href="#ko-vid-lunch"' in html
    assert 'href="../review.ics"' in html


def test_an_empty_policy_has_an_agenda_all_the_same() -> None:
    html = page(snapshot(policy(), history())).html
    assert "Inget problem är i arbete just nu." in html
    assert "Inget är avslutat ännu." in html


def test_text_of_the_policy_is_text() -> None:
    made = replace(busy(), improvements=(improvement(problem="<script>", action="R&D", why='"'),))
    html = page(made).html
    assert "<script" not in html
    assert "R&amp;D" in html


def test_no_style_or_script_stands_in_the_page() -> None:
    assert not re.search(r"\sstyle=|<script|\son[a-z]+=", page(busy()).html)
