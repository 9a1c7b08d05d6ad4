"""The forms of the report: nothing that is quoted can be more than text, and JSON is a contract."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from jsonschema import validate
from markdown_it import MarkdownIt

from tests.policy_repo import MINIMAL, PolicyRepo
from tests.proposal.desk import LEDGER, MONEY, POLICY, TARGETS, Desk, Edit
from tests.proposal.test_stories import BIG, STAMPS

HOSTILE = (
    "::error::ta över",
    "##[error]gammal form",
    "\x1b[31mrött\x1b[0m \x9b2J",
    "<script>alert(1)</script> <img src=x onerror=y>",
    "[länk](https://evil.example) ![bild](https://evil.example/x.png)",
    "https://evil.example och www.evil.example",
    "@almlunda/alla, #12, GH-7, !8, kund@evil.example",
    "$x$ och :tada: och `kod` och ~~struket~~",
    "1. punkt",
    "- punkt",
    "# Rubrik",
    "---",
    "| a | b |",
    "\u202eomvänt\u200b osynligt",
)
BODY = "\n\n".join(HOSTILE)
TITLE = "::warning::Mandat @alla https://evil.example 1. #12"


@pytest.fixture
def hostile(desk: Desk) -> Desk:
    """Return a proposal that tries everything in the message, in a title and in words."""
    desk.propose(
        Edit(MONEY, "## Mandat {", f"## {TITLE} {{"),
        Edit(MONEY, "Medarbetaren får", "::set-output name=x::y \\@alla får"),
        body=BODY,
    )
    return desk


def test_no_line_of_the_text_is_a_command_or_moves_a_cursor(hostile: Desk) -> None:
    report = hostile.told()
    assert not any(line.strip().startswith("::") for line in report.splitlines())
    assert "##[" not in report
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]", report)


def test_no_word_of_the_markdown_is_markup(hostile: Desk) -> None:
    report = hostile.told("markdown")
    for before in ("<script", "<img", "](", "`", "~~", "##["):
        assert before not in report
    read = unescape(report)
    assert not re.search(r"@\w|#\d|://|www\.|GH-\d|!\d|:tada:|\$\w", read)
    assert "alert(1)" in read
    assert not any(line.strip().startswith("::") for line in report.splitlines())
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(report)
    inner = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in (*tokens, *inner)}
    assert not kinds & {
        "link_open",
        "image",
        "code_inline",
        "fence",
        "hr",
        "table_open",
        "ordered_list_open",
        "s_open",
    }
    assert {each.content for each in inner if each.type == "html_inline"} <= {
        "<del>", "</del>", "<ins>", "</ins>", "<span>", "</span>"
    }  # fmt: skip
    headings = [
        tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"
    ]
    assert headings == ["Vad förslaget ändrar", "Ändrat i sak", "Skälet"]


def test_json_is_harmless_in_a_log(hostile: Desk) -> None:
    report = hostile.told("json")
    assert "##[" not in report
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e]", report)
    assert not any(line.strip().startswith("::") for line in report.splitlines())


# ---- JSON

TEXT, TEXTS, FLAG = {"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "boolean"}
NAME, PERHAPS = {"type": "string", "minLength": 1}, {"type": ["string", "null"]}
COMMIT = {"type": "string", "pattern": "^[0-9a-f]{40}([0-9a-f]{24})?$"}


def record(**properties: object) -> dict[str, object]:
    """Return the schema of an object that has these keys and no others."""
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def several(item: object) -> dict[str, object]:
    """Return the schema of a list."""
    return {"type": "array", "items": item}


FIGURE = record(
    amount={"enum": ["mandate", "poster", "at_most", "at_least", "share"]},
    subject=PERHAPS,
    before={"type": ["number", "string", "null"]},
    after={"type": ["number", "string", "null"]},
    unit_before=TEXT,
    unit=TEXT,
    text=NAME,
)
DOCUMENT = record(
    schema={"const": 1},
    base=COMMIT,
    head=COMMIT,
    empty=FLAG,
    base_readable=FLAG,
    opening=TEXTS,
    attention=TEXTS,
    sections=several(
        record(
            id=NAME,
            title=NAME,
            effect={"enum": ["new", "retired", "revised", "retitled", "editorial", "form", "moved"]},
            moved=FLAG,
            path=NAME,
            line={"type": "integer", "minimum": 1},
            chapter=PERHAPS,
            owner=PERHAPS,
            explained=FLAG,
            figures=several(FIGURE),
            summary=PERHAPS,
        )
    ),
    intervals=several(record(section=NAME, title=NAME, before=NAME, after=NAME, longer=FLAG)),
    targets=several(
        record(
            id=NAME,
            name=NAME,
            effect={"enum": ["new", "gone", "changed"]},
            easier=FLAG,
            figures=several(FIGURE),
            fields=TEXTS,
        )
    ),
    outcomes=several(
        record(
            target=NAME,
            name=NAME,
            effect={"enum": ["new", "gone", "changed"]},
            before={"type": ["object", "null"]},
            after={"type": ["object", "null"]},
        )
    ),
    improvements=several(
        record(
            id=NAME,
            problem=NAME,
            step={"enum": ["started", "checked", "kept", "retired", "changed", "gone"]},
            fields=TEXTS,
            rewrites=FLAG,
        )
    ),
    settings=several(record(topic=NAME, subject=PERHAPS, before={}, after={})),
    poster=FLAG,
    concerned=TEXTS,
    reviews=several(
        record(
            section=PERHAPS,
            target=PERHAPS,
            reviewed_on={"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            by=NAME,
            checked=NAME,
            outcome={"enum": ["unchanged", "revised", "needs-change"]},
            note=PERHAPS,
            other_role=FLAG,
        )
    ),
    reviews_gone={"type": "integer", "minimum": 0},
    weakenings=several(
        record(
            kind=NAME,
            path=NAME,
            line={"type": "integer"},
            section=PERHAPS,
            target=PERHAPS,
            before=TEXT,
            after=TEXT,
        )
    ),
    reasons=TEXTS,
    unexplained=TEXTS,
    guards={"type": "object", "additionalProperties": TEXTS},
    pictures=TEXTS,
    elsewhere=TEXTS,
)


def test_the_document_keeps_its_contract(desk: Desk) -> None:
    validate(desk.document(), DOCUMENT)
    desk.propose(*BIG, files={LEDGER: STAMPS, ".github/CODEOWNERS": "* @alla\n", "docs/a.md": "# A\n"})
    document = desk.document()
    validate(document, DOCUMENT)
    assert {each["id"]: each["effect"] for each in document["sections"]} == {
        "svar-telefon": "revised",
        "svar-mejl": "form",
        "klagomal": "form",
        "mandat": "revised",
        "retur": "new",
    }
    (figure,) = [
        each for section in document["sections"] if section["id"] == "mandat" for each in section["figures"]
    ]
    assert figure == {
        "amount": "mandate",
        "subject": "medarbetare",
        "before": 500.0,
        "after": 1000.0,
        "unit_before": "kr",
        "unit": "kr",
        "text": "500 → 1 000 kr",
    }
    assert document["guards"] == {"codeowners": [".github/CODEOWNERS"]}


# ---- refusals


def test_wrong_content_is_told_as_check_tells_it(desk: Desk) -> None:
    desk.propose(Edit(MONEY, "owner: ekonomichef", "owner: finns-inte"))
    for argv in (("main",), ("main", "forslag")):
        code, out, err = desk.run(*argv)
        assert (code, out) == (2, "")
        assert err.startswith(f"{MONEY}:3: unknown-owner: ")


@pytest.mark.parametrize("base", ["finns-inte", "HEAD:policy", "f" * 40, "a b", "@{upstream}"])
def test_without_a_base_it_refuses_with_the_cure(desk: Desk, base: str) -> None:
    code, out, err = desk.run(base)
    assert (code, out) == (3, "")
    assert base in err


def test_a_head_that_is_not_there_is_refused(desk: Desk) -> None:
    code, out, err = desk.run("main", "finns-inte")
    assert (code, out) == (3, "")
    assert "finns-inte" in err


def test_without_common_history_it_refuses(desk: Desk) -> None:
    desk.repo.git("checkout", "--quiet", "--orphan", "forslag")
    desk.repo.commit("2026-11-22", "Börja om", MINIMAL | {MONEY: None, TARGETS: None})
    code, out, err = desk.run("main")
    assert (code, out) == (3, "")
    assert "ingen historia gemensam" in err


def test_a_shallow_clone_is_refused_with_the_cure(desk: Desk, tmp_path: Path) -> None:
    clone = tmp_path / "shallow"
    desk.repo.git("clone", "--quiet", "--depth=1", f"file://{desk.repo.root}", str(clone))
    code, out, err = desk.run("main", "--root", str(clone))
    assert (code, out) == (3, "")
    assert "fetch-depth: 0" in err


def test_a_policy_in_a_folder_of_a_larger_repository_is_watched_at_the_top(desk: Desk) -> None:
    """Workflows stand at the top, the policy may lie below."""
    repo = PolicyRepo.create(desk.repo.root.parent / "large")
    repo.commit("2026-10-01", "Allt", {f"kund/{path}": text for path, text in POLICY.items()})
    repo.git("checkout", "--quiet", "-b", "forslag")
    files = {
        ".github/workflows/check.yml": "on: push\n",
        "kund/hooks/a.py": "\n",
        "annat/policy/policy.yml": "\n",
    }
    repo.commit("2026-11-22", "Ändra", files)
    code, out, _ = desk.run("main", "--root", str(repo.root / "kund"))
    assert code == 0
    assert "ändras: .github/workflows/check.yml." in out
    assert "ändras: kund/hooks/a.py." in out
    assert "Utanför policyn: annat/policy/policy.yml." in out
