"""The files of a fresh policy repository, and those that the site takes from the installed package.

What this repository uses as well has one source in it: docs/, hooks/, .github/, .vscode/ and mkdocs.yml go
into the wheel as `starter/shared/` (pyproject.toml); in a checkout they are taken from where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template

from livingpolicy import __version__
from livingpolicy.quoting import scalar
from livingpolicy.schema_files import FOLDER, schema_files

_HERE = Path(__file__).resolve().parent
NAMES: Mapping[str, tuple[str, str]] = {
    "sv": ("Kundpolicy", "Exempelbolaget"),
    "en": ("Customer policy", "Example Ltd"),
}
"""For a language: what the policy and the company are called until somebody says otherwise."""


def fresh_files(language: str, *, title: str, organisation: str) -> Mapping[str, bytes]:
    """Return what a fresh repository is made of, by path: a policy in *language* and all its site needs."""
    files = {
        "requirements.txt": f"livingpolicy=={__version__}\n".encode(),
        "mkdocs.yml": _settings(language).encode("utf-8"),
        "hooks/policy.py": (shared() / "hooks" / "installed.py").read_bytes(),
        **{f"{FOLDER}/{name}": text.encode("utf-8") for name, text in schema_files().items()},
        **dict(_tree(_HERE / "common")),
        **dict(_tree(_HERE / language)),
        **{f".vscode/{path}": data for path, data in _tree(shared() / ".vscode")},
        **{f".github/{path}": data for path, data in _tree(shared() / ".github") if _ours(path, language)},
    }
    if language == "sv":
        guides = dict(_tree(shared() / "docs"))
        files |= {f"docs/{path}": _guide(data) for path, data in guides.items() if path.endswith(".md")}
    names = {"title": title, "organisation": organisation}
    readme = Template(files["README.md"].decode("utf-8")).substitute(names)
    files["README.md"] = readme.encode("utf-8")
    settings = files["policy/policy.yml"].decode("utf-8")
    for key, name in names.items():
        settings = _instead(rf"^{key}: .*$", f"{key}: {scalar(name)}", settings)
    files["policy/policy.yml"] = settings.encode("utf-8")
    return dict(sorted(files.items()))


def hook_files() -> tuple[Path, ...]:
    """Return the hooks that make the site, in the order in which mkdocs.yml names them."""
    settings = (shared() / "mkdocs.yml").read_text("utf-8")
    return tuple(shared() / name for name in re.findall(r"^  - (hooks/\w+\.py)$", settings, re.MULTILINE))


def assets() -> Path:
    """Return the folder with the styles and scripts of the site."""
    return shared() / "docs"


def theme() -> Path:
    """Return the folder with the overrides of the theme."""
    return _HERE.parent / "theme"


def shared() -> Path:
    """Return the folder that holds docs/, hooks/, .github/, .vscode/ and mkdocs.yml."""
    packed = _HERE / "shared"
    return packed if packed.is_dir() else _HERE.parents[2]


def _tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file below *folder*; `dot-gitignore` stands for `.gitignore`, which would hold here too."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield path.relative_to(folder).as_posix().replace("dot-", "."), path.read_bytes()


def _ours(path: str, language: str) -> bool:
    """Whether a file of .github/ is of use in a repository that holds a policy and no code."""
    if path == "workflows/test.yml" or path.startswith("pictures/") or path == "CODEOWNERS":
        return False
    return language == "sv" or path.startswith("workflows/") or path == "dependabot.yml"


_NOT_HERE = re.compile(
    r"^\| `(?:make test|make lock|test\.yml)`.*\n|^## Uppgradera\n(?:(?!## ).*\n)*", re.MULTILINE
)
"""Rows of tables about what a repository without code does not have, and the upgrade of its lock files."""


def _guide(data: bytes) -> bytes:
    return _NOT_HERE.sub("", data.decode("utf-8")).encode("utf-8")


def _settings(language: str) -> str:
    """Return mkdocs.yml for a repository that has neither our code nor, yet, an address."""
    text = (shared() / "mkdocs.yml").read_text("utf-8")
    text = _instead(r"^site_name: \w+", f"site_name: {NAMES[language][0]}", text)
    for key in ("repo_url", "edit_uri"):
        line = re.search(rf"^{key}: .*$", text, re.MULTILINE)
        text = _instead(rf"^{key}: .*$", f"# {line[0] if line else key}", text)
    text = _instead(r"^watch: .*$", "watch: [policy]", text)
    text = _instead(
        r"^hooks:\n(?:  - .*\n)+", "hooks:\n  - hooks/policy.py  # the others come with livingpolicy\n", text
    )
    text = _instead(r"^  custom_dir: .*\n", "", text)
    if language == "en":
        text = _instead(r"^  language: sv", "  language: en", text)
        text = _instead(r"^    guides: \[[^\]]*\]", "    guides: [editing.md]", text)
    return text


def _instead(pattern: str, new: str, text: str) -> str:
    """Return *text* with *new* in the one place that *pattern* finds.

    Raises:
        ValueError: it is found nowhere or more than once: the file it is about has changed.
    """
    changed, count = re.subn(pattern, lambda _: new, text, flags=re.MULTILINE)
    if count != 1:
        raise ValueError(f"{pattern!r} found {count} times")
    return changed
