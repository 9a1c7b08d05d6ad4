"""Large repositories that are the same every time, with the day of the last revision of every section."""

from __future__ import annotations

import json
import random
import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE, Popen

from tests.history.prose import WORDS
from tests.policy_repo import POLICY_YML, PolicyRepo, git_environment

VERSION = 3
"""Raised when the same size would give another repository."""

START = 1_400_000_000
STEP = 6_000
"""Seconds from commit to commit: 50 000 of them take nine and a half years."""


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    name: str
    chapters: int
    sections: int
    """Per chapter."""
    commits: int


SIZES = {
    size.name: size
    for size in (
        Size("small", 12, 5, 300),
        Size("medium", 200, 6, 5_000),
        Size("large", 1_000, 8, 50_000),
    )
}


@dataclass
class Section:
    """A section as the generator remembers it."""

    name: str
    title: str
    paragraphs: list[list[str]]
    width: int = 90
    stamp: int = 0
    revised: int = 0
    """Time of the last revision, seconds since 1970."""

    def write(self) -> str:
        """Return the section's Markdown."""
        rows = [f"## {self.title} {{#{self.name}}}", "", "```yaml", "kind: rule", "channels: [phone, mail]"]
        if self.stamp:
            rows.append(f"tags: [stämpel-{self.stamp}]")
        rows += ["review_every: 6 months", "```"]
        for words in self.paragraphs:
            rows += ["", *textwrap.wrap(" ".join(words), self.width, break_on_hyphens=False)]
        return "\n".join(rows)


@dataclass
class Book:
    """All chapters, and the stream of commits about them."""

    size: Size
    dice: random.Random
    chapters: list[list[Section]] = field(default_factory=list)
    mark: int = 0

    def stream(self) -> Iterator[bytes]:
        """Yield the repository for `git fast-import`."""
        for number in range(self.size.chapters):
            self.chapters.append([self.section(number, place) for place in range(self.size.sections)])
        yield self.head("Policyn", ())
        yield self.file("policy/policy.yml", POLICY_YML)
        for number in range(self.size.chapters):
            yield self.chapter(number)
        while self.mark < self.size.commits:
            yield from self.change()

    def now(self) -> int:
        """Return the time of the commit being written."""
        return START + self.mark * STEP

    def section(self, number: int, place: int) -> Section:
        """Return a new section."""
        paragraphs = [self.words(self.dice.randint(15, 45)) for _ in range(self.dice.randint(1, 3))]
        return Section(f"k{number}-s{place}", f"Avsnitt {number} {place}", paragraphs, revised=START + STEP)

    def words(self, count: int) -> list[str]:
        """Return words; the first is one that cannot be taken for a list or a heading."""
        return ["Vi", *(self.dice.choice(WORDS) for _ in range(count))]

    def head(self, message: str, parents: tuple[int, ...], branch: str = "main") -> bytes:
        """Return the beginning of the next commit."""
        self.mark += 1
        text = message.encode()
        lines = [
            f"commit refs/heads/{branch}",
            f"mark :{self.mark}",
            f"committer Test <test@example.com> {self.now()} +0100",
            f"data {len(text)}",
        ]
        links = [f"{word} :{parent}" for word, parent in zip(("from", "merge"), parents, strict=False)]
        return (
            "\n".join(lines).encode() + b"\n" + text + b"\n" + "".join(f"{link}\n" for link in links).encode()
        )

    def file(self, path: str, text: str) -> bytes:
        """Return a file of the commit."""
        data = text.encode()
        return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"

    def chapter(self, number: int) -> bytes:
        """Return a chapter's file."""
        title = f"Kapitel {number}"
        front = f"---\ntitle: {title}\nowner: kundchef\nreview_every: 6 months\n---\n\n# {title}\n"
        body = "\n\n".join(section.write() for section in self.chapters[number])
        return self.file(f"policy/chapters/k{number:04}.md", f"{front}\nKapitlets ingress.\n\n{body}\n")

    def change(self) -> Iterator[bytes]:
        """Yield the next commit, or the next three when there is a branch and its merge."""
        before = self.mark
        what = self.dice.choices(
            ("edit", "rewrap", "stamp", "move", "merge", "title"), (50, 15, 18, 5, 6, 6)
        )[0]
        number = self.dice.randrange(len(self.chapters))
        section = self.dice.choice(self.chapters[number])
        touched = {number}
        if what == "merge":
            if self.mark + 3 > self.size.commits:
                return
            branch = self.head("Utkast", (before,), "gren")
            self.edit(section)
            draft = self.chapter(number)
            other = (number + 1) % len(self.chapters)
            main = self.head("Under tiden", (before,))
            self.edit(self.dice.choice(self.chapters[other]))
            yield from (branch, draft, main, self.chapter(other))
            yield self.head("Merge gren", (before + 2, before + 1))
            section.revised = self.now()
            yield self.chapter(number)
            return
        head = self.head(f"{what} {section.name}", (before,))
        match what:
            case "edit":
                self.edit(section)
            case "title":
                section.title = f"Rubrik {self.mark}"
                section.revised = self.now()
            case "rewrap":
                for each in self.chapters[number]:
                    each.width = self.dice.choice((60, 70, 80, 90, 100))
            case "stamp":
                section.stamp = self.mark
            case _:
                target = self.dice.randrange(len(self.chapters))
                self.chapters[number].remove(section)
                self.chapters[target].insert(0, section)
                touched.add(target)
                if not self.chapters[number]:
                    self.chapters[target].remove(section)
                    self.chapters[number].append(section)
        yield head
        for each in sorted(touched):
            yield self.chapter(each)

    def edit(self, section: Section) -> None:
        """Exchange a word."""
        words = self.dice.choice(section.paragraphs)
        words[self.dice.randrange(1, len(words))] = f"ord{self.mark}"
        section.revised = self.now()


def repository(size: Size, folder: Path) -> tuple[PolicyRepo, dict[str, int]]:
    """Return the repository of a size, made in *folder* unless it is there, and the truth about it."""
    root = folder / f"{size.name}-{size.commits}-{VERSION}"
    truth = root.with_suffix(".json")
    if not truth.exists():
        shutil.rmtree(root, ignore_errors=True)
        repo = PolicyRepo.create(root)
        book = Book(size, random.Random(7))
        with Popen(
            ["git", "fast-import", "--quiet"], cwd=root, env=git_environment(), stdin=PIPE
        ) as importer:
            assert importer.stdin is not None
            for part in book.stream():
                importer.stdin.write(part)
        repo.git("gc", "--quiet")
        repo.git("reset", "--quiet", "--hard", "main")
        truth.write_text(
            json.dumps({section.name: section.revised for chapter in book.chapters for section in chapter})
        )
    return PolicyRepo(root), json.loads(truth.read_text())
