"""Firefox for the tests: a second browser that prints.

It is led through Marionette, its own remote control: lengths and JSON on a socket, so no library is needed.
Import the fixture you need: `from tests.firefox import firefox`, and mark the module
`pytestmark = pytest.mark.browser`. It takes seconds to start: one module has all that is asked of it.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

COMMANDS = ("firefox", "firefox-esr")
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/Applications/Firefox.app/Contents/MacOS"])

PATIENCE = 120
"""Seconds that Firefox may take to start, or for one answer."""

PREFERENCES = {
    "marionette.port": 0,  # one that is free
    "layout.css.prefers-color-scheme.content-override": 0,  # its reader likes the dark
}


class Firefox:
    """A Firefox without a window, whose reader likes the dark."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._stream = self._socket.makefile("rwb")
        self._count = 0
        self._read()
        self._ask("WebDriver:NewSession", capabilities={})

    def open(self, url: str) -> None:
        """Go to *url* and wait for its fonts."""
        self._ask("WebDriver:Navigate", url=url)
        self._ask(
            "WebDriver:ExecuteAsyncScript",
            script="const done = arguments[0]; document.fonts.ready.then(() => done(true))",
            args=[],
        )

    def run(self, script: str) -> Any:
        """Return what *script* returns on the page."""
        return self._ask("WebDriver:ExecuteScript", script=script, args=[])["value"]

    def printed(self, *sheets: int) -> PdfReader:
        """Print the page on A4, if it asks for nothing else, as Firefox does by itself: no backgrounds.

        Firefox rests up to a second after each of the first ten sheets; *sheets* are those to print.
        """
        answer = self._ask(
            "WebDriver:Print",
            page={"width": 21.0, "height": 29.7},
            background=False,
            shrinkToFit=True,
            pageRanges=list(sheets),
        )
        return PdfReader(BytesIO(base64.b64decode(answer["value"])))

    def _ask(self, command: str, **parameters: Any) -> Any:
        self._count += 1
        message = json.dumps([0, self._count, command, parameters]).encode()
        self._stream.write(b"%d:%s" % (len(message), message))
        self._stream.flush()
        _, _, error, result = self._read()
        assert error is None, (command, error)
        return result

    def _read(self) -> Any:
        length = b""
        while (character := self._stream.read(1)) != b":":
            assert character, "Firefox hung up"
            length += character
        return json.loads(self._stream.read(int(length)))


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One Firefox for the module. Skipped where there is none, but never in CI."""
    executable = next(filter(None, (shutil.which(command, path=PLACES) for command in COMMANDS)), None)
    if executable is None:
        reason = "no Firefox found: run scripts/get_firefox.py"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    profile = tmp_path_factory.mktemp("firefox")
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines), "utf-8")
    order = [executable, "--headless", "--no-remote", "--marionette", "--profile", profile]
    with ExitStack() as stack, (profile / "log").open("wb") as log:
        # Its caches and settings stay in the profile too.
        process = subprocess.Popen(order, stdout=log, stderr=log, env=os.environ | {"HOME": str(profile)})
        stack.callback(shutil.rmtree, profile, ignore_errors=True)
        stack.callback(process.wait)
        stack.callback(process.kill)
        yield Firefox(_port(profile, process))


def _port(profile: Path, process: subprocess.Popen[bytes]) -> int:
    place = profile / "MarionetteActivePort"
    for _ in range(PATIENCE * 20):
        assert process.poll() is None, (profile / "log").read_text("utf-8", "replace")
        if place.is_file() and (text := place.read_text("utf-8")):
            return int(text)
        time.sleep(0.05)
    raise AssertionError(f"Firefox does not answer: {(profile / 'log').read_text('utf-8', 'replace')}")
