"""Chromium for the tests, and a web server that remembers what it was asked for.

Import the fixtures you need: `from tests.browser import browser, page, serve`, and mark the module
`pytestmark = pytest.mark.browser`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from livingpolicy.browser import VARIABLES, arguments, find_chromium

if TYPE_CHECKING:  # the unit tests do not wait for playwright
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Browser:
    """One Chromium for the whole run. Skipped where there is none, but never in CI."""
    executable = find_chromium()
    if executable is None:
        reason = f"no Chromium found; set {VARIABLES[0]} or run scripts/get_chromium.py"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return _chromium(executable, request.config)


@cache
def _chromium(executable: Path, config: pytest.Config) -> Browser:
    # Not a session fixture: each module that imports one has its own, and Playwright cannot start twice.
    from playwright.sync_api import sync_playwright

    playwright = sync_playwright().start()
    config.add_cleanup(playwright.stop)
    return playwright.chromium.launch(executable_path=executable, args=list(arguments()))


@dataclass
class Watched:
    """A page, and everything it asked for and complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """Console errors and warnings, uncaught exceptions, failed requests."""


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Return `open_page(url, width=…, height=…, **context_options)`, which waits for the fonts."""
    with ExitStack() as stack:

        def opened(
            url: str, *, width: int = 1920, height: int = 1080, setup: Any = None, **options: Any
        ) -> Watched:
            context = browser.new_context(viewport={"width": width, "height": height}, **options)
            stack.callback(context.close)
            watched = watch(context.new_page())
            if setup is not None:
                setup(watched.page)
            watched.page.goto(url)
            if options.get("java_script_enabled", True):
                watched.page.evaluate("document.fonts.ready.then(() => true)")
            return watched

        yield opened


def watch(page: Page) -> Watched:
    """Record what *page* asks for and complains about from now on."""
    watched = Watched(page)
    page.on("request", lambda request: watched.requests.append(request.url))
    page.on("requestfailed", lambda request: watched.complaints.append(f"failed: {request.url}"))
    page.on("pageerror", lambda error: watched.complaints.append(f"uncaught: {error}"))
    page.on(
        "console",
        lambda message: (
            watched.complaints.append(f"{message.type}: {message.text}")
            if message.type in {"error", "warning"}
            else None
        ),
    )
    return watched


@dataclass
class Served:
    """A folder on a port of this machine."""

    address: str
    """`http://127.0.0.1:PORT/`"""
    requests: list[str]
    """The path of every request, in order."""


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, log: list[str], **options: Any) -> None:
        self._log = log
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        self._log.append(self.path)
        super().do_GET()

    def log_message(self, *arguments: Any) -> None:
        """Say nothing: `requests` remembers."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], Served]]:
    """Return `serve(folder)`, which serves the folder until the end of the run."""
    with ExitStack() as stack:

        def served(folder: Path) -> Served:
            log: list[str] = []
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder), log=log))
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            Thread(target=server.serve_forever, daemon=True).start()
            return Served(f"http://127.0.0.1:{server.server_port}/", log)

        yield served
