"""When two texts mean the same."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingpolicy.meaning import definitions, facts, meaning, reads_same
from tests.history.prose import Style, edited, text


def means(body: str) -> str:
    return meaning(body, definitions(body))


seeds = st.integers(0, 2**32).map(random.Random)


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_the_same_text_in_another_style_means_the_same(dice: random.Random):
    """Wrapping, markers, quotes, dashes, escapes, comments, link form, headings' level, NFC or NFD."""
    written = text(dice)
    one, other = Style(dice).write(written), Style(dice).write(written)
    assert means(one) == means(other), f"{one}\n=====\n{other}"


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_one_other_word_means_something_else(dice: random.Random):
    written = text(dice)
    one, other = Style(dice).write(written), Style(dice).write(edited(written, dice))
    assert means(one) != means(other), f"{one}\n=====\n{other}"


pieces = st.sampled_from(
    [
        *"abc",
        "ö",
        "500",
        "1.",
        "-",
        "–",
        "”",
        "*",
        "_",
        "`",
        "&",
        "&amp;",
        "<",
        "<!--",
        "-->",
        "[",
        "](x)",
        "|",
        "#",
        ">",
    ]
)
bodies = st.lists(st.tuples(pieces, st.sampled_from([" ", " ", "\n", "\n\n", ""])), max_size=12).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


@settings(max_examples=600, deadline=None)
@given(bodies, bodies, st.data())
def test_what_can_be_told_from_the_words_alone_is_what_the_meaning_tells(
    one: str, other: str, data: st.DataObject
):
    middle = data.draw(st.tuples(bodies, bodies))
    for left, right in ((one, other), (f"{one} {middle[0]} {other}", f"{one} {middle[1]} {other}")):
        told = reads_same(left, right)
        assert told is None or told == (means(left) == means(right))


@settings(max_examples=500, deadline=None)
@given(bodies)
def test_a_rule_below_a_text_changes_nothing_above_it(body: str):
    """Running text is read quickly, anything else line by line; both see the same."""
    if "<!--" not in body and "`" not in body:
        assert means(f"{body}\n\n***") == f"{means(body)}\x06rule"


@settings(max_examples=500, deadline=None)
@given(st.text())
def test_any_text_has_a_meaning(body: str):
    means(body)


