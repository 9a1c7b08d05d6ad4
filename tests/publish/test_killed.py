"""Whenever a publication is killed, readers have a whole site. The bench does it two hundred times."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.publish.reading import Readers, plain_server
from tests.publish.tiny import put, tiny
from tests.site.building import PROJECT, every_file

SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT) if sys.platform != "win32" else ()
WORDS = ("ett", "två")
PAGES, PAUSE = 30, 0.002


def publisher(path: Path, word: str) -> subprocess.Popen[str]:
    """Start to publish in a process of its own; returns when it begins."""
    command = [sys.executable, "-m", "tests.publish.tiny", str(path), word, str(PAGES), str(PAUSE)]
    process = subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begins\n"
    return process


def known() -> dict[str, list[bytes]]:
    """Return what readers may be answered, by path; "" is the start page."""
    sites = [tiny(word, pages=PAGES) for word in WORDS]
    asked = ("index.html", "kapitel/index.html", f"s{PAGES - 1}/index.html", "status.json")
    return {path.removesuffix("index.html"): [site[path] for site in sites] for path in asked}


def kill_while_publishing(path: Path, times: int, seed: int = 1) -> tuple[int, int]:
    """Publish at *path* again and again, and kill each at a moment of its own.

    Returns how many were killed, and how many were done before.
    """
    chance = random.Random(seed)
    whole = [tiny(word, pages=PAGES) for word in WORDS]
    begun = time.monotonic()
    assert publisher(path, WORDS[1]).wait() == 0
    takes = time.monotonic() - begun
    killed = 0
    for number in range(times):
        process = publisher(path, WORDS[number % 2])
        time.sleep(chance.uniform(0, takes))
        process.send_signal(SIGNALS[number % len(SIGNALS)])
        killed += process.wait() != 0
        served = every_file(path)
        assert any(site.items() <= served.items() for site in whole)
    return killed, times - killed


@pytest.mark.skipif(not SIGNALS, reason="publishing needs links that Windows does not have")
def test_readers_have_a_whole_site_however_often_a_publication_is_killed(tmp_path: Path) -> None:
    """Fifteen times; afterwards nothing of it is left, and publishing works as ever."""
    path = tmp_path / "aktuell"
    put(path, tiny("ett", pages=PAGES))
    with plain_server(path) as address, Readers(address, known()) as readers:
        killed, done = kill_while_publishing(path, 15)
    assert readers.wrong == []
    assert readers.answers > 100
    assert killed > 3
    assert killed + done == 15
    put(path, tiny("tre"))
    names = sorted(entry.name for entry in (tmp_path / ".aktuell.releases").iterdir())
    assert [name for name in names if not name.startswith("0")] == [".gitignore", ".livingpolicy", "lock"]
    assert len(names) <= 2 + 3
