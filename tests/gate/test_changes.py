"""What a change touches, section by section, as one value."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from livingpolicy.changes import Changes, Effect, NoBaseError, WeakeningKind, read_changes
from livingpolicy.clock import Clock
from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.load import load_policy
from livingpolicy.model import Outcome
from tests.gate.desk import (
    ACCESS,
    LEDGER,
    MAIL,
    MAIL_REVISED,
    MAIL_REWRAPPED,
    PHONE,
    PHONE_REVISED,
    REASON,
    TODAY,
    Desk,
    chapter,
    line,
)
from tests.policy_repo import CHAPTER, POLICY_YML

TARGET = """\
svarstid:
  name: Svarstid i telefon
  wording: inom tre minuter
  at_most: 3
  unit: minutes
  clock: opening-hours
  channel: phone
"""


def changes(desk: Desk, *, pull_request: str = "", bases: tuple[str, ...] = ("main",)) -> Changes:
    clock = Clock.read()
    return read_changes(
        desk.root, load_policy(desk.root, clock), clock, bases=bases, pull_request=pull_request
    )


def effects(found: Changes) -> dict[str, str]:
    return {change.id: change.effect.value for change in found.sections}


NEW = "\n## Svar i chatt {#svar-chatt}\n\nVi svarar i chatten.\n"
FRONT = "---\ntitle: Telefon\nowner: kundtjanstchef\nreview_every: 6 months\n---\n\n# Telefon\n\n"
HEAD, PHONE_PART, MAIL_PART = CHAPTER.split("## ")
PHONE_PART, MAIL_PART = f"## {PHONE_PART}", f"\n## {MAIL_PART}"
ELSEWHERE = "policy/chapters/telefon.md"
EVERY = ("tillganglighet", "svar-telefon", "svar-mejl")


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, {}),
        ({"README.md": "Hej\n"}, {}),
        ({LEDGER: line("svar-telefon", TODAY)}, {}),
        (chapter((MAIL, MAIL_REVISED)), {"svar-mejl": "revised"}),
        (chapter((MAIL, MAIL_REWRAPPED)), {"svar-mejl": "form"}),
        (chapter((MAIL, "**Vi svarar** på mejl samma dag.")), {"svar-mejl": "form"}),
        (chapter(("# Svar på mejl", "# Mejl")), {"svar-mejl": "retitled"}),
        (chapter(("kind:", "situations: [Det ringer]\nkind:")), {"svar-telefon": "form"}),
        (chapter(("kind:", "review_every: 1 month\nkind:")), {"svar-telefon": "form"}),
        (chapter(("tre minuter", "två minuter")), {"svar-telefon": "revised"}),
        (chapter(("months", "weeks")), {}),  # an interval that they inherit
        (chapter(("owner: kundtjanstchef", "owner: kundchef")), dict.fromkeys(EVERY, "revised")),
        ({ACCESS: CHAPTER + NEW}, {"svar-chatt": "new"}),
        ({ACCESS: HEAD + MAIL_PART}, {"svar-telefon": "retired"}),
        (chapter(("kind:", "retired_on: 2026-11-01\nreason: Slut\nkind:")), {"svar-telefon": "retired"}),
        ({ACCESS: HEAD + MAIL_PART + "\n" + PHONE_PART}, {}),
        ({ACCESS: HEAD + MAIL_PART, ELSEWHERE: FRONT + PHONE_PART}, {"svar-telefon": "moved"}),
        (
            {ACCESS: None, ELSEWHERE: CHAPTER.replace("---\ntitle", "---\nid: tillganglighet\ntitle")},
            dict.fromkeys(EVERY, "moved"),
        ),
    ],
)
def test_what_a_change_does_to_each_section(
    desk: Desk, files: Mapping[str, str | None], found: dict[str, str]
) -> None:
    desk.propose(dict(files))
    assert effects(changes(desk)) == found


def test_a_target_revises_the_sections_that_print_it(desk: Desk) -> None:
    text = CHAPTER.replace(PHONE, "Vi svarar {{ target.svarstid }}.")
    desk.repo.commit(TODAY, "Mål", {ACCESS: text, "policy/targets.yml": TARGET})
    desk.propose({"policy/targets.yml": TARGET.replace("tre", "två").replace("3", "2")}, body="")
    found = changes(desk)
    assert effects(found) == {"svar-telefon": "revised"}
    assert found.unexplained == found.sections
    assert [
        target.at_most for one in (found.before, found.after) if one for target in one.targets.values()
    ] == [3, 2]


def test_both_wordings_are_there_to_be_compared(desk: Desk) -> None:
    desk.propose(chapter((MAIL, MAIL_REVISED)))
    (change,) = changes(desk).sections
    assert change.before
    assert change.after
    assert (MAIL in change.before.body, MAIL_REVISED in change.after.body) == (True, True)
    assert (change.effect, change.moved, change.explained) == (Effect.REVISED, False, True)
    assert (change.source, change.title) == (change.after.source, "Svar på mejl")


def test_a_section_may_move_and_change_at_once(desk: Desk) -> None:
    elsewhere = FRONT + PHONE_PART.replace(PHONE, PHONE_REVISED)
    desk.propose({ACCESS: HEAD + MAIL_PART, ELSEWHERE: elsewhere})
    (change,) = changes(desk).sections
    assert (change.effect, change.moved) == (Effect.REVISED, True)


def test_what_is_gone_comes_last_and_says_where_it_stood(desk: Desk) -> None:
    desk.propose({ACCESS: (HEAD + MAIL_PART).replace(MAIL, MAIL_REVISED)})
    found = changes(desk)
    assert [(change.id, str(change.source), change.after is None) for change in found.sections] == [
        ("svar-mejl", f"{ACCESS}:12", False),
        ("svar-telefon", f"{ACCESS}:1", True),
    ]
    assert found.sections[1].title == "Svar i telefon"


def test_the_new_lines_of_the_ledger_are_the_changes_own(desk: Desk) -> None:
    old = line("svar-mejl", "2026-10-02")
    desk.repo.commit(TODAY, "Granska", {LEDGER: old})
    desk.propose({LEDGER: f"# Liggaren\n{line('svar-telefon', TODAY, 'needs-change')}{old}{old}"})
    found = changes(desk).reviews
    assert [(each.section, each.outcome) for each in found] == [
        ("svar-mejl", Outcome.UNCHANGED),  # written twice
        ("svar-telefon", Outcome.NEEDS_CHANGE),
    ]


def test_reasons_are_in_the_words_of_the_authors(desk: Desk) -> None:
    desk.propose(chapter((MAIL, MAIL_REVISED)), body="Först.\n\nChange: editorial")
    desk.propose(chapter((MAIL, MAIL_REVISED + " Alltid.")), body=REASON)
    assert changes(desk, pull_request="Därför att.").reasons == ("Först.", REASON, "Därför att.")


PROMISE = "kind: promise\npromise: Vi svarar i telefon inom tre minuter."
MANDATE = """\
mandate:
  - {role: medarbetare, up_to: 500, unit: kr, beyond: kundchef}
