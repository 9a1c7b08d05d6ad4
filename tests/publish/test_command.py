"""`livingpolicy publish` with a real build: what it says, and that only a whole site gets out."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from livingpolicy.publish.proof import Facts, prove
from tests.publish.disks import tmpfs
from tests.site.building import (
    COMPLAINTS,
    TODAY,
    Project,
    environment,
    every_file,
    make_project,
)

Published = tuple[Project, Path, "subprocess.CompletedProcess[str]"]


def command(project: Project, *arguments: str | Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "livingpolicy",
        "publish",
        *map(str, arguments),
        "--root",
        str(project.root),
    ]


def run(
    project: Project, *arguments: str | Path, today: str = TODAY, **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(project, *arguments),
        env=environment(today) | variables,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )


@pytest.fixture(scope="module")
def published(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Project, Path, subprocess.CompletedProcess[str]]:
    """Return a project, where it has been published, and what was said. Tests put back what they change."""
    place = tmp_path_factory.mktemp("srv")
    project = make_project(place / "kalla")
    done = run(project, place / "aktuell", "-v", "--base-url", "https://kund.example.com/policy")
    assert done.returncode == 0, done.stderr
    return project, place / "aktuell", done


def test_a_policy_is_published_looked_over_and_told_of(published: Published) -> None:
    """One line says what readers see now; with -v there is one for each phase, with its time."""
    project, path, done = published
    assert re.fullmatch(
        rf"Publicerat: {path} visar nu utgåva 00001-[0-9a-f]{{16}} \(\d+ filer\)\.\n", done.stdout
    )
    phases = re.findall(r"^(.+): \d+\.\d\d s$", done.stderr, re.MULTILINE)
    assert phases == [
        "Läser policyn och historiken",
        "Bygger",
        "Ser över det som byggts",
        "Behåller det som äldre sidor frågar efter",
        "Skriver till disken",
        "Byter",
        "Tar bort äldre utgåvor",
    ]
    head = project.repo.git("rev-parse", "HEAD")
    facts = Facts("https://kund.example.com/policy/", head, written="{{ target.svarstid }}".__eq__)
    assert prove(path, facts).findings == ()
    assert f'"commit": "{head}"' in (path / "status.json").read_text()


def test_the_address_that_was_given_is_in_feeds_and_on_the_page_for_wrong_addresses(
    published: Published,
) -> None:
    _, path, _ = published
    assert 'href="https://kund.example.com/policy/' in (path / "changes.atom").read_text("utf-8")
    assert "https://kund.example.com/policy/" in (path / "review.ics").read_text("utf-8").replace("\r\n ", "")
    assert 'href="/policy/stylesheets/policy.css"' in (path / "404.html").read_text("utf-8")


def test_only_the_site_lies_where_readers_see_it(published: Published) -> None:
    """The headers lie beside it, and what only developers of the theme need is left out."""
    project, path, _ = published
    files = every_file(path)
    assert not [name for name in files if name.endswith((".map", ".md", ".yml")) or "/." in f"/{name}"]
    assert (path.parent / ".aktuell.releases/headers/nginx.conf").is_file()
    assert project.repo.git("status", "--porcelain") == ""


@pytest.fixture
def as_it_was(published: Published):
    """Put the project back after a test, and hold that not a byte of what is published has changed."""
    project, path, _ = published
    before, leads = every_file(path.parent / ".aktuell.releases"), path.readlink()
    yield
    project.repo.git("reset", "--quiet", "--hard", project.repo.git("rev-list", "--max-parents=0", "HEAD"))
    project.repo.git("clean", "-fdq")
    assert every_file(path.parent / ".aktuell.releases") == before
    assert path.readlink() == leads


@pytest.mark.usefixtures("as_it_was")
def test_wrong_content_is_told_of_before_anything_is_built(published: Published) -> None:
    project, path, _ = published
    project.repo.write({"policy/chapters/klagomal.md": COMPLAINTS.replace("kind: rule", "kind: regel")})
    done = run(project, path)
    assert done.returncode == 2
    assert re.match(r"policy/chapters/klagomal\.md:\d+: [a-z-]+: ", done.stderr)
    assert "Inget har publicerats" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("as_it_was")
def test_what_is_not_committed_is_not_published(published: Published) -> None:
    """What readers see is what was decided; --no-strict shows it as a draft."""
    project, path, _ = published
    project.repo.write({"policy/chapters/klagomal.md": COMPLAINTS + "\nMer.\n"})
    done = run(project, path)
    assert done.returncode == 2
    assert done.stderr == (
        "policy/ har ändringar som inte är sparade i git (policy/chapters/klagomal.md). Spara dem med "
        "git commit eller ångra dem, så att det som publiceras är det som är beslutat. Med --no-strict "
        "publiceras de ändå, märkta som utkast. Inget har publicerats. Läsarna ser det de såg förut.\n"
    )


@pytest.mark.usefixtures("as_it_was")
def test_without_the_whole_history_nothing_is_published(published: Published, tmp_path: Path) -> None:
    """A shallow clone would take every date away from the readers; the cure is named."""
    project, path, _ = published
    project.repo.commit("2026-06-01", "Mer om mejl", {"policy/chapters/klagomal.md": COMPLAINTS + "\nMer.\n"})
    shallow = tmp_path / "grund"
    project.repo.git("clone", "--quiet", "--depth=1", f"file://{project.root}", str(shallow))
    shutil.copy(project.root / "mkdocs.yml", shallow)
    done = run(Project(type(project.repo)(shallow)), path)
    assert done.returncode == 3
    assert "git fetch --unshallow" in done.stderr


@pytest.mark.usefixtures("as_it_was")
def test_a_hook_that_breaks_and_a_guide_with_a_wrong_link_publish_nothing(published: Published) -> None:
    """A bug is the environment's fault (3) and says where it is; a wrong link is the content's (2)."""
    project, path, _ = published
    hook = "def on_env(env, **_):\n    raise RuntimeError('temat gick sönder')\n"
    settings = (project.root / "mkdocs.yml").read_text("utf-8")
    project.repo.write(
        {"hooks/mine.py": hook, "mkdocs.yml": settings.replace("hooks:\n", "hooks:\n  - hooks/mine.py\n")},
    )
    done = run(project, path)
    assert done.returncode == 3
    assert "temat gick sönder" in done.stderr
    assert done.stderr.endswith("Inget har publicerats. Läsarna ser det de såg förut.\n")
    guide = (project.root / "docs/redaktor.md").read_text("utf-8")
    project.repo.write({"mkdocs.yml": settings, "docs/redaktor.md": guide + "\n[x](saknas.md)\n"})
    done = run(project, path)
    assert done.returncode == 2
    assert "saknas.md" in done.stderr
    assert "MkDocs kunde inte bygga webbplatsen" in done.stderr


@pytest.mark.usefixtures("as_it_was")
def test_an_author_whose_address_stands_in_a_guide_stops_the_publication(published: Published) -> None:
    """Found when the site is looked over, with page and line; a role's own address may stand."""
    project, path, _ = published
    guide = (project.root / "docs/redaktor.md").read_text("utf-8")
    project.repo.write({"docs/redaktor.md": guide + "\nSkriv till <test@example.com> {{ mig }}.\n"})
    done = run(project, path)
    assert done.returncode == 2
    found = re.findall(r"^(redaktor/index\.html):\d+: (\S+): (.+)$", done.stderr, re.MULTILINE)
    # Where the link leads and what it says; what an editor wrote in braces may stand.
    assert {code for _, code, _ in found} == {"address"}
    assert "Webbplatsen byggdes, men" in done.stderr


