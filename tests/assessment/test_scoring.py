"""What a round of the self-assessment comes to, held against plain fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.language import catalogue
from livingpolicy.model import AssessmentResult, Band, Respondent
from livingpolicy.render.scores import mean_shown, total_shown
from livingpolicy.scoring import MEAN_BORDERS, TOTAL_BORDERS, assess, band, own_total, score, tenths, trend
from tests.assessment.samples import (
    MANAGEMENT,
    SIZES,
    all_of,
    answers_with_sums,
    asked,
    ids,
    questionnaire,
)

ANSWERS = st.dictionaries(
    st.sampled_from([name for group in ids() for name in group]), st.integers(1, 5), min_size=1
)
PEOPLE = st.lists(ANSWERS, min_size=1, max_size=8)


def total_of(sums: tuple[int, ...]) -> Fraction:
    return sum((Fraction(wanted, size) for wanted, size in zip(sums, SIZES, strict=True)), Fraction())


def sums_for(fours: int, threes: int, five: int) -> tuple[int, ...]:
    """Return sums of the seven groups whose two groups of four make *fours* together, and so on."""

    def shared(total: int, groups: int, size: int) -> list[int]:
        low, more = divmod(total, groups)
        assert size <= low <= 5 * size
        return [low + (number < more) for number in range(groups)]

    first, second = shared(fours, 2, 4)
    third, fourth, fifth, seventh = shared(threes, 4, 3)
    return (first, second, third, fourth, fifth, five, seventh)


NEAR = [
    sums_for(fours, threes, five)
    for fours, threes, five in product(range(8, 41), range(12, 61), range(5, 26))
    for border in TOTAL_BORDERS
    if abs(15 * fours + 20 * threes + 12 * five - 60 * border) <= 9
]
"""Every total that is within 0.15 of a border; they lie on sixtieths."""


def test_every_total_at_and_around_both_borders_falls_in_its_band() -> None:
    """28 is an asset and 27 59/60 is not; 21 is adequate and 20 59/60 is not. Nothing is rounded first."""
    seen = set()
    for sums in NEAR:
        result = score(asked([answers_with_sums(sums)]))
        total = total_of(sums)
        expected = Band.ASSET if total >= 28 else Band.ADEQUATE if total >= 21 else Band.LOSING
        assert (result.total, result.band) == (total, expected)
        seen.add(total)
    for border in TOTAL_BORDERS:
        assert {border + Fraction(sixtieths, 60) for sixtieths in range(-9, 10)} <= seen


def test_what_is_shown_near_a_border_never_contradicts_the_band() -> None:
    """27.96 is not shown as 28 beside "needs improvement"."""
    for thousandths in range(20_000, 30_000):
        value = Fraction(thousandths, 1000)
        number = tenths(value, TOTAL_BORDERS)
        assert band(Fraction(number, 10)) is band(value)
        assert abs(Fraction(number, 10) - value) < Fraction(1, 10)
        if all(abs(value - border) >= Fraction(1, 20) for border in TOTAL_BORDERS):
            assert abs(Fraction(number, 10) - value) <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(28), "28,0"),
        (Fraction(1679, 60), "27,9"),
        (Fraction(2796, 100), "27,9"),
        (Fraction(2794, 100), "27,9"),
        (Fraction(2785, 100), "27,9"),
        (Fraction(1259, 60), "20,9"),
        (Fraction(21), "21,0"),
        (Fraction(73, 3), "24,3"),
        (Fraction(7), "7,0"),
        (Fraction(35), "35,0"),
    ],
)
def test_a_total_is_shown_with_one_decimal(value: Fraction, shown: str) -> None:
    assert total_shown(value, catalogue("sv")) == shown
    assert total_shown(value, catalogue("en")) == shown.replace(",", ".")


def test_the_mean_of_a_group_is_not_shown_as_better_than_it_is() -> None:
    words = catalogue("sv")
    assert mean_shown(Fraction(299, 100), words) == "2,9"
    assert mean_shown(Fraction(399, 100), words) == "3,9"
    assert mean_shown(Fraction(11, 3), words) == "3,7"
    for denominator in range(1, 61):
        for numerator in range(denominator, 5 * denominator + 1):
            value = Fraction(numerator, denominator)
            shown = Fraction(tenths(value, MEAN_BORDERS), 10)
            assert [shown >= border for border in MEAN_BORDERS] == [
                value >= border for border in MEAN_BORDERS
            ]


@pytest.mark.parametrize(
    ("answer", "total", "expected"),
    [
        (1, 7, Band.LOSING),
        (2, 14, Band.LOSING),
        (3, 21, Band.ADEQUATE),
        (4, 28, Band.ASSET),
        (5, 35, Band.ASSET),
    ],
)
def test_the_same_answer_to_everything(answer: int, total: int, expected: Band) -> None:
    result = score(asked([all_of(answer)]))
    assert (result.total, result.band) == (total, expected)


def test_a_skipped_statement_is_left_out_of_the_mean_and_counted() -> None:
    """Three statements answered 5, 4 and nothing: the mean is four and a half."""
    person = all_of(3) | {"g3-1": 5, "g3-2": 4}
    del person["g3-3"]
    result = score(asked([person]))
    assert result.groups[2].mean == Fraction(9, 2)
    assert result.total == 6 * 3 + Fraction(9, 2)
    assert (result.given, result.skipped) == (22, 1)


def test_statements_for_management_are_skipped_only_by_those_who_answer_some() -> None:
    staff, manager = all_of(3), all_of(3) | {"g1-2": 4}
    assert score(asked([staff])).skipped == 0
    assert score(asked([manager])).skipped == len(MANAGEMENT) - 1


def test_a_group_without_an_answer_gives_no_total() -> None:
    person = {name: answer for name, answer in all_of(5).items() if not name.startswith("g4")}
    result = score(asked([person]))
    assert result.groups[3].mean is None
    assert (result.total, result.band) == (None, None)


def test_somebody_who_skipped_a_group_still_counts_in_the_others() -> None:
    """The other's 2 is the whole of the group; elsewhere both count."""
    half = {name: 4 for name in all_of(4) if not name.startswith("g4")}
    result = score(asked([half, all_of(2)]))
    assert result.groups[3].mean == 2
    assert result.groups[0].mean == 3
    assert result.total == 6 * 3 + 2


