"""A section's metadata as lines a reader knows: the promise, the steps, who may decide what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from livingpolicy import strictyaml
from livingpolicy.language import Catalogue
from livingpolicy.model import Source

COUNTED = ("promise", "kind", "owner", "steps", "mandate", "target", "effective_from", "retired_on")
"""The metadata whose change is a revision, in the order in which they are told."""


def facts(metadata: str | None, words: Catalogue, names: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Return the lines of each counted fact of a section's `yaml` block, by the key of the fact.

    *names* are those of roles and targets, by id. What cannot be read is left out; never raises.
    """
    if metadata is None:
        return {}
    values = _values(metadata)
    found = {key: tuple(_lines(key, values.get(key), words, names)) for key in COUNTED}
    return {key: lines for key, lines in found.items() if lines}


@lru_cache(maxsize=512)  # from one wording to the next most metadata stay
def _values(metadata: str) -> Mapping[object, object]:
    document, _ = strictyaml.read(metadata, Source(""))
    return document.value if document is not None and isinstance(document.value, dict) else {}


def _lines(key: str, value: object, words: Catalogue, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _lines(key, item, words, names)
    elif isinstance(value, Mapping):
        yield _mandate(value, words, names)
    elif value not in (None, ""):
        text = str(value)
        if key == "kind":
            text = words.texts.get(f"kind.{text}", text)
        yield names.get(text, text) if key in {"owner", "target"} else text


def _mandate(value: Mapping[object, object], words: Catalogue, names: Mapping[str, str]) -> str:
    role, beyond = str(value.get("role", "")), str(value.get("beyond") or "")
    amount = f"{number(value.get('up_to'), words)} {value.get('unit', '')}".strip()
    line = words.text("diff.mandate", role=names.get(role, role), amount=amount)
    decides = words.inside(names.get(beyond, beyond))
    return f"{line}; {words.text('diff.beyond', role=decides)}" if beyond else line


def number(value: object, words: Catalogue) -> str:
    """Return a number as the language writes it: "1 000", "2,5"; what is no number as it stands."""
    if not isinstance(value, int | float):
        return str(value or "")
    return words.number(value).replace("\u00a0", " ")
