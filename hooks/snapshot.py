"""Load the policy once per build for the other hooks; refuse before anything on disk is touched."""

from __future__ import annotations

from pathlib import Path

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

from livingpolicy.clock import Clock
from livingpolicy.errors import PolicyError
from livingpolicy.language import catalogue
from livingpolicy.snapshot import take_snapshot

log = get_plugin_logger("policy")


@event_priority(100)  # before every hook that reads config.extra["snapshot"]
def on_config(config: MkDocsConfig) -> None:
    """Take the snapshot. Missing history does not stop the site: its dates are unknown, and it says so."""
    root = Path(config.config_file_path).resolve().parent
    try:
        snapshot, warnings = take_snapshot(root, Clock.read(), history="optional")
    except PolicyError as error:
        words = catalogue(error.language)
        for problem in error.problems:
            # As it is, without a log's prefix: editors and terminals make a link of `path:line`.
            click.echo(words.problem(problem), err=True)
        raise PluginError(words.count("site.problem.summary", len(error.problems))) from error
    except ValueError as error:
        raise PluginError(str(error)) from error
    words = catalogue(snapshot.policy.language)
    for warning in warnings:
        log.warning(words.problem(warning))
    config.extra["snapshot"] = snapshot
