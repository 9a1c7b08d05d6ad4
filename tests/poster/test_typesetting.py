"""Lines, columns and sizes, worked out from the fonts."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.fonts import FontFile
from livingpolicy.model import PosterText
from livingpolicy.render import hyphens, quotation, typeset
from livingpolicy.render.copyfit import SHAPES
from livingpolicy.render.hyphens import hyphenated
from livingpolicy.render.poster_css import condition
from livingpolicy.render.promise_grid import GUTTER, RULE_GAP, lay_out, spans
from livingpolicy.render.typeset import Measured, keep_together
from tests.poster.samples import PROMISES, fonts

FIGURE, STATEMENT = PROMISES[0], PROMISES[5]


def test_examples_in_the_documentation_are_true() -> None:
    assert doctest.testmod(typeset).failed == 0
    assert doctest.testmod(quotation).failed == 0


@pytest.mark.parametrize(
    ("width", "lines"),
    [(100, 1), (10.3, 1), (10.1, 2), (5.9, 2), (4.2, 3), (2.1, 4), (0, 80)],
)
def test_lines_are_filled_and_a_word_too_wide_is_broken(width: float, lines: int) -> None:
    """Three words of 4, 2 and 2 with spaces of 1; a line is filled to 98 per cent."""
    assert Measured((4, 2, 2), 1).lines(width) == lines


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=9), st.floats(0.5, 40))
def test_wider_lines_are_never_more(words: list[float], width: float) -> None:
    text = Measured(tuple(words), 0.25)
    assert text.lines(width * 1.5) <= text.lines(width)


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("innan vi svarar i telefon", "innan vi_svarar i_telefon"),
        ("till svar", "till svar"),
        ("Vi säger", "Vi säger"),
        ("a b c d", "a b_c d"),
        ("Ingen får höra ”det är policy”", "Ingen får höra ”det_är policy”"),
        ("upp till 5 år", "upp till 5_år"),
        ("inom 2,5 timmar", "inom 2,5_timmar"),
    ],
)
def test_a_line_does_not_end_with_a_word_of_two_letters(text: str, tied: str) -> None:
    assert keep_together(text) == tied.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("till återbetalningen", "till åter_betalningen"),
        ("Återbetalning av överbetalning", "Åter_betalning av överbetalning"),
        ("Kundtjänstmedarbetaren", "Kund_tjänstmed_arbetaren"),
        ("till svar", "till svar"),
    ],
)
def test_a_word_is_broken_only_where_the_list_says_so(text: str, broken: str) -> None:
    """The longest entry comes first, and it is found within longer words too."""
    listed = ("åter-betalning", "kund-tjänst", "med-arbetare")
    assert hyphenated(text, listed) == broken.replace("_", "\u00ad")
    assert doctest.testmod(hyphens).failed == 0


@pytest.mark.parametrize(
    ("width", "lines"),
    [(11, 1), (8.5, 2), (6.4, 2), (5.3, 3), (4.4, 3), (3.2, 4)],
)
def test_a_word_with_soft_hyphens_fills_the_line_it_begins_on(width: float, lines: int) -> None:
    """A word of 4 and one of 3 + 3 with a hyphen of 0.2, and a space of 0.5."""
    text = Measured((4, 6), 0.5, ((4,), (3, 3)), 0.2)
    assert text.lines(width / 0.98) == lines
    assert text.widest == 4


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=9), st.floats(0.5, 40))
def test_a_text_stands_on_two_lines_in_a_column_of_half_its_width(words: list[float], width: float) -> None:
    text = Measured(tuple(words), 0.25)
    assert text.lines(text.halved / 0.98 + 1e-6) <= 2
    assert text.halved <= text.width


@pytest.mark.parametrize(
    ("promises", "columns", "wide"),
    [
        ((FIGURE,) * 6, 3, ()),
        ((FIGURE,) * 5, 3, ((4, 2),)),
        ((FIGURE, FIGURE, STATEMENT, FIGURE, FIGURE), 3, ((4, 2),)),
        ((FIGURE, FIGURE, FIGURE, STATEMENT, FIGURE), 3, ((3, 2),)),
        ((FIGURE, STATEMENT, FIGURE, FIGURE), 3, ((3, 3),)),
        ((STATEMENT, FIGURE, FIGURE, FIGURE), 3, ((0, 3),)),
    ],
)
def test_no_cell_of_the_grid_stays_empty(
    promises: tuple[PosterText, ...], columns: int, wide: tuple[tuple[int, int], ...]
) -> None:
    """A statement is widened where it can be, else the last promise."""
    assert spans(promises, columns) == wide


def face(family: str) -> FontFile:
    return next(font for font in fonts() if font.family == family)


def test_a_quotation_stands_on_one_line_rather_than_in_slightly_larger_type() -> None:
    statement = PosterText(keep_together("Ingen får höra ”det är företagspolicy”"))
    display, text = face("Bricolage Grotesque"), face("Hanken Grotesk")
    quoted = display.width("”det\u00a0är företagspolicy”")
    grid = lay_out((*(FIGURE,) * 3, statement, *(FIGURE,) * 4), 110, 74, display=display, text=text)
    assert (grid.columns, grid.spans) == (3, ((3, 2),))
    column = (110 - 2 * GUTTER) / 3
    assert quoted * grid.statement <= 2 * column + GUTTER - 2 * RULE_GAP * grid.text


@pytest.mark.parametrize("number", range(1, 13))
def test_more_room_never_makes_the_type_smaller(number: int) -> None:
    display, text = face("Bricolage Grotesque"), face("Hanken Grotesk")
    small, large = (
        lay_out(PROMISES[:number], 100 * scale, 70 * scale, display=display, text=text, least=3.6)
        for scale in (1.0, 1.15)
    )
    assert small.worth(3.6) <= large.worth(3.6)


def test_every_proportion_has_exactly_one_shape() -> None:
    """The conditions follow one another without gap or overlap, from a ribbon to a banner."""
    assert [condition(shape) for shape in SHAPES if shape.landscape][:2] == [
        "(100 / 125 <= aspect-ratio < 125 / 100)",
        "(125 / 100 <= aspect-ratio < 133 / 100)",
    ]
    assert [condition(shape) for shape in SHAPES if not shape.landscape][:2] == [
        "(100 / 133 < aspect-ratio < 100 / 125)",
        "(100 / 141 < aspect-ratio <= 100 / 133)",
    ]
    for orientation in (True, False):
        run = [shape for shape in SHAPES if shape.landscape is orientation]
        assert [shape.farthest for shape in run[:-1]] == [shape.nearest for shape in run[1:]]
        assert run[-1].farthest is None
