"""Readers who never stop asking, and remember every answer that was not what it should be."""

from __future__ import annotations

import http.client
import http.server
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

STYLE = re.compile(rb'href="(css/[^"]+)"')


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and writes no log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def plain_server(folder: Path) -> Iterator[str]:
    """Serve *folder*, looking every path up anew as web servers do; yields the address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class Readers:
    """Some readers of the site at *address*; *known* is what any answer may be, by path."""

    def __init__(self, address: str, known: Mapping[str, Iterable[bytes]], count: int = 3) -> None:
        self.answers = 0
        self.wrong: list[tuple[str, int | str]] = []
        self._host = urlsplit(address).netloc
        self._known = {path: frozenset(bodies) for path, bodies in known.items()}
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._read, daemon=True) for _ in range(count)]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()

    def _read(self) -> None:
        connection = http.client.HTTPConnection(self._host, timeout=20)
        while not self._end.is_set():
            for path in self._known:
                body = self._ask(connection.request, connection, path)
                if style := STYLE.search(body or b""):
                    # A moment later the site may be another one; the page's own style must be there still.
                    self._ask(connection.request, connection, style[1].decode())
        connection.close()

    def _ask(
        self, request: Callable[..., None], connection: http.client.HTTPConnection, path: str
    ) -> bytes | None:
        try:
            request("GET", f"/{path}")
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.wrong.append((path, repr(error)))
            connection.close()
            return None
        self.answers += 1
        if answer.status != 200 or body not in self._known.get(path, {body}):
            self.wrong.append((path, answer.status))
        return body
