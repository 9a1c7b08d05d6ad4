"""What an approver reads of measured values in a proposal."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator

from livingpolicy.cli import main
from tests.measures.test_history import HEADER, PATH, TARGETS
from tests.measures.test_outputs import SCHEMA
from tests.policy_repo import MINIMAL, POLICY_YML, PolicyRepo

REGISTER = TARGETS.replace("unit: count\n", "unit: count\n  measured: monthly\n")
BACKLOG = "policy/measurements/oppna-arenden.csv"
Told = Callable[..., str]


@pytest.fixture
def told(
    policy_repo: PolicyRepo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Told:
    """Return what `livingpolicy diff main` says of a proposal with *files*, in September's policy."""
    for name in ("CI", "GITHUB_BASE_REF", "LIVINGPOLICY_PULL_REQUEST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # noon (UTC) on 22 November 2026
    policy_repo.commit("2026-05-01", "Skriv ner policyn", {**MINIMAL, "policy/targets.yml": REGISTER})
    policy_repo.commit("2026-10-02", "För in september", {PATH: f"{HEADER}2026-09,2.1,94,640,\n"})

    def tell(files: dict[str, str | bytes | None], form: str = "text", language: str = "sv") -> str:
        if language != "sv":
            settings = POLICY_YML.replace("language: sv", f"language: {language}")
            policy_repo.commit("2026-11-01", "Byt språk", {"policy/policy.yml": settings})
        policy_repo.git("checkout", "--quiet", "-b", "forslag")
        policy_repo.commit("2026-11-22", "För in utfall", files, body="Månadens siffror.")
        capsys.readouterr()
        assert main(("diff", "main", "--format", form, "--root", str(policy_repo.root))) == 0
        return capsys.readouterr().out

    return tell


ADDED = {
    PATH: f"{HEADER}2026-09,2.1,95,640,\n2026-10,2.4,79,812,två sjuka *hela* månaden\n",
    BACKLOG: f"{HEADER}2026-09,149,,3,en kund\n2026-10,149,,,\n",
}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("form", "name"), [("text", "txt"), ("markdown", "md")])
def test_the_values_are_told_with_how_they_judge(
    told: Told, golden: Callable[[str, str], None], form: str, name: str, language: str
) -> None:
    golden(f"proposal-outcomes.{language}.{name}", told(ADDED, form, language))


def test_the_values_are_facts_for_a_script(told: Told) -> None:
    outcomes = json.loads(told(ADDED, "json"))["outcomes"]
    result = Draft202012Validator({**SCHEMA["$defs"]["result"], "$defs": SCHEMA["$defs"]})
    for one in outcomes:
        for each in filter(None, (one["before"], one["after"])):
            result.validate(each)
    assert [(one["target"], one["effect"], (one["after"] or {})["verdict"]) for one in outcomes] == [
        ("svarstid", "new", "missed"),
        ("svarstid", "changed", "met"),
        ("oppna-arenden", "new", "met"),
        ("oppna-arenden", "new", "withheld"),
    ]
    assert (outcomes[1]["before"]["within_target"], outcomes[1]["after"]["within_target"]) == (94, 95)
    assert {outcomes[3]["after"][key] for key in ("value", "within_target", "n", "comment")} == {None}


def test_a_value_that_is_taken_away_is_pointed_out(told: Told) -> None:
    out = " ".join(told({PATH: HEADER}).split())
    assert "1 utfall som redan var infört ändras eller tas bort." in out
    assert "Svar i telefon, september 2026: utfallet tas bort." in out


def test_what_changes_beside_the_value_is_named(told: Told) -> None:
    out = " ".join(told({PATH: f"{HEADER}2026-09,2.1,94,655,ny växel\n"}).split())
    assert "utfallet står kvar, men ändrat: antalet fall, kommentaren. Nått. Kommentar: ”ny växel”" in out


def test_where_a_row_stands_and_what_is_noted_beside_it_is_no_change(told: Told) -> None:
    out = told({PATH: f"{HEADER}# Ur växeln\n2026-09,2.10,94.0,640,\n"})
    assert "utfall" not in out.lower()
    assert PATH in out


def test_a_year_of_values_is_told_in_a_line(told: Told) -> None:
    months = "".join(f"2026-{month:02},{140 + 2 * month},,,\n" for month in range(1, 11))
    out = " ".join(told({BACKLOG: HEADER + months}).split())
    assert (
        "Öppna ärenden: 10 nya utfall, från januari 2026 till oktober 2026: "
        "1 nått, 5 inte nådda, 4 ej bedömda." in out
    )


def test_a_target_that_the_same_proposal_lowers_does_not_judge_what_was_before(told: Told) -> None:
    """79 percent was too little in October, whatever is to be enough from now on."""
    lowered = REGISTER.replace("share: 80", "share: 70")
    out = told({"policy/targets.yml": lowered, PATH: f"{HEADER}2026-09,2.1,94,640,\n2026-10,2.4,79,812,\n"})
    assert "Inte nått" in out


def test_a_change_of_values_alone_passes_the_gate(told: Told, policy_repo: PolicyRepo) -> None:
    told(ADDED)
    root = ("--root", str(policy_repo.root))
    assert main(("check", "--scope", "changed", "--base", "main", *root)) == 0
