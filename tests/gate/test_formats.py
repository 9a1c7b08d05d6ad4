"""The gate's findings in five formats: the same facts, and nothing in the policy can be more than text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import validate

from livingpolicy.errors import ExitCode, Problem
from livingpolicy.gate import Verdict
from livingpolicy.language import catalogue
from livingpolicy.model import Note, Source
from livingpolicy.render.findings_github import annotation, github
from livingpolicy.render.findings_json import document
from livingpolicy.render.findings_junit import junit
from livingpolicy.render.findings_sarif import sarif
from livingpolicy.render.findings_text import text
from tests.gate.desk import ACCESS, PHONE, PHONE_REVISED, PHONE_REWRAPPED, TODAY, Desk, chapter
from tests.policy_repo import CHAPTER, MINIMAL, PolicyRepo

HOSTILE = (
    "::error::ta över",
    "rad ett\n::set-output name=x::y",
    "rad ett\r::add-mask::hemlig",
    "##[error]gammal form",
    "100 %0A::warning::x",
    "a,line=1::b",
    "]]></failure><failure>",
    "\x1b[31mrött\x00\x85\u2028::debug::",
    '"</script><script>',
)
SV = catalogue("sv")


def verdict(*titles: str) -> Verdict:
    """Return a verdict with a finding of each level for each title, and a remark."""

    def problem(title: str, line: int, *, warning: bool = False) -> Problem:
        values = {"title": title, "reviewed": "2026-06-01", "owner": title}
        return Problem(Source("policy/chapters/å b%.md", line), "needs-change", values, warning)

    return Verdict(
        problems=tuple(
            problem(title, line, warning=warning)
            for line, title in enumerate(titles, 1)
            for warning in (True, False)
        ),
        exit_code=ExitCode.FINDING,
        notes=tuple(problem(title, line) for line, title in enumerate(titles, 1)),
        remarks=tuple(Note("note.date-future", {"commit": "c0ffee", "subject": title}) for title in titles),
        scope="changed",
        judged=3,
        as_of=date(2026, 11, 22),
        head="a" * 40,
        base="b" * 40,
    )


COMMAND = re.compile(r"::(error|warning|notice)(?: ([^:]*))?::(.*)")
"""How the runner reads a line: a word, properties up to the next two colons, and the message."""


def decoded(line: str) -> tuple[str, dict[str, str], str]:
    """Read a command as the runner does."""
    found = COMMAND.fullmatch(line)
    assert found, line
    pairs = dict(pair.split("=", 1) for pair in found[2].split(",")) if found[2] else {}

    def plain(value: str) -> str:
        for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(code, char)
        return value

    return found[1], {name: plain(value) for name, value in pairs.items()}, plain(found[3])


def test_no_title_is_a_command_to_github() -> None:
    lines = github(verdict(*HOSTILE), SV).split("\n")
    assert lines.pop() == ""
    assert len(lines) == 4 * len(HOSTILE)
    assert not any("##[" in line for line in lines)
    assert not any(char < " " or "\x7f" <= char <= "\x9f" for line in lines for char in line)
    told = [decoded(line) for line in lines]
    assert {name for name, _, _ in told} == {"error", "warning", "notice"}
    placed = [properties for _, properties, _ in told if properties]
    assert {properties["file"] for properties in placed} == {"policy/chapters/å b%.md"}
    assert all(properties.keys() == {"file", "line", "title"} for properties in placed)
    assert all(properties["title"].endswith("(needs-change)") for properties in placed)
    assert any("rad ett\n::set-output name=x::y" in message for _, _, message in told)


@given(st.text())
def test_whatever_is_written_stays_on_one_line(words: str) -> None:
    line = annotation("notice", words)
    assert line.endswith("\n")
    assert len(line.splitlines()) == 1
    assert line.startswith("::notice::")
    assert "##[" not in line


# ---- JSON

FINDING = {
    "level": {"enum": ["error", "warning", "note"]},
    "code": {"pattern": "^[a-z0-9-]+$"},
    "path": {"type": "string", "minLength": 1},
    "line": {"type": "integer", "minimum": 1},
    "message": {"type": "string", "minLength": 1},
    "values": {"type": "object", "additionalProperties": {"type": "string"}},
}
COMMIT = {"type": ["string", "null"], "pattern": "^[0-9a-f]{40}([0-9a-f]{24})?$"}
DOCUMENT = {
    "schema": {"const": 1},
    "scope": {"enum": ["all", "changed"]},
    "as_of": {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "head": COMMIT,
    "base": COMMIT,
    "exit_code": {"enum": [0, 1, 2]},
    "counts": {
        "type": "object",
        "required": ["error", "warning", "note"],
        "additionalProperties": {"type": "integer", "minimum": 0},
    },
    "findings": {
        "items": {
            "type": "object",
            "required": list(FINDING),
            "additionalProperties": False,
            "properties": FINDING,
        }
    },
    "remarks": {"type": "array", "items": {"type": "string"}},
}
CONTRACT = {
    "type": "object",
    "required": list(DOCUMENT),
    "additionalProperties": False,
    "properties": DOCUMENT,
}
"""Schema 1. Scripts of others depend on it: a change that breaks this test raises `schema`."""


def test_json_keeps_the_contract_and_the_text_as_it_is() -> None:
    told = json.loads(document(verdict(*HOSTILE), SV))
    validate(told, CONTRACT)
    assert told["counts"] == dict.fromkeys(("error", "warning", "note"), len(HOSTILE))
    assert {each["values"]["title"] for each in told["findings"]} == set(HOSTILE)


# ---- JUnit


def test_junit_fails_for_errors_and_tells_the_rest() -> None:
    root = ET.fromstring(junit(verdict(*HOSTILE), SV))
    tests = root.findall("testsuite/testcase")
    count = len(HOSTILE)
    assert root.attrib["tests"] == root.find("testsuite").attrib["tests"] == str(len(tests)) == str(3 * count)
    assert root.attrib["failures"] == str(len(root.findall(".//failure"))) == str(count)
    assert len(root.findall("testsuite/testcase/system-out")) == 2 * count
    assert "]]></failure><failure>" in "".join(failure.text or "" for failure in root.iter("failure"))
    assert HOSTILE[0] in (root.findtext("testsuite/system-out") or "")


def test_junit_without_findings_has_a_test_that_passes() -> None:
    """An empty suite is taken by some for one that did not run."""
    root = ET.fromstring(junit(replace(verdict(), exit_code=ExitCode.FINE), SV))
    (test,) = root.findall("testsuite/testcase")
    assert (len(test), root.attrib["tests"], root.attrib["failures"]) == (0, "1", "0")


# ---- SARIF

MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
    "properties": {
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["error", "warning", "note"]},
        "message": MESSAGE,
        "locations": {
            "minItems": 1,
            "items": {
                "properties": {
                    "physicalLocation": {
                        "required": ["artifactLocation", "region"],
                        "properties": {
                            "artifactLocation": {
                                "required": ["uri"],
                                "properties": {"uri": {"format": "uri-reference", "pattern": "^[!-~]+$"}},
                            },
                            "region": {"properties": {"startLine": {"type": "integer", "minimum": 1}}},
                        },
                    }
                }
            },
        },
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "minItems": 1,
            "items": {
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name"],
                                "properties": {"rules": {"uniqueItems": True, "items": {"required": ["id"]}}},
                            }
                        },
                    },
                    "language": {"pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "invocations": {
                        "items": {
                            "required": ["executionSuccessful"],
                            "properties": {
                                "toolExecutionNotifications": {
                                    "items": {"required": ["message"], "properties": {"message": MESSAGE}}
                                }
                            },
                        }
                    },
                    "results": {"type": "array", "items": RESULT},
                },
            },
        },
    },
}
"""What the standard demands of the parts that we use."""


def test_sarif_is_well_formed_and_every_result_has_its_rule() -> None:
    told = json.loads(sarif(verdict(*HOSTILE), SV))
    validate(told, SARIF)
    (run,) = told["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run["results"]]
    assert {unquote(place["uri"]) for place in places} == {"policy/chapters/å b%.md"}
    assert {place["uriBaseId"] for place in places} <= run["originalUriBaseIds"].keys()
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == len(HOSTILE)


# ---- through the command

FORMATS = ("text", "github", "json", "junit", "sarif")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_tells_of_errors_warnings_and_notes(desk: Desk, form: str) -> None:
    desk.propose(chapter((PHONE, PHONE_REWRAPPED), ("# Svar på mejl", "# Svar på brev")), body="")
    code, out, _ = desk.run(
        "check", "--scope", "changed", "--base", "main", "--today", TODAY, "--format", form
    )
    assert code == 1
    for told in ("touched-overdue", "no-reason", "overdue-elsewhere"):
        assert told in out


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("scope", ["all", "changed"])
def test_wrong_content_is_told_in_every_format(desk: Desk, form: str, scope: str) -> None:
    desk.propose(chapter(("kind: promise", "kind: löfte"), (PHONE, PHONE_REVISED)))
    code, out, err = desk.run("check", "--scope", scope, "--base", "main", "--format", form)
    assert code == 2
    assert "not-allowed" in (err if form == "text" else out)
    assert "Traceback" not in err
    if form == "json":
        told = json.loads(out)
        validate(told, CONTRACT)
        assert (told["exit_code"], told["as_of"], told["findings"][0]["line"]) == (2, None, 14)
    if form == "junit":
        assert ET.fromstring(out).attrib["failures"] == "1"
    if form == "sarif":
        validate(json.loads(out), SARIF)


@pytest.mark.parametrize("form", FORMATS)
def test_a_good_policy_is_fine_in_every_format(desk: Desk, form: str) -> None:
    code, out, _ = desk.run("check", "--today", "2025-05-01", "--format", form)
    assert (code, bool(out)) == (0, form not in {"text", "github"})


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "text"])
def test_platforms_get_paths_from_the_root_of_the_repository(
    policy_repo: PolicyRepo, desk: Desk, form: str
) -> None:
    """Also when the policy is one folder of a larger repository; people get the paths of their folder."""
    policy_repo.git("checkout", "--quiet", "--orphan", "stor")
    policy_repo.git("rm", "-rf", "--quiet", ".")
    below = {f"docs/kund/{path}": content for path, content in MINIMAL.items()}
    policy_repo.commit("2025-04-18", "Allt", below)
    argv = ("check", "--today", TODAY, "--root", str(policy_repo.root / "docs/kund"))
    assert f"docs/kund/{ACCESS}" in desk.run(*argv, "--format", form)[1]
    assert desk.run(*argv)[1].startswith(f"{ACCESS}:")
    touched = CHAPTER.replace(PHONE, PHONE_REWRAPPED)
    policy_repo.git("checkout", "--quiet", "-b", "forslag")
    policy_repo.commit(TODAY, "Radbryt", {f"docs/kund/{ACCESS}": touched})
    code, out, _ = desk.run(*argv, "--scope", "changed", "--base", "stor", "--format", form)
    assert code == 1
    assert f"docs/kund/{ACCESS}" in out


def test_a_commit_message_is_no_command_either(desk: Desk) -> None:
    """The history is remarked on, with the subject of the commit."""
    desk.repo.commit("2031-01-01", "##[error]x ::error::y", chapter((PHONE, PHONE_REVISED)))
    _, out, err = desk.run("check", "--format", "github")
    assert any("error::y" in line for line in out.splitlines())
    assert all(COMMAND.fullmatch(line) for line in out.splitlines())
    assert "##[" not in out
    assert "error::y" not in err


def test_lines_for_people_say_how_much_they_weigh() -> None:
    lines = text(verdict("Svar i telefon"), SV).splitlines()
    told = [line.removeprefix("policy/chapters/å b%.md:1: needs-change: ").split(" ")[0] for line in lines]
    assert sorted(told) == ["Granskningen", "upplysning:", "varning:"]


def test_the_formats_ask_nothing_of_the_working_directory(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert f"file={ACCESS}" in desk.run("check", "--format", "github")[1]
