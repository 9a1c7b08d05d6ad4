"""What a browser finds in an index: the script that readers run, without a page around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from livingpolicy.starter import fresh_files
from tests.browser import browser
from tests.content.reading import Files
from tests.policy_repo import CHAPTER
from tests.search.finding import FIND, index, questions, script, shipped, snapshot_of, words_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

pytestmark = pytest.mark.browser

Found = list[dict[str, Any]]
Search = Callable[[str], Found]

DESIGN = """\
---
title: Ärenden
---

# Ärenden

## Klagomålshantering {#klagomalshantering}

Så tar vi hand om missnöje.

## Vår nöjdhetsgaranti {#garanti}

Den som ångrar sig får pengarna tillbaka.

## Svarstider {#svarstider}

Vi svarar på mejl samma dag, och leveranser följer vi till dörren.

## Återbetalningar {#aterbetalningar}

Pengarna är hos kunden inom en vecka.
"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Return an empty page that knows how to find."""
    context = browser.new_context()
    page = context.new_page()
    page.add_script_tag(path=FIND)
    yield page
    context.close()


def loaded(page: Page, made: str) -> Search:
    """Return what finds in the index *made*: everything that is found, the best first."""
    number = page.evaluate(
        f"{made} (globalThis.searches ??= []).push(lpFinding.finder(livingPolicySearch)) - 1"
    )

    def search(query: str, **options: float) -> Found:
        asked = [number, query, {"limit": 1e6, **options}]
        found: Found = page.evaluate(
            "([number, query, options]) => searches[number](query, options).results", asked
        )
        return found

    return search


@pytest.fixture
def finding(page: Page, tmp_path: Path) -> Callable[[Files], Search]:
    """Return `finding(files)`, which searches the smallest policy with *files* in it."""
    return lambda files: loaded(page, script(index(snapshot_of(tmp_path, files))))


@pytest.fixture(scope="module")
def ours(page: Page) -> Search:
    """Search this project's own policy."""
    return loaded(page, script(index(shipped())))


@pytest.mark.parametrize(
    ("query", "section"),
    [
        ("hantering", "klagomalshantering"),
        ("klagomal", "klagomalshantering"),
        ("KLAGOMÅLEN", "klagomalshantering"),
        ("garanti", "garanti"),
        ("garantin", "garanti"),
        ("nöjdhet", "garanti"),
        ("tid", "svarstider"),
        ("tiderna", "svarstider"),
        ("svarstiderna", "svarstider"),
        ("svarstidernas", "svarstider"),
        ("svars tid", "svarstider"),
        ("leveransen", "svarstider"),
        ("mail", "svarstider"),
        ("mailet", "svarstider"),
        ("epost", "svarstider"),
        ("e-post", "svarstider"),
        ("e post", "svarstider"),
        ("återbetala", "aterbetalningar"),
        ("aterbetald", "aterbetalningar"),
        ("återbetallning", "aterbetalningar"),
        ("aterbetalnign", "aterbetalningar"),
        ("återbetalningsrutin", "aterbetalningar"),
        ("återbet", "aterbetalningar"),
        ("pengar åter", "aterbetalningar"),
    ],
)
def test_a_word_is_found_however_it_is_typed(
    finding: Callable[[Files], Search], query: str, section: str
) -> None:
    """In parts, inflected, without dots, as a synonym, with one slip, in two words, and while it is typed."""
    search = finding(
        {
            "policy/chapters/arenden.md": DESIGN,
            "policy/synonyms.yml": "- [mejl, mail, e-post]\n- [återbetalning, pengar åter]\n",
        }
    )
    assert section in [hit["id"] for hit in search(query)][:2]


@pytest.mark.parametrize("query", ["", " ", "?", "–", "xyzzy", "qq", "ö" * 200, "\u0000", "()*+?["])
def test_what_means_nothing_finds_nothing(ours: Search, query: str) -> None:
    assert ours(query) == []


@pytest.mark.parametrize("query", ["en " * 66, "kund" * 50, "<b>", "__proto__ constructor", "${hot}", "0"])
def test_nothing_that_is_typed_breaks_the_search(ours: Search, query: str) -> None:
    ours(query)


