"""Every change as people read it: what, why, when and where; nothing lost, and no page heavy."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from livingpolicy.chronicle import Event, chronicle
from livingpolicy.language import catalogue
from livingpolicy.model import Commit, RevisionKind
from livingpolicy.render.archive.events import printable, reason
from livingpolicy.render.archive.periods import periods, sized
from tests.archive.company import Archive, archive, company, first
from tests.policy_repo import CHAPTER, MINIMAL, PolicyRepo
from tests.samples import history, policy, revision, section, snapshot

EMPTY = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}


def test_the_page_of_changes_as_a_whole(past: Archive, golden: Callable[[str, str], None]) -> None:
    golden("changes.sv.html", past.pages["andringar/"].html)


def test_the_history_of_a_section_as_a_whole(past: Archive, golden: Callable[[str, str], None]) -> None:
    golden("changes-of-section.sv.html", past.files["andringar/svar-telefon/index.html"])


def test_every_change_is_in_the_archive_once(past: Archive) -> None:
    """Eight commits changed the policy; each stands on the page of its year."""
    found = [
        sha
        for path in sorted(past.under("andringar/arkiv"))
        for sha in re.findall(r'<article class="lp-event" id="c_([0-9a-f]{10})"', past.files[path])
    ]
    assert len(found) == 8
    assert sorted(found) == sorted(event.commit.sha[:10] for event in chronicle(past.snapshot))


def test_a_commit_that_changes_several_sections_is_one_change(tmp_path: Path) -> None:
    repo = PolicyRepo.create(tmp_path / "kund")
    repo.commit("2026-05-01", "Skriv ner policyn", MINIMAL)
    both = CHAPTER.replace("samma dag", "inom fyra timmar").replace("sitt eget namn", "sitt namn")
    repo.commit("2026-06-01", "Snabbare och kortare", {"policy/chapters/tillganglighet.md": both})
    page = archive(repo).pages["andringar/"].html
    assert page.count("Snabbare och kortare<a") == 1
    event = page.partition('<article class="lp-event"')[2].partition("</article>")[0]
    assert event.count('<section class="lp-event__part">') == 2


def test_a_changed_target_is_told_at_the_section_that_prints_it(past: Archive) -> None:
    page = past.files["andringar/svar-telefon/index.html"]
    assert re.search(r"<del[^>]*><span[^>]*>borttaget: </span>fem minuter</del>", page)
    assert re.search(r"<ins[^>]*><span[^>]*>tillagt: </span>tre minuter</ins>", page)


def test_why_is_told_without_what_only_tools_read() -> None:
    """The number of the pull request is kept apart; wrapped lines are joined, those of a list are not."""
    said = reason(
        Commit(
            "a" * 40,
            None,
            "Öppet till 20 (#12)",
            "Kunder ringer\nsent.\n\n- ett\n- två\n\nReviewed-by: A <a@b.c>",
        )
    )
    assert said.subject == "Öppet till 20"
    assert said.paragraphs == (("Kunder ringer sent.",), ("- ett", "- två"))
    assert said.pull_request == 12
    assert said.on is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("å\u202eä\u2066ö", "åäö"),
        ("a\ud800b\ufffe\uffff", "ab"),
        ("😀 é – ”x”", "😀 é – ”x”"),
    ],
)
def test_what_no_page_can_hold_is_taken_out(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_a_hostile_message_stays_text(past: Archive) -> None:
    everything = "".join(past.files.values()) + "".join(page.html for page in past.pages.values())
    assert "<script>alert" not in everything
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in everything
    assert "<b>fet" not in everything


def test_every_page_is_well_formed(past: Archive) -> None:
    """What is opened is closed, in order; no id stands twice."""
    pages = {path: text for path, text in past.files.items() if path.endswith(".html")}
    pages |= {url: str(page.html) for url, page in past.pages.items()}
    for path, text in pages.items():
        open_: list[str] = []
        for closing, name in re.findall(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>", text):
            if name in EMPTY:
                continue
            if closing:
                assert open_.pop() == name, path
            else:
                open_.append(name)
        assert open_ == [], path
        ids = re.findall(r'\bid="([^"]*)"', text)
        assert len(ids) == len(set(ids)), path
        assert " style=" not in text, path


def test_a_section_that_is_gone_keeps_its_history(past: Archive) -> None:
    page = past.files["andringar/fax/index.html"]
    assert "Avsnittet finns inte längre i policyn." in page
    assert "Faxen avvecklas" in page
    assert "andringar/fax/" in past.pages["andringar/"].html


def test_a_history_leads_to_every_wording(past: Archive) -> None:
    for path in past.under("version"):
        _, name, edition = path.split("/")
        assert f'href="../../version/{name}/{edition}"' in past.files[f"andringar/{name}/index.html"], path


def test_without_a_history_the_pages_say_so(tmp_path: Path) -> None:
    """A plain copy without git: nothing is guessed, nothing is empty without a word."""
    repo = first(tmp_path / "kund")
    (repo.root / ".git").rename(tmp_path / "gone")
    found = archive(repo)
    assert set(found.files) == {"changes.atom"}
    for page in found.pages.values():
        assert "Ändringshistoriken kan inte läsas." in page.html


def test_a_commit_without_a_possible_date_says_so(tmp_path: Path) -> None:
    """It stands where the chain has it, under the word that its date is not known."""
    repo = first(tmp_path / "kund")
    text = (repo.root / "policy/chapters/ersattning.md").read_text("utf-8")
    repo.commit("1970-01-02", "Mer pengar", {"policy/chapters/ersattning.md": text.replace("500", "700")})
    repo.commit("2025-03-01", "Ännu mer", {"policy/chapters/ersattning.md": text.replace("500", "900")})
    found = archive(repo)
    subjects = [event.commit.subject for event in chronicle(found.snapshot)]
    assert subjects == ["Ännu mer", "Mer pengar", "Skriv ner policyn"]
    page = found.pages["andringar/"].html
    assert "Okänt datum" in page.partition("Ännu mer<a")[2].partition("Mer pengar<a")[0]
    history_of_it = found.files["andringar/mandat/index.html"]
    assert "Gällde till 1\u00a0mars\u00a02025. Det är inte känt från när." in history_of_it
    assert "Gällde från 10\u00a0januari\u00a02025. Det är inte känt till när." in history_of_it


def test_a_wrong_clock_never_puts_a_section_before_its_own_past() -> None:
    """The second commit says it is older than the first; the chain says otherwise."""
    chain = (revision("2026-01-01", subject="två"), revision("2026-05-01", RevisionKind.ADDED, subject="ett"))
    other = (revision("2026-03-01", RevisionKind.ADDED, subject="annat"),)
    known = history(svar=chain, fax=other)
    told = [event.commit.subject for event in chronicle(snapshot(policy(section("svar")), known))]
    assert told.index("två") < told.index("ett")
    assert sorted(told) == ["annat", "ett", "två"]


def test_moves_are_no_changes_to_read(tmp_path: Path) -> None:
    repo = company(tmp_path / "kund")
    text = (repo.root / "policy/chapters/pengar.md").read_text("utf-8")
    before = archive(repo)
    repo.commit(
        "2026-11-20",
        "Byt fil",
        {"policy/chapters/pengar.md": None, "policy/chapters/mapp/pengar.md": text}
        | {
            "policy/chapters/tillganglighet.md": (repo.root / "policy/chapters/tillganglighet.md")
            .read_text("utf-8")
            .replace("pengar.md", "mapp/pengar.md")
        },
    )
    after = archive(repo)
    assert (
        "Ersättning"
        not in after.pages["andringar/"].html.partition("Byt fil<a")[2].partition("</article>")[0]
    )
    assert before.under("version") <= after.under("version")


def event(number: int, *, day: str = "2026-05-01") -> Event:
    landed = datetime.fromisoformat(f"{day}T00:00:00").replace(tzinfo=UTC) + timedelta(minutes=number)
    return Event(Commit(f"{number:040x}", landed, f"nr {number}", ""), ())


def test_a_year_that_fits_has_one_page_and_a_busy_one_has_months_and_parts() -> None:
    busy = [event(number, day="2026-05-01") for number in range(6, 0, -1)]
    calm = [event(0, day="2025-02-01")]
    found = [*periods(sized([*busy, *calm], [40] * 7), most=100)]
    assert [each.name for each in found] == ["2026", "2026-05-3", "2026-05-2", "2026-05", "2025"]
    assert found[0].months == ("2026-05-3", "2026-05-2", "2026-05")
    assert [each.commit.subject for each in found[1].events] == ["nr 6", "nr 5"]


def test_what_is_added_leaves_the_older_parts_as_they_were() -> None:
    """A link to a page of the archive does not begin to lead elsewhere when there is more to tell."""
    few = [event(number) for number in range(6, 0, -1)]
    more = [event(number) for number in range(9, 0, -1)]

    def parts(events: list[Event]) -> dict[str, tuple[str, ...]]:
        laid_out = periods(sized(events, [40] * len(events)), most=100)
        return {
            each.name: tuple(told.commit.subject for told in each.events) for each in laid_out if each.events
        }

    before, after = parts(few), parts(more)
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {"2026-05-4", "2026-05-5"}


def test_an_english_policy_tells_its_past_in_english(tmp_path: Path) -> None:
    repo = first(tmp_path / "kund")
    settings = (repo.root / "policy/policy.yml").read_text("utf-8").replace("language: sv", "language: en")
    text = (repo.root / "policy/chapters/ersattning.md").read_text("utf-8")
    repo.commit(
        "2025-03-01",
        "Raise the limit",
        {"policy/policy.yml": settings, "policy/chapters/ersattning.md": text.replace("500", "700")},
    )
    found = archive(repo)
    assert "Full wording" in found.pages["changes/"].html
    assert "changes/archive/2025/index.html" in found.files
    versions = catalogue("en").text("site.path.versions")
    wordings = "".join(found.files[path] for path in found.under(f"{versions}/mandat"))
    assert "Older wording. It no longer applies." in wordings
    for words in ("Ändringar", "lydelse", "Gäller från"):
        assert words not in "".join(found.files.values())


def test_no_page_is_heavy_however_much_there_is_to_tell(tmp_path: Path) -> None:
    """Three sections of three screens each, rewritten again and again, twice in a single commit."""
    repo = PolicyRepo.create(tmp_path / "kund")
    path = "policy/chapters/tillganglighet.md"
    repo.commit("2024-01-01", "Skriv ner policyn", MINIMAL)

    def chapter(number: int, changed: set[int]) -> str:
        sections = [
            f"## Avsnitt {place} {{#avsnitt-{place}}}\n\n"
            + "\n\n".join(
                f"Stycke {line} säger {'ny' if place in changed else 'samma'} sak nummer "
                f"{number if place in changed else 0}: " + "vi ringer upp kunden samma dag. " * 12
                for line in range(20)
            )
            for place in range(3)
        ]
        return "---\ntitle: Tillgänglighet\n---\n\n# Tillgänglighet\n\n" + "\n\n".join(sections) + "\n"

    for number in range(1, 16):
        changed = {0, 1, 2} if number % 8 == 0 else {0}
        repo.commit(f"2025-01-{number:02}", f"Skriv om nummer {number}", {path: chapter(number, changed)})
    found = archive(repo)
    sizes = {name: len(text.encode()) for name, text in found.files.items() if name.endswith(".html")}
    assert {name: size for name, size in sizes.items() if size >= 100_000} == {}
    assert len(found.pages["andringar/"].html.encode()) < 70_000