SAME = [
    ("Vi svarar\nsamma dag.", "Vi svarar samma dag.  "),
    ("Rad ett  \nrad två", "Rad ett\\\nrad två"),
    ("**Viktigt** ord", "Viktigt ord"),
    ("*a* _b_ __c__ ***d***", "a b c d"),
    ("- ett\n- två", "* ett\n\n* två"),
    ("1. ett\n2. två", "1) ett\n1) två"),
    ("- ett\n  - inuti", "+ ett\n    + inuti"),
    ("### Rubrik", "##### Rubrik #####"),
    ("Rubrik\n===", "### Rubrik"),
    ("”Tack”, sa hen", "\"Tack\", sa hen"),
    ("8–18", "8-18"),
    ("ett -- två", "ett — två"),
    ("vänta…", "vänta..."),
    (r"50 \% \& 3 \* 4", "50 % & 3 * 4"),
    ("text <!-- minns -->här", "text här"),
    ("<!-- hel\n\nkommentar -->\nText", "Text"),
    ("[hit](/x)", "[hit][1]\n\n[1]: /x"),
    ("[hit](/x 'T')", "[Hit][]\n\n[hit]: </x> \"T\"".replace("Hit", "hit")),
    ("| a | b |\n|---|---|\n| c | d |", "a|b\n:-:|-----\nc|d"),
    ("```\nkod\n```", "~~~~\nkod\n~~~~"),
    ("> ett\n> två", "> ett två"),
    ("> ett\ntvå", "> ett\n> två"),
    ("***", "- - -"),
    ("A\u030angra", "Ångra"),
    ("mjukt\u00adstreck", "mjuktstreck"),
    ("&amp; &eacute;", "& é"),
    ("<https://example.com>", "[https://example.com](https://example.com)"),
    ("Ett.\n\n\n\nTvå.", "Ett.\n\nTvå."),
]  # fmt: skip
OTHER = [
    ("500 kr", "1 000 kr"),
    ("Vi ska", "Vi bör"),
    ("Det får inte", "Det får"),
    ("[hit](/x)", "[hit](/y)"),
    ("[hit][1]\n\n[1]: /x", "[hit][1]\n\n[1]: /y"),
    ("[hit här](/x)", "hit [här](/x)"),
    ("[hit](/x)", "hit"),
    ("![bild](a.png)", "[bild](a.png)"),
    ("| a |\n|---|\n| 1 |", "| a |\n|---|\n| 2 |"),
    ("| a | b |\n|---|---|\n| c | |", "| a | b |\n|---|---|\n| | c |"),
    ("`ja`", "`nej`"),
    ("`ja`", "ja"),
    ("```\n  a\n```", "```\na\n```"),
    ("```\n*a*\n```", "```\na\n```"),
    ("3*4", "34"),
    ("5 * 3", "5 3"),
    ("snake_case", "snakecase"),
    ("- ett\n- två", "- ett två"),
    ("- ett\n- två", "1. ett\n2. två"),
    ("- ett\n  - två", "- ett\n- två"),
    ("3. ett", "4. ett"),
    ("Ett. Två.", "Ett.\n\nTvå."),
    ("> Ett", "Ett"),
    ("### Ett", "Ett"),
    ("Ett", "Ett."),
    ("Ett", "ett"),
    ("1 000", "1000"),
    ("[x] klart", "[ ] klart"),
    ("a\n\n---\n\nb", "a\n\nb"),
    ("\\*a\\*", "*a*"),
    ("~~bort~~", "bort"),
    ("{{ target.a }}", "{{ target.b }}"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_no_reader_sees_does_not_count(one: str, other: str):
    assert means(one) == means(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_everything_else_counts(one: str, other: str):
    assert means(one) != means(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"kind": "guideline"}, {}),
        ({"kind": "rule", "promise": "a\nb"}, {"promise": "a b", "kind": "rule"}),
        ({"poster": {"text": "x"}, "situations": ["a"], "tags": ["b"], "review_every": "6 months"}, {}),
        ({"channels": ["phone"], "phases": ["after"], "areas": ["speed"], "order": 3, "aliases": ["x"]}, {}),
        (
            {"mandate": [{"role": "a", "up_to": 500}, {"role": "b", "up_to": 900}]},
            {"mandate": [{"up_to": 900.0, "role": "b"}, {"up_to": 500, "role": "a"}]},
        ),
        ({"effective_from": "2027-01-01"}, {"effective_from": "2027-01-01", "steps": []}),
    ],
)
def test_metadata_that_say_nothing_new_do_not_count(one: dict[str, object], other: dict[str, object]):
    assert facts(one) == facts(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"kind": "rule"}, {"kind": "promise"}),
        ({"promise": "Inom tre minuter."}, {"promise": "Inom två minuter."}),
        ({"mandate": [{"role": "a", "up_to": 500}]}, {"mandate": [{"role": "a", "up_to": 1000}]}),
        ({"target": "a"}, {"target": "b"}),
        ({"steps": ["Lyssna", "Tacka"]}, {"steps": ["Tacka", "Lyssna"]}),
        ({"steps": ["Lyssna, tacka"]}, {"steps": ["Lyssna", "tacka"]}),
        ({"effective_from": "2027-01-01"}, {"effective_from": "2027-02-01"}),
        ({"retired_on": "2027-01-01"}, {}),
    ],
)
def test_metadata_of_substance_count(one: dict[str, object], other: dict[str, object]):
    assert facts(one) != facts(other)


@pytest.mark.parametrize("part", ["`", "*a", "[", "[a](b 'x", "<!--", "\\", "_a ", "&amp;", "<a ", "| a "])
def test_hostile_text_takes_time_in_proportion_to_its_length(part: str):
    start = time.process_time()
    means(part * 30_000)
    assert time.process_time() - start < 3
