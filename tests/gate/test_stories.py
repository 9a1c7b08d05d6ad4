"""What becomes of a proposed change: nobody is stopped by what somebody else has left undone."""

from __future__ import annotations

import json
import re

import pytest

from tests.gate.desk import (
    ACCESS,
    FRESH_ON,
    LEDGER,
    MAIL,
    MAIL_REVISED,
    MAIL_REWRAPPED,
    PHONE,
    PHONE_REVISED,
    PHONE_REWRAPPED,
    TODAY,
    Desk,
    chapter,
    line,
)
from tests.policy_repo import CHAPTER, POLICY_YML

OTHERS = {"tillganglighet": "overdue-elsewhere", "svar-telefon": "overdue-elsewhere"}


def test_a_change_to_one_section_passes_while_another_is_400_days_late(desk: Desk) -> None:
    desk.propose(chapter((MAIL, MAIL_REVISED)))
    answer = desk.check()
    assert (answer.code, answer.about("error"), answer.about("note")) == (0, {}, OTHERS)
    assert desk.run("check", "--today", TODAY)[0] == 1  # the nightly gate still says so


def test_the_change_that_repairs_the_late_section_passes(desk: Desk) -> None:
    desk.propose(chapter((PHONE, PHONE_REVISED)))
    answer = desk.check()
    assert (answer.code, answer.about("note")) == (0, {"tillganglighet": "overdue-elsewhere"})
    assert "från 2 till 1" in answer.document["remarks"][0]


def test_a_late_section_touched_only_in_form_stops_the_change(desk: Desk) -> None:
    desk.propose(chapter((PHONE, PHONE_REWRAPPED)))
    answer = desk.check()
    assert (answer.code, answer.about("error")) == (1, {"svar-telefon": "touched-overdue"})
    assert answer.about("note") == {"tillganglighet": "overdue-elsewhere"}


def test_the_message_holds_the_line_that_cures_it(desk: Desk) -> None:
    """Pasted as it stands it is refused, because the reviewer has to say what was checked."""
    desk.propose(chapter((PHONE, PHONE_REWRAPPED)))
    message = desk.check().message("touched-overdue")
    found = re.search(r"raden (- \{.*\}) sist i filen (\S+) ", message)
    assert found is not None
    assert found[2] == LEDGER
    desk.propose({LEDGER: f"{found[1]}\n"})
    assert desk.check().code == 2
    desk.propose({LEDGER: found[1].replace('""', '"Växelns statistik"') + "\n"})
    answer = desk.check()
    assert (answer.code, answer.about("error")) == (0, {})


@pytest.mark.parametrize(
    ("outcome", "day", "code"),
    [
        ("unchanged", TODAY, 0),
        ("revised", TODAY, 0),
        ("needs-change", TODAY, 1),
        ("unchanged", "2026-05-22", 0),
        ("unchanged", "2026-05-21", 1),  # the review itself is too old by now
    ],
)
def test_a_review_in_the_same_change_lets_it_pass(desk: Desk, outcome: str, day: str, code: int) -> None:
    desk.propose(chapter((PHONE, PHONE_REWRAPPED)) | {LEDGER: line("svar-telefon", day, outcome)})
    assert desk.check().code == code


def test_a_review_that_is_on_main_already_is_no_review_in_the_change(desk: Desk) -> None:
    desk.repo.commit("2026-04-01", "Granska", {LEDGER: line("svar-telefon", "2026-04-01")})
    desk.propose(chapter((PHONE, PHONE_REWRAPPED)))
    assert desk.check().about("error") == {"svar-telefon": "touched-overdue"}


def test_a_review_that_only_asks_for_a_change_passes_by_itself(desk: Desk) -> None:
    desk.propose({LEDGER: line("svar-telefon", TODAY, "needs-change")})
    answer = desk.check()
    assert (answer.code, answer.codes("warning")) == (0, ["needs-change"])


def test_an_editorial_change_is_no_review(desk: Desk) -> None:
    desk.propose(chapter((PHONE, PHONE_REVISED)), body="Rättar språket.\n\nChange: editorial")
    assert desk.check().about("error") == {"svar-telefon": "touched-overdue"}


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n---------\n\n"])
def test_a_squash_that_names_the_authors_leaves_the_editorial_claim_standing(
    desk: Desk, between: str
) -> None:
    body = f"Rättar språket.\n\nChange: editorial{between}Co-authored-by: A <a@example.com>"
    desk.propose(chapter((PHONE, PHONE_REVISED)), body=body)
    assert desk.check().about("error") == {"svar-telefon": "touched-overdue"}
    desk.repo.git("checkout", "--quiet", "main")
    desk.repo.merge(TODAY, "forslag", options=("--ff-only",))
    assert desk.run("check", "--today", TODAY)[0] == 1


