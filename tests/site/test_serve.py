"""`mkdocs serve` while somebody writes: an edit shows, a broken one is told and the last good page stays."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.site.building import MKDOCS, REACH, TODAY, Project, environment

PATIENCE = 60.0
"""Seconds; an edit shows within two on an idle machine."""


@pytest.fixture
def served(changing: Project, tmp_path: Path) -> Iterator[tuple[Project, str, Path]]:
    """The project, its address while served, and the file of what the server says."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    said = tmp_path / "said.txt"
    with (
        said.open("w") as stream,
        subprocess.Popen(
            [MKDOCS, "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=changing.root,
            env=environment(TODAY),
            stdout=stream,
            stderr=stream,
        ) as server,
    ):
        try:
            yield changing, f"http://127.0.0.1:{port}/tillganglighet/", said
        finally:
            server.terminate()


def eventually(true: Callable[[], bool]) -> None:
    """Wait until *true*."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.1)


def shown(address: str) -> str:
    """Return the page, "" while the server is not there."""
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            return answer.read().decode()
    except (URLError, ConnectionError):
        return ""


def test_an_edit_shows_and_a_broken_one_leaves_the_last_good_page(served: tuple[Project, str, Path]) -> None:
    project, address, said = served
    chapter = "policy/chapters/tillganglighet.md"
    eventually(lambda: "Vi svarar på mejl samma dag." in shown(address))

    project.repo.write({chapter: REACH.replace("samma dag.", "före lunch.")})
    eventually(lambda: "Vi svarar på mejl före lunch." in shown(address))

    broken = REACH.replace("samma dag.", "i morgon.").replace("kind: promise", "kind: fel")
    project.repo.write({chapter: broken})
    eventually(lambda: f"<code>{chapter}:" in shown(address))
    assert "Här visas den senaste version som fungerar." in shown(address)
    assert "Vi svarar på mejl före lunch." in shown(address)
    assert f"\n{chapter}:" in said.read_text("utf-8")

    project.repo.write({chapter: REACH.replace("samma dag.", "nästa dag.")})
    eventually(lambda: "Vi svarar på mejl nästa dag." in shown(address))
    assert "<code>policy/" not in shown(address)

    # Nothing that a build writes starts the next one.
    builds = said.read_text("utf-8").count("Building documentation")
    time.sleep(2)
    assert said.read_text("utf-8").count("Building documentation") == builds
