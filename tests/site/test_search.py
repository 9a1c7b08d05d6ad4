"""The search as readers meet it, on built sites in a real browser."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import Served, Watched, browser, open_page, serve
from tests.search.finding import index, questions, script, shipped
from tests.site.building import Project
from tests.site.test_browser import WCAG, complaints

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = ["browser", "open_page", "serve"]

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("width", [390, 1280])


@pytest.fixture(scope="session")
def small(project: Project, serve: Callable[[Path], Served]) -> str:
    """Address of the two-chapter site, which lies below the root of its server."""
    return f"{serve(project.root).address}site/"


@pytest.fixture(scope="session")
def own(own_site: Path, serve: Callable[[Path], Served]) -> str:
    """Address of the project's own site."""
    return serve(own_site).address


def ask(page: Page, query: str) -> Locator:
    """Open the search, type, and return the results."""
    if not page.locator("#lp-search").is_visible():
        page.keyboard.press("/")
    page.get_by_role("combobox").fill(query)
    page.wait_for_function("typeof livingPolicySearch !== 'undefined' && livingPolicySearch")
    return page.get_by_role("option")


def test_the_questions_of_the_staff_find_their_sections(
    own: str, open_page: Callable[..., Watched], capsys: pytest.CaptureFixture[str]
) -> None:
    """The first result answers three in four, and one of the first three nearly all."""
    page = open_page(own, width=1280, height=900).page
    made = script(index(shipped()))
    page.route("**/search/index.*.js", lambda route: route.fulfill(body=made))
    ask(page, "telefon").first.wait_for()
    found: dict[str, list[int | None]] = {}
    missed = []
    for question in questions("questions.tsv"):
        page.get_by_role("combobox").fill(question.text)
        shown = page.eval_on_selector_all("[role=option]", "all => all.map(({href}) => href.split('#')[1])")
        place = next((place for place, name in enumerate(shown) if name in question.sections), None)
        found.setdefault(question.part, []).append(place)
        if place is None or place > 2:
            missed.append(question.text)
    found["all"] = [place for places in found.values() for place in places]
    rates = {}
    for part, places in found.items():
        first = sum(place == 0 for place in places) / len(places)
        three = sum(place is not None and place < 3 for place in places) / len(places)
        rates[part] = first, three
        with capsys.disabled():
            sys.stdout.write(
                f"\n{len(places)} questions ({part}): {first:.0%} first, {three:.0%} among three"
            )
    assert rates["all"] >= (0.75, 0)
    assert rates["all"][1] >= 0.95, missed
    assert rates["later"][1] >= 0.9, missed


@pytest.mark.parametrize(
    ("way", "width"), [("the bar", 390), ("the start page", 1280), ("a slash", 1280), ("ctrl and k", 1280)]
)
def test_the_search_opens_and_leads_to_the_section(
    small: str, open_page: Callable[..., Watched], way: str, width: int
) -> None:
    watched = open_page(small, width=width, height=900)
    page = watched.page
    match way:
        case "the bar":
            page.locator(".lp-search__open").click()
        case "the start page":
            page.locator(".lp-hero__search").click()
        case "a slash":
            page.keyboard.press("/")
        case _:
            page.keyboard.press("Control+k")
    page.keyboard.type("telfon")
    page.get_by_role("option", name="Svar i telefon").first.click()
    page.wait_for_url("**/tillganglighet/#svar-telefon")
    assert page.locator("#svar-telefon").is_visible()
    assert not page.locator("#lp-search").is_visible()
    assert complaints(watched) == []


def test_everything_goes_by_keyboard(small: str, open_page: Callable[..., Watched]) -> None:
    page = open_page(small, width=1280, height=900).page
    opener = page.locator(".lp-search__open")
    opener.focus()
    page.keyboard.press("Enter")
    options = ask(page, "svar")
    options.first.wait_for()
    field = page.get_by_role("combobox")
    titles = options.locator(".lp-hit__title").all_inner_texts()
    assert field.get_attribute("aria-expanded") == "true"

    def chosen() -> str:
        active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
        assert active.get_attribute("aria-selected") == "true"
        return active.locator(".lp-hit__title").inner_text()

    assert chosen() == titles[0]
    page.keyboard.press("ArrowDown")
    assert chosen() == titles[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert chosen() == titles[-1], "from the first up to the last"
    for _ in range(6):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "document.activeElement.closest('body > *, #lp-search')?.id ?? 'the browser itself'"
        )
        assert at in {"lp-search", "the browser itself"}, "focus stays in the dialogue"
    page.keyboard.press("Escape")
    assert not page.locator("#lp-search").is_visible()
    assert opener.evaluate("button => button === document.activeElement")
    page.keyboard.press("/")
    assert field.input_value() == "svar", "what was asked stands there, ready to be written over"
    page.keyboard.type("mejl")
    options.first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tillganglighet/#svar-mejl")


