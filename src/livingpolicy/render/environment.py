"""Our own Jinja environment: everything escaped, a missing name an error, words from the catalogue.

MkDocs renders its theme without escaping, so nothing of ours goes through its environment.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from livingpolicy.language import catalogue
from livingpolicy.render.quotation import around_quotation


@lru_cache
def environment(language: str) -> Environment:
    """Return the environment whose texts and dates are in *language*.

    In a template: `text("poster.read")` and `count("unit.days", 3)` ask the catalogue; the filters `day`,
    `month` and `moment` write a date in words; `time` does so inside a `<time datetime="…">` element, which
    the style sheet keeps on one line; `quoted` marks a quotation that shall stay together; `inside` writes a
    role as it stands inside a sentence.
    """
    words = catalogue(language)
    made = Environment(
        loader=PackageLoader("livingpolicy", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # a site asks for a template twenty thousand times; `Compiled.serve` begins anew
    )
    made.code_generator_class = _Generator
    made.globals.update(language=words.language, text=words.text, count=words.count)
    made.filters.update(
        day=lambda day: words.unbroken_day(_day(day)),
        inside=words.inside,
        month=lambda day: words.month(_day(day)),
        moment=words.moment,
        quoted=_quoted,
        time=lambda day: _time(words.language, _day(day)),
    )
    return made


class _Generator(CodeGenerator):
    """Makes a text without values part of its template: most of what pages ask for is the same each time."""

    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802 (Jinja's name)
        text = self.environment.globals["text"]
        super().visit_Template(_Texts(text).visit(node), frame)


class _Texts(NodeTransformer):
    def __init__(self, text: Any) -> None:
        self._text = text

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (Jinja's name)
        match node:
            case nodes.Call(
                node=nodes.Name(name="text"), args=[nodes.Const(value=str(key))], kwargs=[], dyn_args=None
            ):
                return nodes.Const(self._text(key), lineno=node.lineno)
        return self.generic_visit(node)


def _quoted(text: str) -> Markup:
    before, quotation, after = around_quotation(text)
    if not quotation:
        return Markup("{}").format(text)
    return Markup('{}<span class="lp-quotation">{}</span>{}').format(before, quotation, after)


def _day(day: date) -> date:
    # A datetime is a date to Python, and would be formatted in a time zone of babel's choosing.
    return day.date() if isinstance(day, datetime) else day


@lru_cache(maxsize=1024)  # a page of reviews writes the same few days hundreds of times
def _time(language: str, day: date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), catalogue(language).day(day))
