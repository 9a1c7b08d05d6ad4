"""No text takes long, however it was made."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from livingpolicy.diff import Wording, difference, summary
from livingpolicy.language import catalogue

SECONDS = 5.0
"""Far above what is needed (under 0.8), so that a busy machine does not fail; what explodes takes minutes."""

RANDOM = random.Random(1)


def prose(words: int, vocabulary: int, sentence: int = 14) -> str:
    chosen = [f"ord{RANDOM.randrange(vocabulary)}" for _ in range(words)]
    return ". ".join(" ".join(chosen[start : start + sentence]) for start in range(0, words, sentence)) + "."


def edited(text: str, every: int = 17) -> str:
    return " ".join("nytt" if number % every == 0 else word for number, word in enumerate(text.split(" ")))


ORDINARY = prose(3_000, 800)
HOSTILE: dict[str, Callable[[], tuple[str, str]]] = {
    "20 kB edited throughout": lambda: (ORDINARY, edited(ORDINARY)),
    "20 kB rewritten": lambda: (ORDINARY, prose(3_000, 800)),
    "10 000 equal words": lambda: ("ja " * 10_000, "ja " * 9_000),
    "10 000 equal words around another": lambda: ("ja " * 10_000, "ja " * 5_000 + "nej " + "ja " * 5_000),
    "two words alternating": lambda: ("ja nej " * 5_000, "nej ja " * 4_999),
    "one sentence of 10 000 words": lambda: (prose(10_000, 50, 10_000), prose(10_000, 50, 10_000)),
    "2 000 equal sentences": lambda: ("Ja tack. " * 2_000, "Ja tack då. " * 2_000),
    "2 000 list items": lambda: (
        "\n".join(f"- punkt {n} av flera" for n in range(2_000)),
        "\n".join(f"- punkt {n + 1} av många" for n in range(2_000)),
    ),
    "a table of 500 rows": lambda: (
        "| a | b |\n|---|---|\n" + "\n".join(f"| rad {n} | {n} kr |" for n in range(500)),
        "| a | b |\n|---|---|\n" + "\n".join(f"| rad {n} | {n + 1} kr |" for n in range(500)),
    ),
    "a table of 200 columns": lambda: (
        "|" + "a|" * 200 + "\n|" + "-|" * 200,
        "|" + "b|" * 200 + "\n|" + "-|" * 200,
    ),
    "brackets": lambda: ("[" * 10_000, "](" * 10_000),
    "backticks": lambda: ("`" * 10_000, "` `` ``` " * 3_000),
    "stars": lambda: ("*a" * 10_000, "**a*" * 5_000),
    "quotations inside quotations": lambda: (">" * 5_000 + " a", "> " * 5_000 + "b"),
    "lists inside lists": lambda: ("- " * 5_000 + "a", "1. " * 3_000 + "b"),
    "digits": lambda: ("1 000 " * 5_000, "000-" * 5_000),
    "blanks": lambda: ("# a" + " " * 20_000 + "b", "|" + " " * 20_000 + "|\n" + "-" * 20_000),
    "one word of 100 000 letters": lambda: ("a" * 100_000, "a-" * 50_000),
    "addresses": lambda: ("https://" * 5_000, "a@b." * 10_000),
    "full stops": lambda: (". " * 10_000, "a. " * 10_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name: str) -> None:
    before, after = HOSTILE[name]()
    start = time.process_time()
    told = difference(Wording(before), Wording(after))
    summary(told, catalogue("sv"))
    assert told.changed
    assert time.process_time() - start < SECONDS
