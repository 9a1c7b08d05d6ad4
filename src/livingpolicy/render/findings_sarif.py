"""The gate's findings as SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

from urllib.parse import quote

from livingpolicy import __version__
from livingpolicy.gate import Verdict
from livingpolicy.language import Catalogue
from livingpolicy.render import harmless
from livingpolicy.render.findings import Finding, findings, remarks

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(verdict: Verdict, words: Catalogue, folder: str = "") -> str:
    """Return a log of one run; paths are relative to the root of the repository."""
    found = [*findings(verdict, words, folder)]
    codes = sorted({each.code for each in found})
    run = {
        "tool": {
            "driver": {
                "name": "livingpolicy",
                "semanticVersion": __version__,
                "rules": [{"id": code} for code in codes],
            }
        },
        "language": words.language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "exitCode": int(verdict.exit_code),
                "toolExecutionNotifications": [
                    {"level": "note", "message": {"text": remark}} for remark in remarks(verdict, words)
                ],
            }
        ],
        "results": [_result(each, codes) for each in found],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return harmless.document(log)


def _result(finding: Finding, codes: list[str]) -> dict[str, object]:
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.level.value,
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(finding.path), "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": finding.line},
                }
            }
        ],
    }