def test_every_word_of_every_section_finds_that_section(page: Page) -> None:
    """Typed alone and to its end, whatever else it finds."""
    made = index(shipped())
    loaded(page, script(made))
    lost = page.evaluate(
        """(held) => {
          const search = searches.at(-1);
          const asked = new Map();
          for (const [section, words] of Object.entries(held)) {
            for (const word of words) asked.set(word, [...(asked.get(word) ?? []), section]);
          }
          const lost = [];
          for (const [word, sections] of asked) {
            const found = new Set(search(`${word} `, {limit: 1e6, least: 0}).results.map(({id}) => id));
            for (const section of sections) if (!found.has(section)) lost.push([word, section]);
          }
          return lost;
        }""",
        dict(words_of(made)),
    )
    assert lost == []


def test_the_browser_cuts_texts_as_the_index_does(page: Page) -> None:
    from livingpolicy.search.words import words

    made = index(shipped())
    texts = [text for entry in made.entries for _, text in entry.passages]
    texts += [
        "E-POST 3 000 kr",
        "8-18",
        "12\u00a03456",
        "don’t",
        "Straße per\u00adson",
        "A\u030ater",
        "x_y",
        "2,5",
        "a-b-c 1-2-3",
    ]
    cut = page.evaluate(
        "(texts) => texts.map((text) => lpFinding.cut(text.normalize('NFC')).flatMap(({words}) => words))",
        texts,
    )
    assert cut == [list(words(text)) for text in texts]


def test_a_promise_comes_before_a_guideline_that_says_the_same(finding: Callable[[Files], Search]) -> None:
    text = """---
title: Svar
---

# Svar

## Besked om frakten {#riktlinje}

Kunden får besked om frakten.

## Besked om frakten {#lofte}

```yaml
kind: promise
promise: Vi ger besked.
```

Kunden får besked om frakten.
"""
    assert [hit["id"] for hit in finding({"policy/chapters/svar.md": text})("frakt")] == [
        "lofte",
        "riktlinje",
    ]


def test_what_does_not_apply_comes_last_and_says_so(finding: Callable[[Files], Search]) -> None:
    before = "## Svar på mejl {#svar-mejl}\n"
    gone = """## Telefon förr {#forr}

```yaml
kind: promise
promise: Vi svarar i telefon.
retired_on: 2026-01-01
reason: Telefon telefon telefon.
```

Telefon.

"""
    text = CHAPTER.replace(before, gone + before)
    hits = finding({"policy/chapters/tillganglighet.md": text})("telefon")
    assert [(hit["id"], hit["status"]) for hit in hits if hit["id"] in {"forr", "svar-telefon"}] == [
        ("svar-telefon", 0),
        ("forr", 2),
    ]


def test_a_result_shows_the_passage_that_answers_with_its_words_marked(ours: Search) -> None:
    hit = ours("kund hotar mig")[0]
    excerpt = hit["excerpt"]
    marked = [excerpt["text"][start:end] for start, end in excerpt["marks"]]
    assert (hit["id"], hit["address"]) == ("hot-och-hat", "missnojd-kund/#hot-och-hat")
    assert (excerpt["part"], excerpt["text"]) == ("s", "En kund hotar mig")
    assert marked == ["kund", "hotar"]


def rates(search: Search, name: str) -> dict[str, tuple[float, float, list[str]]]:
    """Return for each part how often the first result answers, how often one of three, and what is missed."""
    counted: dict[str, list[tuple[str, int | None]]] = {}
    for question in questions(name):
        ids = [hit["id"] for hit in search(question.text)]
        place = next((place for place, name in enumerate(ids) if name in question.sections), None)
        counted.setdefault(question.part, []).append((question.text, place))
    return {
        part: (
            sum(place == 0 for _, place in places) / len(places),
            sum(place is not None and place < 3 for _, place in places) / len(places),
            [text for text, place in places if place is None or place >= 3],
        )
        for part, places in counted.items()
    }


def test_english_questions_find_their_sections(page: Page, tmp_path: Path, record_property: Any) -> None:
    """The policy that `livingpolicy init --language en` writes."""
    fresh = fresh_files("en", title="Customer policy", organisation="Example Ltd")
    files: dict[str, str | bytes | None] = {"policy/chapters/tillganglighet.md": None, **fresh}
    search = loaded(page, script(index(snapshot_of(tmp_path, files))))
    for part, (first, three, missed) in rates(search, "questions-en.tsv").items():
        record_property(f"english-{part}", f"{first:.0%} first, {three:.0%} among three")
        assert first >= 0.8, missed
        assert three == 1, missed