def test_a_change_called_editorial_in_its_description_is_no_review_either(desk: Desk) -> None:
    """When it is squashed, the description becomes the commit's message."""
    desk.propose(chapter((PHONE, PHONE_REVISED)))
    assert desk.check("--pull-request", "Rättar språket.\r\n\r\nChange: editorial").code == 1


def test_one_author_who_means_it_is_enough_for_a_revision(desk: Desk) -> None:
    desk.propose(chapter((PHONE, PHONE_REVISED)), body="Change: editorial")
    desk.propose(chapter((PHONE, PHONE_REVISED + " Sedan lyssnar vi.")))
    assert desk.check().code == 0


def test_a_change_that_lessens_what_is_late_always_passes(desk: Desk) -> None:
    """It touches one late section in form, and pays for another."""
    desk.propose(chapter((PHONE, PHONE_REWRAPPED), ("Så når kunderna oss.", "Så når kunderna oss lätt.")))
    answer = desk.check()
    assert (answer.code, answer.about("note")) == (0, {"svar-telefon": "overdue-elsewhere"})


def test_what_passes_because_it_lessens_passes_under_strict_too(desk: Desk) -> None:
    desk.propose(chapter((PHONE, PHONE_REWRAPPED), ("Så når kunderna oss.", "Så når kunderna oss lätt.")))
    assert desk.check("--strict").code == 0


@pytest.mark.parametrize(
    ("today", "found"),
    [
        ("2027-03-24", {}),
        ("2027-03-25", {"svar-mejl": "touched-due-soon"}),
        ("2027-04-01", {"svar-mejl": "touched-due-soon"}),
        ("2027-04-02", {"svar-mejl": "touched-overdue"}),
    ],
)
def test_what_falls_due_within_seven_days_is_reviewed_when_touched(
    desk: Desk, today: str, found: dict[str, str]
) -> None:
    """Revised on 1 October and reviewed every six months: due on 1 April."""
    desk.propose(chapter((MAIL, MAIL_REWRAPPED)))
    assert desk.check(today=today).about("error") == found


def test_a_section_with_a_short_interval_can_be_reviewed_at_all(desk: Desk) -> None:
    """Every week is always within seven days."""
    weekly = chapter((MAIL, f"```yaml\nreview_every: 1 week\n```\n\n{MAIL}"))
    desk.repo.commit(FRESH_ON, "Varje vecka", weekly)
    text = weekly[ACCESS].replace(MAIL, MAIL_REWRAPPED)
    desk.propose({ACCESS: text, LEDGER: line("svar-mejl", TODAY)})
    assert desk.check().about("error") == {}


@pytest.mark.parametrize("when", [TODAY, "2025-05-01"])
def test_a_draft_may_be_old_when_it_is_proposed(desk: Desk, when: str) -> None:
    """It counts from the day on which it is published."""
    desk.propose(chapter((PHONE, PHONE_REVISED)), when=when)
    assert desk.check().code == 0


def test_moving_a_late_section_is_not_touching_it(desk: Desk) -> None:
    first, _, mail = CHAPTER.partition("## Svar på mejl")
    front = "---\ntitle: Mejl\nowner: kundtjanstchef\nreview_every: 6 months\n---\n\n# Mejl\n\n"
    start, _, phone = first.partition("## Svar i telefon")
    desk.propose(
        {
            ACCESS: f"{start}## Svar på mejl{mail}",
            "policy/chapters/telefon.md": f"{front}## Svar i telefon{phone}".replace("Mejl", "Telefon"),
        }
    )
    answer = desk.check()
    assert (answer.code, answer.document["findings"][-1]["path"]) == (0, ACCESS)
    assert "svar-telefon" in answer.about("note")


def test_a_late_section_may_be_taken_out(desk: Desk) -> None:
    start, _, rest = CHAPTER.partition("## Svar i telefon")
    desk.propose({ACCESS: f"{start}## Svar på mejl{rest.partition('## Svar på mejl')[2]}"})
    assert desk.check().about("note") == {"tillganglighet": "overdue-elsewhere"}


def test_a_late_section_may_be_retired(desk: Desk) -> None:
    desk.propose(
        chapter(("kind: promise\n", "kind: promise\nretired_on: 2026-11-22\nreason: Ingen ringer.\n")),
        body="",
    )
    answer = desk.check()
    assert (answer.code, answer.about("error"), answer.codes("warning")) == (0, {}, [])


