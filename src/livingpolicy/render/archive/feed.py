"""The feed of changes (Atom, RFC 4287): an entry for each revision, and never the same id twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from livingpolicy.chronicle import Event, Touched, chronicle
from livingpolicy.diff.history import printed
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import SectionId, Snapshot
from livingpolicy.render.archive.events import Places, printable, reason
from livingpolicy.render.archive.told import told
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url
from livingpolicy.render.pages.prose import Prose
from livingpolicy.render.pages.values import SiteFile, SiteSettings

PATH = "changes.atom"
MOST = 100
ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"


def feed_files(snapshot: Snapshot, settings: SiteSettings) -> Iterator[SiteFile]:
    """Yield the feed: the newest revisions with the whole of what each changed."""
    policy = snapshot.policy
    words = catalogue(policy.language)
    places = Places.of(snapshot, settings)
    events = chronicle(snapshot)
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {f"{{{_XML}}}lang": words.language})
    if settings.address:
        feed.set(f"{{{_XML}}}base", settings.address)
        _link(feed, "self", urljoin(settings.address, PATH), "application/atom+xml")
    _link(
        feed, "alternate", urljoin(settings.address or "", named_url("changes", words, settings)), "text/html"
    )
    origin = events[-1].commit.sha if events else policy.title
    _text(feed, "id", _urn("feed", origin))
    _text(feed, "title", words.text("changes.feed", title=policy.title))
    _text(feed, "subtitle", words.text("changes.description"))
    _text(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", policy.organisation)
    dated = [*_dated(events)][:MOST]
    midnight = datetime.combine(snapshot.as_of, time(), ZoneInfo(policy.timezone))
    _text(feed, "updated", max((when for when, _, _ in dated), default=midnight).isoformat())
    prose = Prose(policy, "", settings)
    for when, event, touched in dated:
        _entry(feed, when, event, touched, places, prose, words)
    ET.indent(feed)
    yield SiteFile(PATH, ET.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n")


def _dated(events: Sequence[Event]) -> Iterator[tuple[datetime, Event, Touched]]:
    """Yield every revision, newest first, with its moment.

    One without a possible date has that of the next older one, as the format asks for a date; without that it
    is left out. Its text says that the date is unknown.
    """
    known: datetime | None = None
    found = []
    for event in reversed(events):
        known = event.landed_at or known
        if known is not None:
            found.append((known, event))
    for when, event in reversed(found):
        for touched in event.touched:
            yield when, event, touched


def _entry(
    feed: ET.Element,
    when: datetime,
    event: Event,
    touched: Touched,
    places: Places,
    prose: Prose,
    words: Catalogue,
) -> None:
    snapshot, revision = places.snapshot, touched.revision
    kind = words.text(f"revision.{revision.kind}")
    entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
    _text(entry, "id", _urn(event.commit.sha, _first_name(touched.section, places)))
    _text(entry, "title", f"{revision.title} · {kind}")
    _text(entry, "updated", when.isoformat())
    _text(entry, "published", when.isoformat())
    address = places.edition_of(touched) or places.history(touched.section)
    _link(entry, "alternate", urljoin(places.settings.address or "", address), "text/html")
    before = touched.before
    html = (
        environment(words.language)
        .get_template("archive/entry.html")
        .render(
            why=reason(event.commit),
            kind=revision.kind,
            compared=before is not None,
            told=told(before, revision, snapshot.policy, places.settings.memory) if before else None,
            # The feed lies where the start page lies, so that a link from there is right here too.
            body=prose.past(revision.text, places.path(touched.section), printed(revision.targets)),
        )
    )
    _text(entry, "content", html, type="html")


def _first_name(section: SectionId, places: Places) -> SectionId:
    """Return the first id of a section, which it keeps in the feed: a new id is no new change."""
    return next(iter(places.aliases(section)), section)


def _urn(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, f"livingpolicy:{'/'.join(parts)}").urn


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = printable(text)


def _link(parent: ET.Element, relation: str, address: str, media: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "href": address, "type": media})
