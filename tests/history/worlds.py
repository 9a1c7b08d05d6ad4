"""Random histories, by somebody who knows the truth: what every commit did to every section."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from tests.history.prose import Style, Text, edited, text
from tests.policy_repo import POLICY_YML, PolicyRepo

START = 1_600_000_000
"""The first commit, seconds since 1970; the others follow hour by hour."""


@dataclass(frozen=True)
class Part:
    """A section, or the lead of a chapter: what it says, and how it happens to be written."""

    title: str
    text: Text
    kind: str
    written: str
    """The whole section in Markdown, as it stands in its file."""
    noise: str = ""
    """Metadata that do not count."""


@dataclass(frozen=True)
class World:
    """The policy at a commit."""

    parts: dict[str, Part]
    """By id; leads under the ids of their chapters."""
    chapters: dict[str, str]
    """The file of every chapter, by its id."""
    order: dict[str, tuple[str, ...]]
    """The ids of the sections of every chapter."""
    past: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    """What every section has been."""

    def place(self, name: str) -> str:
        """Return the file that a section stands in."""
        return self.chapters[
            next(chapter for chapter, names in self.order.items() if name in (chapter, *names))
        ]

    def files(self) -> dict[str, str]:
        """Return the text of every chapter, by path."""
        return {
            path: "\n\n".join(self.parts[name].written for name in (chapter, *self.order[chapter])) + "\n"
            for chapter, path in self.chapters.items()
        }


Action: TypeAlias = Callable[[World, random.Random], World]


def written(name: str, part: Part, dice: random.Random, *, lead: bool) -> Part:
    """Return the part written down anew, in some style."""
    body = Style(dice, name).write(part.text)
    if lead:
        heading = dice.choice((f"# {part.title}", f"{part.title}\n===", f"# {part.title} #"))
        return replace(part, written=f"---\nid: {name}\ntitle: {part.title}\n---\n\n{heading}\n\n{body}")
    heading = f"{part.title} {{#{name}}}"
    heading = dice.choice((f"## {heading}", f"{heading}\n---", f"## {heading} ##", f"##  {heading}"))
    metadata = [f"kind: {dice.choice((part.kind, repr(part.kind)))}", *part.noise.splitlines()]
    dice.shuffle(metadata)
    block = (
        "```yaml\n{}\n```\n\n".format("\n".join(metadata)) if part.kind != "guideline" or part.noise else ""
    )
    return replace(part, written=f"{heading}\n\n{block}{body}")


def changed(world: World, name: str, dice: random.Random, **values: object) -> World:
    """Return the world with one part changed and written down anew."""
    old = world.parts[name]
    part = replace(old, **values)  # type: ignore[arg-type]
    return replace(
        world,
        parts={**world.parts, name: written(name, part, dice, lead=name in world.chapters)},
        past={**world.past, name: (*world.past.get(name, ()), old)},
    )


def undo(world: World, dice: random.Random) -> World:
    """Give a section back what it said some time ago."""
    names = sorted(world.past.keys() & world.parts.keys())
    if not names:
        return world
    name = dice.choice(names)
    old = dice.choice(world.past[name])
    return changed(world, name, dice, title=old.title, text=old.text, kind=old.kind)


def some(world: World, dice: random.Random, *, leads: bool = True) -> str | None:
    names = sorted(name for name in world.parts if leads or name not in world.chapters)
    return dice.choice(names) if names else None


def edit(world: World, dice: random.Random) -> World:
    name = some(world, dice)
    return changed(world, name, dice, text=edited(world.parts[name].text, dice)) if name else world


def retitle(world: World, dice: random.Random) -> World:
    name = some(world, dice)
    return changed(world, name, dice, title=f"Rubrik {dice.randint(1, 999)}") if name else world


def rekind(world: World, dice: random.Random) -> World:
    name = some(world, dice, leads=False)
    return changed(world, name, dice, kind=dice.choice(("rule", "promise", "guideline"))) if name else world


def noise(world: World, dice: random.Random) -> World:
    name = some(world, dice, leads=False)
    stamp = f"review_every: {dice.randint(1, 12)} months\nsituations: [läge {dice.randint(1, 99)}]"
    return changed(world, name, dice, noise=stamp) if name else world


def restyle(world: World, dice: random.Random) -> World:
    for name in world.parts:
        world = changed(world, name, dice)
    return world


def move(world: World, dice: random.Random) -> World:
    name, target = some(world, dice, leads=False), dice.choice(sorted(world.chapters))
    if name is None:
        return world
    order = {
        chapter: tuple(other for other in names if other != name) for chapter, names in world.order.items()
    }
    place = dice.randint(0, len(order[target]))
    order[target] = (*order[target][:place], name, *order[target][place:])
    return replace(world, order=order)


def rename(world: World, dice: random.Random) -> World:
    chapter = dice.choice(sorted(world.chapters))
    folder = dice.choice(("", "under/", "å ä/"))
    path = f"policy/chapters/{folder}fil{dice.randint(1, 10_000)}.md"
    return (
        world
        if path in world.chapters.values()
        else replace(world, chapters={**world.chapters, chapter: path})
    )


def remove(world: World, dice: random.Random) -> World:
    name = some(world, dice, leads=False)
    if name is None:
        return world
    order = {
        chapter: tuple(other for other in names if other != name) for chapter, names in world.order.items()
    }
    return replace(
        world, order=order, parts={other: part for other, part in world.parts.items() if other != name}
    )


def add(world: World, dice: random.Random) -> World:
    """Add a section under an id of a small stock, so that what was removed may come back."""
    name = f"avsnitt-{dice.randint(1, 12)}"
    if name in world.parts:
        return world
    chapter = dice.choice(sorted(world.chapters))
    part = written(name, Part(f"Avsnitt {name[8:]}", text(dice), "guideline", ""), dice, lead=False)
    return replace(
        world,
        parts={**world.parts, name: part},
        order={**world.order, chapter: (*world.order[chapter], name)},
    )


ACTIONS: tuple[Action, ...] = (
    edit,
    undo,
    edit,
    edit,
    retitle,
    rekind,
    noise,
    noise,
    restyle,
    move,
    move,
    rename,
    remove,
    add,
    add,
)


def first_world(dice: random.Random, chapters: int = 3) -> World:
    names = [f"kapitel-{number}" for number in range(chapters)]
    parts = {
        name: written(name, Part(f"Kapitel {name[8:]}", text(dice), "guideline", ""), dice, lead=True)
        for name in names
    }
    world = World(parts, {name: f"policy/chapters/{name}.md" for name in names}, dict.fromkeys(names, ()))
    for _ in range(chapters * 2):
        world = add(world, dice)
    return world


@dataclass
class Truth:
    """What happened to every section on the main line: the mark of the commit and the kind, newest first."""

    seen: set[str] = field(default_factory=set)
    story: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def note(self, mark: int, before: World | None, after: World, *, editorial: bool, ignored: bool) -> None:
        """Write down what the commit *mark* of the main line did."""
        old, new = (before.parts if before else {}), after.parts
        for name in {*old, *new}:
            kind = self._kind(name, before, after)
            if name in new:
                self.seen.add(name)
            if kind is None or (ignored and kind in {"revised", "retitled", "moved"}):
                continue
            if editorial and kind in {"revised", "retitled"}:
                kind = "editorial"
            self.story.setdefault(name, []).insert(0, (mark, kind))

    def _kind(self, name: str, before: World | None, after: World) -> str | None:
        if name not in after.parts:
            return "retired"
        if before is None or name not in before.parts:
            return "reinstated" if name in self.seen else "added"
        old, new = before.parts[name], after.parts[name]
        if (old.text, old.kind) != (new.text, new.kind):
            return "revised"
        if old.title != new.title:
            return "retitled"
        return "moved" if before.place(name) != after.place(name) else None


class Writer:
    """Writes commits as a stream for `git fast-import`."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.out: list[bytes] = []
        self.mark = 0

    def commit(self, branch: str, files: dict[str, str], parents: tuple[int, ...], message: str) -> int:
        """Write a commit with exactly these files and return its mark."""
        self.mark += 1
        stamp = START + self.mark * 3600
        data = message.encode()
        self.out.append(
            f"commit refs/heads/{branch}\nmark :{self.mark}\n"
            f"committer Test <test@example.com> {stamp} +0100\ndata {len(data)}\n".encode()
            + data
            + b"\n"
        )
        for word, parent in zip(("from", "merge", "merge"), parents, strict=False):
            self.out.append(f"{word} :{parent}\n".encode())
        self.out.append(b"deleteall\n")
        for path, content in files.items():
            encoded = self.encoded(content)
            self.out.append(f'M 100644 inline "{path}"\ndata {len(encoded)}\n'.encode() + encoded + b"\n")
        return self.mark

    def encoded(self, content: str) -> bytes:
        """Return the file's bytes, now and then with other line ends or a byte order mark."""
        if self.dice.random() < 0.05:
            content = content.replace("\n", "\r\n")
        return content.encode("utf-8-sig" if self.dice.random() < 0.05 else "utf-8")


