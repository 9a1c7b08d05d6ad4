"""From a folder to a policy, or to everything that is wrong with it."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from livingpolicy.clock import Clock
from livingpolicy.errors import PolicyError
from livingpolicy.interval import Interval
from livingpolicy.load import load_policy
from livingpolicy.model import Area, Channel, Kind, Source
from tests.content.reading import (
    CHAPTER_PATH,
    CLOCK,
    LEDGER,
    LEDGER_PATH,
    POLICY_PATH,
    TARGETS,
    TARGETS_PATH,
    Files,
    changed,
    chapter,
    front,
    lines,
    load,
    metadata,
    places,
    policy,
    section,
    write,
)
from tests.policy_repo import CHAPTER, MINIMAL, POLICY_YML

ROOT = Path(__file__).parents[2]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def other(name: str, text: str = "Text.\n", *, id_line: str = "") -> Files:
    return {f"policy/chapters/{name}.md": f"---\n{id_line}title: Annat\n---\n\n# Annat\n\n{text}"}


def test_the_shipped_policy_is_right() -> None:
    assert load_policy(ROOT, CLOCK).warnings == ()


def test_a_policy_becomes_values(tmp_path: Path) -> None:
    content = load(tmp_path, {TARGETS_PATH: TARGETS, LEDGER_PATH: LEDGER})
    found = content.policy
    lead, telephone, mail = found.sections
    assert (found.title, found.language, found.timezone) == ("Kundpolicy", "sv", "Europe/Stockholm")
    assert found.guiding_words == ("Kvalitet", "Service", "Omtanke", "Ansvar")
    assert (lead.id, lead.title, lead.body) == ("tillganglighet", "Tillgänglighet", "Så når kunderna oss.")
    assert found.chapters[0].lead is lead
    assert (telephone.id, telephone.kind) == ("svar-telefon", Kind.PROMISE)
    assert telephone.source == Source(CHAPTER_PATH, 11)
    assert telephone.body_line == 18
    assert mail.metadata.promise is None
    assert found.targets["svarstid"].at_most == 3
    assert [(review.section, review.reviewed_on) for review in content.reviews] == [
        ("svar-telefon", date(2026, 11, 3))
    ]
    assert set(content.files) == {POLICY_PATH, CHAPTER_PATH, TARGETS_PATH, LEDGER_PATH}


def test_a_section_inherits_from_its_chapter_and_the_policy(tmp_path: Path) -> None:
    """The nearest word counts; an empty list is a word too."""
    files = {
        **policy("phases:", "channels: [phone]\nareas: [speed]\nphases:"),
        CHAPTER_PATH: changed(CHAPTER, "review_every: 6 months\n", "areas: [complaints]\n").replace(
            "kind: promise\n", "kind: promise\nowner: kundchef\nreview_every: 3 månader\nchannels: []\n"
        ),
    }
    _, own, inherited = load(tmp_path, files).policy.sections
    assert (own.owner.id, own.interval, own.metadata.channels) == ("kundchef", Interval(3, "months"), ())
    assert (inherited.owner.id, inherited.interval) == ("kundtjanstchef", Interval(12, "months"))
    assert inherited.metadata.channels == (Channel.PHONE,)
    assert inherited.metadata.areas == (Area.COMPLAINTS,)


def test_a_chapter_may_have_no_lead(tmp_path: Path) -> None:
    found = load(tmp_path, chapter("Så når kunderna oss.\n", "")).policy
    assert [one.id for one in found.sections] == ["svar-telefon", "svar-mejl"]
    assert found.chapters[0].lead is None


def test_chapters_come_in_the_order_of_the_list(tmp_path: Path) -> None:
    files = {**policy("phases:", "chapters: [tillganglighet, annat]\nphases:"), **other("annat")}
    assert [one.id for one in load(tmp_path, files).policy.chapters] == ["tillganglighet", "annat"]


def test_without_a_list_chapters_come_by_path(tmp_path: Path) -> None:
    assert [one.id for one in load(tmp_path, other("annat")).policy.chapters] == ["annat", "tillganglighet"]


def test_a_review_of_an_old_id_is_one_of_the_section(tmp_path: Path) -> None:
    files = {
        **metadata("aliases: [telefonsvar]\n"),
        LEDGER_PATH: LEDGER.replace("svar-telefon", "telefonsvar"),
    }
    assert [review.section for review in load(tmp_path, files).reviews] == ["svar-telefon"]


@pytest.mark.parametrize(
    "text",
    [
        "Mejl\n=======\n",
        "Vi svarar.\n\n```\na\n=======\n```\n",
        "<<<<<<<<\n\n>>>>>> Vi.\n",
        "    <<<<<<< HEAD\n",
    ],
)
def test_what_is_no_mark_of_a_merge_is_left_alone(tmp_path: Path, text: str) -> None:
    """Signs of equality underline a heading; other lengths, and marks further in, are text."""
    assert not any("merge-conflict" in place for place in places(tmp_path, section(text)))


def test_a_review_today_is_not_in_the_future(tmp_path: Path) -> None:
    """Half past midnight in Stockholm is still the day before in UTC."""
    write(tmp_path, {LEDGER_PATH: LEDGER.replace("2026-11-03", "2026-11-23")})
    late = Clock(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    assert load_policy(tmp_path, late).warnings == ()


def test_an_empty_ledger_is_one(tmp_path: Path) -> None:
    assert load(tmp_path, {LEDGER_PATH: "# Inget än.\n"}).reviews == ()
    assert load(tmp_path, {LEDGER_PATH: "[]\n"}).reviews == ()


@pytest.mark.parametrize(
    "form",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=["byte order mark", "CRLF", "CR", "NFD", "no final newline"],
)
def test_the_form_of_a_file_says_nothing(tmp_path: Path, form: object) -> None:
    files = {**MINIMAL, TARGETS_PATH: TARGETS, LEDGER_PATH: LEDGER}
    plain = load(tmp_path / "a", files)
    formed = load(tmp_path / "b", {path: form(text) for path, text in files.items()})  # type: ignore[operator]
    assert (formed.policy, formed.reviews) == (plain.policy, plain.reviews)


def test_a_policy_in_english_is_told_off_in_english(tmp_path: Path) -> None:
    """Also when `policy.yml` cannot be read."""
    text = POLICY_YML.replace("language: sv", "language: en").replace("title:", "title: [")
    assert lines(tmp_path, {POLICY_PATH: text}) == [
        (
            "policy/policy.yml:1: yaml-bracket: "
            "The bracket that begins here never ends. Add ] after the last value."
        )
    ]


def test_all_problems_of_all_files_come_at_once_and_sorted(tmp_path: Path) -> None:
    files = {
        **policy("per_week: 5", "per_week: fem"),
        **section("Se [x](nix.md) och <b>fet</b>.\n"),
        **other("annat", "## Utan id\n\nText.\n"),
        LEDGER_PATH: LEDGER.replace("by: kundtjanstchef", "by: nobody"),
        TARGETS_PATH: TARGETS.replace("  at_most: 3\n", ""),
        "policy/anteckningar.txt": "",
    }
    assert places(tmp_path, files) == [
        "(anteckningar.txt:1 unknown-file)",
        "annat.md:7 section-without-id",
        "tillganglighet.md:22 link-nowhere",
        "tillganglighet.md:22 raw-html",
        "policy.yml:11 not-number",
        "tillganglighet.yml:3 unknown-owner",
        "targets.yml:1 target-limit",
    ]


@pytest.mark.parametrize(
    "files",
    [
        {CHAPTER_PATH: CHAPTER.encode("latin-1")},
        chapter("kind: promise", "kind: [promise"),
        section("```\n"),
        front("id: [x\n"),
        chapter("{#svar-telefon}", "{#Svar-telefon}"),
    ],
    ids=["latin-1", "metadata", "open fence", "front matter", "id"],
)
def test_what_cannot_be_read_is_not_called_unknown(tmp_path: Path, files: Files) -> None:
    """Links and reviews of a chapter with a mistake are not mistakes."""
    more = {
        LEDGER_PATH: LEDGER,
        **other("annat", "Se [svar](tillganglighet.md) och [mer](tillganglighet.md#svar-mejl).\n"),
    }
    assert len(places(tmp_path, {**more, **files})) == 1


def test_chapters_behind_a_link_are_not_called_unknown(tmp_path: Path) -> None:
    files = section("Se [x](mapp/annat.md#mer).\n")
    write(tmp_path, files)
    symlink(tmp_path / "policy/chapters/mapp", "..")
    assert places(tmp_path, {**files, LEDGER_PATH: LEDGER.replace("svar-telefon", "mer")}) == [
        "mapp:1 symbolic-link"
    ]


def test_unreadable_settings_make_no_owner_unknown(tmp_path: Path) -> None:
    assert places(tmp_path, {POLICY_PATH: "owners: {\n"}) == ["policy.yml:1 yaml-bracket"]


def test_an_unreadable_register_makes_no_target_unknown(tmp_path: Path) -> None:
    files = {**section("Vi svarar {{ target.svarstid }}.\n"), TARGETS_PATH: "svarstid: {\n"}
    assert places(tmp_path, files) == ["targets.yml:1 yaml-bracket"]


def test_a_promise_is_read_with_its_target_in_words(tmp_path: Path) -> None:
    """So it is wherever a promise, a situation or the poster is shown, and the figure is held against it."""
    written = metadata(
        "kind: promise\ntarget: svarstid\npromise: Vi svarar i telefon {{ target.svarstid }}.\n"
        'poster: {figure: 3, unit: minuter, text: "{{ target.svarstid }}"}\n'
        'situations: ["Någon har inte fått svar {{ target.svarstid }}"]\n'
    )
    files = {**written, TARGETS_PATH: TARGETS}
    assert places(tmp_path, files) == ["(tillganglighet.md:17 poster-thin)"]
    section_ = load(tmp_path, files).policy.sections[1]
    told = section_.metadata
    assert told.promise == "Vi svarar i telefon inom tre minuter."
    assert told.situations == ("Någon har inte fått svar inom tre minuter",)
    assert told.poster is not None
    assert told.poster.text == "inom tre minuter"
    assert told.prints == ("svarstid",)


def test_the_figure_of_another_target_is_not_that_of_the_promise(tmp_path: Path) -> None:
    written = metadata(
        "kind: promise\npromise: Vi svarar i telefon {{ target.svarstid }}.\n"
        "poster: {figure: 4, unit: minuter, text: till svar}\n"
    )
    assert "tillganglighet.md:16 figure-not-in-promise" in places(
        tmp_path, {**written, TARGETS_PATH: TARGETS}
    )


@pytest.mark.parametrize("name", ["med blank", "#", "frågor?", "100%", "'citat'", "-rf", "a&b", "ÅÄÖ", "[x]"])
def test_odd_file_names_work(tmp_path: Path, name: str) -> None:
    """A chapter's address comes from its id, not from its name."""
    found = load(tmp_path, other(name, id_line="id: annat\n")).policy
    assert [one.id for one in found.chapters if one.source.path == f"policy/chapters/{name}.md"] == ["annat"]


