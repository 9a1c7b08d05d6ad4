"""Random policy text as a tree, so that the same text can be written down in many styles."""

from __future__ import annotations

import random
import textwrap
import unicodedata
from dataclasses import dataclass, replace
from typing import TypeAlias

SENTENCES = """
vi svarar i telefon inom tre minuter kunden ska få besked samma dag om ärendet är öppet då ringer den som
har tagit emot det tillbaka och säger vad som händer nu pengarna åter 500 kr 1 000 kr 14 dagar inte alltid
R&D 50 % e-post för- och efternamn klagomål återkoppling måndag–fredag 8–18
"""
WORDS = tuple(SENTENCES.split())


@dataclass(frozen=True)
class Span:
    """Words with one look: `plain`, `strong`, `mild`, `code`, `quoted` or `link` (then with its target)."""

    words: tuple[str, ...]
    look: str = "plain"
    target: str = ""


Line: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """A `text`, `heading`, `quote`, `list`, `numbers`, `table` (all rows equally long) or `code` block."""

    kind: str
    lines: tuple[Line, ...]


Text: TypeAlias = tuple[Block, ...]


def span(dice: random.Random) -> Span:
    look = dice.choice(("plain", "plain", "plain", "strong", "mild", "code", "quoted", "link"))
    words = tuple(dice.choice(WORDS) for _ in range(dice.randint(1, 9)))
    if look in {"strong", "mild"}:  # emphasis cannot begin or end beside punctuation on its inner side
        words = ("ord", *words, "ord")
    return Span(words, look, f"/sida-{dice.randint(1, 99)}" if look == "link" else "")


def line(dice: random.Random) -> Line:
    return (
        Span((dice.choice(("Vi", "Kunden", "När", "Alla")),)),
        *(span(dice) for _ in range(dice.randint(1, 4))),
    )


def block(dice: random.Random) -> Block:
    kind = dice.choice(("text", "text", "text", "heading", "quote", "list", "numbers", "table", "code"))
    match kind:
        case "table":
            width = dice.randint(2, 4)
            return Block(kind, tuple(line(dice) for _ in range(width * dice.randint(2, 4))))
        case "list" | "numbers" | "code":
            return Block(kind, tuple(line(dice) for _ in range(dice.randint(1, 4))))
        case _:
            return Block(kind, (line(dice),))


def text(dice: random.Random) -> Text:
    return tuple(block(dice) for _ in range(dice.randint(1, 5)))


def edited(written: Text, dice: random.Random) -> Text:
    """Return *written* with one word exchanged for another."""
    blocks = list(written)
    at = dice.randrange(len(blocks))
    lines = list(blocks[at].lines)
    row = dice.randrange(len(lines))
    spans = list(lines[row])
    place = dice.randrange(len(spans))
    words = list(spans[place].words)
    word = dice.randrange(len(words))
    other = dice.choice([new for new in (*WORDS, "aldrig", "7") if new != words[word]])
    words[word] = other
    spans[place] = replace(spans[place], words=tuple(words))
    lines[row] = tuple(spans)
    blocks[at] = replace(blocks[at], lines=tuple(lines))
    return tuple(blocks)


