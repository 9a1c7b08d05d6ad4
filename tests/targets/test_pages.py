"""What the pages of targets say, verdict by verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from markupsafe import Markup

from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.model import (
    Improvement,
    Need,
    RevisionKind,
    Snapshot,
    Source,
    TargetRevision,
    TargetState,
    Verdict,
)
from livingpolicy.render.pages.chapter import chapter_pages
from livingpolicy.render.pages.outcome import outcome
from livingpolicy.render.pages.start import start_pages
from livingpolicy.render.pages.target import target_page
from livingpolicy.render.pages.targets import summary, targets_pages
from livingpolicy.render.pages.values import Group, SiteSettings
from livingpolicy.results import Standing
from livingpolicy.review import review_targets
from tests import samples as values
from tests.targets import samples
from tests.targets.samples import backlog, level, measurement, state, target, year

SV, EN = catalogue("sv"), catalogue("en")
SETTINGS = SiteSettings()

MET = year([92] * 12)
MISSED = year([92] * 11 + [88])
STALE = year([92] * 10)
NEVER = state()
WITHHELD = state(measurement("2026-10", 77.7, 66.6, n=4, comment="Kunden ringde själv", low=75.5, high=79.5))
UNJUDGED = state(measurement("2026-10", 2.5))


def snapshot(*states: TargetState, language: str = "sv") -> Snapshot:
    named = values.section(target="svarstid-telefon")
    printed = replace(
        values.section("svar-mejl", line=19), body="Vi svarar {{ target.svarstid-telefon }}.\n", aliases=()
    )
    other = values.section("oppet-kop", line=29)
    taken = values.snapshot(values.policy(named, printed, other, language=language), values.history())
    return samples.with_targets(taken, *states)


def plain(html: str) -> str:
    """Return what a reader reads, in one line; pictures are left out."""
    html = re.sub(r"<svg.*?</svg>|<[^>]*\shidden[^>]*>.*?</span>", "", html, flags=re.DOTALL)
    text = Markup(re.sub(r"<[^>]+>", " ", html)).unescape().replace("\u00a0", " ")
    return re.sub(r" (?=[.,)])", "", re.sub(r"\s+", " ", text)).strip()


def overview(*states: TargetState, language: str = "sv") -> str:
    (page,) = targets_pages(snapshot(*states, language=language), SETTINGS)
    return plain(page.html)


def page_of(one: TargetState, language: str = "sv") -> str:
    return plain(target_page(one, snapshot(one, language=language), SETTINGS).html)


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (MET, "92 % mål 90 %, oktober 2026 Nått"),
        (MISSED, "88 % mål 90 %, oktober 2026 Inte nått"),
        (STALE, "92 % mål 90 %, augusti 2026 Gammalt värde"),
        (NEVER, "– Inget utfall än"),
        (WITHHELD, "– oktober 2026 För få fall"),
        (UNJUDGED, "– oktober 2026 Ej bedömt"),
        (state(of=target(measured=None)), "– Mäts inte"),
        (state(measurement("2026-10", 142), of=backlog()), "142 mål högst 150, oktober 2026 Nått"),
        (
            state(measurement("2026-Q3", 4.35), of=backlog(at_most=None, at_least=4, unit="score")),
            "4,35 poäng mål minst 4 poäng, tredje kvartalet 2026 Nått",
        ),
    ],
    ids=["met", "missed", "stale", "never", "withheld", "unjudged", "unmeasured", "at most", "at least"],
)
def test_a_target_shows_its_latest_value_with_period_and_mark(one: TargetState, says: str) -> None:
    assert says in overview(one)


def test_a_value_keeps_the_page_true_when_the_site_is_not_rebuilt() -> None:
    """October's value is too old on 1 December, when November is over too."""
    (page,) = targets_pages(snapshot(MET), SETTINGS)
    assert 'data-stale-on="2026-12-01"' in page.html
    shown = outcome(MET, origin="mal/", settings=SETTINGS, words=SV, today=date(2026, 11, 22))
    assert shown.standings == (Standing.MET, Standing.STALE)


