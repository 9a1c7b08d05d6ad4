"""Why a change is made: what counts as a reason, and what is only the form it is written in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.changes.reasons import commit_reason, request_reason
from livingpolicy.revisions import is_editorial
from tests.github.test_workflows import ROOT

FORM = (ROOT / ".github/pull_request_template.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", ""),
        ("Kunderna klagar.", "Kunderna klagar."),
        ("Kunderna klagar.\n\nChange: editorial\nCo-authored-by: A <a@example.com>", "Kunderna klagar."),
        ("Change: editorial", ""),
        ("Kunderna klagar.\n\n---------\n\nCo-authored-by: A <a@example.com>", "Kunderna klagar."),
        ("Signed-off-by: A <a@example.com>\n\n(cherry picked from commit 0a1b2c3)", ""),
        ("Beslut: se protokollet", ""),  # a trailer by its form, whatever it says
        ("Ett stycke.\n\nOch ett till: det också.", "Ett stycke.\n\nOch ett till: det också."),
    ],
)
def test_the_body_of_a_commit_without_its_trailers(body: str, reason: str) -> None:
    assert commit_reason(body) == reason


@pytest.mark.parametrize(
    ("body", "editorial"),
    [
        ("Change: editorial", True),
        ("Rättar språket.\n\nChange: editorial\nCo-authored-by: A <a@example.com>", True),
        ("Rättar språket.\n\nChange: editorial\n\nCo-authored-by: A <a@example.com>", True),
        ("Rättar språket.\n\nChange: editorial\n\n---------\n\nCo-authored-by: A <a@example.com>", True),
        ("Rättar språket.\nChange: editorial\n\nCo-authored-by: A <a@example.com>", True),
        ("Change: editorial\n\nMen det var mer än så.\n\nCo-authored-by: A <a@example.com>", False),
        ("Change: editorial\n\nMen det var mer än så.", False),
        ("Co-authored-by: Editorial <a@example.com>", False),
        ("", False),
    ],
)
def test_the_editorial_claim_outlives_a_squash(body: str, editorial: bool) -> None:
    """Forges put the authors in a paragraph of their own, below the trailers that people wrote."""
    assert is_editorial(body) is editorial


def filled_in(heading: str, answer: str) -> str:
    return FORM.replace(heading, f"{heading}\n\n{answer}")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (FORM, ""),
        (FORM.replace("\n", "\r\n"), ""),
        (filled_in("## Varför?", "Lagen ändras."), "Lagen ändras."),
        (filled_in("## Vad ändras för kunden?", "Svar inom fyra timmar."), ""),
        (filled_in("## Varför?", "Lagen ändras.").replace("\n", "\r\n"), "Lagen ändras."),
        ("Lagen ändras.", "Lagen ändras."),
        ("## Why?\n\nThe law.\n\n## Who?\n\nAll.", "The law."),
        ("### Skäl\nLagen.", "Lagen."),
        ("<!-- Lagen ändras.", ""),
        ("- [x] Läst\n* [ ] Pratat\n", ""),
        ("- Lagen ändras.\n", "- Lagen ändras."),
        ("", ""),
    ],
)
def test_the_text_of_a_pull_request_without_its_form(text: str, reason: str) -> None:
    assert request_reason(text) == reason


@given(st.text(alphabet="<!->#[] x\r\n-Varför?:a"))
def test_any_text_can_be_asked_for_its_reason(text: str) -> None:
    assert len(request_reason(text)) <= len(text) + 2 * text.count("#")
    assert "<!--" not in request_reason(text)
