"""Every wording has a name for ever, and says from when to when it applied."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from livingpolicy.editions import edition_on, editions
from livingpolicy.model import Revision, RevisionKind
from tests.archive.company import NEW, Archive, archive, company, first
from tests.policy_repo import PolicyRepo
from tests.samples import revision

ADDED, REVISED, MOVED, RETIRED = (
    RevisionKind.ADDED,
    RevisionKind.REVISED,
    RevisionKind.MOVED,
    RevisionKind.RETIRED,
)


def spans(revisions: Sequence[Revision]) -> list[tuple[str | None, str | None, bool]]:
    """Return the first day of each edition, the first day without it, and whether something came after."""
    return [
        (
            each.since.isoformat() if each.since else None,
            each.until.isoformat() if each.until else None,
            each.followed,
        )
        for each in editions("svar", revisions)
    ]


@pytest.mark.parametrize(
    ("revisions", "expected"),
    [
        ([revision("2026-05-03", ADDED)], [("2026-05-03", None, False)]),
        (
            [revision("2026-06-01", REVISED), revision("2026-05-03", ADDED)],
            [("2026-06-01", None, False), ("2026-05-03", "2026-06-01", True)],
        ),
        (
            [revision("2026-06-01", RETIRED), revision("2026-05-03", ADDED)],
            [("2026-05-03", "2026-06-01", True)],
        ),
        ([revision("2026-06-01", MOVED), revision("2026-05-03", ADDED)], [("2026-05-03", None, False)]),
        (
            [revision(None, REVISED), revision("2026-05-03", ADDED)],
            [(None, None, False), ("2026-05-03", None, True)],
        ),
        (
            [
                revision("2026-06-01", REVISED, metadata="effective_from: 2026-09-01"),
                revision("2026-05-03", ADDED),
            ],
            [("2026-09-01", None, False), ("2026-05-03", "2026-09-01", True)],
        ),
        (
            [
                revision(
                    "2026-05-03", ADDED, metadata="kind: rule\nretired_on: 2026-08-01\nreason: Behövs inte."
                )
            ],
            [("2026-05-03", "2026-08-01", False)],
        ),
    ],
    ids=["stands", "revised", "gone", "moved", "undated", "from a later day", "until a day"],
)
def test_an_edition_applies_from_one_day_to_the_next(revisions: list[Revision], expected: object) -> None:
    assert spans(revisions) == expected


@pytest.mark.parametrize(
    ("day", "since"),
    [
        ("2026-05-02", None),
        ("2026-05-03", "2026-05-03"),
        ("2026-05-31", "2026-05-03"),
        ("2026-06-01", "2026-06-01"),
        ("2026-07-31", "2026-06-01"),
        ("2026-08-01", None),
    ],
)
def test_a_day_belongs_to_what_had_landed_by_its_end(day: str, since: str | None) -> None:
    found = editions(
        "svar", [revision("2026-08-01", RETIRED), revision("2026-06-01"), revision("2026-05-03", ADDED)]
    )
    edition = edition_on(found, date.fromisoformat(day))
    assert (edition.since.isoformat() if edition and edition.since else None) == since


def test_of_two_commits_that_begin_alike_the_older_keeps_its_name() -> None:
    """The younger one gets a longer one: what was published yesterday is there tomorrow."""
    older, younger = "a" * 40, "a" * 12 + "b" * 28
    before = [named(revision("2026-05-03", ADDED), older)]
    after = [named(revision("2026-06-01"), younger), *before]
    assert [each.name for each in editions("svar", before)] == ["a" * 10]
    assert [each.name for each in editions("svar", after)] == ["a" * 11, "a" * 10]


def named(told: Revision, sha: str) -> Revision:
    """Return a revision with another hash."""
    return replace(told, commit=replace(told.commit, sha=sha))


def test_an_address_of_a_wording_is_there_after_everything_that_may_happen(tmp_path: Path) -> None:
    """Commits, a new id, a section that is gone, a file that is moved, a target that changes."""
    repo = first(tmp_path / "kund")
    published = archive(repo, today="2025-02-01").under("version")
    assert len(published) == 6
    company_of = company(tmp_path / "later")
    for day in ("2025-04-02", "2025-09-02", "2026-02-01", "2026-11-22"):
        commit = company_of.git("rev-list", "-1", f"--before={day}T00:00:00", "main")
        clone = tmp_path / day
        company_of.git("clone", "--quiet", str(company_of.root), str(clone))
        PolicyRepo(clone).git("checkout", "--quiet", commit)
        there = archive(clone, today=day).under("version")
        assert published <= there, day
        published |= there


def test_a_wording_can_be_read_under_the_id_it_had_then(past: Archive) -> None:
    """The section `mandat` has another id today: whoever wrote the old address down finds the same text."""
    old = {path.split("/")[2]: past.files[path] for path in past.under("version/mandat")}
    new = {path.split("/")[2]: past.files[path] for path in past.under(f"version/{NEW}")}
    assert old.keys() == new.keys()
    assert len(old) == 2
    assert all("Du får ge en kund" in text for text in old.values())


def test_an_older_wording_says_so_loudly_and_leads_to_what_applies(past: Archive) -> None:
    page = the_page(past, "svar-telefon", "2025-01-10")
    assert "<strong>Äldre lydelse. Den gäller inte längre.</strong>" in page
    assert "Gällde från 10\u00a0januari\u00a02025 till 5\u00a0mars\u00a02025." in page
    assert 'href="../../tillganglighet/#svar-telefon">Läs det som gäller nu.' in page


def test_an_older_wording_leads_to_how_it_differs_from_today(past: Archive) -> None:
    """Under today's id, whatever it was called then. What applies, and what is gone, differs from nothing."""
    way = 'href="../../som-det-gallde/#{}../{}">Jämför med i dag'
    assert way.format("2025-01-10", "svar-telefon") in the_page(past, "svar-telefon", "2025-01-10")
    assert any(way.format("2025-01-10", NEW) in past.files[path] for path in past.under("version/mandat"))
    others = (("svar-mejl", "2025-05-02"), ("presentkort", "2026-11-01"), ("fax", "2025-01-10"))
    assert not any("Jämför med i dag" in the_page(past, *other) for other in others)


