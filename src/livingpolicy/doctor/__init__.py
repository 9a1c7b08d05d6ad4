"""What of the environment is wrong, and how to cure it: one finding for each check, whatever is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from livingpolicy.clock import Clock
from livingpolicy.doctor import machine, packages, repository
from livingpolicy.doctor.values import Found, Verdict, fail
from livingpolicy.errors import ExitCode

__all__ = ["Found", "Verdict", "examine", "exit_code"]

CONTENT = "content"
"""The check whose failure is the editors' to mend and not the environment's."""


def examine(root: Path | None, clock: Clock) -> tuple[tuple[Found, ...], str]:
    """Examine everything, and return what was found and the language to say it in.

    *root* is the folder that holds `policy/`, None when there is none: then the computer alone is examined.
    """
    place = root if root is not None else Path.cwd()
    checks: tuple[tuple[str, Callable[[], Found]], ...] = (
        ("python", machine.python),
        ("packages", partial(packages.packages, place)),
        ("mkdocs", partial(packages.site_builder, clock.now.date())),
        ("console", machine.console),
        ("timezone", machine.timezone),
        ("disk", partial(machine.disk, place)),
        ("cache", partial(machine.user_cache, place)),
        ("fonts", partial(machine.fonts, place)),
        ("browser", machine.browser),
        ("forge", machine.forge),
        ("git", repository.git),
    )
    found = [each for name, check in checks for each in _guarded(name, lambda check=check: (check(),))]  # type: ignore[misc]
    if root is None:
        return (*found, fail("policy", "policy-none", place=str(place))), "sv"
    language = ["sv"]
    found += _guarded(CONTENT, partial(_content, root, clock, language))
    if not _failed(found, "git"):
        found += _guarded("repository", lambda: (repository.repository(root),))
    if not _failed(found, "git", "repository"):  # the history would say the same again
        found += _guarded("history", partial(_history, root, clock))
    return tuple(found), language[0]


def exit_code(found: Iterable[Found]) -> ExitCode:
    """Return what to tell the caller: a warning is no reason to stop; content is the editors' to mend."""
    failed = {each.name for each in found if each.verdict is Verdict.FAIL}
    if failed - {CONTENT}:
        return ExitCode.CANNOT_ANSWER
    return ExitCode.WRONG if failed else ExitCode.FINE


def _failed(found: Iterable[Found], *names: str) -> bool:
    return any(each.name in names and each.verdict is Verdict.FAIL for each in found)


def _content(root: Path, clock: Clock, language: list[str]) -> Iterable[Found]:
    """Late, as the history: what reads the policy needs packages, and that one is missing is to be told."""
    from livingpolicy.doctor import policy

    found, language[0] = policy.content(root, clock)
    return (found,)


def _history(root: Path, clock: Clock) -> Iterable[Found]:
    from livingpolicy.doctor import policy

    return policy.history(root, clock)


def _guarded(name: str, check: Callable[[], Iterable[Found]]) -> tuple[Found, ...]:
    """Return what *check* finds.

    What it breaks on is a finding too: somebody asks because things are broken.
    """
    try:
        return tuple(check())
    except ImportError as error:
        return (fail(name, "package-missing", package=error.name or str(error)),)
    except OSError as error:
        return (fail(name, "disk-refuses", place=str(error.filename or "?"), reason=error.strerror or "?"),)
    except Exception as error:
        return (fail(name, "broken", reason=f"{type(error).__name__}: {error}"),)
