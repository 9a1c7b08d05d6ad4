"""How the site behaves: every kind of page in a browser, served by nginx with the headers of the build."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import Watched, browser, open_page
from tests.nginx import nginx
from tests.site.building import Project
from tests.site.test_browser import WCAG, complaints

__all__ = ["browser", "nginx", "open_page"]  # the fixtures

pytestmark = pytest.mark.browser

KINDS = [
    "",
    "nar/",
    "klagomal/",
    "ersattning/",
    "mal/",
    "mal/svarstid-telefon/",
    "avdelningar/",
    "avdelningar/lager/",
    "utvardering/",
    "sjalvvardering/",
    "sjalvvardering/formular/",
    "andringar/",
    "andringar/svar-telefon/",
    "andringar/arkiv/2026/",
    "version/svar-telefon/*.html",
    "som-det-gallde/",
    "som-det-gallde/2026-*/",
    "granskning/",
    "ansvar/",
    "tackning/",
    "om/",
    "redaktor/",
    "sok/?q=klagomal",
    "hela-policyn/",
    "404.html",
    "plansch/",
    "skarm/",
]
"""One of each kind; the last two fill a screen of their own."""

OF_OWN_DESIGN = {"plansch/", "skarm/"}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What another scheme can change."""


@pytest.fixture(scope="module")
def hosted(own_site: Path, nginx: Callable[[Path, str], str]) -> str:
    """Address of the project's own site."""
    headers = own_site.with_name(f"{own_site.name}-headers")
    return nginx(own_site, f"error_page 404 /404.html; include {headers}/nginx.conf;")


@pytest.fixture(scope="module")
def kinds(own_site: Path) -> list[str]:
    """The address of one page of each kind."""
    found = []
    for kind in KINDS:
        if "*" in kind:
            first = min(own_site.glob(kind)).relative_to(own_site).as_posix()
            found.append(first + "/" if kind.endswith("/") else first)
        else:
            found.append(kind)
    return found


def show(watched: Watched, address: str) -> None:
    watched.page.goto(address)
    watched.page.evaluate("document.fonts.ready.then(() => true)")


