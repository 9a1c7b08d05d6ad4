"""From an empty folder with only the built wheel, and without a network: init, edit, check, build."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from livingpolicy.starter import fresh_files
from livingpolicy.strictyaml import Source, read
from tests.policy_repo import PolicyRepo, git_environment
from tests.scaffold.calling import NOON, Called, answer, call, every_file

PROJECT = Path(__file__).parents[2]
GUIDE = {"sv": "redaktor", "en": "editing"}
PAGES = ("stylesheets/policy.css", "javascripts/policy.js", "images/favicon.svg", "plansch/index.html")
SUBJECT = {"sv": "Börja med en kundpolicy", "en": "Start a customer policy"}


def without_network() -> list[str]:
    """Return what to put before a command so that it has no network, where that is allowed."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    tried = subprocess.run([unshare, "--net", "true"], capture_output=True, check=False)
    return [unshare, "--net"] if tried.returncode == 0 else []


@dataclass(frozen=True)
class Installed:
    """A Python that has the dependencies and the wheel, and nothing of this checkout."""

    python: Path
    site_packages: Path
    fonts: Path
    """Cutting them takes seconds: what the first build has cut is given to the next."""

    def __call__(self, cwd: Path, *arguments: str) -> Called:
        """Run `python -m ARGUMENTS` in *cwd*, without a network."""
        environment = git_environment() | {"SOURCE_DATE_EPOCH": NOON, "NO_MKDOCS_2_WARNING": "1"}
        for name in ("CI", "PYTHONPATH"):
            environment.pop(name, None)
        done = subprocess.run(
            [*without_network(), str(self.python), "-m", *arguments],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return Called(done.returncode, done.stdout, done.stderr)

    def build(self, cwd: Path) -> Called:
        """Build the site in *cwd*."""
        cut = cwd / ".cache/fonts"
        if self.fonts.is_dir() and not cut.is_dir():
            shutil.copytree(self.fonts, cut)
        done = self(cwd, "mkdocs", "build", "--strict")
        if cut.is_dir() and not self.fonts.is_dir():
            shutil.copytree(cut, self.fonts)
        return done


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the wheel and install it in an environment of its own."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [*without_network(), sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True)
    python = folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    asked = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    site_packages = Path(asked.stdout.strip())
    # The dependencies are those of the tests. A path in a .pth file is not searched for more of them, so that
    # the checkout, which is installed there in place, stays out.
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site_packages)
    return Installed(python, site_packages, folder / "fonts")


