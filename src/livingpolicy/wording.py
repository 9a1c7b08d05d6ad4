"""Reduce a stretch of inline Markdown to what its reader sees, for comparing.

Gone are wrapping, emphasis, escapes, the style of quotes and dashes, comments and the form of links. A link's
target, the text of code and every word, digit and other sign stay. The result is made for digests, not for
people: places that matter are marked with control characters, which no text can bring along.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

Definitions = Mapping[str, str]
"""Targets (with their titles) of reference links, by their folded label."""

_LINK, _TARGET, _IMAGE, _CODE, _END = "\x01", "\x02", "\x03", "\x04", "\x05"

_PLACE = re.compile("([\x01-\x05])")

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b\u2060\ufeff]")
_DASH = "–—‒―−‐‑"
_STYLED = re.compile(f'[”“„‟«»’‘‚‛"´]|[{_DASH}-]{{2,}}|[{_DASH}]|…')
_STYLE = {"…": "...", **dict.fromkeys('”“„‟«»’‘‚‛"´', "'")}

MARKUP = re.compile(r"[\\`<*_\[\]&]")
"""Without any of these, text is only text."""
_SIGN = re.compile(
    r"\\[!-/:-@\[-`{-~\n]"
    r"|`+"
    r"|<!--"
    r"|<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s@<>\"'=/]+@[^\s@<>\"'=/]+)>"
    r"|</?[A-Za-z][^<>]*>"
    r"|\*+|_+|!?\[|\]"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TITLE = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)"
_INLINE = re.compile(
    rf"\(\s*(<[^<>\n]*>|(?:[^\s()\\<]|\\.|\([^\s()]*\))(?:[^\s()\\]|\\.|\([^\s()]*\))*|)(?:\s+({_TITLE}))?\s*\)",
    re.DOTALL,
)
_LABEL = re.compile(r"\[([^\[\]]*)\]")
_DEFINITION = re.compile(
    rf" {{0,3}}\[(?!\^)([^\[\]]+)\]:[ \t]*(<[^<>]*>|[^\s<]\S*)(?:[ \t]+({_TITLE}))?[ \t]*"
)


def wording(text: str, definitions: Definitions) -> str:
    """Return what a reader sees of *text*, its blanks collapsed; equal for texts that read the same."""
    text = visible(text)
    if MARKUP.search(text) is None:
        return " ".join(styleless(text).split())
    return " ".join(_Inline(text, definitions).read().split())


def shown(text: str, definitions: Definitions) -> Iterator[tuple[str, str]]:
    """Yield what a reader sees of *text* in pieces, blanks and typography as written.

    A piece is ("text", words); a link's words are followed by ("link", target), a picture's
    by ("image", source).
    """
    kinds: list[str] = []
    target = False
    for piece in _PLACE.split(_Inline(visible(text), definitions, styled=False).read()):
        match piece:
            case "\x01" | "\x03" | "\x04":
                kinds.append({_LINK: "link", _IMAGE: "image", _CODE: "code"}[piece])
            case "\x02":
                target = True
            case "\x05":
                kinds.pop()
                target = False
            case _ if piece:
                yield (kinds[-1] if target else "text"), piece


def visible(text: str) -> str:
    """Return *text* in composed form (NFC) and without signs that take no place."""
    if text.isascii() and text.isprintable():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _UNSEEN.sub("", text)


def definition(line: str) -> tuple[str, str] | None:
    """Return the label and the target that *line* defines, None if it is other text."""
    found = _DEFINITION.fullmatch(visible(line))
    return None if found is None else (_folded(found[1]), _target(found[2], found[3]))


def styleless(text: str) -> str:
    """Return *text* without the style of its quotes and dashes."""
    return _STYLED.sub(lambda found: _STYLE.get(found[0], "-"), text)


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _target(written: str, title: str | None) -> str:
    place = unescape(_unescaped(written.removeprefix("<").removesuffix(">")))
    return f"{place} {styleless(_unescaped(title[1:-1]))}" if title else place


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)


@dataclass(slots=True)
class _Run:
    """A run of `*` or `_` that may begin or end emphasis."""

    piece: int
    """Index of the piece of the output that shows what is left of it."""
    char: str
    left: int
    length: int
    opens: bool
    closes: bool


@dataclass(slots=True)
class _Inline:
    """Reads a text sign by sign."""

    text: str
    definitions: Definitions
    styled: bool = True
    """Whether the style of quotes and dashes is taken away."""
    pieces: list[str] = field(default_factory=list)
    runs: list[_Run] = field(default_factory=list)
    brackets: list[tuple[int, int, str]] = field(default_factory=list)
    """Open brackets: index of the piece, place of the label in the text, the bracket as written."""

    def read(self) -> str:
        text, place = self.text, 0
        fences: dict[int, list[int]] | None = None
        while found := _SIGN.search(text, place):
            sign = found[0]
            start, end = found.span()
            if start > place:
                self.pieces.append(self._style(text[place:start]))
            place = end
            match sign[0]:
                case "\\":
                    self.pieces.append(" " if sign == "\\\n" else self._style(sign[1]))
                case "`":
                    if fences is None:
                        fences = _fences(text)
                    place = self._code(start, end, fences)
                case "<":
                    place = self._angle(sign, end)
                case "*" | "_":
                    self._emphasis(sign, start, end)
                case "[" | "!":
                    self.brackets.append((len(self.pieces), end, sign))
                    self.pieces.append(sign)
                case "]":
                    place = self._link(start, end)
                case _:
                    self.pieces.append(self._style(unescape(sign)))
        self.pieces.append(self._style(text[place:]))
        self._match_emphasis()
        return "".join(self.pieces)

    def _style(self, text: str) -> str:
        return styleless(text) if self.styled else text

    def _code(self, start: int, end: int, fences: dict[int, list[int]]) -> int:
        """Take a code span, or the backticks alone if nothing closes it; return where to go on."""
        closers = fences.get(end - start, [])  # of backticks after an escaped one there may be no such run
        while closers and closers[-1] < end:
            closers.pop()
        if not closers:
            self.pieces.append(self.text[start:end])
            return end
        close = closers.pop()
        self.pieces.append(f"{_CODE}{self.text[end:close].strip()}{_END}")
        return close + end - start

    def _angle(self, sign: str, end: int) -> int:
        """Take a comment, an address in angle brackets or a tag."""
        if sign == "<!--":
            close = self.text.find("-->", end)
            if close < 0:
                self.pieces.append(sign)
                return end
            return close + 3
        inner = sign[1:-1]
        if ":" in inner.partition(" ")[0] and inner[0] != "/":
            self.pieces.append(f"{_LINK}{inner}{_TARGET}{inner}{_END}")
        elif "@" in inner and " " not in inner and "=" not in inner:
            self.pieces.append(f"{_LINK}{inner}{_TARGET}mailto:{inner}{_END}")
        else:
            self.pieces.append(sign)
        return end

    def _link(self, start: int, end: int) -> int:
        """Close a bracket; if it makes a link, mark its text and its target."""
        if not self.brackets:
            self.pieces.append("]")
            return end
        piece, label, bracket = self.brackets.pop()
        target: str | None = None
        if inline := _INLINE.match(self.text, end):
            target, end = _target(inline[1], inline[2]), inline.end()
        elif self.definitions:
            reference = _LABEL.match(self.text, end)
            name = reference[1] if reference and reference[1].strip() else self.text[label:start]
            target = self.definitions.get(_folded(name))
            if target is not None and reference:
                end = reference.end()
        if target is None:
            self.pieces.append("]")
            return end
        self.pieces[piece] = _IMAGE if bracket[0] == "!" else _LINK
        self.pieces.append(f"{_TARGET}{target}{_END}")
        return end

    def _emphasis(self, sign: str, start: int, end: int) -> None:
        before = self.text[start - 1] if start else " "
        after = self.text[end] if end < len(self.text) else " "
        left = not after.isspace() and (after.isalnum() or not before.isalnum())
        right = not before.isspace() and (before.isalnum() or not after.isalnum())
        if sign[0] == "_":
            left, right = (
                left and (not right or not before.isalnum()),
                right and (not left or not after.isalnum()),
            )
        if left or right:
            self.runs.append(_Run(len(self.pieces), sign[0], len(sign), len(sign), left, right))
        self.pieces.append(sign)

    def _match_emphasis(self) -> None:
        """Take away the runs that begin and end emphasis, as CommonMark pairs them."""
        open_runs: list[_Run] = []
        bottoms: dict[tuple[str, int, bool], int] = {}
        for run in self.runs:
            kind = (run.char, run.length % 3, run.opens)
            while run.closes and run.left:
                bottom = min(bottoms.get(kind, 0), len(open_runs))
                for index in range(len(open_runs) - 1, bottom - 1, -1):
                    if _pairs(open_runs[index], run):
                        break
                else:
                    bottoms[kind] = len(open_runs)
                    break
                opener = open_runs[index]
                taken = min(opener.left, run.left)
                opener.left -= taken
                run.left -= taken
                del open_runs[index + bool(opener.left) :]
            if run.opens and run.left:
                open_runs.append(run)
        for run in self.runs:
            self.pieces[run.piece] = run.char * run.left


def _pairs(opener: _Run, closer: _Run) -> bool:
    if opener.char != closer.char:
        return False
    both = opener.closes or closer.opens
    return not (both and (opener.length + closer.length) % 3 == 0 and opener.length % 3 != 0)


def _fences(text: str) -> dict[int, list[int]]:
    """Return where the runs of backticks of each length start, the last first."""
    found: dict[int, list[int]] = {}
    for run in re.finditer(r"`+", text):
        found.setdefault(run.end() - run.start(), []).append(run.start())
    for places in found.values():
        places.reverse()
    return found
