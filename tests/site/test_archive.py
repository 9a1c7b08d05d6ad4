"""The pages of what was, built through the real hooks and read in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.archive.company import NEW, company
from tests.browser import Served, Watched, browser, open_page, serve
from tests.policy_repo import PolicyRepo
from tests.site.building import equip, run
from tests.site.test_browser import WCAG, complaints

__all__ = ["browser", "open_page", "serve"]  # the fixtures

SIZES = pytest.mark.parametrize("width", [390, 1280])
MARK = "Nytt sedan du var här sist"
JULY = int(datetime.fromisoformat("2025-07-01T12:00:00+00:00").timestamp())
"""Since then: the fax is gone, the mandate has another id and its link another target, a gift card lasts."""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a policy that has seen everything, on 22 November 2026."""
    repo = company(tmp_path_factory.mktemp("company") / "kund")
    equip(repo.root)
    done = run(repo.root, "build", today="2026-11-22")
    assert done.returncode == 0, done.stderr
    return repo.root / "site"


@pytest.fixture(scope="session")
def address(built: Path, serve: Callable[[Path], Served]) -> str:
    return serve(built).address


@pytest.fixture(scope="session")
def edition(built: Path) -> str:
    """Path of the first wording of the section about the telephone."""
    script = (built / "som-det-gallde/days.js").read_text("utf-8")
    data = json.loads(script[script.index("{") : -len(";\n")])
    editions = {name: told for _, rows in data["chapters"] for name, _, told in rows}
    return f"version/svar-telefon/{editions['svar-telefon'][-1][0]}.html"


def test_the_pages_are_in_the_navigation_and_not_in_the_search(built: Path) -> None:
    index = "".join(path.read_text("utf-8") for path in (built / "search").glob("*index*"))
    assert "tillganglighet/" in index
    for place in ("version/", "andringar/", "som-det-gallde/"):
        assert place not in index
    start = (built / "index.html").read_text("utf-8")
    assert 'href="andringar/"' in start
    chapter = (built / "tillganglighet/index.html").read_text("utf-8")
    assert 'href="../andringar/svar-telefon/"' in chapter
    assert 'href="../som-det-gallde/"' in chapter


def test_every_link_of_the_archive_leads_somewhere(built: Path) -> None:
    """The pages outside the theme are checked by nobody else."""
    for folder in ("andringar", "version", "som-det-gallde"):
        for path in (built / folder).rglob("*.html"):
            for link in re.findall(r'(?:href|src)="([^"#:]+)["#]', path.read_text("utf-8")):
                place = (path.parent / link).resolve()
                assert (place / "index.html" if place.is_dir() else place).is_file(), (path, link)


def kept(latest: int | None, *, at: str = "2026-11-22T08:00:00+01:00") -> Callable[[Any], None]:
    """Return a set-up: it is *at*, and the reader was here long ago, when *latest* was the newest change."""

    def setup(page: Any) -> None:
        page.clock.set_fixed_time(datetime.fromisoformat(at))
        if latest is not None:
            visit = json.dumps({"seen": 0, "latest": latest, "at": 1_700_000_000_000, "first": False})
            page.add_init_script(f"localStorage['lp-visit:/'] ??= {json.dumps(visit)}")

    return setup


TITLES = """found => [...new Set(found.map((mark) => mark.closest("article, section, li:has(p), header")
  .querySelector("h1, h2, h3, .lp-changes__what").innerText.replace("#", "").trim()))]"""


def marked(watched: Watched) -> list[str]:
    """Return the titles of the sections or changes that are marked as new."""
    return list(watched.page.locator("[data-lp-new]:visible").evaluate_all(TITLES))


