"""How numbers of a text are read, in digits and in words, Swedish and English."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from livingpolicy.validate.numerals import number_words, numbers, tokens
from livingpolicy.validate.quantities import quantities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tre", "3"),
        ("3", "3"),
        ("1 500 kronor", "1500"),
        ("1\u00a0500 kronor", "1500"),
        ("2,5 och 2.5", "5/2 5/2"),
        ("tjugofyra", "24"),
        ("twenty-four", "24"),
        ("twenty four", "24"),
        ("hundra, etthundra, hundratjugo, tvåhundrafemtio", "100 100 120 250"),
        ("två hundra femtio", "250"),
        ("a hundred, one hundred and fifty, two hundred twenty-one", "100 150 221"),
        ("två och en halv", "5/2"),
        ("two and a half", "5/2"),
        ("halvannan", "3/2"),
        ("tre-fyra", "3 4"),
        ("en kund, ett ärende, a case, an hour", ""),
        ("one of them", "1"),
        ("trevlig, tvåa, femtioöring, someone", ""),
        ("2.1.3 och 20261122", ""),
        ("", ""),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, found: str) -> None:
    assert " ".join(map(str, numbers(text))) == found


@settings(deadline=None)
@given(st.integers(0, 100), st.data())
def test_every_way_of_writing_a_number_says_it(number: int, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(number_words(number))))
    found = list(numbers(f"inom {word} saker"))
    assert found == ([] if word in {"en", "ett"} else [number])


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789 .,-–%ahundretvåog\n\u00a0")))
@example("1 000 000 000,5")
def test_no_text_can_stop_the_reader(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.end].lower() == token.text
    list(numbers(text))
    for one in quantities(text, {"saker"}):
        assert 0 <= one.start < one.end <= len(text)
        assert one.low <= one.high


MINUTE, HOUR, DAY, WEEK = 1, 60, 24 * 60, 7 * 24 * 60


@pytest.mark.parametrize(
    ("text", "dimension", "low", "high"),
    [
        ("inom tre minuter", "time", 3, 3),
        ("3 min", "time", 3, 3),
        ("3min.", "time", 3, 3),
        ("tre-fyra minuter", "time", 3, 4),
        ("3–4 minuter", "time", 3, 4),
        ("tre till fyra minuter", "time", 3, 4),
        ("mellan tre och fyra minuter", "time", 3, 4),
        ("three to four minutes", "time", 3, 4),
        ("30 sekunder", "time", Fraction(1, 2), Fraction(1, 2)),
        ("en halv minut", "time", Fraction(1, 2), Fraction(1, 2)),
        ("en halvtimme", "time", 30, 30),
        ("en halv timme", "time", 30, 30),
        ("half an hour", "time", 30, 30),
        ("en kvart", "time", 15, 15),
        ("tre kvart", "time", 45, 45),
        ("en timme", "time", HOUR, HOUR),
        ("an hour", "time", HOUR, HOUR),
        ("inom timmen", "time", HOUR, HOUR),
        ("halvannan timme", "time", 90, 90),
        ("en och en halv timme", "time", 90, 90),
        ("an hour and a half", "time", 90, 90),
        ("120 minuter", "time", 2 * HOUR, 2 * HOUR),
        ("24 tim", "time", DAY, DAY),
        ("24h", "time", DAY, DAY),
        ("ett dygn", "time", DAY, DAY),
        ("inom dygnet", "time", DAY, DAY),
        ("en dag", "time", DAY, DAY),
        ("trettio dagar", "time", 30 * DAY, 30 * DAY),
        ("60 dagars öppet köp", "time", 60 * DAY, 60 * DAY),
        ("en vecka", "time", WEEK, WEEK),
        ("two weeks", "time", 2 * WEEK, 2 * WEEK),
        ("fyra arbetsdagar", "working-days", 4, 4),
        ("två helgfria vardagar", "working-days", 2, 2),
        ("two working days", "working-days", 2, 2),
        ("fem bankdagar", "working-days", 5, 5),
        ("90 procent", "percent", 90, 90),
        ("90 %", "percent", 90, 90),
        ("90%", "percent", 90, 90),
        ("99,5 procent", "percent", Fraction(199, 2), Fraction(199, 2)),
        ("ninety per cent", "percent", 90, 90),
        ("nio av tio", "percent", 90, 90),
        ("9 out of 10", "percent", 90, 90),
        ("95 av 100", "percent", 95, 95),
        ("150 ärenden", "things", 150, 150),
        ("etthundrafemtio öppna ärenden", "things", 150, 150),
    ],
)
def test_what_a_text_says_can_be_compared(
    text: str, dimension: str, low: Fraction | int, high: Fraction | int
) -> None:
    found = [(one.dimension.value, one.low, one.high) for one in quantities(text, {"ärenden"})]
    assert found == [(dimension, low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "klockan 12",
        "kl. 8–18",
        "den 24 december 2026",
        "fyra val",
        "en gång",
        "tre av dina samtal",
        "en av oss",
        "två månader",  # as long as its days are
        "ett år",
        "500 kronor",
        "sidan 3",
        "en min kollega",
        "24-timmarsservice",
        "fem procentenheter",
        "inom veckan",  # may end on Sunday
        "några minuter",
        "samma dag",
        "7 av 8",
        "tio ord",
        "minuter",
    ],
)
def test_what_is_no_length_of_time_and_no_share_is_left_alone(text: str) -> None:
    assert list(quantities(text, {"ärenden"})) == []


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("inom tre minuter", True),
        ("inom cirka tre minuter", True),
        ("inom ca. tre minuter", True),
        ("senast tre dagar efter köpet", True),
        ("på högst tre minuter", True),
        ("at most three minutes", True),
        ("no later than three days after", True),
        ("ingen väntar mer än fem minuter", True),
        ("vi låter aldrig någon vänta längre än fem minuter", True),
        ("minst 80 procent", True),
        ("mer än 80 procent", True),
        ("fler än 150 ärenden", True),
        ("har kunden väntat mer än fem minuter", False),
        ("vänta tre minuter", False),
        ("i tre minuter", False),
        ("efter tre dagar", False),
        ("senast två veckor före helgen", False),
        ("within two weeks before", False),
        ("80 procent", False),
    ],
)
def test_a_limit_is_known_by_the_words_around_it(text: str, limit: bool) -> None:
    (found,) = quantities(text, {"ärenden"})
    assert found.limit is limit


UNITS = {"sekunder": Fraction(1, 60), "minuter": 1, "timmar": HOUR, "dygn": DAY, "dagar": DAY, "veckor": WEEK}


@settings(deadline=None)
@given(st.integers(2, 100), st.sampled_from(sorted(UNITS)), st.data())
def test_words_and_digits_say_the_same(number: int, unit: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(number_words(number))))
    said = [list(quantities(f"svar inom {text} {unit}.")) for text in (str(number), word)]
    assert [[one.high for one in each] for each in said] == [[number * UNITS[unit]]] * 2
    assert all(each[0].limit for each in said)
