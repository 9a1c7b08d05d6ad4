"""A web server on a real socket that does whatever servers, proxies and networks do to a screen."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Condition, Event, Thread
from typing import Any

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "woff2": "font/woff2",
}

Fault = Callable[["Answer"], None]
"""Answers in its own way."""


@dataclass
class Answer:
    """A request, what a healthy server would say to it, and the wire."""

    path: str
    body: bytes
    site: FaultServer
    wire: socket.socket

    def say(
        self, code: int = 200, body: bytes | None = None, length: int | None = None, **headers: str
    ) -> None:
        """Answer with *body*, else with the file; *length* is what the server says of it."""
        body = self.body if body is None else body
        given = {
            "content-type": TYPES.get(self.path.rpartition(".")[2], "text/plain"),
            "content-length": str(len(body) if length is None else length),
            "cache-control": "max-age=31536000, immutable" if self.hashed else "no-cache",
            "connection": "close",
        }
        if self.site.now:
            given["date"] = format_datetime(self.site.now.astimezone(UTC), usegmt=True)
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        self.wire.sendall(f"HTTP/1.1 {code} Because\r\n{head}\r\n".encode() + body)

    @property
    def hashed(self) -> bool:
        """Whether the name of the file says what is in it."""
        return "-" in self.path.rpartition("/")[2]


def code(number: int) -> Fault:
    """Answer with an error and a page about it."""
    return lambda answer: answer.say(number, b"<h1>Nej</h1>", content_type="text/html")


def text(body: bytes, **headers: str) -> Fault:
    """Answer 200 with something else."""
    return lambda answer: answer.say(200, body, **headers)


def redirect(address: str) -> Fault:
    """Lead elsewhere."""
    return lambda answer: answer.say(302, b"", location=address)


def cut(answer: Answer) -> None:
    """Break off in the middle; the browser was told of more."""
    half = answer.body[: len(answer.body) // 2]
    answer.say(200, half, len(answer.body))


def shortened(answer: Answer) -> None:
    """Deliver half of it as if it were all."""
    answer.say(200, answer.body[: len(answer.body) // 2])


def hang(answer: Answer) -> None:
    """Take the request and say nothing."""
    answer.site.healed.wait(60)


def half_and_hang(answer: Answer) -> None:
    """Begin well, and say no more."""
    answer.say(200, answer.body[: len(answer.body) // 2], len(answer.body))
    answer.site.healed.wait(60)


def drip(answer: Answer) -> None:
    """One byte a second."""
    answer.say(200, b"", len(answer.body))
    for byte in answer.body:
        answer.wire.sendall(bytes([byte]))
        if answer.site.healed.wait(1):
            return


def reset(answer: Answer) -> None:
    """Cut the connection as a firewall does."""
    answer.wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    answer.wire.close()


@dataclass
class FaultServer:
    """What is published, and what is wrong at the moment."""

    files: dict[str, bytes] = field(default_factory=dict)
    """By path, without the first `/`."""
    faults: dict[str, Fault] = field(default_factory=dict)
    """By the end of a path."""
    now: datetime | None = None
    """What the server says that it is; None: it does not say."""
    asked: list[str] = field(default_factory=list)
    """The path and query of every request, in order."""
    cookies: list[str] = field(default_factory=list)
    """The path and query of every request that brought a cookie."""
    healed: Event = field(default_factory=Event)
    """Set when nobody needs to hang any more."""
    answering: int = 0
    """Requests that have not been answered yet."""
    quiet: Condition = field(default_factory=Condition)
    """Tells of every request and of every answer."""
    _server: ThreadingTCPServer | None = None
    _port: int = 0

    @property
    def address(self) -> str:
        """`http://127.0.0.1:PORT/`, the same after it has been away."""
        return f"http://127.0.0.1:{self._port}/"

    def come(self) -> None:
        """Listen."""
        outer = self

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                asked = self.rfile.readline().split(b" ")
                while line := self.rfile.readline().strip():
                    if line.lower().startswith(b"cookie:"):
                        outer.cookies.append(asked[1].decode())
                if len(asked) > 1:
                    outer.answer(asked[1].decode(), self.connection)

            def finish(self) -> None:
                """Nothing is buffered, and the wire may be gone."""

        class Server(ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

            def handle_error(self, *arguments: Any) -> None:
                """A browser that gives up is no error."""

        self._server = Server(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def heal(self) -> None:
        """Let nothing be wrong any more."""
        self.faults = {}
        self.healed.set()
        self.healed = Event()

    def go(self) -> None:
        """Refuse every connection until it comes back."""
        assert self._server
        self._server.shutdown()
        self._server.server_close()

    def answer(self, target: str, wire: socket.socket) -> None:
        """Answer one request."""
        path = target.partition("?")[0].lstrip("/")
        path += "index.html" if not path or path.endswith("/") else ""
        body = self.files.get(path)
        fault = next((fault for end, fault in self.faults.items() if path.endswith(end)), None)
        self._tell(1, target)
        reply = Answer(path, body or b"", self, wire)
        try:
            if fault:
                fault(reply)
            elif body is None:
                code(404)(reply)
            else:
                reply.say()
        finally:
            self._tell(-1)

    def _tell(self, more: int, *targets: str) -> None:
        with self.quiet:
            self.answering += more
            self.asked.extend(targets)
            self.quiet.notify_all()

    def wait_for(self, part: str, times: int) -> None:
        """Wait until *part* has been asked for so many times."""
        with self.quiet:
            assert self.quiet.wait_for(lambda: self.count(part) >= times, 20), (part, self.asked[-10:])

    def count(self, part: str) -> int:
        """Return how many requests were about *part*."""
        return sum(part in target for target in self.asked)


@contextmanager
def fault_server(files: Mapping[str, bytes]) -> Iterator[FaultServer]:
    """Serve *files* until the block ends."""
    server = FaultServer(dict(files))
    server.come()
    yield server
    server.heal()
    server.go()
