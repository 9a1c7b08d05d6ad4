"""Two days side by side: what differs between two wordings, word by word, worked out by the browser."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import Watched, browser, open_page
from tests.nginx import nginx
from tests.policy_repo import POLICY_YML, PolicyRepo
from tests.site.building import PROJECT, equip, run
from tests.site.test_browser import WCAG, complaints

__all__ = ["browser", "nginx", "open_page"]  # the fixtures

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("width", [390, 1280])
CHAPTER = "policy/chapters/svar.md"
COMPARED = "som-det-gallde/#2025-02-01..2026-02-01"

BEFORE = """\
---
title: Svar
owner: kundtjanstchef
---

# Svar

Så svarar vi.

## Telefon {#telefon}

```yaml
kind: promise
promise: Vi svarar i telefon inom fem minuter.
steps:
  - Säg företagets namn.
  - Fråga vad kunden behöver.
mandate: [{role: medarbetare, up_to: 500, unit: kr}]
```

Vi svarar inom fem minuter. Den som svarar säger företagets namn och sitt eget namn.

Blir kön längre än tio hjälper butiken till.

Kön visas på tavlan.

Tavlan syns från alla platser.

| Dag | Öppet | Plats |
| --- | --- | --- |
| Vardag | 8–18 | Huset |
| Lördag | 10–14 | Huset |
| Söndag | Stängt | – |

Fråga alltid:

- vad kunden heter
- vad det gäller
- om kunden har ringt förut

## Mejl {#mejl}

Vi svarar på mejl samma dag.

## Brev {#brev}

Brev besvaras inom en vecka.

## Fax {#fax}

Vi svarar på fax inom tre veckor.
"""

AFTER = (
    BEFORE.replace("inom fem minuter", "inom tre minuter")
    .replace("  - Fråga vad", "  - Säg ditt eget namn.\n  - Fråga vad")
    .replace("up_to: 500", "up_to: 1000")
    .replace("10–14 | Huset |", "10–16 | Huset |")
    .replace("- om kunden har ringt förut\n", "")
    .replace("- vad kunden heter\n", "- vad kunden heter\n- var kunden är\n")
    .replace("## Mejl {#mejl}", "## Mejl och chatt {#mejl}")
    .replace("samma dag.", "samma dag. Skriv aldrig `<img src=x onerror=alert(1)>`.")
    .partition("## Fax")[0]
    + "## Chatt {#chatt}\n\nVi svarar i chatten inom en minut.\n"
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a policy that changed once a month, and once to and fro."""
    repo = PolicyRepo.create(tmp_path_factory.mktemp("company") / "kund")
    settings = f"{POLICY_YML}chapters: [svar]\n"
    repo.commit("2025-01-10", "Skriv ner policyn", {"policy/policy.yml": settings, CHAPTER: BEFORE})
    later = BEFORE.replace("inom en vecka", "inom fyra dagar")
    repo.commit("2025-03-10", "Brev går fortare", {CHAPTER: later})
    hostile = AFTER.replace(
        "samma dag.", "<b>samma</b> dag <script>alert(1)</script><img src=x onerror=alert(2)>."
    )
    repo.commit(
        "2025-04-10", "Telefonen går fortare", {CHAPTER: hostile.replace("inom en vecka", "inom fyra dagar")}
    )
    repo.commit("2025-06-10", "Brev tar en vecka igen", {CHAPTER: AFTER})
    equip(repo.root)
    done = run(repo.root, "build", today="2026-11-22")
    assert done.returncode == 0, done.stderr
    return repo.root / "site"


@pytest.fixture(scope="session")
def address(site: Path, nginx: Callable[[Path, str], str]) -> str:
    """The site behind the headers that the build wrote: nothing here may need more than they allow."""
    return nginx(site, f"include {site.with_name('site-headers')}/nginx.conf;")


def unfold(watched: Watched, title: str) -> Any:
    """Unfold a section in the list of what differs and return what it shows."""
    row = watched.page.locator(
        ".lp-then__answer details", has=watched.page.locator("summary", has_text=title)
    )
    row.locator("summary").click()
    row.locator(".lp-diff, p").first.wait_for()
    row.locator("[aria-busy]").wait_for(state="detached")
    return row


def marked(row: Any, element: str) -> list[str]:
    """Return the texts of every `<ins>` or `<del>`, as a screen reader says them."""
    return list(row.locator(element).evaluate_all("all => all.map((each) => each.textContent)"))


