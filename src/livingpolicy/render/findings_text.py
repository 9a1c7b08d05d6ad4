"""The gate's findings as lines for people and editors: `path:line: code: what is wrong. What to do.`."""

from __future__ import annotations

from livingpolicy.gate import Verdict
from livingpolicy.language import Catalogue
from livingpolicy.render.findings import Finding, Level, findings


def text(verdict: Verdict, words: Catalogue, folder: str = "") -> str:
    """Return a line for each finding."""
    return "".join(f"{_line(finding, words)}\n" for finding in findings(verdict, words, folder))


def _line(finding: Finding, words: Catalogue) -> str:
    marks = {Level.WARNING: "warning", Level.NOTE: "gate.note"}
    message = finding.message
    if finding.level in marks:
        message = words.text(marks[finding.level], message=message)
    return f"{finding.path}:{finding.line}: {finding.code}: {message}"
