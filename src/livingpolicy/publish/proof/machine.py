"""What programs read can be read: JSON, the status of the build, feeds, calendars."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, NoReturn
from xml.etree import ElementTree

from livingpolicy.publish.proof.finding import Facts, Finding, Tree

_BUILD = re.compile(r"[0-9a-f]{16}")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ATOM = "{http://www.w3.org/2005/Atom}"


def json_files(tree: Tree, _: Facts) -> Iterator[Finding]:
    """Yield what is no JSON, as files and inside pages."""
    for path, data in tree.files.items():
        if path.endswith((".json", ".webmanifest")) and _json(data) is None:
            yield Finding(path, 0, "not-json")
    for path, page in tree.pages.items():
        for said in page.data:
            if _json(said.text) is None:
                yield Finding(path, said.line, "not-json")


def status(tree: Tree, facts: Facts) -> Iterator[Finding]:
    """Yield what a screen in the office would stumble over: it reads `status.json` once a minute."""
    said = _json(tree.files.get("status.json", b"null"))
    if not isinstance(said, dict):
        yield Finding("status.json", 0, "no-status", "{…}")
        return
    if said.get("schema") != 1:
        yield Finding("status.json", 0, "no-status", "schema")
    if not _BUILD.fullmatch(str(said.get("build"))):
        yield Finding("status.json", 0, "no-status", "build")
    commit = said.get("commit")
    if commit is not None and not _COMMIT.fullmatch(str(commit)):
        yield Finding("status.json", 0, "no-status", "commit")
    elif facts.head and commit != facts.head:
        yield Finding("status.json", 0, "other-commit", str(commit))
    if not _is_day(said.get("built_on")):
        yield Finding("status.json", 0, "no-status", "built_on")
    posters = said.get("posters")
    if not isinstance(posters, dict):
        yield Finding("status.json", 0, "no-status", "posters")
        return
    for folder, build in posters.items():
        page = tree.pages.get(f"{folder}/{build}.html")
        if page is None or page.builds.get("html") != build:
            yield Finding("status.json", 0, "no-poster", f"{folder}/{build}.html")


def build_of(tree: Tree) -> str:
    """Return the build id of the site; empty where `status.json` says none."""
    said = _json(tree.files.get("status.json", b"null"))
    return str(said.get("build", "")) if isinstance(said, dict) else ""


def feeds(tree: Tree, _: Facts) -> Iterator[Finding]:
    """Yield feeds and other XML that no reader could read, and entries that it would take for one another."""
    for path, data in tree.files.items():
        if not path.endswith((".atom", ".rss", ".xml", ".svg")):
            continue
        try:
            root = ElementTree.fromstring(data)  # noqa: S314 - written by this program a moment ago
        except ElementTree.ParseError as error:
            yield Finding(path, error.position[0], "not-xml")
            continue
        if root.tag == f"{_ATOM}feed":
            wanted = ("id", "title", "updated")
            for element in (root, *root.findall(f"{_ATOM}entry")):
                for name in wanted:
                    if not (element.findtext(f"{_ATOM}{name}") or "").strip():
                        yield Finding(path, 0, "feed-lacks", name)
            names = Counter(element.findtext(f"{_ATOM}id") for element in root.iter(f"{_ATOM}entry"))
            yield from (
                Finding(path, 0, "feed-twice", str(name)) for name, count in names.items() if count > 1
            )


def calendars(tree: Tree, _: Facts) -> Iterator[Finding]:
    """Yield calendars that no program could read, and events that it would take for one another."""
    for path, data in tree.files.items():
        if not path.endswith(".ics"):
            continue
        from icalendar import Calendar

        try:
            calendar = Calendar.from_ical(data)
        except (ValueError, IndexError, KeyError):
            yield Finding(path, 0, "not-calendar")
            continue
        if not data.endswith(b"END:VCALENDAR\r\n"):
            yield Finding(path, 0, "cut-off")
        names = Counter(str(event.get("UID", "")) for event in calendar.walk("VEVENT"))
        yield from (
            Finding(path, 0, "feed-twice", name) for name, count in names.items() if count > 1 or not name
        )


def _json(text: str | bytes) -> Any:
    """Return what JSON says, None if it is none; what only Python would read is none."""

    def refuse(name: str) -> NoReturn:
        raise ValueError(name)

    try:
        return json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError):
        return None


def _is_day(value: object) -> bool:
    try:
        return date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False
