"""Publish two hundred times while readers ask, half of it killed; print what they were answered.

    python -m tests.benchmarks.publishing [TIMES]

By a real nginx where there is one, with the settings of docs/publicera.md.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.nginx import CONFIG, PLACES, _free_port, _wait_for
from tests.publish.reading import Readers, plain_server
from tests.publish.test_killed import PAGES, WORDS, kill_while_publishing, known
from tests.publish.test_nginx import settings
from tests.publish.tiny import put, tiny

TIMES = 200


@contextmanager
def server(folder: Path, state: Path) -> Iterator[tuple[str, str]]:
    """Serve *folder*; yields the address and the server's name."""
    found = shutil.which("nginx", path=PLACES)
    if found is None:
        with plain_server(folder) as address:
            yield address, "Python's server"
        return
    version = subprocess.run([found, "-V"], capture_output=True, text=True, check=True).stderr
    types = Path(re.findall(r"--conf-path=(\S+)", version)[0]).parent / "mime.types"
    state.mkdir()
    port = _free_port()
    lines = CONFIG.format(state=state, types=types, port=port, root=folder, server=settings())
    (state / "nginx.conf").write_text(lines, "utf-8")
    command = [found, "-p", str(state), "-c", str(state / "nginx.conf"), "-e", str(state / "error.log")]
    process = subprocess.Popen(command)
    try:
        _wait_for(port, process, state / "error.log")
        yield f"http://127.0.0.1:{port}/", version.splitlines()[0]
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Print the figures."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        path = place / "aktuell"
        put(path, tiny(WORDS[0], pages=PAGES))
        start = time.monotonic()
        with server(path, place / "nginx") as (address, served_by), Readers(address, known()) as readers:
            killed, done = kill_while_publishing(path, times)
        took = time.monotonic() - start
        left = len(list((place / ".aktuell.releases").glob("building-*")))
        put(path, tiny("tre"))
        after = len(list((place / ".aktuell.releases").glob("*-*")))
    print(  # noqa: T201
        f"{times} publications in {took:.0f} s, by {served_by}: {killed} killed, {done} done before. "
        f"{readers.answers} answers, {len(readers.wrong)} of them wrong {readers.wrong[:5]}. "
        f"Half builds before the last publication {left}; folders after it {after}."
    )


if __name__ == "__main__":
    main()
