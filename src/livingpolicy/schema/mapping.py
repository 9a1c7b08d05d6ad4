"""Mappings with fixed keys, declared as dataclasses whose fields say how they are read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from livingpolicy.schema.fields import Fault, Faults, Field, fault
from livingpolicy.spelling import KEYS, near, nearest

M = TypeVar("M")


def required(field: Field[Any], *, key: str | None = None) -> Any:
    """Declare a key that must be there; *key* is its name when Python has taken it."""
    return dataclasses.field(metadata={"field": field, "key": key})


def optional(field: Field[Any], default: object = None) -> Any:
    """Declare a key that may be left out."""
    return dataclasses.field(default=default, metadata={"field": field, "key": None})


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a mapping."""

    name: str
    """As the editor writes it."""
    attribute: str
    field: Field[Any]
    required: bool


def keys(model: type[Any]) -> Mapping[str, Key]:
    """Return the keys of *model* by the name that the editor writes."""
    return _keys(model)  # type: ignore[arg-type]  # mypy doubts that a class is hashable


@cache
def _keys(model: type[Any]) -> Mapping[str, Key]:
    found = [
        Key(
            item.metadata["key"] or item.name,
            item.name,
            item.metadata["field"],
            item.default is dataclasses.MISSING,
        )
        for item in dataclasses.fields(model)
    ]
    return {key.name: key for key in found}


def nested(model: type[M]) -> Field[M]:
    """A mapping that is read as *model*, whole or not at all."""

    def read(value: object) -> M:
        if not isinstance(value, dict):
            raise fault("not-mapping")
        values, found = fill(model, value)
        if found:
            raise Faults(found)
        return model(**values)

    return Field(read, json_schema(model), keys=keys(model))


def fill(model: type[Any], raw: Mapping[str, object]) -> tuple[dict[str, Any], list[Fault]]:
    """Read the keys of *raw* one by one: the attributes of *model* that are right, and what is wrong."""
    known = keys(model)
    values: dict[str, Any] = {}
    found: list[Fault] = []
    meant: set[str] = set()
    for name, value in raw.items():
        if (key := known.get(name)) is None:
            meant.add(nearest(name, known, KEYS) or "")
            found.append(Fault("unknown-key", {"key": name, "known": near(name, known, KEYS)}, (name,)))
            continue
        try:
            values[key.attribute] = key.field.read(value)
        except Faults as faults:
            found += faults.below(name)
    # A misspelt key is one mistake, not an unknown key and a missing one.
    missing = [key.name for key in known.values() if key.required and key.name not in {*raw, *meant}]
    if missing:
        found.append(Fault("missing-key", {"keys": ", ".join(missing)}))
    return values, found


def json_schema(model: type[Any]) -> dict[str, Any]:
    """Return the JSON Schema of *model*; its docstring is the description that editors' tools show."""
    known = keys(model).values()
    schema = {
        "type": "object",
        "description": (model.__doc__ or "").split("\n")[0],
        "properties": {key.name: dict(key.field.schema) for key in known},
        "required": [key.name for key in known if key.required],
        "additionalProperties": False,
    }
    return (
        schema if schema["required"] else {key: value for key, value in schema.items() if key != "required"}
    )
