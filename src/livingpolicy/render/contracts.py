"""What shape our published JSON has: JSON Schemas, published beside it for whoever writes a program."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

CONTRACTS = ("policy", "review", "status", "targets")
"""Each is the name of a document and of its schema in `livingpolicy/contracts/`."""


@lru_cache
def contract(name: str) -> str:
    """Return the JSON Schema (2020-12) of one of `CONTRACTS`, ending in a line feed.

    It is open to nothing but what it names: a change that a program could stumble over raises `schema` in the
    document itself.
    """
    return (files("livingpolicy") / "contracts" / f"{name}.json").read_text("utf-8")


def contract_files() -> Mapping[str, str]:
    """Return every schema by its place on the site: `api/schema/policy.json`."""
    return {f"api/schema/{name}.json": contract(name) for name in CONTRACTS}
