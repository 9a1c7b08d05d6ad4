"""The one door to git: the first-parent chain of the policy, and the files it names.

Works through GitPython's handling of processes. Options are constants, and hashes the only other arguments.
The child sees no `GIT_*` variable of ours and no configuration but the repository's own; nothing is written
and nothing fetched.
"""

from __future__ import annotations

import io
import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha1, sha256
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from livingpolicy.errors import HistoryError

FOLDER = "policy"
"""The folder whose history is read, below the root."""

TIMEOUT = 600.0
"""Seconds until a git process that does not end is stopped."""

HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Change:
    """A file that a commit left different from how its first parent has it."""

    path: str
    """Relative to the root, `/`-separated."""
    blob: str | None
    """Hash of the new content; None when there is no file any more (or something that is no file)."""


@dataclass(frozen=True, slots=True)
class LoggedCommit:
    """A commit of the first-parent chain that touches the policy."""

    sha: str
    seconds: int | None
    """Committer time, seconds since 1970; None when git cannot read what is recorded."""
    subject: str
    body: str
    changes: tuple[Change, ...]


def blob_name(data: bytes, like: str) -> str:
    """Return the name that git gives *data*, in the kind of hash that *like* is."""
    kind = sha1 if len(like) == 40 else sha256
    return kind(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


class Repository:
    """The repository around a folder. Use as a context manager; not to be shared between threads."""

    def __init__(self, root: Path, at: str | None = None) -> None:
        """Open the repository that *root* (absolute) lies in, at the commit *at* (a hash) instead of HEAD.

        Raises:
            HistoryError: git is missing or refuses, there is no repository, no commit, or a shallow clone.
        """
        self._root = root
        self._options: tuple[str, ...] = _OPTIONS
        self._open: list[Objects] = []
        try:
            answer = self._ask(*_FACTS)
        except _Failed as failure:
            answer = self._trusted(failure)
        shallow, prefix, objects, head = answer
        if shallow != "false":
            raise HistoryError("shallow")
        self._prefix = prefix
        self._objects = root / objects
        self.head = at or head

    def __enter__(self) -> Repository:
        return self

    def __exit__(self, *_: object) -> None:
        for objects in self._open:
            objects.close()

    def log(self) -> Iterator[list[LoggedCommit]]:
        """Yield the commits of the first-parent chain of `head` that touch the policy, newest first.

        They come in batches, while git is still looking for more.

        Raises:
            HistoryError: git could not read the whole chain.
        """
        return self._logged(*_LOG, self.head, "--", FOLDER)

    def log_after(self, earlier: str) -> list[LoggedCommit] | None:
        """Return the commits of the chain after *earlier* (a hash) that touch the policy, newest first.

        None: *earlier* is not on the chain, or git cannot tell.
        """
        process = self._start(*_LOG_AFTER, self.head, f"^{earlier}", "--", FOLDER)
        try:
            commits = list(_commits(process.output, self._prefix))
            process.finish()
        except _Failed:
            return None
        finally:
            process.stop()
        wanted = self.head
        found = []
        for commit in commits:
            sha, *parents = commit.sha.split(" ")
            if sha != wanted or not parents:
                return None
            wanted = parents[0]
            if commit.changes:
                found.append(replace(commit, sha=sha))
        return found if wanted == earlier else None

    def _logged(self, *arguments: str) -> Iterator[list[LoggedCommit]]:
        process = self._start(*arguments)
        try:
            yield from _batches(_commits(process.output, self._prefix))
            process.finish()
        except _Failed as failure:
            raise self._refusal(failure) from failure
        finally:
            process.stop()

    def resolve(self, name: str) -> str | None:
        """Return the hash of the commit that *name* (a branch, a tag, a hash) stands for; None if nothing."""
        try:
            return self._hash("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        except HistoryError as error:
            # "@{upstream}" and the like, where there is none: git says so in many words.
            if error.code == "git-failed":
                return None
            raise

    def merge_base(self, commit: str) -> str | None:
        """Return the commit where `head` left the branch of *commit* (a hash); None if they never met."""
        return self._hash("merge-base", "--end-of-options", commit, self.head)

    def _hash(self, *arguments: str) -> str | None:
        """Return the hash that git answers with, None when it has no answer and nothing to say about it."""
        if any("\0" in argument for argument in arguments):
            return None
        try:
            answer = self._ask(*arguments)
        except _Failed as failure:
            if failure.status == 1 and not failure.message:
                return None
            raise self._refusal(failure) from failure
        return answer[0] if len(answer) == 1 and HASH.fullmatch(answer[0]) else None

    def files(self, commit: str, *paths: str) -> Mapping[str, str]:
        """Return the blobs that *commit* (a hash) has at or below *paths*, by path below the root.

        Raises:
            HistoryError: git could not read them.
        """
        process = self._start("ls-tree", "-r", "-z", "--end-of-options", commit, "--", *paths)
        try:
            entries = [token.partition(b"\t") for token in _tokens(process.output)]
            process.finish()
        except _Failed as failure:
            raise self._refusal(failure) from failure
        finally:
            process.stop()
        return {
            path.decode("utf-8", "surrogateescape"): facts.split(b" ")[2].decode("ascii")
            for facts, _, path in entries
            if facts.startswith(b"10")  # an ordinary file, as in the log
        }

    def since(self, base: str) -> list[LoggedCommit]:
        """Return the commits of `head` that *base* (a hash) has not and that touch the policy, newest first.

        Merges are left out: they only repeat what came with them.

        Raises:
            HistoryError: git could not read them.
        """
        batches = self._logged(*_SINCE, self.head, f"^{base}", "--", FOLDER)
        return [commit for batch in batches for commit in batch]

    @property
    def prefix(self) -> str:
        """Where the root lies below the top of the repository: "" or "folder/"."""
        return self._prefix

    def differing(self, base: str) -> tuple[str, ...]:
        """Return the files that `head` has not as *base* (a hash) has them, from the top of the repository.

        Raises:
            HistoryError: git could not read them.
        """
        process = self._start(*_DIFFERING, base, self.head)
        try:
            names = [token for token in _tokens(process.output) if token[:1] != b":"]
            process.finish()
        except _Failed as failure:
            raise self._refusal(failure) from failure
        finally:
            process.stop()
        return tuple(name.decode("utf-8", "surrogateescape") for name in names)

    def blobs(self, hashes: Iterable[str]) -> Iterator[bytes]:
        """Yield the content of each object, in order, through one process.

        Raises:
            HistoryError: an object is missing or damaged.
        """
        names = list(hashes)
        with self.objects() as objects:
            objects.ask(names)
            for name in names:
                yield objects.take(name)[1]

    def objects(self) -> Objects:
        """Open a process that hands out objects. Use as a context manager."""
        objects = Objects(self._start("cat-file", "--batch"), self._refused)
        self._open.append(objects)
        return objects

    def _refused(self, failure: _Failed, name: str) -> HistoryError:
        """Name what became of the object *name*."""
        if failure.message == _MISSING:
            # A clone that was told to leave objects out has packs that say so.
            partial = any(self._objects.glob("pack/*.promisor"))
            return HistoryError("partial-clone" if partial else "missing-object", object=name)
        return self._refusal(failure, name)

    def _trusted(self, failure: _Failed) -> list[str]:
        """Ask again if git refused because of the owner, and the user's configuration trusts the folder."""
        if "dubious ownership" not in failure.message:
            raise self._refusal(failure) from failure
        folder = _owned(failure.message) or str(self._root)
        process = self._start(
            "config", "--get-all", "-z", "safe.directory", folder=self._root.anchor, settings={}
        )
        with process:
            trusted = process.output.read().decode("utf-8", "surrogateescape").split("\0")
        if folder not in trusted and "*" not in trusted:
            raise HistoryError("dubious-ownership", path=folder) from failure
        self._options = (*_OPTIONS, "-c", f"safe.directory={folder}")
        try:
            return self._ask(*_FACTS)
        except _Failed as again:
            raise self._refusal(again) from again

    def _refusal(self, failure: _Failed, name: str = "") -> HistoryError:
        """Name what git says it failed at."""
        message = failure.message
        if failure.timed_out:
            return HistoryError("timeout", seconds=f"{TIMEOUT:.0f}")
        if "not a git repository" in message:
            return HistoryError("not-a-repository", path=str(self._root))
        if "dubious ownership" in message:
            return HistoryError("dubious-ownership", path=_owned(message) or str(self._root))
        if "ambiguous argument 'HEAD^{commit}'" in message or "Needed a single revision" in message:
            return HistoryError("no-commits")
        if "promisor" in message or "lazy fetching disabled" in message:
            return HistoryError("partial-clone", object=name)
        if "unrecognized argument" in message or "unknown option" in message or "invalid option" in message:
            return HistoryError("git-too-old")
        if lost := _LOST.search(message):
            return HistoryError("missing-object", object=name or lost[0])
        return HistoryError("git-failed", message=_short(message))

    def _ask(self, *arguments: str) -> list[str]:
        process = self._start(*arguments)
        with process:
            lines = process.output.read().decode("utf-8", "surrogateescape").split("\n")
            process.finish()
        return lines[:-1]

    def _start(
        self, *arguments: str, folder: str | None = None, settings: Mapping[str, str] | None = None
    ) -> _Process:
        with _unseen_variables():
            git = _git()
            command = [
                git.GIT_PYTHON_GIT_EXECUTABLE,
                *(self._options if settings is None else ()),
                *arguments,
            ]
            try:
                process = git(folder or str(self._root)).execute(
                    command,
                    as_process=True,
                    istream=-1,  # subprocess.PIPE
                    env=_ENVIRONMENT if settings is None else settings,
                )
            except OSError as error:
                raise HistoryError("git-missing") from error
            except Exception as error:
                if type(error).__name__ == "GitCommandNotFound":
                    raise HistoryError("git-missing") from error
                raise
        return _Process(process)


class Objects:
    """One `git cat-file` that hands out objects in the order in which they are asked for."""

    def __init__(self, process: _Process, refused: Callable[[_Failed, str], HistoryError]) -> None:
        self._process = process
        self._refused = refused
        self._asked: SimpleQueue[list[str] | None] = SimpleQueue()
        # Of its own, because git stops listening while nobody takes what it hands out.
        self._writer = threading.Thread(target=self._write, daemon=True)
        self._writer.start()

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, names: Iterable[str]) -> None:
        """Ask for objects by their hashes; to be taken later, in this order."""
        self._asked.put(list(names))

    def take(self, name: str) -> tuple[str, bytes]:
        """Return the type and the content of the next object, which must be *name*.

        Raises:
            HistoryError: it is missing or damaged.
        """
        try:
            return self._read(name)
        except _Failed as failure:
            raise self._refused(failure, name) from failure

    def close(self) -> None:
        """End the process."""
        self._asked.put(None)
        self._process.stop()
        self._writer.join()

    def _read(self, name: str) -> tuple[str, bytes]:
        output = self._process.output
        head = output.readline()
        fields = head.decode("ascii", "replace").split()
        if fields[1:] == ["missing"]:
            raise _Failed(0, _MISSING)
        data = output.read(int(fields[2]) + 1) if len(fields) == 3 and fields[0] == name else b""
        if not data or len(data) != int(fields[2]) + 1:
            self._process.finish()
            raise _Failed(1, head.decode("utf-8", "replace"))
        return fields[1], data[:-1]

    def _write(self) -> None:
        while (names := self._asked.get()) is not None:
            self._process.write(names)


_MISSING = "missing"
"""What `git cat-file` says of an object that it does not have."""

_NOWHERE = os.devnull
_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": _NOWHERE,
    "GIT_CONFIG_SYSTEM": _NOWHERE,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": _NOWHERE,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # git before 2.44 fetches what a partial clone lacks all the same
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}
_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    "-c", "advice.graftFileDeprecated=false",
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={_NOWHERE}",
    "-c", f"core.attributesFile={_NOWHERE}",
    "-c", "core.quotePath=false",
    "-c", "log.showSignature=false",
    "-c", "log.showRoot=true",
    "-c", "log.follow=false",
    "-c", "diff.external=",
    "-c", "diff.renames=false",
    "-c", "diff.relative=false",
    "-c", "diff.ignoreSubmodules=none",
    "-c", f"diff.orderFile={_NOWHERE}",
    "-c", "i18n.logOutputEncoding=UTF-8",
)  # fmt: skip
_FACTS = (
    "rev-parse",
    "--is-shallow-repository",
    "--show-prefix",
    "--git-path",
    "objects",
    "HEAD^{commit}",
)
_LOG = (
    "log",
    "--first-parent",
    "--diff-merges=first-parent",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--no-relative",
    "--no-ext-diff",
    "--no-textconv",
    "--no-show-signature",
    "--no-mailmap",
    "--no-notes",
    "--no-decorate",
    "--no-color",
    "--encoding=UTF-8",
    "--format=%x01%H%x00%ct%x00%s%x00%b",
    "--end-of-options",
)

