"""The frame of pages that are too many for the generator: the same style sheets, a few links, no search.

Nothing of the generator is known here. The frame is rendered once for each depth of folders; a page is put
into it by joining text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup, escape

from livingpolicy.chronicle import newest
from livingpolicy.language import catalogue
from livingpolicy.model import Snapshot
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url
from livingpolicy.render.pages.values import SiteFile, SiteSettings
from livingpolicy.render.pages.version import version_of

_TITLE, _BODY = "\x02title\x03", "\x02body\x03"


@dataclass(frozen=True, slots=True)
class _Marks:
    title: str = _TITLE
    body: str = _BODY


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page before it has its frame."""

    url: str
    """Its address relative to the site (`andringar/svar/`)."""
    title: str
    html: str


@dataclass(frozen=True)
class Shell:
    """The frame of one site."""

    snapshot: Snapshot
    settings: SiteSettings
    _frames: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def file(self, url: str, title: str, body: Markup) -> SiteFile:
        """Return the page *body* whose address relative to the site is *url* (`andringar/svar/`)."""
        path = f"{url}index.html" if url.endswith("/") else url
        before, between, after = self._frame(path)
        return SiteFile(path, f"{before}{escape(title)}{between}{body}{after}".encode())

    def _frame(self, path: str) -> tuple[str, str, str]:
        root = "../" * path.count("/")
        found = self._frames.get(root)
        if found is None:
            words = catalogue(self.snapshot.policy.language)
            last = newest(self.snapshot)
            html = (
                environment(words.language)
                .get_template("archive/shell.html")
                .render(
                    root=root,
                    home="" if self.settings.folders else "index.html",
                    changes=named_url("changes", words, self.settings),
                    then=named_url("then", words, self.settings),
                    skip=words.text("site.anchor.contents"),
                    policy=self.snapshot.policy,
                    version=version_of(self.snapshot),
                    newest=int(last.timestamp()) if last else None,
                    marks=_Marks(),
                )
            )
            before, _, rest = html.partition(_TITLE)
            between, _, after = rest.partition(_BODY)
            found = self._frames[root] = before, between, after
        return found