def test_a_new_section_is_not_late(desk: Desk) -> None:
    desk.propose({ACCESS: f"{CHAPTER}\n## Svar i chatt {{#svar-chatt}}\n\nVi svarar i chatten.\n"})
    assert desk.check().about("error") == {}


def test_a_section_under_a_new_id_is_the_one_it_was(desk: Desk) -> None:
    """Its late review goes with it, and does not count as one fewer."""
    renamed = chapter(
        ("{#svar-telefon}", "{#svar-i-telefon}"), ("kind: promise", "aliases: [svar-telefon]\nkind: promise")
    )
    desk.propose(renamed)
    answer = desk.check()
    assert (answer.code, answer.about("error")) == (1, {"svar-i-telefon": "touched-overdue"})


NEW_ID = ("{#svar-telefon}", "{#svar-i-telefon}")


def test_a_late_section_cannot_hide_under_a_new_id(desk: Desk) -> None:
    """The heading's line, and exactly what to add."""
    desk.propose(chapter(NEW_ID, (PHONE, PHONE_REWRAPPED)))
    answer = desk.check()
    (found,) = [each for each in answer.document["findings"] if each["level"] == "error"]
    assert (answer.code, found["code"], found["line"]) == (2, "id-changed", 11)
    assert "{#svar-telefon}" in found["message"]
    assert "aliases: [svar-telefon]" in found["message"]


def test_a_section_that_is_not_late_keeps_its_id_too(desk: Desk) -> None:
    desk.propose(chapter(("{#svar-mejl}", "{#mejl}"), ("## Svar på mejl", "## Mejl")))
    assert desk.check().about("error") == {"mejl": "id-changed"}


def test_an_alias_more_is_added_to_those_there_are(desk: Desk) -> None:
    with_alias = ("kind: promise", "aliases: [telefonsvar]\nkind: promise")
    desk.repo.commit("2026-10-02", "Alias", chapter(with_alias))
    desk.propose(chapter(with_alias, NEW_ID))
    assert "aliases: [telefonsvar, svar-telefon]" in desk.check().message("id-changed")


def test_a_new_id_is_found_also_when_the_section_moves(desk: Desk) -> None:
    front = (
        "---\ntitle: Telefon\nowner: kundtjanstchef\nreview_every: 6 months\n---\n\n# Telefon\n\nSvar.\n\n"
    )
    first, _, mail = CHAPTER.partition("## Svar på mejl")
    start, _, phone = first.partition("## Svar i telefon")
    moved = f"## Svar i telefon{phone}".replace(*NEW_ID)
    desk.propose({ACCESS: f"{start}## Svar på mejl{mail}", "policy/chapters/telefon.md": front + moved})
    assert desk.check().about("error") == {"svar-i-telefon": "id-changed"}


def test_another_text_under_another_id_is_another_section(desk: Desk) -> None:
    desk.propose(chapter(NEW_ID, (PHONE, "Vi ringer upp.")))
    assert desk.check().about("error") == {}


def test_a_new_id_that_was_merged_all_the_same_is_found_on_main(desk: Desk) -> None:
    desk.repo.commit(TODAY, "Byt id", chapter(NEW_ID))
    code, out, _ = desk.run("check", "--format", "json", "--today", TODAY)
    found = {each["values"].get("section"): each["code"] for each in json.loads(out)["findings"]}
    assert (code, found["svar-i-telefon"]) == (2, "id-changed")


@pytest.mark.parametrize(
    "cure",
    [
        chapter(NEW_ID, ("kind: promise", "aliases: [svar-telefon]\nkind: promise")),
        chapter(NEW_ID, (PHONE, PHONE_REVISED)),
        chapter(NEW_ID) | {LEDGER: line("svar-i-telefon", TODAY)},
    ],
    ids=["alias", "revised", "reviewed"],
)
def test_an_alias_or_a_fresh_date_mends_it_on_main(desk: Desk, cure: dict[str, str]) -> None:
    desk.repo.commit(TODAY, "Byt id", chapter(NEW_ID))
    desk.repo.commit(TODAY, "Laga", cure)
    _, out, _ = desk.run("check", "--format", "json", "--today", TODAY)
    assert "id-changed" not in {each["code"] for each in json.loads(out)["findings"]}


def test_other_line_endings_touch_nothing(desk: Desk) -> None:
    desk.repo.git("checkout", "--quiet", "-b", "forslag")
    desk.repo.commit(TODAY, "CRLF", {ACCESS: CHAPTER.replace("\n", "\r\n").encode()})
    answer = desk.check()
    assert (answer.code, answer.about("note")) == (0, OTHERS)


