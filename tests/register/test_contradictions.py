"""A number of the text that speaks of a target is the target's, and other numbers are left alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.content.reading import CHAPTER_PATH, TARGETS_PATH, Files, changed, load
from tests.policy_repo import CHAPTER

REGISTER = """\
svarstid:
  name: Svar i telefon
  wording: inom tre minuter
  at_most: 3
  unit: minutes
  clock: opening-hours
  share: 90
mejl:
  name: Svar på mejl
  wording: inom fyra timmar
  at_most: 4
  unit: hours
  clock: opening-hours
dygn:
  name: Besked
  wording: inom ett dygn
  at_most: 24
  unit: hours
  clock: around-the-clock
klagomal:
  name: Löst klagomål
  wording: inom sju dagar
  at_most: 7
  unit: days
retur:
  name: Återbetalning
  wording: inom fem arbetsdagar
  at_most: 5
  unit: working-days
nojda:
  name: Nöjda
  wording: minst 80 procent
  at_least: 80
  unit: percent
ko:
  name: Öppna ärenden
  wording: högst 150 ärenden
  at_most: 150
  unit: count
betyg:
  name: Betyg
  wording: minst 4,2 poäng
  at_least: 4.2
  unit: score
"""


@dataclass(frozen=True)
class Desk:
    """A policy with one section about a target."""

    root: Path

    def wrong(self, target: str, *, block: str = "kind: rule", body: str = "Svara.") -> list[str]:
        """Return "fem minuter / inom tre minuter" for every number of the section that contradicts."""
        of = f"target: {target}\n" if target else ""
        return self.read(f"{block}\n{of}", body, {TARGETS_PATH: REGISTER})

    def read(self, block: str, body: str, files: Files) -> list[str]:
        """Return the same of a section with this metadata and text."""
        text = changed(CHAPTER, "kind: promise\npromise: Vi svarar i telefon inom tre minuter.\n", block)
        text = changed(text, "Den som svarar säger företagets namn och sitt eget namn.", body)
        found = load(self.root, {CHAPTER_PATH: text, **files}).warnings
        return [
            f"{one.values['text']} / {one.values['asked']}"
            for one in found
            if one.code == "number-contradicts"
        ]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("svarstid", "Vi svarar inom fem minuter."),
        ("svarstid", "Vi svarar inom **fem minuter**."),
        ("svarstid", "Vi svarar inom\nfem\nminuter."),
        ("svarstid", "Vi svarar på högst 5 min."),
        ("svarstid", "Vi svarar inom tre-fyra minuter, ibland fyra-fem minuter.\n\nInom fyra minuter."),
        ("svarstid", "Ingen väntar mer än fem minuter."),
        ("svarstid", "- Vi svarar inom fem minuter\n- och hälsar"),
        ("svarstid", "| Kanal | Tid |\n| --- | --- |\n| Telefon | inom fem minuter |"),
        ("svarstid", "> ”Vi svarar inom fem minuter.”"),
        ("svarstid", "We answer within five minutes."),
        ("svarstid", "Vi svarar {{ target.svarstid }}, alltså inom fem minuter."),
        ("svarstid", "Vi svarar inom tre minuter, 95 procent av samtalen."),
        ("svarstid", "Vi svarar inom tre minuter i minst 80 procent av fallen."),
        ("svarstid", "Åtta av tio samtal besvaras inom tre minuter."),
        ("mejl", "Vi svarar inom ett dygn."),
        ("mejl", "Vi svarar inom en halvtimme."),
        ("dygn", "Vi svarar inom två dygn."),
        ("dygn", "Vi svarar inom 48 timmar."),
        ("klagomal", "Klagomålet är löst inom två veckor."),
        ("klagomal", "Klagomålet är löst inom två arbetsdagar."),
        ("retur", "Pengarna kommer inom sju arbetsdagar."),
        ("retur", "Pengarna kommer inom tre dagar."),
        ("retur", "Pengarna kommer inom tre veckor."),
        ("nojda", "Minst 70 procent ska vara nöjda."),
        ("nojda", "Mer än nio av tio ska vara nöjda."),
        ("ko", "Det ligger aldrig fler än 200 öppna ärenden."),
        ("betyg", "Vi får minst 4 poäng."),
    ],
)
def test_a_limit_of_the_text_that_is_not_the_targets_is_pointed_out(
    desk: Desk, target: str, body: str
) -> None:
    assert len(desk.wrong(target, body=body)) == 1


@pytest.mark.parametrize(
    ("target", "body"),
    [
        # the same in other words
        ("svarstid", "Vi svarar inom tre minuter, inom 3 min, inom 180 sekunder, at most three minutes."),
        ("svarstid", "Vi svarar inom två-tre minuter."),
        ("svarstid", "Nio av tio samtal, alltså minst 90 procent, besvaras inom tre minuter."),
        ("dygn", "Vi svarar inom 24 timmar, inom ett dygn, inom dygnet, inom en dag, within a day."),
        ("klagomal", "Klagomålet är löst inom en vecka."),
        ("retur", "Pengarna kommer inom en vecka."),  # five working days, without a holiday
        ("retur", "Pengarna kommer inom fem vardagar."),
        ("klagomal", "Klagomålet är löst inom fem arbetsdagar."),
        ("mejl", "Vi svarar inom en halv arbetsdag."),
        ("nojda", "Minst fyra av fem ska vara nöjda."),
        ("betyg", "Vi får minst 4,2 poäng."),
        # another unit that says nothing of the target
        ("svarstid", "Ge aldrig mer än 500 kronor. Vi har öppet högst åtta månader."),
        ("nojda", "Vi svarar inom fem minuter."),
        ("svarstid", "Ge högst 50 procent i avdrag."),
        ("ko", "Vi svarar inom fem minuter."),
        # no limit
        ("svarstid", "Har kunden väntat mer än fem minuter ber du om ursäkt."),
        ("svarstid", "Vänta fem minuter och ring igen. Samtalet tar tio minuter."),
        ("svarstid", "Hör av dig efter fem minuter."),
        ("klagomal", "Boka senast två veckor före helgen."),
        ("klagomal", "Fakturan är på 30 dagar."),
        ("nojda", "Ge 20 procents rabatt."),
        # so much more or less that it is something else
        ("svarstid", "Ring upp inom en timme. Följ upp inom en vecka."),
        ("klagomal", "Bekräfta klagomålet inom en timme."),
        ("svarstid", "Hälsa inom tio sekunder."),
        # beside the right number
        ("svarstid", "Vi svarar inom tre minuter, i växeln inom fem minuter."),
        # not text
        ("svarstid", "Svara. <!-- Förr: inom fem minuter. -->"),
        ("svarstid", "Svara.\n\n```text\ninom fem minuter\n```"),
        ("svarstid", "Läs [mer](#svar-mejl) inom `fem minuter`."),
        # no section about a target
        ("", "Vi svarar inom fem minuter."),
        ("", "Mejl besvaras {{ target.mejl }}.\n\nI chatten svarar vi inom tre timmar."),
    ],
)
def test_another_number_is_left_alone(desk: Desk, target: str, body: str) -> None:
    assert desk.wrong(target, body=body) == []


def test_a_paragraph_that_prints_a_target_speaks_of_it(desk: Desk) -> None:
    body = "Mejl besvaras {{ target.mejl }}. De flesta alltså inom sex timmar."
    assert desk.wrong("", body=body) == ["sex timmar / inom fyra timmar"]


@pytest.mark.parametrize(
    ("promise", "wrong"),
    [
        ("Vi svarar inom tre minuter.", []),
        ("Vi svarar på tre minuter.", []),
        ("Vi svarar på 3 minuter, dygnet runt.", []),
        ("Vi svarar genast.", []),
        ("Nio av tio får svar inom tre minuter.", []),
        ("Vi svarar inom tre minuter och ringer upp inom tio minuter.", []),
        ("Du betalar 0 kronor.", []),
        ("Vi svarar på fem minuter.", ["fem minuter / inom tre minuter"]),
        ("Vi svarar inom fem minuter.", ["fem minuter / inom tre minuter"]),
        ("Vi svarar inom ett dygn.", ["ett dygn / inom tre minuter"]),
        ("Åtta av tio får svar inom tre minuter.", ["Åtta av tio / 90 %"]),
    ],
)
def test_the_promise_is_about_the_target(desk: Desk, promise: str, wrong: list[str]) -> None:
    """Also without a word for a limit, and however far off it is."""
    assert desk.wrong("svarstid", block=f"kind: promise\npromise: {promise}") == wrong


@pytest.mark.parametrize(
    "block",
    [
        "kind: promise\npromise: Vi svarar {{ target.samtal-5-minuter }}.",
        (
            "kind: promise\npromise: Svar på 3 minuter.\n"
            "poster: {figure: 3, unit: minuter, text: 'Svar {{ target.samtal-5-minuter }}'}"
        ),
        "kind: rule\nsteps: ['Svara {{ target.samtal-5-minuter }}']",
    ],
)
def test_a_digit_of_an_id_is_no_number(desk: Desk, block: str) -> None:
    register = REGISTER.replace("svarstid:", "samtal-5-minuter:", 1)
    assert desk.read(f"{block}\ntarget: samtal-5-minuter\n", "Svara.", {TARGETS_PATH: register}) == []


@pytest.mark.parametrize(
    ("poster", "wrong"),
    [
        ("{figure: 3, unit: minuter, text: till svar}", []),
        ("{figure: 3, unit: min, text: till svar}", []),
        ("{figure: 3, text: minuter till svar}", []),
        ("{figure: 3, unit: timmar, text: till svar}", ["3 timmar / inom tre minuter"]),
        ("{figure: 3, unit: kronor, text: kostar det}", []),
    ],
)
def test_the_poster_is_about_the_target(desk: Desk, poster: str, wrong: list[str]) -> None:
    block = f"kind: promise\npromise: Svar på 3 minuter.\nposter: {poster}"
    assert desk.wrong("svarstid", block=block) == wrong


def test_steps_are_read_as_text(desk: Desk) -> None:
    block = "kind: rule\nsteps: [Svara inom fem minuter, Ring upp inom en dag]"
    assert desk.wrong("svarstid", block=block) == ["fem minuter / inom tre minuter"]


@pytest.mark.parametrize(
    ("others", "wrong"),
    [
        ("[fem minuter]", []),
        ("[5 min]", []),
        ('["inom fem minuter i växeln"]', []),
        ("[300 sekunder]", []),
        ("[sex minuter]", ["fem minuter / inom tre minuter"]),
    ],
)
def test_a_number_that_is_something_else_is_excepted_by_itself(
    desk: Desk, others: str, wrong: list[str]
) -> None:
    """However it is written: the phrase stands for the number."""
    body = "Växeln svarar inom fem minuter, och sex minuter är det längsta."
    assert desk.wrong("svarstid", block=f"kind: rule\nother_numbers: {others}", body=body) == wrong


def test_until_the_day_of_a_new_target_the_old_number_is_right(desk: Desk) -> None:
    later = REGISTER.replace("  share: 90\n", "  effective_from: 2027-01-01\n", 1)
    body = "Vi svarar inom fem minuter."
    assert desk.read("kind: rule\ntarget: svarstid\n", body, {TARGETS_PATH: later}) == []
    begun = later.replace("2027-01-01", "2026-01-01")
    assert len(desk.read("kind: rule\ntarget: svarstid\n", body, {TARGETS_PATH: begun})) == 1


@pytest.mark.parametrize("when", ["effective_from: 2027-01-01", "retired_on: 2026-06-30\nreason: Ny växel"])
def test_a_text_that_does_not_apply_contradicts_nothing(desk: Desk, when: str) -> None:
    body = "Vi svarar inom fem minuter."
    assert desk.wrong("svarstid", block=f"kind: rule\n{when}", body=body) == []