def test_of_few_cases_nothing_but_the_period_is_published() -> None:
    for html in (
        target_page(WITHHELD, snapshot(WITHHELD), SETTINGS).html,
        next(iter(targets_pages(snapshot(WITHHELD), SETTINGS))).html,
    ):
        assert "oktober\u00a02026" in html
        for hidden in ("77", "66", "75,5", "79,5", "Kunden ringde", ">4<", "4\u00a0fall"):
            assert hidden not in html.replace("svarstid", "")


@pytest.mark.parametrize(
    ("states", "sentence", "periods", "left_out"),
    [
        ((MET, MISSED, MET), "2 av 3 mål nåddes i oktober 2026.", (), 0),
        ((MET,), "1 av 1 mål nåddes i oktober 2026.", (), 0),
        ((MET, STALE, NEVER, WITHHELD, UNJUDGED), "1 av 1 mål nåddes i oktober 2026.", (), 4),
        (
            (MET, MISSED, state(measurement("2026-Q3", 140), of=backlog(measured="quarterly"))),
            "2 av 3 mål nåddes när de senast mättes.",
            ("oktober 2026: 1 av 2", "tredje kvartalet 2026: 1 av 1"),
            0,
        ),
        ((NEVER, STALE), "Inget mål kan bedömas än.", (), 2),
    ],
)
def test_the_sentence_on_top_counts_only_what_can_be_judged_today(
    states: Iterable[TargetState], sentence: str, periods: tuple[str, ...], left_out: int
) -> None:
    made = summary(tuple(states), SV)
    assert made.sentence.replace("\u00a0", " ") == sentence
    assert tuple(period.replace("\u00a0", " ") for period in made.periods) == periods
    assert made.left_out == left_out


def test_what_is_not_counted_is_named_with_the_reason() -> None:
    text = overview(MET, replace(STALE, target=target("svarstid-mejl", name="Svar på mejl")))
    assert "Ett mål är inte med i räkningen: Svar på mejl (gammalt värde, augusti 2026)." in text
    assert "Värde saknas för september 2026 och oktober 2026." in text


def test_targets_stand_in_the_order_of_the_register() -> None:
    (page,) = targets_pages(snapshot(state(of=backlog()), MET), SETTINGS)
    assert [heading.id for heading in page.headings] == ["oppna-arenden", "svarstid-telefon"]
    assert page.url == "mal/"
    assert page.group is Group.TARGETS


def test_without_targets_there_is_no_page() -> None:
    assert list(targets_pages(snapshot(), SETTINGS)) == []


def test_the_page_of_a_target_says_what_was_promised_and_what_became_of_it() -> None:
    text = page_of(year([92] * 11 + [88], levels=(level("2026-04-10"), level("2025-01-01", share=80))))
    for said in (
        "Kundtjänstchefen ansvarar Gäller sedan 10 april 2026",
        "88 % inom tre minuter",
        "Inte nått oktober 2026 mål 90 % vanligen 3,2 minuter 800 fall",
        "Gräns högst 3 minuter",
        "Andel minst 90 % av fallen",
        "Tiden räknas bara när vi har öppet",
        "Mäts varje månad",
        "Målet prövas igen efter 3 månader",
        "maj 2026 92 % 90 % Nått 2,8 800",
        "april 2026 92 % 80 % Nått 2,8 800",
        "90 % inom tre minuter Gäller nu Från 10 april 2026 Sätt mål för telefonen",
        "80 % inom tre minuter Från 1 januari 2025 till 9 april 2026 Sätt mål för telefonen",
    ):
        assert said in text


def test_a_month_without_a_value_is_a_row_and_not_a_zero() -> None:
    text = page_of(year([92, None, 93] + [92] * 9))
    assert "december 2025 – 90 % Värde saknas – –" in text


def test_why_it_went_as_it_did_stands_beside_the_value() -> None:
    text = page_of(state(measurement("2026-10", 2.4, 93, 812, "Ny växel", low=0.5, high=6)))
    assert "oktober 2026 93 % 90 % Nått 2,4 0,5–6 812 Ny växel" in text
    assert "ett av tio är lägre och ett av tio är högre" in text


