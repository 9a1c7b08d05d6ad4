"""Rules about promises, and what they say on posters."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.errors import Problem
from livingpolicy.markup import printed
from livingpolicy.model import Kind
from livingpolicy.parse import WrittenPolicy
from livingpolicy.validate.numerals import states


def a_promise_is_a_sentence(written: WrittenPolicy) -> Iterator[Problem]:
    """A section of kind promise has a `promise`; only such a section has one, or a place on the poster.

    Passes: `kind: promise`, `promise: Vi svarar inom tre minuter.`
    Fails: `kind: promise` alone; `promise:` or `poster:` under `kind: rule`.
    """
    for section in written.sections:
        block = section.block.value
        if block is None or not section.block.sure("kind", "promise"):
            continue
        if block.kind is Kind.PROMISE:
            if block.promise is None:
                yield Problem(section.block.source("kind"), "no-promise", {"title": section.name})
        elif block.promise is not None:
            yield Problem(section.block.source("promise"), "not-a-promise", {"kind": block.kind.value})
        elif block.poster is not None:
            yield Problem(
                section.block.source("poster"), "poster-without-promise", {"kind": block.kind.value}
            )


def the_figure_stands_in_the_promise(written: WrittenPolicy) -> Iterator[Problem]:
    """The poster's figure occurs in the promise, so that poster and policy cannot drift apart.

    Passes: `figure: 3` with `promise: Vi svarar inom tre minuter.`
    So does the figure of a target that the promise prints.
    Fails: `figure: 3` with `promise: Vi svarar inom fyra minuter.`; a `unit` without a figure.
    """
    targets = {
        name: entry.value.wording
        for name, entry in (written.targets or {}).items()
        if entry.value is not None and entry.sure("wording")
    }
    for section in written.sections:
        block = section.block.value
        if block is None or not section.block.sure("poster") or block.poster is None:
            continue
        poster = block.poster
        if poster.figure is None:
            if poster.unit is not None:
                yield Problem(section.block.source("poster"), "unit-without-figure", {"unit": poster.unit})
        elif section.block.sure("promise") and block.promise:
            promise = printed(block.promise, targets)
            # A target that cannot be read is a fault of its own, and says nothing of the figure.
            if not states(promise, poster.figure) and "{{" not in promise:
                values = {"figure": poster.figure, "promise": promise}
                yield Problem(section.block.source("poster"), "figure-not-in-promise", values)
