"""A long reading says how far it has come, to somebody who sits and waits."""

from __future__ import annotations

import io
import sys

import pytest

from livingpolicy import progress
from livingpolicy.progress import progress as shown


def test_a_long_reading_is_told_on_a_terminal(monkeypatch: pytest.MonkeyPatch):
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    with shown("sv") as tell:
        assert tell is not None
        tell(256)
    assert "Läser historiken: 256 ändringar" in screen.getvalue()


def test_a_short_reading_says_nothing(monkeypatch: pytest.MonkeyPatch):
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "PATIENCE", 3600.0)
    with shown("sv") as tell:
        assert tell is not None
        tell(256)
    assert screen.getvalue() == ""


def test_elsewhere_nobody_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with shown("sv") as tell:
        assert tell is None