def test_a_coming_level_is_not_the_one_in_force() -> None:
    text = page_of(year([92], levels=(level("2027-01-01", share=95), level("2025-01-01"))))
    assert "95 % inom tre minuter Kommande Från 1 januari 2027" in text
    assert "90 % inom tre minuter Gäller nu Från 1 januari 2025 till 31 december 2026" in text


def test_a_year_of_days_is_told_by_its_latest_ones_and_stays_light() -> None:
    days = [f"2025-10-{day:02}" for day in range(1, 32)] + [f"2025-11-{day:02}" for day in range(1, 31)]
    days += [f"2026-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 29)]
    daily = state(
        *(measurement(day, 2.4, 93, 800, "Ny växel", low=0.5, high=6) for day in days),
        of=target(measured="daily"),
    )
    page = target_page(daily, snapshot(daily), SETTINGS)
    text = plain(page.html)
    assert "Bilden visar bara de senaste perioderna." in text
    assert re.search(r"Och \d+ perioder till\.", text)
    assert len(page.html.encode()) < 80_000


def test_a_level_that_was_never_in_force_is_not_told() -> None:
    """Written down in November, and then replaced from a day in May."""
    text = page_of(year([92], levels=(level("2026-05-01"), level("2026-11-20", share=80))))
    assert "Gäller nu Från 1 maj 2026" in text
    assert "20 november" not in text


def test_sections_that_name_or_print_the_target_are_led_to() -> None:
    page = target_page(MET, snapshot(MET), SETTINGS)
    assert 'href="../../tillganglighet/#svar-telefon"' in page.html
    assert 'href="../../tillganglighet/#svar-mejl"' in page.html
    assert "#oppet-kop" not in page.html


def test_what_the_target_waits_for_is_shown_with_its_agreements() -> None:
    needs = (
        Need("lager", "besked om lagersaldo", 1, "hours", date(2026, 9, 1)),
        Need("ekonomi", "svar om fakturor", 2, "working-days", None),
    )
    waiting = year([92], of=target(needs=needs))
    page = target_page(waiting, snapshot(waiting), SETTINGS)
    text = plain(page.html)
    for said in ("Det här väntar målet på", "besked om lagersaldo", "1 september 2026", "Inte avtalat"):
        assert said in text
    assert 'href="../../avdelningar/lager/"' in page.html


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (
            "2026-11-22",
            "Aktuell Kundtjänstchefen ansvarar Gäller sedan 1 januari 2025 Granskad 1 november 2026",
        ),
        ("2027-01-20", "Granskas snart Kundtjänstchefen"),
        ("2027-03-01", "Prövningen av målet är försenad sedan 2 februari 2027."),
    ],
)
def test_a_target_is_reviewed_as_sections_are(today: str, says: str) -> None:
    """Reviewed on 1 November, every three months: due 1 February."""
    taken = replace(snapshot(MET), as_of=date.fromisoformat(today))
    looked = replace(values.review("2026-11-01"), section=None, target="svarstid-telefon")
    set_in_may = TargetRevision(values.revision("2026-05-03").commit, RevisionKind.ADDED, "", "", None)
    known = replace(taken.history, target_revisions={"svarstid-telefon": (set_in_may,)})
    reviews = review_targets(taken.policy, known, (looked,), today=taken.as_of)
    html = target_page(MET, replace(taken, target_reviews=reviews), SETTINGS).html
    assert says in plain(html)


def test_what_is_tried_for_the_target_is_told_and_what_became_of_it() -> None:
    tried = Improvement(
        id="vaxel",
        problem="Samtal tappas i växeln.",
        criteria=(),
        why="Det händer varje dag.",
        action="Ny växel.",
        target="svarstid-telefon",
        sections=(),
        owner=values.SERVICE,
        started_on=date(2026, 9, 1),
        check_on=date(2026, 12, 1),
        check=None,
        decision=None,
        reason=None,
        source=Source("policy/improvements.yml"),
    )
    taken = replace(snapshot(MET), improvements=(tried, replace(tried, target=None, problem="Annat.")))
    text = plain(target_page(MET, taken, SETTINGS).html)
    assert "Samtal tappas i växeln. Ny växel. Sedan 1 september 2026." in text
    assert "Effekten kontrolleras senast 1 december 2026." in text
    assert "Annat." not in text


