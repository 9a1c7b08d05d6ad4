"""Look a built site over before anybody else does: everything that can be told from its files alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from livingpolicy.publish.proof.finding import Facts, Finding, Tree
from livingpolicy.publish.proof.links import links
from livingpolicy.publish.proof.machine import build_of, calendars, feeds, json_files, status
from livingpolicy.publish.proof.names import hashes, kinds
from livingpolicy.publish.proof.pages import leftovers, whole_pages
from livingpolicy.publish.proof.people import addresses

Rule = Callable[[Tree, Facts], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    kinds,
    whole_pages,
    links,
    leftovers,
    json_files,
    status,
    feeds,
    calendars,
    hashes,
    addresses,
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What looking the site over came to."""

    findings: tuple[Finding, ...]
    """Sorted by file and place."""
    files: int
    pages: int
    links: int
    """Links and addresses of files that were followed."""
    build: str
    """The build id that `status.json` says; empty where there is none."""


def prove(site: Path, facts: Facts) -> Proof:
    """Hold the site in the folder *site* against every rule."""
    tree = Tree.read(site)
    found = {finding for rule in RULES for finding in rule(tree, facts)}
    order = sorted(found, key=lambda finding: (finding.path, finding.line, finding.code, finding.what))
    return Proof(
        tuple(order),
        len(tree.files),
        len(tree.pages),
        sum(len(page.refers) for page in tree.pages.values()),
        build_of(tree),
    )


__all__ = ["Facts", "Finding", "Proof", "prove"]
