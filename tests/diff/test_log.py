"""`livingpolicy log`: how a section came to read as it does, on repositories built by script."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from jsonschema import validate

from livingpolicy.cli import main
from livingpolicy.model import Commit
from livingpolicy.render.why import Why, why
from tests.policy_repo import CHAPTER, MINIMAL, PolicyRepo

PATH = "policy/chapters/tillganglighet.md"
Run = Callable[..., tuple[int, str, str]]

SCHEMA = {
    "type": "object",
    "required": ["schema", "section", "revisions"],
    "properties": {
        "schema": {"const": 1},
        "revisions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["commit", "on", "at", "subject", "kind", "text"],
                "properties": {
                    "commit": {"type": "string", "pattern": "^[0-9a-f]{40}([0-9a-f]{24})?$"},
                    "on": {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
                    "text": {"type": "string"},
                },
            },
        },
    },
}


@pytest.fixture
def run(policy_repo: PolicyRepo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a call of `livingpolicy` in the repository: exit code, standard output, standard error."""
    monkeypatch.chdir(policy_repo.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # noon (UTC) on 22 November 2026

    def call(*argv: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(argv)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def published(policy_repo: PolicyRepo) -> PolicyRepo:
    """Return a policy whose mail section was added, revised by a merged pull request, and re-wrapped."""
    policy_repo.commit("2026-05-01", "Skriv ner policyn", MINIMAL)
    faster = CHAPTER.replace(
        "Vi svarar på mejl samma dag.", "Vi svarar på mejl inom fyra timmar på vardagar."
    )
    policy_repo.commit(
        "2026-07-01",
        "Svara fortare på mejl (#12)",
        {PATH: faster},
        body="Kunderna väntar inte en dag.\n\nChange: substance\nCo-authored-by: Sam <sam@example.com>",
    )
    wrapped = faster.replace("inom fyra timmar", "inom fyra\ntimmar")
    policy_repo.commit("2026-08-01", "Bryt om raderna", {PATH: wrapped})
    return policy_repo


def test_the_log_says_when_why_and_what(run: Run, published: PolicyRepo) -> None:
    code, out, err = run("log", "svar-mejl")
    assert (code, err) == (0, "")
    newest, oldest = (line for line in out.splitlines() if " 2026 · " in line)
    assert newest.startswith("1 juli 2026 · Ändrat i sak · ")
    assert newest.endswith(" · ändringsförslag 12")
    assert oldest.startswith("1 maj 2026 · Nytt · ")
    assert "\nSvara fortare på mejl\n\nKunderna väntar inte en dag.\n\n" in out
    assert "Vi svarar på mejl [-samma dag-] {+inom fyra timmar på vardagar+}.\n" in out
    assert "example.com" not in out, "who wrote it is nobody's business"


def test_a_line_for_each_revision(run: Run, published: PolicyRepo) -> None:
    _, out, _ = run("log", "svar-mejl", "--short")
    assert out.splitlines() == [
        "Svar på mejl (svar-mejl)",
        "2026-07-01  ”mejl samma dag” → ”mejl inom fyra timmar på vardagar”",
        "2026-05-01  Nytt",
    ]


def test_the_log_for_scripts(run: Run, published: PolicyRepo) -> None:
    code, out, _ = run("log", "svar-mejl", "--format", "json")
    document = json.loads(out)
    validate(document, SCHEMA)
    newest, oldest = document["revisions"]
    assert (code, document["section"]) == (0, "svar-mejl")
    assert (newest["on"], newest["kind"], newest["pull_request"]) == ("2026-07-01", "revised", 12)
    assert newest["at"] == "2026-07-01T14:00:00+02:00"
    assert newest["subject"] == "Svara fortare på mejl"
    assert (oldest["kind"], oldest["summary"]) == ("added", None)
    assert oldest["text"].strip() == "Vi svarar på mejl samma dag."


def test_a_changed_promise_is_told_although_the_text_is_the_same(run: Run, policy_repo: PolicyRepo) -> None:
    policy_repo.commit("2026-05-01", "Skriv ner policyn", MINIMAL)
    changed = CHAPTER.replace("inom tre minuter", "inom två minuter")
    policy_repo.commit("2026-07-01", "Två minuter", {PATH: changed})
    _, out, _ = run("log", "svar-telefon")
    assert "Löfte: Vi svarar i telefon inom [-tre minuter-] {+två minuter+}.\n" in out


def test_a_reinstated_section_is_compared_with_how_it_read(run: Run, policy_repo: PolicyRepo) -> None:
    mail = CHAPTER[CHAPTER.index("## Svar på mejl") :]
    policy_repo.commit("2026-05-01", "Skriv ner policyn", MINIMAL)
    policy_repo.commit("2026-06-01", "Mejlen bort", {PATH: CHAPTER.replace(mail, "")})
    policy_repo.commit("2026-07-01", "Mejlen åter", {PATH: CHAPTER.replace("samma dag", "samma vecka")})
    _, out, _ = run("log", "svar-mejl", "--short")
    assert out.splitlines()[1:] == [
        "2026-07-01  ”samma dag” → ”samma vecka”",
        "2026-06-01  Upphävt",
        "2026-05-01  Nytt",
    ]


def test_a_section_that_git_does_not_know_is_a_wrong_call(run: Run, published: PolicyRepo) -> None:
    code, out, err = run("log", "finns-inte")
    assert (code, out) == (2, "")
    assert "”finns-inte”" in err


def test_without_a_history_there_is_no_log(run: Run, policy_repo: PolicyRepo) -> None:
    policy_repo.write(MINIMAL)
    code, out, err = run("log", "svar-mejl")
    assert (code, out) == (3, "")
    assert err


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        ("Höj mandatet", "", Why("Höj mandatet", "", None)),
        ("Höj mandatet (#123)", "Därför.", Why("Höj mandatet", "Därför.", 123)),
        (
            "Merge pull request #7 from firma/mandat",
            "Höj mandatet\n\nDärför.",
            Why("Höj mandatet", "Därför.", 7),
        ),
        (
            "Merge pull request #7 from firma/mandat",
            "",
            Why("Merge pull request #7 from firma/mandat", "", 7),
        ),
        (
            "Merge branch 'mandat' into 'main'",
            "Höj mandatet\n\nDärför.\n\nSee merge request firma/policy!45",
            Why("Höj mandatet", "Därför.", 45),
        ),
        ("Höj", "Därför.\n\nSigned-off-by: Sam <sam@example.com>", Why("Höj", "Därför.", None)),
        ("Höj", "Change: editorial", Why("Höj", "", None)),
        ("Höj", "Så här: vi höjer.\nMer.", Why("Höj", "Så här: vi höjer.\nMer.", None)),
    ],
)
def test_the_reason_is_what_the_author_wrote_for_readers(subject: str, body: str, expected: Why) -> None:
    assert why(Commit("0" * 40, datetime(2026, 7, 1, tzinfo=UTC), subject, body)) == expected