@pytest.mark.usefixtures("as_it_was")
@pytest.mark.skipif(os.name == "nt", reason="signals as Unix has them")
def test_a_publication_that_is_told_to_end_takes_back_what_it_began(published: Published) -> None:
    """SIGTERM while MkDocs builds: no half build and no process is left."""
    project, path, _ = published
    project.repo.write({"docs/extra.md": "# Extra\n"})
    process = subprocess.Popen(
        command(project, path), env=environment(TODAY), stderr=subprocess.PIPE, text=True, cwd="/"
    )
    folder = path.parent / ".aktuell.releases"
    for _ in range(1000):
        if any(folder.glob("building-*")) or process.poll() is not None:
            break
        time.sleep(0.02)
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM
    assert not any(folder.glob("building-*"))


def test_a_disk_that_is_too_small_for_the_site(published: Published, tmp_path: Path) -> None:
    """Exit code 3 and one line, also when it is MkDocs that meets the end of the disk."""
    project, _, _ = published
    with tmpfs(tmp_path / "skiva") as place:
        done = run(project, place / "aktuell")
        assert done.returncode == 3
        assert "disken är full. Frigör utrymme och kör igen." in done.stderr
        assert not (place / "aktuell").exists()
        assert not any((place / ".aktuell.releases").glob("building-*"))


def test_the_next_day_is_a_new_release_and_rollback_is_the_old_one(published: Published) -> None:
    """Going back works with a policy that is broken, too: that is when one needs it."""
    project, path, _ = published
    before = every_file(path)
    assert run(project, path, today="2026-10-21").returncode == 0
    assert '"built_on": "2026-10-21"' in (path / "status.json").read_text()
    project.repo.write({"policy/policy.yml": "title: [\n"})
    done = run(project, path, "--rollback")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(rf"Tillbaka: {path} visar nu utgåva 00001-\w+ igen\.\n", done.stdout)
    assert before.items() <= every_file(path).items()
    project.repo.git("checkout", "--quiet", "policy")
    done = run(project, path, "--rollback")
    assert done.returncode == 2
    assert "ingen tidigare utgåva" in done.stderr


@pytest.mark.parametrize("arguments", [("--keep", "1"), ("--keep", "-3"), ("--keep", "alla")])
def test_fewer_than_two_releases_cannot_be_kept(published: Published, arguments: tuple[str, str]) -> None:
    project, path, _ = published
    assert run(project, path, *arguments).returncode == 2


def test_a_repository_without_a_site_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "livingpolicy", "publish", str(tmp_path / "ut"), "--root", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(f"{tmp_path}/mkdocs.yml finns inte.")