@dataclass
class Style:
    """One way of writing a text down; every choice is one that no reader sees."""

    dice: random.Random
    prefix: str = "mål"
    """Begins the labels of reference links; unique in a file."""

    def write(self, written: Text) -> str:
        """Return the Markdown of *written*, in a style made up on the way."""
        self.width = self.dice.choice((30, 60, 90, 10_000))
        self.defined: list[str] = []
        blocks: list[str] = []
        for number, part in enumerate(written):
            if number and part.kind == written[number - 1].kind and part.kind in {"list", "numbers", "quote"}:
                blocks.append("Och vidare gäller detta.")
            blocks.append(self.block(part))
            if self.dice.random() < 0.1:
                blocks.append(self.dice.choice(("<!-- att göra -->", "<!-- på\n\n- två\nrader -->")))
        joined = ("\n" * self.dice.choice((2, 2, 3))).join(blocks)
        if self.defined:
            joined += "\n\n" + "\n".join(self.defined)
        if self.dice.random() < 0.3:
            joined = "\n".join(row + self.dice.choice(("", "  ")) for row in joined.split("\n"))
        return unicodedata.normalize(self.dice.choice(("NFC", "NFC", "NFD")), joined)

    def block(self, part: Block) -> str:
        """Return the Markdown of one block."""
        match part.kind:
            case "heading":
                title = " ".join(self.line(part.lines[0]).split())
                level = "#" * self.dice.randint(3, 5)
                return self.dice.choice(
                    (f"{level} {title}", f"{level} {title} {level}", f"{level}   {title}")
                )
            case "quote":
                rows = self.wrapped(self.line(part.lines[0])).split("\n")
                lazy = self.dice.random() < 0.2
                return "\n".join(row if lazy and at else f"> {row}" for at, row in enumerate(rows))
            case "list" | "numbers":
                return self.items(part)
            case "table":
                return self.table(part)
            case "code":
                fence = self.dice.choice(("```", "~~~", "````"))
                rows = [" ".join(word for one in row for word in one.words) for row in part.lines]
                return "\n".join([fence, *rows, fence])
            case _:
                return self.wrapped(self.line(part.lines[0]))

    def items(self, part: Block) -> str:
        """Return a list with some bullet or with some way of numbering."""
        bullet = self.dice.choice("-*+")
        end = self.dice.choice(".)")
        step = self.dice.choice((0, 1))
        gap = self.dice.choice(("\n", "\n\n"))
        rows = []
        for number, row in enumerate(part.lines):
            mark = f"{1 + number * step}{end}" if part.kind == "numbers" else bullet
            mark += " " * self.dice.choice((1, 1, 3))
            rows.append(
                textwrap.indent(self.wrapped(self.line(row)), " " * len(mark)).replace(
                    " " * len(mark), mark, 1
                )
            )
        return gap.join(rows)

    def table(self, part: Block) -> str:
        """Return a table with or without outer pipes and padding."""
        width = next(size for size in (4, 3, 2) if len(part.lines) % size == 0)
        cells = [" ".join(self.line(row).split()).replace("|", r"\|") for row in part.lines]
        rows = [cells[at : at + width] for at in range(0, len(cells), width)]
        rows.insert(1, [self.dice.choice(("---", "-----", ":--", ":-:"))] * width)
        if self.dice.random() < 0.3:
            return "\n".join(" | ".join(row) for row in rows)
        pad = " " * self.dice.choice((0, 1, 3))
        return "\n".join("|" + "|".join(f"{pad}{cell}{pad}" for cell in row) + "|" for row in rows)

    def line(self, spans: Line) -> str:
        """Return the Markdown of one line, not wrapped."""
        return " ".join(self.span(one) for one in spans)

    def span(self, one: Span) -> str:
        """Return the Markdown of words with one look."""
        if one.look == "code":
            return f"`{' '.join(one.words)}`"
        words = " ".join(self.word(word) for word in one.words)
        match one.look:
            case "strong":
                mark = self.dice.choice(("**", "__", ""))
                return f"{mark}{words}{mark}"
            case "mild":
                mark = self.dice.choice("*_")
                return f"{mark}{words}{mark}"
            case "quoted":
                left, right = self.dice.choice(("””", '""', "«»", "»«", "“”"))
                return f"{left}{words}{right}"
            case "link":
                if self.dice.random() < 0.5:
                    return f"[{words}]({one.target})"
                label = f"{self.prefix} {len(self.defined)}"
                self.defined.append(f"[{label}]: {self.dice.choice((one.target, f'<{one.target}>'))}")
                return f"[{words}][{label}]"
            case _:
                return words

    def word(self, word: str) -> str:
        """Return one word with its dashes, signs and escapes in some form."""
        word = word.replace("–", self.dice.choice(("–", "-", "—")))
        word = word.replace("&", self.dice.choice(("&", "&amp;", r"\&")))
        return word.replace("%", self.dice.choice(("%", r"\%")))

    def wrapped(self, written: str) -> str:
        """Break lines at blanks, but never so that a line begins with a number or a mark of its own."""
        rows: list[str] = []
        for word in written.split(" "):
            if rows and (len(rows[-1]) + len(word) < self.width or not word[0].isalpha()):
                rows[-1] += f" {word}"
            else:
                rows.append(word)
        return "\n".join(rows)
