"""A module imports only what stands to its left."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"

ROW = [
    "interval",
    "model",
    "period",
    "clock",
    "errors",
    "colours",
    "writing",
    "catalogue_files",
    "language",
    "once",
    "phases",
    "beside",
    "headers",
    "inline",
    "workclock",
    "headings",
    "outline",
    "mistyped",
    "characters",
    "conflicts",
    "spelling",
    "strictyaml",
    "quoting",
    "wording",
    "discretion",
    "meaning",
    "diff",
    "versions",
    "schema",
    "schema_files",
    "markup",
    "measurements",
    "rows",
    "assessment_files",
    "assessment",
    "needs",
    "parse",
    "diagrams",
    "logos",
    "scaffold",
    "validate",
    "fixes",
    "search",
    "hanging",
    "assemble",
    "folder",
    "load",
    "gitlog",
    "levels",
    "lives",
    "chain",
    "cache",
    "walk",
    "progress",
    "recall",
    "revisions",
    "results",
    "changes",
    "disclosure",
    "review",
    "coverage",
    "scoring",
    "effects",
    "agenda",
    "signals",
    "forecast",
    "ledger",
    "recording",
    "snapshot",
    "past",
    "editions",
    "chronicle",
    "proposal",
    "dependencies",
    "tending",
    "gate",
    "issues",
    "forge",
    "fonts",
    "browser",
    "printing",
    "doctor",
    "render",
    "pieces",
    "compiling",
    "publish",
    "starter",
    "commands",
    "cli",
]

ONLY_IN = {
    "git": {"gitlog"},
    "yaml": {"strictyaml", "ledger"},
    "markdown_it": {"markup", "render"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "click": {"commands", "cli"},
    "fontTools": {"fonts"},
    "mkdocs": set[str](),
    "snowballstemmer": {"search"},
    "playwright": {"browser"},
    "holidays": {"workclock"},
    "mermaidx": {"diagrams"},
}
"""Outside libraries that have one door; MkDocs has its own, in hooks/."""


def modules() -> list[Path]:
    return sorted(path for path in (SOURCE / "livingpolicy").rglob("*.py") if path.name != "__main__.py")


def room(path: Path) -> str:
    """Return the part of the row that a file belongs to."""
    return path.relative_to(SOURCE / "livingpolicy").with_suffix("").parts[0]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_what_stands_to_its_left(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        return
    assert here in ROW, f"give {here} a place in the row"
    theirs = {name.split(".")[1] for name in imports(path) if name.startswith("livingpolicy.")}
    wrong = {name for name in theirs & set(ROW) if ROW.index(name) > ROW.index(here)}
    assert not wrong


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_an_outside_library_has_one_door(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(path)}
    assert not {library for library, doors in ONLY_IN.items() if library in used and room(path) not in doors}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_only_the_clock_reads_the_clock(path: Path) -> None:
    """Nothing can fall back to today if nothing but `clock.py` can ask what day it is."""
    if room(path) == "clock":
        return
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not calls & {"now", "utcnow", "today"}


def test_hooks_and_scripts_do_not_import_each_other() -> None:
    for path in [*(ROOT / "hooks").glob("*.py"), *(ROOT / "scripts").glob("*.py")]:
        roots = {name.split(".")[0] for name in imports(path)}
        assert not roots & {"hooks", "scripts"}, path


def test_every_room_stands_on_the_map() -> None:
    """The map of the code in CONTRIBUTING.md names every module of the core."""
    rows = [
        line for line in (ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines() if line.startswith("| `")
    ]
    named = " ".join(rows)
    assert not [name for name in ROW if f"`{name}`" not in named and f"`{name}/`" not in named]
