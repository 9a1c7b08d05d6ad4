"""What a build makes with a memory of the one before is what it would have made without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from livingpolicy.model import Chapter, Policy, Section, Snapshot, Source
from livingpolicy.render.memory import Memory
from livingpolicy.render.pages.calendars import calendar_files
from livingpolicy.render.pages.chapter import chapter_pages
from livingpolicy.render.pages.responsibility import responsibility_pages
from livingpolicy.render.pages.search import search_files
from livingpolicy.render.pages.values import Feedback, SiteSettings
from livingpolicy.render.paper import paper_files
from tests.samples import SERVICE, history, policy, revision, section, snapshot
from tests.site.test_prose import TARGET

BODY = """Vi svarar {{ target.svarstid }}. Se [blanketten](klagomal.md#blankett).

### När det dröjer

Ring.

### När det dröjer

| Kanal | Tid |
| --- | --- |
| Chatt | {{ target.svarstid }} |
"""
HERE, THERE = Source("policy/chapters/tillganglighet.md"), Source("policy/chapters/klagomal.md")


def text(name: str, body: str, source: Source = HERE, **changes: object) -> Section:
    return replace(section(name, **changes), body=body, source=source)


def written(*, lead: str = "Ring.", target: str = "inom tre minuter", address: str = "klagomal") -> Policy:
    """Return a policy of two chapters, in which one leads to the other and quotes a target."""
    first = (
        text("tillganglighet", f"{lead}\n\n### När det dröjer\n"),
        text(
            "svar-telefon", BODY, steps=("Fråga, se [blanketten](klagomal.md)", "Svara {{ target.svarstid }}")
        ),
    )
    second = (text("blankett", "Fyll i R&D:s blankett.", THERE),)
    return replace(
        policy(),
        chapters=(
            Chapter("tillganglighet", "Tillgänglighet", None, first, HERE),
            Chapter(address, "Klagomål", None, second, THERE),
        ),
        targets={"svarstid": replace(TARGET, wording=target)},
    )


def renamed(content: Policy) -> Policy:
    """Return *content* with another head of customer service."""
    head = replace(SERVICE, name="Servicechefen")
    chapters = [
        replace(one, sections=tuple(replace(section, owner=head) for section in one.sections))
        for one in content.chapters
    ]
    return replace(content, chapters=tuple(chapters), owners={**content.owners, head.id: head})


def taken(content: Policy, *, today: str = "2026-11-22", head: str = "c0ffee" + "0" * 34) -> Snapshot:
    known = history(svar_telefon=(revision("2026-05-03"),), blankett=(revision("2026-10-03"),))
    return snapshot(content, replace(known, head=head), today=today)


def made(shown: Snapshot, memory: Memory, **settings: object) -> list[str]:
    """Return the pages of chapters and roles, the whole policy for paper, the calendars and the search."""
    own = SiteSettings(memory=memory, **settings)  # type: ignore[arg-type]
    pages = (*chapter_pages(shown, own), *responsibility_pages(shown, own))
    files = (*paper_files(shown, own, ()), *calendar_files(shown, own), *search_files(shown, own))
    return [str(page.html) for page in pages] + [file.content.decode() for file in files]


def remembered(shown: Snapshot) -> Memory:
    memory = Memory()
    made(shown, memory)
    return Memory.read(memoryview(memory.write()))


LATER: dict[str, Callable[[], Snapshot]] = {
    "the same": lambda: taken(written()),
    "overdue by now": lambda: taken(written(), today="2027-06-01"),
    "a new commit": lambda: taken(written(), head="beef" + "0" * 36),
    "another wording of the target": lambda: taken(written(target="inom fem minuter")),
    "another text above": lambda: taken(written(lead="Skriv.")),
    "a heading more above": lambda: taken(written(lead="### När det dröjer\n\nSkriv.")),
    "another address of the other chapter": lambda: taken(written(address="missnoje")),
    "another name of a role": lambda: taken(renamed(written())),
    "a word more that means the same": lambda: taken(replace(written(), synonyms=(("fel", "problem"),))),
    "another language": lambda: taken(replace(written(), language="en")),
}


@pytest.mark.parametrize("later", LATER.values(), ids=LATER)
def test_pages_are_as_if_nothing_was_remembered(later: Callable[[], Snapshot]) -> None:
    assert made(later(), remembered(taken(written()))) == made(later(), Memory())


@pytest.mark.parametrize(
    "settings",
    [
        {"folders": False},
        {"edit_base": "https://forge.example.com/edit/main/"},
        {"address": "https://kund.example.com/"},
        {"feedback": Feedback.NONE},
        {"feedback": Feedback.ISSUE, "repository": "https://forge.example.com/kundpolicy"},
    ],
    ids=str,
)
def test_pages_follow_other_settings_whatever_is_remembered(settings: dict[str, object]) -> None:
    shown = taken(written())
    assert made(shown, remembered(shown), **settings) == made(shown, Memory(), **settings)


def test_a_new_commit_alone_makes_no_page_anew() -> None:
    memory = remembered(taken(written()))
    pages = made(taken(written(), head="beef" + "0" * 36), memory)
    assert "beef000" in pages[0]
    assert memory.made == 0


def test_a_change_of_one_chapter_leaves_the_others_as_they_were() -> None:
    fresh, memory = Memory(), remembered(taken(written()))
    made(taken(written(lead="Skriv.")), fresh)
    made(taken(written(lead="Skriv.")), memory)
    assert memory.made == 4 < fresh.made  # its text, its page, its part of the whole policy and the index


def test_headings_of_one_name_are_told_apart_on_the_page_and_on_paper() -> None:
    paper = next(page for page in made(taken(written()), Memory()) if 'class="cover"' in page)
    for page in (made(taken(written()), Memory())[0], paper):
        for name in ("nar-det-drojer", "nar-det-drojer_1", "nar-det-drojer_2"):
            assert page.count(f'id="{name}"') == 1
