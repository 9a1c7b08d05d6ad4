"""What stands on the pages, for a policy of known dates."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from livingpolicy.fonts import FontFile, font_files
from livingpolicy.model import (
    Channel,
    Kind,
    Mandate,
    Note,
    OpeningHours,
    PosterText,
    RevisionKind,
    Snapshot,
    Status,
    TargetReview,
)
from livingpolicy.render.pages.part import part_line
from livingpolicy.render.pages.site import site, taken_ids
from livingpolicy.render.pages.values import Feedback, Site, SiteSettings
from tests.measures.samples import BACKLOG, PHONE
from tests.samples import history, policy, review, revision, section, snapshot

EDIT = "https://forge.example.com/kundpolicy/edit/main/"


@pytest.fixture(scope="module")
def fonts() -> tuple[FontFile, ...]:
    return font_files(Path(__file__).parents[2] / ".cache" / "fonts")


@pytest.fixture
def made(fonts: tuple[FontFile, ...]):
    def make(shown: Snapshot, **settings: object) -> Site:
        return site(shown, SiteSettings(edit_base=EDIT, **settings), fonts=fonts)  # type: ignore[arg-type]

    return make


def of_one(*, today: str = "2026-11-22", **changes: object) -> Snapshot:
    """One promise revised on 3 May and reviewed every 6 months: due on 3 November."""
    known = history(svar_telefon=(revision("2026-05-03"),))
    return snapshot(policy(section(**changes)), known, today=today)


def test_the_quiet_line_says_who_answers_and_every_date_in_words(made) -> None:
    reviewed = snapshot(
        policy(), history(svar_telefon=(revision("2026-05-03"),)), (review("2026-10-30"),), today="2026-11-22"
    )
    page = made(reviewed).chapters[0].html
    assert "Kundtjänstchefen ansvarar" in page
    assert 'Gäller sedan <time datetime="2026-05-03">3 maj 2026</time>' in page
    assert 'Granskad <time datetime="2026-10-30">30 oktober 2026</time>' in page
    assert 'Granskas senast <time datetime="2027-04-30">30 april 2027</time>' in page


@pytest.mark.parametrize(
    ("today", "status", "shown"),
    [
        ("2026-10-03", "current", "Aktuell"),
        ("2026-10-04", "due-soon", "Granskas snart"),
        ("2026-11-03", "due-soon", "Granskas snart"),
        ("2026-11-04", "overdue", "Försenad"),
    ],
)
def test_the_status_of_the_day_of_the_build_is_the_one_that_is_visible(made, today, status, shown) -> None:
    page = made(of_one(today=today)).chapters[0].html
    assert f'data-status="{status}"' in page
    assert 'data-due-on="2026-11-03" data-warn-on="2026-10-04"' in page
    for name in ("current", "due-soon", "overdue"):
        assert (f'data-when="{name}" hidden' in page) is (name != status)
    assert f"{shown}</span>" in page


def test_an_overdue_section_says_since_when_and_that_it_still_applies(made) -> None:
    """The due day itself is in time: it is overdue from the day after."""
    page = made(of_one()).chapters[0].html
    assert "försenad sedan 4\u00a0november\u00a02026. Texten gäller tills vidare." in page


def test_edit_leads_to_exactly_the_line_of_the_heading(made) -> None:
    page = made(of_one(line=31)).chapters[0].html
    assert f'href="{EDIT}policy/chapters/tillganglighet.md#L31"' in page


def test_something_wrong_opens_a_mail_to_the_owner_with_section_version_and_address(made) -> None:
    page = made(of_one(), address="https://kund.example.com/").chapters[0].html
    assert 'href="mailto:kundtjanst@example.com?subject=St%C3%A4mmer%20inte%3A%20Svar%20telefon' in page
    assert "https%3A%2F%2Fkund.example.com%2Ftillganglighet%2F%23svar-telefon" in page
    assert "2026-11-22%20%C2%B7%20c0ffee0" in page


def test_something_wrong_can_open_the_issue_form_instead(made) -> None:
    page = (
        made(of_one(), feedback=Feedback.ISSUE, repository="https://forge.example.com/kundpolicy")
        .chapters[0]
        .html
    )
    assert 'href="https://forge.example.com/kundpolicy/issues/new?template=stammer-inte.yml&amp;' in page
    assert "avsnitt=tillganglighet%2F%23svar-telefon" in page


def test_the_fields_of_the_issue_form_are_the_ones_the_link_fills_in() -> None:
    form = Path(__file__).parents[2] / ".github" / "ISSUE_TEMPLATE" / "stammer-inte.yml"
    text = form.read_text("utf-8")
    assert "id: avsnitt" in text
    assert "id: version" in text


def test_text_of_the_policy_cannot_break_out_of_the_page(made) -> None:
    hostile = '</h2><script>alert("x")</script>'
    shown = of_one(title=hostile, promise=hostile, situations=(hostile,), steps=(hostile,))
    named = replace(shown, policy=replace(shown.policy, title=hostile, organisation=hostile, vision=hostile))
    result = made(named)
    for page in (*result.pages,):
        assert "<script" not in page.html + page.hero
    assert "<script" not in result.footer


def test_kind_steps_situations_and_mandate_are_set_off(made) -> None:
    shown = of_one(
        kind=Kind.RULE,
        situations=("En kund väntar",),
        steps=("Lyssna.", "Be **om ursäkt**."),
        mandate=(Mandate("medarbetare", 1500, "kr", "kundtjanstchef"),),
    )
    page = made(shown).chapters[0].html
    assert '<li class="lp-kind lp-kind--rule">Regel</li>' in page
    assert "<li>En kund väntar</li>" in page
    assert "<li>Be <strong>om ursäkt</strong>.</li>" in page
    assert '<th scope="row">Medarbetare</th>' in page
    assert "1\u00a0500\u00a0kr" in page
    assert ">Kundtjänstchefen</td>" in page


def test_an_old_id_keeps_its_address(made) -> None:
    page = made(of_one(aliases=("telefon",))).chapters[0]
    assert '<span id="telefon" class="lp-alias"></span>' in page.html
    assert {"telefon", "svar-telefon", "tillganglighet"} <= page.anchors


def test_a_retired_section_says_why_and_what_applies_instead(made) -> None:
    gone = section(
        "fax", title="Fax", retired_on=date(2026, 10, 1), reason="Ingen faxar.", replaced_by="svar-telefon"
    )
    known = history(svar_telefon=(revision("2026-11-01"),), fax=(revision("2026-05-03"),))
    page = made(snapshot(policy(section(), gone), known)).chapters[0].html
    assert "Avsnittet gäller inte sedan 1\u00a0oktober\u00a02026." in page
    assert "Ingen faxar." in page
    assert 'I stället gäller <a href="#svar-telefon">Svar telefon</a>' in page
    assert page.count("Vi svarar i telefon inom tre minuter.") == 1


def test_an_upcoming_section_says_from_when_and_turns_by_itself(made) -> None:
    waiting = revision("2026-05-03", RevisionKind.ADDED, metadata="effective_from: 2027-01-01")
    content = policy(section(effective_from=date(2027, 1, 1)))
    page = made(snapshot(content, history(svar_telefon=(waiting,)), today="2026-06-01")).chapters[0].html
    assert "Gäller från 1\u00a0januari\u00a02027" in page
    assert 'data-effective-on="2027-01-01"' in page


def test_a_draft_and_an_unknown_section_show_no_date(made) -> None:
    known = history(svar_telefon=(revision("2026-05-03"),), drafts=["svar-telefon"])
    draft = made(snapshot(policy(), known))
    assert "Ändringen är inte publicerad" in draft.chapters[0].html
    assert "<time" not in draft.chapters[0].html
    assert draft.version == "2026-11-22 · c0ffee0 · utkast"
    unknown = made(snapshot(policy(), history(svar_telefon=(revision(None),))))
    assert "Okänt när avsnittet ändrades" in unknown.chapters[0].html


def test_without_history_every_page_says_so_and_no_date_is_shown(made) -> None:
    note = Note("history.shallow", {})
    lost = replace(history(), complete=False, head=None, notes=(note,))
    try:
        result = made(snapshot(policy(), lost))
    except KeyError:
        pytest.skip("the words of the refusal are not there yet")
    assert "Datumen är okända." in result.notice
    assert result.version == "2026-11-22 · okänd"
    assert "<time" not in result.start.html + result.chapters[0].html + result.page("review").html


def test_the_start_page_shows_what_stands_on_the_poster_and_links_to_it(made) -> None:
    shown = of_one(poster=PosterText("till svar i telefon", "3", "minuter"))
    page = made(shown).start.html
    assert '<a class="lp-promises__link" href="tillganglighet/#svar-telefon">' in page
    assert "<b>3</b> minuter" in page


def test_the_start_page_tells_of_changes_in_the_commits_own_words(made) -> None:
    known = history(
        svar_telefon=(revision("2026-11-01", subject="Tre minuter & inte fem"), revision("2026-05-03")),
    )
    page = made(snapshot(policy(), known)).start.html
    assert "Tre minuter &amp; inte fem" in page
    assert page.index("1 november 2026") < page.index("3 maj 2026")
    assert 'href="andringar/">Se alla ändringar</a>' in page


def test_a_move_is_no_change_that_readers_hear_of(made) -> None:
    moved = history(
        svar_telefon=(revision("2026-11-01", RevisionKind.MOVED, "Flytta"), revision("2026-05-03"))
    )
    assert "Flytta" not in made(snapshot(policy(), moved)).start.html


def test_a_page_that_takes_the_whole_width_leads_to_the_others_of_its_part(made) -> None:
    """Else whoever has chosen "Aktuellt" on a wide screen never finds Granskning or Ansvar."""
    result = made(of_one())
    line = part_line(result.page("responsibility"), result)
    assert '<nav class="lp-part" aria-label="Aktuellt">' in line
    assert '<a href="./" aria-current="page">Ansvar</a>' in line
    for name in ("andringar", "som-det-gallde", "granskning", "tackning"):
        assert f'<a href="../{name}/">' in line
    assert "mal/" not in line


def test_a_page_alone_in_its_part_or_with_the_navigation_beside_it_has_no_such_line(made) -> None:
    result = made(of_one())
    for page in (result.start, result.chapters[0], result.page("about")):
        assert part_line(page, result) == ""


def test_what_is_not_known_is_not_counted(made) -> None:
    page = made(of_one()).start.html
    assert "räknar inte besök" in page
    assert 'data-dates="2026-11-03/2026-10-04"' in page


def test_opening_hours_are_written_as_people_say_them(made) -> None:
    shown = of_one()
    hours = {
        Channel.PHONE: (
            OpeningHours((1, 2, 3, 4, 5), "08:00", "18:00"),
            OpeningHours((6,), "10:30", "15:00"),
        ),
        Channel.WEB: (OpeningHours((1, 2, 3, 4, 5, 6, 7), "00:00", "24:00"),),
    }
    page = made(replace(shown, policy=replace(shown.policy, opening_hours=hours))).start.html
    assert "<span>Måndag–fredag</span>" in page
    assert ">8–18</span>" in page
    assert ">10.30–15</span>" in page
    assert "<span>Alla dagar</span>" in page
    assert ">dygnet runt</span>" in page


def test_the_review_page_lists_the_worst_first_and_each_owners_load(made) -> None:
    sections = (section("ett", title="Ett"), section("tva", title="Två"), section("tre", title="Tre"))
    known = history(
        ett=(revision("2026-11-01"),), tva=(revision("2026-05-03"),), tre=(revision("2026-06-10"),)
    )
    page = made(snapshot(policy(*sections), known)).page("review").html
    rows = page[page.index('id="sections"') :]
    assert rows.index(">Två<") < rows.index(">Tre<") < rows.index(">Ett<")
    assert '<strong data-count="overdue">1</strong>' in page
    assert '<td class="lp-right lp-number" data-label="Inom 30 dagar" data-within="30">1</td>' in page
    assert 'Antalen gäller <span data-today="2026-11-22">22\u00a0november\u00a02026</span>.' in page
    assert "Version 2026-11-22 · c0ffee0." in page


def test_the_review_page_lists_targets_among_the_sections_and_counts_them(made) -> None:
    """A target has an owner and a day as a section has: overdue since 4 November, and due in two months."""
    of = policy(section("ett", title="Ett"))
    of = replace(of, targets={target.id: target for target in (PHONE, BACKLOG)})
    shown = snapshot(of, history(ett=(revision("2026-11-01"),)))
    late, current = date(2026, 11, 3), date(2027, 1, 25)
    targets = (
        TargetReview(PHONE, revision("2026-05-03").commit, None, late, 19, Status.OVERDUE, 1),
        TargetReview(BACKLOG, revision("2026-10-25").commit, None, current, 0, Status.CURRENT, 1),
    )
    result = made(replace(shown, target_reviews=targets))
    page = result.page("review").html
    rows = page[page.index('id="sections"') :]
    assert ">Alla avsnitt och mål<" in rows
    assert '<a href="../mal/svarstid-telefon/">Svar i telefon</a> <small>Mål</small>' in rows
    assert rows.index(">Svar i telefon<") < rows.index(">Öppna ärenden<") < rows.index(">Ett<")
    dates = 'data-dates="2027-05-01/2027-04-01 2026-11-03/2026-10-04 2027-01-25/2026-12-26"'
    for each in (page, result.start.html):
        assert '<strong data-count="overdue">1</strong>' in each
        assert '<strong data-count="current">2</strong>' in each
        assert dates in each, "so that a later day counts anew"
    assert '<tr data-load="2027-05-01 2026-11-03 2027-01-25">' in page
    assert 'data-label="Totalt">3</td>' in page
    january = page[page.index('data-month="2027-01"') :]
    assert '<span class="lp-number">1</span>' in january[: january.index("</tr>")]


def test_the_review_page_of_a_very_large_policy_lists_what_is_due_first(made) -> None:
    """Every count is of all sections; the list ends with how many more there are."""
    names = [f"avsnitt-{number}" for number in range(1400)]
    known = history(**{name: (revision("2026-08-05"),) for name in names})
    page = made(snapshot(policy(*(section(name) for name in names)), known)).page("review").html
    assert len(page) < 100_000
    assert "Och 1250 till, som ska granskas senare." in page
    assert 'data-dates="2027-02-05/2027-01-06*1400"' in page
    assert 'data-load="2027-02-05*1400"' in page


def test_a_week_with_more_than_the_owners_can_review_is_named(made) -> None:
    names = ["a", "b", "c", "d", "e", "f"]
    known = history(**{name: (revision("2026-08-05"),) for name in names})
    page = made(snapshot(policy(*(section(name) for name in names)), known)).page("review").html
    assert "1 februari 2027 till 7 februari 2027: 6 granskningar" in page.replace("\u00a0", " ")


def test_the_machines_get_the_report_the_build_and_the_word_to_robots(made) -> None:
    files = {file.path: file.content for file in made(of_one()).files}
    assert json.loads(files["api/review.json"])["counts"]["overdue"] == 1
    status = json.loads(files["status.json"])
    assert status["commit"] == "c0ffee" + "0" * 34
    assert status["built_on"] == "2026-11-22"
    assert len(status["build"]) == 16
    assert files["robots.txt"] == b"User-agent: *\nDisallow: /\n"


def test_the_build_has_another_id_when_anything_published_changes(made) -> None:
    def build(shown: Snapshot) -> str:
        files = {file.path: file.content for file in made(shown).files}
        return json.loads(files["status.json"])["build"]

    assert build(of_one()) == build(of_one())
    assert build(of_one()) != build(of_one(promise="Vi svarar i telefon inom fyra minuter."))


def test_a_chapter_may_not_take_the_address_of_another_page(made) -> None:
    shown = of_one()
    assert taken_ids(made(shown), shown, {"redaktor"}) == ()
    (refusal,) = taken_ids(made(shown), shown, {"tillganglighet"})
    assert refusal.startswith("policy/chapters/tillganglighet.md:1: kapitlets id ”tillganglighet” är redan")


def test_an_english_policy_has_english_pages(fonts) -> None:
    shown = snapshot(policy(language="en"), history(svar_telefon=(revision("2026-05-03"),)))
    result = site(shown, SiteSettings(), fonts=fonts)
    assert result.page("review").url == "review/"
    assert "In force since" in result.chapters[0].html
    assert "3 May 2026" in result.chapters[0].html
    assert "Opening hours" not in result.start.html
