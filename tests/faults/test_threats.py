"""Whatever is written in the policy or in its history stays text, on pages, terminals and in tables."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from livingpolicy.cli import main
from tests.assessment.samples import QUESTIONNAIRE_PATH, RESULT_PATH, all_of, questionnaire_yml, result_yml
from tests.browser import Watched, browser, open_page
from tests.calendars import reader
from tests.content.reading import LEDGER, LEDGER_PATH, POLICY_PATH, TARGETS, TARGETS_PATH, changed, places
from tests.content.reading import section as chapter_with
from tests.content.test_faults_improvements import LUNCH
from tests.content.test_faults_improvements import PATH as IMPROVEMENTS_PATH
from tests.content.test_faults_measurements import GOOD, file
from tests.content.test_faults_synonyms import SYNONYMS_PATH
from tests.faults import hostile
from tests.nginx import nginx
from tests.policy_repo import CHAPTER, POLICY_YML, PolicyRepo
from tests.site.building import Project, equip, every_file

__all__ = ["browser", "nginx", "open_page"]  # the fixtures

TODAY = "2026-10-20"


# ---- what the reader refuses, wherever it is written


WRITTEN: dict[str, Callable[[str], dict[str, str | bytes | None]]] = {
    "the settings": lambda text: {POLICY_PATH: changed(POLICY_YML, "Exempelbolaget", f"'Exempel {text}'")},
    "front matter": lambda text: {
        "policy/chapters/tillganglighet.md": changed(CHAPTER, "owner:", f"description: 'Så {text}'\nowner:")
    },
    "a section": lambda text: dict(chapter_with(f"Vi svarar {text}.\n")),
    "a target": lambda text: {TARGETS_PATH: changed(TARGETS, "Svar i telefon", f"'Svar {text}'")},
    "the ledger": lambda text: {LEDGER_PATH: changed(LEDGER, "Växelns statistik", f"Växelns {text}")},
    "a measured value": lambda text: dict(file(changed(GOOD, "ny växel", f"ny {text}"))),
    "an improvement": lambda text: {
        IMPROVEMENTS_PATH: changed(LUNCH, "Var femte kund", f"Var {text}"),
        TARGETS_PATH: TARGETS,
    },
    "the questionnaire": lambda text: {
        QUESTIONNAIRE_PATH: changed(questionnaire_yml(), "Vi gör g1-1", f"'Vi gör {text}'")
    },
    "a warning sign": lambda text: {
        QUESTIONNAIRE_PATH: questionnaire_yml(),
        RESULT_PATH: result_yml(all_of(4), signs=[f"'{text}'"]),
    },
    "a synonym": lambda text: {SYNONYMS_PATH: f"- [svar, '{text}']\n"},
}
VECTORS = {
    "a script": "<script>pwned()</script>",
    "a picture": "<img src=x onerror=pwned()>",
    "text that turns": "sv\u202ear",
    "what nobody sees": "sv\u200bar",
    "an escape of the terminal": "sv\x1b[31mar",
    "an escape of the terminal in one character": "sv\x9b31mar",
    "half a line": "sv\u2028ar",
}


@pytest.mark.parametrize("where", WRITTEN)
@pytest.mark.parametrize("vector", VECTORS)
def test_markup_and_what_nobody_sees_are_refused_with_their_line(
    tmp_path: Path, where: str, vector: str
) -> None:
    found = places(tmp_path, WRITTEN[where](VECTORS[vector]))
    codes = {place.rpartition(" ")[2] for place in found if not place.startswith("(")}
    if where == "a warning sign":  # an id, which can hold nothing of the kind
        codes &= {"angle-bracket", "forbidden-character", "unknown-sign", "bad-id"}
    else:
        codes &= {"angle-bracket", "raw-html"} if "<" in VECTORS[vector] else {"forbidden-character"}
    assert codes, found


# ---- what a repository that is hostile throughout becomes


@pytest.fixture(scope="module")
def mark(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("traps") / "mark"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, mark: Path) -> Project:
    """The hostile policy in a repository full of traps, its site built in strict mode but for warnings."""
    repo = PolicyRepo.create(tmp_path_factory.mktemp("hostile") / "kundpolicy")
    equip(repo.root)
    repo.write({".gitignore": "/site/\n/site-headers/\n/.cache/\n"})
    hostile.attacked(repo)
    hostile.booby_trap(repo, mark)
    project = Project(repo)
    done = project.build(today=TODAY)
    assert done.returncode == 0, done.stderr
    assert not controls(done.stdout + done.stderr)
    return project


def controls(text: str) -> list[str]:
    """Return what moves a cursor, turns text around, or is a command to a platform that reads the line."""
    return [
        *re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029]", text),
        *(line for line in text.splitlines() if re.match(r"\s*(::[a-z]|##\[)", line)),
    ]


def test_no_program_of_the_repository_is_run(attacked: Project, mark: Path) -> None:
    assert not mark.exists(), mark.read_text("utf-8")
    assert not list(attacked.root.rglob("pwned"))


def test_no_file_outside_the_policy_is_read_into_a_page(attacked: Project) -> None:
    files = every_file(attacked.site)
    assert [path for path, data in files.items() if hostile.SECRET.encode() in data] == []
    assert '--8&lt;-- "hemligt.txt"' in attacked.read("tillganglighet/index.html") or (
        "--8&lt;-- &quot;hemligt.txt&quot;" in attacked.read("tillganglighet/index.html")
    )


def test_nobody_who_committed_is_named(attacked: Project) -> None:
    for path, data in every_file(attacked.site).items():
        assert b"anna.hemlig" not in data, path
        assert b"Anna Hemlig" not in data, path


def test_no_element_or_attribute_of_a_page_comes_from_the_policy(attacked: Project) -> None:
    """As a browser reads the page, and not as it looks in the source."""
    from html.parser import HTMLParser

    class Reader(HTMLParser):
        found: list[str]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            for name, value in attrs:
                if name.startswith("on") or (name in {"src", "srcset"} and hostile.EVIL in (value or "")):
                    self.found.append(f"{tag} {name}={value}")
                if name in {"href", "action", "src"} and re.match(
                    r"\s*(javascript|vbscript|data:text)\b", value or ""
                ):
                    self.found.append(f"{tag} {name}={value}")

    for path in sorted(attacked.site.rglob("*.html")):
        page = path.read_text("utf-8")
        read = Reader()
        read.found = []
        read.feed(page)
        assert read.found == [], path
        for script in re.findall(r"<script\b[^>]*>(.*?)</script>", page, re.DOTALL | re.IGNORECASE):
            assert "pwned" not in script or "\\u003c" in script or "<" not in script, path


def test_what_machines_read_is_well_formed(attacked: Project) -> None:
    """JSON, XML and calendars by readers of their own, with every text whole inside."""
    for path in attacked.site.rglob("*"):
        match path.suffix:
            case ".json" | ".webmanifest":
                json.loads(path.read_bytes())
            case ".xml" | ".atom" | ".svg":
                ET.fromstring(path.read_bytes())
            case ".ics":
                calendar = path.read_bytes()
                reader.read(calendar)
                assert b"\nATTENDEE" not in calendar


@pytest.fixture
def call(
    attacked: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[str, str]]:
    monkeypatch.chdir(attacked.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1792497600")  # noon (UTC) on 20 October 2026
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.delenv("CI", raising=False)

    def called(*argv: str) -> tuple[str, str]:
        capsys.readouterr()
        assert main(argv) in {0, 1}
        captured = capsys.readouterr()
        return captured.out, captured.err

    return called


ANSWERS = [
    *(("report", "--format", form) for form in ("text", "markdown", "json", "csv")),
    *(("check", "--format", form) for form in ("text", "github", "json", "junit", "sarif")),
    *(("check", "--scope", "changed", "--base", "HEAD~1", "--format", form) for form in ("text", "github")),
    *(("diff", "HEAD~1", "--format", form) for form in ("text", "markdown", "json")),
    *(("log", "svar-telefon", "--format", form) for form in ("text", "json")),
    ("log", "svar-telefon", "--short"),
    *(("show", "svar-telefon", "--on", "2026-06-01", "--format", form) for form in ("text", "json")),
    *(("targets", "--format", form) for form in ("text", "json", "csv")),
    *(("agenda", "--format", form) for form in ("text", "markdown")),
]


@pytest.mark.parametrize("argv", ANSWERS, ids=" ".join)
def test_no_answer_is_a_command_of_a_terminal_or_a_platform(
    call: Callable[..., tuple[str, str]], argv: tuple[str, ...]
) -> None:
    """`check --format github` speaks to GitHub itself, in its own words only."""
    out, err = call(*argv)
    assert out
    if "github" in argv:
        out = re.sub(r"(?m)^::(error|warning|notice|debug)( [^:\n]*)?::", "", out)
    if argv[0] == "diff" and "markdown" in argv:
        out = out.replace("\u200b", "")  # ours: it keeps @ and # from being links of the forge
    assert controls(out) == []
    assert controls(err) == []
    if "json" in argv or "sarif" in argv:
        json.loads(out)
    if "junit" in argv:
        ET.fromstring(out)
    if "csv" in argv:
        rows = list(csv.reader(io.StringIO(out)))
        assert [cell for row in rows for cell in row if re.match(r"[=+@\t\r]|-(?!\d|$)", cell)] == []
    if "markdown" in argv:
        assert not re.search(r"<(script|img|svg|b)\b", out)


def test_the_values_that_are_written_down_are_no_formulas(
    call: Callable[..., tuple[str, str]], capsys: pytest.CaptureFixture[str], attacked: Project
) -> None:
    """What the command line is given is read as strictly as a file."""
    path = attacked.root / "policy/measurements/svarstid.csv"
    before = path.read_bytes()
    for comment in ("=1+1", "@SUM(A1)", "<script>", "a\u202eb", "a\x1b[31mb"):
        assert main(["measure", "svarstid", "2026-07", "3", "--n", "9", "--comment", comment]) == 2
        assert controls(capsys.readouterr().err) == []
        assert path.read_bytes() == before


# ---- in a browser, behind the headers that the build writes


PROBE = """() => [...document.querySelectorAll('*')].flatMap(one =>
    [...one.attributes].filter(a => a.name.startsWith('on')).map(a => `${one.tagName} ${a.name}`))"""
QUERY = "%3Cimg%20src%3D//evil.example/q%20onerror%3Dpwned()%3E"


@pytest.mark.browser
class TestInTheBrowser:
    def test_nothing_runs_and_nobody_else_is_asked(
        self, attacked: Project, nginx: Callable[[Path, str], str], open_page: Callable[..., Watched]
    ) -> None:
        """Every page, hovered and focused all over; dialogs, calls, requests and violations are counted."""
        snippet = (attacked.root / "site-headers/nginx.conf").read_text("utf-8")
        address = nginx(attacked.site, snippet)
        ran: list[str] = []

        def setup(page: Any) -> None:
            page.expose_function("pwned", lambda *_: ran.append(page.url))
            page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
            page.on("popup", lambda popup: ran.append(popup.url))

        watched = open_page(address, width=1280, height=900, setup=setup)
        page = watched.page
        paths = sorted(path.relative_to(attacked.site).as_posix() for path in attacked.site.rglob("*.html"))
        assert len(paths) > 20
        ours = [path for path in paths if path.startswith(("redaktor", "granska/", "fel", "falt", "drift"))]
        paths = [path for path in paths if path not in ours]  # the guides hold nothing of the policy
        paths += [
            f"sok/index.html?q={QUERY}",
            f"tillganglighet/index.html#{QUERY}",
            f"nar/index.html#{QUERY}",
        ]
        for path in paths:
            page.goto(address + path.replace("index.html", ""))
            assert page.evaluate(PROBE) == [], path
            page.evaluate(
                """() => document.querySelectorAll('main *').forEach(one => {
                    one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
                    if (one.focus) one.focus({preventScroll: true});
                })"""
            )
        page.goto(f"{address}sok/?q=svar")
        page.wait_for_function("document.querySelectorAll('main a').length > 3")
        assert page.evaluate(PROBE) == []
        assert ran == []
        page.evaluate("pwned()")
        assert len(ran) == 1, "the canary lives"
        assert [url for url in watched.requests if not url.startswith((address, "data:", "blob:"))] == []
        assert [one for one in watched.complaints if one.startswith(("error: ", "uncaught: "))] == []


def test_the_commands_leave_the_traps_alone(
    call: Callable[..., tuple[str, str]], mark: Path, attacked: Project
) -> None:
    for argv in (("report",), ("log", "svar-telefon"), ("diff", "HEAD~1"), ("check", "--scope", "changed")):
        call(*argv)
    assert not mark.exists(), mark.read_text("utf-8")
    assert not (attacked.root / "pwned").exists()
