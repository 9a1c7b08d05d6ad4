"""Rules about promises, and what they say on posters."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.errors import Problem
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
    Fails: `figure: 3` with `promise: Vi svarar inom fyra minuter.`; a `unit` without a figure.
    """
    for section in written.sections:
        block = section.block.value
        if block is None or not section.block.sure("poster") or block.poster is None:
            continue
        poster = block.poster
        if poster.figure is None:
            if poster.unit is not None:
                yield Problem(section.block.source("poster"), "unit-without-figure", {"unit": poster.unit})
        elif section.block.sure("promise") and block.promise and not states(block.promise, poster.figure):
            values = {"figure": poster.figure, "promise": block.promise}
            yield Problem(section.block.source("poster"), "figure-not-in-promise", values)
