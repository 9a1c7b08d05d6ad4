"""Text that terminals and the logs of jobs print and do not obey, whoever wrote it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from livingpolicy.characters import cleaned, forbidden

Remember: TypeAlias = Callable[[object, Callable[[], str]], str]
"""Returns what was made of the same parts before, or makes it."""

_OLD_COMMAND = "##["
"""Begins a command in logs of jobs, wherever it stands in a line."""


def lines(text: str) -> str:
    r"""Return *text* with every line as it is, but for what moves a cursor or is a command to a runner.

    >>> lines("a\x1b[31mb\n  ::error::c")
    'a[31mb\n  : :error::c'
    """
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    line = cleaned(line).replace(_OLD_COMMAND, "# #[")
    return line.replace("::", ": :", 1) if line.lstrip().startswith("::") else line


def afresh(_parts: object, make: Callable[[], str]) -> str:
    """Remember nothing."""
    return make()


def document(value: Mapping[str, object], remember: Remember = afresh) -> str:
    r"""Return *value* as JSON over several lines, ended by a line feed.

    It reads back as *value*: what a terminal would obey stands there as an escape (`\u009b`). Over several
    lines JSON is slow to write, so *remember* may know how an item of its lists was written before.
    """
    members = (f"{_json(key)}: {_member(each, remember)}" for key, each in value.items())
    return "{\n  " + ",\n  ".join(members) + "\n}\n"


def _member(value: object, remember: Remember) -> str:
    if not isinstance(value, list) or not value:
        return _json(value).replace("\n", "\n  ")
    items = (remember(("json", item), partial(_json, item)).replace("\n", "\n    ") for item in value)
    return "[\n    " + ",\n    ".join(items) + "\n  ]"


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2).replace(_OLD_COMMAND, "#\\u0023[")
    for _, char in forbidden(text):
        text = text.replace(char, json.dumps(char)[1:-1] if char != "\x7f" else "\\u007f")
    return text
