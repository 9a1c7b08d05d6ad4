"""Whatever servers, proxies and networks do: the last good poster stands, and recovery is automatic."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.screen.fault_server import (
    Answer,
    Fault,
    code,
    cut,
    drip,
    fault_server,
    half_and_hang,
    hang,
    redirect,
    reset,
    shortened,
    text,
)
from tests.screen.samples import published
from tests.screen.wall import Wall, hung

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

LOGIN = b"""<!doctype html><title>Logga in</title><body bgcolor=white><form><input autofocus></form>
<script>window.open("/logga-in"); if (top !== self) top.location = "/logga-in"; alert("Logga in");</script>"""
"""A login page that wants the whole window, as many do."""

PORTAL = {
    "content_type": "text/html",
    "cache_control": "max-age=86400",
    "last_modified": "Sun, 01 Nov 2020 00:00:00 GMT",
}

ANSWERS: dict[str, Fault] = {
    "500": code(500),
    "404": code(404),
    "reset": reset,
    "cut off": cut,
    "too short": shortened,
    "empty": text(b""),
    "a login page with 200": text(LOGIN, content_type="text/html"),
    "a login page that is kept for a day": text(LOGIN, **PORTAL),
    "redirected to a login page": redirect("/logga-in.html"),
    "redirected to another host": redirect("http://localhost:9/"),
}
"""What comes at once."""

SILENCES: dict[str, Fault] = {
    "hangs": hang,
    "half, and then nothing": half_and_hang,
    "one byte a second": drip,
}


def status(**changes: Any) -> Fault:
    """Publish a status that is not what it should be."""
    return lambda answer: answer.say(body=json.dumps(json.loads(answer.body) | changes).encode())


def naming(build: object) -> Fault:
    return status(posters={"plansch": build})


STATUSES: dict[str, Fault] = {
    "503 with a good status": lambda answer: answer.say(503),
    "null": text(b"null"),
    "a list": text(b"[1]"),
    "a number": text(b"1e999"),
    "half a letter": text(b'{"schema": 1, "posters": "\xc3'),
    "another contract": status(schema=2),
    "no posters": status(posters=None),
    "other posters": status(posters={"plansch/reception": "0" * 16}),
    "posters as a text": status(posters="plansch"),
    "no day": status(built_on="i går"),
    "no place": status(timezone="Mars/Olympus"),
    "an id that climbs": naming("../../../etc/passwd"),
    "an id that is another host": naming("//example.com/0123456789abcdef"),
    "an id that is markup": naming("<img src=x onerror=alert(1)>"),
    "an id that is a script": naming("javascript:alert(1)//0123456789abcdef"),
    "an id of 10 kB": naming("0123456789abcdef" * 640),
    "an id on two lines": naming("0123456789abcdef\n"),
    "an id that is a list": naming(["../0123456789abcdef"]),
    "an id that is a number": naming(1234567890123456),
    "an empty id": naming(""),
}


def another_build(answer: Answer) -> None:
    """Somebody else's poster under this name: an old one, or that of the next moment."""
    answer.say(body=answer.body.replace(answer.path[-21:-5].encode(), b"f" * 16))


def another_end(answer: Answer) -> None:
    """The beginning of this poster and the end of another."""
    head, mark, tail = answer.body.rpartition(b'id="end"')
    answer.say(body=head + mark + tail.replace(answer.path[-21:-5].encode(), b"f" * 16))


PAGES: dict[str, Fault] = {"another build": another_build, "another end": another_end}

PARTS = ("css", "js", "woff2")
"""A broken part of the poster, by the end of its name."""

TABLE = [
    *(
        ("status.json", name, fault, False)
        for name, fault in (ANSWERS | STATUSES).items()
        if name != "a login page that is kept for a day"
    ),
    *(("status.json", name, fault, True) for name, fault in SILENCES.items()),
    *((".html", name, fault, fault is cut) for name, fault in (ANSWERS | PAGES).items()),
    *((".html", name, fault, True) for name, fault in SILENCES.items()),
    *(
        (part, name, ANSWERS[name], False)
        for part in PARTS
        for name in ("404", "too short", "a login page that is kept for a day")
    ),
    ("css", "cut off", cut, False),
    ("woff2", "reset", reset, False),
    *((part, "hangs", hang, True) for part in PARTS),
]


@pytest.fixture(scope="module")
def wall(browser: Browser) -> Iterator[Wall]:
    """One screen that hangs through all of it."""
    with fault_server(published()) as server, hung(browser, server, reduced_motion="reduce") as wall:
        build = wall.publish()
        wall.open()
        wall.shows(build)
        wall.good = wall.picture()  # every edition looks the same
        yield wall


@pytest.mark.parametrize(
    ("part", "fault", "silent"),
    [(part, fault, silent) for part, _, fault, silent in TABLE],
    ids=[f"{part.strip('.')}: {name}" for part, name, *_ in TABLE],
)
def test_the_last_good_poster_stands_until_the_next_good_one(
    part: str, fault: Fault, silent: bool, wall: Wall
) -> None:
    (good,) = wall.frames
    address = wall.page.url
    build = wall.publish()
    broken = "status.json" if part == "status.json" else build if part == ".html" else f"{build[:10]}.{part}"
    seen = wall.server.count(broken)
    wall.server.faults = {f"{build}.html" if part == ".html" else part: fault}

    wall.asks()
    wall.server.wait_for(broken, seen + 1)
    if silent:
        assert wall.frames[0] == good
        assert not any(frame["seen"] for frame in wall.frames[1:])
        assert wall.picture() == wall.good
        wall.wait(seconds=10 if part == "status.json" else 20)
    else:
        wall.settles()
    for _ in range(100):
        if len(wall.frames) == 1:
            break
        wall.page.wait_for_timeout(20)
    assert wall.frames == [good]
    assert wall.picture() == wall.good
    assert wall.page.url == address

    wall.server.heal()
    wall.asks()
    wall.shows(build)
    assert wall.most <= 2
    assert wall.complaints == []
    assert len(wall.page.context.pages) == 1


def test_a_hostile_id_is_never_asked_for(wall: Wall) -> None:
    """Whatever the status said above, nothing was fetched but editions of the poster and their parts."""
    asked = {target.partition("?")[0] for target in wall.server.asked}
    stray = {
        path for path in asked if not path.startswith(("/plansch/", "/skarm/", "/status.json", "/fonts/"))
    }
    assert stray <= {"/robots.txt", "/logga-in.html"}
    assert not [path for path in asked if ".." in path or "<" in path]