def test_every_person_weighs_as_much_however_much_was_skipped() -> None:
    """One says 5 to one statement of a group, the other 1 to all of it: 3, not the 1.8 of all answers."""
    only_one = {name: 3 for name in all_of(3) if not name.startswith("g6")} | {"g6-1": 5}
    result = score(asked([all_of(3) | dict.fromkeys(ids()[5], 1), only_one]))
    assert result.groups[5].mean == 3


@given(PEOPLE)
def test_any_answers_come_to_what_plain_fractions_say(people: list[dict[str, int]]) -> None:
    result = score(asked(people))
    expected = []
    for group in ids():
        own = [
            Fraction(sum(given), len(given))
            for person in people
            if (given := [answer for name, answer in person.items() if name in group])
        ]
        expected.append(Fraction(sum(own), len(own)) if own else None)
    assert [group.mean for group in result.groups] == expected
    if None in expected:
        assert (result.total, result.band) == (None, None)
    else:
        assert result.total == sum(mean for mean in expected if mean is not None)
        assert 7 <= result.total <= 35
    assert result.given == sum(map(len, people))


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_the_people_says_nothing(people: list[dict[str, int]], random) -> None:
    shuffled = list(people)
    random.shuffle(shuffled)
    assert score(asked(people)) == score(asked(shuffled))


@given(
    st.lists(st.fixed_dictionaries({name: st.integers(1, 5) for name in all_of(1)}), min_size=1, max_size=6)
)
def test_where_nobody_skipped_a_group_the_total_is_the_mean_of_the_totals(
    people: list[dict[str, int]],
) -> None:
    groups = questionnaire().groups
    totals = [own_total(Respondent(person, None), groups) for person in people]
    assert score(asked(people)).total == sum(each for each in totals if each is not None) / len(people)


@pytest.mark.parametrize(("count", "broken_down"), [(1, False), (4, False), (5, True), (6, True)])
def test_fewer_than_five_are_not_broken_down(count: int, broken_down: bool) -> None:
    """Total and groups for all of them together, and nothing else."""
    result = score(asked([all_of(answer % 5 + 1) for answer in range(count)], signs=["olika"]))
    assert result.total is not None
    assert (result.spread is not None) is broken_down
    assert {group.spread is not None for group in result.groups} == {broken_down}
    assert bool(result.statements) is broken_down
    assert bool(result.signs) is broken_down


def test_a_statement_that_four_of_many_answered_is_not_broken_down() -> None:
    """Four managers among nine: what they alone were asked stays among them."""
    people = [all_of(3) | {"g1-2": 5} for _ in range(4)] + [all_of(3) for _ in range(5)]
    shown = {each.statement.id for each in score(asked(people)).statements}
    assert "g1-2" not in shown
    assert shown == set(all_of(1))


def test_the_spread_is_between_the_lowest_and_the_highest() -> None:
    result = score(asked([all_of(answer) for answer in (1, 2, 3, 4, 5)]))
    assert result.spread is not None
    assert (result.spread.low, result.spread.high) == (7, 35)
    assert {(group.spread.low, group.spread.high) for group in result.groups if group.spread} == {(1, 5)}
    assert {each.counts for each in result.statements} == {(1, 1, 1, 1, 1)}


def test_warning_signs_are_counted_among_those_who_were_asked() -> None:
    people = [all_of(3)] * 5
    recognised = score(asked(people, signs=["olika"]))
    assert [(each.sign.id, each.recognised, each.asked) for each in recognised.signs] == [
        ("brander", 0, 5),
        ("olika", 5, 5),
    ]
    assert score(asked(people, signs=None)).signs == ()


def test_only_results_of_the_version_of_the_latest_compare() -> None:
    """Other statements, other totals: what came before the change stands beside the trend, not in it."""
    rounds = [
        asked([all_of(4)], on="2026-09-15", version=2),
        asked([all_of(3)], on="2026-03-15", version=2),
        asked([all_of(5)], on="2025-09-15", version=1),
    ]
    found = assess(questionnaire(version=2), rounds)
    assert found is not None
    assert [result.total for result in trend(found)] == [21, 28]
    assert [result.total for result in found.results] == [28, 21, 35]


def test_a_result_without_a_total_is_no_point_of_the_trend() -> None:
    found = assess(
        questionnaire(), [asked([{"g1-1": 3}], on="2026-09-15"), asked([all_of(3)], on="2026-03-15")]
    )
    assert found is not None
    assert [result.answered_on.isoformat() for result in trend(found)] == ["2026-03-15"]


def test_nothing_of_a_single_person_is_left_in_a_result() -> None:
    """The type that every output is made from has no place for it."""
    people = [all_of(answer) for answer in (1, 2, 3, 4)]
    result = score(asked(people))
    assert isinstance(result, AssessmentResult)
    assert "Respondent" not in repr(result)
    assert assess(None, []) is None
