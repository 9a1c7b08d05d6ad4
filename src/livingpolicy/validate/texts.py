"""Rules about the text of the sections."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.diagrams import TITLE, blocks
from livingpolicy.errors import Problem
from livingpolicy.language import catalogue
from livingpolicy.model import Source
from livingpolicy.parse import WrittenPolicy


def examples_are_written_over(written: WrittenPolicy) -> Iterator[Problem]:
    """The line that `livingpolicy new` leaves to be written over is no text of a policy.

    Passes: text of the policy's own.
    Fails: that text to the letter, on a line of its own (a warning).
    """
    if written.settings.value is None or not written.settings.sure("language"):
        return
    words = catalogue(written.settings.value.language)
    examples = {words.text("new.lead"), words.text("new.body")}
    for section in written.sections:
        for number, line in enumerate(section.raw.body.split("\n")):
            if line.strip() in examples:
                source = Source(section.source.path, section.raw.body_line + number)
                yield Problem(source, "placeholder", {"title": section.name}, warning=True)


def diagrams_have_a_title(written: WrittenPolicy) -> Iterator[Problem]:
    """A diagram says in words what it shows, for those who do not see it.

    Passes: `accTitle: Så går ett klagomål vidare` as a line of the block.
    Fails: a block without it.
    """
    for section in written.sections:
        for text, source in blocks(section.raw.body, Source(section.source.path, section.raw.body_line)):
            if not TITLE.search(text):
                yield Problem(source, "diagram-title")