def too_wide(watched: Watched) -> int:
    return int(watched.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_no_page_asks_another_host_or_complains_under_the_headers(
    hosted: str, own_site: Path, open_page: Callable[..., Watched]
) -> None:
    """Nothing that the content security policy would stop either; and no page is wider than its window."""
    pages = sorted(path.relative_to(own_site).as_posix() for path in own_site.rglob("*.html"))
    # One wording is like another, and there is one for each change: some of them stand for all.
    many = [path for path in pages if re.match(r"version/|andringar/[^/]+/", path)]
    pages = [path for path in pages if path not in many] + many[::12]
    watched = open_page(hosted, width=1280, height=900)
    wide = []
    for path in pages:
        watched.page.set_viewport_size({"width": 1280, "height": 900})
        show(watched, hosted + path.removesuffix("index.html"))
        for width in (1280, 390):
            if not path.startswith("plansch"):
                watched.page.set_viewport_size({"width": width, "height": 900})
                if (extra := too_wide(watched)) > 0:
                    wide.append(f"{path} is {extra} px wider than {width}")
    assert wide == []
    assert {url for url in watched.requests if not url.startswith((hosted, "data:", "blob:"))} == set()
    # The office screen keeps its frame from leading it away, and Chromium warns that it could free itself.
    assert [said for said in complaints(watched) if "allow-same-origin for its sandbox" not in said] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_every_kind_of_page_is_accessible(
    hosted: str, kinds: list[str], open_page: Callable[..., Watched], width: int
) -> None:
    """WCAG 2.2 AA and axe's best practice, in both schemes.

    The tests of single pages, with what else may stand there, need not try every width in every scheme again.
    """
    violations = []
    watched = open_page(hosted, width=width, height=900, color_scheme="light", reduced_motion="reduce")
    for path in kinds:
        watched.page.emulate_media(color_scheme="light")
        show(watched, hosted + path)
        for scheme, rules in (("light", {"type": "tag", "values": WCAG}), ("dark", COLOURS)):
            watched.page.emulate_media(color_scheme=scheme)
            found = Axe().run(watched.page, options={"runOnly": rules}).response
            violations += [
                f"{scheme} {path} {violation['id']}: {node['target']} {node['failureSummary']}"
                for violation in found["violations"]
                for node in violation["nodes"]
            ]
    assert violations == []


def test_letters_of_twice_the_size_lose_nothing(
    hosted: str, kinds: list[str], open_page: Callable[..., Watched]
) -> None:
    """The whole page at 200 %, which is half as wide a window, and the letters alone at 200 %."""
    watched = open_page(hosted, width=640, height=900, reduced_motion="reduce")
    faults = []
    for path in set(kinds) - OF_OWN_DESIGN:
        watched.page.set_viewport_size({"width": 640, "height": 900})
        show(watched, hosted + path)
        faults += [f"{path}: {extra} px too wide at 200 %" for extra in [too_wide(watched)] if extra > 0]
        watched.page.set_viewport_size({"width": 1280, "height": 900})
        watched.page.evaluate(
            "document.documentElement.style.fontSize ="
            " `${parseFloat(getComputedStyle(document.documentElement).fontSize) * 2}px`"
        )
        faults += [
            f"{path}: {extra} px too wide with large letters" for extra in [too_wide(watched)] if extra > 0
        ]
        cut = watched.page.evaluate(
            "[...document.querySelectorAll('main *')].filter((each) => each.offsetParent"
            " && each.clientWidth > 30 && ['hidden', 'clip'].includes(getComputedStyle(each).overflowX)"
            " && each.scrollWidth > each.clientWidth + 1 && !each.closest('.md-sidebar'))"
            ".map((each) => each.className)"
        )
        faults += [f"{path}: {name} is cut off" for name in cut]
    assert faults == []


FOCUS = """() => {
  const seen = document.activeElement;
  if (!seen || seen === document.body) return null;
  const mark = seen.matches(".md-option") ? seen.nextElementSibling : seen;  // shown on the label
  const box = mark.getBoundingClientRect(), style = getComputedStyle(mark);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const shows = outlined || style.boxShadow !== "none";
  return {
    name: `${seen.tagName} ${seen.className} ${seen.textContent.trim().slice(0, 40)}`,
    seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && shows,
    inMain: Boolean(seen.closest("article, main, .lp-hero")),
    place: Math.round(box.top + scrollY),
  };
}"""


@pytest.mark.parametrize("path", ["", "klagomal/", "nar/", "hela-policyn/"])
def test_the_keyboard_leads_through_the_page_in_its_order(
    hosted: str, open_page: Callable[..., Watched], path: str
) -> None:
    """The first key press offers the way past the navigation; where one is can always be seen."""
    page = open_page(hosted + path, width=1280, height=900, reduced_motion="reduce").page
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
    assert all(stops), "the keyboard is caught"
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    if path != "hela-policyn/":
        assert "md-skip" in stops[0]["name"]
        page.reload()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS)["inMain"]


def test_whoever_wants_no_motion_gets_none(hosted: str, open_page: Callable[..., Watched]) -> None:
    for path in ("", "nar/", "klagomal/", "andringar/"):
        page = open_page(hosted + path, width=1280, height=900, reduced_motion="reduce").page
        moving = page.evaluate(
            "document.getAnimations().filter((each) => each.playState === 'running').length"
        )
        smooth = page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
        assert (moving, smooth) == (0, "auto"), path


def test_on_paper_there_is_no_furniture_of_the_site(
    hosted: str, kinds: list[str], open_page: Callable[..., Watched]
) -> None:
    """Neither navigation nor search nor buttons; the version stays."""
    furniture = (
        ".md-header, .md-tabs, .md-sidebar, .md-footer__inner, .md-top, .lp-search, .lp-line__do,"
        " .headerlink, .md-content__button, button, .back, .lp-archive__head nav"
    )
    watched = open_page(hosted, width=1280, height=900)
    left = []
    for path in kinds:
        if path in OF_OWN_DESIGN:
            continue
        watched.page.emulate_media(media="screen")
        show(watched, hosted + path)
        watched.page.emulate_media(media="print")
        shown = watched.page.evaluate(
            "(names) => [...document.querySelectorAll(names)].filter((each) => {"
            " const box = each.getBoundingClientRect(), style = getComputedStyle(each);"
            " return box.width > 1 && box.height > 1 && style.visibility === 'visible' })"
            ".map((each) => `${each.tagName} ${each.className}`)",
            furniture,
        )
        left += [f"{path}: {name}" for name in shown]
        assert re.search(r"20\d\d-\d\d-\d\d · [0-9a-f]{7}", watched.page.inner_text("body")), path
    assert left == []


# -- elsewhere than on a server of its own, and without scripts


