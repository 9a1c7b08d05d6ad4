"""What is dangerous is refused before anything is touched."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from livingpolicy.cli import main
from livingpolicy.errors import PublishError
from livingpolicy.publish import target as target_module
from livingpolicy.publish.target import There, find_target
from tests.policy_repo import MINIMAL, POLICY_YML, PolicyRepo
from tests.publish.disks import tmpfs
from tests.publish.tiny import put, tiny
from tests.site.building import every_file


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a home, a repository and some things that lie about."""
    home = tmp_path / "home"
    repo = PolicyRepo.create(tmp_path / "home" / "arkiv")
    repo.write({**MINIMAL, "mkdocs.yml": "site_name: x\nsite_dir: byggd\n", "docs/index.md": "# x\n"})
    (tmp_path / "www" / "annat").mkdir(parents=True)
    (tmp_path / "www" / "annat" / "viktigt.doc").write_text("viktigt")
    (tmp_path / "www" / "fil").write_text("fil")
    (tmp_path / "www" / "lank").symlink_to("annat")
    (tmp_path / "www" / "bruten").symlink_to("borta")
    (tmp_path / "www" / ".tagen.releases").mkdir()
    (tmp_path / "www" / ".tagen.releases" / "mitt.txt").write_text("mitt")
    (tmp_path / "www" / "gren").mkdir()
    (tmp_path / "www" / "gren" / "status.json").write_text('{"schema": 1, "build": "", "built_on": ""}')
    (tmp_path / "www" / "gren" / ".git").write_text("gitdir: någonstans")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(repo.root)
    return tmp_path


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("/", "root"),
        ("{place}/home", "home"),
        ("{place}", "home"),
        (".", "repository"),
        ("..", "home"),
        ("{place}/home/arkiv", "repository"),
        ("policy", "inside"),
        ("policy/sajt", "inside"),
        ("docs/sajt", "inside"),
        ("hooks", "inside"),
        ("byggd", "inside"),  # `mkdocs build` would empty the release behind the link
        (".git", "inside"),
        (".git/sajt", "inside"),
        ("policy/../policy/sajt", "inside"),
        ("{place}/www/fil", "file"),
        ("{place}/www/annat", "foreign"),
        ("{place}/www/gren", "foreign"),
        ("{place}/www/lank", "other-link"),
        ("{place}/www/bruten", "other-link"),
        ("{place}/www/tagen", "releases"),
        ("{place}/saknas/sajt", "no-parent"),
        ("{place}/www/fil/sajt", "no-parent"),
        ("{place}/www/.x.releases/00001/site", "in-release"),
        ("{place}/www/ny\nrad", "name"),
        ("{place}/www/ny\x1b[2J", "name"),
        ("/proc", "mount"),
    ],
)
def test_a_dangerous_target_is_refused_with_one_line(
    place: Path, capsys: pytest.CaptureFixture[str], target: str, code: str
) -> None:
    """Exit code 2, and everything that lies there is as it was."""
    if target == "/proc" and not Path("/proc/self").exists():
        pytest.skip("no /proc here to stand for a volume")
    before = every_file(place)
    with pytest.raises(PublishError) as refused:
        find_target(
            Path(target.format(place=place)),
            home=place / "home",
            apart={
                "around": [place / "home/arkiv"],
                "inside": [place / "home/arkiv" / name for name in ("policy", "docs", "hooks", "byggd")],
            },
        )
    assert refused.value.code == f"refused.{code}"
    assert main(["publish", target.format(place=place)]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert err.endswith("Inget har publicerats. Läsarna ser det de såg förut.\n")
    assert "\x1b" not in err
    assert every_file(place) == before


def test_the_refusal_is_in_the_language_of_the_policy(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    PolicyRepo(place / "home/arkiv").write(
        {"policy/policy.yml": POLICY_YML.replace("language: sv", "language: en")}
    )
    assert main(["publish", "/"]) == 2
    assert capsys.readouterr().err.startswith("/ is the whole machine. Give a folder for the site")


def test_a_repository_around_the_policy_is_no_target_either(place: Path) -> None:
    """The policy may lie in a folder of a larger repository."""
    inner = PolicyRepo(place / "home/arkiv" / "under")
    inner.write({**MINIMAL, "mkdocs.yml": "site_name: x\n"})
    assert main(["publish", str(place / "home/arkiv"), "--root", str(inner.root)]) == 2


@pytest.mark.parametrize(
    ("name", "there"),
    [("ny", There.NOTHING), ("-rf", There.NOTHING), ("Å ä#?%", There.NOTHING), ("tom", There.FOLDER)],
)
def test_a_new_name_or_an_empty_folder_will_do(place: Path, name: str, there: There) -> None:
    (place / "www" / "tom").mkdir()
    target = find_target(place / "www" / name, home=None, apart={})
    assert target.there is there
    put(target.path, tiny())
    assert (target.path / "index.html").is_file()


def test_a_target_given_through_another_link_is_the_same_place(place: Path) -> None:
    (place / "vag").symlink_to("www")
    assert find_target(place / "vag" / "ny", home=None, apart={}).path == place / "www" / "ny"
    with pytest.raises(PublishError):
        find_target(place / "vag", home=None, apart={"around": [place / "www"]})


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("kund.example.com", "Skriv en hel adress"),
        ("ftp://kund.example.com/", "Skriv en hel adress"),
        ("https://kund.example.com/?a", "Skriv en hel adress"),
        ("https://[::1/", "Skriv en hel adress"),
    ],
)
def test_an_address_that_is_none_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str], wish: str, told: str
) -> None:
    assert main(["publish", str(place / "www/ny"), "--base-url", wish, "--no-strict"]) == 2
    assert told in capsys.readouterr().err
    assert not (place / "www/ny").exists()


