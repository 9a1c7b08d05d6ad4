"""The pictures of a target, with what they say to those who do not see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from livingpolicy.language import Catalogue
from livingpolicy.model import TargetState
from livingpolicy.render import measured
from livingpolicy.render.trend import Mark, Point, judged_points, value_points
from livingpolicy.render.trend_svg import NARROW, WIDE, Shape, trend

_LEGEND = (Mark.VALUE, Mark.MET, Mark.MISSED, Mark.UNJUDGED, Mark.WITHHELD, Mark.MISSING)


@dataclass(frozen=True, slots=True)
class Chart:
    """A trend for a desk and for a telephone, of which the style sheet shows one."""

    title: str
    wide: Markup
    narrow: Markup
    marks: tuple[Mark, ...]
    """The marks that occur in it."""
    target: bool
    """Whether a target is drawn."""
    spread: bool
    """Whether a spread is drawn."""
    cut: str
    """The pictures that show the latest periods only: `both`, `narrow` or empty."""


def charts(state: TargetState, words: Catalogue) -> tuple[Chart, ...]:
    """Return what is judged, and with a share also what is usual if its spread is known."""
    if not state.results:
        return ()
    main = _chart(state, judged_points(state), _judged_unit(state), "judged", words)
    if state.target.share is None:
        return (main,)
    usual = value_points(state)
    if not any(point.low is not None and point.high is not None for point in usual):
        return (main,)
    return main, _chart(state, usual, state.target.unit, "usual", words)


def picture(state: TargetState, shape: Shape, words: Catalogue) -> Markup:
    """Return what is judged as a single picture."""
    points, unit = judged_points(state)[-shape.most :], _judged_unit(state)
    return trend(
        points,
        unit,
        name=state.target.id,
        title=words.text("targets.chart.of", name=state.target.name),
        description=description(points, unit, words),
        shape=shape,
        words=words,
    )


def description(points: Sequence[Point], unit: str, words: Catalogue) -> str:
    """Return what there is to see, in sentences: from when to when, lowest and highest, met and not."""
    said = [
        words.text(
            "targets.chart.span",
            first=measured.period(points[0].period, words),
            last=measured.period(points[-1].period, words),
        )
    ]
    known = [(point.value, point) for point in points if point.value is not None]
    if known:
        for name, (value, point) in (
            ("lowest", min(known, key=lambda pair: pair[0])),
            ("highest", max(known, key=lambda pair: pair[0])),
        ):
            said.append(
                words.text(
                    f"targets.chart.{name}",
                    value=measured.amount(value, unit, words),
                    period=measured.period(point.period, words),
                )
            )
    marks = [point.mark for point in points]
    said += [words.text(f"targets.chart.{mark}", count=marks.count(mark)) for mark in Mark if mark in marks]
    return " ".join(said)


def _chart(state: TargetState, points: Sequence[Point], unit: str, kind: str, words: Catalogue) -> Chart:
    title = _title(state, kind, words)
    wide, narrow = (
        trend(
            points,
            unit,
            name=f"trend-{kind}",
            title=title,
            description=description(points[-shape.most :], unit, words),
            shape=shape,
            words=words,
        )
        for shape in (WIDE, NARROW)
    )
    shown = points[-WIDE.most :]
    return Chart(
        title=title,
        wide=wide,
        narrow=narrow,
        marks=tuple(mark for mark in _LEGEND if any(point.mark is mark for point in shown)),
        target=any(point.target is not None for point in shown),
        spread=any(point.low is not None and point.high is not None for point in shown),
        cut="both" if len(points) > WIDE.most else "narrow" if len(points) > NARROW.most else "",
    )


def _title(state: TargetState, kind: str, words: Catalogue) -> str:
    if kind == "usual":
        return words.text("targets.chart.usual", unit=words.text(f"amount.unit.{state.target.unit}"))
    if state.target.share is not None:
        return words.text("targets.chart.share", wording=state.target.wording)
    return words.text("targets.chart.result", unit=words.text(f"amount.unit.{state.target.unit}"))


def _judged_unit(state: TargetState) -> str:
    return state.target.unit if state.target.share is None else "percent"
