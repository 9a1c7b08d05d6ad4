"""Write a text as a value in YAML, so that the strict reader gives back the same text."""

from __future__ import annotations

from livingpolicy import strictyaml
from livingpolicy.model import Source


def scalar(text: str) -> str:
    """Return *text* (one line) as it may stand after `key: `, within quotes only if it needs them.

    >>> scalar("Kort sagt: vi svarar")
    '"Kort sagt: vi svarar"'
    """
    document, problems = strictyaml.read(f"key: {text}", Source(""))
    plain = document is not None and not problems and document.value == {"key": text}
    return text if plain else quoted(text)


def quoted(text: str) -> str:
    """Return *text* (one line) within the quotes that need no escapes, else with every `'` doubled."""
    return f'"{text}"' if not {'"', "\\"} & set(text) else "'" + text.replace("'", "''") + "'"
