"""The calendars of a built site."""

from __future__ import annotations

from pathlib import Path

from tests.calendars.reader import day, events, read
from tests.site.building import Project


def test_they_lie_beside_the_pages_as_they_were_written(project: Project) -> None:
    """With their line ends, whatever the system; the telephone, under its first id, is due on 3 November."""
    everybody = read((project.site / "review.ics").read_bytes())
    days = {one["UID"].partition("@")[0]: str(day(one)) for one in events(everybody)}
    assert days["section-telefon"] == "2026-11-03"
    roles = {path.stem for path in (project.site / "kalender").glob("*.ics")}
    assert roles == {"kundchef", "kundtjanstchef"}
    for role in roles:
        theirs = events(read((project.site / f"kalender/{role}.ics").read_bytes()))
        assert {one["UID"] for one in theirs} < {one["UID"] for one in events(everybody)}


def test_those_of_the_shipped_policy_can_be_read(own_site: Path) -> None:
    paths = [own_site / "review.ics", *(own_site / "kalender").glob("*.ics")]
    assert len(paths) > 5
    assert events(read(paths[0].read_bytes()))
    for path in paths:
        assert b"example.com" not in read_flat(path)


def read_flat(path: Path) -> bytes:
    """Return the file without folds, once it has been read strictly."""
    data = path.read_bytes()
    read(data)
    return data.replace(b"\r\n ", b"")
