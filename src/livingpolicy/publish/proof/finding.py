"""What the rules are given and what they return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from livingpolicy.publish.proof.reading import Page, read_page


@dataclass(frozen=True, slots=True)
class Finding:
    """Something for which a site is not published."""

    path: str
    """Below the site, with `/`."""
    line: int
    """From 1; 0 when it is about the whole file."""
    code: str
    """Key under `publish.found.` in the message catalogue."""
    what: str = ""
    """What the message quotes."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What has to be known to judge a site."""

    address: str | None = None
    """Where the site will be, with `/` at the end; None when nobody said."""
    head: str | None = None
    """The commit it should be built from; None when git does not say."""
    private: frozenset[str] = frozenset()
    """E-mail addresses of people, in small letters, that must stand nowhere."""
    written: Callable[[str], bool] = lambda _: False
    """Whether people wrote these words: an editor may write about `{{ }}`."""

    @property
    def folder(self) -> str:
        """The path of the site on its host: "/" or "/policy/"."""
        return urlsplit(self.address).path or "/" if self.address else "/"


class Tree:
    """The files of a site, read once."""

    def __init__(self, files: Mapping[str, bytes], links: tuple[str, ...] = ()) -> None:
        self.files = files
        self.links = links
        """Symbolic links, which have no place in a site."""

    @classmethod
    def read(cls, site: Path) -> Tree:
        """Read the folder *site*."""
        files, links = {}, []
        for path in sorted(site.rglob("*")):
            name = path.relative_to(site).as_posix()
            if path.is_symlink():
                links.append(name)
            elif path.is_file():
                files[name] = path.read_bytes()
        return cls(files, tuple(links))

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every HTML page by path."""
        return {path: read_page(self.text(path)) for path in self.files if path.endswith(".html")}

    def text(self, path: str) -> str:
        """Return a file as text; what is no UTF-8 is told of by `kinds`."""
        return self.files[path].decode("utf-8", "replace")
