"""The trend of a target: what is drawn, and that it stays in its frame."""

from __future__ import annotations

import re
from datetime import date, timedelta
from math import isfinite
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingpolicy.language import catalogue
from livingpolicy.model import Frequency
from livingpolicy.period import following, period_of
from livingpolicy.render.trend import Mark, Point, judged_points, scale_of, value_points
from livingpolicy.render.trend_svg import LETTER, NARROW, SPARK, WIDE, Shape, draw, trend
from tests.targets import samples

SV = catalogue("sv")
SHAPES = pytest.mark.parametrize("shape", [WIDE, NARROW, SPARK], ids=lambda shape: shape.name)
PATH = re.compile(r"([MLHVhvlaZ])([^MLHVhvlaZ]*)")


def picture(points: tuple[Point, ...], shape: Shape = WIDE, unit: str = "percent") -> str:
    return str(
        trend(points, unit, name="t", title="Svar i telefon", description="Ett år", shape=shape, words=SV)
    )


def reach(path: str) -> list[tuple[float, float]]:
    """Return every point that a path of ours comes to."""
    x = y = 0.0
    found = []
    for command, text in PATH.findall(path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e[-+]?\d+)?", text)]
        match command:
            case "M" | "L":
                steps = [(numbers[0], numbers[1])]
            case "H":
                steps = [(numbers[0], y)]
            case "V":
                steps = [(x, numbers[0])]
            case "h":
                steps = [(x + numbers[0], y)]
            case "v":
                steps = [(x, y + numbers[0])]
            case "l":
                steps = [(x + numbers[0], y + numbers[1])]
            case "a":
                radius = numbers[0]
                steps = [
                    (x + numbers[5] / 2, y - radius),
                    (x + numbers[5] / 2, y + radius),
                    (x + numbers[5], y),
                ]
            case _:
                steps = []
        for x, y in steps:
            found.append((x, y))
    return found


def outside(svg: str, shape: Shape) -> list[str]:
    """Return whatever leaves the picture."""
    root = ElementTree.fromstring(svg)
    found = []
    for element in root.iter():
        tag = element.tag.split("}")[-1]
        if tag == "path":
            corners = reach(element.attrib["d"])
        elif tag == "text":
            x, y = float(element.attrib["x"]), float(element.attrib["y"])
            width = len(element.text or "") * LETTER * shape.type
            begins = {"end": x - width, "middle": x - width / 2}.get(element.get("text-anchor", ""), x)
            corners = [(begins, y), (begins + width, y - 0.7 * shape.type)]
        else:
            continue
        for x, y in corners:
            if not (
                isfinite(x) and isfinite(y) and -0.2 <= x <= shape.width + 0.2 and 0 <= y <= shape.height
            ):
                found.append(f"{tag} {element.get('class')} {element.text!r} at {x}, {y}")
    return found


POINTS = st.builds(
    lambda frequency, numbers: _points(frequency, numbers),  # noqa: PLW0108 - defined below
    st.sampled_from(Frequency),
    st.lists(
        st.tuples(
            st.sampled_from(Mark),
            st.sampled_from([0.0, 1.0, 50.0, 99.9, 100.0, 1e-6, 123456.789, 1e12])
            | st.floats(0, 1e12, allow_subnormal=False),
            st.none() | st.floats(0, 1e9, allow_subnormal=False),
        ),
        min_size=1,
        max_size=400,
    ),
)


def _points(frequency: Frequency, numbers: list[tuple[Mark, float, float | None]]) -> tuple[Point, ...]:
    period = period_of(date(2024, 1, 10), frequency)
    points = []
    for mark, value, target in numbers:
        known = mark not in {Mark.MISSING, Mark.WITHHELD}
        points.append(
            Point(period, mark, value, target, value / 2, value * 2)
            if known
            else Point(period, mark, None, target)
        )
        period = following(period) if period.last < date(9000, 1, 1) else period
    return tuple(points)


@settings(max_examples=60, deadline=None)
@given(
    points=POINTS,
    unit=st.sampled_from(["percent", "minutes", "count"]),
    shape=st.sampled_from([WIDE, NARROW, SPARK]),
)
def test_nothing_leaves_the_picture_and_every_length_is_a_number(
    points: tuple[Point, ...], unit: str, shape: Shape
) -> None:
    svg = picture(points, shape, unit)
    assert "nan" not in svg.lower()
    assert "inf" not in svg.lower()
    assert outside(svg, shape) == []


@pytest.mark.parametrize("value", [0.0, 1.0, 90.0, 100.0, 1e-9, 1e12])
@pytest.mark.parametrize("count", [1, 2, 12, 400])
@SHAPES
def test_a_year_of_the_same_value_can_be_drawn(value: float, count: int, shape: Shape) -> None:
    points = _points(Frequency.MONTHLY, [(Mark.MET, value, value)] * count)
    for unit in ("percent", "count"):
        assert outside(picture(points, shape, unit), shape) == []


@SHAPES
def test_without_anything_measured_the_picture_is_empty_and_whole(shape: Shape) -> None:
    assert outside(picture((), shape), shape) == []


