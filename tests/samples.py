"""Small values of the model, for tests that need no files and no git."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from hashlib import sha1

from livingpolicy.interval import Interval
from livingpolicy.model import (
    Chapter,
    Commit,
    History,
    Kind,
    Outcome,
    Owner,
    Policy,
    PosterSettings,
    Review,
    ReviewRules,
    Revision,
    RevisionKind,
    Section,
    SectionMetadata,
    Snapshot,
    Source,
)
from livingpolicy.review import review_sections

CHIEF = Owner("kundchef", "Kundchefen", "Ledningen", "kundchef@example.com")
SERVICE = Owner("kundtjanstchef", "Kundtjänstchefen", "Kundtjänst", "kundtjanst@example.com")
RULES = ReviewRules(
    every=Interval(12, "months"),
    warn=Interval(30, "days"),
    grace=Interval(14, "days"),
    ceiling=Interval(24, "months"),
    per_week=5,
)


def section(
    section_id: str = "svar-telefon", *, every: str = "6 months", line: int = 9, **changes: object
) -> Section:
    """Return a promise owned by the head of customer service; *changes* go to its metadata or aliases."""
    aliases = changes.pop("aliases", ())
    title = str(changes.pop("title", section_id.replace("-", " ").capitalize()))
    metadata = {"kind": Kind.PROMISE, "promise": "Vi svarar i telefon inom tre minuter."} | changes
    return Section(
        id=section_id,
        title=title,
        body="Den som svarar säger sitt namn.\n",
        metadata=SectionMetadata(**metadata),  # type: ignore[arg-type]
        owner=SERVICE,
        interval=Interval.parse(every),
        aliases=aliases,  # type: ignore[arg-type]
        source=Source("policy/chapters/tillganglighet.md", line),
        body_line=line + 7,
    )


def policy(*sections: Section, language: str = "sv") -> Policy:
    """Return a policy of one chapter."""
    chapter = Chapter(
        "tillganglighet",
        "Tillgänglighet",
        "Så når kunderna oss.",
        sections or (section(),),
        Source("policy/chapters/tillganglighet.md"),
    )
    return Policy(
        title="Kundpolicy" if language == "sv" else "Customer policy",
        organisation="Exempelbolaget",
        language=language,
        timezone="Europe/Stockholm",
        vision="Varje kund ska vilja komma tillbaka.",
        guiding_words=("Kvalitet", "Service", "Omtanke", "Ansvar"),
        owner=CHIEF,
        owners={owner.id: owner for owner in (CHIEF, SERVICE)},
        review=RULES,
        opening_hours={},
        poster=PosterSettings("KUND.EXAMPLE.COM", 55, 4),
        chapters=(chapter,),
        targets={},
    )


def revision(
    when: str | None,
    kind: RevisionKind = RevisionKind.REVISED,
    subject: str = "Ändra",
    metadata: str | None = None,
) -> Revision:
    """Return a revision that landed at noon (UTC) on the day *when*; None is an impossible date."""
    landed = datetime.fromisoformat(f"{when}T12:00:00").replace(tzinfo=UTC) if when else None
    commit = Commit(sha1(f"{when} {subject}".encode()).hexdigest(), landed, subject, "")
    return Revision(commit, kind, "Titel", "Text", metadata)


def history(drafts: Iterable[str] = (), **revisions: tuple[Revision, ...]) -> History:
    """Return a complete history; `svar_telefon=(…)` are the revisions of `svar-telefon`, newest first."""
    return History(
        revisions={name.replace("_", "-"): those for name, those in revisions.items()},
        complete=True,
        head="c0ffee" + "0" * 34,
        drafts=frozenset(drafts),
    )


def review(
    when: str, outcome: Outcome = Outcome.UNCHANGED, section_id: str = "svar-telefon", line: int = 1
) -> Review:
    """Return a line of the ledger."""
    source = Source("policy/reviews/tillganglighet.yml", line)
    return Review(
        section_id, date.fromisoformat(when), "kundtjanstchef", "Statistiken", outcome, None, source
    )


def snapshot(
    content: Policy, known: History, reviews: tuple[Review, ...] = (), *, today: str = "2026-11-22"
) -> Snapshot:
    """Return the snapshot of *content* on the day *today*."""
    day = date.fromisoformat(today)
    return Snapshot(content, reviews, known, day, review_sections(content, known, reviews, today=day))