def test_a_longer_interval_cures_nothing_in_secret(desk: Desk) -> None:
    """The change passes, because less is late; whoever approves it is told."""
    desk.propose(chapter(("kind: promise", "review_every: 24 months\nkind: promise")))
    answer = desk.check()
    assert (answer.code, answer.codes("note")) == (0, ["overdue-elsewhere", "weaker-interval"])
    assert "(6 månader blir 24 månader)" in answer.message("weaker-interval")


def test_a_rule_in_words_and_not_as_it_is_written_in_the_file(desk: Desk) -> None:
    settings = POLICY_YML.replace("grace: 14 days", "grace: 1 month").replace("warn: 30 days", "warn: 1 week")
    desk.propose(chapter(("kind: promise\npromise: Vi svarar i telefon inom tre minuter.", "kind: rule")))
    desk.propose({"policy/policy.yml": settings})
    answer = desk.check()
    assert "(Löfte blir Regel)" in answer.message("weaker-kind")
    assert "(14 dagar blir 1 månad)" in answer.message("weaker-grace")
    assert "(30 dagar blir 1 vecka)" in answer.message("weaker-warn")


WAITING = ("kind: promise\n", "kind: promise\neffective_from: 2199-01-01\n")


def test_a_text_that_waits_for_its_day_lessens_nothing(desk: Desk) -> None:
    desk.propose(chapter(WAITING))
    answer = desk.check()
    assert (answer.code, answer.about("note")) == (0, OTHERS)
    assert answer.about("warning") == {"svar-telefon": "weaker-postponed"}
    assert "2199-01-01" in answer.message("weaker-postponed")
    assert answer.document["remarks"] == []


def test_a_text_that_waits_does_not_pay_for_another_late_section(desk: Desk) -> None:
    desk.propose(chapter(WAITING, ("Så når kunderna oss.", "Så når\nkunderna oss.")))
    assert desk.check().about("error") == {"tillganglighet": "touched-overdue"}


def test_what_is_late_stays_late_on_main_until_the_new_text_comes_into_force(desk: Desk) -> None:
    desk.repo.commit(TODAY, "Gäller sedan", chapter(WAITING, (PHONE, PHONE_REVISED)))
    code, out, _ = desk.run("check", "--format", "json", "--today", TODAY)
    late = {each["values"]["section"] for each in json.loads(out)["findings"] if each["code"] == "overdue"}
    assert (code, late) == (1, {"tillganglighet", "svar-telefon"})


def test_a_shorter_interval_for_everybody_stops_nobody(desk: Desk) -> None:
    desk.propose({"policy/policy.yml": POLICY_YML.replace("every: 12 months", "every: 3 months")})
    assert desk.check().about("error") == {}


def test_another_owner_is_a_revision_that_both_should_know_of(desk: Desk) -> None:
    desk.propose(chapter(("kind: promise", "owner: kundchef\nkind: promise")))
    answer = desk.check()
    assert (answer.code, "weaker-owner" in answer.codes("note")) == (0, True)


def test_an_empty_change_passes(desk: Desk) -> None:
    desk.branch()
    answer = desk.check()
    assert (answer.code, answer.document["scope"], answer.about("note")) == (0, "changed", OTHERS)
    assert "rör 0 avsnitt" in answer.err


def test_a_change_beside_the_policy_passes(desk: Desk) -> None:
    desk.propose({"docs/drift.md": "# Drift\n"})
    assert desk.check().code == 0


def test_wrong_content_stops_every_change(desk: Desk) -> None:
    desk.propose(chapter(("kind: promise", "kind: löfte")))
    answer = desk.check()
    assert (answer.code, answer.codes("error")) == (2, ["not-allowed"])


def test_the_change_that_mends_wrong_content_passes(desk: Desk) -> None:
    """How the policy stood before cannot be told from wrong content, only its text."""
    desk.repo.commit(TODAY, "Fel", chapter(("kind: promise", "kind: löfte")))
    desk.propose(chapter((PHONE, PHONE_REVISED)))
    answer = desk.check()
    assert (answer.code, answer.about("error")) == (0, {})


def test_edits_that_are_not_committed_count(desk: Desk) -> None:
    """At the desk the working tree is the proposal; nobody asks for a reason before there is a commit."""
    desk.repo.write(chapter((PHONE, PHONE_REWRAPPED), (MAIL, MAIL_REVISED)))
    answer = desk.check()
    assert (answer.code, answer.about("error")) == (1, {"svar-telefon": "touched-overdue"})
    assert answer.codes("warning") == []


