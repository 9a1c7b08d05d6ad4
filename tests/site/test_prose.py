"""What an editor writes becomes HTML that is safe and leads where it should."""

from __future__ import annotations

from dataclasses import replace

import pytest

from livingpolicy.model import Chapter, Policy, Source, Target
from livingpolicy.render.pages.prose import HeadingNames, Prose, first_sentence
from livingpolicy.render.pages.values import SiteSettings
from tests.samples import SERVICE, policy, section

OTHER = Chapter("klagomal", "Klagomål", None, (), Source("policy/chapters/service/klagomal.md"))
TARGET = Target(
    id="svarstid",
    name="Svar",
    wording="inom tre minuter",
    at_most=3,
    at_least=None,
    unit="minutes",
    clock=None,
    share=None,
    channel=None,
    owner=SERVICE,
    interval=None,
    measured=None,
    needs=(),
    source=Source("policy/targets.yml"),
)


def two_chapters() -> Policy:
    content = policy()
    return replace(content, chapters=(*content.chapters, OTHER), targets={"svarstid": TARGET})


def written(body: str, *, settings: SiteSettings | None = None) -> str:
    text = replace(section(), body=body)
    prose = Prose(two_chapters(), "tillganglighet/", settings or SiteSettings())
    return str(prose.block(text, HeadingNames(set()))).strip()


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("service/klagomal.md", "../klagomal/"),
        ("service/klagomal.md#blankett", "../klagomal/#blankett"),
        ("tillganglighet.md#svar-telefon", "#svar-telefon"),
        ("#svar-telefon", "#svar-telefon"),
        ("../../docs/redaktor.md#steg", "../redaktor/#steg"),
        ("https://www.konsumentverket.se/", "https://www.konsumentverket.se/"),
        ("mailto:kundtjanst@example.com", "mailto:kundtjanst@example.com"),
    ],
)
def test_links_between_files_lead_to_pages(link: str, address: str) -> None:
    assert f'href="{address}"' in written(f"[läs]({link})")


def test_pages_without_folders_are_linked_as_files() -> None:
    """For a site that is read straight from disk."""
    prose = Prose(two_chapters(), "tillganglighet.html", SiteSettings(folders=False))
    text = replace(section(), body="[läs](service/klagomal.md#blankett)")
    assert 'href="klagomal.html#blankett"' in prose.block(text, HeadingNames(set()))


def test_a_target_is_printed_in_words_and_other_braces_as_they_stand() -> None:
    text = "Svar {{ target.svarstid }}, {{ 7*7 }}, {% if %}, `{{ target.svarstid }}`."
    html = written(text)
    assert "Svar inom tre minuter, {{ 7*7 }}, {% if %}" in html
    assert "<code>{{ target.svarstid }}</code>" in html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "text <img src=x onerror=alert(1)> text",
        "[klick](javascript:alert(1))",
        "[klick](data:text/html;base64,PHNjcmlwdD4=)",
        "![bild](https://example.org/spion.png)",
        "<svg onload=alert(1)>",
        "# Rubrik {onclick=alert(1)}",
    ],
)
def test_nothing_of_an_attack_reaches_the_page(attack: str) -> None:
    """The reader refuses these; the page would be safe all the same."""
    html = written(attack)
    for tag in (
        "<script",
        "<svg",
        "onerror=alert(1)>",
        'href="javascript',
        'href="data',
        "example.org/spion",
    ):
        assert tag not in html
    assert 'onclick="' not in html


def test_raw_html_is_shown_as_it_was_typed_and_a_comment_is_not_shown() -> None:
    assert written("Skriv <b>fetstil</b> så.") == "<p>Skriv &lt;b&gt;fetstil&lt;/b&gt; så.</p>"
    assert written("<!-- till nästa redaktör -->\n\nText.") == "<p>Text.</p>"


def test_the_cells_of_a_table_carry_the_names_of_their_columns() -> None:
    """On a phone a row is shown as a card."""
    html = written("| Kanal | Öppet |\n| --- | ---: |\n| Telefon | 8–18 |\n")
    assert '<table class="lp-table">' in html
    assert '<td data-label="Kanal">Telefon</td>' in html
    assert '<td class="lp-right" data-label="Öppet">8–18</td>' in html
    assert "style=" not in html


def test_headings_within_a_section_get_the_ids_that_links_may_name() -> None:
    html = written("### Först {#steg-ett}\n\nText.\n\n### Sedan\n\nText.\n\n### Sedan\n\nText.\n")
    assert '<h3 id="steg-ett">Först</h3>' in html
    assert '<h3 id="sedan">Sedan</h3>' in html
    assert '<h3 id="sedan_1">Sedan</h3>' in html


def test_only_pictures_of_the_policy_are_published() -> None:
    text = replace(section(), body="![a](../images/karta.png) ![b](../policy.yml) ![c](../../.git/config)")
    prose = Prose(policy(), "tillganglighet/", SiteSettings())
    assert list(prose.images(text)) == ["policy/images/karta.png"]
    assert 'src="../images/karta.png"' in prose.block(text, HeadingNames(set()))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Så **når** kunderna oss. Alltid.", "Så når kunderna oss."),
        ("En mening\nsom bryts.", "En mening som bryts."),
        ("Öppet t.ex. på lördagar. Mer.", "Öppet t.ex. på lördagar."),
        ("- en lista", ""),
        ("", ""),
    ],
)
def test_a_chapter_without_description_is_summed_up_by_its_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_a_line_of_metadata_may_hold_emphasis_and_targets_but_no_blocks() -> None:
    prose = Prose(two_chapters(), "", SiteSettings())
    line = prose.line("Svara *alltid* {{ target.svarstid }}", section())
    assert line == "Svara <em>alltid</em> inom tre minuter"
