"""The files of the self-assessment, key by key."""

# ruff: noqa: RUF009 - required() and optional() declare fields, as dataclasses.field() does

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from livingpolicy.schema.fields import (
    DAY,
    ID,
    TITLE,
    Fault,
    Faults,
    Field,
    fault,
    flag,
    number,
    several,
    shown,
    table,
    text,
)
from livingpolicy.schema.mapping import nested, optional, required

T = TypeVar("T")

GROUPS = 7
"""The bands of the total rest on seven groups of 1 to 5."""
MOST_PEOPLE = 5000
"""In one result."""

VERSION = number(1, 999, whole=True)
ANSWER = number(1, 5, whole=True)


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise fault("not-mapping")
    return value


ANSWERS = Field(_mapping, table(ID, ANSWER).schema)
"""What was answered, by statement. A rule knows what was asked, and looks at answers to that alone."""


def listed(item: Field[T], least: int, most: int) -> Field[tuple[T, ...]]:
    """A list of *item* in which two may be alike, as a tuple; that it is too short is said by a rule."""

    def read(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise fault("not-list", text=shown(value))
        items: list[T] = []
        found: list[Fault] = []
        for place, inner in enumerate(value):
            try:
                items.append(item.read(inner))
            except Faults as faults:
                found += faults.below(place)
        if not found and len(items) > most:
            values = {"count": str(len(items)), "least": str(least), "most": str(most)}
            found.append(Fault("list-length", values))
        if found:
            raise Faults(found)
        return tuple(items)

    schema = {"type": "array", "items": item.schema, "minItems": least, "maxItems": most}
    return Field(read, schema, inner=item)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry:
    """A statement that people answer with 1 (not at all) to 5 (all the time)."""

    id: str = required(ID)
    text: str = required(text(200))
    management: bool = optional(flag(), False)
    sections: tuple[str, ...] = optional(several(ID), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEntry:
    """Statements about one thing."""

    id: str = required(ID)
    name: str = required(text(60))
    statements: tuple[StatementEntry, ...] = required(listed(nested(StatementEntry), 1, 20))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignEntry:
    """A warning sign that people recognise or not."""

    id: str = required(ID)
    name: str = required(TITLE)
    text: str = required(text(300))
    sections: tuple[str, ...] = optional(several(ID), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionnaireFile:
    """The statements of the self-assessment."""

    version: int = required(VERSION)
    groups: tuple[GroupEntry, ...] = required(listed(nested(GroupEntry), GROUPS, GROUPS))
    signs: tuple[SignEntry, ...] = optional(listed(nested(SignEntry), 0, 10), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class RespondentEntry:
    """What one person answered, with nothing that says who."""

    answers: Mapping[str, object] = required(ANSWERS)
    signs: tuple[str, ...] | None = optional(several(ID))


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFile:
    """Everybody's answers to the self-assessment on one occasion."""

    questionnaire: int = required(VERSION)
    answered_on: date = required(DAY)
    respondents: tuple[RespondentEntry, ...] = required(listed(nested(RespondentEntry), 1, MOST_PEOPLE))
