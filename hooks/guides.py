"""Have MkDocs read a page of docs/ only when something in it is new, for its Markdown takes its time."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from livingpolicy.compiling import keep_guides, recall_guides
from livingpolicy.render.memory import Memory

_log = logging.getLogger(Page.__module__)

_PLAIN = frozenset(
    {
        *("abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "sane_lists", "tables"),
        *("toc", "pymdownx.highlight", "pymdownx.superfences"),
    }
)
"""Extensions that look at nothing but the page."""


@event_priority(-70)  # after the files
def on_files(files: Files, *, config: MkDocsConfig) -> None:
    """Make the pages of the guides that stand in the navigation, if only their text decides what they say."""
    memory = config.extra["guides"] = recall_guides(Path(config.config_file_path).resolve().parent)
    if not _PLAIN.issuperset(config.markdown_extensions):
        return
    # Pages of the past come and go by the thousand: a guide that leads to one is not remembered.
    others = [
        (file.src_uri, file.url, file.inclusion) for file in files if not file.src_uri.endswith(".html")
    ]
    settings = (config.markdown_extensions, config.mdx_configs, dict(config.validation))
    parts = (Page.__module__, settings, _log.getEffectiveLevel(), others)
    around = sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
    for file in files.documentation_pages():
        if file.page is None and file.generated_by is None and "/" not in file.src_uri:
            _Guide(None, file, config).remember(memory, around)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Remember what was read."""
    keep_guides(Path(config.config_file_path).resolve().parent, config.extra["guides"])


class _Guide(Page):
    """A page of docs/ that says what its text and *around* it decide."""

    def remember(self, memory: Memory, around: str) -> None:
        """Ask *memory* before MkDocs reads the page; *around* stands for all that matters but its text."""
        self._memory, self._around = memory, around

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Read the page, or take what was read before. What was complained of is complained of again."""
        fresh = False

        def read() -> Any:
            nonlocal fresh
            fresh = True
            with _heard() as complaints:
                super(_Guide, self).render(config, files)
            return None if complaints else self._plain()

        parts = ("guide", self.file.src_uri, self.markdown, self._around)
        found = None if ".html" in (self.markdown or "") else self._memory.of(parts, read)
        if found is None and not fresh:
            super().render(config, files)
        elif not fresh:
            self._take(found, files)

    def _plain(self) -> Any:
        links = {file.src_uri: dict(anchors) for file, anchors in (self.links_to_anchors or {}).items()}
        headings = [_token(heading) for heading in self.toc]
        return self.content, headings, self._title_from_render, sorted(self.present_anchor_ids or ()), links

    def _take(self, found: Any, files: Files) -> None:
        self.content, headings, self._title_from_render, anchors, links = found
        self.toc = get_toc(headings)
        self.present_anchor_ids = set(anchors)
        there = {files.get_file_from_path(path): dict(anchors) for path, anchors in links.items()}
        self.links_to_anchors = {file: anchors for file, anchors in there.items() if file is not None}


def _token(heading: AnchorLink) -> dict[str, Any]:
    children = [_token(child) for child in heading.children]
    return {"name": heading.title, "id": heading.id, "level": heading.level, "children": children}


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)


@contextmanager
def _heard() -> Iterator[list[logging.LogRecord]]:
    """Collect what MkDocs says of a page while it reads it."""
    ear = _Ear()
    _log.addHandler(ear)
    try:
        yield ear.heard
    finally:
        _log.removeHandler(ear)