kind: promise"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("kind: promise", "review_every: 9 months\nkind: promise", ("interval", "6 months", "9 months")),
        ("kind: promise", "review_every: 3 months\nkind: promise", None),
        ("kind: promise", "review_every: 26 weeks\nkind: promise", None),
        ("kind: promise", "owner: kundchef\nkind: promise", ("owner", "Kundtjänstchefen", "Kundchefen")),
        ("kind: promise", MANDATE, ("mandate", "0 kr", "500 kr (medarbetare)")),
        (PROMISE, "kind: rule", ("kind", "promise", "rule")),
        ("title: Tillgänglighet", "title: Tillgänglighet\ndescription: Så når de oss", None),
    ],
)
def test_what_an_approver_should_see(
    desk: Desk, old: str, new: str, found: tuple[str, str, str] | None
) -> None:
    desk.propose(chapter((old, new)))
    told = [(each.kind.value, each.before, each.after) for each in changes(desk).weakenings]
    assert told == ([found] if found else [])


def test_a_mandate_is_told_from_limit_to_limit(desk: Desk) -> None:
    desk.repo.commit(TODAY, "Mandat", chapter(("kind: promise", MANDATE)))
    desk.propose(chapter(("kind: promise", MANDATE.replace("500", "1000"))))
    (found,) = changes(desk).weakenings
    assert (found.before, found.after, found.section) == (
        "500 kr (medarbetare)",
        "1000 kr (medarbetare)",
        "svar-telefon",
    )


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("grace: 14 days", "grace: 60 days", [WeakeningKind.GRACE]),
        ("grace: 14 days", "grace: 2 weeks", []),
        ("ceiling: 24 months", "ceiling: 36 months", [WeakeningKind.CEILING]),
        ("warn: 30 days", "warn: 7 days", [WeakeningKind.WARN]),
        ("warn: 30 days", "warn: 60 days", []),
        ("per_week: 5", "per_week: 9", []),
    ],
)
def test_rules_for_everybody_that_become_weaker(
    desk: Desk, old: str, new: str, kinds: list[WeakeningKind]
) -> None:
    desk.propose({"policy/policy.yml": POLICY_YML.replace(old, new)})
    assert [each.kind for each in changes(desk).weakenings] == kinds


def test_a_commit_more_that_never_counts_is_told(desk: Desk) -> None:
    sha = desk.propose(chapter((MAIL, MAIL_REVISED)))
    desk.propose({".policy-ignore-revs": f"# Bara form\n{sha}\n"})
    found = changes(desk)
    assert [(each.kind, each.after) for each in found.weakenings] == [(WeakeningKind.IGNORED, sha)]
    assert effects(found) == {"svar-mejl": "editorial"}


def test_what_no_commit_has_is_named(desk: Desk) -> None:
    desk.repo.write({"policy/chapters/nytt.md": "---\ntitle: Nytt\n---\n\n# Nytt\n\nText.\n"})
    found = changes(desk)
    assert (found.untracked, effects(found)) == (("policy/chapters/nytt.md",), {"nytt": "new"})


def test_the_first_base_that_exists_counts(desk: Desk) -> None:
    desk.propose(chapter((MAIL, MAIL_REVISED)))
    assert changes(desk, bases=("origin/main", "main", "forslag")).base == desk.repo.git("rev-parse", "main")
    with pytest.raises(NoBaseError, match="base-missing: origin/main"):
        changes(desk, bases=("origin/main", "finns-inte"))
    with pytest.raises(NoBaseError):
        changes(desk, bases=())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WeakeningKind)
def test_every_weakening_has_words(language: str, kind: WeakeningKind) -> None:
    words = {"title": "Svar i telefon", "before": "6 months", "after": "9 months"}
    assert catalogue(language).text(f"problem.weaker-{kind}", **words)
