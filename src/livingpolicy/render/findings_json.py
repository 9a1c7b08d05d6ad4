"""The gate's findings as JSON: a contract that scripts of others depend on (schema 1)."""

from __future__ import annotations

from livingpolicy.gate import Verdict
from livingpolicy.language import Catalogue
from livingpolicy.render import harmless
from livingpolicy.render.findings import Finding, Level, findings, remarks

SCHEMA = 1


def document(verdict: Verdict, words: Catalogue, folder: str = "") -> str:
    """Return the findings by place; `as_of`, `head` and `base` are null when they are not known."""
    found = [*findings(verdict, words, folder)]
    return harmless.document(
        {
            "schema": SCHEMA,
            "scope": verdict.scope,
            "as_of": verdict.as_of.isoformat() if verdict.as_of else None,
            "head": verdict.head,
            "base": verdict.base,
            "exit_code": int(verdict.exit_code),
            "counts": {level.value: sum(each.level is level for each in found) for level in Level},
            "findings": [_finding(each) for each in found],
            "remarks": remarks(verdict, words),
        }
    )


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "level": finding.level.value,
        "code": finding.code,
        "path": finding.path,
        "line": finding.line,
        "message": finding.message,
        "values": dict(finding.values),
    }
