"""What an approver reads of improvements in a proposal."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from livingpolicy.cli import main
from tests.content.reading import TARGETS, TARGETS_PATH
from tests.content.test_faults_improvements import LUNCH, PATH, RESULT
from tests.policy_repo import MINIMAL, POLICY_YML, PolicyRepo

Told = Callable[..., str]
BEGUN = LUNCH.replace(RESULT, "").replace("  decision: keep\n", "").replace("2026-08-01", "2026-09-20")
OTHER = """\
mejl-pa-mandag:
  problem: Måndagens mejl besvaras på tisdagen
  why: Helgens mejl är många.
  action: Butiken hjälper till
  owner: kundchef
  started_on: 2026-11-30
"""


@pytest.fixture
def told(
    policy_repo: PolicyRepo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Told:
    """Return what `livingpolicy diff main` says of a proposal that makes *before* *after*."""
    for name in ("CI", "GITHUB_BASE_REF", "LIVINGPOLICY_PULL_REQUEST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # noon (UTC) on 22 November 2026

    def tell(before: str, after: str, form: str = "text", language: str = "sv") -> str:
        settings = POLICY_YML.replace("language: sv", f"language: {language}")
        files = {**MINIMAL, "policy/policy.yml": settings, TARGETS_PATH: TARGETS, PATH: before}
        policy_repo.commit("2026-05-01", "Skriv ner policyn", files)
        policy_repo.git("checkout", "--quiet", "-b", "forslag")
        policy_repo.commit("2026-11-22", "Förbättra", {PATH: after}, body="Utvärderingen bestämde så.")
        capsys.readouterr()
        assert main(("diff", "main", "--format", form, "--root", str(policy_repo.root))) == 0
        out = capsys.readouterr().out
        return " ".join(out.split()) if form == "text" else out

    return tell


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_was_finished_and_what_was_begun_is_told(
    told: Told, golden: Callable[[str, str], None], language: str
) -> None:
    golden(f"proposal-improvements.{language}.md", told(BEGUN, LUNCH + OTHER, "markdown", language))


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("", BEGUN, "effekten kontrolleras senast 20 november 2026."),
        (BEGUN, LUNCH, "bättre. Nio av tio fick svar inom tre minuter. Ni fortsätter."),
        (LUNCH, LUNCH.replace("  decision: keep\n", ""), "ändrat beslutet."),
        (BEGUN, LUNCH.replace("  decision: keep\n", ""), "Det är inte bestämt"),
        (
            BEGUN,
            LUNCH.replace("better", "worse").replace("keep", "retire\n  reason: Det kostade för mycket"),
            "sämre. Nio av tio fick svar inom tre minuter. Ni slutar. Det kostade för mycket.",
        ),
        (BEGUN, BEGUN.replace("kundtjanstchef", "kundchef"), "ändrat vem som ansvarar."),
        (
            BEGUN,
            BEGUN + "  effect_check_on: 2027-01-15\n",
            "ska kontrolleras senare: 15 januari 2027 i stället för 20 november 2026.",
        ),
        (LUNCH, "", "tas bort, så att ingen ser vad som blev av den."),
        (LUNCH, LUNCH.replace("better", "none"), "var redan skrivet, och skrivs om."),
    ],
)  # fmt: skip
def test_each_step_has_its_sentence(told: Told, before: str, after: str, sentence: str) -> None:
    assert sentence in told(before, after)


def test_the_steps_are_facts_for_a_script(told: Told) -> None:
    found = json.loads(told(LUNCH, LUNCH.replace("better", "none") + OTHER, "json"))["improvements"]
    assert [(one["id"], one["step"], one["rewrites"]) for one in found] == [
        ("ko-vid-lunch", "changed", True),
        ("mejl-pa-mandag", "started", False),
    ]


def test_another_order_is_no_change(told: Told) -> None:
    assert json.loads(told(LUNCH + OTHER, OTHER + LUNCH, "json"))["improvements"] == []
