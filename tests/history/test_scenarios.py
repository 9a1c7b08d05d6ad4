"""What editors do to a policy, and what it does to the dates."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from livingpolicy.errors import PolicyError
from livingpolicy.language import catalogue
from livingpolicy.revisions import IGNORE_LIST
from tests.history.story import (
    ACCESS,
    BOOK,
    MAIL,
    MONEY,
    PHONE,
    REFUND,
    chapter,
    only,
    read,
    rewrite,
    section,
    started,
    story,
    working_tree,
)
from tests.policy_repo import CHAPTER, MINIMAL, POLICY_YML, PolicyRepo


@pytest.fixture
def repo(tmp_path: Path) -> PolicyRepo:
    return started(tmp_path / "repo")


def rewrapped(text: str) -> str:
    """Put every word of the running text on a line of its own."""
    return "\n".join(
        line.replace(" ", "\n") if line[:1].isalpha() and ":" not in line else line
        for line in text.split("\n")
    )


def test_a_policy_dates_from_its_first_commit(repo: PolicyRepo):
    assert story(repo) == only({})


def test_a_revision_carries_its_commit_title_and_text(repo: PolicyRepo):
    sha = rewrite(repo, "2026-02-01", "500 kr", "1 000 kr", "Höj gränsen", "Efter höstens möte.\n\nRef: #12")
    newest = read(repo).revisions["mandat"][0]
    assert (newest.commit.sha, newest.commit.subject) == (sha, "Höj gränsen")
    assert newest.commit.body == "Efter höstens möte.\n\nRef: #12"
    assert (newest.title, newest.text) == ("Vad du får ge", MONEY.replace("500 kr", "1 000 kr"))


def test_rewrapping_the_whole_policy_moves_no_date(repo: PolicyRepo):
    repo.commit(
        "2026-02-01",
        "Bryt om allt",
        {path: rewrapped(text) for path, text in BOOK.items() if path.endswith(".md")},
    )
    assert story(repo) == only({})


def test_500_to_1000_kr_is_a_revision_of_exactly_one_section(repo: PolicyRepo):
    rewrite(repo, "2026-02-01", "500 kr", "1 000 kr")
    assert story(repo) == only({"mandat": ["2026-02-01 revised"]})


@pytest.mark.parametrize(
    ("old", "new"), [("samma dag", "inom kort"), ("16", "17"), ("Vi svarar", "Vi bör svara")]
)
def test_no_change_of_words_is_too_small(repo: PolicyRepo, old: str, new: str):
    rewrite(repo, "2026-02-01", MAIL, MAIL.replace(old, new))
    assert story(repo) == only({"svar-mejl": ["2026-02-01 revised"]})


def test_a_new_title_is_a_revision_of_its_own_kind(repo: PolicyRepo):
    rewrite(repo, "2026-02-01", "## Svar på mejl", "## Svar på e-post")
    assert story(repo) == only({"svar-mejl": ["2026-02-01 retitled"]})


def test_a_new_title_with_new_text_is_revised(repo: PolicyRepo):
    rewrite(
        repo, "2026-02-01", f"## Vad du får ge {{#mandat}}\n\n{MONEY}", "## Mandat {#mandat}\n\nFråga alltid."
    )
    assert story(repo) == only({"mandat": ["2026-02-01 revised"]})


def test_a_new_chapter_title_revises_the_chapters_own_text(repo: PolicyRepo):
    rewrite(repo, "2026-02-01", "Ersättning", "Gottgörelse")
    assert story(repo) == only({"ersattning": ["2026-02-01 retitled"]})


def test_a_file_renamed_and_retitled_keeps_every_date_of_its_sections(repo: PolicyRepo):
    text = (
        BOOK[ACCESS].replace("# Tillgänglighet", "# Nå oss").replace("title: Tillgänglighet", "title: Nå oss")
    )
    repo.commit("2026-02-01", "Byt namn", {ACCESS: None, "policy/chapters/na-oss.md": text})
    told = story(repo)
    moved = ["2026-02-01 moved", "2026-01-10 added"]
    assert told["svar-telefon"] == told["svar-mejl"] == moved
    assert told["na-oss"] == ["2026-02-01 retitled", "2026-01-10 added"]
    assert "tillganglighet" not in told


def test_a_file_moved_to_a_folder_keeps_every_date(repo: PolicyRepo):
    repo.commit(
        "2026-02-01", "Flytta", {ACCESS: None, "policy/chapters/kund/tillganglighet.md": BOOK[ACCESS]}
    )
    names = ("tillganglighet", "svar-telefon", "svar-mejl")
    assert story(repo) == only({name: ["2026-02-01 moved"] for name in names})


def test_all_files_moved_at_once_keep_their_dates(repo: PolicyRepo):
    moved = {
        path.replace("chapters/", "chapters/ny/"): text for path, text in BOOK.items() if path.endswith(".md")
    }
    repo.commit("2026-02-01", "Flytta allt", {ACCESS: None, REFUND: None, **moved})
    assert all(told == ["2026-02-01 moved", "2026-01-10 added"] for told in story(repo).values())


def test_a_section_cut_and_pasted_to_another_chapter_keeps_its_date(repo: PolicyRepo):
    mail = section("svar-mejl", "Svar på mejl", MAIL)
    repo.commit("2026-02-01", "Flytta", {ACCESS: BOOK[ACCESS].replace(mail, ""), REFUND: BOOK[REFUND] + mail})
    assert story(repo) == only({"svar-mejl": ["2026-02-01 moved"]})


def test_a_section_moved_and_changed_is_revised(repo: PolicyRepo):
    mail = section("svar-mejl", "Svar på mejl", MAIL)
    repo.commit(
        "2026-02-01",
        "Flytta",
        {ACCESS: BOOK[ACCESS].replace(mail, ""), REFUND: BOOK[REFUND] + mail.replace("16", "17")},
    )
    assert story(repo) == only({"svar-mejl": ["2026-02-01 revised"]})


def test_a_section_pasted_in_one_commit_and_cut_in_the_next_is_moved_once(repo: PolicyRepo):
    mail = section("svar-mejl", "Svar på mejl", MAIL)
    repo.commit("2026-02-01", "Klistra in", {REFUND: BOOK[REFUND] + mail})
    repo.commit("2026-02-02", "Klipp ut", {ACCESS: BOOK[ACCESS].replace(mail, "")})
    assert story(repo) == only({"svar-mejl": ["2026-02-02 moved"]})


def test_two_sections_that_change_places_keep_their_dates(repo: PolicyRepo):
    phone, mail = section("svar-telefon", "Svar i telefon", PHONE), section("svar-mejl", "Svar på mejl", MAIL)
    rewrite(repo, "2026-02-01", phone + mail, mail + phone)
    assert story(repo) == only({})


def test_a_section_split_in_two_is_one_revised_and_one_added(repo: PolicyRepo):
    first, second = MAIL.split(". ")
    rewrite(repo, "2026-02-01", MAIL, f"{first}.\n\n" + section("sena-mejl", "Sena mejl", second))
    told = story(repo)
    assert told.pop("sena-mejl") == ["2026-02-01 added"]
    assert told == only({"svar-mejl": ["2026-02-01 revised"]})


def june_branch(repo: PolicyRepo) -> None:
    repo.git("switch", "--quiet", "--create", "juni")
    rewrite(repo, "2026-06-15", "500 kr", "1 000 kr")
    repo.git("switch", "--quiet", "main")


@pytest.mark.parametrize("way", ["merge", "squash", "rebase", "fast-forward after amend"])
def test_a_draft_from_june_takes_effect_the_day_it_lands_in_october(repo: PolicyRepo, way: str):
    june_branch(repo)
    match way:
        case "merge":
            rewrite(repo, "2026-07-01", "tre minuter", "två minuter")
            repo.merge("2026-10-01", "juni")
        case "squash":
            rewrite(repo, "2026-07-01", "tre minuter", "två minuter")
            repo.git("merge", "--squash", "--quiet", "juni")
            repo.commit("2026-10-01", "Höj gränsen")
        case "rebase":
            rewrite(repo, "2026-07-01", "tre minuter", "två minuter")
            repo.git("switch", "--quiet", "juni")
            repo.git("rebase", "--quiet", "main", when="2026-10-01T12:00:00Z")
            repo.git("switch", "--quiet", "main")
            repo.git("merge", "--quiet", "--ff-only", "juni")
        case _:
            repo.git("switch", "--quiet", "juni")
            repo.git(
                "commit", "--quiet", "--amend", "--no-edit", "--date=2026-06-15", when="2026-10-01T12:00:00Z"
            )
            repo.git("switch", "--quiet", "main")
            repo.git("merge", "--quiet", "--ff-only", "juni")
    assert story(repo)["mandat"] == ["2026-10-01 revised", "2026-01-10 added"]


def test_a_fast_forward_lands_commits_with_the_dates_they_carry(repo: PolicyRepo):
    """Nothing in git records when a fast-forward happened: the commit itself became the branch."""
    june_branch(repo)
    repo.git("merge", "--quiet", "--ff-only", "juni")
    assert story(repo)["mandat"] == ["2026-06-15 revised", "2026-01-10 added"]


def test_an_octopus_lands_all_its_branches_on_one_day(repo: PolicyRepo):
    for branch, old, new in (("ett", "500 kr", "1 000 kr"), ("tva", "tre minuter", "två minuter")):
        repo.git("switch", "--quiet", "--create", branch, "main")
        rewrite(repo, "2026-06-15", old, new)
    repo.git("switch", "--quiet", "main")
    repo.merge("2026-10-01", "ett", "tva")
    assert story(repo) == only({"mandat": ["2026-10-01 revised"], "svar-telefon": ["2026-10-01 revised"]})


def test_a_merge_that_changes_more_than_its_branch_counts_for_what_it_changes(repo: PolicyRepo):
    june_branch(repo)
    repo.git("merge", "--quiet", "--no-ff", "--no-commit", "juni")
    rewrite(repo, "2026-10-01", "samma dag", "inom fyra timmar")
    assert story(repo) == only({"mandat": ["2026-10-01 revised"], "svar-mejl": ["2026-10-01 revised"]})


def test_a_merge_that_brings_nothing_to_the_policy_is_no_revision(repo: PolicyRepo):
    repo.git("switch", "--quiet", "--create", "annat")
    repo.commit("2026-06-15", "Kod", {"README.md": "x"})
    repo.git("switch", "--quiet", "main")
    repo.merge("2026-10-01", "annat")
    assert story(repo) == only({})


def test_bringing_main_up_to_date_in_a_branch_does_not_date_what_main_had(repo: PolicyRepo):
    june_branch(repo)
    rewrite(repo, "2026-07-01", "tre minuter", "två minuter")
    repo.git("switch", "--quiet", "juni")
    repo.merge("2026-08-01", "main")
    repo.git("switch", "--quiet", "main")
    repo.merge("2026-10-01", "juni")
    assert story(repo) == only({"mandat": ["2026-10-01 revised"], "svar-telefon": ["2026-07-01 revised"]})


def test_a_revert_is_a_revision_and_so_is_its_revert(repo: PolicyRepo):
    rewrite(repo, "2026-02-01", "500 kr", "1 000 kr")
    repo.git("revert", "--no-edit", "HEAD", when="2026-03-01T12:00:00Z")
    repo.git("revert", "--no-edit", "HEAD", when="2026-04-01T12:00:00Z")
    revised = [f"2026-0{month}-01 revised" for month in (4, 3, 2)]
    assert story(repo) == only({"mandat": revised})
    assert [revision.text for revision in read(repo).revisions["mandat"]] == [
        MONEY.replace("500 kr", "1 000 kr"), MONEY, MONEY.replace("500 kr", "1 000 kr"), MONEY,
    ]  # fmt: skip


def test_a_section_removed_and_brought_back_is_reinstated(repo: PolicyRepo):
    mail = section("svar-mejl", "Svar på mejl", MAIL)
    rewrite(repo, "2026-02-01", mail, "")
    assert story(repo) == only({"svar-mejl": ["2026-02-01 retired"]})
    gone = read(repo).revisions["svar-mejl"][0]
    assert (gone.title, gone.text) == ("Svar på mejl", "")
    repo.commit("2026-03-01", "Tillbaka", {REFUND: BOOK[REFUND] + mail})
    assert story(repo) == only({"svar-mejl": ["2026-03-01 reinstated", "2026-02-01 retired"]})


def test_a_chapter_removed_and_brought_back_is_reinstated(repo: PolicyRepo):
    repo.commit("2026-02-01", "Bort", {REFUND: None})
    repo.commit("2026-03-01", "Tillbaka", {REFUND: BOOK[REFUND]})
    back = ["2026-03-01 reinstated", "2026-02-01 retired"]
    assert story(repo) == only({"mandat": back, "ersattning": back})


def test_an_id_renamed_with_an_alias_is_the_same_section(repo: PolicyRepo):
    rewrite(repo, "2026-02-01", "500 kr", "1 000 kr")
    rewrite(repo, "2026-03-01", "{#mandat}\n", "{#gottgorelse}\n\n```yaml\naliases: [mandat]\n```\n")
    told = story(repo)
    assert told["gottgorelse"] == ["2026-02-01 revised", "2026-01-10 added"]
    assert "mandat" not in told


def test_an_alias_that_comes_later_joins_the_two_all_the_same(repo: PolicyRepo):
    rewrite(repo, "2026-03-01", "{#mandat}", "{#gottgorelse}")
    assert story(repo)["gottgorelse"] == ["2026-03-01 added"]
    rewrite(repo, "2026-04-01", "{#gottgorelse}\n", "{#gottgorelse}\n\n```yaml\naliases: [mandat]\n```\n")
    assert story(repo)["gottgorelse"] == ["2026-01-10 added"]


def test_line_ends_changed_there_and_back_are_no_revisions(repo: PolicyRepo):
    repo.commit("2026-02-01", "CRLF", {path: text.replace("\n", "\r\n") for path, text in BOOK.items()})
    repo.commit("2026-02-02", "BOM", {path: "\ufeff" + text for path, text in BOOK.items()})
    repo.commit("2026-02-03", "LF", BOOK)
    assert story(repo) == only({})
    assert read(repo).drafts == frozenset()


def test_a_file_name_in_decomposed_form_is_the_same_file(tmp_path: Path):
    repo = PolicyRepo.create(tmp_path / "repo")
    nfc, nfd = (f"policy/chapters/{unicodedata.normalize(form, 'öppet')}.md" for form in ("NFC", "NFD"))
    book = {path: text for path, text in BOOK.items() if path != ACCESS}
    repo.commit("2026-01-10", "Policyn", {**book, nfc: BOOK[ACCESS].replace("svar-", "o-")})
    repo.commit("2026-02-01", "macOS", {nfc: None, nfd: BOOK[ACCESS].replace("svar-", "o-")})
    history = read(repo)
    assert story(repo)["o-mejl"] == ["2026-01-10 added"]
    assert story(repo)["oppet"] == ["2026-01-10 added"]
    assert (history.drafts, history.untracked) == (frozenset(), ())


@pytest.mark.parametrize(
    "written",
    [
        "```\n## Inget avsnitt {#svar-mejl}\n```",
        "<!--\n## Inget avsnitt {#svar-mejl}\n-->",
        "<h2>Inget avsnitt</h2>",
        "    ## Inget avsnitt {#svar-mejl}",
        "- punkt\n\n  ## Inget avsnitt {#svar-mejl}",
    ],
)
def test_what_looks_like_a_heading_but_is_none_starts_no_section(repo: PolicyRepo, written: str):
    rewrite(repo, "2026-02-01", PHONE, f"{PHONE}\n\n{written}")
    told = story(repo)
    assert told["svar-mejl"] == ["2026-01-10 added"]
    assert set(told) == set(only({}))


def test_an_underlined_heading_is_the_same_heading(repo: PolicyRepo):
    rewrite(repo, "2026-02-01", "## Svar på mejl {#svar-mejl}", "Svar på mejl {#svar-mejl}\n---")
    assert story(repo) == only({})


def test_metadata_of_substance_revise_and_others_do_not(repo: PolicyRepo):
    rewrite(repo, "2026-02-01", "{#mandat}\n", "{#mandat}\n\n```yaml\nareas: [complaints]\n```\n")
    rewrite(repo, "2026-02-02", "areas: [complaints]", "areas: [complaints]\nreview_every: 3 months")
    rewrite(repo, "2026-02-03", "review_every: 3 months", "kind: rule\nreview_every: 3 months")
    rewrite(repo, "2026-02-04", "kind: rule\nreview_every: 3 months", "kind: 'rule'")
    assert story(repo) == only({"mandat": ["2026-02-03 revised"]})


def test_a_new_owner_revises_what_it_answers_for(repo: PolicyRepo):
    """Own owner, then the chapter's, then the policy's."""
    rewrite(repo, "2026-02-01", "owner: kundchef\n", "owner: kundtjanstchef\n")
    everything = ["2026-02-01 revised"]
    assert story(repo) == only(dict.fromkeys(only({}), everything))
    rewrite(repo, "2026-03-01", "title: Ersättning\n", "title: Ersättning\nowner: kundchef\n")
    mandate = ["2026-03-01 revised", *everything]
    told = {"mandat": mandate, "ersattning": mandate}
    assert story(repo) == only(dict.fromkeys(only({}), everything) | told)
    rewrite(repo, "2026-04-01", "{#mandat}\n", "{#mandat}\n\n```yaml\nowner: kundchef\n```\n")
    assert story(repo) == only(dict.fromkeys(only({}), everything) | told)


def test_the_name_of_an_owner_is_not_part_of_any_section(repo: PolicyRepo):
    rewrite(repo, "2026-02-01", "Kundtjänstchefen", "Chefen för kundtjänst")
    assert story(repo) == only({})


def test_the_review_ledger_revises_nothing(repo: PolicyRepo):
    repo.commit("2026-02-01", "Granskad", {"policy/reviews/ersattning.yml": "- section: mandat\n"})
    assert story(repo) == only({})


TARGETS = """\
svarstid:
  name: Svar
  wording: inom tre minuter
  at_most: 3
  unit: minutes
  measured: monthly
