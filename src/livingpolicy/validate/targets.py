"""Rules about the target register and what refers to it."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.errors import Problem
from livingpolicy.markup import target_references
from livingpolicy.model import Source
from livingpolicy.parse import WrittenPolicy, WrittenSection
from livingpolicy.spelling import near
from livingpolicy.validate.needs import named_targets


def a_target_has_one_limit(written: WrittenPolicy) -> Iterator[Problem]:
    """A target has either `at_most` or `at_least`; a percentage lies between 0 and 100.

    Passes: `at_most: 3`.
    Fails: neither, or both; `at_least: 120` with `unit: percent`.
    """
    for entry in (written.targets or {}).values():
        target = entry.value
        if target is None or not entry.sure("at_most", "at_least"):
            continue
        if (target.at_most is None) == (target.at_least is None):
            yield Problem(entry.source(), "target-limit", {"name": target.name or ""})
            continue
        key, limit = ("at_most", target.at_most) if target.at_least is None else ("at_least", target.at_least)
        if entry.sure("unit") and target.unit == "percent" and limit is not None and limit > 100:
            values = {"key": key, "text": f"{limit:g}", "least": "0", "most": "100"}
            yield Problem(entry.source(key), "number-range", values)


def targets_are_known(written: WrittenPolicy) -> Iterator[Problem]:
    """Whatever refers to a target names one of `targets.yml`.

    Passes: `target: svarstid-telefon` and `{{ target.svarstid-telefon }}` with that target in the register.
    Fails: `{{ target.svarstid-telefn }}`.
    """
    if written.targets is None:
        return
    for name, source in _named(written):
        if not written.targets:
            yield Problem(source, "no-targets", {"id": name})
        elif name not in written.targets:
            yield Problem(source, "unknown-target", {"id": name, "known": near(name, written.targets.keys())})


def _named(written: WrittenPolicy) -> Iterator[tuple[str, Source]]:
    for chapter in written.chapters:
        for reference in chapter.markup.targets:
            yield reference.address, Source(chapter.path, reference.line)
    for section in written.sections:
        block = section.block.value
        if block is not None and block.target is not None:
            yield block.target, section.block.source("target")
        for text, source in _texts(section):
            for name in target_references(text):
                yield name, source
    for entry in (written.improvements or {}).values():
        if entry.value is not None and entry.sure("target") and entry.value.target is not None:
            yield entry.value.target, entry.source("target")
    yield from named_targets(written)


def _texts(section: WrittenSection) -> Iterator[tuple[str, Source]]:
    """Yield the texts of the metadata that readers see."""
    block = section.block.value
    if block is None:
        return
    if block.promise is not None:
        yield block.promise, section.block.source("promise")
    for key in ("situations", "steps"):
        for place, text in enumerate(getattr(block, key)):
            yield text, section.block.source(key, place)