def test_below_a_folder_of_a_larger_site_every_kind_works_under_the_headers(
    project: Project, nginx: Callable[[Path, str], str], open_page: Callable[..., Watched], tmp_path: Path
) -> None:
    """As `location /policy/` of an intranet."""
    shutil.copytree(project.site, tmp_path / "policy")
    address = nginx(tmp_path, f"include {project.root}/site-headers/nginx.conf;") + "policy/"
    watched = open_page(address, width=1280, height=900)
    for path in ("nar/", "tillganglighet/", "andringar/", "som-det-gallde/", "granskning/", "sok/?q=telefon"):
        show(watched, address + path)
    watched.page.get_by_role("main").get_by_role("link", name="Svar i telefon").first.click()
    watched.page.wait_for_url("**/policy/tillganglighet/*#svar-telefon")
    asked = [url for url in watched.requests if not url.startswith(("data:", "blob:"))]
    assert [url for url in asked if not url.startswith(address)] == []
    assert complaints(watched) == []


def test_without_scripts_every_page_can_be_read_and_shows_nothing_that_does_nothing(
    hosted: str, kinds: list[str], open_page: Callable[..., Watched]
) -> None:
    """The form of the self-assessment stays: it says that it is one for paper then."""
    watched = open_page(hosted, width=1280, height=900, java_script_enabled=False)
    idle = []
    for path in kinds:
        if path in OF_OWN_DESIGN:
            continue
        watched.page.goto(hosted + path)
        assert watched.page.locator("h1").first.is_visible(), path
        boxes = watched.page.evaluate(
            "[...document.querySelectorAll('button, input, select, textarea')].filter((each) =>"
            " each.offsetParent && !each.closest('form[action], [data-assessment]')"
            " && each.getBoundingClientRect().width > 1)"
            ".map((each) => each.outerHTML.slice(0, 120))"
        )
        idle += [f"{path}: {box}" for box in boxes]
    assert idle == []


def test_from_a_disk_the_finder_the_search_and_the_past_work(
    changing: Project, open_page: Callable[..., Watched]
) -> None:
    """As on a file share: `use_directory_urls: false`, and no server."""
    settings = (changing.root / "mkdocs.yml").read_text("utf-8")
    changing.repo.write(
        {"mkdocs.yml": settings.replace("use_directory_urls: true", "use_directory_urls: false")}
    )
    assert changing.build("--strict").returncode == 0
    watched = open_page((changing.site / "nar.html").as_uri(), width=1280, height=900)
    page = watched.page
    page.locator("#finder-words").fill("väntat")
    card = page.locator(".lp-card", has_text="En kund har väntat länge")
    card.locator("summary").click()
    assert card.get_by_text("Säg ditt namn.").is_visible()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("klagomal")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/klagomal.html*")
    assert page.locator("h1").inner_text() == "Klagomål & beröm"
    assert [url for url in watched.requests if not url.startswith(("file:", "data:", "blob:"))] == []


def test_a_diagram_is_seen_without_scripts_on_paper_and_in_the_dark(
    hosted: str, own_site: Path, open_page: Callable[..., Watched]
) -> None:
    """It is drawn when the site is built: nothing is fetched for it, and its ink keeps its light paper."""
    pages = [
        path.relative_to(own_site).as_posix().removesuffix("index.html")
        for path in own_site.rglob("*.html")
        if 'class="lp-diagram"' in path.read_text("utf-8")
    ]
    assert "klagomal/" in pages
    watched = open_page(hosted, width=1280, height=900, java_script_enabled=False, color_scheme="dark")
    page = watched.page
    for path in ("klagomal/", "hela-policyn/"):
        for media in ("screen", "print"):
            page.goto(hosted + path)
            page.emulate_media(media=media)
            figure = page.locator(".lp-diagram").first
            box = figure.locator("svg").bounding_box()
            assert box is not None, (path, media)
            assert min(box["width"], box["height"]) > 60, (path, media)
            assert "klagomål" in (figure.locator("svg").text_content() or ""), (path, media)
    dark = open_page(f"{hosted}klagomal/", width=1280, height=900, color_scheme="dark").page
    assert dark.locator("body").get_attribute("data-md-color-scheme") == "slate"
    paper = dark.locator(".lp-diagram").first.evaluate("each => getComputedStyle(each).backgroundColor")
    assert min(map(int, re.findall(r"\d+", paper)[:3])) > 240
    assert not [url for url in watched.requests if "mermaid" in url or not url.startswith((hosted, "data:"))]
