"""Ask on a terminal for what was left out of the call; a script gets a line that names the flag instead."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import click

from livingpolicy.errors import Problem
from livingpolicy.language import Catalogue
from livingpolicy.model import Source
from livingpolicy.schema.fields import Faults, Field
from livingpolicy.spelling import near

Rule = Callable[[str], str]
"""Returns the answer as it is kept, or raises `click.UsageError` with what is wrong with it."""


def on_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


class Questions:
    """The questions of one call, in the policy's language."""

    def __init__(self, words: Catalogue, *, asks: bool) -> None:
        self.words = words
        self.asks = asks
        """False: nobody is there to answer, or the call says `--no-input`."""

    def need(self, key: str, given: str | None, rule: Rule, *, flag: str, default: str | None = None) -> str:
        """Return what was *given*, else the answer to the question `ask.KEY`, else *default*.

        Raises:
            click.UsageError: nothing was given, nobody answers, and there is no default; or it is wrong.
        """
        if given is not None:
            return rule(given)
        if self.asks:
            answer: str = click.prompt(
                self.words.text(f"ask.{key}"), default=default, value_proc=rule, err=True
            )
            return answer
        if default is None:
            raise click.UsageError(self.words.text("ask.missing", flag=flag))
        return default

    def wish(self, key: str, given: str | None, rule: Rule) -> str | None:
        """Return what was *given*, else the answer to the question, which may be empty."""
        if given is not None:
            return rule(given)
        if not self.asks:
            return None
        answer: str = click.prompt(
            self.words.text(f"ask.{key}"),
            default="",
            show_default=False,
            value_proc=lambda text: rule(text) if text.strip() else "",
            err=True,
        )
        return answer or None

    def one_of(
        self, key: str, given: str | None, known: Mapping[str, str], *, flag: str, default: str | None = None
    ) -> str:
        """Return one of *known*, which maps what may be answered to what that means; else like `need`."""

        def rule(text: str) -> str:
            if text.strip() in known:
                return text.strip()
            values = {"text": text, "key": flag, "known": near(text, known)}
            raise click.UsageError(self._said("not-allowed", values))

        if given is None and self.asks:
            width = max(map(len, known), default=0)
            for name, meaning in known.items():
                click.echo(f"  {name.ljust(width)}  {meaning}", err=True)
        return self.need(key, given, rule, flag=flag, default=default)

    def value(self, field: Field[Any], key: str) -> Rule:
        """Return the rule that an answer is what the strict reader takes for *field*."""

        def rule(text: str) -> str:
            text = " ".join(unicodedata.normalize("NFC", text).split())
            try:
                field.read(text)
            except Faults as faults:
                fault = faults.found[0]
                raise click.UsageError(self._said(fault.code, {"key": key, **fault.values})) from None
            return text

        return rule

    def _said(self, code: str, values: Mapping[str, str]) -> str:
        return self.words.message(Problem(Source(""), code, values))
