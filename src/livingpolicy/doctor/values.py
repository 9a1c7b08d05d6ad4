"""What an examination finds, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Told = str | int | float
"""What a message's placeholder stands for; a float is seconds or gigabytes, told with one decimal."""


class Verdict(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARN = "warn"
    """Everything that must work works, but something is worth mending."""
    FAIL = "fail"
    """Something that people rely on does not work here."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one check found."""

    name: str
    """Of the check: `doctor.name.<name>` in the catalogue, and in JSON."""
    verdict: Verdict
    text: str
    """Key of the message in the catalogue, which says what is wrong and how to cure it."""
    values: Mapping[str, Told] = field(default_factory=lambda: MappingProxyType({}))


def ok(name: str, code: str, /, **values: Told) -> Found:
    """Return that nothing is wrong."""
    return Found(name, Verdict.OK, f"doctor.{code}", values)


def warn(name: str, code: str, /, **values: Told) -> Found:
    """Return that something is worth mending."""
    return Found(name, Verdict.WARN, f"doctor.{code}", values)


def fail(name: str, code: str, /, **values: Told) -> Found:
    """Return that something does not work."""
    return Found(name, Verdict.FAIL, f"doctor.{code}", values)
