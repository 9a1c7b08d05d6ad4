"""A section that a proposal touches, as an approver reads of it: where it stands, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from livingpolicy.changes import Changes, Effect, SectionChange, Written
from livingpolicy.diff import NOTHING, Difference, Mark, Wording, difference, facts, summary, trimmed
from livingpolicy.disclosure import Amount, Disclosure, Figure
from livingpolicy.language import Catalogue
from livingpolicy.model import Policy, Section, SectionId
from livingpolicy.render.proposal_words import figure, intervals

_SHORTEST = 60
"""Characters of a change that is told in the opening."""


KINDS = ("revised", "new", "retired", "editorial", "details", "moved", "form")
"""What becomes of sections, the heaviest first: names of the parts of the report."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is said of one section."""

    title: str
    place: str
    """Its chapter, and the role that answers for it."""
    points: tuple[str, ...]
    difference: Difference | None
    """The words that changed, or the whole text of a new section; None where there is nothing to show."""

    @property
    def bare(self) -> bool:
        """Whether there is only the title to tell."""
        return not self.points and self.difference is None


def kind(change: SectionChange, disclosure: Disclosure, words: Catalogue) -> str:
    """Return which of KINDS a change is: one of form may change what stands beside the text."""
    if change.effect is Effect.RETITLED:
        return "revised"
    if change.effect not in {Effect.FORM, Effect.MOVED}:
        return change.effect.value
    differing = told_difference(change, disclosure.changes, words)
    slowed = any(each.section == change.id for each in disclosure.intervals)
    return "details" if slowed or (differing is not None and differing.changed) else change.effect.value


def item(change: SectionChange, disclosure: Disclosure, words: Catalogue) -> Item:
    """Return what to say of a section."""
    told = told_difference(change, disclosure.changes, words)
    if change.effect in {Effect.FORM, Effect.MOVED} and told is not None and not told.changed:
        told = None
    if told is not None and change.effect is not Effect.NEW:
        told = trimmed(told)
    return Item(
        change.title,
        _place(change, disclosure.changes, words),
        tuple(_points(change, disclosure, words)),
        told,
    )


def told_difference(change: SectionChange, changes: Changes, words: Catalogue) -> Difference | None:
    """Return how the section reads now against how it read; a new one unmarked; None for one that is gone."""
    after = _wording(change.after, change.written, changes.after, words)
    if after is None or change.effect is Effect.RETIRED:
        return None
    if change.effect is Effect.NEW:
        return difference(after, after)
    before = _wording(change.before, change.written_before, changes.before or changes.after, words) or NOTHING
    if change.before is None and change.after is not None:
        # The strict reader knows only one side: both are told by what stands in the file.
        after = _wording(None, change.written, changes.after, words) or after
    return difference(before, after)


def _wording(
    section: Section | None, written: Written | None, policy: Policy, words: Catalogue
) -> Wording | None:
    targets = {name: target.wording for name, target in policy.targets.items()}
    if section is not None:
        return Wording(section.body, section.title, targets, dict(_facts(section, policy, words)))
    if written is None:
        return None
    return Wording(written.body, written.title, targets, facts(written.metadata, words, _names(policy)))


def _names(policy: Policy) -> Mapping[str, str]:
    return {name: owner.name for name, owner in policy.owners.items()} | {
        name: target.name for name, target in policy.targets.items()
    }


