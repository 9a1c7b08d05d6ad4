"""The repository around a folder: the questions that can be put to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha1, sha256
from pathlib import Path
from typing import Self

from livingpolicy.errors import HistoryError
from livingpolicy.gitlog.commands import (
    DIFFERING,
    ENVIRONMENT,
    FACTS,
    FOLDER,
    LOG,
    LOG_AFTER,
    OPTIONS,
    PEOPLE,
    SINCE,
)
from livingpolicy.gitlog.objects import MISSING, Objects
from livingpolicy.gitlog.printed import LoggedCommit, batches, commits, people, tokens
from livingpolicy.gitlog.process import Failed, Process, start
from livingpolicy.gitlog.refusals import HASH, owned, refusal


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
        self._options: tuple[str, ...] = OPTIONS
        self._open: list[Objects] = []
        try:
            answer = self._ask(*FACTS)
        except Failed as failure:
            answer = self._trusted(failure)
        shallow, prefix, objects, head = answer
        if shallow != "false":
            raise HistoryError("shallow")
        self._prefix = prefix
        self._objects = root / objects
        self.head = at or head

    def __enter__(self) -> Self:
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
        return self._logged(*LOG, self.head, "--", FOLDER)

    def log_after(self, earlier: str) -> list[LoggedCommit] | None:
        """Return the commits of the chain after *earlier* (a hash) that touch the policy, newest first.

        None: *earlier* is not on the chain, or git cannot tell.
        """
        process = self._start(*LOG_AFTER, self.head, f"^{earlier}", "--", FOLDER)
        try:
            printed = list(commits(process.output, self._prefix))
            process.finish()
        except Failed:
            return None
        finally:
            process.stop()
        wanted = self.head
        found = []
        for commit in printed:
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
            yield from batches(commits(process.output, self._prefix))
            process.finish()
        except Failed as failure:
            raise refusal(failure, self._root) from failure
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
        except Failed as failure:
            if failure.status == 1 and not failure.message:
                return None
            raise refusal(failure, self._root) from failure
        return answer[0] if len(answer) == 1 and HASH.fullmatch(answer[0]) else None

    def files(self, commit: str, *paths: str) -> Mapping[str, str]:
        """Return the blobs that *commit* (a hash) has at or below *paths*, by path below the root.

        Raises:
            HistoryError: git could not read them.
        """
        process = self._start("ls-tree", "-r", "-z", "--end-of-options", commit, "--", *paths)
        try:
            entries = [token.partition(b"\t") for token in tokens(process.output)]
            process.finish()
        except Failed as failure:
            raise refusal(failure, self._root) from failure
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
        batches = self._logged(*SINCE, self.head, f"^{base}", "--", FOLDER)
        return [commit for batch in batches for commit in batch]

    def addresses(self) -> frozenset[str]:
        """Return the e-mail addresses, in small letters, of everybody who wrote or signed a commit of `head`.

        Raises:
            HistoryError: git could not read them all.
        """
        process = self._start(*PEOPLE, self.head)
        try:
            found = people(process.output)
            process.finish()
        except Failed as failure:
            raise refusal(failure, self._root) from failure
        finally:
            process.stop()
        return found

    @property
    def prefix(self) -> str:
        """Where the root lies below the top of the repository: "" or "folder/"."""
        return self._prefix

    def differing(self, base: str) -> tuple[str, ...]:
        """Return the files that `head` has not as *base* (a hash) has them, from the top of the repository.

        Raises:
            HistoryError: git could not read them.
        """
        process = self._start(*DIFFERING, base, self.head)
        try:
            names = [token for token in tokens(process.output) if token[:1] != b":"]
            process.finish()
        except Failed as failure:
            raise refusal(failure, self._root) from failure
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

    def _refused(self, failure: Failed, name: str) -> HistoryError:
        """Name what became of the object *name*."""
        if failure.message == MISSING:
            # A clone that was told to leave objects out has packs that say so.
            partial = any(self._objects.glob("pack/*.promisor"))
            return HistoryError("partial-clone" if partial else "missing-object", object=name)
        return refusal(failure, self._root, name)

    def _trusted(self, failure: Failed) -> list[str]:
        """Ask again if git refused because of the owner, and the user's configuration trusts the folder."""
        if "dubious ownership" not in failure.message:
            raise refusal(failure, self._root) from failure
        folder = owned(failure.message) or str(self._root)
        process = self._start(
            "config", "--get-all", "-z", "safe.directory", folder=self._root.anchor, settings={}
        )
        with process:
            trusted = process.output.read().decode("utf-8", "surrogateescape").split("\0")
        if folder not in trusted and "*" not in trusted:
            raise HistoryError("dubious-ownership", path=folder) from failure
        self._options = (*OPTIONS, "-c", f"safe.directory={folder}")
        try:
            return self._ask(*FACTS)
        except Failed as again:
            raise refusal(again, self._root) from again

    def _ask(self, *arguments: str) -> list[str]:
        process = self._start(*arguments)
        with process:
            lines = process.output.read().decode("utf-8", "surrogateescape").split("\n")
            process.finish()
        return lines[:-1]

    def _start(
        self, *arguments: str, folder: str | None = None, settings: Mapping[str, str] | None = None
    ) -> Process:
        options = self._options if settings is None else ()
        return start(
            folder or str(self._root), options, arguments, ENVIRONMENT if settings is None else settings
        )
