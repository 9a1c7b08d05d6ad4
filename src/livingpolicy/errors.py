"""What can be wrong, as values and two exceptions. The words for it are in `language`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

from livingpolicy.model import Source


class ExitCode(IntEnum):
    """What a command tells its caller."""

    FINE = 0
    FINDING = 1
    """Something is overdue, or a target is contradicted."""
    WRONG = 2
    """The content or the call is wrong."""
    CANNOT_ANSWER = 3
    """The environment cannot answer: no git, shallow clone, disk full."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an editor should mend. Prints as `path:line: code: message` through `Catalogue.problem`."""

    source: Source
    code: str
    """Key under `problem.` in the message catalogue, also the name in reports: "unknown-key"."""
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the message's placeholders stand for."""
    warning: bool = False
    """A warning does not stop publishing, except under `--strict`."""

    @property
    def order(self) -> tuple[str, int, str, tuple[str, ...]]:
        """The order in which problems are printed."""
        return (self.source.path, self.source.line, self.code, tuple(self.values.values()))


class PolicyError(Exception):
    """The content cannot be published. Raised by `load` with every problem of every file."""

    def __init__(self, problems: Iterable[Problem], language: str = "sv") -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.order))
        self.language = language
        """The policy's language as far as it could be read."""
        self.warnings = sum(problem.warning for problem in self.problems)
        """How many of the problems would not have stopped anything on their own."""
        self.errors = len(self.problems) - self.warnings
        super().__init__(f"{len(self.problems)} problem(s)")


class HistoryError(Exception):
    """Git cannot say when sections were revised. Raised by `gitlog`."""

    def __init__(self, code: str, **values: str) -> None:
        self.code = code
        """Key under `history.` in the message catalogue; the message names the cure."""
        self.values: Mapping[str, str] = MappingProxyType(values)
        self.language = "sv"
        """The policy's language, once somebody knows it."""
        super().__init__(code)


class DiskError(OSError):
    """The policy's files could not be written; carries the language to say so in."""

    def __init__(self, error: OSError, language: str) -> None:
        super().__init__(error.errno, error.strerror, error.filename)
        self.language = language


class PrintError(Exception):
    """No browser can print here. Raised by `printing`; `printing.<code>` in the catalogue says why."""

    def __init__(self, code: str, **values: str) -> None:
        self.code = code
        self.values = values
        self.language = "sv"
        """The policy's, set by whoever has read it."""
        super().__init__(code)


class PublishError(Exception):
    """Nothing was published. Raised by `publish`; `publish.<code>` in the catalogue says why and the cure."""

    def __init__(self, code: str, exit_code: ExitCode = ExitCode.WRONG, /, **values: str) -> None:
        self.code = code
        self.exit_code = exit_code
        self.values: Mapping[str, str] = MappingProxyType(values)
        self.language = "sv"
        """The policy's, set by whoever has read it."""
        super().__init__(code)