_LOG_AFTER = (
    *(option for option in _LOG if not option.startswith(("--format", "--end"))),
    "--sparse",  # also the commits that do not touch the policy: every link of the chain is looked at
    "--format=%x01%H %P%x00%ct%x00%s%x00%b",
    "--end-of-options",
)

_SINCE = ("log", "--no-merges", "--full-history", *_LOG[3:])
"""Not only the first parents: a proposal is a branch, and its commits may lie behind a merge."""

_DIFFERING = (
    "diff-tree",
    "-r",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--no-relative",
    "--no-ext-diff",
    "--no-textconv",
    "--end-of-options",
)

_LOST = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_OWNED = re.compile(r"dubious ownership in repository at '(.*?)'")


class _Failed(Exception):  # noqa: N818 - never leaves this module
    """Git ended with an error, or wrote one."""

    def __init__(self, status: int, message: str, *, timed_out: bool = False) -> None:
        super().__init__(message)
        self.status, self.message, self.timed_out = status, message, timed_out


class _Process:
    """A running git, its output, and what it complains about."""

    def __init__(self, process: Any) -> None:
        self._keep = process  # GitPython ends the process when this goes away
        self._popen = process.proc
        self.output = io.BufferedReader(self._popen.stdout.raw, 1 << 17)
        self._complaints: list[bytes] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._timed_out = False
        self._timer = threading.Timer(TIMEOUT, self._give_up)
        self._timer.daemon = True
        self._timer.start()

    def __enter__(self) -> _Process:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def write(self, lines: Iterable[str]) -> None:
        """Hand lines over; that the process has ended is found out by who reads."""
        with suppress(OSError, ValueError):
            self._popen.stdin.write("".join(f"{line}\n" for line in lines).encode("ascii"))
            self._popen.stdin.flush()

    def finish(self) -> None:
        """Wait for the end.

        Raises:
            _Failed: git did not end well. A complaint counts even with status 0: `git log` over a damaged
                repository may go on after an error.
        """
        self._close_input()
        status = self._popen.wait()
        self._listener.join()
        said = b"".join(self._complaints).decode("utf-8", "replace")
        if status or self._timed_out or re.search(r"^(?:error|fatal):", said, re.MULTILINE):
            raise _Failed(status, said, timed_out=self._timed_out)

    def stop(self) -> None:
        """End the process if it still runs."""
        self._timer.cancel()
        self._close_input()
        if self._popen.poll() is None:
            self._popen.kill()
            self._popen.wait()
        self._listener.join()
        self.output.close()
        self._popen.stderr.close()

    def _close_input(self) -> None:
        with suppress(OSError):
            self._popen.stdin.close()

    def _listen(self) -> None:
        for line in self._popen.stderr:
            if sum(map(len, self._complaints)) < 10_000:
                self._complaints.append(line)

    def _give_up(self) -> None:
        self._timed_out = True
        self._popen.kill()


