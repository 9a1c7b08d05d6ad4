"""Measure the search: against the one that the theme brings, and how long a keystroke takes.

`python -m tests.benchmarks.search` builds this project's site with the theme's search, asks both searches the
questions in `tests/search/questions.tsv`, and then times every keystroke of them on this policy and on one of
1 400 sections.
"""

from __future__ import annotations

import gzip
import random
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from livingpolicy.browser import arguments, find_chromium
from livingpolicy.model import Snapshot
from livingpolicy.search.index import index
from tests.search.finding import FIND, Question, questions, script, shipped
from tests.site.building import PROJECT, PolicyRepo, equip, latest_day, run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SECTIONS = 1_400

STOCK = '''\
"""Let the theme's search read the chapters and nothing else, without the lines of dates."""

import re

UNSEARCHED = re.compile(
    r'<div class="lp-line".*?</div>|<span class="lp-promise__figure".*?</span>'
    r'|</?header[^>]*>|<p class="lp-eyebrow".*?</p>',
    re.DOTALL,
)


def on_page_content(html, *, page, config, files):
    chapters = {made.source for made in config.extra["site"].chapters}
    if page.file.src_uri not in chapters:
        page.meta["search"] = {"exclude": True}
    return UNSEARCHED.sub("", html).lstrip()
'''
"""A hook, last of all."""

Asked = Callable[[str], Sequence[str]]
"""The ids of the sections that a search gives for a question, best first."""


def main() -> None:
    """Print what was measured."""
    from playwright.sync_api import sync_playwright

    asked = questions("questions.tsv")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(arguments()))
        rates("ours", ours(chromium), asked)
        rates("the theme's", theirs(chromium, Path(folder)), asked)
        for snapshot in (shipped(), enlarged(shipped(), SECTIONS)):
            keystrokes(chromium, snapshot, asked)
        chromium.close()


def rates(name: str, search: Asked, asked: Sequence[Question]) -> None:
    """Print how often the first result answers, and how often one of three."""
    for part in ("first", "later", "all"):
        chosen = [question for question in asked if part in {question.part, "all"}]
        found = [search(question.text) for question in chosen]
        pairs = list(zip(chosen, found, strict=True))
        first = sum(bool(set(ids[:1]) & set(one.sections)) for one, ids in pairs) / len(chosen)
        three = sum(bool(set(ids[:3]) & set(one.sections)) for one, ids in pairs) / len(chosen)
        nothing = sum(not ids for ids in found) / len(chosen)
        shares = f"{first:.0%} first, {three:.0%} among three, {nothing:.0%} nothing"
        say(f"{name:12} {part:6} {len(chosen):4}: {shares}")


def ours(browser: Browser) -> Asked:
    """Return our search on this policy."""
    page = loaded(browser, shipped())
    return lambda query: page.evaluate("(query) => search(query).results.map(({id}) => id)", query)  # type: ignore[no-any-return]


def theirs(browser: Browser, root: Path) -> Asked:
    """Return the theme's search on this policy, on a site built in *root*."""
    repo = PolicyRepo.create(root / "stock")
    equip(repo.root)
    shutil.copytree(PROJECT / "policy", repo.root / "policy")
    settings = (repo.root / "mkdocs.yml").read_text("utf-8")
    settings = re.sub(r"^plugins: .*$", "plugins: [search]", settings, flags=re.MULTILINE)
    settings = settings.replace("  - hooks/chapters.py\n", "  - hooks/chapters.py\n  - hooks/stock.py\n")
    repo.commit("2026-05-03", "Allt", {"mkdocs.yml": settings, "hooks/stock.py": STOCK})
    done = run(repo.root, "build", today=latest_day(PROJECT))
    assert done.returncode == 0, done.stderr
    page = browser.new_page()
    stack = serving(repo.root / "site")
    page.goto(next(stack))
    page.evaluate("document.getElementById('__search').click()")

    def search(query: str) -> Sequence[str]:
        field = page.locator("[data-md-component=search-query]")
        field.fill(query)
        field.press("End")  # it listens for keys
        page.wait_for_timeout(300)  # it answers from a worker, and does not say when it has
        found: list[str] = page.evaluate(
            """() => [...document.querySelectorAll(".md-search-result__item")].flatMap((item) => {
              const [chapter, ...sections] = [...item.querySelectorAll("a.md-search-result__link")];
              // A chapter above what was found in it is a heading, unless it was asked for.
              const asked = !sections.length || chapter.querySelector(":is(h1, h2) mark");
              return [...(asked ? [chapter] : []), ...sections].map(({href}) => new URL(href))
                .map(({hash, pathname}) => hash.slice(1) || pathname.split("/").at(-2));
            })"""
        )
        return found

    return search


def serving(folder: Path) -> Iterator[str]:
    """Yield the address of *folder*, served until the program ends."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"


def loaded(browser: Browser, snapshot: Snapshot) -> Page:
    """Return an empty page that searches *snapshot*."""
    page = browser.new_page()
    page.add_script_tag(path=FIND)
    page.add_script_tag(content=script(index(snapshot)))
    page.evaluate("() => { globalThis.search = lpFinding.finder(livingPolicySearch) }")
    return page


def keystrokes(browser: Browser, snapshot: Snapshot, asked: Sequence[Question]) -> None:
    """Print the size of the index and the milliseconds of every keystroke of the questions."""
    made = index(snapshot)
    content = script(made).encode()
    page = browser.new_page()
    page.add_script_tag(path=FIND)
    ready = page.evaluate(
        """(content) => {
          const start = performance.now();
          (0, eval)(content);
          globalThis.search = lpFinding.finder(livingPolicySearch);
          return performance.now() - start;
        }""",
        content.decode(),
    )
    times = page.evaluate(
        """(texts) => texts.flatMap((text) => Array.from(text, (_, place) => {
          const start = performance.now();
          search(text.slice(0, place + 1));
          return performance.now() - start;
        })).sort((one, other) => one - other)""",
        [question.text for question in asked],
    )
    shares = {"median": 0.5, "95 %": 0.95, "99 %": 0.99, "longest": 1}
    told = ", ".join(f"{name} {times[round((len(times) - 1) * share)]:.1f}" for name, share in shares.items())
    say(
        f"{len(made.entries)} sections, {len(made.forms)} words: {len(content) / 1000:.0f} kB, "
        f"{len(gzip.compress(content, 9)) / 1000:.0f} kB packed; ready in {ready:.0f} ms; "
        f"{len(times)} keystrokes in ms: {told}"
    )
    page.close()


def enlarged(snapshot: Snapshot, count: int) -> Snapshot:
    """Return *snapshot* with copies of its sections up to *count*, in which some words have become others."""
    dice = random.Random(1)
    known = sorted(
        {word for item in snapshot.sections for word in re.findall(r"[a-zåäö]{4,9}", item.section.body)}
    )

    def other(found: re.Match[str]) -> str:
        return (
            dice.choice(known) + found[0]
            if dice.random() < 0.15
            else dice.choice((found[0], dice.choice(known)))
        )

    sections = list(snapshot.sections)
    for number in range(count - len(sections)):
        item = snapshot.sections[number % len(snapshot.sections)]
        section = replace(
            item.section,
            id=f"{item.section.id}-{number}",
            title=re.sub(r"[a-zåäö]{5,}", other, item.section.title),
            body=re.sub(r"[a-zåäö]{5,}", other, item.section.body),
        )
        sections.append(replace(item, section=section))
    return replace(snapshot, sections=tuple(sections))


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
