"""What Firefox prints. It knows no boxes in the margin of a sheet and no `break-after: avoid`.

Its reader likes the dark (see `tests/firefox.py`), and prints as Firefox does by itself: without backgrounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from tests.browser import Served, serve
from tests.firefox import Firefox, firefox

__all__ = ["firefox", "serve"]

pytestmark = pytest.mark.browser

A4, LYING, STANDING = (210, 297), (420, 297), (297, 420)
VERSION = re.compile(r"Version \d{4}-\d\d-\d\d · [0-9a-f]{7}")
FOOT = re.compile(rf" Kundpolicy · Almlunda Hem · {VERSION.pattern}$")
CHAPTER = "klagomal/"


@pytest.fixture(scope="module")
def site(own_site: Path, serve: Callable[[Path], Served]) -> str:
    """The address of this project's own site."""
    return serve(own_site).address


@pytest.fixture(scope="module")
def whole(firefox: Firefox, site: str) -> PdfReader:
    """The whole policy."""
    firefox.open(f"{site}hela-policyn/")
    return firefox.printed()


@pytest.fixture(scope="module")
def chapter(firefox: Firefox, site: str) -> PdfReader:
    """A chapter as its page shows it."""
    firefox.open(site + CHAPTER)
    return firefox.printed()


def sheets(printed: PdfReader) -> list[str]:
    """Return the words on each sheet, one space apart."""
    return [plain(page.extract_text()) for page in printed.pages]


def plain(text: str) -> str:
    """Return *text* with letters for ligatures, one space apart."""
    return " ".join(normalize("NFKC", text).split())


def sizes(printed: PdfReader) -> set[tuple[int, int]]:
    """Return the sizes of the sheets in millimetres."""
    boxes = (page.mediabox for page in printed.pages)
    return {(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes}


def headings(firefox: Firefox, names: str) -> tuple[str, ...]:
    """Return the texts that stand above something on the page that is open."""
    script = f"return [...document.querySelectorAll({names!r})].map((each) => each.innerText)"
    return tuple(filter(None, (plain(text or "").removesuffix("#") for text in firefox.run(script))))


def test_the_whole_policy_is_printed_on_a4_with_contents_and_every_section(
    whole: PdfReader, own_site: Path
) -> None:
    assert sizes(whole) == {A4}
    cover, contents, *rest = sheets(whole)
    assert cover.startswith("Almlunda Hem Kundpolicy")
    assert contents.startswith("Innehåll")
    text = (own_site / "hela-policyn/index.html").read_text("utf-8")
    titles = re.findall(r'class="section"[^>]*>\s*<h3 id=[^>]*>([^<]+)</h3>', text)
    assert titles
    everything = " ".join(rest)
    for title in map(plain, map(unescape, titles)):
        assert title in contents
        assert title in everything


def test_every_sheet_of_the_whole_policy_says_its_version_once(whole: PdfReader) -> None:
    cover, *rest = sheets(whole)
    (version,) = set(VERSION.findall(" ".join(rest)))
    assert version in cover
    assert [len(VERSION.findall(sheet)) for sheet in rest] == [1] * len(rest)
    assert all(sheet.endswith(version) for sheet in rest)


def test_no_heading_stands_alone_at_the_foot_of_a_sheet(
    whole: PdfReader, chapter: PdfReader, firefox: Firefox, site: str
) -> None:
    for address, printed, names in (
        ("hela-policyn/", whole, "h2, h3, h4, .line, .label, caption"),
        (CHAPTER, chapter, "h1, h2, h3, .lp-line, .lp-label"),
    ):
        firefox.open(site + address)
        above = headings(firefox, names)
        assert len(above) > 10, address
        ends = [FOOT.sub("", sheet) for sheet in sheets(printed) if not sheet.startswith("Innehåll")]
        assert [end[-80:] for end in ends if end.endswith(above)] == [], address


def test_a_chapter_is_printed_without_the_furniture_of_the_site(chapter: PdfReader) -> None:
    assert sizes(chapter) == {A4}
    text = " ".join(sheets(chapter))
    assert text.startswith("Kapitel 4 av 9 Klagomål")
    assert len(VERSION.findall(text)) == 1
    for furniture in ("Sök", "Redigera", "Ändringar", "Nästa", "Planschen", "#"):
        assert furniture not in text


def test_a_reader_who_likes_the_dark_prints_as_in_the_light(
    chapter: PdfReader, firefox: Firefox, site: str
) -> None:
    firefox.open(site + CHAPTER)
    dark = "return document.body.dataset.mdColorScheme"
    assert firefox.run(dark) == "slate"
    firefox.run("document.body.dataset.mdColorScheme = 'default'")
    assert drawn(firefox.printed(2)) == drawn(chapter)[1:2]


def drawn(printed: PdfReader) -> list[bytes]:
    """Return what is drawn on each sheet."""
    contents = (page.get_contents() for page in printed.pages)
    return [content.get_data() for content in contents if content]


def test_the_poster_is_one_sheet_whichever_way_it_hangs(firefox: Firefox, site: str) -> None:
    for query, size in (("", LYING), ("?format=staende", STANDING)):
        firefox.open(f"{site}plansch/{query}")
        printed = firefox.printed()
        assert sizes(printed) == {size}
        (sheet,) = sheets(printed)
        for said in ("Varje kund ska vilja komma tillbaka.", "Gäller den än?", "Version 20"):
            assert said in sheet, query


def test_a_wording_is_printed_with_the_time_it_was_in_force_its_version_and_address(
    firefox: Firefox, site: str, own_site: Path
) -> None:
    page = next((own_site / "version" / "aterbetalning").glob("*.html"))
    address = f"version/aterbetalning/{page.name}"
    firefox.open(site + address)
    text = " ".join(sheets(firefox.printed()))
    assert text.startswith("Den här lydelsen gäller")
    assert re.search(r"Gäller från \d+ \w+ \d{4}", text)
    assert VERSION.search(text)
    assert f"när policyn ändras. {address}" in text
    assert "Alla ändringar" not in text
