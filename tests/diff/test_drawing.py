"""The same difference in text and in HTML, whole and with the unchanged left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from livingpolicy.diff import Change, Gap, Wording, difference, facts, summary, trimmed
from livingpolicy.language import catalogue
from livingpolicy.render.diff_html import difference_html
from livingpolicy.render.diff_text import plain
from tests.diff.notation import written

BEFORE = Wording(
    """\
Vi svarar i telefon inom fem minuter. Säg ditt namn. Fråga <b>hur</b> & varför. Lyssna klart. Lova inget.

### Under samtalet

- Ta den tid som behövs
- Skriv upp två saker
  - vad kunden ville

| Roll | Får besluta om |
| --- | --- |
| Medarbetare | 300 kr |
| Butikschefen | 3 000 kr |
| Kundchefen | 25 000 kr |

> ”Det kostar dig ingenting.”

Läs mer i [Kundvård](kundvard.md).

Det här stycket står kvar.

Det här också.
""",
    "Svar i telefon",
    facts={"promise": ("Vi svarar i telefon inom fem minuter.",), "steps": ("Lyssna.", "Be om ursäkt.")},
)
AFTER = Wording(
    """\
Säg ditt namn. Fråga <b>hur</b> & varför. Lyssna klart. Lova inget. Vi svarar i telefon inom fem minuter.

### Under samtalet

- Ta den tid som behövs
- Skriv upp tre saker
  - vad kunden ville
  - vad ni kom överens om

| Roll | Får besluta om |
| --- | --- |
| Kundchefen | 25 000 kr |
| Medarbetare | 500 kr |
| Butikschefen | 3 000 kr |

> ”Det kostar dig absolut ingenting.”

Läs mer i [Kundvård](kundvard.md#efter-kopet).

Det här stycket står kvar.

Det här också.
""",
    "Svar i telefon och chatt",
    facts={
        "promise": ("Vi svarar i telefon inom tre minuter.",),
        "steps": ("Lyssna.", "Be om ursäkt.", "Ge kunden ett val."),
    },
)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_as_text(language: str, golden: Callable[[str, str], None]) -> None:
    told = difference(BEFORE, AFTER)
    words = catalogue(language)
    golden(f"diff.{language}.txt", f"{plain(told, words)}\n--\n{plain(trimmed(told), words)}")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_as_html(language: str, golden: Callable[[str, str], None]) -> None:
    golden(f"diff.{language}.html", difference_html(trimmed(difference(BEFORE, AFTER)), language))


def test_what_is_new_and_gone_is_said_and_not_only_coloured() -> None:
    html = difference_html(difference(Wording("Inom fem minuter."), Wording("Inom tre minuter.")), "sv")
    assert "<del" in html
    assert '<span class="lp-hidden">borttaget: </span>fem minuter</del>' in html
    assert '<span class="lp-hidden">tillagt: </span>tre minuter</ins>' in html


def test_text_is_never_markup() -> None:
    html = difference_html(difference(Wording("Ring."), Wording("Ring <script>alert(1)</script>.")), "sv")
    assert "<script>" not in html


def test_a_promise_is_told_before_the_text() -> None:
    assert summary(difference(BEFORE, AFTER), catalogue("sv")).startswith(
        "löfte: ”inom fem minuter” → ”inom tre minuter”"
    )


def test_the_metadata_are_told_in_the_words_of_the_policy() -> None:
    metadata = """\
kind: rule
owner: kundtjanstchef
review_every: 3 months
steps: [Lyssna., Be om ursäkt.]
mandate:
  - {role: medarbetare, up_to: 1500, unit: kr, beyond: kundtjanstchef}
"""
    names = {"kundtjanstchef": "Kundtjänstchefen"}
    assert facts(metadata, catalogue("sv"), names) == {
        "kind": ("Regel",),
        "owner": ("Kundtjänstchefen",),
        "steps": ("Lyssna.", "Be om ursäkt."),
        "mandate": ("medarbetare: 1 500 kr; därutöver kundtjänstchefen",),
    }


@pytest.mark.parametrize("metadata", [None, "", "kind: [", "- a", "mandate: [{}, 3]", "owner: {a: b}"])
def test_metadata_that_cannot_be_read_are_no_obstacle(metadata: str | None) -> None:
    facts(metadata, catalogue("sv"), {})


LONG = "\n\n".join(f"Stycke nummer {number} är som det var." for number in range(9))


def test_long_unchanged_stretches_are_left_out() -> None:
    told = trimmed(difference(Wording(LONG), Wording(LONG.replace("nummer 4", "nummer fyra"))))
    assert written(told).splitlines() == [
        "… 3 …",
        "Stycke nummer 3 är som det var.",
        "Stycke nummer [-4-]{+fyra+} är som det var.",
        "Stycke nummer 5 är som det var.",
        "… 3 …",
    ]


def test_the_heading_above_a_change_stays() -> None:
    before = f"### I butiken\n\n{LONG}"
    told = trimmed(difference(Wording(before), Wording(before.replace("nummer 8", "nummer åtta"))), around=0)
    assert written(told).splitlines() == [
        "### I butiken",
        "… 8 …",
        "Stycke nummer [-8-]{+åtta+} är som det var.",
    ]


def test_of_a_table_the_rows_that_changed_stay() -> None:
    table = "| Roll | Belopp |\n|---|---|\n" + "".join(f"| Roll {n} | {n}00 kr |\n" for n in range(1, 7))
    told = trimmed(difference(Wording(table), Wording(table.replace("400 kr", "450 kr"))))
    assert written(told).splitlines() == [
        "| Roll | Belopp |",
        "… 3 …",
        "| Roll 4 | [-400 kr-]{+450 kr+} |",
        "… 2 …",
    ]


def test_nothing_is_left_of_a_text_that_did_not_change() -> None:
    told = difference(Wording(LONG), Wording(LONG))
    assert (told.changed, trimmed(told).parts) == (False, ())
    assert not any(isinstance(part, Gap) or part.change is not Change.UNCHANGED for part in told.parts)
