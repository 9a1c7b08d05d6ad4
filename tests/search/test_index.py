"""What the index holds of a policy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.search.index import Part, index
from livingpolicy.search.passages import passages
from livingpolicy.search.words import words
from tests.content.reading import metadata
from tests.policy_repo import CHAPTER
from tests.search.finding import script, shipped, snapshot_of, words_of

CHAPTER_PATH = "policy/chapters/tillganglighet.md"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("En rad\nsom går vidare.\n\nEn till.", ["En rad som går vidare.", "En till."]),
        ("- ett\n- två\n  tre\n", ["ett", "två tre"]),
        ("1. ett\n2. två\n", ["ett", "två"]),
        ("> ”Hej,\n> jag heter Alex.”\n", ["”Hej, jag heter Alex.”"]),
        ("### Förstå {#forsta}\n\nAvbryt inte.", ["Förstå", "Avbryt inte."]),
        ("Förstå\n---\n", ["Förstå"]),
        (
            "| Kanal | Öppet |\n| --- | --- |\n| Telefon | 8–18 |\n| **Chatt** | |\n\nSlut.",
            ["Kanal · Öppet", "Telefon · 8–18", "Chatt", "Slut."],
        ),
        ("Inom {{ target.svarstid }}, ofta.", ["Inom tre minuter, ofta."]),
        ("Läs [hur](andra.md#hur) och ![Karta](k.png).", ["Läs hur och Karta."]),
        ("**Varför:** *därför* `så`.", ["Varför: därför så."]),
        ("Synligt. <!-- inte det här -->\n", ["Synligt."]),
        ("<!--\ninte det\nhär -->\nSynligt.", ["Synligt."]),
        ("```\nkod *så*\n```\nEfter.", ["kod så", "Efter."]),
        (
            "```mermaid\nflowchart TD\n  accTitle: Vem gör vad\n  A --> B\n```\nEfter.",
            ["Vem gör vad", "Efter."],
        ),
        ("---\n", []),
        ("", []),
    ],
)
def test_a_passage_is_what_a_reader_sees(body: str, found: list[str]) -> None:
    assert list(passages(body, {"svarstid": "tre minuter"})) == found


@given(st.text(st.sampled_from("abå1 \n#>-*|`.:{}[]()<!~=\\")))
def test_any_text_has_passages_on_one_line(body: str) -> None:
    for passage in passages(body, {}):
        assert passage == " ".join(passage.split()) != ""


LINES = st.lists(
    st.lists(st.sampled_from(("kund", "svar", "åäö", "3", "e-post", "Öppet", "år")), min_size=1).map(
        " ".join
    ),
    min_size=1,
)


@given(LINES)
def test_no_word_is_lost_between_the_text_and_its_passages(lines: list[str]) -> None:
    body = "".join(
        f"{mark}{line}\n\n"
        for mark, line in zip(("", "- ", "> ", "1. ", "### ", "- > "), lines, strict=False)
    )
    kept = [word for line in lines[:6] for word in words(line)]
    assert [word for passage in passages(body, {}) for word in words(passage)] == kept


def test_every_word_of_every_section_stands_in_the_index() -> None:
    made = index(shipped())
    held = words_of(made)
    for entry in made.entries:
        texts = [entry.title, *(text for _, text in entry.passages)]
        missing = {word for text in texts for word in words(text)} - set(held[entry.id])
        assert not missing, entry.id


def test_what_is_said_twice_counts_more_and_a_title_most(tmp_path: Path) -> None:
    made = index(snapshot_of(tmp_path, {}))
    weights = dict(made.places[made.forms.index("telefon")])
    by_id = {made.entries[number].id: weight for number, weight in weights.items()}
    assert by_id["svar-telefon"] > 3 * by_id.get("svar-mejl", 1)


def test_steps_situations_promises_mandates_and_targets_are_searched() -> None:
    held = words_of(index(shipped()))
    assert {"parkera", "namn", "3", "minuter"} <= set(held["svar-telefon"])
    assert {"25000", "kundchefen"} <= set(held["mandat"])


def retired(line: str) -> dict[str, str]:
    return {CHAPTER_PATH: CHAPTER.replace("kind: promise\n", f"kind: promise\n{line}\n")}


def test_a_retired_section_is_found_by_its_title_and_the_reason_alone(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, retired("retired_on: 2026-01-01\nreason: Växeln är borta."))
    made = index(snapshot)
    entry = next(entry for entry in made.entries if entry.id == "svar-telefon")
    assert (entry.status and entry.status.value, entry.passages) == (
        "retired",
        ((Part.TEXT, "Växeln är borta."),),
    )
    assert "foretagets" not in words_of(made)["svar-telefon"]


def test_an_upcoming_section_is_marked(tmp_path: Path) -> None:
    made = index(snapshot_of(tmp_path, metadata("kind: rule\neffective_from: 2027-01-01\n")))
    assert [entry.status.value for entry in made.entries if entry.status] == ["upcoming"]


def test_neither_an_address_nor_a_comment_is_searched(tmp_path: Path) -> None:
    text = CHAPTER.replace("Vi svarar på mejl", "<!-- Fråga Sonja. -->\n\nVi svarar på mejl")
    made = script(index(snapshot_of(tmp_path, {CHAPTER_PATH: text})))
    assert "Sonja" not in made
    assert "example.com" not in made


def test_the_index_is_a_script_of_one_assignment_with_its_content_in_its_name(tmp_path: Path) -> None:
    """A page that was opened from a disk may fetch nothing, and a strict policy of scripts allows no eval."""
    made = index(snapshot_of(tmp_path, {}))
    text = script(made)
    found = re.fullmatch(r"globalThis\.livingPolicySearch=(\{.*\});\n", text)
    assert found
    value = json.loads(found[1])
    assert value["forms"].split(" ") == list(made.forms)
    assert len(value["stems"]) == len(value["places"]) == len(made.forms)
    assert script(index(snapshot_of(tmp_path, {}))) == text


def decoded(value: dict[str, list[list[int]]]) -> Iterator[tuple[tuple[int, int], ...]]:
    for steps in value["places"]:
        entry = 0
        places = []
        for step, weight in zip(steps[::2], steps[1::2], strict=True):
            entry += step
            places.append((entry, weight))
        yield tuple(places)


def test_the_steps_lead_back_to_the_places() -> None:
    made = index(shipped())
    value = json.loads(script(made).partition("=")[2].rstrip(";\n"))
    assert tuple(decoded(value)) == made.places
