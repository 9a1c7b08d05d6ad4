"""The poster as text: what it says, and that it can be trusted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from livingpolicy.fonts import missing
from livingpolicy.language import catalogue
from livingpolicy.model import Owner, PosterSettings, PosterText, Snapshot
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.sections import Facts, facts
from livingpolicy.render.poster import FOLDER, door, foot, poster_page, promises
from tests import samples as values
from tests.poster import samples

LATE = (
    "Granskningen är försenad sedan 13 februari 2027 / Texten gäller tills vidare · Kundtjänstchefen ansvarar"
)


def page(snapshot: Snapshot) -> str:
    return poster_page(snapshot, fonts=samples.fonts())[f"{FOLDER}/index.html"].decode()


def shown(snapshot: Snapshot) -> str:
    """Return what the foot says today, on one line."""
    words = foot(snapshot, catalogue(snapshot.policy.language))
    state = next(state for state in words.states if state.name == words.state)
    first = [state.lead + state.rest, *([state.beside] if state.beside else [])]
    return " / ".join(" · ".join(line) for line in (first, state.below)).replace("\u00a0", " ")


@pytest.fixture
def made_facts() -> Facts:
    """What the site says of a section on the poster."""
    taken = samples.snapshot()
    return facts(taken.sections[0], taken.policy, today=taken.as_of)


def test_a_whole_poster(golden: Callable[[str, str], None]) -> None:
    """But for the hashes, which change with every colour and every font."""
    text = re.sub(
        r'(?<=data-build=")[0-9a-f]{16}|(?<=poster-)[0-9a-f]{10}',
        "0",
        page(samples.snapshot(reached=samples.REACHED)),
    )
    golden("poster.html", text)


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    once, again = (poster_page(samples.snapshot(), fonts=samples.fonts()) for _ in range(2))
    assert once == again


def test_a_changed_word_gives_another_build_and_another_style_sheet() -> None:
    one, other = (
        poster_page(samples.snapshot(vision=vision), fonts=samples.fonts())
        for vision in ("Varje kund ska vilja komma tillbaka.", "Varje kund ska vilja stanna kvar länge.")
    )
    builds = [
        re.findall(r'data-build="([0-9a-f]{16})"', files[f"{FOLDER}/index.html"].decode())
        for files in (one, other)
    ]
    assert len(builds[0]) == 2, "at the top of the page, and at its end, so that a torn page is noticed"
    assert len(set(builds[0])) == 1
    assert set(builds[0]).isdisjoint(builds[1])
    assert one.keys() != other.keys()


def test_every_file_that_the_page_names_is_published_and_nothing_else_is_named() -> None:
    files = poster_page(samples.snapshot(), fonts=samples.fonts())
    text = files[f"{FOLDER}/index.html"].decode()
    style = next(data for name, data in files.items() if name.endswith(".css")).decode()
    named = re.findall(r'(?:src|href)="(?!data:)([^"]+)"', text) + re.findall(r'url\("([^"]+)"\)', style)
    assert {f"{FOLDER}/{name}" for name in named} <= files.keys()
    assert "://" not in re.sub(r"http://www\.w3\.org/\S+", "", text + style)


def test_nothing_is_styled_or_scripted_inside_the_page() -> None:
    """So that the content security policy needs no exception."""
    text = page(samples.snapshot())
    assert "unsafe" not in text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script>|javascript:", text)


def test_what_editors_write_is_text_and_never_markup() -> None:
    hostile = "<script>alert(1)</script>&\"'"
    owner = Owner("kundchef", hostile, None, None)
    taken = samples.snapshot(
        [PosterText(hostile, "<b>", "\"x='y'"), PosterText("{{ 7 * 7 }}")],
        title=hostile,
        organisation=hostile,
        vision=hostile,
        guiding_words=(hostile,),
        owner=owner,
        poster=PosterSettings('"><IMG SRC=X>', 55, 4),
    )
    text = page(taken)
    assert text.count("<script") == 1
    assert "<b>" not in text
    assert "<img" not in text.lower()
    assert "{{ 7 * 7 }}" in text.replace("\u00a0", " ")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#34;&#39;" in text


def test_retired_and_upcoming_promises_are_not_on_the_wall() -> None:
    taken = samples.snapshot()
    sections = list(taken.policy.chapters[0].sections)
    sections[0] = replace(
        sections[0], metadata=replace(sections[0].metadata, retired_on=date(2026, 1, 1), reason="Ersatt")
    )
    sections[1] = replace(
        sections[1], metadata=replace(sections[1].metadata, effective_from=date(2027, 1, 1))
    )
    taken = values.snapshot(
        replace(taken.policy, chapters=(replace(taken.policy.chapters[0], sections=tuple(sections)),)),
        taken.history,
    )
    assert [item.section.id for item in promises(taken)] == [f"lofte-{number}" for number in (3, 4, 5, 6)]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {},
            "Aktuell · ändrad 12 november 2026 / Granskas senast 12 februari 2027 · Kundchefen ansvarar",
        ),
        (
            {"today": "2027-01-12"},
            "Aktuell · ändrad 12 november 2026 / Granskas senast 12 februari 2027 · Kundchefen ansvarar",
        ),
        (
            {"today": "2027-01-13"},
            "Granskas snart, senast 12 februari 2027 / Ändrad 12 november 2026 · Kundtjänstchefen ansvarar",
        ),
        (
            {"today": "2027-02-12"},
            "Granskas snart, senast 12 februari 2027 / Ändrad 12 november 2026 · Kundtjänstchefen ansvarar",
        ),
        (
            {"today": "2027-02-13"},
            LATE,
        ),
        ({"drafts": ("lofte-2",)}, "Utkast · ännu inte publicerat / Kundchefen ansvarar"),
        (
            {"drafts": ("lofte-2",), "today": "2027-02-13"},
            LATE,
        ),
        ({"complete": False}, "Ändringsdatum okänt / Kundchefen ansvarar"),
        ({"revised": None}, "Ändringsdatum okänt / Kundchefen ansvarar"),
        ({"promises": ()}, "Ändringsdatum okänt / Kundchefen ansvarar"),
    ],
)
def test_the_foot_tells_the_worst_that_is_known_of_the_promises(
    changes: dict[str, object], says: str
) -> None:
    """The due day itself is in time; a draft or an unknown date never hides that something is late."""
    assert shown(samples.snapshot(**changes)) == says  # type: ignore[arg-type]


def test_poster_and_site_are_late_from_the_same_day(made_facts: Facts) -> None:
    """Due on 12 February: overdue from the 13th, in both."""
    assert made_facts.late_since == date(2027, 2, 13)
    late = next(
        state for state in foot(samples.snapshot(), catalogue("sv")).states if state.name == "overdue"
    )
    assert late.rest == " sedan 13\u00a0februari\u00a02027", "on one line"


def test_without_promises_the_poster_says_which_key_to_add_and_the_whole_policy_decides() -> None:
    known = values.history(svar_telefon=(values.revision("2026-11-12"),))
    taken = values.snapshot(values.policy(), known)
    assert promises(taken) == ()
    assert "Inga löften än. Skriv poster: under ett löfte." in page(taken).replace("\u00a0", " ")
    assert shown(taken).startswith("Aktuell · ändrad 12 november 2026")


def test_a_quotation_is_marked_so_that_it_stays_together() -> None:
    taken = samples.snapshot([PosterText("Ingen får höra ”det är <policy>”")])
    assert '<span class="lp-quotation">”det\u00a0är &lt;policy&gt;”</span></p>' in page(taken)


def test_the_foot_holds_every_wording_that_time_can_bring() -> None:
    words = foot(samples.snapshot(), catalogue("sv"))
    assert [state.name for state in words.states] == ["current", "due-soon", "overdue"]
    assert (words.warn_from, words.due_on) == (date(2027, 1, 13), date(2027, 2, 12))


def test_english_policies_have_english_posters() -> None:
    text = page(samples.snapshot(language="en"))
    assert '<html lang="en"' in text
    assert "Read the whole policy" in text
    assert "Due for review 12 February 2027" in text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("address", "people", "code"),
    [
        ("KUND.EXAMPLE.COM", "kund.example.com", "HTTP://KUND.EXAMPLE.COM"),
        ("https://Kund.Example.com/Policy", "kund.example.com/Policy", "HTTPS://KUND.EXAMPLE.COM/Policy"),
        ("HTTPS://KUND.EXAMPLE.COM/P", "kund.example.com/P", "HTTPS://KUND.EXAMPLE.COM/P"),
    ],
)
def test_people_read_a_short_address_and_telephones_a_whole_one(
    address: str, people: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Host names do not mind capitals, which make the code coarser; paths do."""
    import segno

    encoded: list[str] = []
    made = segno.make
    monkeypatch.setattr(segno, "make", lambda text, **options: encoded.append(text) or made(text, **options))
    found = door(address)
    assert found is not None
    assert (found.address, encoded) == (people, [code, code])


def test_without_an_address_there_is_no_code() -> None:
    text = page(samples.snapshot(poster=PosterSettings(None, 55, 4)))
    assert "lp-door" not in text


def test_every_character_of_the_poster_is_in_its_fonts() -> None:
    for language in ("sv", "en"):
        text = re.sub(
            r"<[^>]+>",
            "",
            page(samples.snapshot(samples.PROMISES, language=language, reached=samples.REACHED * 2)),
        )
        assert missing(text.replace("&nbsp;", "\u00a0"), samples.fonts()) == set()


def test_a_template_that_asks_for_what_is_not_there_fails() -> None:
    from jinja2 import UndefinedError

    with pytest.raises(UndefinedError):
        environment("sv").from_string("{{ no_such_thing }}").render()