def test_a_comparison_shows_exactly_the_words_that_differ(
    address: str, open_page: Callable[..., Watched]
) -> None:
    """Facts, sentences, list and table; each mark is said in words too, and the rest is left out."""
    watched = open_page(address + COMPARED, width=1280, height=900)
    assert watched.page.get_by_text(
        "4 avsnitt skiljer mellan 1 februari 2025 och 1 februari 2026."
    ).is_visible()
    legend = "Överstruket gällde den 1 februari 2025, understruket den 1 februari 2026."
    assert watched.page.get_by_text(legend).is_visible()
    row = unfold(watched, "Telefon")
    assert marked(row, "del") == [
        "borttaget: fem",
        "borttaget: 500",
        "borttaget: fem",
        "borttaget: 10–14",
        "borttaget: om kunden har ringt förut",
    ]
    assert marked(row, "ins") == [
        "tillagt: tre",
        "tillagt: Säg ditt eget namn.",
        "tillagt: 1 000",
        "tillagt: tre",
        "tillagt: 10–16",
        "tillagt: var kunden är",
    ]
    text = row.inner_text().replace("\u00a0", " ")
    assert "Löfte: Vi svarar i telefon inom" in text
    assert "Mandat: " in text
    assert "Kön visas på tavlan." not in text
    assert "Söndag" not in text
    assert text.count("… 1 del oförändrad") == 3
    assert complaints(watched) == []


def test_both_wordings_and_the_history_are_one_step_away(
    address: str, open_page: Callable[..., Watched]
) -> None:
    watched = open_page(address + COMPARED, width=1280, height=900)
    row = unfold(watched, "Telefon")
    names = row.get_by_role("link").all_inner_texts()
    assert names == [
        "Så löd det den 1 februari 2025",
        "Så löd det den 1 februari 2026",
        "Alla ändringar i avsnittet",
    ]
    row.get_by_role("link", name=names[0]).click()
    assert watched.page.get_by_text("Äldre lydelse. Den gäller inte längre.").is_visible()
    assert watched.page.get_by_text("Vi svarar i telefon inom fem minuter.").is_visible()


def test_a_section_that_came_or_went_is_shown_as_it_read(
    address: str, open_page: Callable[..., Watched]
) -> None:
    watched = open_page(address + COMPARED, width=1280, height=900)
    rows = watched.page.locator(".lp-then__answer summary").all_inner_texts()
    assert rows == ["Telefon ändrades", "Mejl och chatt ändrades", "Chatt tillkom", "Fax upphörde"]
    came = unfold(watched, "Chatt tillkom")
    assert came.get_by_text("Avsnittet gällde inte den 1 februari 2025.").is_visible()
    came.get_by_text("Vi svarar i chatten inom en minut.").wait_for()
    went = unfold(watched, "Fax")
    assert went.get_by_text("Avsnittet gällde inte den 1 februari 2026.").is_visible()
    went.get_by_text("Vi svarar på fax inom tre veckor.").wait_for()
    assert marked(came, "ins") + marked(went, "del") == []


def test_what_was_changed_and_changed_back_does_not_differ(
    address: str, open_page: Callable[..., Watched]
) -> None:
    """Letters took a week, then four days, then a week again."""
    page = open_page(address + COMPARED, width=1280, height=900).page
    assert page.get_by_text("Ändrades däremellan, men lyder likadant båda dagarna:").is_visible()
    assert page.locator(".lp-then__answer").get_by_role("link", name="Brev", exact=True).is_visible()
    page.get_by_label("Jämför med en annan dag").fill("2025-04-01")
    page.get_by_text("1 avsnitt skiljer").wait_for()
    assert page.locator(".lp-then__answer summary").all_inner_texts() == ["Brev ändrades"]


def test_hostile_text_in_a_wording_is_shown_as_text(address: str, open_page: Callable[..., Watched]) -> None:
    """As code, and as the raw HTML that the gate stops today and a wording of April 2025 had."""
    watched = open_page(address + COMPARED, width=1280, height=900)
    row = unfold(watched, "Mejl")
    assert "Skriv aldrig <img src=x onerror=alert(1)>." in row.inner_text()
    assert marked(row, "ins")[0] == "tillagt: och chatt"  # the heading
    assert row.locator("img, b, script").count() == 0
    watched.page.get_by_label("Jämför med en annan dag").fill("2025-05-01")
    watched.page.get_by_role("heading", name="1 februari 2025 – 1 maj 2025").wait_for()
    row = unfold(watched, "Mejl")
    assert "alert(1)" in row.inner_text()
    assert row.locator("img, b, script").count() == 0
    assert complaints(watched) == []


