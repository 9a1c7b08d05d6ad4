"""Every link leads somewhere, to the very heading; nothing is fetched from another host."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from livingpolicy.publish.proof.finding import Facts, Finding, Tree
from livingpolicy.publish.proof.reading import Refers, css_addresses

_SAFE = {"http", "https", "mailto", "tel", "sms", "webcal", "data"}
_MISSING = "404.html"
"""The only page that is shown at any address, so that its own have to begin at the root."""


def links(tree: Tree, facts: Facts) -> Iterator[Finding]:
    """Yield what leads nowhere, elsewhere by itself, or can only work at the root of a host."""
    for path, page in tree.pages.items():
        for refers in page.refers:
            if fault := _fault(path, refers, tree, facts):
                yield Finding(path, refers.line, fault, refers.address)
        if page.refresh:
            yield Finding(path, 0, "refresh")
    for path in tree.files:
        if path.endswith(".css"):
            for address in css_addresses(tree.text(path)):
                if fault := _fault(path, Refers(address, 0, True), tree, facts):
                    yield Finding(path, 0, fault, address)
    if facts.address and (start := tree.pages.get("index.html")) and start.canonical != facts.address:
        yield Finding("index.html", 0, "not-its-address", facts.address)


def _fault(path: str, refers: Refers, tree: Tree, facts: Facts) -> str | None:
    """Return the code of what is wrong with an address on the page at *path*, None if nothing is."""
    address = refers.address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return "broken"
    if facts.address and address.startswith(facts.address):
        inside = unquote(parts.path)[len(facts.folder) :]
    elif parts.scheme or parts.netloc:
        if parts.scheme and parts.scheme not in _SAFE:
            return "script-address"
        if parts.scheme == "data":
            return None if refers.loads else "script-address"
        return "outside" if refers.loads else None
    elif parts.path.startswith("/"):
        if not parts.path.startswith(facts.folder) or (path != _MISSING and not facts.address):
            return "absolute"
        inside = unquote(parts.path)[len(facts.folder) :]
    elif not parts.path:
        inside = path
    else:
        inside = posixpath.join(posixpath.dirname(path), unquote(parts.path))
    found = _file(inside, tree)
    if found is None:
        return "broken"
    fragment = unquote(parts.fragment).split(":~:")[0]
    page = tree.pages.get(found)
    if page is not None and fragment and fragment != "top" and fragment not in page.anchors:
        return "no-anchor"
    return None


def _file(inside: str, tree: Tree) -> str | None:
    """Return the file that a web server answers with for a path below the site; None if there is none."""
    path = posixpath.normpath(inside) if inside else "."
    if path == "..":
        return None
    for candidate in (path, posixpath.normpath(f"{path}/index.html")):
        if candidate in tree.files:
            return candidate
    return None
