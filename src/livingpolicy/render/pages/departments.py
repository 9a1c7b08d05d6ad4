"""The pages of the departments: what others wait for from each, so that promises to customers are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from livingpolicy.dependencies import Awaited, Department, departments
from livingpolicy.dependencies.said import duration
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Policy, Snapshot, Target
from livingpolicy.needs import department_id
from livingpolicy.render.chain_figure import chain_figure, verdict
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import edit_address, named_url, relative
from livingpolicy.render.pages.outcome import target_url
from livingpolicy.render.pages.values import Group, Heading, SitePage, SiteSettings
from livingpolicy.render.pages.version import version_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """A target that waits for the department."""

    target: Target
    url: str
    """Where the target's page is."""
    figure: Markup
    edit: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A department in the list."""

    department: Department
    url: str
    targets: tuple[tuple[str, str], ...]
    """Name and address of each target that waits for it."""
    not_agreed: int
    verdict: str
    """The worst of its targets: `holds`, `tight`, `short` or `unknown`."""
    left: str
    """What is least left of a promise, with the target; "" where nothing can be counted."""


def department_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the page of all departments, and one for each; none where no target needs any."""
    found = departments(snapshot.policy, snapshot.as_of)
    if not found:
        return
    yield _overview(found, snapshot, settings)
    for department in found:
        yield _page(department, found, snapshot, settings)


def department_links(policy: Policy, origin: str, settings: SiteSettings) -> Mapping[str, str]:
    """Return the way from the page *origin* to the page of every department, by id."""
    words = catalogue(policy.language)
    return {
        key: relative(_url(key, words, settings), origin)
        for target in policy.targets.values()
        for key in (department_id(need.department) for need in target.needs)
    }


def _url(department: str, words: Catalogue, settings: SiteSettings) -> str:
    return named_url("departments", words, settings, department)


def _overview(found: tuple[Department, ...], snapshot: Snapshot, settings: SiteSettings) -> SitePage:
    words = catalogue(snapshot.policy.language)
    url = named_url("departments", words, settings)
    html = (
        environment(words.language)
        .get_template("site/departments.html")
        .render(
            rows=[_row(department, url, words, settings) for department in found],
            as_of=snapshot.as_of,
            version=version_of(snapshot),
        )
    )
    return SitePage(
        url=url,
        id="departments",
        title=words.text("departments.title"),
        description=words.text("departments.description"),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        wide=True,
        group=Group.TARGETS,
    )


def _row(department: Department, origin: str, words: Catalogue, settings: SiteSettings) -> Row:
    targets = {item.target.id: item.target for item in department.awaited}
    verdicts = {verdict(item.chain, item.step) for item in department.awaited}
    known = [item for item in department.awaited if item.chain and item.step]
    return Row(
        department=department,
        url=relative(_url(department.id, words, settings), origin),
        targets=tuple(
            (target.name, relative(target_url(target.id, words, settings), origin))
            for target in targets.values()
        ),
        not_agreed=sum(item.need.agreed_on is None for item in department.awaited),
        verdict=next(each for each in ("short", "tight", "holds", "unknown") if each in verdicts),
        left=_left(min(known, key=_share_left), words) if known else "",
    )


def _share_left(item: Awaited) -> float:
    """Return how much is left when the department and those after it are done, as a share of the promise."""
    return item.step.slack / max(item.chain.promise, 1e-9) if item.step and item.chain else 1


def _left(item: Awaited, words: Catalogue) -> str:
    slack = item.step.slack if item.step else 0
    word = {"short": "over", "tight": "none"}.get(verdict(item.chain, item.step), "left")
    amount = duration(abs(slack), item.target.unit, words)
    return words.text(f"departments.{word}", amount=amount, name=item.target.name)


def _page(
    department: Department, found: tuple[Department, ...], snapshot: Snapshot, settings: SiteSettings
) -> SitePage:
    policy = snapshot.policy
    words = catalogue(policy.language)
    url = _url(department.id, words, settings)
    links = {other.id: relative(_url(other.id, words, settings), url) for other in found}
    waiting = [
        _waiting(next(iter(items)), url, links, department, snapshot, settings)
        for _, items in groupby(department.awaited, key=lambda item: item.target.id)
    ]
    html = (
        environment(words.language)
        .get_template("site/department.html")
        .render(
            department=department,
            waiting=waiting,
            back=relative(named_url("departments", words, settings), url),
            as_of=snapshot.as_of,
            version=version_of(snapshot),
        )
    )
    headings = tuple(Heading(item.target.id, item.target.name) for item in waiting)
    return SitePage(
        url=url,
        id=f"department-{department.id}",
        title=department.name,
        description=words.text("departments.page", name=department.name),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=headings,
        anchors=frozenset(heading.id for heading in headings),
        wide=True,
    )


def _waiting(
    item: Awaited,
    url: str,
    links: Mapping[str, str],
    department: Department,
    snapshot: Snapshot,
    settings: SiteSettings,
) -> Waiting:
    policy = snapshot.policy
    words = catalogue(policy.language)
    figure = chain_figure(item.target, policy, words, snapshot.as_of, links=links, us=department.id)
    return Waiting(
        target=item.target,
        url=relative(target_url(item.target.id, words, settings), url),
        figure=figure,
        edit=edit_address(item.need.source.path, item.need.source.line, settings),
    )
