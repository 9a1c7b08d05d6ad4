"""The page that shows which dealings with customers the policy speaks of."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from livingpolicy.coverage import coverage
from livingpolicy.language import catalogue
from livingpolicy.model import Gap, Phase, Snapshot
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url
from livingpolicy.render.pages.sections import section_url
from livingpolicy.render.pages.values import Group, Heading, SitePage, SiteSettings


def coverage_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the map of what is covered."""
    policy = snapshot.policy
    words = catalogue(policy.language)
    url = named_url("coverage", words, settings)
    found = coverage(policy, snapshot.sections)

    def gap_names(gap: Gap) -> str:
        named = [words.text(f"channel.{channel}") for channel in gap.channels]
        named += [words.text(f"phase.{phase}") for phase in gap.phases]
        return ", ".join(named) or words.text("coverage.everything")

    html = (
        environment(policy.language)
        .get_template("site/coverage.html")
        .render(
            map=found,
            phases=tuple(Phase),
            urls={item.section.id: section_url(item, url, settings) for item in snapshot.sections},
            gap_names=gap_names,
        )
    )
    headings = (
        *(Heading(f"area-{area.area}", words.text(f"area.{area.area}")) for area in found.areas),
        Heading("how", words.text("coverage.how")),
    )
    yield SitePage(
        url=url,
        id="coverage",
        title=words.text("coverage.title"),
        description=words.text("coverage.intro"),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=headings,
        anchors=frozenset(heading.id for heading in headings),
        group=Group.REVIEW,
        wide=True,
    )