@pytest.mark.parametrize("answer", ["gone", "strange"])
def test_wordings_that_cannot_be_fetched_are_linked(
    address: str, open_page: Callable[..., Watched], answer: str
) -> None:
    """A network that breaks, or a login page in place of the wording: a sentence and both links."""

    def setup(page: Any) -> None:
        page.route(
            "**/version/**",
            lambda route: route.abort() if answer == "gone" else route.fulfill(body="<p>Logga in</p>"),
        )

    watched = open_page(address + COMPARED, width=1280, height=900, setup=setup)
    row = unfold(watched, "Telefon")
    assert row.get_by_text(
        "Lydelserna kan inte jämföras just här, men du kan läsa dem var för sig."
    ).is_visible()
    assert row.get_by_role("link", name="Så löd det den").count() == 2
    single = unfold(watched, "Chatt tillkom")
    single.get_by_text("Lydelsen kunde inte hämtas hit, men den finns på sin egen sida.").wait_for()
    assert single.get_by_role("link", name="Så löd det den 1 februari 2026").is_visible()


def test_from_a_disk_days_are_compared_and_both_wordings_are_linked(
    site: Path, open_page: Callable[..., Watched]
) -> None:
    """A page that was opened from a disk may fetch nothing."""
    watched = open_page((site / "som-det-gallde/index.html").as_uri() + "#2025-02-01..2026-02-01", width=1280)
    page = watched.page
    assert page.get_by_text("4 avsnitt skiljer mellan 1 februari 2025 och 1 februari 2026.").is_visible()
    row = unfold(watched, "Telefon")
    assert row.get_by_text(
        "Lydelserna kan inte jämföras just här, men du kan läsa dem var för sig."
    ).is_visible()
    assert [told for told in complaints(watched) if "then.js" in told or "compare.js" in told] == []
    row.get_by_role("link", name="Så löd det den 1 februari 2025").click()
    assert page.get_by_text("Äldre lydelse. Den gäller inte längre.").is_visible()


def test_without_the_days_a_sentence_says_where_the_wordings_are(
    address: str, open_page: Callable[..., Watched]
) -> None:
    page = open_page(
        f"{address}som-det-gallde/", setup=lambda page: page.route("**/days.js", lambda route: route.abort())
    ).page
    page.get_by_text(
        "Dagen går inte att välja här, men alla lydelser finns också under Ändringar."
    ).wait_for()
    assert not page.get_by_label("Dag", exact=True).is_visible()
    assert page.get_by_role("link", name="31 januari 2025").is_visible()


def test_a_comparison_is_unfolded_with_the_keyboard(address: str, open_page: Callable[..., Watched]) -> None:
    watched = open_page(address + COMPARED, width=1280, height=900)
    page = watched.page
    page.get_by_label("Jämför med en annan dag").focus()
    for _ in range(9):  # the fields have a stop for year, month, day and calendar
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.localName") == "summary":
            break
    page.keyboard.press("Enter")
    page.locator("details[open] ins").first.wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Så löd det den 1 februari 2025"


def test_an_address_unfolds_one_section_until_today(address: str, open_page: Callable[..., Watched]) -> None:
    """`#DAY../SECTION` is for links: from a wording to what has happened to it since."""
    page = open_page(f"{address}som-det-gallde/#2025-02-01../mejl", width=1280, height=900).page
    page.locator("details[open] ins").first.wait_for()
    assert page.locator("details[open]").count() == 1
    assert page.get_by_role("heading", name="1 februari 2025 – 22 november 2026").is_visible()
    assert page.evaluate("document.activeElement.textContent").startswith("Mejl och chatt")
    assert page.url.endswith("#2025-02-01..2026-11-22/mejl")
    page.get_by_role("button", name="Nästa ändring").click()
    assert page.url.endswith("#2025-03-10..2026-11-22")


