"""A policy on `main` and a proposal to change it, played by script."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from livingpolicy.cli import main
from tests.policy_repo import CHAPTER, PolicyRepo

ACCESS = "policy/chapters/tillganglighet.md"
LEDGER = "policy/reviews/tillganglighet.yml"
TODAY = "2026-11-22"
LATE_ON = "2025-04-18"
"""What is revised on this day and reviewed every six months is 400 days late on TODAY."""
FRESH_ON = "2026-10-01"

PHONE = "Den som svarar säger företagets namn och sitt eget namn."
PHONE_REWRAPPED = "Den som svarar säger företagets namn\noch sitt eget namn."
PHONE_REVISED = "Den som svarar säger företagets namn och frågar vad kunden behöver."
MAIL = "Vi svarar på mejl samma dag."
MAIL_REWRAPPED = "Vi svarar på mejl\nsamma dag."
MAIL_REVISED = "Vi svarar på mejl inom fyra timmar."
REASON = "Kunderna har klagat på väntan."


def chapter(*edits: tuple[str, str]) -> dict[str, str]:
    """Return the chapter with every first of a pair replaced by its second."""
    text = CHAPTER
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return {ACCESS: text}


def line(
    section: str, day: str, outcome: str = "unchanged", by: str = "kundtjanstchef", checked: str = "Statistik"
) -> str:
    """Return a line of the ledger."""
    return (
        f"- section: {section}\n  reviewed_on: {day}\n  by: {by}\n  checked: {checked}\n"
        f"  outcome: {outcome}\n"
    )


@dataclass
class Answer:
    """What `livingpolicy check` said."""

    code: int
    document: dict[str, Any]
    err: str

    def codes(self, level: str | None = None) -> list[str]:
        """Return the codes of the findings, of one level or of all."""
        return [each["code"] for each in self.document["findings"] if level in (None, each["level"])]

    def about(self, level: str) -> dict[str, str]:
        """Return which section has which finding of a level."""
        found = [each for each in self.document["findings"] if each["level"] == level]
        return {each["values"].get("section", each["path"]): each["code"] for each in found}

    def message(self, code: str) -> str:
        """Return the message of the only finding with a code."""
        (found,) = [each["message"] for each in self.document["findings"] if each["code"] == code]
        return str(found)


@dataclass
class Desk:
    """A repository in which `svar-mejl` is fresh and the other sections are 400 days late on TODAY."""

    repo: PolicyRepo
    capsys: pytest.CaptureFixture[str]

    def branch(self, name: str = "forslag") -> None:
        """Begin a proposal here."""
        self.repo.git("checkout", "--quiet", "-b", name)

    def propose(self, files: dict[str, str | None], body: str = REASON, when: str = TODAY) -> str:
        """Commit to a branch of its own."""
        if self.repo.git("branch", "--show-current") == "main":
            self.branch()
        return self.repo.commit(when, "Ändra", files, body=body)

    def check(self, *argv: str, today: str | None = TODAY) -> Answer:
        """Check the change against `main`, as JSON."""
        argv = argv if {"--base", "--root"} & {*argv} else ("--base", "main", *argv)
        day = ("--today", today) if today else ()
        code, out, err = self.run("check", "--scope", "changed", "--format", "json", *day, *argv)
        return Answer(code, json.loads(out) if out else {}, err)

    def run(self, *argv: str) -> tuple[int, str, str]:
        """Call `livingpolicy`: exit code, standard output, standard error."""
        self.capsys.readouterr()
        code = main(argv if "--root" in argv else (*argv, "--root", str(self.root)))
        captured = self.capsys.readouterr()
        return code, captured.out, captured.err

    @property
    def root(self) -> Path:
        """The folder that holds `policy/`."""
        return self.repo.root
