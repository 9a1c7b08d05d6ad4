"""The catalogue of faults: what may go wrong, and the tests that try it."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[1]
MISSING = "missing: "


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that goes wrong."""

    id: str
    fault: str
    answer: str
    """What must happen, in a word."""
    tests: tuple[str, ...]
    """`path below tests/::name`, where the name is a function's or that of a mistake in FAULTS."""
    missing: str
    """Why nothing tries it yet; empty for a row with tests."""


def groups() -> Mapping[str, tuple[Row, ...]]:
    """Return the rows by the title of their group, in the order of the file."""
    written = tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text("utf-8"))
    return {
        group["title"]: tuple(_row(name, cells) for name, cells in group["rows"].items())
        for group in written.values()
    }


def _row(name: str, cells: list[str]) -> Row:
    fault, answer, *tests = cells
    missing = "".join(text.removeprefix(MISSING) for text in tests if text.startswith(MISSING))
    return Row(name, fault, answer, tuple(text for text in tests if not text.startswith(MISSING)), missing)


def exists(test: str) -> bool:
    """Whether *test* names a function or a mistake that is there."""
    path, _, name = test.partition("::")
    return name in names(TESTS / path)


@cache
def names(path: Path) -> frozenset[str]:
    """Return the test functions of a file ("test_x", "TestClass::test_x") and the mistakes in its FAULTS."""
    if not path.is_file():
        return frozenset()
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "FAULTS":
            assert isinstance(node.value, ast.List)
            for fault in node.value.elts:
                if isinstance(fault, ast.Tuple) and isinstance(fault.elts[0], ast.Constant):
                    found.add(str(fault.elts[0].value))
    return frozenset(found)
