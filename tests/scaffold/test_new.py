"""A new chapter or section is right from the start, and nothing else in the files it goes into is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.outline import outline
from livingpolicy.quoting import scalar
from livingpolicy.scaffold import free_id, section_text, with_chapter, with_section
from livingpolicy.schema import id_fault
from livingpolicy.strictyaml import Source, read
from tests.policy_repo import CHAPTER
from tests.scaffold.calling import FILES, LISTED, answer, call, every_file, make

CHAPTER_PATH = "policy/chapters/tillganglighet.md"


def test_a_new_chapter_passes_check_and_stands_last_in_the_list(tmp_path: Path) -> None:
    make(tmp_path)
    name = "leverans-frakt-sa-gor-vi"
    made = call(tmp_path, "new", "chapter", "Leverans & frakt: så gör vi")
    assert (made.code, made.out) == (
        0,
        f"policy/chapters/{name}.md:1: nytt kapitel ”Leverans & frakt: så gör vi”, id {name}\n",
    )
    text = (tmp_path / "policy/chapters/leverans-frakt-sa-gor-vi.md").read_text("utf-8")
    assert text.startswith(
        '---\ntitle: "Leverans & frakt: så gör vi"\n---\n\n# Leverans & frakt: så gör vi\n\n'
    )
    assert (tmp_path / "policy/policy.yml").read_text("utf-8") == (
        FILES["policy/policy.yml"] + "  - leverans-frakt-sa-gor-vi\n"
    )
    checked = call(tmp_path, "check", "--no-git")
    assert (checked.code, ": placeholder: varning: " in checked.out) == (0, True)


def test_everything_about_a_chapter_can_be_said_in_the_call(tmp_path: Path) -> None:
    make(tmp_path)
    call(tmp_path, "new", "chapter", "Leverans", "--id", "frakt", "--owner", "kundtjanstchef",
         "--every", "3 months", "--description", "Om frakt", "--after", "tillganglighet")  # fmt: skip
    text = (tmp_path / "policy/chapters/frakt.md").read_text("utf-8")
    assert text.startswith(
        "---\ntitle: Leverans\nowner: kundtjanstchef\nreview_every: 3 months\ndescription: Om frakt\n---\n"
    )
    assert call(tmp_path, "check", "--no-git").code == 0


def test_a_new_section_stands_last_and_is_the_only_change(tmp_path: Path) -> None:
    make(tmp_path)
    made = call(tmp_path, "new", "section", "Svar i chatt", "--chapter", "tillganglighet")
    assert made.out == f"{CHAPTER_PATH}:24: nytt avsnitt ”Svar i chatt”, id svar-i-chatt\n"
    text = (tmp_path / CHAPTER_PATH).read_text("utf-8")
    assert text == CHAPTER + (
        "\n## Svar i chatt {#svar-i-chatt}\n\n"
        "Skriv här vad du gör, i vilken ordning, och vad du säger till kunden.\n"
    )
    assert "rad 26" in made.err
    checked = call(tmp_path, "check", "--no-git")
    assert (checked.code, ": placeholder: varning: " in checked.out) == (0, True)


def test_a_promise_makes_a_promise(tmp_path: Path) -> None:
    make(tmp_path)
    promise = "Kort sagt: vi svarar samma dag."
    call(
        tmp_path,
        "new",
        "section",
        "Brev",
        "--chapter",
        "tillganglighet",
        "--promise",
        promise,
        "--text",
        "Svara.",
    )
    text = (tmp_path / CHAPTER_PATH).read_text("utf-8")
    assert text.endswith(
        f'\n## Brev {{#brev}}\n\n```yaml\nkind: promise\npromise: "{promise}"\n```\n\nSvara.\n'
    )
    assert call(tmp_path, "check", "--no-git", "--strict").code == 0


@pytest.mark.parametrize(
    ("after", "order"),
    [
        ("tillganglighet", ["nytt", "svar-telefon", "svar-mejl"]),
        ("svar-telefon", ["svar-telefon", "nytt", "svar-mejl"]),
        ("svar-mejl", ["svar-telefon", "svar-mejl", "nytt"]),
        (None, ["svar-telefon", "svar-mejl", "nytt"]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("tail", ["", "\n", "\n\n\n"])
def test_a_section_goes_where_it_was_asked_for(
    after: str | None, order: list[str], end: str, tail: str
) -> None:
    """Whatever ends the lines and the file, all that stood there stands there still."""
    before = (CHAPTER.rstrip("\n") + tail).replace("\n", end)
    text, line = with_section(before, section_text("Nytt", "nytt", "Text.", {}), after)
    plain = text.replace(end, "\n")
    assert [section.id for section in outline(plain).sections] == order
    assert plain.split("\n")[line - 1] == "## Nytt {#nytt}"
    assert text.count(end) == plain.count("\n")
    kept = plain.replace("## Nytt {#nytt}\n\nText.\n", "", 1)
    assert [row for row in kept.split("\n") if row] == [row for row in CHAPTER.split("\n") if row]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "chapters:\n  - a  # ett\n  # nästa\n  - b\nx: 1\n",
            None,
            "chapters:\n  - a  # ett\n  # nästa\n  - b\n  - c\nx: 1\n",
        ),
        (
            "chapters:\n  - a  # ett\n  # nästa\n  - b\n",
            "a",
            "chapters:\n  - a  # ett\n  - c\n  # nästa\n  - b\n",
        ),
        ("chapters:\r\n- a\r\n- b", None, "chapters:\r\n- a\r\n- b\r\n- c\r\n"),
        ("chapters: [a, b]  # [alla]\n", None, "chapters: [a, b, c]  # [alla]\n"),
        ("chapters: [a, 'b',]\n", "a", "chapters: [a, c, 'b',]\n"),
        (
            "chapters: [ # de ]\n  a, # ett, två\n  b ]\n",
            None,
            "chapters: [ # de ]\n  a, # ett, två\n  b,\n  c ]\n",
        ),
        ("x: [y]\nchapters: [a,\n  b\n]\n", None, "x: [y]\nchapters: [a,\n  b,\n  c\n]\n"),
        ("title: Utan lista\n", None, "title: Utan lista\n"),
    ],
)
def test_the_list_of_chapters_keeps_its_form_and_its_comments(
    before: str, after: str | None, expected: str
) -> None:
    assert with_chapter(before, "c", after) == expected
    document, problems = read(expected, Source(""))
    assert document is not None
    assert not problems


def test_an_id_is_made_from_the_title_and_is_free(tmp_path: Path) -> None:
    make(tmp_path)
    for expected in ("svar-mejl-2", "svar-mejl-3"):
        made = call(tmp_path, "new", "section", "Svar: mejl!", "--chapter", "tillganglighet")
        assert made.out.endswith(f"id {expected}\n")
    assert call(tmp_path, "new", "chapter", "Granskning").out.endswith("id granskning-2\n")
    assert call(tmp_path, "new", "chapter", "客户").out.endswith("id kapitel\n")
    assert call(tmp_path, "check", "--no-git").code == 0


@given(st.text(max_size=200), st.sets(st.sampled_from(["a", "a-2", "avsnitt", "index", "con"])))
def test_whatever_the_title_its_id_can_be_used(title: str, taken: set[str]) -> None:
    name = free_id(title, taken, "avsnitt")
    assert id_fault(name) is None
    assert name not in taken


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn")),
        min_size=1,
    )
)
def test_whatever_the_text_it_is_read_back_from_yaml(text: str) -> None:
    text = " ".join(text.split())
    document, problems = read(f"key: {scalar(text)}\n", Source(""))
    if text and "\ufffd" not in text and not problems:
        assert document is not None
        assert document.value == {"key": text}


# ---- what cannot be done is refused, and nothing is written


IN = ("--chapter", "tillganglighet")
WRONG = {
    "the title is missing": (["section"], "TITLE"),
    "the chapter is missing": (["section", "Brev"], "--chapter"),
    "a promise without its words": (["section", "Brev", *IN, "--kind", "promise"], "--promise"),
    "a rule with a promise": (
        ["section", "Brev", *IN, "--kind", "rule", "--promise", "Alltid."],
        "Ett avsnitt av slaget rule har inget löfte.",
    ),
    "a chapter that is not there": (
        ["section", "Brev", "--chapter", "tillgänglighet"],
        "Menade du tillganglighet?",
    ),
    "a section that is not there": (["section", "Brev", "--after", "svar-telefn"], "Menade du svar-telefon?"),
    "a kind that is not there": (["section", "Brev", *IN, "--kind", "löfte"], "guideline"),
    "a role that is not there": (
        ["chapter", "Brev", "--owner", "kundtjänstchef"],
        "Menade du kundtjanstchef?",
    ),
    "an interval in words": (["chapter", "Brev", "--every", "varje år"], "6 months"),
    "an interval above the ceiling": (["chapter", "Brev", "--every", "3 years"], "längre än taket"),
    "an id with capitals": (["chapter", "Brev", "--id", "Brev"], "till exempel brev"),
    "an id that is taken": (["chapter", "Brev", "--id", "svar-mejl"], "till exempel svar-mejl-2"),
    "an id that is a page": (["chapter", "Brev", "--id", "plansch"], "till exempel plansch-2"),
    "a title with a tag": (["chapter", "Brev <b>"], "Tecknen < och >"),
    "a title that is empty": (["chapter", "  "], "saknar värde"),
    "a text that is empty": (["section", "Brev", *IN, "--text", ""], "--text är tomt"),
    "a text with a second title": (
        ["section", "Brev", *IN, "--text", "# Brev"],
        "en andra huvudrubrik",
    ),
    "a text with a link to nowhere": (
        ["section", "Brev", *IN, "--text", "Se [brev](brev.md)."],
        "leder ingenstans",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_done_is_told_in_words_and_leaves_no_trace(tmp_path: Path, case: str) -> None:
    arguments, said = WRONG[case]
    before = every_file(make(tmp_path))
    done = call(tmp_path, "new", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err
    assert every_file(tmp_path) == before


def test_a_policy_that_is_wrong_already_is_mended_first(tmp_path: Path) -> None:
    make(tmp_path, {CHAPTER_PATH: CHAPTER.replace("owner: kundtjanstchef", "owner: chefen")})
    before = every_file(tmp_path)
    done = call(tmp_path, "new", "chapter", "Brev")
    assert (done.code, "unknown-owner" in done.err) == (2, True)
    assert every_file(tmp_path) == before


# ---- on a terminal


def test_on_a_terminal_a_section_is_made_by_answering(tmp_path: Path) -> None:
    make(tmp_path)
    done = answer(
        tmp_path,
        ["new", "section"],
        [
            "Svar på brev",
            "tillgnglighet",
            "tillganglighet",
            "",
            "promise",
            "",
            "Vi svarar samma dag.",
            "Svara.",
        ],
    )
    assert done.code == 0, done.out
    assert "Menade du tillganglighet?" in done.out
    assert "löfte: kunden får hålla oss till det" in done.out
    assert (
        (tmp_path / CHAPTER_PATH)
        .read_text("utf-8")
        .endswith(
            "\n## Svar på brev {#svar-pa-brev}\n\n"
            "```yaml\nkind: promise\npromise: Vi svarar samma dag.\n```\n\nSvara.\n"
        )
    )


def test_on_a_terminal_enter_takes_the_proposals_of_a_chapter(tmp_path: Path) -> None:
    make(tmp_path)
    done = answer(tmp_path, ["new", "chapter", "Leverans"], ["", "kundtjanstchef", "", ""])
    assert done.code == 0, done.out
    assert "Granskas varje [12 months]" in done.out
    text = (tmp_path / "policy/chapters/leverans.md").read_text("utf-8")
    assert text.startswith("---\ntitle: Leverans\nowner: kundtjanstchef\n---\n\n# Leverans\n")


def test_who_asks_for_no_questions_gets_none_on_a_terminal_either(tmp_path: Path) -> None:
    make(tmp_path)
    assert answer(tmp_path, ["new", "chapter", "Leverans", "--no-input"], []).code == 0
    assert answer(tmp_path, ["new", "chapter", "--no-input"], []).code == 2


def test_the_review_asks_what_was_checked_and_what_came_of_it(tmp_path: Path) -> None:
    make(tmp_path)
    done = answer(tmp_path, ["review", "svar-telefon"], [" ", "Växelns statistik", "needs-change"])
    assert done.code == 0, done.out
    assert "Svar i telefon" in done.out
    ledger = (tmp_path / "policy/reviews/tillganglighet.yml").read_text("utf-8")
    assert "checked: Växelns statistik\n  outcome: needs-change\n" in ledger


def test_a_review_without_a_section_asks_for_it(tmp_path: Path) -> None:
    make(tmp_path)
    assert answer(tmp_path, ["review"], ["svar-fax", "svar-mejl", "Tio mejl", ""]).code == 0
    assert call(tmp_path, "review", "--checked", "Allt").code == 2


def test_a_ledger_with_the_line_ends_of_windows_keeps_them(tmp_path: Path) -> None:
    before = (
        "# Liggaren\r\n- section: svar-mejl\r\n  reviewed_on: 2026-11-01\r\n  by: kundchef\r\n"
        "  checked: Allt\r\n  outcome: unchanged\r\n"
    )
    path = make(tmp_path, {"policy/reviews/tillganglighet.yml": before}) / "policy/reviews/tillganglighet.yml"
    assert call(tmp_path, "review", "svar-telefon", "--checked", "Allt").code == 0
    after = path.read_bytes()
    assert after.startswith(before.encode())
    assert after.count(b"\n") == after.count(b"\r\n")


def test_the_list_in_the_example_is_where_it_is_thought_to_be() -> None:
    assert FILES["policy/policy.yml"].endswith(LISTED)