def _facts(section: Section, policy: Policy, words: Catalogue) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what stands beside the text, with what it inherits."""
    told, names = section.metadata, _names(policy)
    titles = {each.id: each.title for each in policy.sections}
    poster = told.poster
    mandate = (
        policy.role_name(each.role)
        + (
            f"; {words.text('diff.beyond', role=words.inside(policy.role_name(each.beyond)))}"
            if each.beyond
            else ""
        )
        for each in told.mandate
    )
    lines: dict[str, tuple[str | None, ...]] = {
        "promise": (told.promise,),
        "kind": (words.text(f"kind.{told.kind}"),),
        "owner": (section.owner.name,),
        "poster": (" ".join(filter(None, (poster.figure, poster.unit, poster.text))) if poster else None,),
        "target": (names.get(told.target, told.target) if told.target else None,),
        "steps": told.steps,
        "mandate": tuple(mandate),
        "channels": tuple(words.text(f"channel.{each}") for each in told.channels),
        "phases": tuple(words.text(f"phase.{each}") for each in told.phases),
        "areas": tuple(words.text(f"area.{each}") for each in told.areas),
        "situations": told.situations,
        "review_when": told.review_when,
        "effective_from": (words.day(told.effective_from) if told.effective_from else None,),
        "retired_on": (words.day(told.retired_on) if told.retired_on else None,),
        "reason": (told.reason,),
        "replaced_by": (titles.get(told.replaced_by, told.replaced_by) if told.replaced_by else None,),
    }
    for name, values in lines.items():
        if kept := tuple(value for value in values if value):
            yield name, kept


def _place(change: SectionChange, changes: Changes, words: Catalogue) -> str:
    section = change.after or change.before
    policy = changes.after if change.after else changes.before
    chapter = chapter_title(change.id, policy) if policy else None
    told = []
    if chapter and chapter != change.title:
        told.append(words.text("proposal.chapter", chapter=chapter))
    if section is not None:
        told.append(words.text("proposal.owner", owner=section.owner.name))
    return "; ".join(told)


def chapter_title(section: SectionId, policy: Policy) -> str | None:
    """Return the title of the chapter in which a section stands."""
    found = (chapter.title for chapter in policy.chapters for each in chapter.sections if each.id == section)
    return next(found, None)


def _points(change: SectionChange, disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    changes, before, after = disclosure.changes, change.before, change.after
    if change.effect is Effect.RETIRED:
        yield from _retired(change, changes, words)
    if change.effect is Effect.EDITORIAL:
        yield words.text("proposal.claimed-editorial")
    if change.moved and before and after and changes.before:
        chapters = (chapter_title(before.id, changes.before), chapter_title(after.id, changes.after))
        yield words.text("proposal.moved", before=chapters[0] or "–", after=chapters[1] or "–")
    for told in disclosure.figures.get(change.id, ()):
        if told.amount is Amount.POSTER:
            continue  # it stands among the words that changed
        yield words.text(
            f"proposal.amount.{told.amount}",
            subject=changes.after.role_name(told.subject),
            change=figure(told, words),
        )
    for each in disclosure.intervals:
        if each.section == change.id:
            yield words.text("proposal.interval", change=intervals(each.before, each.after, words))


def _retired(change: SectionChange, changes: Changes, words: Catalogue) -> Iterator[str]:
    if change.after is None:
        yield words.text("proposal.gone")
        return
    told = change.after.metadata
    if told.retired_on:
        yield words.text("proposal.retired-on", day=words.day(told.retired_on))
    if told.reason:
        yield words.text("proposal.retired-reason", reason=told.reason)
    if told.replaced_by:
        titles = {each.id: each.title for each in changes.after.sections}
        yield words.text("proposal.replaced-by", title=titles.get(told.replaced_by, told.replaced_by))


def in_short(change: SectionChange, disclosure: Disclosure, words: Catalogue) -> str:
    """Return what changed in a few words: the figure, else the words if they are few, else nothing."""
    figures = disclosure.figures.get(change.id, ())
    chosen: Figure | None = next((told for told in figures if told.amount is Amount.MANDATE), None)
    if chosen is None and figures:
        chosen = figures[0]
    if chosen is not None and chosen.before is not None and chosen.after is not None:
        return figure(chosen, words)
    told = told_difference(change, disclosure.changes, words)
    if told is None or not told.changed or change.effect is Effect.NEW:
        return ""
    line = summary(told, words, longest=_SHORTEST)
    return line if len(line) <= _SHORTEST else ""


def figure_differs(change: SectionChange, disclosure: Disclosure, words: Catalogue) -> bool:
    """Whether a digit came, went or became another."""
    if change.id in disclosure.figures:
        return True
    told = told_difference(change, disclosure.changes, words)
    return told is not None and any(
        run.mark is not Mark.EQUAL and any(char.isdigit() for char in run.text)
        for piece in told.pieces
        for run in piece.runs
    )
