"""The pages of the self-assessment: what they tell of everybody, and that they tell of nobody."""

from __future__ import annotations

import re
from dataclasses import replace

from livingpolicy.model import AssessmentRound, Snapshot
from livingpolicy.render.pages.assessment import assessment_pages
from livingpolicy.render.pages.values import SitePage, SiteSettings
from livingpolicy.scoring import assess
from tests.assessment.samples import all_of, asked, questionnaire
from tests.samples import history, policy, revision, section, snapshot


def of(*rounds: AssessmentRound, language: str = "sv", version: int = 1) -> Snapshot:
    """Return a policy with one section, in which these *rounds* were answered."""
    shown = snapshot(policy(section(), language=language), history(svar_telefon=(revision("2026-05-03"),)))
    return replace(shown, assessment=assess(questionnaire(version=version), rounds))


def pages(shown: Snapshot) -> tuple[SitePage, ...]:
    return tuple(assessment_pages(shown, SiteSettings()))


def results(*rounds: AssessmentRound, language: str = "sv", version: int = 1) -> str:
    return re.sub(r"\s+", " ", pages(of(*rounds, language=language, version=version))[0].html)


EIGHT = [all_of(answer) for answer in (2, 3, 3, 4, 4, 5, 5)] + [{**all_of(4), "g3-1": 1}]


def test_without_a_questionnaire_there_are_no_pages() -> None:
    shown = snapshot(policy(section()), history(svar_telefon=(revision("2026-05-03"),)))
    assert pages(shown) == ()


def test_the_pages_have_addresses_in_the_language_of_the_policy() -> None:
    assert [page.url for page in pages(of())] == ["sjalvvardering/", "sjalvvardering/formular/"]
    assert [page.url for page in pages(of(language="en"))] == ["self-assessment/", "self-assessment/form/"]


def test_before_anybody_has_answered_the_page_says_so() -> None:
    page = results()
    assert "Ingen har svarat än." in page
    assert "Senaste resultatet" not in page


def test_the_latest_result_says_the_total_the_band_the_day_and_how_many() -> None:
    page = results(asked(EIGHT), asked([all_of(3)], on="2026-03-15"))
    assert "<strong>26,1</strong> av 35" in page
    assert "Bra nog, men behöver bli bättre." in page
    assert '<time datetime="2026-09-15">15 september 2026</time> · 8 personer har svarat' in page
    assert "lägst 14,0 och högst 35,0" in page


def test_what_is_left_out_is_counted() -> None:
    short = {name: answer for name, answer in all_of(3).items() if name != "g3-1"}
    page = results(asked([short, all_of(3)]))
    assert "45 svar, 1 överhoppat" in page


def test_a_weak_statement_leads_to_the_sections_that_are_meant_to_help() -> None:
    """With five answers or more a statement may be told."""
    people = [{**all_of(4), "g3-1": 2} for _ in range(5)]
    page = results(asked(people))
    first = page[page.index("lp-begin") :]
    assert '<span class="lp-begin__mean lp-number">2,0</span>' in first
    assert "Vi gör g3-1" in first[:400]
    assert '<a href="../tillganglighet/#svar-telefon">Svar telefon</a>' in first


def test_fewer_than_five_see_groups_and_no_statement() -> None:
    people = [{**all_of(4), "g3-1": 2} for _ in range(4)]
    page = results(asked(people, signs=["olika"]))
    assert "Färre än 5 personer har svarat." in page
    assert "Vi gör g3-1" not in page
    assert "Lägst–högst" not in page
    assert "och högst" not in page
    assert "känner igen det" not in page
    assert '<p class="lp-begin__what">Grupp 3</p>' in page
    assert '<a href="../tillganglighet/#svar-telefon">' in page


def test_where_everything_is_an_asset_nothing_is_told_to_begin_with() -> None:
    page = results(asked([all_of(4)] * 5))
    assert "Kundvården är en tillgång." in page
    assert "Inget ligger under 4." in page


def test_a_group_that_nobody_answered_is_named() -> None:
    person = {name: 4 for name in all_of(4) if not name.startswith("g4")}
    page = results(asked([person]))
    assert "Det blir ingen poäng, för ingen har svarat på något i Grupp 4." in page


def test_the_trend_is_a_picture_with_a_table_behind_it() -> None:
    page = results(asked([all_of(4)]), asked([all_of(3)], on="2026-03-15"))
    assert '<svg class="lp-course"' in page
    assert ">21,0</text>" in page
    assert ">28,0</text>" in page
    assert '<time datetime="2026-03-15">15 mars 2026</time>' in page


def test_one_result_is_no_trend() -> None:
    page = results(asked([all_of(4)]))
    assert "lp-course" not in page
    assert "När ni har svarat en gång till" in page


def test_a_result_of_another_version_stands_in_the_table_and_not_in_the_picture() -> None:
    page = results(
        asked([all_of(4)], version=2),
        asked([all_of(3)], on="2026-03-15", version=2),
        asked([all_of(5)], on="2025-09-15", version=1),
        version=2,
    )
    assert page.count('class="lp-course__dot"') == 2
    assert "15 september 2025" in page
    assert "Bara resultat från samma version" in page


def test_a_warning_sign_says_how_many_recognise_it() -> None:
    page = results(asked(EIGHT, signs=["olika"]))
    assert "<strong>8</strong> av 8 känner igen det" in page
    assert "<strong>0</strong> av 8 känner igen det" in page


def test_neither_page_holds_what_one_person_answered() -> None:
    """Eight people, one of whom is told apart by a single answer: no page says which answers are hers."""
    shown = of(asked(EIGHT, signs=["olika"]), asked(EIGHT[:3], on="2026-03-15"))
    assert "Respondent" not in repr(shown)
    for page in pages(shown):
        assert "respondents" not in page.html.replace("assessment.respondents", "")


def test_the_form_has_nowhere_to_send_anything() -> None:
    form = pages(of())[1].html
    assert "<form" not in form
    assert "action=" not in form
    assert "<script" not in form
    assert "style=" not in form
    assert len(re.findall(r'type="radio" name="lp-g', form)) == 25 * 6
    assert len(re.findall(r'type="radio" name="lp-role', form)) == 2
    assert len(re.findall(r"<legend>", form)) == 25 + 2


def test_text_of_the_questionnaire_cannot_break_out_of_the_pages() -> None:
    hostile = '"></legend><script>alert(1)</script>'
    shown = of(asked(EIGHT))
    assert shown.assessment is not None
    first, *groups = shown.assessment.questionnaire.groups
    statement = replace(first.statements[0], text=hostile)
    group = replace(first, name=hostile, statements=(statement, *first.statements[1:]))
    sign = replace(shown.assessment.questionnaire.signs[0], name=hostile, text=hostile)
    changed = replace(shown.assessment.questionnaire, groups=(group, *groups), signs=(sign,))
    scored = assess(changed, [replace(asked(EIGHT), questionnaire=changed)])
    for page in pages(replace(shown, assessment=scored)):
        assert "<script" not in page.html
