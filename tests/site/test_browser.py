"""The built site in a real browser: what readers see, on a phone and a desk, today and in three weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.browser import Served, Watched, browser, open_page, serve
from tests.site.building import Project

__all__ = ["browser", "open_page", "serve"]  # the fixtures

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def small(project: Project, serve: Callable[[Path], Served]) -> str:
    """Address of the two-chapter site, built on 20 October 2026, two weeks before something is due."""
    return serve(project.site).address


def complaints(watched: Watched) -> list[str]:
    """Return what the console said; "failed" is only what the next page made needless."""
    return [complaint for complaint in watched.complaints if not complaint.startswith("failed: ")]


def at(moment: str) -> Callable[[Any], None]:
    """Return a set-up that stops the page's clock at *moment* (ISO, with offset)."""
    return lambda page: page.clock.set_fixed_time(datetime.fromisoformat(moment))


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("2026-10-03T23:59:00+02:00", "current"),
        ("2026-10-04T00:00:00+02:00", "due-soon"),
        ("2026-11-03T23:59:00+01:00", "due-soon"),
        ("2026-11-04T00:00:00+01:00", "overdue"),
        ("2026-12-24T18:00:00+01:00", "overdue"),
    ],
)
@pytest.mark.parametrize("timezone", ["Europe/Stockholm", "Pacific/Auckland"])
def test_the_status_turns_at_midnight_of_the_policy_without_a_new_build(
    small: str, open_page: Callable[..., Watched], moment: str, status: str, timezone: str
) -> None:
    """Due on 3 November: that day is in time, wherever the reader sits."""
    watched = open_page(f"{small}tillganglighet/", setup=at(moment), timezone_id=timezone)
    section = watched.page.locator("section", has=watched.page.locator("#svar-telefon"))
    shown = {"current": "Aktuell", "due-soon": "Granskas snart", "overdue": "Försenad"}
    assert section.locator(".lp-status").inner_text().strip() == shown[status]
    late = section.get_by_text("Granskningen är försenad sedan 4 november 2026.")
    assert late.is_visible() is (status == "overdue")


def test_the_counts_follow_the_day(small: str, open_page: Callable[..., Watched]) -> None:
    for path in ("", "granskning/"):
        before = open_page(small + path, setup=at("2026-10-20T12:00:00+02:00")).page
        after = open_page(small + path, setup=at("2026-11-04T12:00:00+01:00")).page
        assert before.locator("[data-count=overdue]").inner_text() == "0"
        # The telephone section and the chapter's lead fall due on the same day.
        assert after.locator("[data-count=overdue]").inner_text() == "2"
        assert after.locator("[data-count=current]").inner_text() == "4"


def test_every_count_on_the_review_page_is_of_the_same_day(
    small: str, open_page: Callable[..., Watched]
) -> None:
    """Tally, owners, months and rows: seen on the due day, the day after, and when everything is late."""

    def counts(day: str) -> tuple[str, str, str, int]:
        page = open_page(f"{small}granskning/", setup=at(f"{day}T12:00:00+01:00")).page
        late = [int(text) for text in page.locator("[data-late]").all_inner_texts()]
        shown = page.locator(".lp-table--sections .lp-i--overdue").count()
        tally = page.locator("[data-count=overdue]").inner_text()
        assert [tally, str(sum(late))] == [str(shown)] * 2
        ahead = [int(text) for text in page.locator("[data-within='90']").all_inner_texts()]
        months = page.locator(".lp-months tr[data-month]:visible .lp-number").all_inner_texts()
        return (
            tally,
            str(sum(ahead)),
            page.locator("[data-today]").inner_text().replace("\u00a0", " "),
            sum(map(int, months)),
        )

    assert counts("2026-11-03") == ("0", "2", "3 november 2026", 6)
    assert counts("2026-11-04") == ("2", "0", "4 november 2026", 4)
    assert counts("2027-06-01") == ("6", "0", "1 juni 2027", 0)


def test_sections_and_targets_are_counted_alike_on_a_later_day(
    own_site: Path, serve: Callable[[Path], Served], open_page: Callable[..., Watched]
) -> None:
    """On the site of this project, years later: everything is late, and no count has forgotten a target."""
    address = serve(own_site).address
    page = open_page(f"{address}granskning/", setup=at("2036-01-01T12:00:00+01:00")).page
    rows = page.locator(".lp-table--sections tbody tr")
    late = sum(int(text) for text in page.locator("[data-late]").all_inner_texts())
    assert page.locator("[data-count=overdue]").inner_text() == str(late)
    assert rows.locator(".lp-i--overdue").count() == late
    targets = rows.filter(has=page.get_by_text("Mål", exact=True))
    assert targets.locator(".lp-i--overdue").count() == targets.count() > 0
    targets.first.get_by_role("link").click()
    page.locator(".lp-target-page").wait_for()


