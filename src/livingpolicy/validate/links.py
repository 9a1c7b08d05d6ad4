"""Rules about links and pictures."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from livingpolicy.errors import Problem
from livingpolicy.markup import Link
from livingpolicy.model import Source
from livingpolicy.parse import WrittenChapter, WrittenPolicy
from livingpolicy.spelling import near, nearest

OUTSIDE = frozenset({"http", "https", "mailto", "tel"})
"""Schemes that a link may have."""
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
MOST_BYTES = 1_000_000

_ON_A_COMPUTER = re.compile(r"[a-z]:[\\/]|\\\\|file:|/(?:Users|home)/", re.IGNORECASE)
"""How a path on somebody's computer begins: `C:\\`, `\\\\server`, `file:`, `/Users/`."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def links_lead_somewhere(written: WrittenPolicy) -> Iterator[Problem]:
    """A link leads to a chapter, a section or heading, a picture, or out with http(s), mailto or tel.

    Passes: `[mandat](ersattning.md#mandat)`, `[Nästa](#nasta)`, `[SJ](https://www.sj.se/)`.
    Fails: `[mandat](ersatning.md)`, `[x](../../../etc/passwd)`, `[x](javascript:…)`, `[x](/granskning/)`.
    """
    chapters = {_normal(chapter.path): chapter for chapter in written.chapters}
    unread = {_normal(path) for path in written.unread}
    for chapter in written.chapters:
        for link in chapter.markup.links:
            source = Source(chapter.path, link.line)
            if re.match(r"[a-z]:[\\/]", link.address, re.IGNORECASE):
                yield Problem(source, "local-link", {"link": _shown(link)})
                continue
            scheme = _SCHEME.match(_compact(link.address))
            if scheme is not None:
                if scheme[1].lower() not in OUTSIDE:
                    yield Problem(source, "link-scheme", {"link": _shown(link)})
                continue
            if link.address.startswith(("/", "\\")):
                yield Problem(source, "link-absolute", {"link": _shown(link)})
                continue
            path, anchor = (_normal(unquote(part)) for part in f"{link.address}#".split("#")[:2])
            target = _resolved(chapter, path)
            if target in written.images or _below(target, unread):
                continue
            if target not in chapters:
                yield _nowhere(source, link, path, target, chapters)
            elif anchor and chapters[target].whole and anchor not in _anchors(chapters[target]):
                yield _no_anchor(source, link, anchor, chapters[target], written)


def pictures_are_here(written: WrittenPolicy) -> Iterator[Problem]:
    """A picture is a png, jpg or webp file under `policy/images/` of at most 1 MB, and says what it shows.

    Passes: `![Kassan i butiken](../images/kassa.png)`.
    Fails: `![x](https://example.com/x.png)`, a missing file, an svg. Warns: `![](../images/kassa.png)`.
    """
    unread = {_normal(path) for path in written.unread}
    for chapter in written.chapters:
        for image in chapter.markup.images:
            source = Source(chapter.path, image.line)
            values = {"image": _shown(image)}
            target = _resolved(chapter, _normal(unquote(image.address)))
            if _ON_A_COMPUTER.match(image.address):
                yield Problem(source, "local-image", values)
            elif _SCHEME.match(_compact(image.address)) or image.address.startswith(("/", "\\")):
                yield Problem(source, "foreign-image", values)
            elif _below(target, unread):
                continue
            elif not target.lower().endswith(PICTURES):
                yield Problem(source, "image-kind", values)
            elif target not in written.images:
                known = [posixpath.relpath(path, posixpath.dirname(chapter.path)) for path in written.images]
                match = nearest(image.address, known)
                code = "no-image" if match is None else "no-such-image"
                yield Problem(source, code, values if match is None else {**values, "known": match})
            elif written.images[target] > MOST_BYTES:
                size = f"{written.images[target] / 1_000_000:.1f}"
                yield Problem(source, "image-too-large", {**values, "size": size})
            if not (image.alt or "").strip():
                yield Problem(source, "image-without-words", values, warning=True)


def _compact(address: str) -> str:
    """Return *address* without what browsers ignore in front of and inside a scheme."""
    return re.sub(r"[\x00-\x20]", "", address)


def _shown(link: Link) -> str:
    return link.address if len(link.address) <= 80 else f"{link.address[:79]}…"


def _below(path: str, folders: set[str]) -> bool:
    """Whether *path* is one of *folders* or lies in one."""
    return any(f"{path}/".startswith(f"{folder}/") for folder in folders)


def _normal(path: str) -> str:
    """Return *path* composed: macOS writes names in another form than keyboards."""
    return unicodedata.normalize("NFC", path)


def _resolved(chapter: WrittenChapter, path: str) -> str:
    """Return where a relative *path* in the chapter leads, relative to the root."""
    if not path:
        return _normal(chapter.path)
    return posixpath.normpath(posixpath.join(_normal(posixpath.dirname(chapter.path)), path))


def _nowhere(
    source: Source, link: Link, path: str, target: str, chapters: dict[str, WrittenChapter]
) -> Problem:
    folder = posixpath.dirname(source.path)
    if not target.startswith("policy/"):
        return Problem(source, "link-outside", {"link": _shown(link)})
    known = [posixpath.relpath(other, folder) for other in chapters]
    return Problem(source, "link-nowhere", {"link": _shown(link), "known": near(path, known)})


def _anchors(chapter: WrittenChapter) -> frozenset[str]:
    return chapter.markup.anchors | ({chapter.id} if chapter.id is not None else frozenset())


def _no_anchor(
    source: Source, link: Link, anchor: str, chapter: WrittenChapter, written: WrittenPolicy
) -> Problem:
    """Return the problem with the best guess: the section's new id, its chapter, or the nearest id."""
    current = written.aliases.get(anchor, anchor)
    for other in written.chapters:
        if any(section.id == current for section in other.sections):
            path = posixpath.relpath(other.path, posixpath.dirname(source.path))
            known = f"#{current}" if other.path == source.path else f"{path}#{current}"
            break
    else:
        match = nearest(anchor, _anchors(chapter))
        known = f"#{match}" if match else ", ".join(f"#{name}" for name in sorted(_anchors(chapter))[:8])
    return Problem(source, "link-anchor", {"link": _shown(link), "anchor": anchor, "known": known})
