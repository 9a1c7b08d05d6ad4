"""The feed, read back by a strict parser and held against RFC 4287."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from livingpolicy.model import RevisionKind
from livingpolicy.render.archive.feed import MOST, feed_files
from livingpolicy.render.pages.values import SiteSettings
from tests.archive.company import HOSTILE, Archive, archive, company, first
from tests.samples import history, policy, revision, section, snapshot

A = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def entries(found: Archive) -> list[ET.Element]:
    return ET.fromstring(found.files["changes.atom"]).findall(f"{A}entry")


def text(element: ET.Element, name: str) -> str:
    """Return the text of the one child of this name."""
    (child,) = element.findall(f"{A}{name}")
    assert child.text
    return child.text


def test_the_feed_as_a_whole(past: Archive, golden: Callable[[str, str], None]) -> None:
    golden("changes.sv.atom", past.files["changes.atom"])


def test_the_feed_has_all_that_rfc_4287_asks_for(past: Archive) -> None:
    """One id, title and moment each; an author for all; links; nothing but the elements of the format."""
    feed = ET.fromstring(past.files["changes.atom"])
    assert feed.tag == f"{A}feed"
    assert feed.get(f"{XML}lang") == "sv"
    known = {"id", "title", "subtitle", "updated", "published", "author", "link", "entry", "content"}
    assert {child.tag for child in feed} | {child.tag for each in feed for child in each} <= {
        *(f"{A}{name}" for name in known),
        f"{A}name",
    }
    assert feed.findtext(f"{A}author/{A}name") == "Exempelbolaget"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{A}link")}
    assert links == {
        "self": "https://kund.example.com/changes.atom",
        "alternate": "https://kund.example.com/andringar/",
    }
    for element in (feed, *feed.findall(f"{A}entry")):
        assert text(element, "id").startswith("urn:uuid:")
        assert text(element, "title")
        assert datetime.fromisoformat(text(element, "updated")).tzinfo is not None
    for entry in feed.findall(f"{A}entry"):
        (content,) = entry.findall(f"{A}content")
        assert content.get("type") == "html"
        (link,) = entry.findall(f"{A}link")
        assert (link.get("href") or "").startswith("https://kund.example.com/")
    assert text(feed, "updated") == max(text(entry, "updated") for entry in feed.findall(f"{A}entry"))


def test_every_revision_is_an_entry_of_its_own_newest_first(past: Archive) -> None:
    """Six sections that were written, seven changes since, one end."""
    told = entries(past)
    assert len(told) == 6 + 7
    moments = [text(entry, "updated") for entry in told]
    assert moments == sorted(moments, reverse=True)
    ids = [text(entry, "id") for entry in told]
    assert len(set(ids)) == len(ids)


def test_an_entry_leads_to_a_page_that_is_there(past: Archive) -> None:
    for entry in entries(past):
        link = entry.find(f"{A}link")
        assert link is not None
        path = (link.get("href") or "").removeprefix("https://kund.example.com/")
        assert (f"{path}index.html" if path.endswith("/") else path) in past.files


def test_an_entry_says_all_that_changed_and_a_hostile_message_stays_text(past: Archive) -> None:
    (entry,) = [each for each in entries(past) if "1 000 kr" in text(each, "content")]
    content = text(entry, "content")
    assert "500 kr" in content
    tags: list[str] = []
    words: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
            tags.append(tag)

        def handle_data(self, data: str) -> None:
            words.append(data)

    Reader().feed(content)
    assert "script" not in tags
    assert HOSTILE.partition("\x0b")[0].strip() in " ".join("".join(words).split())


def test_what_is_new_is_there_in_full(past: Archive) -> None:
    (fax,) = [
        each
        for each in entries(past)
        if text(each, "title").startswith("Fax") and "vecka" in text(each, "content")
    ]
    assert "Vi svarar på fax inom en vecka." in text(fax, "content")


def test_an_id_is_never_another(tmp_path: Path, past: Archive) -> None:
    """What readers had on the first day they still have, though sections were renamed, moved and retired."""
    before = archive(first(tmp_path / "kund"), today="2025-02-01", address="https://kund.example.com/")
    then = {text(entry, "id"): text(entry, "updated") for entry in entries(before)}
    now = {text(entry, "id"): text(entry, "updated") for entry in entries(past)}
    assert len(then) == 6
    assert then.items() <= now.items()
    feeds = [ET.fromstring(found.files["changes.atom"]) for found in (before, past)]
    assert len({text(feed, "id") for feed in feeds}) == 1


def test_a_feed_of_a_site_that_was_not_told_its_address_leads_on_too(tmp_path: Path) -> None:
    """There is no link to itself; the others begin where the feed lies."""
    found = archive(company(tmp_path / "kund"))
    feed = ET.fromstring(found.files["changes.atom"])
    assert [link.get("rel") for link in feed.findall(f"{A}link")] == ["alternate"]
    link = feed.find(f"{A}entry/{A}link")
    assert link is not None
    assert link.get("href") in found.files


@pytest.mark.parametrize("revisions", [0, 1, MOST, MOST + 50])
def test_the_feed_holds_the_newest(revisions: int) -> None:
    told = tuple(
        revision(f"20{10 + number // 28:02}-02-{1 + number % 28:02}", subject=f"nr {number}")
        for number in reversed(range(revisions))
    )
    known = history(svar_telefon=told) if told else history()
    (file,) = feed_files(snapshot(policy(section()), known), SiteSettings())
    found = ET.fromstring(file.content).findall(f"{A}entry")
    assert len(found) == min(revisions, MOST)


def test_an_unknown_date_is_never_made_up() -> None:
    """The format asks for a moment: that of the change before it. Without one there is no entry."""
    alone = history(svar_telefon=(revision(None, RevisionKind.ADDED),))
    (file,) = feed_files(snapshot(policy(section()), alone), SiteSettings())
    assert ET.fromstring(file.content).findall(f"{A}entry") == []
    known = history(svar_telefon=(revision(None), revision("2026-05-03", RevisionKind.ADDED)))
    (file,) = feed_files(snapshot(policy(section()), known), SiteSettings())
    found = ET.fromstring(file.content).findall(f"{A}entry")
    assert [text(entry, "updated")[:10] for entry in found] == ["2026-05-03", "2026-05-03"]
    assert "Okänt datum" in text(found[0], "content")
