"""Write `docs/fel.md` and `docs/fel-mal.md` anew from the texts of the errors and the mistakes of the tests.

Every code has its text filled in with what the strict reader says of a mistake in `tests/content/`, under the
line that is wrong; where no mistake of one line leads to it, with the samples in `locale/sv/guide.toml`.
"""

from __future__ import annotations

import importlib
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from livingpolicy.errors import PolicyError, Problem
from livingpolicy.language import Catalogue, catalogue

ROOT = Path(__file__).resolve().parents[1]
WRITING, WATCHING = "fel.md", "fel-mal.md"
"""What can be wrong with what is written, and with what is watched: on one page it is too heavy."""
LONGEST = 100
"""Characters of a line that is shown."""

FAMILIES: Mapping[str, Mapping[str, str]] = {
    "problems.toml": {
        "no-policy-folder": "folder",
        "not-utf-8": "characters",
        "yaml-tab": "yaml",
        "not-mapping": "values",
        "no-front-matter": "chapters",
        "raw-html": "text",
        "unknown-owner": "whole",
    },
    "measures.toml": {"no-columns": "measures"},
    "dependencies.toml": {"country": "waiting"},
    "improvements.toml": {"improvement-why": "improvements"},
    "assessment.toml": {"no-questionnaire": "assessment"},
    "search.toml": {"synonyms-form": "synonyms"},
    "register.toml": {"review-of-nothing": "register", "target-overdue": "targets-due"},
    "report.toml": {"overdue": "dates"},
    "posters.toml": {"poster-full": "posters"},
    "gate.toml": {"touched-overdue": "proposals", "unchanged-again": "ledger"},
}
"""For a file of the catalogue: the code with which each family of errors begins."""

WATCHED = frozenset(
    {
        "measures",
        "waiting",
        "improvements",
        "assessment",
        "register",
        "targets-due",
        "dates",
        "proposals",
        "ledger",
    }
)
"""The families that stand on the second page."""

OF_FILES = frozenset({"chapter-without-id"})
"""Codes outside the family of files that are about a file and no line of it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A mistake, and what is said of it."""

    problem: Problem
    line: str | None
    """The line that is wrong, if one line shows it."""


def main() -> int:
    """Write the pages, and name those that were out of date."""
    for name, text in guides("sv").items():
        path = ROOT / "docs" / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8", newline="\n")
            sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return 0


def guides(language: str) -> Mapping[str, str]:
    """Return the pages by file name: every code once, under its family."""
    words, found = catalogue(language), examples()
    sorted_in = families()
    return {
        name: _guide(
            name,
            {family: codes for family, codes in sorted_in.items() if _page(family) == name},
            found,
            words,
        )
        for name in (WRITING, WATCHING)
    }


def _page(family: str) -> str:
    return WATCHING if family in WATCHED else WRITING


def _guide(
    name: str, sorted_in: Mapping[str, Sequence[str]], found: Mapping[str, Example], words: Catalogue
) -> str:
    key = name.removesuffix(".md")
    parts = [
        f"---\ntitle: {words.text(f'guide.title.{key}')}\n---",
        f"# {words.text(f'guide.title.{key}')}",
        words.text("guide.intro"),
        words.text("guide.more", other=words.text(f"guide.other.{key}")),
    ]
    for family, codes in sorted_in.items():
        parts += [f"## {words.text(f'guide.group.{family}')}", words.text(f"guide.about.{family}")]
        for code in codes:
            example = found.get(code)
            if example and (family == "folder" or code in OF_FILES):
                example = replace(example, line=None)
            first, *more = _entry(code, example, words)
            # No heading: in the table of contents they would make the page half as heavy again.
            parts.append(f"`{code}`{{ #{code} }}\n:   {first}")
            parts += [f"    {text}" for text in more]
    return "\n\n".join(parts) + "\n"


def families() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of each family, in the order of the catalogue; a file without families comes last."""
    sorted_in: dict[str, list[str]] = {
        family: [] for begins in FAMILIES.values() for family in begins.values()
    }
    folder = files("livingpolicy") / "locale" / "sv"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".toml"):
            continue
        family = "other"
        for code in tomllib.loads(entry.read_text("utf-8")).get("problem", {}):
            family = FAMILIES.get(entry.name, {}).get(code, family)
            sorted_in.setdefault(family, []).append(code)
    return {family: tuple(codes) for family, codes in sorted_in.items()}


def examples() -> Mapping[str, Example]:
    """Return the first mistake of the tests for each code, or the first that shows in a line."""
    sys.path.insert(0, str(ROOT))
    try:
        reading = importlib.import_module("tests.content.reading")
        small: Mapping[str, str] = importlib.import_module("tests.policy_repo").MINIMAL
        names = sorted(path.stem for path in (ROOT / "tests/content").glob("test_faults_*.py"))
        faults = [
            fault for name in names for fault in importlib.import_module(f"tests.content.{name}").FAULTS
        ]
    finally:
        sys.path.remove(str(ROOT))
    found: dict[str, Example] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (_, changed, _) in enumerate(faults):
            for problem in _problems(reading, Path(folder) / str(number), changed):
                example = Example(problem, _line(problem, changed, small))
                kept = found.get(problem.code)
                if kept is None or (kept.line is None and example.line is not None):
                    found[problem.code] = example
    return found


def _problems(reading: Any, root: Path, changed: Mapping[str, str | bytes | None]) -> tuple[Problem, ...]:
    try:
        return tuple(reading.load(root, changed).warnings)
    except PolicyError as error:
        return error.problems


def _line(
    problem: Problem, changed: Mapping[str, str | bytes | None], small: Mapping[str, str]
) -> str | None:
    """Return the line that is wrong, if it is one that the mistake has put there and that can be shown."""
    text = changed.get(problem.source.path)
    if not isinstance(text, str):
        return None
    lines = text.split("\n")
    line = lines[problem.source.line - 1] if 0 < problem.source.line <= len(lines) else ""
    usual = {"---", *(each.strip() for each in small.get(problem.source.path, "").split("\n"))}
    shown = line.strip() and line.strip() not in usual and line.isprintable() and len(line) <= LONGEST
    return line.strip() if shown else None


def _entry(code: str, example: Example | None, words: Catalogue) -> Iterator[str]:
    if example is None:
        text = words.texts[f"problem.{code}"]
        names = re.findall(r"(?<!\{)\{(\w+)\}", text)
        yield _plain(words.text(f"problem.{code}", **{name: sample(code, name, words) for name in names}))
        return
    if example.line is not None:
        yield words.text("guide.line", line=_code(example.line))
    yield _plain(words.message(example.problem))


def sample(code: str, name: str, words: Catalogue) -> str:
    """Return what stands for a placeholder: of this code, else of all codes, else a gap."""
    text = words.texts.get(f"guide.sample.{code}.{name}") or words.texts.get(f"guide.sample.{name}", "…")
    return text.replace("{{", "{").replace("}}", "}")


def _plain(text: str) -> str:
    """Return *text* as Markdown that prints it as it is."""
    return re.sub(r"([\\`*\[\]{}#])", r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))


def _code(text: str) -> str:
    """Return *text* as code, within more backticks than it has."""
    fence = "`" * (max(map(len, re.findall(r"`+", text)), default=0) + 1)
    room = " " if "`" in (text[0], text[-1]) else ""
    return f"{fence}{room}{text}{room}{fence}"


if __name__ == "__main__":
    raise SystemExit(main())