@pytest.mark.browser
class TestInTheBrowser:
    """What readers see."""

    @pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
    def test_every_kind_of_page_is_accessible(
        self, address: str, edition: str, open_page: Callable[..., Watched], width: int, scheme: str
    ) -> None:
        """WCAG 2.2 AA; no page is wider than the window, and none asks another host."""
        watched = open_page(
            address, width=width, height=900, color_scheme=scheme, reduced_motion="reduce", setup=kept(JULY)
        )
        violations = []
        for path in (
            "andringar/",
            "andringar/arkiv/2025/",
            "andringar/svar-telefon/",
            edition,
            "som-det-gallde/",
            "som-det-gallde/2025-06/",
        ):
            watched.page.goto(address + path)
            for details in watched.page.locator("details > summary").all()[:3]:
                details.click()
            found = Axe().run(watched.page, options={"runOnly": {"type": "tag", "values": WCAG}})
            violations += [
                f"{path} {violation['id']}: {node['target']} {node['failureSummary']}"
                for violation in found.response["violations"]
                for node in violation["nodes"]
            ]
            too_wide = watched.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert too_wide <= 0, path
            background = watched.page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert background == {"light": "rgb(252, 246, 236)", "dark": "rgb(10, 30, 37)"}[scheme], path
        assert violations == []
        assert complaints(watched) == []
        assert [url for url in watched.requests if not url.startswith((address, "data:"))] == []

    def test_the_first_visit_shows_nothing_as_new(
        self, address: str, open_page: Callable[..., Watched]
    ) -> None:
        watched = open_page(f"{address}andringar/", setup=kept(None))
        assert not watched.page.get_by_text(MARK).first.is_visible()
        assert not watched.page.locator("[data-lp-since]").is_visible()

    def test_what_changed_since_the_last_visit_is_marked_where_it_stands(
        self, address: str, open_page: Callable[..., Watched]
    ) -> None:
        """At the section, on the start page and among the changes; older changes have no mark."""
        watched = open_page(f"{address}tillganglighet/", setup=kept(JULY))
        assert marked(watched) == ["Svar i telefon"]
        watched.page.goto(address)
        assert len(marked(watched)) == 3
        watched.page.goto(f"{address}andringar/")
        assert marked(watched) == [
            "Presentkort gäller i två år från december",
            "Mandatet får ett tydligare namn",
            "Faxen avvecklas",
        ]
        assert watched.page.get_by_text("3 ändringar sedan du var här sist.").is_visible()

    def test_the_list_can_be_narrowed_to_what_is_new(
        self, address: str, open_page: Callable[..., Watched]
    ) -> None:
        page = open_page(f"{address}andringar/", setup=kept(JULY)).page
        only = page.get_by_role("button", name="Visa bara dem")
        only.click()
        assert page.locator("article.lp-event:visible").count() == 3
        assert page.get_by_role("heading", name="Juni 2025").count() == 0
        only.click()
        assert page.locator("article.lp-event:visible").count() == 8

    def test_marks_stay_during_a_visit_and_are_gone_on_the_next(
        self, address: str, open_page: Callable[..., Watched]
    ) -> None:
        """Ten minutes later it is the same visit; the next morning it is another."""
        watched = open_page(f"{address}tillganglighet/", setup=kept(JULY))
        watched.page.clock.set_fixed_time(datetime.fromisoformat("2026-11-22T08:10:00+01:00"))
        watched.page.reload()
        assert marked(watched) == ["Svar i telefon"]
        watched.page.clock.set_fixed_time(datetime.fromisoformat("2026-11-23T08:00:00+01:00"))
        watched.page.goto(f"{address}andringar/")
        assert marked(watched) == []
        assert watched.page.get_by_text("Inget har ändrats sedan du var här sist.").is_visible()

    def test_everything_can_be_marked_as_read(self, address: str, open_page: Callable[..., Watched]) -> None:
        watched = open_page(f"{address}andringar/", setup=kept(JULY))
        watched.page.get_by_role("button", name="Markera allt som läst").click()
        assert marked(watched) == []
        watched.page.goto(f"{address}tillganglighet/")
        assert marked(watched) == []

    def test_without_storage_nothing_is_marked_and_nothing_breaks(
        self, address: str, open_page: Callable[..., Watched]
    ) -> None:
        """A browser may refuse it: by its settings, or in a private window."""
        refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"
        for path in (
            "andringar/svar-telefon/",
            "som-det-gallde/2025-06/",
        ):  # the theme itself needs it elsewhere
            watched = open_page(
                address + path, setup=lambda page: (kept(JULY)(page), page.add_init_script(refuse))
            )
            assert not [told for told in complaints(watched) if "lp-" in told or "changes.js" in told]
            assert not watched.page.get_by_text(MARK).first.is_visible()

    def test_with_instant_navigation_each_page_is_marked(
        self, tmp_path: Path, serve: Callable[[Path], Served], open_page: Callable[..., Watched]
    ) -> None:
        repo: PolicyRepo = company(tmp_path / "kund")
        equip(repo.root)
        served = serve(repo.root / "site")
        settings = (repo.root / "mkdocs.yml").read_text("utf-8")
        settings = settings.replace("# site_url: https://kund.example.com/", f"site_url: {served.address}")
        repo.write(
            {"mkdocs.yml": settings.replace("  features:\n", "  features:\n    - navigation.instant\n")}
        )
        assert run(repo.root, "build", today="2026-11-22").returncode == 0
        pages = [
            path.parent.relative_to(repo.root / "site") for path in (repo.root / "site").glob("*/index.html")
        ]
        places = "".join(f"<url><loc>{served.address}{page}/</loc></url>" for page in pages)
        (repo.root / "site/sitemap.xml").write_text(f"<urlset>{places}</urlset>", "utf-8")  # it asks for one
        watched = open_page(served.address, width=1280, height=900, setup=kept(JULY))
        watched.page.evaluate("window.stillHere = true")
        watched.page.get_by_role("link", name="Tillgänglighet", exact=True).first.click()
        watched.page.locator("#svar-telefon").wait_for()
        watched.page.get_by_text(MARK).filter(visible=True).wait_for()
        assert marked(watched) == ["Svar i telefon"]
        watched.page.locator(".md-tabs").get_by_role("link", name="Aktuellt").click()
        watched.page.get_by_role("link", name="Som det gällde").filter(visible=True).first.click()
        watched.page.locator(".lp-then__answer h2").wait_for()
        assert watched.page.evaluate("window.stillHere")

    @SIZES
    def test_a_day_is_picked_and_its_wordings_are_read(
        self, address: str, open_page: Callable[..., Watched], width: int
    ) -> None:
        """The answer came within five minutes until the end of March 2025, and within three from April."""
        page = open_page(f"{address}som-det-gallde/", width=width, height=900, setup=kept(None)).page
        assert page.get_by_role("heading", name="Policyn den 22 november 2026").is_visible()
        page.get_by_label("Dag", exact=True).fill("2025-03-31")
        assert page.get_by_role("heading", name="Policyn den 31 mars 2025").is_visible()
        assert page.get_by_text("6 avsnitt gällde.").is_visible()
        page.get_by_text("Svar i telefon", exact=True).click()
        page.get_by_text("Vi svarar inom fem minuter.").wait_for()
        page.get_by_label("Jämför med en annan dag").fill("2025-04-01")
        page.locator("summary", has_text="Svar i telefon").click()
        page.locator("details[open] del").first.wait_for()
        assert page.locator("details[open] del").all_text_contents() == ["borttaget: fem"] * 3
        assert page.locator("details[open] ins").all_text_contents() == ["tillagt: tre"] * 3
        page.get_by_label("Jämför med en annan dag").fill("")
        page.get_by_role("heading", name="Policyn den 31 mars 2025").wait_for()
        assert page.url.endswith("#2025-03-31")
        page.get_by_role("button", name="Nästa ändring").click()
        assert page.get_by_role("heading", name="Policyn den 1 april 2025").is_visible()

    def test_two_days_are_compared(self, address: str, open_page: Callable[..., Watched]) -> None:
        """The address says which days, so that the answer can be sent to a colleague."""
        watched = open_page(f"{address}som-det-gallde/#2025-08-01..2026-02-01", width=1280, height=900)
        page = watched.page
        page.get_by_text("2 avsnitt skiljer mellan 1 augusti 2025 och 1 februari 2026.").wait_for()
        rows = page.locator(".lp-then__answer summary").all_inner_texts()
        assert rows == ["Svar i telefon ändrades", "Fax upphörde"]
        page.locator("summary", has_text="Svar i telefon").click()
        page.get_by_text("Inget ord skiljer mellan lydelserna.").wait_for()  # only where a link leads
        page.locator("summary", has_text="Svar i telefon").click()
        page.locator("summary", has_text="Fax").click()
        page.get_by_text("Vi svarar på fax inom en vecka.").wait_for()
        assert page.get_by_text("Avsnittet gällde inte den 1 februari 2026.").is_visible()
        link = page.locator("details[open]").get_by_role("link", name="Alla ändringar i avsnittet")
        link.click()
        page.wait_for_url("**/andringar/fax/")
        assert page.get_by_role("heading", name="Faxen avvecklas").is_visible()
        assert complaints(watched) == []

    def test_without_scripts_every_change_and_every_month_can_be_read(
        self, address: str, open_page: Callable[..., Watched]
    ) -> None:
        page = open_page(f"{address}andringar/", java_script_enabled=False).page
        assert page.locator("article.lp-event:visible").count() == 8
        assert not page.get_by_text(MARK).first.is_visible()
        page.goto(f"{address}som-det-gallde/")
        assert not page.get_by_label("Dag", exact=True).is_visible()
        page.get_by_role("link", name="30 juni 2025").click()
        page.get_by_role("link", name="Fax", exact=True).click()
        assert page.get_by_text("Äldre lydelse. Avsnittet är upphävt.").is_visible()

    def test_a_wording_says_that_it_is_older_on_paper_too(
        self, address: str, edition: str, open_page: Callable[..., Watched]
    ) -> None:
        page = open_page(address + edition).page
        page.emulate_media(media="print")
        assert page.get_by_text("Äldre lydelse. Den gäller inte längre.").is_visible()
        assert not page.get_by_role("link", name="Ändringar", exact=True).is_visible()

    def test_the_pages_can_be_read_straight_from_disk(
        self, built: Path, edition: str, open_page: Callable[..., Watched]
    ) -> None:
        page = open_page((built / edition).as_uri(), width=1280, height=900).page
        assert page.locator("h1").inner_text() == "Svar i telefon"
        assert (
            page.locator("h1")
            .evaluate("found => getComputedStyle(found).fontFamily")
            .startswith('"Bricolage')
        )
        page.goto((built / f"andringar/{NEW}/index.html").as_uri())
        assert page.get_by_text("1 000 kr").is_visible()