def test_a_file_that_git_does_not_know_is_refused_on_ci(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.repo.write({"policy/chapters/nytt.md": "---\ntitle: Nytt\n---\n\n# Nytt\n\nText.\n"})
    assert desk.check().code == 0
    monkeypatch.setenv("CI", "true")
    assert desk.check().code == 2
    desk.propose({})
    assert desk.check().code == 0


@pytest.mark.parametrize("scope", ["all", "changed"])
@pytest.mark.parametrize("staged", [False, True])
@pytest.mark.parametrize(
    ("files", "code"),
    [
        (chapter((PHONE, PHONE_REVISED)), "uncommitted"),
        ({"policy/targets.yml": "{}\n"}, "untracked"),
    ],
    ids=["modified", "new"],
)
def test_what_is_not_committed_is_refused_on_ci(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], code: str, staged: bool, scope: str
) -> None:
    """Also when it is staged: what to do about both is to commit."""
    desk.branch()
    desk.repo.write(files)
    if staged:
        desk.repo.git("add", "--all")
    monkeypatch.setenv("CI", "true")
    argv = ("--scope", scope, "--base", "main", "--today", "2026-04-01", "--format", "json")
    exit_code, out, _ = desk.run("check", *argv)
    (found,) = [
        each for each in json.loads(out)["findings"] if each["level"] == "error" and each["code"] == code
    ]
    assert (exit_code, found["path"], "git commit" in found["message"]) == (2, *files, True)


def test_a_file_that_is_gone_from_the_tree_is_refused_on_ci(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.repo.commit(TODAY, "Granska", {LEDGER: line("svar-telefon", TODAY)})
    desk.branch()
    desk.repo.write({LEDGER: None})
    monkeypatch.setenv("CI", "true")
    assert "uncommitted" in desk.check().codes("error")


def test_the_line_ends_of_a_checkout_are_no_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.branch()
    desk.repo.write({ACCESS: (desk.root / ACCESS).read_bytes().replace(b"\n", b"\r\n")})
    monkeypatch.setenv("CI", "true")
    assert desk.check().code == 0


# ---- reasons


@pytest.mark.parametrize(
    ("body", "pull_request", "codes"),
    [
        ("", "", ["no-reason"]),
        ("Co-authored-by: A <a@example.com>", "", ["no-reason"]),
        ("Kunderna har klagat på väntan.", "", []),
        ("", "Kunderna har klagat på väntan.", []),
        ("", "## Varför?\n\n<!-- Skälet -->\n\n- [ ] Läst\n", ["no-reason"]),
    ],
)
def test_a_change_of_meaning_without_a_reason_is_remarked_on(
    desk: Desk, body: str, pull_request: str, codes: list[str]
) -> None:
    desk.propose(chapter((MAIL, MAIL_REVISED)), body=body)
    answer = desk.check("--pull-request", pull_request)
    assert (answer.code, answer.codes("warning")) == (0, codes)


def test_the_text_of_the_pull_request_comes_by_environment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.propose(chapter((MAIL, MAIL_REVISED)), body="")
    monkeypatch.setenv("LIVINGPOLICY_PULL_REQUEST", "$(id) `ls`\n::error::kunderna klagar")
    assert desk.check().codes("warning") == []


def test_a_missing_reason_fails_only_the_strict(desk: Desk) -> None:
    desk.propose(chapter((MAIL, MAIL_REVISED)), body="")
    assert (desk.check().code, desk.check("--strict").code) == (0, 1)


def test_form_needs_no_reason(desk: Desk) -> None:
    desk.propose(chapter((MAIL, MAIL_REWRAPPED)), body="")
    assert desk.check().codes("warning") == []


def test_one_warning_asks_for_the_reason_of_all_sections(desk: Desk) -> None:
    desk.propose(chapter((MAIL, MAIL_REVISED), (PHONE, PHONE_REVISED)), body="")
    assert "(Svar i telefon, Svar på mejl)" in desk.check().message("no-reason")


# ---- the ledger


def test_the_change_hears_what_its_own_lines_say_and_no_others(desk: Desk) -> None:
    desk.repo.commit("2026-10-05", "Granska", {LEDGER: line("svar-mejl", "2026-10-05", by="kundchef")})
    desk.propose(
        {LEDGER: line("svar-mejl", "2026-10-05", by="kundchef") + line("svar-telefon", TODAY, by="kundchef")}
    )
    answer = desk.check()
    assert (answer.code, answer.about("warning")) == (0, {"svar-telefon": "other-role"})


def test_a_review_dated_before_the_text_it_is_of(desk: Desk) -> None:
    desk.propose({LEDGER: line("svar-mejl", "2026-09-01")})
    assert desk.check().codes("warning") == ["older-than-text"]
