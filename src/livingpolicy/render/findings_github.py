"""The gate's findings as annotations: commands to the runner of GitHub Actions.

Messages quote the policy, and whatever the runner reads is a command to it: everything is escaped, so that a
title stays a title. Nothing else may be printed beside this, on any stream, that quotes the policy.
"""

from __future__ import annotations

import re

from livingpolicy.gate import Verdict
from livingpolicy.language import Catalogue
from livingpolicy.render.findings import Level, findings, remarks

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_CONTROLS = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_OLD_COMMAND = "##["
"""Begins a command of the old form, anywhere in a line."""


def github(verdict: Verdict, words: Catalogue, folder: str = "") -> str:
    """Return one command for each finding and each remark."""
    lines = [
        _command(
            _COMMANDS[finding.level],
            finding.message,
            file=finding.path,
            line=str(finding.line),
            title=f"{words.text(f'gate.level.{finding.level}')} ({finding.code})",
        )
        for finding in findings(verdict, words, folder)
    ]
    lines += [annotation("notice", remark) for remark in remarks(verdict, words)]
    return "".join(lines)


def annotation(command: str, message: str) -> str:
    """Return a command (`error`, `warning`, `notice`) that concerns no file."""
    return _command(command, message)


def _command(command: str, message: str, **properties: str) -> str:
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command}{' ' if told else ''}{told}::{_data(message)}\n"


def _data(text: str) -> str:
    """Escape what ends a message."""
    text = _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text).replace(_OLD_COMMAND, "# #[")
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape what ends a property too."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