TARGETS = """\
svarstid:
  name: Svarstid i telefon
  wording: inom fem minuter
  at_most: 5
  unit: minutes
  owner: kundtjanstchef
  measured: monthly
"""
FASTER = TARGETS.replace("fem minuter", "tre minuter").replace("at_most: 5", "at_most: 3")


@pytest.fixture
def measured(policy_repo: PolicyRepo) -> PolicyRepo:
    """Return a policy whose target became stricter; one section prints it, one names it."""
    printing = CHAPTER.replace("Den som svarar", "Vi svarar {{ target.svarstid }}. Den som svarar")
    naming = printing.replace("{#svar-mejl}\n", "{#svar-mejl}\n\n```yaml\ntarget: svarstid\n```\n")
    policy_repo.commit("2026-05-01", "Skriv ner", MINIMAL | {PATH: naming, "policy/targets.yml": TARGETS})
    policy_repo.commit("2026-07-01", "Svara fortare", {"policy/targets.yml": FASTER})
    return policy_repo


def test_a_changed_target_is_told_word_by_word_where_it_is_printed(run: Run, measured: PolicyRepo) -> None:
    _, printed, _ = run("log", "svar-telefon")
    _, named, _ = run("log", "svar-mejl")
    assert "Vi svarar inom [-fem minuter-] {+tre minuter+}." in printed
    assert "Svarstid i telefon: inom [-fem minuter-] {+tre minuter+}" in named
    revisions = json.loads(run("log", "svar-telefon", "--format", "json")[1])["revisions"]
    assert [each["targets"]["svarstid"] for each in revisions] == ["inom tre minuter", "inom fem minuter"]


@pytest.mark.parametrize(("day", "wording"), [("2026-06-30", "fem"), ("2026-07-01", "tre")])
def test_a_target_is_shown_as_it_was_on_the_day(
    run: Run, measured: PolicyRepo, day: str, wording: str
) -> None:
    _, out, _ = run("show", "svar-telefon", "--on", day)
    assert f"Vi svarar inom {wording} minuter." in out
    _, out, _ = run("show", "svar-mejl", "--on", day)
    assert f"Svarstid i telefon: inom {wording} minuter" in out


def test_a_target_that_is_gone_today_is_still_told(run: Run, measured: PolicyRepo) -> None:
    plain = CHAPTER.replace("Den som svarar", "Vi svarar inom tre minuter. Den som svarar")
    measured.commit("2026-08-01", "Utan mål", {PATH: plain, "policy/targets.yml": None})
    _, out, _ = run("show", "svar-telefon", "--on", "2026-06-30")
    assert "Vi svarar inom fem minuter." in out