@SIZES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_comparison_is_accessible(
    address: str, open_page: Callable[..., Watched], width: int, scheme: str
) -> None:
    watched = open_page(
        address + COMPARED, width=width, height=900, color_scheme=scheme, reduced_motion="reduce"
    )
    for title in ("Telefon", "Mejl", "Chatt tillkom", "Fax"):
        unfold(watched, title)
    found = Axe().run(watched.page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert [
        (each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]
    ] == []
    assert watched.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert complaints(watched) == []


TOLD = """([before, after]) => {
  const said = {deleted: "−", inserted: "+", movedHere: "hit:", movedAway: "bort:",
    unchangedOne: "{count} lik", unchangedOther: "{count} lika",
    link: "till {address}", image: "bild {address}"};
  const page = (body) => new DOMParser().parseFromString(
    `<h1>A</h1><div class="lp-edition__body">${body}</div>`, "text/html");
  const found = lpComparing.difference(page(before), page(after), said);
  const blocks = [...found?.querySelectorAll("p, li, tr, pre") ?? []];
  return blocks.map((block) => block.textContent.replace(/\\s+/g, " ").trim());
}"""


def test_every_kind_of_block_is_compared_with_its_like(open_page: Callable[..., Watched]) -> None:
    page = open_page("about:blank").page
    page.add_script_tag(path=PROJECT / "docs/javascripts/compare.js")

    def told(before: str, after: str) -> list[str]:
        return list(page.evaluate(TOLD, [before, after]))

    assert told("<p>Ring <b>oss</b>\n nu.</p>", "<p>Ring oss nu.</p>") == []
    assert told("<p>Se <a href='../../a/'>priser</a>.</p>", "<p>Se <a href='../../b/'>priser</a>.</p>") == [
        "Se priser − (till a/) + (till b/)."
    ]
    assert told("<p>Se <img src='x.png' alt='ett'>.</p>", "<p>Se <img src='x.png' alt='två'>.</p>") == [
        "Se (bild − ett + två)."
    ]
    one, two = "<p>Den som ringer får svar.</p>", "<p>Butiken öppnar klockan åtta varje dag.</p>"
    assert told(one + two, two + one) == [
        "(bort: Den som ringer får svar.)",
        "Butiken öppnar klockan åtta varje dag.",
        "hit: Den som ringer får svar.",
    ]
    assert told(
        "<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li><li>c</li></ul></li></ul>"
    ) == [
        "… 1 lik",
        "b",
        "+ c",
    ]
    assert told("<pre><code>a  b</code></pre>", "<pre><code>a b</code></pre>") != []
    head, row = "<table><tr><th>Dag</th><th>Tid</th></tr>", "<tr><td>Lördag</td><td>{}</td></tr>"
    wide = "<table><tr><th>Dag</th><th>Plats</th><th>Tid</th></tr>"
    assert told(
        f"{head}{row.format(9)}</table>", f"{wide}<tr><td>Lördag</td><td>Hus</td><td>10</td></tr></table>"
    ) == [
        "Dag+ PlatsTid",
        "Lördag+ Hus− 9 + 10",
    ]


WORDS = [
    "vi",
    "svarar",
    "inom",
    "tre",
    "fem",
    "minuter",
    "kunden",
    "1 000 kr",
    "8–18",
    ",",
    ".",
    "”ja”",
    "(om)",
    "Alltid",
]


def some_text(dice: random.Random, near: list[str]) -> list[str]:
    """Return words that may have come from *near* by a few changes, or from nowhere."""
    if dice.random() < 0.3:
        return dice.choices(WORDS, k=dice.randrange(60))
    changed = list(near)
    for _ in range(dice.randrange(6)):
        place = dice.randrange(len(changed) + 1)
        changed[place : place + dice.randrange(3)] = dice.choices(WORDS, k=dice.randrange(3))
    return changed


def test_without_what_is_new_it_is_the_old_text_and_without_what_is_gone_the_new(
    open_page: Callable[..., Watched],
) -> None:
    dice = random.Random(20261122)
    pairs = []
    for _ in range(600):
        old = dice.choices(WORDS, k=dice.randrange(60))
        pairs.append([" ".join(old), " ".join(some_text(dice, old))])
    page = open_page("about:blank").page
    page.add_script_tag(path=PROJECT / "docs/javascripts/compare.js")
    found = page.evaluate(
        """pairs => pairs.map((pair) => {
          const found = lpComparing.runs(...pair.map(lpComparing.tokens));
          const words = (runs) => runs.flatMap((run) => run.words).join("").trim();
          const but = (mark) => words(found.filter((run) => run.mark !== mark));
          return [but("inserted"), but("deleted"), found.length];
        })""",
        pairs,
    )
    assert [[old, new] for old, new, _ in found] == pairs
    assert all(parts <= 1 for (old, new), (_, _, parts) in zip(pairs, found, strict=True) if old == new)


def test_a_very_long_text_is_told_as_replaced_within_a_second(open_page: Callable[..., Watched]) -> None:
    """One sentence of six thousand other words: nobody waits for the shortest way from one to the other."""
    page = open_page("about:blank").page
    page.add_script_tag(path=PROJECT / "docs/javascripts/compare.js")
    marks, took = page.evaluate(
        """() => {
          const word = (step) => (_, place) => `ord${(place * step) % 6007}`;
          const text = (step) => `Först ${Array.from({length: 6000}, word(step)).join(" ")} sist.`;
          const start = performance.now();
          const found = lpComparing.runs(...[text(5), text(7)].map(lpComparing.tokens));
          return [found.map(({mark}) => mark), performance.now() - start];
        }"""
    )
    assert marks == ["deleted", "inserted"]
    assert took < 1000
