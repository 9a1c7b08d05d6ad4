"""Find the scripts and styles that stand in pages, where a content security policy stops them."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script", re.DOTALL | re.IGNORECASE)
_SCRIPT_BYTES = re.compile(_SCRIPT.pattern.encode(), _SCRIPT.flags & ~re.UNICODE)
_WORDS = (b"<style", b"srcdoc", b"javascript:")
_ATTRIBUTES = (
    re.compile(rb"on(?<=[\s\"'/]on)[a-z]+\s*="),
    re.compile(rb"style(?<=[\s\"'/]style)\s*="),
)
"""What must not stand in a tag, sought in small letters: cheap, and finds too much. The parser decides.

The letters with which a pattern begins are found without the machinery of patterns, so it looks behind only
afterwards: over thousands of pages that takes a tenth of the time.
"""
_EXPRESSION = re.compile(r"\\\{\\\{.*?\\\}\\\}")
_ADDRESS = r"[\w./:~%-]*"
"""What the theme's templates put into their scripts: the way to the root of the site."""
_DATA = {"application/json", "application/ld+json"}
"""Types of `<script>` that browsers never run."""
_LEADING = ("href", "src", "action", "formaction", "xlink:href")


@dataclass(frozen=True, slots=True)
class Inline:
    """One thing that must not stand in a page."""

    path: str
    """The page, relative to the site's folder."""
    line: int
    code: str
    """Key under `headers.` in the catalogue: script, style, attribute, link."""
    what: str
    """Its beginning, on one line."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the pages of a built site hold."""

    hashes: tuple[str, ...]
    """`sha256-…` of every inline script that may run, sorted."""
    faults: tuple[Inline, ...]


def script_patterns(templates: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """Return what the inline scripts look like that the theme's *templates* write.

    An expression of a template stands for an address; anything else must be there letter by letter.
    """
    return tuple(
        re.compile(_EXPRESSION.sub(lambda _: _ADDRESS, re.escape(script)))
        for template in templates
        for _, script in _SCRIPT.findall(template)
    )


def read_site(folder: Path, allowed: Collection[re.Pattern[str]]) -> Found:
    """Look into every page below *folder*; an inline script must match one of *allowed*."""
    hashes: dict[str, str] = {}
    faults: list[Inline] = []
    for page in sorted(_pages(folder)):
        with Path(folder, page).open("rb", buffering=0) as file:
            data = file.read()
        clean = not _suspect(data.lower())
        for attributes, text in _SCRIPT_BYTES.findall(data):
            script = text.decode("utf-8")
            if not script.strip() or script in hashes:
                continue
            if any(pattern.fullmatch(script) for pattern in allowed):
                hashes[script] = digest(script)
            elif not any(kind.encode() in attributes for kind in _DATA):
                clean = False
        if not clean:
            found = _faults(page, data.decode("utf-8"))
            faults += [fault for fault in found if fault.code != "script" or fault.what not in hashes]
    return Found(tuple(sorted(hashes.values())), tuple(map(_shortened, faults)))


def _pages(folder: Path) -> Iterator[str]:
    """Yield the way to every page below *folder*: of thousands, and a `Path` of each would take long."""
    for here, _, names in os.walk(folder):
        below = os.path.relpath(here, folder).replace(os.sep, "/")
        yield from (f"{below}/{name}".removeprefix("./") for name in names if name.endswith(".html"))


def digest(script: str) -> str:
    """Return the source expression by which a content security policy knows *script*.

    >>> digest("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


def _suspect(page: bytes) -> bool:
    return any(word in page for word in _WORDS) or any(pattern.search(page) for pattern in _ATTRIBUTES)


def _faults(page: str, html: str) -> Iterator[Inline]:
    reader = _Reader(page)
    reader.feed(html)
    reader.close()
    yield from reader.found


def _shortened(fault: Inline) -> Inline:
    what = " ".join(fault.what.split())
    return Inline(fault.path, fault.line, fault.code, what if len(what) <= 60 else f"{what[:60]}…")


class _Reader(HTMLParser):
    """Reads a page as a browser would, tag by tag."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Inline] = []
        self._page = page
        self._script: tuple[int, list[str]] | None = None
        """Where the script begins that is being read, and its text so far."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "script" and named.get("type", "").lower() not in _DATA and "src" not in named:
            self._script = (self.getpos()[0], [])
        if tag == "style":
            self._add("style", f"<{tag}>")
        for name, value in named.items():
            if name in {"style", "srcdoc"} or name.startswith("on"):
                self._add("attribute", f'{name}="{value}"')
            elif name in _LEADING and value.strip().lower().startswith("javascript:"):
                self._add("link", value)

    def handle_data(self, data: str) -> None:
        if self._script:
            self._script[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script:
            line, text = self._script
            if "".join(text).strip():
                self.found.append(Inline(self._page, line, "script", "".join(text)))
            self._script = None

    def _add(self, code: str, what: str) -> None:
        self.found.append(Inline(self._page, self.getpos()[0], code, what))
