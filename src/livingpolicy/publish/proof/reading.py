"""What a page refers to, what can be referred to in it, and what it says. Reads pages that a program wrote.

Not a browser: the pages are our own and the theme's. In return a site of thousands is read in seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

_TOKEN = re.compile(
    r"<!--.*?-->|<!\w[^>]*>|<(?P<close>/)?(?P<name>[a-zA-Z][^\s/>]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>|<",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_CLOSE = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
"""Ends of the elements whose content is no HTML."""
_CODE = {"code", "pre", "kbd", "samp", "textarea"}
"""Elements in which a text shows how something is written."""
_LOADS = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "input": ("src", "formaction"),
    "button": ("formaction",),
    "form": ("action",),
    "object": ("data",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
}
"""What a browser fetches by itself, or sends what was typed to."""
_RELS = {
    "stylesheet", "icon", "preload", "modulepreload", "prefetch", "prerender", "preconnect", "dns-prefetch",
    "manifest", "apple-touch-icon", "mask-icon", "shortcut",
}  # fmt: skip
_CSS = re.compile(
    r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)'\"\s]*))\s*\)|@import\s+(?:\"([^\"]*)\"|'([^']*)')"
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Refers:
    """One address that a page names."""

    address: str
    line: int
    loads: bool
    """Fetched without anybody asking for it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of text between two tags, or an attribute's value."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds, as far as the rules ask."""

    anchors: frozenset[str]
    refers: tuple[Refers, ...]
    said: tuple[Said, ...]
    """Text outside code."""
    data: tuple[Said, ...]
    """The content of scripts that are JSON."""
    robots: str
    """What it asks of robots."""
    canonical: str | None
    builds: Mapping[str, str]
    """`data-build` of the element `html` and of the element with the id `end`, by "html" and "end"."""
    ends: bool
    """Whether it is there to its last tag."""
    refresh: bool
    """Whether it leads elsewhere by itself."""


def read_page(text: str) -> Page:
    """Read the HTML *text*."""
    anchors: set[str] = set()
    refers: list[Refers] = []
    said: list[Said] = []
    data: list[Said] = []
    builds: dict[str, str] = {}
    robots, canonical, refresh = "", None, False
    code, line, seen, at = 0, 1, 0, 0
    while match := _TOKEN.search(text, at):
        start = match.start()
        if not code and start > at and not (between := text[at:start]).isspace():
            said.append(Said(between, line))
        line += text.count("\n", seen, start)
        seen, at = start, match.end()
        name = (match["name"] or "").lower()
        if not name:
            continue
        if match["close"]:
            code -= name in _CODE and code > 0
            continue
        code += name in _CODE
        attributes = _attributes(match["rest"])
        if named := attributes.get("id") or (name == "a" and attributes.get("name")):
            anchors.add(str(named))
        refers += (Refers(address, line, loads) for address, loads in _addresses(name, attributes))
        said += (
            Said(attributes[key], line)
            for key in ("title", "alt", "content", "aria-label", "placeholder")
            if attributes.get(key)
        )
        if "data-build" in attributes and (name == "html" or attributes.get("id") == "end"):
            builds["html" if name == "html" else "end"] = attributes["data-build"]
        if name == "meta":
            robots = attributes.get("content", "") if attributes.get("name") == "robots" else robots
            refresh |= attributes.get("http-equiv", "").lower() == "refresh"
        elif name == "link" and attributes.get("rel") == "canonical":
            canonical = attributes.get("href")
        elif name in _CLOSE:
            close = _CLOSE[name].search(text, at)
            inside = text[at : close.start() if close else len(text)]
            if name == "style":
                refers += (Refers(address, line, True) for address in css_addresses(inside))
            elif "json" in attributes.get("type", "") and inside.strip():
                data.append(Said(inside, line))
            at += len(inside)
    return Page(
        frozenset(anchors),
        tuple(refers),
        tuple(said),
        tuple(data),
        robots,
        canonical,
        builds,
        text.rstrip().endswith("</html>"),
        refresh,
    )


def _attributes(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(rest):
        found.setdefault(key.lower(), unescape(next(filter(None, values), "")))
    return found


def _addresses(name: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield the addresses that an element names, and whether they are fetched."""
    if name in {"a", "area"} and "href" in attributes:
        yield attributes["href"], False
    elif name == "link" and "href" in attributes:
        yield attributes["href"], bool(_RELS & set(attributes.get("rel", "").lower().split()))
    for key in _LOADS.get(name, ()):
        value = attributes.get(key, "").strip()
        if key == "srcset":
            yield from ((part.split()[0], True) for part in value.split(",") if part.strip())
        elif value:
            yield value, True
    if "style" in attributes:
        yield from ((address, True) for address in css_addresses(attributes["style"]))


def css_addresses(text: str) -> Iterator[str]:
    """Yield what a style sheet fetches."""
    for groups in _CSS.findall(_COMMENT.sub("", text)):
        if address := next(filter(None, groups), ""):
            yield address