def test_the_wheel_is_what_runs(installed: Installed, tmp_path: Path) -> None:
    asked = installed(tmp_path, "livingpolicy", "--version")
    assert asked.code == 0, asked.err
    (tmp_path / "where.py").write_text("from livingpolicy import starter\nprint(starter.shared())\n", "utf-8")
    shared = installed.site_packages / "livingpolicy/starter/shared"
    assert installed(tmp_path, "where").out.strip() == str(shared)


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_an_empty_folder_to_a_site(installed: Installed, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "vår policy"
    made = installed(tmp_path, "livingpolicy", "init", folder.name, "--language", language,
                     "--title", "Så: möter vi kunder", "--organisation", "Åhl & Öst #1")  # fmt: skip
    assert made.code == 0, made.err
    assert SUBJECT[language] in made.err

    # As it stands, before git knows of it.
    checked = installed(folder, "livingpolicy", "check", "--no-git", "--strict")
    assert (checked.code, checked.out) == (0, ""), checked
    assert installed(folder, "livingpolicy", "check").code == 3
    assert "git init" in installed(folder, "livingpolicy", "check").err

    repo = PolicyRepo.create(folder)
    repo.commit("2026-11-20", SUBJECT[language])
    assert installed(folder, "livingpolicy", "check", "--strict").code == 0
    assert installed(folder, "livingpolicy", "fix").code == 0

    built = installed.build(folder)
    assert built.code == 0, built.err
    start = (folder / "site/index.html").read_text("utf-8")
    assert "Så: möter vi kunder" in start
    assert "Åhl &amp; Öst #1" in start or "Åhl & Öst #1" in start
    assert f'<html lang="{language}"' in start
    for path in (*PAGES, f"{GUIDE[language]}/index.html"):
        assert (folder / "site" / path).is_file(), path

    # A mistake is told, and a new section is published.
    chapter = next((folder / "policy/chapters").glob("*.md"))
    right = chapter.read_text("utf-8")
    chapter.write_text(right.replace("kind: promise", "kind: löfte"), "utf-8")
    assert installed(folder, "livingpolicy", "check", "--no-git").code == 2
    assert installed.build(folder).code == 1
    chapter.write_text(right, "utf-8")
    section = installed(folder, "livingpolicy", "new", "section", "Brev", "--chapter", chapter.stem,
                        "--text", "Vi svarar på brev inom en vecka.")  # fmt: skip
    assert section.code == 0, section.err
    assert installed.build(folder).code == 0
    assert 'id="brev"' in (folder / f"site/{chapter.stem}/index.html").read_text("utf-8")


def test_a_style_of_ones_own_stands_in_for_ours(installed: Installed, tmp_path: Path) -> None:
    installed(tmp_path, "livingpolicy", "init")
    (tmp_path / "docs/stylesheets").mkdir()
    (tmp_path / "docs/stylesheets/policy.css").write_text("/* vår */", "utf-8")
    assert installed.build(tmp_path).code == 0
    assert (tmp_path / "site/stylesheets/policy.css").read_text("utf-8") == "/* vår */"


def test_without_flags_it_begins_here_in_swedish(tmp_path: Path) -> None:
    done = call(tmp_path, "init")
    assert done.code == 0, done.err
    assert "title: Kundpolicy\norganisation: Exempelbolaget\nlanguage: sv\n" in (
        tmp_path / "policy/policy.yml"
    ).read_text("utf-8")
    assert call(tmp_path, "check", "--no-git", "--strict").code == 0


def test_on_a_terminal_it_asks_and_goes_on_in_the_language_of_the_answer(tmp_path: Path) -> None:
    done = answer(tmp_path, ["init", "ny"], ["en", "", "Acme"])
    assert done.code == 0, done.out
    assert "Name of the company [Example Ltd]" in done.out
    assert "title: Customer policy\norganisation: Acme\n" in (tmp_path / "ny/policy/policy.yml").read_text(
        "utf-8"
    )


def test_an_empty_repository_is_an_empty_folder(tmp_path: Path) -> None:
    PolicyRepo.create(tmp_path)
    assert call(tmp_path, "init").code == 0


@pytest.mark.parametrize("there", ["README.md", "policy/policy.yml"])
def test_what_is_there_already_is_never_touched(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("Mitt", "utf-8")
    before = every_file(tmp_path)
    done = call(tmp_path, "init")
    assert (done.code, done.out) == (2, "")
    assert there.partition("/")[0] in done.err
    assert call(tmp_path, "init", there).code == 2
    assert every_file(tmp_path) == before


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--title=A<b>", "Tecknen < och >"),
        ("--organisation=  ", "saknar värde"),
        ("--language=de", "'sv', 'en'"),
    ],
)
def test_what_cannot_be_used_is_told_before_anything_is_written(
    tmp_path: Path, option: str, said: str
) -> None:
    done = call(tmp_path, "init", "ny", option)
    assert done.code == 2
    assert said in done.err
    assert every_file(tmp_path) == {}


# ---- what it writes


@pytest.fixture(params=LANGUAGES)
def fresh(request: pytest.FixtureRequest) -> dict[str, str]:
    """Return the files of a fresh repository, as text."""
    files = fresh_files(request.param, title="Titel", organisation="Bolaget")
    return {path: data.decode("utf-8") for path, data in files.items()}


def test_nothing_of_the_machine_or_of_this_repository_is_in_it(fresh: dict[str, str]) -> None:
    for path, text in fresh.items():
        assert str(PROJECT) not in text, path
        assert "src/livingpolicy" not in text, path
        assert "\r" not in text, path
        assert "$title" not in text, path
    assert "Almlunda" not in "".join(fresh.values())


def test_its_workflows_call_what_it_has(fresh: dict[str, str]) -> None:
    """They are those of this repository, which has a Makefile and scripts of its own."""
    makefile = fresh["Makefile"]
    for path, text in fresh.items():
        if path.startswith(".github/workflows/"):
            lines = [line.split("#")[0] for line in text.splitlines()]
            for target in re.findall(r"\bmake ([.\w/-]+)", "\n".join(lines)):
                assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), (path, target)
            for name in re.findall(r"(?:^|\s)((?:\.ci|scripts|tests|src)/[\w./-]+)", "\n".join(lines)):
                assert name in fresh, (path, name)


def test_its_guides_lead_only_to_what_it_has(fresh: dict[str, str]) -> None:
    for path, text in fresh.items():
        if path.startswith("docs/"):
            assert "make test" not in text
            assert "make lock" not in text
            for link in re.findall(r"\]\(([\w-]+\.md)", re.sub(r"`[^`\n]*`", "", text)):
                assert f"docs/{link}" in fresh or link == "tillganglighet.md", (path, link)


def test_its_settings_can_be_read(fresh: dict[str, str]) -> None:
    for path, text in fresh.items():
        if path.endswith(".json"):
            json.loads(text)
        elif path.endswith((".yml", ".yaml")) and not path.startswith(".github/"):
            document, problems = read(text, Source(path))
            assert document is not None, path
            assert not problems, path
