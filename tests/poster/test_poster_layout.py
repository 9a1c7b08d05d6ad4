"""The poster in Chromium: every box, at every shape, with the longest words that the budget allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from livingpolicy.model import PosterText
from tests.browser import Watched, browser, open_page
from tests.poster import samples

__all__ = ["browser", "open_page"]

pytestmark = pytest.mark.browser

PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")

SHOW_VALUES = """wanted => {
  const all = [...document.querySelectorAll(".lp-value")].filter(value => value.children.length > 1);
  for (const value of all) for (const one of value.children) one.hidden = one.dataset.value !== wanted;
  return all.length > 0;
}"""
"""Show every measured value as it is while it is fresh, or when it is too old."""

SCREENS = {
    "HD": (1280, 720),
    "full HD": (1920, 1080),
    "4K": (3840, 2160),
    "upright": (1080, 1920),
    "4:3": (1024, 768),
    "21:9": (2560, 1080),
    "A3": (1680, 1188),
    "A3 upright": (1188, 1680),
    "square": (1000, 1000),
    "almost square": (990, 1000),
    "laptop": (1440, 900),
    "tablet": (768, 1024),
}

LONG = {"guiding_words": samples.LONG_WORDS, "vision": samples.LONG_VISION}

POSTERS: dict[str, tuple[Sequence[PosterText], dict[str, object]]] = {
    **{f"{number} ordinary": (samples.PROMISES[:number], {}) for number in (4, 5, 6, 7, 8, 9, 10, 12)},
    **{f"{number} long": (samples.worst(number), LONG) for number in (4, 6, 8, 10, 12)},
    "statements alone": (samples.PROMISES[5:6] * 4, {}),
    "one promise": (samples.PROMISES[:1], {}),
    "no promise": ((), {}),
    "12 with values": (samples.PROMISES, {"reached": samples.REACHED * 2}),
    "statements with values": (samples.PROMISES[5:6] * 4, {"reached": samples.REACHED[:2] * 2}),
    "12 long with long values": (samples.worst(12), LONG | {"reached": (samples.LONGEST,) * 12}),
    "accents": (samples.PROMISES[:6], {"guiding_words": ("Ärlighet", "Öppenhet", "Återkoppling")}),
    "8 with values and a logo": (
        samples.PROMISES[:8],
        {
            "reached": (samples.REACHED * 2)[:8],
            "poster": samples.hung(logo=samples.LOGO, logo_dark=samples.LOGO),
        },
    ),
    "a tall logo and no address": (
        samples.PROMISES[:6],
        {"poster": samples.hung(address=None, logo=samples.TALL_LOGO)},
    ),
    "a wide logo, long words and broken ones": (
        samples.worst(8),
        LONG | {"poster": samples.hung(logo=samples.WIDE_LOGO, hyphens=samples.HYPHENS)},
    ),
    "the other typeface, from ten metres": (
        samples.PROMISES[:8],
        {"poster": samples.hung(typeface="hanken-grotesk", distance_m=10)},
    ),
    "one word of 42 letters": ((PosterText("m" * 42, "100", "m" * 9),) * 6, {}),
}


@pytest.mark.parametrize("name", POSTERS)
def test_every_box_is_inside_its_ancestors_and_the_safe_area(
    name: str, tmp_path: Path, open_page: Callable[..., Watched]
) -> None:
    """In every state that the foot can be in, and without a word from the console."""
    promises, policy = POSTERS[name]
    address = samples.write(tmp_path, samples.snapshot(promises, **policy)).as_uri()
    watched = open_page(address)
    faults = {}
    for screen, (width, height) in SCREENS.items():
        watched.page.set_viewport_size({"width": width, "height": height})
        if watched.page.evaluate(SHOW_VALUES, "stale") and (found := watched.page.evaluate(PROBE)):
            faults[screen, "old values"] = found
        watched.page.evaluate(SHOW_VALUES, "fresh")
        for state in ("current", "due-soon", "overdue", "draft", "unknown"):
            shown = watched.page.evaluate(
                """state => {
                  const all = [...document.querySelectorAll("[data-when]")];
                  if (!all.some(one => one.dataset.when === state)) return false;
                  all.forEach(one => { one.hidden = one.dataset.when !== state; });
                  return true;
                }""",
                state,
            )
            if shown and (found := watched.page.evaluate(PROBE)):
                faults[screen, state] = found
    watched.page.emulate_media(media="print")
    for query in ("", "?format=staende"):
        watched.page.goto(address + query)
        if found := watched.page.evaluate(PROBE):
            faults["A3 paper", query] = found
    assert faults == {}
    assert watched.complaints == []


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_it_prints_on_exactly_one_a3_page(
    orientation: str, tmp_path: Path, open_page: Callable[..., Watched]
) -> None:
    page = samples.write(tmp_path, samples.snapshot(samples.PROMISES[:8]))
    query = "?format=staende" if orientation == "portrait" else ""
    watched = open_page(page.as_uri() + query)
    pdf = watched.page.pdf(prefer_css_page_size=True, print_background=True)
    assert pdf.count(b"/Type /Page\n") == 1
    short, long = 842, 1191  # points: 297 and 420 mm
    width, height = (long, short) if orientation == "landscape" else (short, long)
    box = pdf.split(b"/MediaBox [")[1].split(b"]")[0].split()
    assert [round(float(number)) for number in box] == pytest.approx([0, 0, width, height], abs=1)
