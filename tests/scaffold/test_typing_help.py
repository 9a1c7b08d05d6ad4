"""Editors' tools know the rules of each file: settings name what exists, and the hooks run."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from livingpolicy.starter import fresh_files
from tests.scaffold.calling import NOON, make

PROJECT = Path(__file__).parents[2]
FRESH = {path: data.decode() for path, data in fresh_files("sv", title="A", organisation="B").items()}
HERE = {
    path: (PROJECT / path).read_text("utf-8")
    for path in (
        ".vscode/settings.json",
        ".vscode/extensions.json",
        ".editorconfig",
        ".pre-commit-config.yaml",
    )
}
BOTH = pytest.mark.parametrize("files", [HERE, FRESH], ids=["here", "fresh"])


@BOTH
def test_each_schema_is_wired_to_the_files_it_describes(files: Mapping[str, str]) -> None:
    wired = json.loads(files[".vscode/settings.json"])["yaml.schemas"]
    assert set(wired.values()) == {
        "policy/policy.yml",
        "policy/targets.yml",
        "policy/improvements.yml",
        "policy/reviews/*.yml",
        "policy/synonyms.yml",
        "policy/assessment/questionnaire*.yml",
        "policy/assessment/results/*.yml",
    }
    for schema, pattern in wired.items():
        name = schema.removeprefix("./")
        assert name in FRESH
        rules = json.loads(FRESH[name])
        assert (PROJECT / name).is_file()
        for root, texts in ((PROJECT, None), (None, FRESH)):
            for text in matching(pattern, root, texts):
                jsonschema.validate(plain(text), rules)


def matching(pattern: str, root: Path | None, files: Mapping[str, str] | None) -> list[str]:
    if root is not None:
        return [path.read_text("utf-8") for path in sorted(root.glob(pattern))]
    expression = re.escape(pattern).replace(r"\*", "[^/]*")
    return [text for path, text in (files or {}).items() if re.fullmatch(expression, path)]


def plain(text: str) -> Any:
    """Read YAML as a language server does: days and times stay text."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":int"))]
        + [("tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+$"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader)


def test_a_misspelt_key_is_underlined_while_it_is_typed() -> None:
    rules = json.loads(FRESH["policy/.schema/reviews.json"])
    entry = {"section": "a", "reveiwed_on": "2026-01-01", "by": "b", "checked": "c", "outcome": "unchanged"}
    with pytest.raises(jsonschema.ValidationError, match="reveiwed_on"):
        jsonschema.validate([entry], rules)


@BOTH
def test_the_extension_that_knows_yaml_is_recommended(files: Mapping[str, str]) -> None:
    assert "redhat.vscode-yaml" in json.loads(files[".vscode/extensions.json"])["recommendations"]


@BOTH
def test_files_are_saved_as_the_reader_wants_them(files: Mapping[str, str]) -> None:
    """What `fix` would mend is not written in the first place."""
    everywhere = files[".editorconfig"].split("[*]\n")[1].split("\n\n")[0].splitlines()
    assert files[".editorconfig"].count("root = true") == 1
    assert {
        "charset = utf-8",
        "end_of_line = lf",
        "insert_final_newline = true",
        "indent_style = space",
    } <= set(everywhere)


def entries(text: str) -> list[str]:
    """Return the commands of a file of pre-commit that are about the policy."""
    found = yaml.safe_load(text)
    hooks = found if isinstance(found, list) else [hook for repo in found["repos"] for hook in repo["hooks"]]
    for hook in hooks:
        assert {"id", "name", "entry", "language"} <= hook.keys()
        assert hook["pass_filenames"] is False
        assert re.search(hook["files"], "policy/policy.yml") if "files" in hook else hook["types"]
    return [hook["entry"] for hook in hooks if "livingpolicy" in hook["entry"]]


@pytest.mark.parametrize(
    "text",
    [
        (PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"),
        *(files[".pre-commit-config.yaml"] for files in (HERE, FRESH)),
    ],
    ids=["for others", "here", "fresh"],
)
def test_the_hooks_before_a_commit_let_a_right_policy_pass_and_stop_a_wrong_one(
    tmp_path: Path, text: str
) -> None:
    for entry in entries(text):
        arguments = shlex.split(entry)
        assert arguments[0].removeprefix(".venv/bin/") == "livingpolicy"
        right, wrong = (
            subprocess.run(
                [sys.executable, "-m", "livingpolicy", *arguments[1:]],
                cwd=make(tmp_path / name, files),
                env={"SOURCE_DATE_EPOCH": NOON, "PATH": "", "PYTHONUTF8": "1"},
                capture_output=True,
                check=False,
            ).returncode
            for name, files in [("right", {}), ("wrong", {"policy/chapters/b.md": "# Utan uppgifter\n"})]
        )
        assert right == 0
        # What mends stops nothing: pre-commit itself stops when a file has changed.
        assert wrong == (0 if arguments[1] == "fix" else 2)