def test_a_slash_that_somebody_types_is_a_slash(small: str, open_page: Callable[..., Watched]) -> None:
    page = open_page(f"{small}sok/").page
    page.locator("main [name=q]").fill("")
    page.locator("main [name=q]").press("/")
    assert page.locator("main [name=q]").input_value() == "/"
    assert not page.locator("#lp-search").is_visible()


def test_how_many_were_found_is_said_aloud(small: str, open_page: Callable[..., Watched]) -> None:
    page = open_page(small, width=1280, height=900).page
    ask(page, "svar").first.wait_for()
    status = page.locator("#lp-search").get_by_role("status")
    assert status.inner_text() == f"{page.get_by_role('option').count()} träffar"
    page.get_by_role("combobox").fill("")
    assert status.inner_text().startswith("Skriv det kunden säger")
    page.get_by_role("combobox").fill("xyzzyq")
    assert status.inner_text() == "Inget avsnitt handlar om ”xyzzyq”."


def test_a_result_says_what_it_is_and_why_it_was_found(small: str, open_page: Callable[..., Watched]) -> None:
    page = open_page(small, width=1280, height=900).page
    hit = ask(page, "väntat länge").first
    hit.wait_for()
    assert hit.inner_text().split("\n") == [
        "Löfte",
        "Tillgänglighet",
        "Kundtjänstchefen ansvarar",
        "Svar i telefon",
        "När: En kund har väntat länge",
    ]
    assert hit.locator(".lp-hit__text mark").all_inner_texts() == ["väntat", "länge"]


def test_who_finds_nothing_is_told_whom_to_ask(small: str, open_page: Callable[..., Watched]) -> None:
    """And is offered the finder, if the site has one."""
    page = open_page(small, width=1280, height=900).page
    ask(page, "xyzzyq")
    help_ = page.locator("#lp-search [data-lp-search-none]")
    help_.wait_for()
    assert "fråga kundchefen" in help_.inner_text().lower()
    assert help_.get_by_role("link", name="kundchef@example.com").get_attribute("href") == (
        "mailto:kundchef@example.com"
    )
    links = help_.get_by_role("link").evaluate_all("all => all.map(({href}) => href)")
    for link in links:
        assert link.startswith("mailto:") or page.request.get(link).ok
    page.get_by_role("combobox").fill("telefon")
    page.get_by_role("option").first.wait_for()
    assert not help_.is_visible()


def test_on_a_phone_the_search_takes_the_screen_and_fingers_hit(
    small: str, open_page: Callable[..., Watched]
) -> None:
    page = open_page(small, width=390, height=844, has_touch=True).page
    size = page.locator(".lp-search__open").bounding_box()
    assert size
    assert min(size["width"], size["height"]) >= 44
    page.locator(".lp-search__open").tap()
    ask(page, "telefon").first.wait_for()
    box = page.locator("#lp-search").bounding_box()
    assert box
    assert [round(box[side]) for side in ("x", "y", "width", "height")] == [0, 0, 390, 844]
    for part in (".lp-search__close", ".lp-hit", ".lp-search__input"):
        size = page.locator(f"#lp-search {part}").first.bounding_box()
        assert size
        assert size["height"] >= 44, part
    # A smaller text makes telephones zoom in on the field.
    size_ = page.locator(".lp-search__input").first.evaluate(
        "field => parseFloat(getComputedStyle(field).fontSize)"
    )
    assert size_ >= 16


def test_without_script_and_on_paper_there_is_no_search(
    small: str, open_page: Callable[..., Watched]
) -> None:
    still = open_page(small, java_script_enabled=False).page
    assert not still.locator(".lp-search__open").is_visible()
    assert not still.locator(".lp-hero__search").is_visible()
    still.goto(f"{small}sok/")
    assert still.get_by_text("Sökningen behöver JavaScript.").is_visible()
    printed = open_page(small).page
    printed.emulate_media(media="print")
    assert not printed.locator(".lp-search").is_visible()