def test_links_reach_odd_file_names(tmp_path: Path) -> None:
    files = {
        **other("åtta #1 100%", id_line="id: annat\n"),
        **section("Se [x](%C3%A5tta%20%231%20100%25.md) och [y](<åtta %231 100%25.md>).\n"),
    }
    assert places(tmp_path, files) == []


def test_a_chapter_may_lie_in_a_folder(tmp_path: Path) -> None:
    files = {
        **other("kund/annat", "[Upp](../tillganglighet.md#svar-mejl)\n"),
        **section("Se [ner](kund/annat.md#annat).\n"),
    }
    assert [one.id for one in load(tmp_path, files).policy.chapters] == ["annat", "tillganglighet"]


def test_pictures_are_found_and_measured(tmp_path: Path) -> None:
    files = {
        **section("![Kassan](../images/kassa.png) ![](../images/stor.webp) ![Falsk](../images/falsk.jpg)\n"),
        "policy/images/kassa.png": PNG,
        "policy/images/stor.webp": b"RIFF0000WEBP" + bytes(1_000_001),
        "policy/images/falsk.jpg": b"<svg/>",
    }
    assert places(tmp_path, files) == [
        "tillganglighet.md:22 image-too-large",
        "(tillganglighet.md:22 image-without-words)",
        "falsk.jpg:1 not-a-picture",
    ]