def test_a_subject_says_why_and_nobody_is_named() -> None:
    """The commit's author is not in the model; its body is not shown."""
    raised = level(subject="Höj målet <b>i år</b>")
    assert raised.commit is not None
    html = target_page(
        year([92], levels=(replace(raised, commit=replace(raised.commit, body="Av Kalle <k@example.com>")),)),
        snapshot(MET),
        SETTINGS,
    ).html
    assert "Höj målet &lt;b&gt;i år&lt;/b&gt;" in html
    assert "Kalle" not in html


def test_nothing_is_styled_or_scripted_inside_the_pages() -> None:
    taken = snapshot(MET, replace(MISSED, target=backlog()))
    html = "".join(
        [page.html for page in targets_pages(taken, SETTINGS)]
        + [target_page(one, taken, SETTINGS).html for one in taken.targets]
    )
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script|javascript:", html)


@pytest.mark.parametrize("one", [MET, MISSED, STALE, NEVER, WITHHELD, UNJUDGED])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_its_pages_in_both_languages(one: TargetState, language: str) -> None:
    assert overview(one, language=language)
    assert page_of(one, language=language)


def test_the_pages_speak_english() -> None:
    text = overview(MET, language="en")
    assert "1 of 1 target was met in October 2026." in text
    assert "92% target 90%, October 2026 Met" in text
    assert MET.latest is not None
    assert MET.latest.verdict is Verdict.MET


def start(*states: TargetState) -> str:
    (page,) = start_pages(snapshot(*states), SETTINGS)
    return plain(page.html)


def test_the_start_page_names_what_somebody_should_look_at_and_counts_the_rest() -> None:
    """Missed first, then what is too old; in the order of the register among themselves."""
    text = start(
        MET,
        replace(STALE, target=target("b", name="Svar på mejl")),
        replace(MISSED, target=target("c", name="Svar i chatten")),
        replace(NEVER, target=target("d", name="Kö till kassan")),
    )
    assert "Så går det 1 av 2 mål nåddes i oktober 2026. Svar i chatten Inte nått" in text
    assert "Utfall oktober 2026: 88 % inom tre minuter (mål 90 %) Svar på mejl Gammalt värde" in text
    assert "Inget utfall än: 1 Se alla mål och utfall" in text
    assert "Kö till kassan" not in text


def test_a_start_page_without_targets_says_nothing_of_them() -> None:
    assert "Så går det" not in start()


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (MET, "Utfall oktober 2026: 92 % inom tre minuter (mål 90 %) Nått"),
        (MISSED, "Utfall oktober 2026: 88 % inom tre minuter (mål 90 %) Inte nått"),
        (STALE, "Utfall augusti 2026: 92 % inom tre minuter (mål 90 %) Gammalt värde"),
        (NEVER, "Inget utfall än Den som svarar"),
        (WITHHELD, "Utfall oktober 2026: för få fall för att visas Den som svarar"),
        (UNJUDGED, "Utfall oktober 2026 Ej bedömt"),
    ],
    ids=["met", "missed", "stale", "never", "withheld", "unjudged"],
)
def test_under_a_promise_stands_how_it_is_kept(one: TargetState, says: str) -> None:
    taken = snapshot(one)
    (page,) = chapter_pages(taken, SETTINGS)
    assert says in plain(page.html)
    assert 'href="../mal/svarstid-telefon/"' in page.html


def test_what_nobody_measures_is_not_mentioned_under_the_promise() -> None:
    (page,) = chapter_pages(snapshot(state(of=target(measured=None))), SETTINGS)
    assert "lp-outcome" not in page.html
