"""The gate's findings as a JUnit report, which most CI systems draw as a list of tests."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from livingpolicy.gate import Verdict
from livingpolicy.language import Catalogue
from livingpolicy.render.findings import Finding, Level, findings, remarks

SUITE = "livingpolicy check"
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(verdict: Verdict, words: Catalogue, folder: str = "") -> str:
    """Return a test for each finding: an error fails, a warning or a note passes and says its message.

    Where nothing was found one test passes: an empty suite reads as if nobody had looked.
    """
    found = [*findings(verdict, words, folder)]
    failures = str(sum(each.level is Level.ERROR for each in found))
    counts = {"tests": str(len(found) or 1), "failures": failures, "errors": "0", "skipped": "0"}
    root = ET.Element("testsuites", {"name": SUITE, **counts})
    suite = ET.SubElement(root, "testsuite", {"name": SUITE, **counts})
    for each in found:
        _test(suite, each)
    if not found:
        ET.SubElement(suite, "testcase", {"classname": SUITE, "name": verdict.scope})
    if told := remarks(verdict, words):
        ET.SubElement(suite, "system-out").text = _printable("\n".join(told))
    ET.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(root, encoding='unicode')}\n"


def _test(suite: ET.Element, finding: Finding) -> None:
    place = f"{finding.path}:{finding.line}"
    test = ET.SubElement(
        suite,
        "testcase",
        {
            "classname": _printable(finding.path),
            "name": _printable(f"{finding.code} ({place})"),
            "file": _printable(finding.path),
            "line": str(finding.line),
        },
    )
    message = _printable(finding.message)
    if finding.level is Level.ERROR:
        failure = ET.SubElement(test, "failure", {"type": finding.code, "message": message})
        failure.text = _printable(f"{place}: {finding.message}")
    else:
        ET.SubElement(test, "system-out").text = f"{finding.level.value}: {message}"


def _printable(text: str) -> str:
    """Replace what XML cannot hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
