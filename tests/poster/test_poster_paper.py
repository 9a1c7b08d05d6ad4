"""The poster on paper and on a stick: one A3 page, a code that leads to an answer, one whole file."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from livingpolicy.cli import main
from livingpolicy.clock import Clock
from livingpolicy.errors import ExitCode
from livingpolicy.model import Logo, Snapshot
from livingpolicy.render.pages.values import SiteSettings
from livingpolicy.render.poster import poster_page
from livingpolicy.render.poster_alone import alone
from livingpolicy.render.poster_door import door
from livingpolicy.render.poster_editions import edition, poster_changes
from livingpolicy.render.poster_pages import poster_check_files
from livingpolicy.snapshot import take_snapshot
from tests.browser import Watched, browser, open_page
from tests.policy_repo import CHAPTER, MINIMAL, POLICY_YML, PolicyRepo
from tests.poster import samples
from tests.poster.test_poster_plans import SVG
from tests.poster.test_poster_screen import PIXELS

__all__ = ["browser", "open_page"]

Opened = Callable[..., Watched]

POLICY = "policy/policy.yml"
NOW = Clock(datetime(2026, 11, 22, 12, tzinfo=UTC))
PATH = "policy/chapters/tillganglighet.md"
HUNG = POLICY_YML.replace("phases: []", "poster: {address: KUND.EXAMPLE.COM, distance_m: 3}")


def chapter(minutes: str, figure: int, *, mail: bool = False) -> str:
    """Return a chapter whose first promise counts *minutes*, and whose second is a promise about mail."""
    text = CHAPTER.replace("inom tre minuter", f"inom {minutes} minuter").replace(
        "minuter.\n```", f"minuter.\nposter: {{figure: {figure}, unit: minuter, text: till svar}}\n```", 1
    )
    sentence = "kind: promise\npromise: Vi svarar på mejl samma dag."
    promise = f"```yaml\n{sentence}\nposter: {{text: Svar samma dag}}\n```\n\n"
    return text.replace("Vi svarar på mejl samma dag.\n", f"{promise}Så gör vi.\n") if mail else text


@pytest.fixture(autouse=True)
def _cut_already(policy_repo: PolicyRepo) -> None:
    """Lend the repository the fonts that every test uses; to cut them takes seconds."""
    samples.fonts()
    shutil.copytree(samples.ROOT / ".cache" / "fonts", policy_repo.root / ".cache" / "fonts")
    policy_repo.write({".gitignore": ".cache/\n"})


@pytest.fixture
def told(policy_repo: PolicyRepo) -> tuple[Snapshot, list[str]]:
    """Return a policy whose promises changed twice, and the commits, oldest first."""
    commits = [
        policy_repo.commit(
            "2026-01-10", "Löftet om telefon", {**MINIMAL, POLICY: HUNG, PATH: chapter("tre", 3)}
        ),
        policy_repo.commit(
            "2026-03-01", "Stavfel i ingressen", {PATH: chapter("tre", 3).replace("Så når", "Hur")}
        ),
        policy_repo.commit("2026-05-02", "Fem minuter räcker", {PATH: chapter("fem", 5)}),
        policy_repo.commit("2026-09-03", "Ett löfte om mejl", {PATH: chapter("fem", 5, mail=True)}),
    ]
    snapshot, _ = take_snapshot(policy_repo.root, NOW)  # type: ignore[attr-defined]
    return snapshot, commits


def test_an_edition_is_named_after_the_last_commit_that_changed_a_promise(
    told: tuple[Snapshot, list[str]],
) -> None:
    snapshot, commits = told
    plan = snapshot.policy.posters[0]
    changes = poster_changes(snapshot, plan)
    names = [sha[:7].upper() for sha in commits]
    assert [change.name for change in changes] == [names[3], names[2], names[0]]
    assert edition(snapshot, plan) == names[3]
    (change,) = changes[1].promises
    assert (change.before, change.after) == (
        "Vi svarar i telefon inom tre minuter.",
        "Vi svarar i telefon inom fem minuter.",
    )


def test_what_is_not_published_has_no_edition(told: tuple[Snapshot, list[str]]) -> None:
    """Paper that is printed from a draft leads to the policy, and says that it is a draft."""
    snapshot, _ = told
    plan = snapshot.policy.posters[0]
    for history in (
        replace(snapshot.history, drafts=frozenset({"svar-telefon"})),
        replace(snapshot.history, complete=False),
    ):
        assert edition(replace(snapshot, history=history), plan) is None


def test_the_page_behind_the_paper_says_whether_it_holds_and_what_has_changed(
    told: tuple[Snapshot, list[str]],
) -> None:
    snapshot, commits = told
    files = {file.path: file.content.decode() for file in poster_check_files(snapshot, SiteSettings())}
    names = [sha[:7].upper() for sha in commits]
    assert set(files) == {
        "plansch/kontroll/index.html",
        *(f"P/{names[number]}/index.html" for number in (0, 2, 3)),
    }
    assert "Ja, den gäller." in files[f"P/{names[3]}/index.html"]
    older = files[f"P/{names[2]}/index.html"]
    assert "Nej, den gäller inte längre." in older
    assert "En ändring har gjorts" in older
    assert "Vi svarar på mejl samma dag." in older
    assert "tre minuter" not in older
    oldest = files[f"P/{names[0]}/index.html"]
    assert "<del>Vi svarar i telefon inom tre minuter.</del>" in oldest
    assert "Fem minuter räcker" in oldest
    assert 'href="../../tillganglighet/#svar-telefon"' in oldest
    every = files["plansch/kontroll/index.html"]
    assert "2026-11-22 · " in every
    assert every.count('class="lp-check__day"') == 3
    assert all("<script>" not in text for text in files.values())


def test_a_promise_that_was_taken_away_is_missed(policy_repo: PolicyRepo) -> None:
    policy_repo.commit("2026-01-10", "Löftena", {**MINIMAL, POLICY: HUNG, PATH: chapter("tre", 3, mail=True)})
    head, _, _ = chapter("tre", 3, mail=True).partition("## Svar på mejl")
    policy_repo.commit("2026-05-02", "Inget löfte om mejl", {PATH: head})
    snapshot, _ = take_snapshot(policy_repo.root, NOW)  # type: ignore[attr-defined]
    newest, *_ = poster_changes(snapshot, snapshot.policy.posters[0])
    assert [(one.before, one.after) for one in newest.promises] == [("Vi svarar på mejl samma dag.", None)]


@pytest.mark.parametrize(
    ("address", "edition", "modules"),
    [
        ("KUND.EXAMPLE.COM", None, 25),
        ("KUND.EXAMPLE.COM", "A1B2C3D", 25),
        ("INTRANATET.EXAMPLE.COM", "A1B2C3D", 29),
    ],
)
def test_the_code_on_paper_is_no_finer_than_that_on_the_screen(
    address: str, edition: str | None, modules: int
) -> None:
    """An address of up to 20 characters and the name of an edition fit into 25 squares."""
    found = door(address, edition)
    assert found is not None
    assert f'viewBox="0 0 {modules + 8} {modules + 8}"' in found.on_paper


def read_code(picture: bytes, open_page: Opened) -> list[str]:
    """Return what the QR codes in a PNG say."""
    import zxingcpp

    size = int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")
    encoded = base64.b64encode(picture).decode()
    pixels = base64.b64decode(open_page("about:blank").page.evaluate(PIXELS, encoded))
    image = memoryview(pixels).cast("B", shape=(size[1], size[0]))
    return [code.text for code in zxingcpp.read_barcodes(image)]


@pytest.mark.browser
@pytest.mark.parametrize("form", ["landscape", "portrait"])
def test_the_command_prints_one_a3_page_whose_code_is_read_at_100_dots_per_inch(
    form: str, policy_repo: PolicyRepo, tmp_path: Path, open_page: Opened
) -> None:
    """From the PDF itself where poppler is installed, else from the page as Chromium prints it."""
    sha = policy_repo.commit(
        "2026-01-10", "Löftena", {**MINIMAL, POLICY: HUNG, PATH: chapter("tre", 3, mail=True)}
    )
    files = [tmp_path / f"plansch.{suffix}" for suffix in ("pdf", "html")]
    call = ["poster", "--pdf", str(files[0]), "--html", str(files[1]), "--format", form]
    assert main([*call, "--today", "2026-11-22", "--root", str(policy_repo.root)]) == ExitCode.FINE
    pdf = files[0].read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    sides = [round(float(side)) for side in pdf.split(b"/MediaBox [")[1].split(b"]")[0].split()[2:]]
    assert sides == ([1191, 842] if form == "landscape" else [842, 1191])
    fonts = set(re.findall(rb"/FontName\s*/\w+\+([\w-]+)", pdf))
    assert {name.split(b"-")[0] for name in fonts} == {b"BricolageGrotesque", b"HankenGrotesk"}
    assert b"/FontFile2" in pdf or b"/FontFile3" in pdf
    assert b"/Type3" not in pdf
    width, height = (1654, 1169) if form == "landscape" else (1169, 1654)
    if shutil.which("pdftoppm"):
        picture = tmp_path / "plansch"
        order = ["pdftoppm", "-r", "100", "-png", "-singlefile", str(files[0]), str(picture)]
        subprocess.run(order, check=True)
        data = picture.with_suffix(".png").read_bytes()
    else:
        page = open_page(files[1].as_uri(), width=width, height=height).page
        page.emulate_media(media="print")
        data = page.screenshot()
    assert read_code(data, open_page) == [f"HTTP://KUND.EXAMPLE.COM/P/{sha[:7].upper()}"]


@pytest.mark.browser
def test_on_paper_it_says_its_version_and_how_to_compare_it(tmp_path: Path, open_page: Opened) -> None:
    """That it is current is true on the day of printing alone; that it is late stays true."""
    compare = "Kontrollera aktuell version via QR"
    for today, says in (
        ("2026-11-22", f"Version 2026-11-22 · c0ffee0 {compare} Kundchefen ansvarar"),
        (
            "2027-02-13",
            f"Granskningen är försenad sedan 13 februari 2027 Version 2027-02-13 · c0ffee0 {compare}",
        ),
    ):
        page = samples.write(tmp_path / today, samples.snapshot(samples.PROMISES[:8], today=today))
        opened = open_page(
            page.as_uri(), setup=lambda page, day=today: page.clock.install(time=f"{day}T12:00:00Z")
        )
        opened.page.emulate_media(media="print")
        text = opened.page.locator(".lp-foot__states").inner_text()
        assert " ".join(text.split()) == says
        assert opened.page.locator(".lp-door__invitation").inner_text() == "Gäller den än?"


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_single_file_needs_nothing_else(theme: str, tmp_path: Path, open_page: Opened) -> None:
    """From a stick, far from its folder: fonts, style, script and logo are inside; it asks for nothing."""
    settings = replace(
        samples.snapshot().policy.poster, logo=Logo("policy/images/logo.svg", SVG), distance_m=3
    )
    taken = samples.snapshot(samples.PROMISES[:8], poster=settings)
    files = poster_page(taken, fonts=samples.fonts())
    target = tmp_path / "plansch.html"
    target.write_bytes(alone(files, taken.policy.posters[0], theme=theme))
    watched = open_page(target.as_uri())
    assert watched.complaints == []
    assert [url for url in watched.requests if not url.startswith("data:")] == [target.as_uri()]
    fonts = '[...document.fonts].filter(font => font.status === "loaded").length'
    assert watched.page.evaluate(fonts) == 3
    assert watched.page.evaluate("document.querySelector('.lp-logo img').naturalWidth") > 0
    assert watched.page.evaluate("document.documentElement.dataset.theme") == theme
    assert watched.page.evaluate("document.documentElement.dataset.ready") == ""
    assert b"unsafe" not in target.read_bytes()
    assert len(target.read_bytes()) < 200_000


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Say what to write"),
        (["--png", "x.png", "--size", "10x"], "is no size"),
        (["--html", "x.html", "--name", "lager"], "There is no poster 'lager'"),
    ],
)
def test_a_call_that_is_wrong_says_what_is_right(
    arguments: list[str], says: str, policy_repo: PolicyRepo, capsys: pytest.CaptureFixture[str]
) -> None:
    policy_repo.commit("2026-01-10", "Löftena", {**MINIMAL, POLICY: HUNG})
    assert main(["poster", *arguments, "--root", str(policy_repo.root)]) == ExitCode.WRONG
    assert says in capsys.readouterr().err


def test_a_poster_that_cannot_be_read_is_not_printed(
    policy_repo: PolicyRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    far = HUNG.replace("distance_m: 3", "distance_m: 30")
    policy_repo.commit("2026-01-10", "Löftena", {**MINIMAL, POLICY: far, PATH: chapter("tre", 3, mail=True)})
    target = tmp_path / "plansch.html"
    assert main(["poster", "--html", str(target), "--root", str(policy_repo.root)]) == ExitCode.WRONG
    assert "policy/policy.yml:12: poster-unreadable: " in capsys.readouterr().err
    assert not target.exists()
    assert main(["check", "--root", str(policy_repo.root), "--today", "2026-02-01"]) == ExitCode.WRONG
