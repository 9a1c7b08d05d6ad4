"""What `livingpolicy doctor` found, for people and as JSON (a contract, schema 1)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from livingpolicy import __version__
from livingpolicy.doctor import Found, Verdict, exit_code
from livingpolicy.doctor.values import Told
from livingpolicy.language import Catalogue

SCHEMA = 1


def text(found: Sequence[Found], words: Catalogue) -> str:
    """Return a line for each check, the word of its verdict first; the other lines of a cure stand below."""
    verdicts = {verdict: words.text(f"doctor.verdict.{verdict}") for verdict in Verdict}
    names = {each.name: words.text(f"doctor.name.{each.name}") for each in found}
    first = max(map(len, verdicts.values()))
    second = max(map(len, names.values()))
    lines = []
    for each in found:
        head, *below = message(each, words).splitlines()
        lines.append(f"{verdicts[each.verdict]:{first}}  {names[each.name]:{second}}  {head}")
        lines += [f"{'':{first}}  {'':{second}}  {line}".rstrip() for line in below]
    counts = _counts(found)
    summary = words.text("doctor.summary", **{verdict.value: counts[verdict] for verdict in Verdict})
    return "\n".join([*lines, "", summary]) + "\n"


def document(found: Sequence[Found], words: Catalogue) -> str:
    """Return the findings as JSON, ended by a line feed."""
    counts = _counts(found)
    made = {
        "schema": SCHEMA,
        "version": __version__,
        "exit_code": int(exit_code(found)),
        "counts": {verdict.value: counts[verdict] for verdict in Verdict},
        "checks": [
            {
                "name": each.name,
                "verdict": each.verdict.value,
                "code": each.text.partition(".")[2],
                "message": message(each, words),
                "values": {
                    name: round(value, 3) if isinstance(value, float) else value
                    for name, value in each.values.items()
                },
            }
            for each in found
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def message(found: Found, words: Catalogue) -> str:
    """Return what was found and the cure, in one line or several."""
    return words.text(
        found.text, **{name: _told(value, words) for name, value in found.values.items()}
    ).strip()


def _told(value: Told, words: Catalogue) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", words.text("doctor.decimal"))
    return " ".join(str(value).split())


def _counts(found: Iterable[Found]) -> Counter[Verdict]:
    return Counter(each.verdict for each in found)
