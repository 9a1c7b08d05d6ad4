"""The page that tells editors what every error means."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType

import pytest

from livingpolicy.language import catalogue
from tests.github.test_workflows import ROOT

GUIDES = ("fel.md", "fel-mal.md")
CODES = {key.removeprefix("problem.") for key in catalogue("sv").texts if key.startswith("problem.")}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_error_guide", ROOT / "scripts/write_error_guide.py")
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module  # a dataclass looks its own module up
    spec.loader.exec_module(module)
    return module


def test_it_says_what_the_check_says_today(script):
    """`make guides` writes it anew."""
    assert script.guides("sv") == {name: (ROOT / "docs" / name).read_text("utf-8") for name in GUIDES}


def test_every_code_stands_once_and_can_be_linked_to():
    """The code is the anchor: fel.md#yaml-colon."""
    text = "".join((ROOT / "docs" / name).read_text("utf-8") for name in GUIDES)
    terms = re.findall(r"^`([a-z0-9-]+)`\{ #(\S+) \}\n:   \S", text, re.MULTILINE)
    assert len(terms) == len(set(terms))
    assert set(terms) == {(code, code) for code in CODES}


def test_every_code_has_an_example_without_a_gap(script):
    """From a mistake that the tests make, else from the samples in `locale/*/guide.toml`."""
    found = script.examples()
    words = catalogue("sv")
    for code in CODES - found.keys():
        names = re.findall(r"(?<!\{)\{(\w+)\}", words.texts[f"problem.{code}"])
        assert "…" not in [script.sample(code, name, words) for name in names], (code, names)
    assert sum(example.line is not None for example in found.values()) >= len(CODES) / 2


def test_no_family_is_empty(script):
    families = script.families()
    assert all(families.values())
    begins = {code for each in script.FAMILIES.values() for code in each}
    assert begins == {next(iter(codes)) for family, codes in families.items() if family != "other"}


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Skriv ![beskrivning](a.png)", r"Skriv !\[beskrivning\](a.png)"),
        ("klamrar, som i {#id}", r"klamrar, som i \{\#id\}"),
        ("<b> & *så*", r"&lt;b> &amp; \*så\*"),
    ],
)
def test_what_a_message_quotes_is_printed_as_it_is(script, text, markdown):
    assert script._plain(text) == markdown


@pytest.mark.parametrize(
    ("text", "code"), [("a: b", "`a: b`"), ("`", "`` ` ``"), ("a ``` b", "````a ``` b````")]
)
def test_a_line_with_backticks_is_code_all_the_same(script, text, code):
    assert script._code(text) == code