def test_the_wording_that_applies_says_so_too(past: Archive) -> None:
    assert "Den här lydelsen gäller." in the_page(past, "svar-mejl", "2025-05-02")


def test_a_wording_for_a_coming_day_does_not_apply_yet(past: Archive) -> None:
    """Landed on 1 November, applies from 1 December; today is 22 November."""
    assert "Den här lydelsen gäller inte än." in the_page(past, "presentkort", "2026-11-01")
    assert "Den här lydelsen gäller." in the_page(past, "presentkort", "2025-01-10")


def test_a_wording_of_a_retired_section_stays(past: Archive) -> None:
    page = the_page(past, "fax", "2025-01-10")
    assert "Avsnittet är upphävt." in page
    assert "Vi svarar på fax inom en vecka." in page


def test_a_target_reads_as_it_did_then(past: Archive) -> None:
    """In the text, in the promise and among the facts."""
    then = the_page(past, "svar-telefon", "2025-03-05")
    assert then.count("inom fem minuter") == 3
    assert "target." not in then
    now = the_page(past, "svar-telefon", "2025-04-01")
    assert "inom tre minuter" in now
    assert "fem" not in now


def test_an_old_link_leads_where_its_section_stands_today(past: Archive) -> None:
    """The chapter had another file, and the section another id."""
    assert f'href="../../pengar/#{NEW}"' in the_page(past, "svar-telefon", "2025-01-10")


def test_the_pages_are_kept_from_robots_and_say_their_version(past: Archive) -> None:
    head = past.snapshot.head
    assert head
    for path, text in past.files.items():
        if path.endswith(".html"):
            assert '<meta name="robots" content="noindex, nofollow">' in text, path
            assert f"Version 2026-11-22 · {head[:7]}" in text, path


def test_nobody_who_committed_is_named(past: Archive) -> None:
    """Authors, committers, and those whom trailers name."""
    pages = "".join(page.html for page in past.pages.values())
    for name in ("Anna", "Bo &lt;", "example.com&gt;", "test@", "Signed-off", "Reviewed-by"):
        assert name not in "".join(past.files.values()) + pages, name


def the_page(past: Archive, section: str, day: str) -> str:
    """Return the page of the edition that landed on *day*."""
    for each in past.snapshot.history.revisions[section]:
        landed = each.commit.landed_at
        if landed and landed.date().isoformat() == day:
            return past.files[f"version/{section}/{each.commit.sha[:10]}.html"]
    raise AssertionError(day)


def test_a_site_whose_pages_are_files_has_them_as_files(repo: PolicyRepo) -> None:
    """`use_directory_urls: false`, for a site that is read straight from disk."""
    files = archive(repo, folders=False).files
    page = files[f"andringar/{NEW}.html"]
    assert 'href="../index.html"' in page
    for link in ("../pengar.html#", "../andringar.html", "../version/"):
        assert f'href="{link}' in page, link
    everything = set(files) | {"index.html", "andringar.html", "som-det-gallde.html", "changes.atom"}
    for path, text in files.items():
        for link in re.findall(r'<a [^>]*href="([^"#]+)', text):
            place = posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
            assert place in everything | {"pengar.html", "tillganglighet.html"}, (path, link)
