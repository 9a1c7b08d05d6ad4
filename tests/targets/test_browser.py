"""The pages of targets in a real browser: on a phone and a desk, in both schemes, on paper, weeks later."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import Served, Watched, browser, open_page, serve
from tests.site.building import REACH, make_project

__all__ = ["browser", "open_page", "serve"]

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TODAY = "2026-11-22"

TARGETS = """\
svarstid-telefon:
  name: Svar i telefon
  wording: inom tre minuter
  at_most: 3
  unit: minutes
  clock: opening-hours
  share: {share}
  channel: phone
  owner: kundtjanstchef
  measured: monthly

svarstid-mejl:
  name: Svar på mejl
  wording: inom fyra timmar
  at_most: 4
  unit: hours
  clock: opening-hours
  owner: kundtjanstchef
  measured: monthly
"""
PHONE = """\
period,value,within_target,n,comment,low,high
2026-05,2.9,85,700,,0.5,6
2026-06,2.8,89,712,,0.5,6
2026-08,2.6,92,3,Bara tre samtal,0.5,6
2026-09,2.5,93,780,,0.5,6
2026-10,2.9,86,812,Ny växel,0.5,6
"""
MAIL = "period,value,within_target,n,comment\n2026-07,3.5,,90,\n2026-08,3.2,,95,\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], Served]) -> str:
    """Address of a site with two targets: one missed in October, one not measured since August."""
    project = make_project(tmp_path_factory.mktemp("targets") / "kundpolicy")
    project.repo.commit("2026-05-04", "Sätt mål", {"policy/targets.yml": TARGETS.format(share=80)})
    project.repo.commit("2026-07-10", "Skärp målet", {"policy/targets.yml": TARGETS.format(share=90)})
    project.repo.commit(
        "2026-11-02",
        "Skriv in oktober",
        {
            "policy/measurements/svarstid-telefon.csv": PHONE,
            "policy/measurements/svarstid-mejl.csv": MAIL,
            "policy/chapters/tillganglighet.md": REACH.replace(
                "aliases: [telefon]", "aliases: [telefon]\ntarget: svarstid-telefon"
            ),
        },
    )
    done = project.build("--strict", today=TODAY)
    assert done.returncode == 0, done.stderr
    return serve(project.site).address


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_every_page_that_tells_of_targets_is_accessible(
    site: str, open_page: Callable[..., Watched], width: int, scheme: str
) -> None:
    """WCAG 2.2 AA and axe's best practice; nothing is wider than the window."""
    watched = open_page(site, width=width, height=900, color_scheme=scheme, reduced_motion="reduce")
    violations = []
    for path in ("", "mal/", "mal/svarstid-telefon/", "mal/svarstid-mejl/", "tillganglighet/"):
        watched.page.goto(site + path)
        assert watched.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        found = Axe().run(watched.page, options={"runOnly": {"type": "tag", "values": WCAG}})
        violations += [
            f"{path} {violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]
    assert violations == []
    assert [one for one in watched.complaints if not one.startswith("failed: ")] == []


@pytest.mark.parametrize(("width", "shape"), [(390, "narrow"), (1440, "wide")])
def test_a_picture_is_drawn_for_the_width_it_has(
    site: str, open_page: Callable[..., Watched], width: int, shape: str
) -> None:
    """No letter of it is smaller than 11 pixels."""
    page = open_page(f"{site}mal/svarstid-telefon/", width=width, height=900).page
    seen = page.locator(".lp-chart .lp-trend:visible")
    assert seen.count() == 2, "what is judged, and what is usual"
    for picture in seen.all():
        assert f"lp-trend--{shape}" in (picture.get_attribute("class") or "")
        scale = picture.evaluate("svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width")
        sizes = picture.evaluate(
            """svg => [...svg.querySelectorAll("text")].map(
                 text => parseFloat(getComputedStyle(text).fontSize))"""
        )
        assert min(sizes) * scale >= 11


def test_the_page_of_a_target_shows_what_became_of_it(site: str, open_page: Callable[..., Watched]) -> None:
    page = open_page(f"{site}mal/svarstid-telefon/", width=1440, height=900).page
    assert page.title() == "Svar i telefon · Kundpolicy"
    text = " ".join(page.locator(".lp-target-page").inner_text().split())
    assert "86 % inom tre minuter Inte nått oktober 2026 mål 90 % vanligen 2,9 minuter 812 fall" in text
    assert "juli 2026 – 80 % Värde saknas" in text
    assert "augusti 2026 – – För få fall" in text
    assert "Bara tre samtal" not in page.content()


def test_without_scripts_everything_is_there(site: str, open_page: Callable[..., Watched]) -> None:
    page = open_page(f"{site}mal/", java_script_enabled=False).page
    text = " ".join(page.locator(".lp-targets-page").inner_text().split())
    assert "0 av 1 mål nåddes i oktober 2026." in text
    assert "Inte nått" in text
    assert "Gammalt värde" in text
    assert page.locator(".lp-trend:visible").count() == 2


@pytest.mark.parametrize(
    ("moment", "says"),
    [("2026-11-30T23:59:00+01:00", "Inte nått"), ("2026-12-01T00:00:00+01:00", "Gammalt värde")],
)
def test_a_value_loses_its_mark_at_midnight_without_a_new_build(
    site: str, open_page: Callable[..., Watched], moment: str, says: str
) -> None:
    """October's value is too old when November is over too."""

    def stopped(page: Any) -> None:
        page.clock.set_fixed_time(moment)

    for path, place in (("mal/", ".lp-target"), ("tillganglighet/", ".lp-outcome"), ("", ".lp-glance li")):
        page = open_page(site + path, setup=stopped, timezone_id="America/New_York").page
        assert page.locator(f"{place} .lp-standing:visible").first.inner_text().strip() == says


def test_on_paper_shapes_tell_what_colours_did(site: str, open_page: Callable[..., Watched]) -> None:
    """Every mark and word is grey, whatever the reader's scheme, and the wide picture is the one printed."""
    page = open_page(f"{site}mal/svarstid-telefon/", width=390, height=900, color_scheme="dark").page
    page.emulate_media(media="print")
    colours = page.evaluate(
        """() => [...document.querySelectorAll(".lp-chart .lp-trend:first-of-type *, .lp-standing")].flatMap(
          element => {
            const style = getComputedStyle(element);
            return [style.fill, style.stroke, style.color];
          })"""
    )
    for colour in {one for one in colours if one.startswith("rgb")}:
        red, green, blue = re.findall(r"[\d.]+", colour)[:3]
        assert red == green == blue, colour
    assert page.locator(".lp-trend--wide").first.is_visible()
    assert not page.locator(".lp-trend--narrow").first.is_visible()
