"""The index as a script: a page opened from a disk may run a script, but may fetch nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from livingpolicy.model import Kind, Status
from livingpolicy.search.index import SCALE, Entry, Index

SCHEMA = 1
FOLDER = "search"
NAME = "livingPolicySearch"
"""The variable that the script sets."""

_STATUS = {None: 0, Status.UPCOMING: 1, Status.RETIRED: 2}


def index_file(made: Index, page: Callable[[str], str]) -> tuple[str, bytes]:
    """Return the path and the content of the script; *page* gives the address of a chapter by its id.

    The name holds a digest of the content: a browser that has kept an older index never mixes the two.
    """
    text = json.dumps(_value(made, page), ensure_ascii=False, separators=(",", ":"))
    content = f"globalThis.{NAME}={text};\n".encode()
    return f"{FOLDER}/index.{sha256(content).hexdigest()[:10]}.js", content


def _value(made: Index, page: Callable[[str], str]) -> dict[str, object]:
    chapters = list(made.chapters)
    owners = list(dict.fromkeys(entry.owner for entry in made.entries))
    return {
        "schema": SCHEMA,
        "scale": SCALE,
        "chapters": [[name, page(name), made.chapters[name]] for name in chapters],
        "owners": owners,
        "entries": [_entry(entry, chapters.index(entry.chapter), owners) for entry in made.entries],
        "forms": " ".join(made.forms),
        "stems": [_stem(form, stem) for form, stem in zip(made.forms, made.stems, strict=True)],
        "places": [list(_steps(places)) for places in made.places],
        "alike": made.alike,
        "endings": made.tongue.endings,
        "derivations": made.tongue.derivations,
        "links": made.tongue.links,
        "small": made.tongue.small,
    }


def _entry(entry: Entry, chapter: int, owners: list[str]) -> list[object]:
    return [
        entry.id,
        entry.title,
        chapter,
        list(Kind).index(entry.kind),
        owners.index(entry.owner),
        _STATUS[entry.status],
        [f"{part.letter}{text}" for part, text in entry.passages],
    ]


def _stem(form: str, stem: str) -> int | str:
    """Return how many letters to cut off, or the stem when it is not how the form begins."""
    return len(form) - len(stem) if form.startswith(stem) else stem


def _steps(places: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield each entry as the step from the one before, followed by its weight: small numbers pack well."""
    before = 0
    for entry, weight in places:
        yield entry - before
        yield weight
        before = entry
