"""The search: its index, the control in the header of every page, and a page for `?q=`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from livingpolicy.language import catalogue
from livingpolicy.model import Kind, Snapshot
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import page_url
from livingpolicy.render.pages.values import SiteFile, SitePage, SiteSettings
from livingpolicy.search.index import index
from livingpolicy.search.written import index_file


def search_files(snapshot: Snapshot, settings: SiteSettings) -> Iterator[SiteFile]:
    """Yield the index of the policy, which earlier builds may have made of the same sections."""
    policy = snapshot.policy
    parts = (
        *(policy.language, policy.synonyms, policy.owners, settings.folders),
        [(chapter.id, chapter.title, chapter.description) for chapter in policy.chapters],
        [(target.id, target.name, target.wording) for target in policy.targets.values()],
        [(item.section, item.chapter.id, item.status) for item in snapshot.sections],
    )
    path, content = settings.memory.of(
        ("search", parts), lambda: index_file(index(snapshot), lambda name: page_url(name, settings))
    )
    yield SiteFile(path, content)


def search_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterator[SitePage]:
    """Yield the page that lists what was found for `?q=`, so that a search has an address."""
    words = catalogue(snapshot.policy.language)
    name = words.text("site.path.search")
    url = page_url(name, settings)
    html = environment(snapshot.policy.language).get_template("site/search_page.html").render(id=name)
    yield SitePage(
        url=url,
        id=name,
        title=words.text("search.page-title"),
        description=words.text("search.page-description"),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        anchors=frozenset({name}),
        wide=True,
    )


def search_control(
    snapshot: Snapshot, settings: SiteSettings, pages: Sequence[SitePage], files: Sequence[SiteFile]
) -> Markup:
    """Return what stands in the header: the button and the dialogue that it opens.

    Its addresses are relative to the site: the same header stands on every page, and the script knows where.
    """
    policy = snapshot.policy
    words = catalogue(policy.language)
    finder = page_url(words.text("site.path.finder"), settings)
    made = next(file.path for file in files if file.path.startswith("search/index."))
    html = (
        environment(policy.language)
        .get_template("site/search.html")
        .render(
            index=made,
            kinds=tuple(Kind),
            page=page_url(words.text("site.path.search"), settings),
            finder=finder if any(page.url == finder for page in pages) else None,
            owner=policy.owner,
            policy=policy,
        )
    )
    return Markup(html)  # noqa: S704  # from our escaping environment
