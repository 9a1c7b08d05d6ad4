"""Everything about the past that is no page of the generator: thousands of files, light and fast to make."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.model import Snapshot
from livingpolicy.render.archive.changes import period_files
from livingpolicy.render.archive.feed import feed_files
from livingpolicy.render.archive.sections import section_files
from livingpolicy.render.archive.then import then_files
from livingpolicy.render.pages.values import SiteFile, SiteSettings


def archive_files(snapshot: Snapshot, settings: SiteSettings) -> Iterator[SiteFile]:
    """Yield them; without a history there is only a feed without entries.

    The sections come first: they compare neighbouring wordings, and what they find serves the chronicle.
    """
    yield from section_files(snapshot, settings)
    yield from period_files(snapshot, settings)
    yield from then_files(snapshot, settings)
    yield from feed_files(snapshot, settings)
