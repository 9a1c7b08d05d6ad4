"""From how far a poster can be read, and what is said when people stand too far away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from livingpolicy.language import catalogue
from livingpolicy.model import PosterSettings, PosterText, Snapshot
from livingpolicy.render.legibility import hung as shape_of
from livingpolicy.render.legibility import least_size, reaches, shorter_side
from livingpolicy.render.poster import sheet
from livingpolicy.render.poster_check import inspect
from tests.poster import samples

WORDS = catalogue("sv")


def hung(taken: Snapshot, metres: float, inches: float = 55, **options: object) -> Snapshot:
    """Return the snapshot with its poster on a screen of *inches*, to be read from *metres*."""
    settings = PosterSettings("KUND.EXAMPLE.COM", inches, metres, **options)  # type: ignore[arg-type]
    return replace(taken, policy=replace(taken.policy, poster=settings))


def said(taken: Snapshot) -> list[str]:
    """Return the line of the first poster, then the codes of what is wrong with it."""
    (found,) = inspect(taken, fonts=samples.fonts())
    return [found.line, *(problem.code for problem in found.problems)]


def test_a_screen_of_55_inches_is_68_centimetres_high() -> None:
    assert shorter_side(55) == pytest.approx(0.685, abs=0.001)


def test_letters_are_read_from_230_times_the_height_of_their_capitals() -> None:
    """Four metres on 55 inches: capitals of 17 millimetres, which are 2.5 hundredths of its height."""
    taken = samples.snapshot()
    made = sheet(taken, taken.policy.posters[0], fonts=samples.fonts())
    least = least_size(made.plan.settings, made.faces)
    assert least * made.faces.text.cap_height == pytest.approx(2.54, abs=0.01)
    assert made.least == least


@pytest.mark.parametrize(
    ("count", "metres", "says"),
    [
        (4, 3.5, ["Planschen Kundpolicy: läsbar på 3,9 m (minst 3,5 m)."]),
        (6, 3, ["Planschen Kundpolicy: läsbar på 3,4 m (minst 3 m)."]),
        (6, 4, ["Planschen Kundpolicy: läsbar på 4 m (minst 4 m).", "poster-strained"]),
        (12, 3, ["Planschen Kundpolicy: läsbar på 3,4 m (minst 3 m).", "poster-strained"]),
        (12, 4, ["Planschen Kundpolicy: läsbar på 3,5 m (minst 4 m).", "poster-unreadable"]),
    ],
)
def test_the_build_says_from_how_far_the_poster_is_read(count: int, metres: float, says: list[str]) -> None:
    """Beyond 155 times the capitals it warns, beyond 230 times it refuses."""
    assert said(hung(samples.snapshot(samples.PROMISES[:count]), metres)) == says


def test_what_can_be_read_at_one_distance_can_be_read_nearer() -> None:
    taken = samples.snapshot(samples.PROMISES[:8])
    codes = [said(hung(taken, metres))[1:] for metres in (2, 2.5, 3, 4, 5, 6)]
    order = [[], ["poster-strained"], ["poster-unreadable"]]
    places = [order.index(code) for code in codes]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] == 2


def test_it_says_how_many_promises_would_do_and_which_is_the_longest() -> None:
    (found,) = inspect(hung(samples.snapshot(samples.PROMISES), 4), fonts=samples.fonts())
    (problem,) = found.errors
    message = WORDS.message(problem)
    assert "Minst är texten under löftena. Högst 8 löften går att läsa på det avståndet" in message
    assert "korta ”till namngiven ansvarig vid klagomål”" in message


@pytest.mark.parametrize(
    ("changes", "part", "cure"),
    [
        ({"vision": samples.LONG_VISION}, "visionen", "Korta visionen"),
        ({"guiding_words": samples.LONG_WORDS}, None, None),
    ],
)
def test_it_says_what_to_shorten(changes: dict[str, object], part: str | None, cure: str | None) -> None:
    taken = hung(samples.snapshot(samples.PROMISES[:4], **changes), 4)  # type: ignore[arg-type]
    (found,) = inspect(taken, fonts=samples.fonts())
    assert bool(found.errors) == bool(part)
    if found.errors:
        message = WORDS.message(found.errors[0])
        assert f"Minst är {part}." in message
        assert message.endswith(f"{cure}.")


def test_an_address_that_is_too_long_for_the_distance_is_named() -> None:
    taken = samples.snapshot(samples.PROMISES[:4])
    long = PosterSettings("INTRANATET.EXEMPELBOLAGET.EXAMPLE/KUNDPOLICYN-PA-KONTORET", 55, 4)
    (found,) = inspect(replace(taken, policy=replace(taken.policy, poster=long)), fonts=samples.fonts())
    assert "Korta adressen" in WORDS.message(found.errors[0])


def test_from_far_away_it_is_the_screen_that_is_too_small() -> None:
    (found,) = inspect(hung(samples.snapshot(samples.PROMISES[:4]), 12), fonts=samples.fonts())
    assert "Häng en större skärm" in WORDS.message(found.errors[0])
    (found,) = inspect(hung(samples.snapshot(samples.PROMISES[:4]), 12, 165), fonts=samples.fonts())
    assert found.errors == ()


def test_measured_values_never_stop_the_site() -> None:
    """What cannot be read because of a value of tonight is told, and the words alone decide."""
    taken = hung(samples.snapshot(samples.PROMISES[:8], reached=samples.REACHED), 4)
    (found,) = inspect(taken, fonts=samples.fonts())
    assert [problem.code for problem in found.problems] in (["poster-values"], ["poster-strained"])
    assert found.errors == ()


def test_an_upright_screen_is_judged_as_it_hangs() -> None:
    lying, standing = (shape_of(samples.hung(upright=upright)) for upright in (False, True))
    assert (lying.landscape, standing.landscape) == (True, False)
    assert lying.nearest == standing.nearest == 1.77


def test_nothing_is_set_smaller_than_can_be_read_while_there_is_room() -> None:
    """The foot and the address grow with the distance, and the promises make room for them."""
    taken = hung(samples.snapshot(samples.PROMISES[:6]), 4)
    made = sheet(taken, taken.policy.posters[0], fonts=samples.fonts())
    from livingpolicy.render.copyfit import COMMON, fit

    near, far = (fit(made.copy, made.faces, COMMON, least=least) for least in (0.0, made.least))
    assert near.foot < far.foot
    found = {reach.part: reach for reach in reaches(far, made.copy, made.faces, made.plan.settings)}
    assert min(reach.limit for reach in found.values()) == pytest.approx(4, abs=0.005)
    assert found["words"].limit > 9


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"promises": [PosterText("Vi svarar ★"), *samples.PROMISES[:3]]}, "★"),
        ({"vision": "Varje kund 😀"}, "😀"),
        ({"guiding_words": ("Nära", "Snabbt", "漢字")}, "字 漢"),
    ],
)
def test_a_character_that_is_not_in_the_typefaces_is_refused(changes: dict[str, object], says: str) -> None:
    (found,) = inspect(samples.snapshot(**changes), fonts=samples.fonts())  # type: ignore[arg-type]
    lacking = [problem for problem in found.errors if problem.code == "poster-character"]
    assert [problem.values["characters"] for problem in lacking] == [says]


def test_a_poster_that_shows_nothing_is_not_judged() -> None:
    assert (
        inspect(samples.snapshot(promises=(), poster=PosterSettings(None, 55, 4)), fonts=samples.fonts())
        == ()
    )
