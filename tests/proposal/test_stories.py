"""What an approver reads of a proposed change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from livingpolicy.changes import WeakeningKind
from livingpolicy.disclosure import Amount, Guard, Topic
from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.model import Outcome
from livingpolicy.render.proposal_sections import KINDS
from livingpolicy.schema.models import UNITS
from tests.proposal.desk import ACCESS, LEDGER, MONEY, POLICY, REASON, SETTINGS, TARGETS, Desk, Edit

Golden = Callable[[str, str], None]

RAISED = (
    Edit(MONEY, "role: medarbetare, up_to: 500", "role: medarbetare, up_to: 1000"),
    Edit(MONEY, "ge kunden 500 kr", "ge kunden 1 000 kr"),
)
SLOWER = Edit(
    ACCESS,
    "## Klagomål {#klagomal}\n\n```yaml\nreview_every: 6",
    "## Klagomål {#klagomal}\n\n```yaml\nreview_every: 24",
)
REWRAPPED = Edit(ACCESS, "samma dag. Den", "samma\ndag. Den")
RETURN = """\
## Retur {#retur}

Kunden får lämna tillbaka varan inom 30 dagar.

- Kvitto behövs inte.
- Frakten betalar vi."""
BIG = (
    *RAISED,
    SLOWER,
    REWRAPPED,
    Edit(ACCESS, "inom 3 minuter", "inom 5 minuter"),
    Edit(ACCESS, 'figure: "3"', 'figure: "5"'),
    Edit(TARGETS, "at_most: 3", "at_most: 5"),
    Edit(TARGETS, "inom tre minuter", "inom fem minuter"),
    Edit(TARGETS, "within: 1,", "within: 2,"),
    Edit(SETTINGS, 'to: "17:00"', 'to: "16:00"'),
    Edit(SETTINGS, "grace: 14 days", "grace: 60 days"),
    Edit(SETTINGS, "vilja komma tillbaka", "komma tillbaka"),
    Edit(
        MONEY,
        "Presentkort gäller i två år.",
        f"Presentkort gäller i två år.\n\n{RETURN}",
    ),
)
STAMPS = "".join(
    f"- section: {name}\n  reviewed_on: 2026-11-20\n  by: {by}\n"
    "  checked: Statistiken för oktober\n  outcome: unchanged\n"
    for name, by in [("svar-mejl", "kundtjanstchef"), ("klagomal", "ekonomichef")]
)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("markdown", "md")])
def test_a_proposal_of_many_kinds_reads_well(
    desk: Desk, golden: Golden, language: str, form: str, ending: str
) -> None:
    if language == "en":
        desk.repo.commit(
            "2026-10-02", "English", {SETTINGS: POLICY[SETTINGS].replace("language: sv", "language: en")}
        )
    edits = [*BIG]
    files = {LEDGER: STAMPS, ".github/workflows/check.yml": "on: push\n", "docs/drift.md": "# Drift\n"}
    if language == "en":
        edits.append(Edit(SETTINGS, "language: sv", "language: en"))
    desk.propose(
        *edits,
        files=files,
        body=f"{REASON}\n\nVi har räknat på kostnaden.\n\nCo-authored-by: Anna <anna@example.com>",
    )
    golden(f"proposal.{language}.{ending}", desk.told(form))


def test_a_changed_amount_is_told_from_the_data(desk: Desk) -> None:
    desk.propose(*RAISED)
    assert desk.opening() == (
        "1 avsnitt ändrat i sak: Mandat, 500 → 1 000 kr. Berör: Ekonomi och Medarbetare."
    )
    assert "Mandatet i ”Mandat” höjs: Medarbetare 500 → 1 000 kr." in desk.told()


def test_a_lowered_mandate_is_no_weakening(desk: Desk) -> None:
    desk.propose(Edit(MONEY, "up_to: 5000", "up_to: 3000"))
    assert "5 000 → 3 000 kr" in desk.opening()
    assert "TITTA SÄRSKILT PÅ" not in desk.told()


def test_nothing_changed_is_one_line(desk: Desk) -> None:
    assert desk.told() == "Förslaget ändrar ingenting.\n"
    desk.repo.git("checkout", "--quiet", "-b", "tomt")
    desk.repo.commit("2026-11-22", "Tomt")
    assert desk.told() == "Förslaget ändrar ingenting.\n"
    assert desk.document()["empty"] is True


def test_form_alone_concerns_nobody(desk: Desk) -> None:
    desk.propose(REWRAPPED)
    assert desk.opening() == "Inget ändras i sak. 1 avsnitt ändrat bara i form."


def test_a_longer_interval_is_told_also_when_it_is_inherited(desk: Desk) -> None:
    desk.propose(Edit(MONEY, "owner: ekonomichef\n", "owner: ekonomichef\nreview_every: 18 months\n"))
    assert "Granskningsintervallet för Ersättning, Mandat och Presentkort förlängs 12 → 18 månader." in (
        desk.opening()
    )
    assert "Berör: Ekonomi." in desk.opening()


def test_a_shorter_interval_is_no_weakening(desk: Desk) -> None:
    desk.propose(Edit(ACCESS, "owner: kundtjanstchef\n", "owner: kundtjanstchef\nreview_every: 3 months\n"))
    assert "förkortas 12 → 3 månader" in desk.opening()
    assert "TITTA SÄRSKILT PÅ" not in desk.told()


def test_a_section_taken_out_is_not_the_same_as_one_retired(desk: Desk) -> None:
    gone = Edit(MONEY, "\n## Presentkort {#presentkort}\n\nPresentkort gäller i två år.\n", "")
    desk.propose(gone)
    assert "1 avsnitt upphävs: Presentkort." in desk.opening()
    assert "”Presentkort” tas bort helt." in desk.told()
    retired = Edit(
        MONEY,
        "{#presentkort}\n",
        "{#presentkort}\n\n```yaml\nretired_on: 2027-01-01\nreason: Vi slutar.\nreplaced_by: mandat\n```\n",
    )
    desk.propose(retired)
    report = desk.told()
    assert "tas bort helt" not in report
    for line in ("Upphör att gälla 1 januari 2027.", "Skäl: Vi slutar.", "Ersätts av Mandat."):
        assert line in report


def test_a_moved_section_says_from_where_to_where(desk: Desk) -> None:
    section = "\n## Klagomål {#klagomal}\n\n```yaml\nreview_every: 6 months\n```\n\n"
    body = "Den som tar emot ett klagomål äger det tills kunden är nöjd.\n"
    moved = section.replace("review_every", "owner: kundtjanstchef\nreview_every") + body
    desk.propose(
        Edit(ACCESS, section + body, ""),
        Edit(MONEY, "Presentkort gäller i två år.\n", f"Presentkort gäller i två år.\n{moved}"),
    )
    assert desk.opening() == "Inget ändras i sak. 1 avsnitt flyttat."
    assert "Flyttat från Tillgänglighet till Ersättning." in desk.told()


def test_an_editorial_claim_is_shown_and_a_figure_in_it_is_pointed_out(desk: Desk) -> None:
    body = "Tydligare.\n\nChange: editorial"
    desk.propose(Edit(ACCESS, "skriver under med", "undertecknar med"), body=body)
    assert "1 avsnitt ändrat i språket, enligt den som föreslår det: Svar på mejl" in desk.opening()
    report = desk.told()
    assert "[-skriver under-] {+undertecknar+}" in report
    assert "en siffra är en annan" not in report
    desk.propose(Edit(ACCESS, "mejl samma dag", "mejl inom 2 dagar"), body=body)
    assert "en siffra är en annan" in desk.told()


def test_a_missing_reason_is_said_and_the_pull_request_may_give_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.propose(*RAISED, body="")
    assert "Det står inte varför: Mandat." in desk.told()
    given = desk.told("text", "--pull-request", "Priserna har stigit.")
    assert "Det står inte varför" not in given
    assert "| Priserna har stigit." in given
    monkeypatch.setenv("LIVINGPOLICY_PULL_REQUEST", "Priserna har stigit.")
    assert desk.told() == given


def test_no_author_is_named(desk: Desk) -> None:
    desk.propose(
        *RAISED,
        body="Reviewed-by: Anna <a@example.com>\n\nFråga anna.ek@example.com.\n\nSigned-off-by: Bo <b@c.se>",
    )
    for form in ("text", "markdown", "json"):
        report = desk.told(form)
        assert not any(name in report for name in ("Anna", "anna.ek", "Bo <", "test@example.com", "@example"))
        assert "Fråga" in report


def test_an_easier_target_is_pointed_out_and_a_harder_is_not(desk: Desk) -> None:
    desk.propose(Edit(TARGETS, "share: 90", "share: 80"))
    assert "1 mål ändrat: Svar i telefon, 90 → 80 procent. Berör: Kundtjänst och Lager." in desk.opening()
    assert "Målet ”Svar i telefon” blir lättare att nå." in desk.told()
    desk.propose(Edit(TARGETS, "share: 90", "share: 95"))
    assert "lättare" not in desk.told()


def test_many_stamps_and_stamps_taken_out_are_pointed_out(desk: Desk) -> None:
    desk.repo.commit("2026-10-02", "Granska", {LEDGER: STAMPS.replace("2026-11-20", "2026-10-02")})
    names = ("svar-telefon", "svar-mejl", "klagomal")
    line = STAMPS.split("- section")[1].replace(": svar-mejl", ": {}", 1)
    desk.propose(files={LEDGER: "".join(f"- section{line.format(name)}" for name in names)})
    report = " ".join(desk.told().split())
    assert "3 granskningar skrivs in." in report
    assert "Kundtjänstchefen skriver in 3 granskningar daterade 20 november 2026" in report
    assert "2 granskningar som redan var inskrivna tas bort eller skrivs om." in report


def test_another_owner_concerns_both(desk: Desk) -> None:
    desk.propose(Edit(MONEY, "owner: ekonomichef", "owner: kundchef"))
    report = " ".join(desk.told().split())
    assert "Berör: Ledningen och Ekonomi." in report
    assert "”Mandat” byter ansvarig: Ekonomichefen lämnar över till Kundchefen." in report


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (".github/CODEOWNERS", "Vem som måste godkänna ändringar ändras"),
        (".github/workflows/check.yml", "Det som kontrollerar varje förslag ändras"),
        (".gitlab-ci.yml", "Det som kontrollerar varje förslag ändras"),
        ("hooks/pages.py", "Programmet som kontrollerar och visar policyn ändras"),
        ("requirements.lock", "Programmet som kontrollerar och visar policyn ändras"),
        (".policy-ignore-revs", "Listan över ändringar som inte räknas ändras"),
        ("policy/images/karta.png", "Bilder i policyn"),
        ("docs/drift.md", "Utanför policyn"),
    ],
)
def test_what_watches_over_the_policy_is_watched(desk: Desk, path: str, said: str) -> None:
    desk.propose(files={path: b"\x89PNG\r\n\x1a\n" if path.endswith("png") else "# ny\n"})
    report = desk.told()
    assert report.startswith("Policyn ändras inte.")
    assert f"• {said}: {path}." in report


def test_a_commit_that_no_longer_counts_is_told(desk: Desk) -> None:
    commit = desk.repo.git("rev-parse", "HEAD")
    desk.propose(files={".policy-ignore-revs": f"{commit}\n"})
    assert f"Ändringen {commit[:10]} räknas inte längre" in desk.told()


def test_a_comment_in_the_settings_is_not_passed_over(desk: Desk) -> None:
    desk.propose(Edit(SETTINGS, "title: Kundpolicy", "# Ny kommentar\ntitle: Kundpolicy"))
    assert "• Ändrat så att läsarna inte märker det: policy/policy.yml." in desk.told()


def test_a_policy_that_was_wrong_before_is_compared_by_its_text(desk: Desk) -> None:
    wrong = POLICY[MONEY].replace("owner: ekonomichef", "owner: finns-inte")
    desk.repo.commit("2026-10-02", "Fel", {MONEY: wrong})
    desk.propose(*RAISED)
    report = " ".join(desk.told().split())
    assert "Policyn gick inte att läsa före ändringen." in report
    assert "Medarbetaren får ge kunden [-500 kr-] {+1 000 kr+}" in report
    assert desk.document()["base_readable"] is False


def test_what_is_not_committed_is_part_of_the_working_folder_and_not_of_a_head(desk: Desk) -> None:
    desk.propose(*RAISED)
    desk.repo.write({ACCESS: POLICY[ACCESS].replace("samma dag", "inom fyra timmar")})
    assert "2 avsnitt ändrade i sak" in desk.told()
    code, out, err = desk.run("main", "forslag")
    assert (code, err) == (0, "")
    assert out.startswith("1 avsnitt ändrat i sak: Mandat")
    desk.repo.git("stash", "--quiet")
    desk.repo.git("checkout", "--quiet", "main")
    assert desk.run("main", "forslag") == (0, out, "")
    assert desk.run("forslag", "main")[1] == "Förslaget ändrar ingenting.\n"


def test_a_new_id_for_the_same_text_is_pointed_out(desk: Desk) -> None:
    desk.propose(Edit(ACCESS, "{#klagomal}", "{#klagomal-nya}"))
    report = " ".join(desk.told().split())
    assert "”Klagomål” är samma avsnitt under ett nytt id (klagomal → klagomal-nya)." in report


def test_what_waits_for_its_day_is_pointed_out(desk: Desk) -> None:
    desk.propose(Edit(ACCESS, "kind: promise", "kind: promise\neffective_from: 2027-03-01"))
    assert "”Svar i telefon” ska gälla först från 1 mars 2027." in desk.told()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_change_has_words(language: str) -> None:
    words = catalogue(language).texts
    kinds = {*WeakeningKind} - {WeakeningKind.INTERVAL}  # told in the opening
    assert {f"proposal.attention.{kind}" for kind in kinds} <= words.keys()
    assert {f"proposal.setting.{topic}" for topic in Topic} <= words.keys()
    assert {f"proposal.guard.{guard}" for guard in Guard} <= words.keys()
    assert {f"proposal.amount.{amount}" for amount in Amount} <= words.keys()
    assert {f"proposal.review.{outcome}" for outcome in Outcome} <= words.keys()
    assert {f"proposal.unit.{unit}" for unit in UNITS} <= words.keys()
    counts = {key.removesuffix(".one") for key in words}
    assert {f"proposal.part.{kind}" for kind in KINDS} | {
        f"proposal.count.{kind}" for kind in KINDS
    } <= counts
