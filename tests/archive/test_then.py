"""The policy on a day: lists that need no script, and the data by which the script finds any day."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from jsonschema import validate

from livingpolicy.past import policy_on
from tests.archive.company import CHAPTER, REACH, Archive, archive, first

DAY = {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
NAME = {"type": "string", "pattern": "^[0-9a-f]{10,}$"}
EDITION = {
    "type": "array",
    "prefixItems": [NAME, DAY, DAY, {"type": ["string", "null"]}, NAME],
    "minItems": 3,
    "items": False,
}
SCHEMA = {
    "type": "object",
    "required": ["schema", "chapters"],
    "additionalProperties": False,
    "properties": {
        "schema": {"const": 1},
        "chapters": {
            "type": "array",
            "items": {
                "type": "array",
                "prefixItems": [
                    {"type": "string"},
                    {
                        "type": "array",
                        "items": {
                            "type": "array",
                            "prefixItems": [
                                {"type": "string"},
                                {"type": "string"},
                                {"type": "array", "items": EDITION, "minItems": 1},
                            ],
                            "items": False,
                        },
                    },
                ],
                "items": False,
            },
        },
    },
}


def data(past: Archive) -> dict[str, object]:
    """Return what the script says; a script because a page opened from a disk may fetch nothing."""
    script = past.files["som-det-gallde/days.js"]
    assert script.startswith("globalThis.livingPolicyDays={")
    return dict(json.loads(script[script.index("{") : -len(";\n")]))


def test_the_data_keep_their_contract(past: Archive) -> None:
    validate(data(past), SCHEMA)


@pytest.mark.parametrize(
    "day", ["2025-01-09", "2025-01-10", "2025-03-31", "2025-08-31", "2025-09-01", "2026-10-31"]
)
def test_a_day_found_in_the_data_is_what_the_command_prints(past: Archive, day: str) -> None:
    """`livingpolicy show --on` and the page say the same (until a text names its own first day)."""
    found = {}
    for _, sections in data(past)["chapters"]:  # type: ignore[attr-defined]
        for name, _, editions in sections:
            for edition, since, until, *_ in editions:
                if since and since <= day:
                    if until is None or day < until:
                        found[name] = edition
                    break
    expected = {
        each.section: each.since.commit.sha[:10] for each in policy_on(past.snapshot, date.fromisoformat(day))
    }
    assert found == expected


def test_a_wording_that_comes_back_names_the_first_that_read_the_same(tmp_path: Path) -> None:
    """An hour longer and back again, under another title and back again: only the words count."""
    repo = first(tmp_path / "kund")
    names = [repo.git("rev-parse", "HEAD")]
    for day, text in (
        ("2025-02-01", CHAPTER.replace("en vecka", "två veckor")),
        ("2025-03-01", CHAPTER),
        ("2025-04-01", CHAPTER.replace("## Fax", "## Telefax")),
    ):
        names.append(repo.commit(day, "Fax", {REACH: text}))
    sections = {name: told for _, rows in data(archive(repo))["chapters"] for name, _, told in rows}  # type: ignore[attr-defined]
    one, two, three, four = (name[:10] for name in names)
    assert sections["fax"] == [
        [four, "2025-04-01", None],
        [three, "2025-03-01", "2025-04-01", "Fax", one],
        [two, "2025-02-01", "2025-03-01", "Fax"],
        [one, "2025-01-10", "2025-02-01", "Fax"],
    ]


def test_without_a_script_each_month_with_changes_has_its_list(past: Archive) -> None:
    page = past.pages["som-det-gallde/"].html
    months = re.findall(r'<li><a href="\.\./som-det-gallde/([0-9-]+)/">', page)
    assert months == ["2026-01", "2025-09", "2025-06", "2025-05", "2025-04", "2025-03", "2025-01"]
    august = past.files["som-det-gallde/2025-06/index.html"]
    september = past.files["som-det-gallde/2025-09/index.html"]
    assert ">Fax</a>" in august
    assert ">Fax</a>" not in september
    assert "6 avsnitt gällde." in august


def test_every_list_leads_to_wordings_that_are_there(past: Archive) -> None:
    for path in past.under("som-det-gallde"):
        for link in re.findall(r'href="\.\./\.\./(version/[^"]+)"', past.files[path]):
            assert link in past.files
