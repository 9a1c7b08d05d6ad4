"""A small site as the build would have left it, and what publishes it: any site is swapped alike."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from livingpolicy.publish.publication import Published, publish
from livingpolicy.publish.target import find_target

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

PAGE = """\
<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex, nofollow">
<title>{title}</title>
<link rel="stylesheet" href="{up}css/{style}">
</head>
<body>
<h1 id="rubrik">{title}</h1>
{body}
</body>
</html>
"""

POSTER = """\
<!doctype html>
<html lang="sv" data-build="{build}"><head><meta name="robots" content="noindex"></head>
<body><h1>{word}</h1><div id="end" data-build="{build}" hidden></div></body></html>
"""

FEED = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id><title>{word}</title><updated>2026-11-22T12:00:00Z</updated>
<entry><id>urn:x:1</id><title>Ett</title><updated>2026-11-22T12:00:00Z</updated></entry>
</feed>
"""

CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTAMP:20261122T120000Z\r\n"
    "DTSTART;VALUE=DATE:20261123\r\nSUMMARY:{word}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def tiny(word: str = "ett", extra: dict[str, str] | None = None, *, pages: int = 0) -> dict[str, bytes]:
    """Return the files of a site that says *word* on every page; *extra* files, and *pages* more of them."""
    build = sha256(f"{word} {extra} {pages}".encode()).hexdigest()[:16]
    css = f"h1 {{ content: '{word}' }}\n".encode()
    style = f"stil-{sha256(css).hexdigest()[:10]}.css"

    def page(up: str, body: str = "") -> bytes:
        return PAGE.format(title=word, up=up, style=style, body=body).encode()

    status = {
        "schema": 1,
        "build": build,
        "commit": "a" * 40,
        "built_on": "2026-11-22",
        "timezone": "Europe/Stockholm",
        "posters": {"plansch": build},
    }
    files = {
        "index.html": page("", '<a href="kapitel/#rubrik">Kapitel</a>'),
        "kapitel/index.html": page("../", '<a href="../">Start</a> <a href="#rubrik">Upp</a>'),
        "404.html": page(""),
        f"css/{style}": css,
        f"plansch/{build}.html": POSTER.format(build=build, word=word).encode(),
        "plansch/index.html": POSTER.format(build=build, word=word).encode(),
        "robots.txt": b"User-agent: *\nDisallow: /\n",
        "status.json": json.dumps(status).encode(),
        "changes.atom": FEED.format(word=word).encode(),
        "review.ics": CALENDAR.format(word=word).encode(),
    }
    files |= {f"s{number}/index.html": page("../") for number in range(pages)}
    return files | {path: text.encode() for path, text in (extra or {}).items()}


def maker(files: dict[str, bytes], *, pause: float = 0) -> Callable[[Path], str]:
    """Return what writes *files* as a build would, *pause* seconds apart."""

    def make(site: Path) -> str:
        for path, data in files.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(data)
            time.sleep(pause)
        return str(json.loads(files["status.json"])["build"])

    return make


def put(
    path: Path, files: dict[str, bytes], *, now: datetime = NOON, keep: int = 2, pause: float = 0
) -> Published:
    """Publish *files* at *path*."""
    target = find_target(path, home=None, apart={})
    return publish(target, maker(files, pause=pause), now=now, keep=keep)


def main() -> None:
    """Publish a site of many pages at the path given, with the word given; say when it begins."""
    files = tiny(sys.argv[2], pages=int(sys.argv[3]))
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    put(Path(sys.argv[1]), files, pause=float(sys.argv[4]))


if __name__ == "__main__":
    main()