Work: TypeAlias = list[tuple[Action, int]]
"""Actions and the seed of the dice of each, to be done again elsewhere."""


def do(world: World, work: Work) -> World:
    """Return the world after the work."""
    for action, seed in work:
        world = action(world, random.Random(seed))
    return world


Told: TypeAlias = dict[str, list[tuple[str, str]]]
"""Hash and kind of every revision of every section, newest first."""


def build(root: Path, dice: random.Random, commits: int) -> tuple[PolicyRepo, Told]:
    """Make a repository of so many commits on the main line; return it with the truth, by hash."""
    repo = PolicyRepo.create(root)
    writer, truth = Writer(dice), Truth()
    ignored: list[int] = []
    world: World | None = None
    head: tuple[int, ...] = ()
    waiting: tuple[int, Work] | None = None
    for number in range(commits):
        after = world or first_world(dice)
        parents, message = head, f"Ändring {number}"
        editorial = dice.random() < 0.15
        if world is not None and waiting is not None and dice.random() < 0.4:
            tip, work = waiting
            after = do(after, work)
            parents, waiting = (*head, tip), None
        elif world is not None:
            for _ in range(dice.choice((0, 1, 1, 1, 2, 3))):
                after = dice.choice(ACTIONS)(after, dice)
        if world is not None and waiting is None and dice.random() < 0.2:
            tip, there, work = head[0], world, []
            for _ in range(dice.randint(1, 3)):
                work.append((dice.choice(ACTIONS), dice.randrange(2**32)))
                there = do(there, work[-1:])
                files = {"policy/policy.yml": POLICY_YML, **there.files()}
                tip = writer.commit("gren", files, (tip,), "På gren")
            waiting = tip, work
        message += "\n\nChange: editorial\n" if editorial else ""
        files = {"policy/policy.yml": POLICY_YML, **after.files(), "kod.txt": str(number)}
        mark = writer.commit("main", files, parents, message)
        if dice.random() < 0.1:
            ignored.append(mark)
        truth.note(mark, world, after, editorial=editorial, ignored=mark in ignored)
        world, head = after, (mark,)
    marks = root / ".git" / "marks"
    repo.git("fast-import", "--quiet", f"--export-marks={marks}", stdin=b"".join(writer.out))
    repo.git("reset", "--quiet", "--hard", "main")
    hashes = {int(mark[1:]): sha for mark, sha in map(str.split, marks.read_text().splitlines())}
    marks.unlink()
    repo.write({".policy-ignore-revs": "".join(f"{hashes[mark]}\n" for mark in ignored)})
    return repo, {name: [(hashes[mark], kind) for mark, kind in told] for name, told in truth.story.items()}