"""


def test_a_changed_target_revises_the_sections_that_print_it(repo: PolicyRepo):
    rewrite(repo, "2026-02-01", "inom tre minuter", "{{ target.svarstid }}")
    repo.commit("2026-02-01", "Mål", {"policy/targets.yml": TARGETS})
    rewrite(repo, "2026-03-01", "at_most: 3", "at_most: 3.0")
    rewrite(repo, "2026-03-02", "monthly", "quarterly")
    rewrite(repo, "2026-04-01", "inom tre minuter\n  at_most: 3.0", "inom två minuter\n  at_most: 2")
    assert story(repo) == only({"svar-telefon": ["2026-04-01 revised", "2026-02-01 revised"]})


def test_a_section_follows_the_target_of_its_metadata_too(repo: PolicyRepo):
    repo.commit("2026-02-01", "Mål", {"policy/targets.yml": TARGETS})
    rewrite(repo, "2026-02-01", "{#mandat}\n", "{#mandat}\n\n```yaml\ntarget: svarstid\n```\n")
    rewrite(repo, "2026-04-01", "at_most: 3", "at_most: 2")
    assert story(repo) == only({"mandat": ["2026-04-01 revised", "2026-02-01 revised"]})


def test_commits_on_the_ignore_list_never_count_and_later_ones_start_from_their_text(repo: PolicyRepo):
    sha = rewrite(repo, "2026-02-01", "500 kr", "500 kronor")
    repo.write({IGNORE_LIST: f"# omskrivning\n\n  {sha}   # valuta\n"})
    assert story(repo) == only({})
    rewrite(repo, "2026-03-01", "500 kronor", "500 kr")
    assert story(repo) == only({"mandat": ["2026-03-01 revised"]})


def test_a_section_that_came_with_an_ignored_commit_came_all_the_same(repo: PolicyRepo):
    first = repo.git("rev-parse", "HEAD")
    repo.write({IGNORE_LIST: first.upper()})
    assert story(repo) == only({})


def test_an_unknown_hash_on_the_ignore_list_is_a_note(repo: PolicyRepo):
    repo.write({IGNORE_LIST: "0" * 39 + "1\n"})
    note = read(repo).notes[0]
    assert (note.code, note.values["commit"]) == ("note.ignore-unknown", "0" * 39 + "1")
    assert "0001" in catalogue("sv").text(note.code, **note.values)


def test_a_commit_from_a_merged_branch_on_the_ignore_list_is_known(repo: PolicyRepo):
    june_branch(repo)
    repo.merge("2026-10-01", "juni")
    repo.write({IGNORE_LIST: repo.git("rev-parse", "juni")})
    assert read(repo).notes == ()


@pytest.mark.parametrize("line", ["abc123", "HEAD", "g" * 40, "a" * 41, "a" * 40 + " b", "--all"])
def test_a_malformed_line_on_the_ignore_list_is_refused_with_its_place(repo: PolicyRepo, line: str):
    repo.write({IGNORE_LIST: f"# lista\n{line}\n"})
    with pytest.raises(PolicyError) as caught:
        read(repo)
    problem = caught.value.problems[0]
    assert (str(problem.source), problem.code) == (f"{IGNORE_LIST}:2", "ignore-revs-malformed")
    assert catalogue("en").problem(problem).startswith(f"{IGNORE_LIST}:2: ignore-revs-malformed: ")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Change: editorial", "editorial"),
        ("Rättat stavfel.\n\nChange: editorial\nSigned-off-by: A <a@example.com>", "editorial"),
        ("change:   Editorial", "editorial"),
        ("Change: editorial\n\nMen det var mer än så.", "revised"),
        ("Change: substance", "revised"),
        ("Not a Change: editorial", "revised"),
    ],
)
def test_a_trailer_marks_an_editorial_change(repo: PolicyRepo, body: str, kind: str):
    rewrite(repo, "2026-02-01", "sitt eget namn", "sitt namn", body=body)
    assert story(repo) == only({"svar-telefon": [f"2026-02-01 {kind}"]})


def test_a_section_that_is_new_is_new_whatever_the_trailer_says(repo: PolicyRepo):
    repo.commit(
        "2026-02-01", "Nytt", {REFUND: BOOK[REFUND] + section("ny", "Ny", "Text.")}, body="Change: editorial"
    )
    assert story(repo)["ny"] == ["2026-02-01 added"]


def test_before_sections_had_ids_their_titles_stood_in(tmp_path: Path):
    repo = PolicyRepo.create(tmp_path / "repo")
    bare = CHAPTER.replace(" {#svar-telefon}", "").replace(" {#svar-mejl}", "")
    path = "policy/chapters/tillganglighet.md"
    repo.commit("2025-01-10", "Utan id", {"policy/policy.yml": POLICY_YML, path: bare})
    repo.commit("2025-02-01", "Ändrat", {path: bare.replace("samma dag", "genast")})
    repo.commit("2025-03-01", "Id", {path: CHAPTER.replace("samma dag", "genast")})
    assert story(repo) == {
        "tillganglighet": ["2025-01-10 added"],
        "svar-telefon": ["2025-01-10 added"],
        "svar-mejl": ["2025-02-01 revised", "2025-01-10 added"],
    }


def test_an_id_that_differs_from_the_title_joins_what_stood_under_the_title(tmp_path: Path):
    repo = PolicyRepo.create(tmp_path / "repo")
    path = "policy/chapters/tillganglighet.md"
    bare = CHAPTER.replace(" {#svar-telefon}", "").replace(" {#svar-mejl}", "")
    repo.commit("2025-01-10", "Utan id", {"policy/policy.yml": POLICY_YML, path: bare})
    named = bare.replace("## Svar i telefon", "## Svar i telefon {#luren}").replace(
        "## Svar på mejl", "## Mejla oss {#mejl}"
    )
    repo.commit("2025-03-01", "Id", {path: named})
    told = story(repo)
    assert told["luren"] == ["2025-01-10 added"]
    assert told["mejl"] == ["2025-03-01 retitled", "2025-01-10 added"]
    assert set(told) == {"tillganglighet", "luren", "mejl"}


def test_sections_without_ids_follow_their_file_to_a_new_name(tmp_path: Path):
    repo = PolicyRepo.create(tmp_path / "repo")
    bare = CHAPTER.replace(" {#svar-telefon}", "").replace(" {#svar-mejl}", "")
    repo.commit("2025-01-10", "Utan id", {"policy/policy.yml": POLICY_YML, "policy/regler.md": bare})
    repo.commit("2025-02-01", "Flytta", {"policy/regler.md": None, "policy/chapters/tillganglighet.md": bare})
    repo.commit("2025-03-01", "Id", {"policy/chapters/tillganglighet.md": CHAPTER})
    moved = ["2025-02-01 moved", "2025-01-10 added"]
    assert story(repo) == dict.fromkeys(("tillganglighet", "svar-telefon", "svar-mejl"), moved)


def test_an_id_lost_for_a_while_and_written_again_is_the_same_section(repo: PolicyRepo):
    rewrite(repo, "2026-02-01", " {#mandat}", "")
    rewrite(repo, "2026-02-02", "500 kr", "600 kr")
    rewrite(repo, "2026-02-03", "## Vad du får ge", "## Vad du får ge {#mandat}")
    assert story(repo) == only({"mandat": ["2026-02-02 revised"]})


@pytest.mark.parametrize(
    "broken",
    [
        b"\xff\xfe broken",
        BOOK[REFUND].replace(MONEY, "```\nutan slut").encode(),
    ],
)
def test_a_version_that_cannot_be_read_is_passed_over_and_noted(repo: PolicyRepo, broken: bytes):
    repo.commit("2026-02-01", "Trasig", {REFUND: broken})
    repo.commit("2026-02-02", "Lagad", {REFUND: BOOK[REFUND]})
    assert story(repo) == only({})
    assert [note.code for note in read(repo).notes] == ["note.unreadable"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Ersättning\n---\n", "title: [Ersättning\n---\n"),
        ("title: Ersättning\n---\n", "title: Ersättning\n"),
        ("---\ntitle: Ersättning\n---\n", ""),
        ("{#mandat}\n", "{#mandat}\n\n```yaml\nkind: [rule\n```\n"),
        ("{#mandat}\n", "{#mandat}\n\n```yaml\n- kind\n```\n"),
        ("{#mandat}\n", "{#mandat}\n\n```yaml\nkind: !!python/object/apply:os.system [ls]\n```\n"),
    ],
)
def test_broken_metadata_of_old_versions_leave_what_can_be_read(repo: PolicyRepo, old: str, new: str):
    rewrite(repo, "2026-02-01", old, new)
    repo.commit("2026-02-02", "Lagad", BOOK)
    assert story(repo) == only({})


def test_two_sections_with_one_id_break_nothing(repo: PolicyRepo):
    rewrite(repo, "2026-02-01", "{#svar-mejl}", "{#svar-telefon}")
    rewrite(repo, "2026-02-02", "## Svar på mejl {#svar-telefon}", "## Svar på mejl {#svar-mejl}")
    told = story(repo)
    assert told["svar-telefon"] == ["2026-01-10 added"]
    assert told["svar-mejl"] == ["2026-02-02 reinstated", "2026-02-01 retired", "2026-01-10 added"]


def test_a_link_written_by_reference_follows_its_target(repo: PolicyRepo):
    rewrite(repo, "2026-02-01", "tre minuter", "[tre minuter](#svar-mejl)")
    rewrite(repo, "2026-02-02", "[tre minuter](#svar-mejl)", "[tre minuter][tid]")
    repo.commit(
        "2026-02-02", "Mål sist", {ACCESS: (repo.root / ACCESS).read_text() + "\n[tid]: #svar-mejl\n"}
    )
    rewrite(repo, "2026-03-01", "[tid]: #svar-mejl", "[tid]: #mandat")
    assert story(repo)["svar-telefon"][0] == "2026-03-01 revised"
    assert story(repo)["svar-mejl"] == ["2026-01-10 added"]


def test_what_is_changed_but_not_committed_is_a_draft(repo: PolicyRepo):
    """Never a revision of today."""
    assert read(repo).drafts == frozenset()
    text = (repo.root / REFUND).read_text()
    repo.write({REFUND: text.replace("500 kr", "700 kr") + section("ny", "Ny", "Text.")})
    history = read(repo)
    assert history.drafts == {"mandat", "ny"}
    assert story(repo) == only({})
    repo.git("add", "--all")
    assert read(repo).drafts == {"mandat", "ny"}


def test_rewrapping_or_moving_in_the_working_tree_makes_no_draft(repo: PolicyRepo):
    repo.write({REFUND: rewrapped(BOOK[REFUND])})
    assert read(repo).drafts == frozenset()
    repo.write({REFUND: None, "policy/chapters/under/ersattning.md": BOOK[REFUND]})
    assert "mandat" not in read(repo).drafts


def test_a_draft_of_an_owner_or_a_target_is_a_draft_of_its_sections(repo: PolicyRepo):
    repo.commit("2026-02-01", "Mål", {"policy/targets.yml": TARGETS})
    rewrite(repo, "2026-02-01", "{#mandat}\n", "{#mandat}\n\n```yaml\ntarget: svarstid\n```\n")
    repo.write({"policy/targets.yml": TARGETS.replace("at_most: 3", "at_most: 2")})
    assert read(repo).drafts == {"mandat"}
    repo.write({"policy/policy.yml": POLICY_YML.replace("owner: kundchef", "owner: kundtjanstchef")})
    assert read(repo).drafts == set(only({}))


@pytest.mark.parametrize("staged", [False, True])
def test_a_file_that_was_never_committed_is_untracked_and_its_sections_drafts(repo: PolicyRepo, staged: bool):
    repo.write({"policy/chapters/nytt.md": chapter("Nytt", section("ny", "Ny", "Text."), lead="Ingress.")})
    if staged:
        repo.git("add", "--all")
    history = read(repo)
    assert history.untracked == ("policy/chapters/nytt.md",)
    assert history.drafts == {"ny", "nytt"}
    assert "ny" not in history.revisions


def test_an_ignored_file_is_untracked_too(repo: PolicyRepo):
    repo.write(
        {".gitignore": "hemlig.md\n", "policy/chapters/hemlig.md": BOOK[REFUND].replace("mandat", "h")}
    )
    assert read(repo).untracked == ("policy/chapters/hemlig.md",)


def test_the_smallest_policy_has_a_history(tmp_path: Path):
    repo = PolicyRepo.create(tmp_path / "repo")
    head = repo.commit("2026-01-10", "Policyn", MINIMAL)
    history = read(repo)
    assert (history.complete, history.head) == (True, head)
    assert set(history.revisions) == {"tillganglighet", "svar-telefon", "svar-mejl"}
    assert working_tree(repo.root).keys() == MINIMAL.keys()
