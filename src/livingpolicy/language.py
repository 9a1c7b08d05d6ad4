"""Everything a reader or an editor sees, in the policy's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from livingpolicy.catalogue_files import read_texts
from livingpolicy.errors import HistoryError, Problem
from livingpolicy.interval import Interval

LANGUAGES = ("sv", "en")

_LINE_BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
"""What ends a line for any reader of our output, with the blanks around it."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language, by dotted key: `problem.unknown-key`, `report.heading`."""

    language: str
    texts: Mapping[str, str]

    def text(self, key: str, /, **values: object) -> str:
        """Return the text of *key* with its `{placeholders}` filled in.

        Raises:
            KeyError: there is no such text, or a placeholder has no value. A missing text is a bug: the
                catalogues of all languages have the same keys and placeholders (tested).
        """
        return self.texts[key].format_map(values)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """Return `key.one` or `key.other`, with `{count}` filled in."""
        form = "one" if number == 1 else "other"
        return self.text(f"{key}.{form}", count=number, **values)

    def inside(self, role: str) -> str:
        """Return the name of a role as it stands inside a sentence: "kundchefen", "HR-chefen".

        English writes many titles with capitals; there only the article changes.
        """
        begins = not role[1:2].isupper()
        if self.language == "en":
            begins = role.startswith(("The ", "A ", "An "))
        return role[:1].lower() + role[1:] if begins else role

    def listed(self, names: Sequence[str]) -> str:
        """Return "a, b och c"; "" of none."""
        if len(names) < 2:
            return "".join(names)
        return self.text("list.and", first=", ".join(names[:-1]), last=names[-1])

    def number(self, value: float, *, decimals: int = 2) -> str:
        """Return "1 250" or "2,4": at most so many decimals, and none that are zero. Its spaces hold."""
        text = f"{value:,.{decimals}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        text = "0" if text == "-0" else text
        signs = {",": self.text("number.thousands").replace(" ", "\u00a0"), ".": self.text("number.decimal")}
        return "".join(signs.get(sign, sign) for sign in text)

    def day(self, day: date) -> str:
        """Return "3 november 2026"."""
        # Not through babel: importing it takes 50 ms, which every command would pay. A test compares the two.
        return self.text("date.day", day=day.day, month=self.text(f"month.{day.month}"), year=day.year)

    def unbroken_day(self, day: date) -> str:
        """Return "3 november 2026" with no-break spaces: a line does not end with "3"."""
        return self.day(day).replace(" ", "\u00a0")

    def month(self, day: date) -> str:
        """Return "november 2026"."""
        return self.text("date.month", month=self.text(f"month.{day.month}"), year=day.year)

    def moment(self, moment: datetime) -> str:
        """Return "3 november 2026 kl. 14:05"."""
        return self.text("moment", day=self.day(moment.date()), time=f"{moment:%H:%M}")

    def interval(self, interval: Interval) -> str:
        """Return "6 månader"."""
        return self.count(f"unit.{interval.unit}", interval.count)

    def message(self, problem: Problem) -> str:
        """Return what is wrong and what to do on one line, whatever it quotes, without the place."""
        return _LINE_BREAK.sub(" ", self.text(f"problem.{problem.code}", **problem.values))

    def problem(self, problem: Problem) -> str:
        """Return the line that editors, terminals and CI read: `path:line: code: what. What to do.`."""
        message = self.message(problem)
        if problem.warning:
            message = self.text("warning", message=message)
        return f"{problem.source}: {problem.code}: {message}"

    def refusal(self, error: HistoryError) -> str:
        """Return why git cannot answer, and the cure."""
        return self.text(f"history.{error.code}", **error.values)


@lru_cache
def catalogue(language: str) -> Catalogue:
    """Return the texts of *language*; a language that we do not speak gets Swedish."""
    language = language if language in LANGUAGES else LANGUAGES[0]
    return Catalogue(language, read_texts(language))
