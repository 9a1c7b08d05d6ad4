"""Load the policy once per build for the other hooks; refuse before anything on disk is touched."""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

from livingpolicy.clock import Clock
from livingpolicy.diagrams import Diagram, draw_all
from livingpolicy.errors import PolicyError, Problem
from livingpolicy.language import catalogue
from livingpolicy.model import Snapshot
from livingpolicy.parse import WrittenChapter, parse_chapter
from livingpolicy.phases import listening, phase
from livingpolicy.snapshot import take_snapshot

log = get_plugin_logger("policy")


class _Chapters:
    """Chapters as they were read from a text; who writes changes one of hundreds."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[str, tuple[WrittenChapter, tuple[Problem, ...]]]] = {}

    def __call__(self, path: str, text: str) -> tuple[WrittenChapter, tuple[Problem, ...]]:
        if path not in self._read or self._read[path][0] != text:
            self._read[path] = text, parse_chapter(path, text)
        return self._read[path][1]


@dataclass
class _Served:
    """What `mkdocs serve` remembers from build to build; a single build remembers nothing."""

    serving: bool = False
    last_good: tuple[Snapshot, Mapping[str, Diagram]] | None = None
    chapters: _Chapters = field(default_factory=_Chapters)


_served = _Served()


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG001
    """Remember whether somebody is writing while we look, and have Python tidy up less often."""
    _served.serving = command == "serve"
    # Nearly all that a build makes lives until it ends: looking through it again and again for what can be
    # thrown away takes a twentieth of the time.
    gc.set_threshold(50_000, 5, 4)


@event_priority(100)  # before every hook that reads config.extra["snapshot"]
def on_config(config: MkDocsConfig) -> None:
    """Take the snapshot. Missing history does not stop the site: its dates are unknown, and it says so.

    Somebody who writes keeps the last good pages, under a word on what is wrong: MkDocs would answer nothing
    until it is right again.
    """
    root = Path(config.config_file_path).resolve().parent
    config.extra["problems"] = ()
    # `livingpolicy publish --base-url` knows better than mkdocs.yml where the site will be.
    config.site_url = os.environ.get("LIVINGPOLICY_SITE_URL") or config.site_url
    config.extra["serving"] = _served.serving
    if _served.serving:
        gc.collect()  # what is left of the last build
    try:
        with listening(log.debug):  # what takes how long, with `mkdocs -v`
            reader = _served.chapters if _served.serving else parse_chapter
            snapshot, warnings = take_snapshot(root, Clock.read(), history="optional", reader=reader)
            with phase("diagrams"):
                diagrams = draw_all(snapshot.policy, root / ".cache" / "diagrams")
    except PolicyError as error:
        words = catalogue(error.language)
        config.extra["problems"] = tuple(map(words.problem, error.problems))
        for line in config.extra["problems"]:
            # As it is, without a log's prefix: editors and terminals make a link of `path:line`.
            click.echo(line, err=True)
        if not _served.last_good:
            raise PluginError(words.count("site.problem.summary", error.errors)) from error
        (snapshot, diagrams), warnings = _served.last_good, ()
    except ValueError as error:
        raise PluginError(str(error)) from error
    if _served.serving:
        _served.last_good = snapshot, diagrams
    words = catalogue(snapshot.policy.language)
    for warning in warnings:
        log.warning(words.problem(warning))
    config.extra["snapshot"] = snapshot
    config.extra["diagrams"] = diagrams
