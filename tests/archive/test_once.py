"""What many ask for is worked out once, and never for something else."""

from __future__ import annotations

from livingpolicy.once import once


def test_the_same_is_worked_out_once_and_what_is_merely_equal_anew() -> None:
    asked: list[list[int]] = []

    @once
    def total(numbers: list[int]) -> int:
        asked.append(numbers)
        return sum(numbers)

    first, second = [1, 2], [1, 2]
    assert [total(first), total(first), total(second), total(first)] == [3, 3, 3, 3]
    assert [each is first for each in asked] == [True, False, True]


def test_every_part_of_a_question_counts() -> None:
    @once
    def both(one: list[int], other: list[int]) -> list[int]:
        return one + other

    one, other, third = [1], [2], [3]
    assert [both(one, other), both(one, third), both(third, one)] == [[1, 2], [1, 3], [3, 1]]
