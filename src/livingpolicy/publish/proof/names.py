"""Files are of kinds that belong in a site, and what is named after its content has that content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePosixPath

from livingpolicy.publish.proof.finding import Facts, Finding, Tree

_TEXTS = frozenset({"html", "css", "js", "json", "txt", "ics", "atom", "xml", "svg", "csv", "webmanifest"})
_OTHERS = frozenset(
    {"png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "woff", "woff2", "pdf", "mp4", "webm"}
)
_NAMED = re.compile(r".+[-.](?P<digest>[0-9a-f]{10,12})\.(?!html)\w+")
_THEMES = "assets/"
"""The theme's own files, named after a digest that we do not know how to make."""
_ALWAYS = ("index.html", "404.html", "status.json", "robots.txt")


def kinds(tree: Tree, _: Facts) -> Iterator[Finding]:
    """Yield files that nobody meant to publish, texts that are not UTF-8, and what must not be missing."""
    for path in tree.links:
        yield Finding(path, 0, "link")
    for path, data in tree.files.items():
        suffix = PurePosixPath(path).suffix.lower().removeprefix(".")
        if suffix not in _TEXTS | _OTHERS or any(part.startswith(".") for part in path.split("/")):
            yield Finding(path, 0, "strange-file")
        elif suffix in _TEXTS:
            try:
                data.decode("utf-8")
            except UnicodeDecodeError as error:
                yield Finding(path, data.count(b"\n", 0, error.start) + 1, "not-utf8")
    for path in _ALWAYS:
        if not tree.files.get(path):
            yield Finding(path, 0, "missing")


def hashes(tree: Tree, _: Facts) -> Iterator[Finding]:
    """Yield files whose name is not that of their content: browsers keep them for a year."""
    for path, data in tree.files.items():
        name = _NAMED.fullmatch(PurePosixPath(path).name)
        if name and not path.startswith(_THEMES) and not sha256(data).hexdigest().startswith(name["digest"]):
            yield Finding(path, 0, "other-content")
