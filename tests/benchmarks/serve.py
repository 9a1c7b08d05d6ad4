"""Measure how long an edit takes to show while `mkdocs serve` runs, ours beside plain MkDocs Material.

`python -m tests.benchmarks.serve [SIZE]`. Both serve the same chapters; one chapter at a time gets new words,
here and there in turn, and the clock runs until the page answers with them. MkDocs looks for changes twice a
second, so seconds of the processor (where the system tells them) say more than those of the wall.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.benchmarks.generator import SIZES, Size
from tests.benchmarks.site import TODAY, equipped, plain
from tests.site.building import MKDOCS, environment

ROUNDS = 5
PATIENCE = 300.0
"""Seconds."""


@dataclass(frozen=True)
class Served:
    """A project that is being served."""

    address: str
    chapters: tuple[Path, ...]
    process: subprocess.Popen[bytes]

    def edit(self, number: int) -> tuple[float, float]:
        """Add words to a chapter; return what it took of the processor and on the wall until they showed."""
        chapter = self.chapters[number % len(self.chapters)]
        words = f"Ord nummer {number}."
        before, start = self._used(), time.perf_counter()
        chapter.write_text(f"{chapter.read_text('utf-8')}\n{words}\n", "utf-8")
        self.wait(f"{chapter.stem}/", words)
        return self._used() - before, time.perf_counter() - start

    def wait(self, page: str, words: str) -> None:
        """Return when *page* holds *words*."""
        end = time.monotonic() + PATIENCE
        while words not in self._shown(page):
            if time.monotonic() > end or self.process.poll() is not None:
                raise SystemExit(f"{self.address}{page} never said {words!r}")
            time.sleep(0.02)

    def _shown(self, page: str) -> str:
        try:
            with urlopen(self.address + page, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        except (URLError, ConnectionError):
            return ""

    def _used(self) -> float:
        """Return the server's seconds of the processor so far; 0 where the system does not tell."""
        try:
            facts = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(root: Path, chapters: Path, **variables: str) -> Iterator[Served]:
    """Serve the project in *root* until the block ends; it is up when the block begins."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [MKDOCS, "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"],
        cwd=root,
        env=environment(TODAY) | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        made = Served(f"http://127.0.0.1:{port}/", tuple(sorted(chapters.rglob("k*.md"))), process)
        made.wait("", "</html>")
        yield made
    finally:
        process.terminate()
        process.wait()


def measure(size: Size) -> None:
    """Print the ratios of one size."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        site = equipped(base / "ours", size)
        stock = plain(base / "plain", site / "policy")
        with (
            serving(stock, stock / "docs") as theirs,
            serving(site, site / "policy" / "chapters", XDG_CACHE_HOME=str(base / "cache")) as ours,
        ):
            rounds = [
                (theirs.edit(number), ours.edit(number))
                for number in range(int(os.environ.get("ROUNDS", ROUNDS)))
            ]
    for kind, unit in enumerate(("of the processor", "on the wall")):
        plainly = [one[kind] for one, _ in rounds]
        mine = [one[kind] for _, one in rounds]
        ratio = statistics.median(b / a for a, b in zip(plainly, mine, strict=True)) if all(plainly) else 0.0
        print(  # noqa: T201
            f"{size.name:8} an edit shows after {ratio:.2f} times what plain MkDocs takes {unit} "
            f"({statistics.median(mine):.2f} s to {statistics.median(plainly):.2f} s)"
        )


if __name__ == "__main__":
    for wanted in sys.argv[1:] or ["medium"]:
        measure(SIZES[wanted])
