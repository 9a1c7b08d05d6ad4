"""`livingpolicy publish`: the site where readers see it, whole or as it was."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import monotonic
from types import FrameType
from urllib.parse import urlsplit

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import clock_option, root_option
from livingpolicy.errors import DiskError, ExitCode, HistoryError, PublishError
from livingpolicy.gitlog import Repository
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Snapshot
from livingpolicy.phases import Phases
from livingpolicy.publish.build import build, folders
from livingpolicy.publish.proof import Facts, Finding, prove
from livingpolicy.publish.publication import Published, publish, roll_back
from livingpolicy.publish.target import Target, find_target
from livingpolicy.snapshot import take_snapshot

_MOST = 50
"""Findings that are listed; what follows has the same few causes."""


@click.command("publish")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(min=2), default=3, show_default=True, help="Releases to keep.")
@click.option("--rollback", is_flag=True, help="Serve the release before again; builds nothing.")
@click.option(
    "--strict/--no-strict",
    default=True,
    show_default=True,
    help="Refuse warnings, an unknown history and what is not committed.",
)
@click.option("--base-url", metavar="URL", help="Where the site will be, instead of site_url in mkdocs.yml.")
@click.option("-v", "--verbose", is_flag=True, help="Say what takes how long, and what MkDocs says.")
@clock_option
@root_option
def command(
    folder: Path,
    keep: int,
    rollback: bool,
    strict: bool,
    base_url: str | None,
    verbose: bool,
    clock: Clock,
    root: Path,
) -> ExitCode:
    """Build the site, look it over, and let DIR show it from one moment to the next.

    DIR is or becomes a link to a release in the folder .DIR.releases beside it. Whatever goes wrong, readers
    keep what they had.
    """
    with _orderly_end():
        try:
            target = _target(folder, root)
        except (PublishError, OSError) as refused:
            with _spoken(_language(root, clock)):
                raise refused
        if rollback:
            words = catalogue(_language(root, clock))
            phases = Phases(words, _tell if verbose else None)
            with _spoken(words.language):
                done = roll_back(target, now=clock.now, phase=phases)
            _tell_of(done, target, words, "back")
            return ExitCode.FINE
        start = monotonic()
        snapshot, _ = take_snapshot(root, clock, history="required" if strict else "optional")
        words = catalogue(snapshot.policy.language)
        with _spoken(words.language):
            call = _Call(snapshot, words, root, strict, base_url, verbose)
            call.phases.took("read", monotonic() - start)
            return _publish(call, target, keep, clock)


class _Call:
    """What somebody asked for, and what was read to answer."""

    def __init__(
        self, snapshot: Snapshot, words: Catalogue, root: Path, strict: bool, base_url: str | None, loud: bool
    ) -> None:
        self.snapshot, self.words, self.root = snapshot, words, root
        self.strict, self.loud = strict, loud
        self.address = _address(base_url) if base_url else None
        self.phases = Phases(words, _tell if loud else None)

    def make(self, site: Path) -> str:
        """Build the site and look it over; return its build id."""
        with self.phases("build"):
            build(self.root, site, strict=self.strict, address=self.address, loud=self.loud, say=_tell)
            for path in site.rglob("*.map"):
                path.unlink()  # of the theme's sources: for whoever develops the theme
        with self.phases("proof"):
            proof = prove(site, self.facts())
        if proof.findings:
            _list(proof.findings, self.words)
            raise PublishError("found", count=str(len(proof.findings)))
        if self.loud:
            counts = {"pages": proof.pages, "links": proof.links, "files": proof.files}
            _tell(self.words.text("publish.proved", **counts))
        return proof.build

    def facts(self) -> Facts:
        """Return what the site is held against."""
        policy, history = self.snapshot.policy, self.snapshot.history
        private: frozenset[str] = frozenset()
        if history.head:
            with Repository(self.root, history.head) as repository:
                private = repository.addresses()
        contacts = {owner.contact.lower() for owner in policy.owners.values() if owner.contact}
        return Facts(self.address, history.head, private - contacts, self._written)

    def _written(self, words: str) -> bool:
        return words in self._sources()

    @cache  # noqa: B019 - one call, one process
    def _sources(self) -> str:
        """Return everything that people wrote and that may be quoted on a page."""
        files = [path for name in ("policy", "docs") for path in sorted((self.root / name).rglob("*.*"))]
        written = (path for path in files if path.suffix in {".md", ".yml", ".csv"})
        texts = [path.read_text("utf-8", "replace") for path in written]
        for revisions in self.snapshot.history.revisions.values():
            for revision in revisions:
                commit = revision.commit
                texts += [revision.title, revision.text, revision.metadata or "", commit.subject, commit.body]
        return "\n".join(texts)


def _publish(call: _Call, target: Target, keep: int, clock: Clock) -> ExitCode:
    history = call.snapshot.history
    if call.strict and (unsaved := (*history.uncommitted, *history.untracked)):
        raise PublishError("drafts", path=unsaved[0])
    done = publish(target, call.make, now=clock.now, keep=keep, phase=call.phases)
    _tell_of(done, target, call.words, "unchanged" if done.unchanged else "done")
    return ExitCode.FINE


def _tell_of(done: Published, target: Target, words: Catalogue, outcome: str) -> None:
    if done.recovered is not None:
        _tell(words.text("publish.recovered", pid=done.recovered))
    if done.moved is not None:
        _tell(words.text("publish.moved", folder=done.moved))
    if done.left is not None:
        _tell(words.text("publish.left", leads=done.left))
    if done.headers is not None:
        _tell(words.text("publish.headers", folder=done.headers))
    values = {"path": target.path, "release": done.release.name, "files": len(done.release.files)}
    click.echo(words.text(f"publish.{outcome}", **values))


def _list(findings: tuple[Finding, ...], words: Catalogue) -> None:
    for finding in findings[:_MOST]:
        place = f"{finding.path}:{finding.line}" if finding.line else finding.path
        _tell(f"{place}: {finding.code}: {words.text(f'publish.found.{finding.code}', what=finding.what)}")
    if len(findings) > _MOST:
        _tell(words.count("publish.more", len(findings) - _MOST))


def _target(folder: Path, root: Path) -> Target:
    try:
        home = Path.home().resolve()
    except (RuntimeError, OSError):
        home = None
    return find_target(folder, home=home, apart={"around": [root, *_top(root)], "inside": folders(root)})


def _top(root: Path) -> Iterator[Path]:
    """Yield the top of the repository, where the policy lies below it."""
    for parent in root.parents:
        if (parent / ".git").exists():
            yield parent


def _address(url: str) -> str:
    """Return *url* with `/` at the end, if a site can be there."""
    try:
        parts = urlsplit(url)
        right = (
            parts.scheme in {"http", "https"} and parts.hostname and not parts.query and not parts.fragment
        )
    except ValueError:
        right = False
    if not right or any(character.isspace() for character in url):
        raise PublishError("address", address=ascii(url)[1:-1])
    return f"{url.rstrip('/')}/"


def _language(root: Path, clock: Clock) -> str:
    """Return the policy's language as far as it can be read: going back must work with any policy."""
    from livingpolicy.errors import PolicyError
    from livingpolicy.load import load_policy

    try:
        return load_policy(root, clock).policy.language
    except PolicyError as error:
        return error.language


@contextmanager
def _spoken(language: str) -> Iterator[None]:
    """Let a refusal be told in *language*."""
    try:
        yield
    except (PublishError, HistoryError) as error:
        error.language = language
        raise
    except OSError as error:
        raise DiskError(error, language) from error


@contextmanager
def _orderly_end() -> Iterator[None]:
    """Let the signals by which a system ends programs take back what was begun, as an error would."""

    def end(number: int, _: FrameType | None) -> None:
        sys.exit(128 + number)

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before: Mapping[str, object] = {name: signal.signal(getattr(signal, name), end) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)  # type: ignore[arg-type]


def _tell(text: str) -> None:
    click.echo(text, err=True)
