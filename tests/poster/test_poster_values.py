"""The measured value below a promise on the poster: by shape, word and colour, and only while it holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from livingpolicy.language import catalogue
from livingpolicy.model import PosterText, TargetState
from livingpolicy.render.copyfit import COMMON
from livingpolicy.render.poster import FOLDER, poster_page, sheet
from livingpolicy.render.poster_css import condition
from livingpolicy.render.poster_value import Reached, reached
from tests.browser import Watched, browser, open_page
from tests.poster import samples
from tests.targets.samples import backlog, level, measurement, state, year

__all__ = ["browser", "open_page"]

MET, MISSED = year([93] * 12), year([93] * 11 + [88])


def shown(one: TargetState, language: str = "sv", **options: Any) -> Reached | None:
    """Return what stands below the first promise."""
    taken = samples.snapshot(**({"reached": (one,), "language": language} | options))
    return reached(taken.sections[0], taken, catalogue(language))


def wordings(one: TargetState, language: str = "sv") -> list[str]:
    made = shown(one, language)
    assert made is not None
    return [" ".join(wording.measured).replace("\u00a0", " ") for wording in made.wordings]


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (MET, ["Nått 93 %, mål 90 %, okt", "Gammalt värde 93 %, okt 2026"]),
        (MISSED, ["Inte nått 88 %, mål 90 %, okt", "Gammalt värde 88 %, okt 2026"]),
        (year([93] * 9), ["Gammalt värde 93 %, juli 2026"]),
        (
            state(measurement("2026-10", 142), of=backlog()),
            ["Nått 142, mål högst 150, okt", "Gammalt värde 142, okt 2026"],
        ),
        (
            state(measurement("2026-Q3", 84), of=backlog(unit="percent", at_most=None, at_least=80)),
            ["Nått 84 %, mål 80 %, kv. 3", "Gammalt värde 84 %, kv. 3 2026"],
        ),
    ],
    ids=["met", "missed", "old", "below a limit", "percent"],
)
def test_a_promise_says_how_it_was_kept(one: TargetState, says: list[str]) -> None:
    """An old value is held against nothing any more, and tells its year."""
    assert wordings(one) == says


def test_the_poster_speaks_english() -> None:
    assert wordings(MISSED, "en") == ["Not met 88%, target 90%, Oct", "Old value 88%, Oct 2026"]


@pytest.mark.parametrize(
    "one",
    [
        state(),
        state(measurement("2026-10", 2.5, 97, n=4)),
        state(measurement("2026-10", 2.5)),
        year([93], levels=()),
    ],
    ids=["nothing measured", "too few cases", "share not measured", "history unknown"],
)
def test_what_cannot_be_judged_is_not_on_the_wall(one: TargetState) -> None:
    assert shown(one) is None


def test_a_value_can_be_kept_off_the_poster() -> None:
    """Visitors read the poster too: `poster: {…, value: hidden}`."""
    promise = replace(samples.PROMISES[0], shows_value=False)
    assert shown(MET, promises=[promise]) is None
    assert shown(MET, promises=[replace(promise, shows_value=True)]) is not None


def test_a_value_is_held_against_the_target_of_its_own_time() -> None:
    """Raised in November: October was still judged by the old one."""
    levels = (level("2026-11-10", share=95), level("2025-01-01", share=90))
    assert wordings(year([93] * 12, levels=levels))[0] == "Nått 93 %, mål 90 %, okt"


def test_a_value_is_old_when_the_period_after_it_is_over() -> None:
    made = shown(MET)
    assert made is not None
    assert made.stale_on == date(2026, 12, 1)


def test_the_value_is_read_aloud_in_sentences_and_once() -> None:
    text = poster_page(samples.snapshot(reached=(MET,)), fonts=samples.fonts())[
        f"{FOLDER}/index.html"
    ].decode()
    text = text.replace("\u00a0", " ")
    assert '<p class="lp-spoken">Utfall oktober 2026: 93 % inom tre minuter (mål 90 %). Nått.</p>' in text
    (line,) = re.findall(r'<p class="lp-value__line lp-value__line--met"([^>]*)>', text)
    assert line == ' aria-hidden="true"'


def test_a_poster_without_values_is_set_as_large_as_ever() -> None:
    def style(**options: Any) -> bytes:
        files = poster_page(samples.snapshot(**options), fonts=samples.fonts())
        return next(data for name, data in files.items() if name.endswith(".css"))

    hidden = [replace(promise, shows_value=False) for promise in samples.PROMISES[:6]]
    assert style(promises=hidden, reached=(MET,)) == style()
    assert style(reached=(MET,)) != style()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("2026-11-30T22:59:00Z", ["Nått", "Inte nått", "Nått", "Gammalt värde"]),
        ("2026-11-30T23:01:00Z", ["Gammalt värde"] * 4),
    ],
)
def test_a_poster_that_nobody_rebuilds_says_at_midnight_that_its_values_are_old(
    when: str, says: list[str], tmp_path: Path, open_page: Callable[..., Watched]
) -> None:
    """In the policy's time zone, on the first of December; the value of July was old already."""
    address = samples.write(tmp_path, samples.snapshot(reached=samples.REACHED)).as_uri()
    page = open_page(address, setup=lambda page: page.clock.install(time=when)).page
    leads = page.locator(".lp-value__line:visible strong").all_inner_texts()
    assert [lead.replace("\u00a0", " ") for lead in leads] == says
    green = page.evaluate(
        """() => {
          const colour = element => getComputedStyle(element).color;
          const current = colour(document.querySelector(".lp-state--current strong"));
          const leads = [...document.querySelectorAll(".lp-value__line strong")];
          return leads.filter(lead => lead.checkVisibility() && colour(lead) === current).length;
        }"""
    )
    assert green == says.count("Nått")


def test_a_statement_can_have_a_value_too() -> None:
    taken = samples.snapshot([PosterText("Vi säger som det är")], reached=(MET,))
    assert reached(taken.sections[0], taken, catalogue("sv")) is not None


def test_with_six_promises_the_values_are_read_at_four_metres() -> None:
    """On a screen of 55 inches; the budget asks for no more promises than six at that distance."""
    taken = samples.snapshot(reached=samples.REACHED)
    least = sheet(taken, taken.policy.posters[0], fonts=samples.fonts()).least
    files = poster_page(taken, fonts=samples.fonts())
    style = next(data for name, data in files.items() if name.endswith(".css")).decode()
    sizes = style.split(f"@container poster {condition(COMMON)}")[1]
    found = re.search(r"--lp-value-size: ([\d.]+);", sizes)
    assert found is not None
    assert float(found[1]) >= round(least, 3)
