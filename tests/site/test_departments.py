"""The pages of the departments and the picture of a chain: what they say, and that it fits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from axe_playwright_python.sync_playwright import Axe

from livingpolicy.language import catalogue
from livingpolicy.model import Channel, Owner, Policy, Target
from livingpolicy.render.chain_figure import chain_figure
from livingpolicy.render.chain_svg import NARROW, WIDE, chain_svg, draw
from livingpolicy.render.pages.departments import department_links, department_pages
from livingpolicy.render.pages.values import Group, SitePage, SiteSettings
from tests.browser import Served, Watched, browser, open_page, serve
from tests.clock.samples import TODAY, around, day, need, register, target, the_chain
from tests.site.building import PROJECT
from tests.site.test_browser import WCAG, complaints

__all__ = ["browser", "open_page", "serve"]  # the fixtures

SV = catalogue("sv")
SETTINGS = SiteSettings(edit_base="https://forge.example/edit/main/")
STOCK = Owner("lagerchef", "Lagerchefen", "Lager", "lager@example.com")

HOLDS = target("4 hours", need("lager: 1 hours"), need("ekonomi: 2 hours", after=("lager",)), name="mejl")
SHORT = target("4 hours", need("lager: 2 hours"), need("ekonomi: 3 hours", after=("lager",)), name="kort")
TIGHT = around("5 days", need("lager: 1 working-days"), name="precis")
UNKNOWN = target("4 hours", need("lager: 1 hours", agreed_on=None), channel=Channel.CHAT, name="okand")
SHARE = target("80 percent", need("lager: 1 hours"), name="nojda")


def words(html: str) -> str:
    """Return what a reader sees of the elements that are no picture."""
    html = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def figure(*targets: Target, language: str = "sv", us: str = "") -> str:
    content = register(*targets, owners={"lagerchef": STOCK}, language=language)
    return chain_figure(targets[0], content, catalogue(language), TODAY, us=us)


def pages(content: Policy, settings: SiteSettings = SETTINGS) -> dict[str, SitePage]:
    return {page.url: page for page in department_pages(day(content), settings)}


def test_a_policy_whose_targets_need_nobody_has_no_departments() -> None:
    assert pages(register(target("4 hours"))) == {}
    assert pages(register()) == {}


def test_there_is_a_page_for_all_departments_and_one_for_each() -> None:
    made = pages(register(HOLDS, SHORT, owners={"lagerchef": STOCK}))
    assert [*made] == ["avdelningar/", "avdelningar/ekonomi/", "avdelningar/lager/"]
    assert [page.group for page in made.values()] == [Group.TARGETS, None, None]
    assert [page.title for page in made.values()] == ["Avdelningar", "Ekonomi", "Lager"]
    plain = pages(register(HOLDS), SiteSettings(folders=False))
    assert [*plain] == ["avdelningar.html", "avdelningar/ekonomi.html", "avdelningar/lager.html"]
    assert 'href="avdelningar/lager.html"' in plain["avdelningar.html"].html
    assert 'href="../mal/mejl.html"' in plain["avdelningar/lager.html"].html
    assert 'href="../avdelningar.html"' in plain["avdelningar/lager.html"].html


def test_a_departments_page_says_what_others_wait_for_and_what_is_left() -> None:
    page = pages(register(HOLDS, SHORT, TIGHT, owners={"lagerchef": STOCK}))["avdelningar/lager/"]
    text = words(page.html)
    for said in (
        "Det här väntar andra på från oss.",
        "Frågor om avtalen besvarar lagerchefen ( lager@example.com )",
        "Räcker 1 timme av löftets 4 timmar finns kvar när alla är klara.",
        "Räcker inte Löftet på 4 timmar är 1 timme för kort.",
        "Räcker precis Inget av löftet (5 dagar) finns kvar när alla är klara.",
        "Lager (vi) besked 1 timme – ons 23 dec kl. 17.00 1 september 2026",
        "Läget den 22 november 2026",
    ):
        assert said in text, said
    assert 'href="../ekonomi/"' in page.html
    assert 'href="../../mal/kort/"' in page.html
    assert "https://forge.example/edit/main/policy/targets.yml#L9" in page.html
    assert [heading.id for heading in page.headings] == ["mejl", "kort", "precis"]


def test_the_list_says_of_each_department_what_its_own_part_leaves() -> None:
    """The warehouse answers in time for a promise that another department makes too short."""
    late = target("4 hours", need("lager: 1 hours"), need("ekonomi: 5 hours", agreed_on=None), name="kort")
    text = words(pages(register(late))["avdelningar/"].html)
    assert "Ekonomi Räcker inte Kort får 1 timme för lite. Här väntar Kort 1 sak är inte avtalad" in text
    assert "Lager Räcker Kort har 3 timmar kvar när alla är klara. Här väntar Kort" in text


def test_the_same_example_stands_under_the_picture_and_in_the_table() -> None:
    text = words(figure(around("7 days", need("inkop: 2 working-days"))))
    assert (
        "Det som kommer tisdagen den 22 december 2026 ska vara klart senast tisdagen den 29 december 2026, "
        "och allt det väntar på är klart senast måndagen den 28 december 2026. "
        "På vägen ligger julafton och juldagen."
    ) in text
    assert "Inkop besked 2 arbetsdagar mån 28 dec 1 september 2026" in text


def test_what_cannot_be_counted_is_said_and_its_table_stands_alone() -> None:
    shown = figure(UNKNOWN)
    assert "<svg" not in shown
    assert "Okänt Det går inte att räkna ut hur mycket av löftet som blir kvar" in words(shown)
    assert "Inte avtalat" in words(shown)
    percent = figure(SHARE)
    assert "<svg" not in percent
    assert "Okänt" not in words(percent), "a share has no time to keep"
    assert figure(target("4 hours")) == ""


def test_a_target_page_leads_to_the_departments() -> None:
    links = department_links(register(HOLDS, TIGHT), "mal/mejl/", SETTINGS)
    assert links == {"lager": "../../avdelningar/lager/", "ekonomi": "../../avdelningar/ekonomi/"}


def test_the_picture_says_the_same_to_who_cannot_see_it() -> None:
    svg = chain_svg(the_chain(SHORT), WIDE, "c", SV, names={"lager": "Lager", "ekonomi": "Ekonomi"})
    root = ET.fromstring(svg)
    title, text = (root.find(f"./{part}") for part in ("title", "desc"))
    assert root.get("aria-labelledby") == "c-wide-title c-wide-text"
    assert title is not None
    assert title.text == "Kort: det som löftet väntar på"
    assert text is not None
    assert (text.text or "").replace("\u00a0", " ") == (
        "Lager börjar genast och är klar inom 2 timmar. Ekonomi börjar efter 2 timmar och är klar inom "
        "5 timmar. Löftet på 4 timmar är 1 timme för kort."
    )


def test_bars_are_as_long_as_what_they_show() -> None:
    """On a scale of five hours: two, three after them, the promise at four, and one too much."""
    made = draw(the_chain(SHORT), NARROW, SV, names={"lager": "Lager", "ekonomi": "Ekonomi"})
    hour = (made.limit - made.left) / 4
    assert [row.kind for row in made.rows] == ["longest", "longest", "over"]
    assert [round((row.x - made.left) / hour) for row in made.rows] == [0, 2, 4]
    assert [round(row.width / hour) for row in made.rows] == [2, 3, 1]
    assert [tick.text for tick in made.ticks] == ["0", "1", "2", "3", "4", "5"]
    assert len(made.links) == 1


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_picture_needs_colour_or_style(language: str, golden: Callable[[str, str], None]) -> None:
    """Filled, open, broken and hatched are shapes; nothing is styled in line."""
    besides = replace(SHORT, needs=(*SHORT.needs, need("butikerna: 30 minutes")))
    html = figure(besides, language=language, us="lager")
    assert "style=" not in html
    assert 'fill="url(#chain-kort-wide-hatch)"' in html
    golden(f"chain.{language}.html", html)


HARD = (
    HOLDS,
    SHORT,
    TIGHT,
    target("30 minutes", need("lager: 1 working-days"), name="natt"),
    target("1 minutes", need("en avdelning med ett mycket långt namn: 30 minutes"), name="langt"),
    around("30 days", *(need(f"avdelning{n}: {n} working-days") for n in range(8)), name="manga"),
    around("0 days", need("lager: 0 days"), name="genast"),
    replace(HOLDS, id="samma", needs=(need("lager: 1 minutes"),)),
    UNKNOWN,
)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_every_picture_fits_is_accessible_and_prints(
    tmp_path: Path,
    serve: Callable[[Path], Served],
    open_page: Callable[..., Watched],
    width: int,
    scheme: str,
) -> None:
    """Long names, short promises, many departments: nothing is cut off, and phones have their own picture."""
    content = register(*HARD)
    figures = "".join(
        f"<section><h2>{one.id}</h2>{chain_figure(one, content, SV, TODAY, us='lager')}</section>"
        for one in HARD
    )
    names = ("policy.css", "departments.css")
    styles = "".join((PROJECT / "docs/stylesheets" / name).read_text("utf-8") for name in names)
    theme = "slate" if scheme == "dark" else "default"
    (tmp_path / "index.html").write_text(
        '<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Kedjor</title>'
        '<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width">'
        "<style>html {font-size: 125%} body {margin: 0; padding: 0 16px} "
        f"body {{background: var(--lp-paper); color: var(--lp-ink)}} {styles}</style></head>"
        f'<body data-md-color-scheme="{theme}"><main class="md-typeset"><h1>Kedjor</h1>{figures}</main>'
        "</body></html>",
        "utf-8",
    )
    watched = open_page(serve(tmp_path).address, width=width, height=900, color_scheme=scheme)
    page = watched.page
    assert complaints(watched) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    seen = [picture for picture in page.locator("svg.lp-chain").all() if picture.is_visible()]
    assert len(seen) == len(HARD) - 1
    name = "narrow" if width == 390 else "wide"
    assert all(f"lp-chain--{name}" in (picture.get_attribute("class") or "") for picture in seen)
    cut_off = page.evaluate(
        """() => [...document.querySelectorAll("svg.lp-chain")].filter((svg) => svg.checkVisibility())
          .flatMap((svg) => [...svg.querySelectorAll("text")].map((text) => {
            const [box, all] = [text.getBoundingClientRect(), svg.getBoundingClientRect()];
            const out = box.left < all.left - 1 || box.right > all.right + 1 || box.bottom > all.bottom + 1;
            return out ? text.textContent : "";
          })).filter(Boolean)"""
    )
    assert cut_off == []
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert [violation["id"] for violation in found.response["violations"]] == []
    page.emulate_media(media="print")
    assert page.locator(".lp-chain__bar--over").first.evaluate("bar => getComputedStyle(bar).stroke") == (
        "rgb(0, 0, 0)"
    )
