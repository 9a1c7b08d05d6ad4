"""Write the files that the core has made; while somebody writes the policy, those that are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

from livingpolicy.writing import write

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


@dataclass
class _Served:
    """What `mkdocs serve` holds back: of thousands of files on the past, whoever writes looks at few."""

    late: bool = False
    """Whether files wait until somebody asks for them: from the second build on."""
    folder: Path = Path()
    coming: dict[str, bytes] = field(default_factory=dict)
    """The files of the build that is going on, by path below the site."""
    shown: dict[str, bytes] = field(default_factory=dict)
    """The files of the last build that was finished."""
    asked: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)


_served = _Served()


class _Made(File):
    """A file that the core has made."""

    def copy_file(self, dirty: bool = False) -> None:
        """Write the file, now or when it is asked for."""
        if not _served.late:
            super().copy_file(dirty)


@event_priority(-60)  # after the pages
def on_files(files: Files, *, config: MkDocsConfig) -> None:
    """Add the files: pages of docs/ may lead to them."""
    made = config.extra["site"].files
    _served.coming = {file.path: file.content for file in made} if config.extra["serving"] else {}
    _served.folder = Path(config.site_dir)
    for file in made:
        files.append(_Made.generated(config, file.path, content=file.content))


def on_post_build(*, config: MkDocsConfig) -> None:
    """Show the files of this build instead of those of the last; a page that is open is looked at again."""
    if config.extra["serving"]:
        with _served.lock:
            _served.shown = _served.coming
            for path in _served.asked:
                if path in _served.shown:
                    write(_served.folder / path, _served.shown[path])
                else:
                    (_served.folder / path).unlink(missing_ok=True)
            _served.asked &= _served.shown.keys()


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]) -> None:  # noqa: ARG001
    """From now on, write what somebody asks for just before MkDocs looks for it."""
    if config.extra["serving"]:
        _served.late = True
        server.set_app(partial(_answer, server.serve_request, server.mount_path))


def _answer(theirs: Callable[..., Iterable[bytes]], mount: str, environ: dict[str, Any], start: Any) -> Any:
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore").removeprefix(mount)
    with _served.lock:
        for name in {path, f"{path.rstrip('/')}/index.html".removeprefix("/")} - _served.asked:
            if name in _served.shown:
                _served.asked.add(name)
                with suppress(OSError):  # a build that takes folders away writes it at its end
                    write(_served.folder / name, _served.shown[name])
    return theirs(environ, start)