def test_what_others_read_is_left_alone(tmp_path: Path) -> None:
    files = {
        "policy/.schema/policy.json": "{}",
        "policy/chapters/.#tillganglighet.md": "",
    }
    assert places(tmp_path, files) == []


def symlink(place: Path, target: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        place.symlink_to(target)
    except OSError:
        pytest.skip("this system makes no symbolic links")


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ("chapters/lank.md", "tillganglighet.md"),
        ("chapters/lank.md", "/etc/hosts"),
        ("chapters/lank.md", "nothing"),
        ("chapters/lank.md", "lank.md"),
        ("chapters/mapp", "."),
        ("images", "chapters"),
        ("targets.yml", "policy.yml"),
        ("notes.txt", "policy.yml"),
    ],
)
def test_symbolic_links_are_refused_wherever_they_lead(tmp_path: Path, place: str, target: str) -> None:
    write(tmp_path, {})
    symlink(tmp_path / "policy" / place, target)
    assert places(tmp_path, {}) == [f"{place.rpartition('/')[2]}:1 symbolic-link"]


def test_the_folder_itself_is_no_link(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {})
    symlink(tmp_path / "policy", "elsewhere/policy")
    assert refused(tmp_path) == ["policy:1 symbolic-link"]


def refused(root: Path) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        load_policy(root, CLOCK)
    return [f"{one.source} {one.code}" for one in caught.value.problems]


