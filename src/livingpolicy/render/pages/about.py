"""The page about the policy itself: how it is changed, what its dates mean, what is stored about readers."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from livingpolicy.language import catalogue
from livingpolicy.model import Snapshot
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url, relative
from livingpolicy.render.pages.values import Group, Heading, SitePage, SiteSettings
from livingpolicy.render.pages.version import version_of

PARTS = ("change", "dates", "words", "stored", "when-wrong")
"""The headings of the page, in their order."""


def about_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the page about the policy."""
    policy = snapshot.policy
    words = catalogue(policy.language)
    url = named_url("about", words, settings)
    html = (
        environment(policy.language)
        .get_template("site/about.html")
        .render(
            policy=policy,
            parts=PARTS,
            version=version_of(snapshot),
            as_of=snapshot.as_of,
            responsibility=relative(named_url("responsibility", words, settings), url),
            review=relative(named_url("review", words, settings), url),
        )
    )
    headings = tuple(Heading(part, words.text(f"about.{part}.title")) for part in PARTS)
    yield SitePage(
        url=url,
        id="about",
        title=words.text("about.title"),
        description=words.text("about.intro", organisation=policy.organisation),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=headings,
        anchors=frozenset(PARTS),
        group=Group.ABOUT,
    )