def test_without_scripts_every_date_is_there_in_words(small: str, open_page: Callable[..., Watched]) -> None:
    page = open_page(f"{small}tillganglighet/", java_script_enabled=False).page
    section = page.locator("section", has=page.locator("#svar-telefon"))
    text = section.inner_text()
    assert "Gäller sedan 3 maj 2026" in text
    assert "Granskas senast 3 november 2026" in text
    assert "Kundtjänstchefen ansvarar" in text
    assert "Granskas snart" in text


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2026-10-20T07:59:00+02:00", False),
        ("2026-10-20T08:00:00+02:00", True),
        ("2026-10-20T18:00:00+02:00", False),
        ("2026-10-24T12:00:00+02:00", False),
    ],
)
def test_the_start_page_knows_what_is_open_now(
    small: str, open_page: Callable[..., Watched], moment: str, open_: bool
) -> None:
    """Monday to Friday 8 to 18; 24 October is a Saturday."""
    page = open_page(small, setup=at(moment), timezone_id="America/New_York").page
    assert page.get_by_text("öppet nu").is_visible() is open_


def test_a_mail_about_a_section_says_where_the_reader_was(
    small: str, open_page: Callable[..., Watched]
) -> None:
    """Nobody has told the site its own address."""
    page = open_page(f"{small}tillganglighet/").page
    link = page.get_by_label("Stämmer inte? Säg till om avsnittet Svar i telefon")
    assert f"{small}tillganglighet/#svar-telefon" in unquote(link.get_attribute("href") or "")


def test_an_old_address_of_a_section_still_leads_there(small: str, open_page: Callable[..., Watched]) -> None:
    page = open_page(f"{small}tillganglighet/#telefon", width=1280, height=500).page
    assert page.locator("#svar-telefon").bounding_box()["y"] < 300  # type: ignore[index]


def test_the_site_works_in_a_folder_of_a_larger_one(
    project: Project, serve: Callable[[Path], Served], open_page: Callable[..., Watched]
) -> None:
    served = serve(project.root)
    watched = open_page(f"{served.address}site/", width=1280, height=900)
    watched.page.locator(".lp-contents").get_by_role("link", name="Tillgänglighet", exact=True).click()
    watched.page.get_by_role("link", name="klagomål", exact=True).click()
    watched.page.wait_for_url("**/site/klagomal/#ta-emot")
    assert watched.page.locator("img[alt=Karta]").evaluate("image => image.decode().then(() => true)")
    assert complaints(watched) == []


def test_the_chapter_can_be_read_straight_from_disk(
    project: Project, open_page: Callable[..., Watched]
) -> None:
    page = open_page((project.site / "tillganglighet/index.html").as_uri(), width=1280, height=900).page
    assert page.locator("h1").inner_text() == "Tillgänglighet"
    assert (
        page.locator("h1")
        .evaluate("element => getComputedStyle(element).fontFamily")
        .startswith('"Bricolage')
    )


def test_with_instant_navigation_the_scripts_run_on_each_page(
    changing: Project, serve: Callable[[Path], Served], open_page: Callable[..., Watched]
) -> None:
    """A company that switches it on, and says where the site is, gets what is worked out on every page."""
    served = serve(changing.site)
    settings = (changing.root / "mkdocs.yml").read_text("utf-8")
    settings = settings.replace("# site_url: https://kund.example.com/", f"site_url: {served.address}")
    changing.repo.write(
        {"mkdocs.yml": settings.replace("  features:\n", "  features:\n    - navigation.instant\n")}
    )
    assert changing.build().returncode == 0
    watched = open_page(served.address, width=1280, height=900, setup=at("2026-12-01T12:00:00+01:00"))
    page = watched.page
    page.evaluate("window.stillHere = true")
    tabs = page.locator(".md-tabs")
    tabs.get_by_role("link", name="Kundpolicy").click()
    page.wait_for_url("**/tillganglighet/")
    page.locator("#svar-telefon").wait_for()
    page.locator("[data-shown-when=overdue]:visible").first.wait_for()
    tabs.get_by_role("link", name="Vad gör jag när …").click()
    page.locator("#finder-words").fill("väntat")
    page.locator(".lp-card:visible", has_text="En kund har väntat länge").wait_for()
    page.locator("h1").click()
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("klagomal")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/klagomal/**")
    page.locator("#ta-emot").wait_for()
    tabs.get_by_role("link", name="Plansch").click()  # no page of the theme: it is loaded as a whole
    page.wait_for_url("**/plansch/")
    assert page.evaluate("window.stillHere") is None
    assert complaints(watched) == []
