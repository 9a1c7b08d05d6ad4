"""The reader refuses what the standard refuses; else nothing that it accepts would mean much."""

from __future__ import annotations

import pytest

from tests.calendars.reader import read

GOOD = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\nBEGIN:VEVENT\r\nUID:a@b\r\nDTSTAMP:20260101T000000Z\r\n"
    "DTSTART;VALUE=DATE:20260102\r\nDTEND;VALUE=DATE:20260103\r\nSEQUENCE:0\r\n"
    "SUMMARY:En\\, två\\; tre\\n fy\r\n ra\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_what_is_right_is_read() -> None:
    (event,) = read(GOOD.encode()).components
    assert event["SUMMARY"] == "En, två; tre\n fyra"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\r\n", "\n"),
        ("VERSION:2.0\r\n", ""),
        ("UID:a@b\r\n", ""),
        ("DTSTAMP:20260101T000000Z", "DTSTAMP:20260101T000000"),
        ("DTSTART;VALUE=DATE:20260102", "DTSTART:20260102"),
        ("DTEND;VALUE=DATE:20260103", "DTEND;VALUE=DATE:20260102"),
        ("SEQUENCE:0", "SEQUENCE:-1"),
        ("SEQUENCE:0", "SEQUENCE:0\r\nSEQUENCE:1"),
        ("En\\, två", "En, två"),
        ("En\\, två", "En\\x två"),
        ("fy\r\n ra", "f" * 80),
        ("fy\r\n ra", "fy\x07ra"),
        ("END:VEVENT\r\n", ""),
        ("END:VEVENT\r\nEND:VCALENDAR", "END:VCALENDAR\r\nEND:VEVENT"),
        ("SUMMARY:", "SUMMARY "),
    ],
)
def test_what_is_wrong_is_refused(old: str, new: str) -> None:
    assert old in GOOD
    with pytest.raises(AssertionError):
        read(GOOD.replace(old, new).encode())


def test_a_fold_within_a_character_is_refused() -> None:
    torn = GOOD.encode().replace("två".encode(), b"tv\xc3\r\n \xa5")
    with pytest.raises(UnicodeDecodeError):
        read(torn)