_VARIABLES = threading.Lock()


@contextmanager
def _unseen_variables() -> Iterator[None]:
    """Take every `GIT_*` variable out of the environment while a process starts: GitPython passes all on."""
    with _VARIABLES:
        taken = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("GIT_")}
        try:
            yield
        finally:
            os.environ.update(taken)


def _git() -> Any:
    """Return GitPython's way of starting git; imported late because it takes a tenth of a second."""
    os.environ["GIT_PYTHON_REFRESH"] = "quiet"  # otherwise the import itself fails where git is missing
    try:
        from git.cmd import Git
    finally:
        del os.environ["GIT_PYTHON_REFRESH"]
    return Git


_CHUNK = 1 << 16
"""Bytes of the log that are read at once."""
_BATCH = 256
"""Commits that are handed out at once."""


def _tokens(output: io.BufferedReader) -> Iterator[bytes]:
    rest = b""
    while chunk := output.read1(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest.strip(b"\n"):
        yield rest


def _commits(output: io.BufferedReader, prefix: str) -> Iterator[LoggedCommit]:
    """Read what `git log` prints, newest first."""
    tokens = _tokens(output)
    start = len(prefix.encode("utf-8", "surrogateescape"))
    paths: dict[bytes, str] = {}
    header: tuple[str, int | None, str, str] | None = None
    changes: list[Change] = []
    for token in tokens:
        mark = token.lstrip(b"\n")
        if mark[:1] == b":":
            name = next(tokens, b"")[start:]
            path = paths.get(name)
            if path is None:
                path = paths[name] = name.decode("utf-8", "surrogateescape")
            # ":100644 100644 <old> <new> M": a mode that begins with 10 is an ordinary file
            fields = mark.split(b" ")
            changes.append(Change(path, fields[3].decode("ascii") if fields[1][:2] == b"10" else None))
        elif mark[:1] == b"\x01":
            if header is not None:
                yield LoggedCommit(*header, tuple(changes))
            changes = []
            seconds = next(tokens, b"")
            subject, body = next(tokens, b""), next(tokens, b"")
            header = (
                mark[1:].decode("ascii"),
                _number(seconds),
                subject.decode("utf-8", "replace"),
                body.decode("utf-8", "replace").strip(),
            )
    if header is not None:
        yield LoggedCommit(*header, tuple(changes))


def _batches(commits: Iterator[LoggedCommit]) -> Iterator[list[LoggedCommit]]:
    while batch := list(islice(commits, _BATCH)):
        yield batch


def _number(digits: bytes) -> int | None:
    try:
        return int(digits)
    except ValueError:
        return None


def _owned(message: str) -> str | None:
    found = _OWNED.search(message)
    return None if found is None else found[1]


def _short(message: str) -> str:
    """Return what git complains of, without its hints."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("error:", "fatal:"))]
    return " ".join(telling or lines)[:300] or "?"
