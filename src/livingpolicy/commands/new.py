"""`livingpolicy new`: a chapter or a section that is right from the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import clock_option, root_option
from livingpolicy.commands.questions import Questions, Rule, on_terminal
from livingpolicy.errors import ExitCode
from livingpolicy.interval import Interval
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.load import Content, load_policy
from livingpolicy.model import Chapter, Kind, Section
from livingpolicy.parse import ADDRESSES, POLICY_YML
from livingpolicy.scaffold import chapter_text, free_id, ids_in, section_text, with_chapter, with_section
from livingpolicy.schema.fields import ID, INTERVAL, TITLE, text
from livingpolicy.spelling import near
from livingpolicy.writing import written

no_input_option = click.option("--no-input", is_flag=True, help="Ask nothing, take the proposals.")
id_option = click.option("--id", "name", metavar="ID", help="Its id, for good. Default: made from the title.")


@click.group("new", subcommand_metavar="chapter|section …")
def command() -> None:
    """Add a chapter or a section that passes `check` from the start.

    On a terminal, what you leave out is asked for; scripts give flags.
    """


@command.command("chapter")
@click.argument("title", required=False)
@id_option
@click.option("--owner", metavar="ROLE", help="Owner id. Default: the owner of the policy.")
@click.option(
    "--every", metavar="INTERVAL", help='How often it is reviewed: "6 months". Default: the policy\'s.'
)
@click.option("--description", metavar="TEXT", help="What it is about, in a sentence.")
@click.option("--after", metavar="CHAPTER", help="Put it after this chapter. Default: last.")
@no_input_option
@clock_option
@root_option
def chapter(
    title: str | None,
    name: str | None,
    owner: str | None,
    every: str | None,
    description: str | None,
    after: str | None,
    no_input: bool,
    clock: Clock,
    root: Path,
) -> ExitCode:
    """Add the chapter TITLE: a file in policy/chapters/, and its place in policy.yml."""
    desk = _Desk.open(root, clock, no_input)
    policy, words, ask = desk.content.policy, desk.words, desk.questions

    title = ask.need("title", title, ask.value(TITLE, "title"), flag="TITLE")
    name = desk.free_id(title, name, "chapter", reserved=ADDRESSES)
    if after is not None:
        after = ask.one_of("chapter", after, desk.chapters, flag="--after")
    roles = {role.id: role.name for role in policy.owners.values()}
    owner = ask.one_of("owner", owner, roles, flag="--owner", default=policy.owner.id)
    every = ask.need(
        "every", every, ask.value(INTERVAL, "review_every"), flag="--every", default=str(policy.review.every)
    )
    description = ask.wish("description", description, ask.value(text(300), "description"))

    fields = {
        "owner": owner if owner != policy.owner.id else None,
        "review_every": every if Interval.parse(every) != policy.review.every else None,
        "description": description,
    }
    path = f"policy/chapters/{name}.md"
    settings = desk.content.files[POLICY_YML]
    listed = with_chapter(settings.decode("utf-8"), name, after).encode("utf-8")
    files = {path: chapter_text(title, words.text("new.lead"), fields).encode("utf-8")}
    desk.write(files | ({POLICY_YML: listed} if listed != settings else {}))

    line = files[path].decode("utf-8").count("\n")
    click.echo(words.text("new.chapter", path=path, title=title, id=name))
    click.echo(words.text("new.write-here", path=path, line=line), err=True)
    click.echo(words.text("new.next-section", id=name), err=True)
    return ExitCode.FINE


@command.command("section")
@click.argument("title", required=False)
@click.option("--chapter", "chapter_id", metavar="CHAPTER", help="Id of the chapter it belongs to.")
@id_option
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Default: guideline.")
@click.option("--promise", metavar="TEXT", help="What customers may hold us to; makes it a promise.")
@click.option("--text", "body", metavar="TEXT", help="The text itself. Default: a line to write over.")
@click.option("--after", metavar="SECTION", help="Put it after this section. Default: last in the chapter.")
@no_input_option
@clock_option
@root_option
def section(
    title: str | None,
    chapter_id: str | None,
    name: str | None,
    kind: str | None,
    promise: str | None,
    body: str | None,
    after: str | None,
    no_input: bool,
    clock: Clock,
    root: Path,
) -> ExitCode:
    """Add the section TITLE to a chapter."""
    desk = _Desk.open(root, clock, no_input)
    words, ask = desk.words, desk.questions

    title = ask.need("title", title, ask.value(TITLE, "title"), flag="TITLE")
    home, previous = _place(desk, chapter_id, after)
    name = desk.free_id(title, name, "section")
    if promise is not None and kind not in {None, Kind.PROMISE.value}:
        raise click.UsageError(words.text("new.no-promise", kind=kind))
    if kind is None and promise is None and ask.asks:
        kinds = {known.value: words.text(f"new.kind.{known}") for known in Kind}
        kind = ask.one_of("kind", None, kinds, flag="--kind", default=Kind.GUIDELINE.value)
    if promise is not None or kind == Kind.PROMISE.value:
        kind = Kind.PROMISE.value
        promise = ask.need("promise", promise, ask.value(text(300), "promise"), flag="--promise")
    body = ask.wish("body", body, _some_text(words))

    fields = {"kind": kind if kind != Kind.GUIDELINE.value else None, "promise": promise}
    shown = section_text(title, name, body or words.text("new.body"), fields)
    path = home.source.path
    after_text, line = with_section(
        desk.content.files[path].decode("utf-8"), shown, previous.id if previous else None
    )
    desk.write({path: after_text.encode("utf-8")})

    click.echo(words.text("new.section", path=path, line=line, title=title, id=name))
    if body is None:
        click.echo(words.text("new.write-here", path=path, line=line + shown.count("\n") - 1), err=True)
    return ExitCode.FINE


@dataclass(frozen=True, slots=True)
class _Desk:
    """The policy as it stands, and somebody who may be asked."""

    root: Path
    clock: Clock
    content: Content
    words: Catalogue
    questions: Questions

    @classmethod
    def open(cls, root: Path, clock: Clock, no_input: bool) -> _Desk:
        """Read the policy; what is wrong with it comes first."""
        content = load_policy(root, clock)
        words = catalogue(content.policy.language)
        return cls(root, clock, content, words, Questions(words, asks=on_terminal() and not no_input))

    @property
    def chapters(self) -> Mapping[str, str]:
        """The titles of the chapters by id."""
        return {chapter.id: chapter.title for chapter in self.content.policy.chapters}

    def free_id(
        self, title: str, given: str | None, what: str, *, reserved: frozenset[str] = frozenset()
    ) -> str:
        """Return the id that was given, if it is fit and free, else the one that is made from the title."""
        taken = ids_in(self.content.files) | reserved
        proposal = free_id(title, taken, self.words.text(f"new.{what}-id"))
        fit = self.questions.value(ID, "id")

        def free(text: str) -> str:
            name = fit(text)
            if name in taken:
                other = free_id(name, taken, name)
                raise click.UsageError(self.words.text("new.taken", id=name, proposal=other))
            return name

        return self.questions.need("id", given, free, flag="--id", default=proposal)

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write the files, unless the policy would be wrong with them."""
        before = self.content.files
        with written(self.root, files, before, self.content.policy.language):
            load_policy(self.root, self.clock)


def _place(desk: _Desk, chapter_id: str | None, after: str | None) -> tuple[Chapter, Section | None]:
    """Return the chapter that the section goes into, and the section it follows."""
    policy, ask = desk.content.policy, desk.questions
    if after is not None:
        home, previous = next(
            (
                (chapter, section)
                for chapter in policy.chapters
                for section in chapter.sections
                if after == section.id or after in section.aliases
            ),
            (None, None),
        )
        if home is None:
            known = near(after, [section.id for section in policy.sections])
            raise click.UsageError(desk.words.text("new.no-such-section", section=after, known=known))
        if chapter_id not in {None, home.id}:
            raise click.UsageError(
                desk.words.text("new.other-chapter", section=after, chapter=home.id, given=chapter_id)
            )
        return home, previous
    name = ask.one_of("chapter", chapter_id, desk.chapters, flag="--chapter")
    return next(chapter for chapter in policy.chapters if chapter.id == name), None


def _some_text(words: Catalogue) -> Rule:
    def rule(text: str) -> str:
        if not text.strip():
            raise click.UsageError(words.text("new.no-text"))
        return text.strip()

    return rule