def test_the_page_for_a_search_lists_what_it_is_asked_for(
    small: str, open_page: Callable[..., Watched]
) -> None:
    watched = open_page(f"{small}sok/?q=klagomal")
    page = watched.page
    page.locator("main .lp-hit").first.wait_for()
    assert page.locator("main [name=q]").input_value() == "klagomal"
    assert "Ta emot ett klagomål" in page.locator("main .lp-hit__title").all_inner_texts()
    assert not page.get_by_text("Sökningen behöver JavaScript.").is_visible()
    page.locator("main [name=q]").fill("mejl")
    page.locator("main .lp-hit__title", has_text="Svar på mejl").wait_for()
    assert page.url.endswith("/sok/?q=mejl")
    page.locator("main .lp-hit").first.click()
    page.wait_for_url("**/site/tillganglighet/#svar-mejl")
    assert complaints(watched) == []


def test_more_than_ten_results_have_a_page(own: str, open_page: Callable[..., Watched]) -> None:
    page = open_page(own, width=1280, height=900).page
    options = ask(page, "kunden")
    options.first.wait_for()
    assert options.count() == 10
    page.locator("[data-lp-search-all]").click()
    page.wait_for_url("**/sok/?q=kunden")
    page.locator("main .lp-hit").nth(15).wait_for()


def test_the_search_works_from_a_disk(changing: Project, open_page: Callable[..., Watched]) -> None:
    settings = (changing.root / "mkdocs.yml").read_text("utf-8")
    changing.repo.write(
        {"mkdocs.yml": settings.replace("use_directory_urls: true", "use_directory_urls: false")}
    )
    assert changing.build().returncode == 0
    watched = open_page((changing.site / "klagomal.html").as_uri())
    ask(watched.page, "telefon").first.wait_for()
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/tillganglighet.html#svar-telefon")


def test_the_search_survives_instant_navigation(
    changing: Project, serve: Callable[[Path], Served], open_page: Callable[..., Watched]
) -> None:
    """The theme changes the page and leaves the header, with our dialogue in it."""
    changing.site.mkdir()
    address = serve(changing.site).address
    settings = (changing.root / "mkdocs.yml").read_text("utf-8")
    settings = settings.replace("  features:\n", "  features:\n    - navigation.instant\n")
    changing.repo.write({"mkdocs.yml": f"site_url: {address}\n{settings}"})
    assert changing.build().returncode == 0
    pages = "".join(f"<url><loc>{address}{path}</loc></url>" for path in ("", "tillganglighet/", "klagomal/"))
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{pages}</urlset>'
    watched = open_page(
        address,
        width=1280,
        height=900,
        setup=lambda page: page.route(
            "**/sitemap.xml", lambda route: route.fulfill(body=sitemap, content_type="application/xml")
        ),
    )
    page = watched.page
    page.evaluate("globalThis.stays = true")
    for query, url in (
        ("mejl", "**/tillganglighet/#svar-mejl"),
        ("ta emot klagomål", "**/klagomal/#ta-emot"),
    ):
        ask(page, query).first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(url)
        page.locator(f"{url[url.index('#') :]}").wait_for()
        assert not page.locator("#lp-search").is_visible()
    assert page.evaluate("globalThis.stays"), "the page was changed, not loaded"
    assert complaints(watched) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@SIZES
def test_the_open_search_is_accessible(
    small: str, open_page: Callable[..., Watched], width: int, scheme: str
) -> None:
    """WCAG 2.2 AA and axe's best practice: with results, and without."""
    page = open_page(small, width=width, height=900, color_scheme=scheme, reduced_motion="reduce").page
    violations = []
    for query in ("svar", "xyzzyq"):
        ask(page, query)
        page.wait_for_function("!document.querySelector('#lp-search').getAnimations().length")
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
        violations += [
            f"{query} {violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]
    assert violations == []


def test_nothing_is_left_of_the_search_that_the_theme_brings(project: Project) -> None:
    assert not (project.site / "search" / "search_index.json").exists()
    for path in project.site.rglob("*.html"):
        assert "md-search" not in path.read_text("utf-8"), path