def test_no_line_runs_through_a_month_that_was_not_measured() -> None:
    """Missing is not zero, and nothing is guessed between two values."""
    state = samples.year([92, 93, None, 91, 94, 95, 96, 90, 91, 92, 93, 94])
    drawing = draw(judged_points(state), "percent", WIDE, SV)
    assert [path.count("L") + 1 for path in drawing.lines] == [2, 9]
    assert [dot.says.replace("\u00a0", " ") for dot in drawing.dots if dot.mark is Mark.MISSING] == [
        "januari 2026: värde saknas"
    ]


def test_months_that_nobody_measured_lately_leave_room_at_the_end() -> None:
    state = samples.year([92, 93, 94])  # to January; it is November
    points = judged_points(state)
    assert [point.mark for point in points] == [Mark.MET] * 3 + [Mark.MISSING] * 9


def test_of_a_withheld_month_nothing_but_its_place_is_drawn() -> None:
    """Fewer than five cases: whoever knows one of them would recognise it."""
    state = samples.state(
        samples.measurement("2026-08", 2.5, 92),
        samples.measurement("2026-09", 77.7, 77.7, n=4, low=76.5, high=78.5),
        samples.measurement("2026-10", 2.5, 94),
    )
    for points, unit in ((judged_points(state), "percent"), (value_points(state), "minutes")):
        for shape in (WIDE, NARROW, SPARK):
            svg = picture(points, shape, unit)
            assert not re.search("7[678][,.][57]", svg)
        assert "september\u00a02026: för få fall" in picture(points, WIDE, unit)


def test_each_month_stands_beside_the_target_of_its_own_time() -> None:
    """The target was raised on 10 April: that month is still judged by the old one."""
    state = samples.year(
        [92] * 12,
        levels=(samples.level("2026-04-10", share=95), samples.level("2025-01-01", share=80)),
    )
    points = judged_points(state)
    assert [point.target for point in points] == [80] * 6 + [95] * 6
    assert [point.mark for point in points] == [Mark.MET] * 6 + [Mark.MISSED] * 6
    before, after = map(reach, draw(points, "percent", WIDE, SV).targets)
    assert before[-1] == after[0], "one begins where the other ends"
    assert before[-1][1] > after[-1][1], "and leads higher up"


def test_where_no_target_was_in_force_there_is_no_line_for_one() -> None:
    state = samples.year([92] * 12, levels=(samples.level("2026-05-01"),))
    (path,) = draw(judged_points(state), "percent", WIDE, SV).targets
    drawing = draw(judged_points(state), "percent", WIDE, SV)
    assert reach(path)[0][0] > (drawing.left + drawing.right) / 2 - 20


def test_met_and_missed_have_different_shapes() -> None:
    """Grey print and the colour-blind see no colour."""
    met, missed = (
        draw(judged_points(samples.year([share])), "percent", WIDE, SV).dots[0] for share in (95, 85)
    )
    assert "a" in met.path
    assert "a" not in missed.path


def test_the_spread_is_drawn_where_it_is_known() -> None:
    state = samples.state(
        samples.measurement("2026-09", 2.5, 92),
        samples.measurement("2026-10", 2.5, 94, low=0.5, high=6),
    )
    assert len(draw(value_points(state), "minutes", WIDE, SV).spreads) == 1
    assert draw(judged_points(state), "percent", WIDE, SV).spreads == ()


def test_a_long_series_shows_its_latest_year() -> None:
    points = _points(Frequency.WEEKLY, [(Mark.MET, 90.0, 80.0)] * 200)
    assert len(draw(points, "percent", WIDE, SV).dots) == 53
    assert len(draw(points, "percent", NARROW, SV).dots) == 26


@SHAPES
def test_the_picture_has_a_name_and_says_itself_in_words(shape: Shape) -> None:
    svg = picture(judged_points(samples.year([92] * 12)), shape)
    root = ElementTree.fromstring(svg)
    ids = {element.get("id") for element in root.iter()}
    assert root.get("role") == "img"
    assert set((root.get("aria-labelledby") or "").split()) <= ids
    assert "style=" not in svg


@pytest.mark.parametrize(
    ("values", "percent", "low", "high"),
    [
        ([88, 93, 90], True, 86, 96),
        ([99, 100], True, 94, 100),
        ([0, 0], True, 0, 1),
        ([12, 95], True, 0, 100),
        ([130, 150, 170], False, 120, 170),
        ([2.4, 3], False, 2.2, 3),
        ([1.0, 3], False, 0, 3),
        ([0], False, 0, 1),
        ([7], False, 6.6, 7.4),
    ],
)
def test_the_scale_has_round_numbers_and_holds_every_value(
    values: list[float], percent: bool, low: float, high: float
) -> None:
    month = period_of(date(2026, 1, 1), Frequency.MONTHLY)
    points = [Point(month, Mark.MET, value, None) for value in values]
    scale = scale_of(points, percent=percent)
    assert (round(scale.low, 6), round(scale.high, 6)) == (low, high)
    assert len(scale.ticks) <= 7


def test_a_month_is_as_wide_as_its_days() -> None:
    """Time runs evenly: what is not there takes as much room as what is."""
    points = judged_points(
        samples.state(samples.measurement("2026-01", 2, 92), samples.measurement("2026-03", 2, 93))
    )
    assert points[1].period.last - points[0].period.last == timedelta(days=28)
    assert points[1].mark is Mark.MISSING
