"""`mkdocs serve` while somebody writes: an edit shows, a broken one is told and the last good page stays."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.site.building import (
    COMPLAINTS,
    CONTENT,
    MKDOCS,
    REACH,
    TODAY,
    Project,
    environment,
    every_file,
    run,
)

PATIENCE = 60.0
"""Seconds; an edit shows within two on an idle machine."""

RELOADING = re.compile(rb"<script>\s*var livereload = .*?</script>", re.DOTALL)
"""What MkDocs adds to every page that it serves."""

TARGETS = """\
svarstid-mejl:
  name: Svar på mejl
  wording: inom fyra timmar
  at_most: 4
  unit: hours
  clock: opening-hours
  owner: kundtjanstchef
  measured: monthly
"""


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


def test_what_is_served_is_what_a_build_would_make(served: tuple[Project, str, Path], tmp_path: Path) -> None:
    """Whatever is remembered from one edit to the next, and however often somebody looked in between."""
    project, address, _ = served
    home = address.removesuffix("tillganglighet/")

    def same() -> None:
        fresh = tmp_path / "fresh"
        done = run(
            project.root,
            *("build", "--site-dir", str(fresh)),
            LIVINGPOLICY_SITE_URL=home,
            LIVINGPOLICY_NO_CACHE="1",
        )
        assert done.returncode == 0, done.stderr
        files = every_file(fresh)
        assert any(path.startswith("version/") for path in files), "files that nobody has asked for yet"
        for path, content in files.items():
            with urlopen(home + path, timeout=PATIENCE) as answer:
                assert RELOADING.sub(b"", answer.read()) == content, path

    eventually(lambda: "Vi svarar på mejl samma dag." in shown(address))
    project.repo.write({"policy/chapters/tillganglighet.md": REACH.replace("samma dag.", "före lunch.")})
    eventually(lambda: "Vi svarar på mejl före lunch." in shown(address))
    same()

    settings = str(CONTENT["policy/policy.yml"]).replace("title: Kundpolicy", "title: Vårt ord")
    project.repo.write({"policy/policy.yml": settings, "policy/targets.yml": TARGETS})
    eventually(lambda: "Vårt ord" in shown(address) and "Svar på mejl" in shown(f"{home}mal/"))
    same()

    project.repo.commit("2026-06-01", "Svara före lunch", {})
    project.repo.write({"policy/chapters/klagomal.md": COMPLAINTS.replace("Lyssna", "Lyssna länge")})
    eventually(lambda: "Lyssna länge" in shown(f"{home}klagomal/"))
    same()
