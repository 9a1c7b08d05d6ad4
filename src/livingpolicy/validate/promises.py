"""Rules about promises and the poster."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.errors import Problem
from livingpolicy.model import Kind
from livingpolicy.parse import WrittenPolicy, WrittenSection
from livingpolicy.validate.numerals import states

FEWEST, MOST = 4, 12
"""Promises on the poster."""
MOST_WORDS = 75


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


def the_poster_is_short(written: WrittenPolicy) -> Iterator[Problem]:
    """When there are promises for the poster they are 4 to 12, and all its words no more than 75.

    Passes: six promises of seven words.
    Fails: thirteen promises; 76 words. Warns: three promises.
    """
    settings = written.settings
    if settings.value is None:
        return
    on_poster = [section for section in written.sections if _on_poster(section, written)]
    source = settings.source("poster")
    if len(on_poster) > MOST:
        yield Problem(source, "poster-full", {"count": str(len(on_poster)), "limit": str(MOST)})
    if 0 < len(on_poster) < FEWEST:
        values = {"count": str(len(on_poster)), "least": str(FEWEST)}
        yield Problem(source, "poster-thin", values, warning=True)
    if not settings.sure("vision", "guiding_words"):
        return
    texts = [settings.value.vision, *settings.value.guiding_words]
    for section in on_poster:
        poster = section.block.value.poster if section.block.value else None
        if poster is not None:
            texts += [poster.figure or "", poster.unit or "", poster.text]
    count = sum(len(text.split()) for text in texts)
    if count > MOST_WORDS:
        yield Problem(source, "poster-wordy", {"count": str(count), "limit": str(MOST_WORDS)})


def _on_poster(section: WrittenSection, written: WrittenPolicy) -> bool:
    block = section.block.value
    if block is None or block.poster is None or block.kind is not Kind.PROMISE:
        return False
    return block.retired_on is None or block.retired_on > written.today
