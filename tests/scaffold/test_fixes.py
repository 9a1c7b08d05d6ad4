"""What is mechanical is mended, shown first, and nothing that a reader sees is touched."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingpolicy.fixes import mended
from livingpolicy.mistyped import mistyped_id
from livingpolicy.parse import parse_chapter
from livingpolicy.versions import read_chapter
from tests.policy_repo import CHAPTER, POLICY_YML
from tests.scaffold.calling import answer, call, every_file, make

CHAPTER_PATH = "policy/chapters/tillganglighet.md"
POLICY_PATH = "policy/policy.yml"
LEDGER_PATH = "policy/reviews/tillganglighet.yml"
TARGETS_PATH = "policy/targets.yml"

LEDGER = """\
# Liggaren
- section: svar-mejl
  reviewed_on: 2026-11-03
  by: kundchef
  checked: Tio mejl
  outcome: unchanged
"""
TARGETS = """\
svarstid:
  name: Svar i telefon
  wording: inom tre minuter
  at_most: 3
  unit: minutes
"""
BLOCK = "kind: promise\npromise: Vi svarar i telefon inom tre minuter.\n"


def chapter(*replacements: tuple[str, str]) -> str:
    text = CHAPTER
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text


def block(lines: str) -> str:
    return chapter((BLOCK, f"{BLOCK}{lines}\n"))


MENDED = {
    # The text that an editor left, the text it becomes, and what is said of it.
    "a heading without an id": (
        CHAPTER_PATH,
        chapter((" {#svar-mejl}", "")),
        chapter(("{#svar-mejl}", "{#svar-pa-mejl}")),
        ["20: section-without-id"],
    ),
    "an id without its hash": (
        CHAPTER_PATH,
        chapter(("{#svar-mejl}", "{svar-mejl}")),
        CHAPTER,
        ["20: mistyped-id"],
    ),
    "an id with a blank": (
        CHAPTER_PATH,
        chapter(("{#svar-mejl}", "{# svar-mejl} ##")),
        chapter(("{#svar-mejl}", "{#svar-mejl} ##")),
        ["20: mistyped-id"],
    ),
    "an id that is not closed, under a line": (
        CHAPTER_PATH,
        chapter(("## Svar på mejl {#svar-mejl}", "Svar på\nmejl {#svar-mejl\n----")),
        chapter(("## Svar på mejl {#svar-mejl}", "Svar på\nmejl {#svar-mejl}\n----")),
        ["21: mistyped-id"],
    ),
    "a heading whose id is taken": (
        CHAPTER_PATH,
        chapter(("## Svar på mejl {#svar-mejl}", "## Svar telefon ##")),
        chapter(("## Svar på mejl {#svar-mejl}", "## Svar telefon {#svar-telefon-2} ##")),
        ["20: section-without-id"],
    ),
    "an underlined heading": (
        CHAPTER_PATH,
        chapter(("## Svar på mejl {#svar-mejl}", "Svar på\nmejl\n----")),
        chapter(("## Svar på mejl {#svar-mejl}", "Svar på\nmejl {#svar-pa-mejl}\n----")),
        ["21: section-without-id"],
    ),
    "a colon in a title": (
        CHAPTER_PATH,
        chapter(
            ("title: Tillgänglighet", "title: Kort: så når du oss  # namnet"),
            ("# Till", "# Kort: så når du oss"),
        ),
        chapter(
            ("title: Tillgänglighet", 'title: "Kort: så når du oss"  # namnet'),
            ("# Till", "# Kort: så når du oss"),
        ),
        ["2: yaml-colon"],
    ),
    "a colon and quotes in a promise": (
        CHAPTER_PATH,
        chapter(("promise: Vi svarar", 'promise: Kort: "vi" svarar')),
        chapter(
            (
                "promise: Vi svarar i telefon inom tre minuter.",
                "promise: 'Kort: \"vi\" svarar i telefon inom tre minuter.'",
            )
        ),
        ["15: yaml-colon"],
    ),
    "colons in a list of sentences": (
        CHAPTER_PATH,
        block("steps:\n  - Säg: hej\n  - Fråga: vad: hur\n  - Tacka"),
        block('steps:\n  - "Säg: hej"\n  - "Fråga: vad: hur"\n  - Tacka'),
        ["17: colon-in-list", "18: yaml-colon"],
    ),
    "a colon in a text with a hash": (
        CHAPTER_PATH,
        block("reason: Kort: ring #1 först"),
        block('reason: "Kort: ring #1 först"'),
        ["16: yaml-colon"],
    ),
    "a key without a blank": (
        CHAPTER_PATH,
        chapter(("kind: promise", "kind:promise")),
        CHAPTER,
        ["14: yaml-no-blank"],
    ),
    "a last key without a blank": (
        CHAPTER_PATH,
        block("owner:kundchef"),
        block("owner: kundchef"),
        ["16: yaml-no-blank"],
    ),
    "a colon in a list within brackets": (
        CHAPTER_PATH,
        block("steps: [Säg: hej, Tacka]"),
        block('steps: ["Säg: hej", Tacka]'),
        ["16: colon-in-list"],
    ),
    "a sign that YAML keeps for itself": (
        CHAPTER_PATH,
        block("steps:\n  - @kund svarar först\n  - `F1` hjälper\nreview_when: [50 % fler]"),
        block('steps:\n  - "@kund svarar först"\n  - "`F1` hjälper"\nreview_when: [50 % fler]'),
        ["17: yaml-quote", "18: yaml-quote"],
    ),
    "a target that begins a sentence": (
        CHAPTER_PATH,
        block("steps:\n  - {{ target.svarstid }} gäller"),
        block('steps:\n  - "{{ target.svarstid }} gäller"'),
        ["17: yaml-quote"],
    ),
    "yes and no as words": (
        CHAPTER_PATH,
        block("steps: [ja, Nej, vet inte]\nsituations:\n  - nej"),
        block('steps: ["ja", "Nej", vet inte]\nsituations:\n  - "nej"'),
        ["16: yaml-yes-no", "18: yaml-yes-no"],
    ),
    "a date without its zeros": (
        CHAPTER_PATH,
        block("effective_from: 2026-1-5 # från nyår"),
        block("effective_from: 2026-01-05 # från nyår"),
        ["16: date-form"],
    ),
    "a title that is a number": (
        POLICY_PATH,
        POLICY_YML.replace("title: Kundpolicy", "title: 2026"),
        POLICY_YML.replace("title: Kundpolicy", 'title: "2026"'),
        ["1: not-text"],
    ),
    "a colon in the vision": (
        POLICY_PATH,
        POLICY_YML.replace("vision: Varje", "vision: Alltid: varje"),
        POLICY_YML.replace(
            "vision: Varje kund ska vilja komma tillbaka.",
            'vision: "Alltid: varje kund ska vilja komma tillbaka."',
        ),
        ["5: yaml-colon"],
    ),
    "tabs in the settings": (
        POLICY_PATH,
        POLICY_YML.replace("  kund", "\tkund"),
        POLICY_YML,
        ["9: yaml-tab", "10: yaml-tab"],
    ),
    "a guiding word that is no": (
        POLICY_PATH,
        POLICY_YML.replace("Omtanke", "Ja"),
        POLICY_YML.replace("Omtanke", '"Ja"'),
        ["6: yaml-yes-no"],
    ),
    "a date in the ledger": (
        LEDGER_PATH,
        LEDGER.replace("2026-11-03", "2026-11-3"),
        LEDGER,
        ["3: date-form"],
    ),
    "a date in the ledger within quotes": (
        LEDGER_PATH,
        LEDGER.replace("2026-11-03", "'2026-9-03'"),
        LEDGER.replace("2026-11-03", "'2026-09-03'"),
        ["3: date-form"],
    ),
    "a colon in what was checked": (
        LEDGER_PATH,
        LEDGER.replace("Tio mejl", "Mejl: tio av tio"),
        LEDGER.replace("Tio mejl", '"Mejl: tio av tio"'),
        ["5: yaml-colon"],
    ),
    "yes as what was checked": (
        LEDGER_PATH,
        LEDGER.replace("Tio mejl", "Ja"),
        LEDGER.replace("Tio mejl", '"Ja"'),
        ["5: yaml-yes-no"],
    ),
    "a colon in a target": (
        TARGETS_PATH,
        TARGETS.replace("inom tre", "snabbt: inom tre"),
        TARGETS.replace("inom tre minuter", '"snabbt: inom tre minuter"'),
        ["3: yaml-colon"],
    ),
    "a tab and a percentage in a target": (
        TARGETS_PATH,
        TARGETS.replace("  name: Svar", "\tname: %Svar"),
        TARGETS.replace("name: Svar i telefon", 'name: "%Svar i telefon"'),
        ["2: yaml-quote", "2: yaml-tab"],
    ),
    "no end of the last line": (TARGETS_PATH, TARGETS.rstrip(), TARGETS, ["5: final-newline"]),
    "the line ends of Windows": (LEDGER_PATH, LEDGER.replace("\n", "\r\n"), LEDGER, ["1: line-ends"]),
    "the line ends of an old Mac": (CHAPTER_PATH, CHAPTER.replace("\n", "\r"), CHAPTER, ["1: line-ends"]),
    "a byte order mark": (CHAPTER_PATH, f"\ufeff{CHAPTER}", CHAPTER, ["1: byte-order-mark"]),
    "letters in two parts": (
        LEDGER_PATH,
        LEDGER.replace("Tio", unicodedata.normalize("NFD", "Två")),
        LEDGER.replace("Tio", "Två"),
        ["5: not-nfc"],
    ),
}


@pytest.mark.parametrize("case", MENDED)
def test_what_is_mechanical_is_mended_and_nothing_else(case: str) -> None:
    path, before, after, said = MENDED[case]
    data, fixes = mended(path, before.encode(), frozenset({"svar-telefon"}))
    assert data.decode() == after
    assert [f"{fix.source.line}: {fix.code}" for fix in fixes] == said
    assert mended(path, data, frozenset({"svar-telefon"})) == (data, ())


LEFT = {
    # What a person has to decide.
    "nothing is wrong": (CHAPTER_PATH, CHAPTER),
    "a quote that is never closed": (CHAPTER_PATH, block('steps: ["Säg hej]')),
    "a bracket that is never closed": (CHAPTER_PATH, block("steps: [Säg hej")),
    "a day that does not exist": (CHAPTER_PATH, block("effective_from: 2026-2-30")),
    "a day that can be read in two ways": (CHAPTER_PATH, block("effective_from: 5/1 2026")),
    "a misspelt key": (CHAPTER_PATH, block("ower: kundchef")),
    "a heading with no letters": (CHAPTER_PATH, chapter(("## Svar på mejl {#svar-mejl}", "## 客户"))),
    "braces that are no id": (CHAPTER_PATH, chapter(("{#svar-mejl}", "{.svar}"))),
    "an id that cannot be used": (CHAPTER_PATH, chapter(("{#svar-mejl}", "{#Svar}"))),
    "a mistyped id that is taken": (CHAPTER_PATH, chapter(("{#svar-mejl}", "{svar-telefon}"))),
    "a heading without a blank": (CHAPTER_PATH, chapter(("## Svar på mejl", "##Svar på mejl"))),
    "a code fence that is never closed": (
        CHAPTER_PATH,
        chapter(("\nDen som svarar", "\n```\nDen som svarar"), (" {#svar-mejl}", "")),
    ),
    "a colon in text that is no YAML": (
        CHAPTER_PATH,
        chapter(("Vi svarar på mejl", "Så här: vi svarar: på mejl 2026-1-5, ja")),
    ),
    "an anchor": (CHAPTER_PATH, block("steps: [&a hej, *a]")),
    "a comment where a value should be": (CHAPTER_PATH, block("reason: #1 i Sverige")),
    "a text cut by a hash": (CHAPTER_PATH, block("reason: Ring #1 först")),
    "no front matter": (CHAPTER_PATH, CHAPTER.split("---\n")[2]),
    "tabs that can mean two things": (POLICY_PATH, "review:\n\tevery: 6 months\n  - x\n"),
    "invisible characters": (LEDGER_PATH, LEDGER.replace("Tio mejl", "Tio: me\u2028jl: ja")),
    "an empty file": (LEDGER_PATH, ""),
    "a merge that was not finished": (
        CHAPTER_PATH,
        chapter(("## Svar på mejl {#svar-mejl}", "<<<<<<< a\n## Svar\n=======\n## Svar på mejl\n>>>>>>> b")),
    ),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_needs_a_decision_is_left_alone(case: str) -> None:
    path, text = LEFT[case]
    assert mended(path, text.encode(), frozenset({"svar-telefon"})) == (text.encode(), ())


def test_what_is_not_utf_8_is_left_alone() -> None:
    data = CHAPTER.replace("\n", "\r\n").encode("cp1252")
    assert mended(CHAPTER_PATH, data, frozenset()) == (data, ())


# ---- whatever an editor wrote

WORDS = st.text("abåäöé ÅÄ:#\"'@%&*![]{}`,-|>\\{}ja nej", min_size=1, max_size=24).map(
    lambda text: text.replace("\n", " ")
)
DATES = st.sampled_from(["2026-1-5", "2026-01-05", "2026-2-30", "05/01", "20260105"])
VALUES = (
    WORDS | DATES | st.sampled_from(["ja", "nej", "2026", "true", "{{ target.x }}", "'x'", '"x" y', "a: b"])
)
KEYS = st.sampled_from(["kind", "promise", "effective_from", "steps", "owner", "reason", "x y"])
LINES = (
    st.tuples(KEYS, VALUES).map(": ".join)
    | st.tuples(KEYS, st.lists(VALUES, max_size=3)).map(lambda pair: f"{pair[0]}: [{', '.join(pair[1])}]")
    | st.tuples(KEYS, st.lists(VALUES, max_size=3)).map(
        lambda pair: f"{pair[0]}:\n" + "\n".join(f"  - {value}" for value in pair[1])
    )
)
BLOCKS = st.lists(LINES, max_size=4).map(
    lambda lines: f"```yaml\n{chr(10).join(lines)}\n```\n" if lines else ""
)
HEADINGS = st.tuples(WORDS, st.sampled_from(["", " {#a}", " {#b}", " ##"])).map("".join)
SECTIONS = st.tuples(HEADINGS, BLOCKS, WORDS).map(lambda parts: f"## {parts[0]}\n\n{parts[1]}\n{parts[2]}\n")
CHAPTERS = st.tuples(
    st.sampled_from(["", "\ufeff"]),
    st.lists(
        st.tuples(st.sampled_from(["title", "owner", "description"]), VALUES).map(": ".join), max_size=3
    ),
    st.lists(SECTIONS, max_size=4),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.sampled_from(["NFC", "NFD"]),
)


def written(parts: tuple[str, list[str], list[str], str, bool, str]) -> bytes:
    mark, front, sections, end, closed, form = parts
    text = f"---\n{chr(10).join(front)}\n---\n\n# Rubrik\n\nText.\n\n{chr(10).join(sections)}"
    text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    return (mark + (text if closed else text.rstrip("\n"))).replace("\n", end).encode()


@settings(max_examples=120, deadline=None)
@given(CHAPTERS)
def test_mending_twice_is_mending_once(parts: tuple[str, list[str], list[str], str, bool, str]) -> None:
    once, fixes = mended(CHAPTER_PATH, written(parts), frozenset())
    twice, again = mended(CHAPTER_PATH, once, frozenset())
    assert (twice, again) == (once, ())
    assert once == written(parts) or fixes


@settings(max_examples=120, deadline=None)
@given(CHAPTERS)
def test_what_could_be_read_means_what_it_meant(
    parts: tuple[str, list[str], list[str], str, bool, str],
) -> None:
    """The digest of each section that was right stays, and every section keeps its text to the letter."""
    data = written(parts)
    after, _ = mended(CHAPTER_PATH, data, frozenset())
    old, new = read_chapter(data, None), read_chapter(after, None)
    assert (old is None) == (new is None)
    if old is None or new is None:
        return
    right = right_lines(data)
    assert len(old.sections) == len(new.sections)
    for index, (one, other) in enumerate(zip(old.sections, new.sections, strict=True)):
        if mistyped_id(one.title) is None:
            assert one.meaning == other.meaning
        if index in right:
            assert (one.id, one.facts) == (other.id, other.facts)
        if one.id:
            assert one.id == other.id


def right_lines(data: bytes) -> set[int]:
    """Return which sections of a chapter the strict reader has nothing to say about."""
    read, problems = parse_chapter(
        CHAPTER_PATH, data.decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    )
    starts = [section.source.line for section in read.sections] + [10**9]
    wrong = {problem.source.line for problem in problems}
    return {
        index
        for index, (start, end) in enumerate(pairwise(starts))
        if not any(start <= line < end for line in wrong)
    }


# ---- the command


def test_the_preview_says_what_and_why_and_changes_nothing(tmp_path: Path) -> None:
    make(tmp_path, {CHAPTER_PATH: chapter((" {#svar-mejl}", ""), ("promise: Vi", "promise: Kort: vi"))})
    before = every_file(tmp_path)
    done = call(tmp_path, "fix")
    assert done.code == 1
    assert done.out == (
        f"{CHAPTER_PATH}:15: yaml-colon: Ett kolon i texten gör att raden inte går att läsa. "
        'Texten får citattecken: promise: "Kort: vi svarar i telefon inom tre minuter."\n'
        f"{CHAPTER_PATH}:20: section-without-id: Avsnittet saknar id. "
        "Det får ett av rubriken: ## Svar på mejl {#svar-pa-mejl}\n"
        f"--- a/{CHAPTER_PATH}\n"
        f"+++ b/{CHAPTER_PATH}\n"
        "@@ -14,3 +14,3 @@\n"
        " kind: promise\n"
        "-promise: Kort: vi svarar i telefon inom tre minuter.\n"
        '+promise: "Kort: vi svarar i telefon inom tre minuter."\n'
        " ```\n"
        "@@ -19,3 +19,3 @@\n"
        " \n"
        "-## Svar på mejl\n"
        "+## Svar på mejl {#svar-pa-mejl}\n"
        " \n"
    )
    assert done.err == (
        "2 saker kan rättas. Inget är ändrat. Kör livingpolicy fix --write för att rätta dem.\n"
    )
    assert every_file(tmp_path) == before


def test_what_was_mended_passes_check(tmp_path: Path) -> None:
    make(tmp_path, {CHAPTER_PATH: chapter((" {#svar-mejl}", ""), ("promise: Vi", "promise: Kort: vi"))})
    assert call(tmp_path, "check", "--no-git").code == 2
    assert call(tmp_path, "fix", "--write").code == 0
    assert call(tmp_path, "check", "--no-git").code == 0
    done = call(tmp_path, "fix")
    assert (done.code, done.out, done.err) == (0, "", "Inget att rätta på det sättet.\n")


def test_what_is_left_is_counted(tmp_path: Path) -> None:
    make(tmp_path, {CHAPTER_PATH: chapter((" {#svar-mejl}", ""), ("owner: ", "ower: "))})
    done = call(tmp_path, "fix", "--write")
    assert (done.code, done.err.count("\n")) == (0, 2)
    assert "1 fel återstår" in done.err


def test_two_chapters_never_get_the_same_id(tmp_path: Path) -> None:
    other = (
        CHAPTER.replace("Tillgänglighet", "Brev")
        .replace(" {#svar-mejl}", "")
        .replace("svar-telefon", "brev-1")
    )
    make(tmp_path, {CHAPTER_PATH: chapter((" {#svar-mejl}", "")), "policy/chapters/brev.md": other})
    assert "{#svar-pa-mejl-2}" in call(tmp_path, "fix").out


def test_a_folder_that_is_no_policy_is_told(tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    done = call(tmp_path, "fix", "--write")
    assert (done.code, "Traceback" in done.err) == (0, False)
    assert every_file(tmp_path) == {}


def test_check_offers_to_mend_first(tmp_path: Path) -> None:
    """Nobody is asked in a script, and what it reads stays what it was."""
    make(tmp_path, {CHAPTER_PATH: chapter(("promise: Vi", "promise: Kort: vi"))})
    before = every_file(tmp_path)
    done = call(tmp_path, "check", "--no-git", "--fix", "--format", "json")
    assert (done.code, json.loads(done.out) is None) == (2, False)
    assert '+promise: "Kort: vi svarar' in done.err
    assert "livingpolicy fix --write" in done.err
    assert answer(tmp_path, ["check", "--no-git", "--fix"], ["n"]).code == 2
    assert every_file(tmp_path) == before
    assert answer(tmp_path, ["check", "--no-git", "--fix"], ["y"]).code == 0
    assert every_file(tmp_path) != before
