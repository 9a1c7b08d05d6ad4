"""What comes from others: argued for, under free licences, locked by hash, installed from the lock."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

from tests.github.test_workflows import ROOT, TOOLS, WORKFLOWS, scripts

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DIRECT = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
FOR_TESTS = [Requirement(line) for group in PROJECT["dependency-groups"].values() for line in group]
LOCKS = ("requirements.lock", "requirements-dev.lock", "tools.lock")
CHAPTER = re.search(
    r"^## Dependencies\n(.+?)^## ", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)[1]


def argued() -> Iterator[tuple[str, str, str]]:
    """Yield each package of the table in CONTRIBUTING, why it is there, and its licence there."""
    for names, why, told in re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", CHAPTER, re.MULTILINE)[2:]:
        packages, licences = names.split(", "), told.split(", ")
        for number, name in enumerate(packages):
            yield name, why, licences[min(number, len(licences) - 1)]


ARGUED = {name: (why, licence) for name, why, licence in argued()}


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    """Return the script that writes LICENSES.md."""
    spec = importlib.util.spec_from_file_location("write_licences", ROOT / "scripts/write_licences.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its own module up
    spec.loader.exec_module(module)
    return module


def entries(name: str) -> list[str]:
    """Return what a lock file says of each package, its hashes with it."""
    return re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8").strip())


def versions(name: str) -> dict[str, set[str]]:
    """Return the versions that a lock file has of each package; some only for some computers."""
    found: dict[str, set[str]] = {}
    for entry in entries(name):
        package, version = re.match(r"([a-z0-9-]+)==([^\s;]+)", entry).groups()
        found.setdefault(package, set()).add(version)
    return found


def test_every_package_that_we_ask_for_is_argued_for_and_no_other():
    assert set(ARGUED) == {each.name for each in DIRECT}
    assert all(len(why) > 10 for why, _ in ARGUED.values())


@pytest.mark.parametrize("name", sorted(ARGUED))
def test_its_licence_is_the_one_that_the_package_tells(name, licences):
    """By family: a table for people says "BSD"."""
    told = {term.split("-")[0] for term in licences.terms(licences.licence(name))}
    assert set(ARGUED[name][1].split("/")) == told


@pytest.mark.parametrize("name", [each.name for each in FOR_TESTS if not each.name.startswith("types-")])
def test_what_only_the_tests_need_is_named(name):
    assert re.search(rf"(?<![\w-]){name}(?![\w-])", CHAPTER[CHAPTER.index("For tests:") :])


def test_the_list_of_licences_is_that_of_the_lock(licences):
    """`make licences` writes it anew."""
    assert (ROOT / "LICENSES.md").read_text("utf-8") == licences.page()


def test_every_licence_is_free(licences):
    for package in licences.packages():
        assert licences.terms(package.licence) <= licences.FREE, package


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_locked_to_one_version_and_its_hashes_and_to_no_address(lock):
    for entry in entries(lock):
        first, *rest = entry.split(" \\\n")
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; [^\\]+)?", first.strip()), first
        assert rest, first
        assert all(re.fullmatch(r" {4}--hash=sha256:[0-9a-f]{64}", line) for line in rest), first


def test_the_tests_run_with_what_the_site_is_built_with():
    run, test = versions("requirements.lock"), versions("requirements-dev.lock")
    assert {name: test[name] for name in run} == run


@pytest.mark.parametrize("wanted", [*DIRECT, *FOR_TESTS], ids=str)
def test_the_lock_holds_what_we_ask_for(wanted):
    lock = versions("requirements.lock" if wanted in DIRECT else "requirements-dev.lock")
    assert all(wanted.specifier.contains(version, prereleases=True) for version in lock[wanted.name])


def test_the_next_major_version_of_the_site_builder_stays_out():
    (mkdocs,) = (each for each in DIRECT if each.name == "mkdocs")
    assert not mkdocs.specifier.contains("2.0")


def test_everything_is_installed_from_a_lock_by_hash():
    """But for the project itself, which brings nothing along and is built with what is locked."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    calls = re.findall(r"^\t.*\bpip (?:install|sync)\b.*$", makefile, re.MULTILINE)
    assert len(calls) == 3
    for call in calls:
        itself = "--no-deps --no-build-isolation --editable ." in call
        assert itself or "--require-hashes" in call, call


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_installs_nothing_by_itself(path):
    fetches = r"\b(pip|pipx|uvx?|curl|wget|npm|npx|apt|apt-get|docker|gem|go install)\b"
    assert not re.search(fetches, scripts(path))
    assert not re.search(fetches, (ROOT / ".ci/run").read_text("utf-8"))


def test_actionlint_has_nothing_to_say():
    """Without network; expressions, contexts, shells, and what every field may hold."""
    done = subprocess.run(
        [TOOLS / "actionlint", "-shellcheck=", "-pyflakes=", *WORKFLOWS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_actionlint_looks(tmp_path: Path):
    wrong = WORKFLOWS[0].read_text("utf-8").replace("runs-on:", "run-on:")
    (tmp_path / "wrong.yml").write_text(wrong, "utf-8")
    done = subprocess.run([TOOLS / "actionlint", tmp_path / "wrong.yml"], capture_output=True, check=False)
    assert done.returncode == 1
