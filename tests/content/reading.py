"""Read a policy that differs from the smallest one in a few files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from livingpolicy.clock import Clock
from livingpolicy.errors import PolicyError
from livingpolicy.language import catalogue
from livingpolicy.load import Content, load_policy
from tests.policy_repo import CHAPTER, MINIMAL, POLICY_YML

TODAY = date(2026, 11, 22)
CLOCK = Clock(datetime(2026, 11, 22, 12, tzinfo=UTC))

CHAPTER_PATH = "policy/chapters/tillganglighet.md"
POLICY_PATH = "policy/policy.yml"
TARGETS_PATH = "policy/targets.yml"
LEDGER_PATH = "policy/reviews/tillganglighet.yml"

TARGETS = """\
svarstid:
  name: Svar i telefon
  wording: inom tre minuter
  at_most: 3
  unit: minutes
"""
LEDGER = """\
- section: svar-telefon
  reviewed_on: 2026-11-03
  by: kundtjanstchef
  checked: Växelns statistik för oktober
  outcome: unchanged
"""

Files = Mapping[str, str | bytes | None]
Fault = tuple[str, Files, list[str]]
"""What is wrong, the policy that has it, and what is said of it: `places`."""


def write(root: Path, files: Files) -> Path:
    """Write the smallest policy with *files* in place of its own; None leaves a file out."""
    for path, content in {**MINIMAL, **files}.items():
        if content is None:
            continue
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def load(root: Path, files: Files) -> Content:
    """Read the smallest policy with *files* in it; it must be right."""
    return load_policy(write(root, files), CLOCK)


def lines(root: Path, files: Files) -> list[str]:
    """Return every line that an editor sees, of errors or of warnings."""
    try:
        content = load(root, files)
    except PolicyError as error:
        return [catalogue(error.language).problem(problem) for problem in error.problems]
    return [catalogue(content.policy.language).problem(problem) for problem in content.warnings]


def places(root: Path, files: Files) -> list[str]:
    """Return "tillganglighet.md:15 yaml-bracket" for every problem, warnings in parentheses."""
    try:
        problems = load(root, files).warnings
    except PolicyError as error:
        problems = error.problems
    found = [f"{one.source.path.rpartition('/')[2]}:{one.source.line} {one.code}" for one in problems]
    return [f"({text})" if one.warning else text for one, text in zip(problems, found, strict=True)]


def wording(root: Path, faults: Iterable[Fault], language: str) -> str:
    """Return every fault with the lines that an editor sees, as a document."""
    parts = []
    for number, (name, files, _) in enumerate(faults):
        try:
            problems = load(root / str(number), files).warnings
        except PolicyError as error:
            problems = error.problems
        parts.append("\n".join([name, *(f"  {catalogue(language).problem(one)}" for one in problems)]))
    return "\n\n".join(parts) + "\n"


def chapter(old: str = "", new: str = "") -> Files:
    """Return the chapter with one change."""
    return {CHAPTER_PATH: changed(CHAPTER, old, new)}


def section(body: str) -> Files:
    """Return the chapter with *body* under its last heading, on line 24."""
    return chapter("Vi svarar på mejl samma dag.\n", body)


def metadata(text: str) -> Files:
    """Return the chapter with *text* as the metadata of its first section, from line 14."""
    return chapter("kind: promise\npromise: Vi svarar i telefon inom tre minuter.\n", text)


def front(text: str) -> Files:
    """Return the chapter with *text* as its front matter, from line 2."""
    old = "title: Tillgänglighet\nowner: kundtjanstchef\nreview_every: 6 months\n"
    return chapter(old, text)


def policy(old: str, new: str) -> Files:
    """Return `policy.yml` with one change."""
    return {POLICY_PATH: changed(POLICY_YML, old, new)}


def targets(old: str = "", new: str = "") -> Files:
    """Return a target register with one change."""
    return {TARGETS_PATH: changed(TARGETS, old, new)}


def ledger(old: str = "", new: str = "") -> Files:
    """Return a ledger with one change."""
    return {LEDGER_PATH: changed(LEDGER, old, new)}


def changed(text: str, old: str, new: str) -> str:
    """Return *text* with *old*, which is there, replaced by *new*."""
    assert old in text
    return text.replace(old, new, 1) if old else text