@pytest.fixture
def open_place() -> Iterator[Path]:
    """Return a folder that every user may look into; the test's own folder is for its user only."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        yield place


@pytest.mark.skipif(os.name == "nt", reason="users and modes as Unix has them")
def test_where_the_user_may_not_write_nothing_is_begun(open_place: Path) -> None:
    """Nor is it where a publication of another user lies."""
    put(open_place / "annans", tiny())
    open_place.chmod(0o555)
    before = every_file(open_place)
    for name in ("ny", "annans"):
        assert as_another_user(lambda name=name: find_target(open_place / name, home=None, apart={})) == (
            f"PermissionError {open_place}"
        )
    assert every_file(open_place) == before


def test_a_releases_folder_of_another_user_is_left_alone(open_place: Path) -> None:
    if os.geteuid():
        pytest.skip("needs root, who can be two users")
    put(open_place / "annans", tiny())
    open_place.chmod(0o777)
    before = every_file(open_place)
    told = as_another_user(lambda: put(open_place / "annans", tiny("två")))
    assert told == f"PermissionError {open_place}/.annans.releases"
    assert every_file(open_place) == before


def as_another_user(call: Callable[[], object]) -> str:
    """Return how *call* ends for a user who is not root: in a child, which gives up what root may do."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        told = "fine"
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            call()
        except OSError as error:
            told = f"{type(error).__name__} {error.filename}"
        except BaseException as error:
            told = repr(error)
        os.write(writing, told.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        return pipe.read()


def test_where_even_root_may_not_write_nothing_is_begun(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A disk that can only be read: exit code 3, and the cure."""
    disk = place / "skiva"
    with tmpfs(disk, "ro"):
        assert main(["publish", str(disk / "ny")]) == 3
        assert capsys.readouterr().err.startswith(f"{disk}: disken går bara att läsa.")


def test_windows_is_told_what_it_cannot_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that stands there cannot be replaced in one step on Windows: exit code 3, and another way."""
    monkeypatch.setattr(target_module, "os", SimpleNamespace(name="nt"))
    with pytest.raises(PublishError) as refused:
        find_target(tmp_path / "ny", home=None, apart={})
    assert (refused.value.code, refused.value.exit_code) == ("windows", 3)
    assert not any(tmp_path.iterdir())