def test_a_missing_an_empty_and_a_false_folder(tmp_path: Path) -> None:
    assert refused(tmp_path) == ["policy:1 no-policy-folder"]
    (tmp_path / "policy").mkdir()
    assert refused(tmp_path) == ["policy/policy.yml:1 no-chapters", "policy/policy.yml:1 no-policy-file"]
    (tmp_path / "policy").rmdir()
    (tmp_path / "policy").write_text("")
    assert refused(tmp_path) == ["policy:1 policy-no-folder"]


@contextmanager
def hidden(monkeypatch: pytest.MonkeyPatch, path: Path) -> Iterator[None]:
    """Make *path* unreadable, also for the superuser, who may read everything."""
    real_open, real_scan = os.open, os.scandir

    def refuse(name: object) -> None:
        if os.fspath(name) == os.fspath(path):  # type: ignore[call-overload]
            raise PermissionError(13, "Permission denied", os.fspath(path))

    def opened(name: str, *rest: int) -> int:
        refuse(name)
        return real_open(name, *rest)

    def scanned(name: str) -> object:
        refuse(name)
        return real_scan(name)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", opened)
        patch.setattr(os, "scandir", scanned)
        yield


def test_what_may_not_be_read_is_named_and_the_rest_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {**other("annat"), **policy("per_week: 5", "per_week: 0"), LEDGER_PATH: LEDGER})
    with hidden(monkeypatch, tmp_path / CHAPTER_PATH):
        assert refused(tmp_path) == [f"{CHAPTER_PATH}:1 unreadable", "policy/policy.yml:11 number-range"]
    with hidden(monkeypatch, tmp_path / "policy/chapters"):
        assert refused(tmp_path) == ["policy/chapters:1 unreadable", "policy/policy.yml:11 number-range"]


@pytest.mark.parametrize("gone", [False, True])
def test_a_file_that_changes_during_the_reading_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: bool
) -> None:
    """The chapter is read first; it changes while `policy.yml` is."""
    write(tmp_path, {})
    real_open = os.open

    def meddled(name: str, *rest: int) -> int:
        if str(name).endswith("policy.yml"):
            if gone:
                (tmp_path / CHAPTER_PATH).unlink()
            else:
                (tmp_path / CHAPTER_PATH).write_text(CHAPTER + "\nMer.\n")
        return real_open(name, *rest)

    monkeypatch.setattr(os, "open", meddled)
    assert refused(tmp_path) == [f"{CHAPTER_PATH}:1 changed"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, {})
    os.mkfifo(tmp_path / "policy/targets.yml")
    assert refused(tmp_path) == ["policy/targets.yml:1 no-file"]


def test_a_hard_link_is_a_file(tmp_path: Path) -> None:
    write(tmp_path, {})
    os.link(tmp_path / CHAPTER_PATH, tmp_path / "copy.md")
    assert places(tmp_path, {}) == []


KINDS = [POLICY_PATH, CHAPTER_PATH, TARGETS_PATH, LEDGER_PATH, "policy/images/x.png"]
VALID = {POLICY_PATH: POLICY_YML, CHAPTER_PATH: CHAPTER, TARGETS_PATH: TARGETS, LEDGER_PATH: LEDGER}


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a file of any kind: any bytes, or a right one with a few bytes put in, cut out or moved."""
    path = draw(st.sampled_from(KINDS))
    whole = VALID.get(path, "").encode()
    if not whole or draw(st.booleans()):
        return path, draw(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()))
    start = draw(st.integers(0, len(whole)))
    end = draw(st.integers(start, min(len(whole), start + 40)))
    put = draw(
        st.sampled_from([b"", b":", b"-", b"[", b"\n", b"\t", b"{#x}", b'"', b"#", b"\xe5", b"null", b"3"])
    )
    return path, whole[:start] + put + whole[end:]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(spoilt())
@example((CHAPTER_PATH, b"---\r\n---\r\n"))
@example((POLICY_PATH, b"owners: 3"))
@example((POLICY_PATH, b"chapters: [a]\nowners: {a: null}\nreview: []"))
@example((LEDGER_PATH, b"- - a"))
def test_any_bytes_are_content_or_problems(tmp_path: Path, file: tuple[str, bytes]) -> None:
    path, data = file
    said = lines(tmp_path, {**VALID, path: data})
    assert all("\n" not in line for line in said)
    (tmp_path / path).unlink()
