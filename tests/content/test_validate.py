"""The rules over the whole policy, and the numbers they compare."""

from __future__ import annotations

from pathlib import Path

import pytest

from livingpolicy.interval import Interval
from livingpolicy.validate import RULES, Rule
from livingpolicy.validate.dates import longer
from livingpolicy.validate.numerals import number_words, states
from tests.content.reading import Files, metadata, places, policy
from tests.policy_repo import CHAPTER


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_says_what_passes_and_what_fails(rule: Rule) -> None:
    assert "Passes:" in (rule.__doc__ or "")
    assert "Fails:" in (rule.__doc__ or "")


@pytest.mark.parametrize(
    ("sentence", "figure", "expected"),
    [
        ("Vi svarar inom tre minuter.", "3", True),
        ("Vi svarar inom 3 minuter.", "3", True),
        ("Tre försök räcker.", "3", True),
        ("Vi svarar inom 30 minuter.", "3", False),
        ("Vi svarar inom 2,3 minuter.", "3", False),
        ("Vi svarar inom 3,5 minuter.", "3", False),
        ("Vi svarar inom fyra minuter.", "3", False),
        ("Vi svarar inom trettiotvå minuter.", "2", False),
        ("Det räcker att berätta en gång.", "1", True),
        ("Ett samtal räcker.", "1", True),
        ("Inom tjugofyra timmar.", "24", True),
        ("Within twenty-four hours.", "24", True),
        ("Hundra procent nöjda.", "100", True),
        ("När felet är vårt betalar kunden noll kronor.", "0", True),
        ("Öppet 24/7 varje dag.", "24", True),
        ("Vi lovar 2,5 timmar.", "2,5", True),
        ("Inom 24\u00a0timmar.", "24", True),
        ("Minst 90% av samtalen.", "90%", True),
        ("Inom 3. Alltid.", "3", True),
    ],
)
def test_the_figure_is_a_number_of_its_own(sentence: str, figure: str, expected: bool) -> None:
    assert states(sentence, figure) is expected


def test_every_number_to_a_hundred_has_words_of_its_own() -> None:
    words = [word for number in range(101) for word in number_words(number)]
    assert len(words) == len(set(words))
    assert all(number_words(number) for number in range(101))
    assert not number_words(101)
    assert not number_words(-1)


@pytest.mark.parametrize(
    ("interval", "ceiling", "expected"),
    [
        ("24 months", "24 months", False),
        ("2 years", "24 months", False),
        ("25 months", "2 years", True),
        ("3 years", "24 months", True),
        ("104 weeks", "24 months", False),
        ("800 days", "24 months", True),
    ],
)
def test_a_ceiling_is_compared_in_its_own_units(interval: str, ceiling: str, expected: bool) -> None:
    assert longer(Interval.parse(interval), Interval.parse(ceiling)) is expected


HOURS = "phases: []"


@pytest.mark.parametrize(
    "files",
    [
        metadata("effective_from: 2027-01-01\n"),
        metadata("retired_on: 2026-10-01\nreason: Nytt löfte\nreplaced_by: svar-mejl\n"),
        metadata("mandate: [{role: butikschef, up_to: 500, unit: kr, beyond: kundchef}]\n"),
        metadata("aliases: [telefon, vaxel]\n"),
        metadata(""),
        policy(HOURS, f"opening_hours: {{web: [{{days: mon-sun, from: 00:00, to: 24:00}}]}}\n{HOURS}"),
        policy(
            HOURS,
            "opening_hours: {phone: [{days: mon-fri, from: 08:00, to: 12:00}, "
            f"{{days: 'mon, tue', from: 12:00, to: 18:00}}]}}\n{HOURS}",
        ),
    ],
)
def test_what_is_right_passes(tmp_path: Path, files: Files) -> None:
    assert places(tmp_path, files) == []


def promises(count: int, text: str, more: Files) -> Files:
    """Return a policy with so many promises on the poster."""
    sections = [
        f"## Löfte {number} {{#lofte-{number}}}\n\n```yaml\nkind: promise\npromise: Vi svarar.\n"
        f"poster: {{text: {text}}}\n```\n\nText.\n"
        for number in range(count)
    ]
    return {"policy/chapters/tillganglighet.md": "\n".join([CHAPTER, *sections]), **more}


@pytest.mark.parametrize(
    ("count", "text", "expected"),
    [
        (0, "Vi svarar", ["(policy.yml:12 poster-thin)"]),
        (3, "Vi svarar", ["(policy.yml:12 poster-thin)"]),
        (4, "Vi svarar", []),
        (12, "Vi svarar", []),
        (13, "Vi svarar", ["policy.yml:12 poster-full"]),
        (9, "a b c d e f g", []),
        (10, "a b c d e f g", ["policy.yml:12 poster-wordy"]),
    ],
)
def test_the_poster_holds_four_to_twelve_promises_and_75_words(
    tmp_path: Path, count: int, text: str, expected: list[str]
) -> None:
    """The vision has 6 words and the guiding words are 4, which leaves 65."""
    hung = policy("phases:", "poster: {distance_m: 3}\nphases:")
    assert places(tmp_path, promises(count, text, hung)) == expected


def test_a_policy_that_says_nothing_of_posters_needs_none(tmp_path: Path) -> None:
    assert places(tmp_path, promises(0, "", {})) == []


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("{distance_m: 4}", ["(policy.yml:12 poster-crowded)"]),
        ("{distance_m: 3.9}", []),
        ("{distance_m: 4, screen_inches: 65}", []),
    ],
)
def test_at_most_six_promises_are_read_from_four_metres_on_55_inches(
    tmp_path: Path, settings: str, expected: list[str]
) -> None:
    hung = policy("phases:", f"poster: {settings}\nphases:")
    assert places(tmp_path, promises(7, "Vi svarar", hung)) == expected
    assert places(tmp_path, promises(6, "Vi svarar", hung)) == []


def test_two_promises_of_which_one_follows_the_other_take_one_place(tmp_path: Path) -> None:
    """Twelve stand on the poster today and twelve tomorrow, though thirteen say `poster`."""
    hung = policy("phases:", "poster: {distance_m: 3}\nphases:")
    files = promises(13, "Vi svarar", hung)
    chapter = str(files["policy/chapters/tillganglighet.md"])
    for number, line in (
        (1, "retired_on: 2027-01-01\nreason: Nytt löfte"),
        (2, "effective_from: 2027-01-01"),
    ):
        head, block, rest = chapter.partition(f"{{#lofte-{number}}}\n\n```yaml\n")
        chapter = f"{head}{block}{line}\n{rest}"
    assert places(tmp_path, {**files, "policy/chapters/tillganglighet.md": chapter}) == []
