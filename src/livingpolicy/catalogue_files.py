"""The texts of one language, read file by file as they are asked for.

All of them together take longer to parse than a report takes to write, and a command asks for a few files.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files

_TABLE = re.compile(r"^\[([\w-]+)", re.MULTILINE)
_FIRST_TABLE = re.compile(r"^\[", re.MULTILINE)
_KEY = re.compile(r"^([\w-]+)\s*=", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Texts(Mapping[str, str]):
    """Texts by dotted key; a key is looked for in the files that have its first part."""

    unread: dict[str, list[str]]
    """The files, as text, by the first part of the keys in them; those that were read are gone."""
    read: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        if key not in self.read:
            self._read(key.partition(".")[0])
        return self.read[key]

    def __iter__(self) -> Iterator[str]:
        for name in [*self.unread]:
            self._read(name)
        return iter(self.read)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _read(self, name: str) -> None:
        for text in self.unread.pop(name, ()):
            self.read.update(_flat(tomllib.loads(text)))


def read_texts(language: str) -> Texts:
    """Return the texts of `locale/<language>/*.toml`."""
    folder = files("livingpolicy") / "locale" / language
    unread: dict[str, list[str]] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            text = entry.read_text("utf-8")
            first = _FIRST_TABLE.search(text)
            above = text[: first.start()] if first else text
            for name in {*_KEY.findall(above), *_TABLE.findall(text)}:
                unread.setdefault(name, []).append(text)
    return Texts(unread)


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
