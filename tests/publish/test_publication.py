"""A publication is one step for readers, and leaves what they need of the one before."""

from __future__ import annotations

import errno
import itertools
import json
import os
import stat
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from livingpolicy.errors import PublishError
from livingpolicy.publish import disk, moving
from livingpolicy.publish.publication import publish, roll_back
from livingpolicy.publish.releases import releases, served
from livingpolicy.publish.target import find_target
from tests.publish.disks import tmpfs
from tests.publish.tiny import NOON, maker, put, tiny
from tests.site.building import every_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the place that readers ask, where nothing is yet."""
    return tmp_path / "aktuell"


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.with_name(f".{path.name}.releases").iterdir())


def back(path: Path) -> str:
    return roll_back(find_target(path, home=None, apart={}), now=NOON).release.name


def test_the_first_publication_makes_a_link_to_a_release(path: Path) -> None:
    """The link is relative: the folder around it may be mounted elsewhere."""
    done = put(path, tiny())
    assert str(path.readlink()) == f".aktuell.releases/{done.release.name}/site"
    assert every_file(path) == tiny()
    path.parent.rename(path.parent.with_name("flyttad"))
    assert every_file(path.parent.with_name("flyttad") / "aktuell") == tiny()


def test_a_page_that_was_removed_is_gone_at_once(path: Path) -> None:
    put(path, tiny("ett", {"gammal/index.html": "x"}))
    put(path, tiny("två"))
    assert not (path / "gammal").exists()
    assert (path / "index.html").read_bytes() == tiny("två")["index.html"]


def test_an_old_page_finds_its_style_and_its_poster_for_a_day(path: Path) -> None:
    """After 24 hours they are gone; the pages and the data are those of the new release from the start."""
    old, new = tiny("ett"), tiny("två")
    asked = {name for name in old if name not in new}
    assert {name.split("/")[0] for name in asked} == {"css", "plansch"}
    put(path, old)
    put(path, new)
    assert {name: (path / name).read_bytes() for name in asked} == {name: old[name] for name in asked}
    assert every_file(path).keys() == new.keys() | asked
    put(path, tiny("tre"), now=NOON + timedelta(hours=23))
    assert asked <= every_file(path).keys()
    put(path, tiny("fyra"), now=NOON + timedelta(hours=24, seconds=1))
    assert not asked & every_file(path).keys()
    assert {name for name in new if name not in tiny("fyra")} <= every_file(path).keys()


def test_a_clock_that_was_wrong_keeps_nothing_for_ever(path: Path) -> None:
    """Something kept "until 2099" is brought back to a day from now; a clock that jumps breaks nothing."""
    old = tiny("ett")
    put(path, old)
    put(path, tiny("två"), now=NOON + timedelta(days=30_000))
    put(path, tiny("tre"), now=NOON - timedelta(days=400))
    put(path, tiny("fyra"), now=NOON)
    put(path, tiny("fem"), now=NOON + timedelta(hours=25))
    assert not {name for name in old if name not in tiny("fem")} & every_file(path).keys()
    assert served_number(path) == 5


def served_number(path: Path) -> int:
    release = served(find_target(path, home=None, apart={}))
    assert release is not None
    return release.number


def test_every_release_has_a_number_of_its_own_whatever_the_clock_says(path: Path) -> None:
    done = [
        put(path, tiny(word), now=NOON - timedelta(days=days)).release.name
        for days, word in enumerate(("ett", "två", "ett", "två"))
    ]
    assert [name[:5] for name in done] == ["00001", "00002", "00003", "00004"]
    assert done[0][6:] == done[2][6:]


@pytest.mark.parametrize("keep", [2, 3])
def test_as_many_releases_are_kept_as_asked_for(path: Path, keep: int) -> None:
    for word in ("ett", "två", "tre", "fyra", "fem"):
        put(path, tiny(word), keep=keep)
    assert len(releases(path.parent / ".aktuell.releases")) == keep
    assert names(path)[-1] == "lock"
    assert len(names(path)) == keep + 3


def test_publishing_the_same_again_changes_nothing(path: Path) -> None:
    """The release before stays the one to go back to."""
    put(path, tiny("ett"))
    put(path, tiny("två"))
    before = every_file(path.parent / ".aktuell.releases")
    assert put(path, tiny("två")).unchanged
    assert every_file(path.parent / ".aktuell.releases") == before
    assert back(path).startswith("00001-")


def test_rollback_shows_the_release_before_and_publishing_goes_on_from_there(path: Path) -> None:
    for word in ("ett", "två", "tre"):
        put(path, tiny(word), keep=4)
    assert back(path).startswith("00002-")
    assert tiny("två").items() <= every_file(path).items()
    assert back(path).startswith("00001-")
    with pytest.raises(PublishError, match="nothing-before"):
        back(path)
    assert tiny("ett").items() <= every_file(path).items()
    assert put(path, tiny("fyra"), keep=4).release.number == 4
    assert back(path).startswith("00001-")


def test_after_a_rollback_the_pages_of_the_bad_release_still_find_their_style(path: Path) -> None:
    put(path, tiny("ett"))
    put(path, tiny("två"))
    back(path)
    assert {name for name in tiny("två") if name.startswith("css/")} <= every_file(path).keys()
    put(path, tiny("tre"))
    assert {name for name in tiny("två") if name.startswith("css/")} <= every_file(path).keys()


def test_a_damaged_release_is_not_gone_back_to(path: Path) -> None:
    put(path, tiny("ett"))
    put(path, tiny("två"))
    old = next((path.parent / ".aktuell.releases").glob("00001-*"))
    (old / "site/kapitel/index.html").write_text("ändrad för hand")
    before = every_file(path)
    with pytest.raises(PublishError) as refused:
        back(path)
    assert refused.value.code == "damaged"
    assert refused.value.values["path"] == "kapitel/index.html"
    assert every_file(path) == before


def test_a_release_whose_record_is_damaged_is_still_served_until_the_next(path: Path) -> None:
    put(path, tiny("ett"))
    release = next((path.parent / ".aktuell.releases").glob("00001-*"))
    (release / "release.json").write_text("{")
    with pytest.raises(RuntimeError):
        publish(find_target(path, home=None, apart={}), failing("bygget"), now=NOON, keep=2)
    assert every_file(path) == tiny("ett")
    put(path, tiny("två"))
    assert (path / "index.html").read_bytes() == tiny("två")["index.html"]


def failing(words: str, files: dict[str, bytes] | None = None):
    def make(site: Path) -> str:
        maker(files or tiny("trasig"))(site)
        raise RuntimeError(words)

    return make


def test_a_build_that_fails_leaves_everything_byte_for_byte(path: Path) -> None:
    put(path, tiny("ett"))
    everything = every_file(path.parent)
    leads = str(path.readlink())
    with pytest.raises(RuntimeError):
        publish(find_target(path, home=None, apart={}), failing("bygget"), now=NOON, keep=2)
    assert str(path.readlink()) == leads
    assert every_file(path.parent) == everything


def test_what_a_killed_publication_left_is_removed_by_the_next(path: Path) -> None:
    """A half build, a half removal, a link that never got to its place, and the lock of a dead process."""
    put(path, tiny("ett"))
    folder = path.parent / ".aktuell.releases"
    for name in ("building-0123abcd/site", "gone-00000-0123456789abcdef/site", "00009-0123456789abcdef"):
        (folder / name).mkdir(parents=True)
    (folder / "next").symlink_to("nowhere")
    (folder / ".abc.tmp").write_text("halv")
    holder = {"host": "h", "boot": boot(), "pid": 999_999, "since": "2026-11-22T11:00:00+00:00"}
    (folder / "lock").write_text(json.dumps(holder))
    done = put(path, tiny("två"))
    assert done.recovered == (999_999 if boot() else None)
    assert names(path) == [
        ".gitignore",
        ".livingpolicy",
        *(one.name for one in releases(folder)),
        "lock",
    ]
    assert (folder / "lock").read_text() == ""


def boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def test_two_at_once_are_one(path: Path) -> None:
    """The second is told who publishes; it neither waits nor disturbs."""
    put(path, tiny("ett"))
    begun, end = threading.Event(), threading.Event()

    def slow(site: Path) -> str:
        begun.set()
        end.wait(20)
        return maker(tiny("två"))(site)

    target = find_target(path, home=None, apart={})
    thread = threading.Thread(target=lambda: publish(target, slow, now=NOON, keep=2))
    thread.start()
    assert begun.wait(20)
    with pytest.raises(PublishError) as refused:
        put(path, tiny("tre"))
    with pytest.raises(PublishError) as neither:
        roll_back(target, now=NOON)
    end.set()
    thread.join()
    assert refused.value.code == neither.value.code == "locked"
    assert refused.value.values["pid"] == str(os.getpid())
    assert (path / "index.html").read_bytes() == tiny("två")["index.html"]


@pytest.mark.parametrize(
    ("holder", "code"),
    [
        ('{"host": "byggserver-2", "boot": "en-annan", "pid": 7, "since": "i går"}', "locked-elsewhere"),
        ('{"host": "byggserver-2", "boot": "", "pid": 7, "since": "i går"}', "locked-elsewhere"),
        ('{"host": "', None),
        ("[]", None),
        ('{"pid": "x"}', None),
    ],
)
def test_a_lock_of_another_machine_is_respected_and_named(path: Path, holder: str, code: str | None) -> None:
    """Half a line in it, after a power cut, is nobody's."""
    put(path, tiny("ett"))
    (path.parent / ".aktuell.releases/lock").write_text(holder)
    if code is None:
        put(path, tiny("två"))
        return
    with pytest.raises(PublishError) as refused:
        put(path, tiny("två"))
    assert refused.value.code == code
    assert refused.value.values["host"] == "byggserver-2"
    assert every_file(path) == tiny("ett")


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777 & ~0o700])
def test_the_web_server_may_read_it_whatever_the_umask(path: Path, mask: int) -> None:
    old = os.umask(mask)
    try:
        put(path, tiny("ett"))
        put(path, tiny("två"))
    finally:
        os.umask(old)
    folder = path.parent / ".aktuell.releases"
    for found in (folder, *path.resolve().rglob("*")):
        mode = stat.S_IMODE(found.stat().st_mode)
        assert mode == (0o755 if found.is_dir() else 0o644), found


def test_a_folder_that_was_built_before_becomes_the_release_before(path: Path) -> None:
    """`mkdocs build --site-dir` has been there until now."""
    maker(tiny("ett"))(path)
    done = put(path, tiny("två"))
    assert done.moved is not None
    assert path.is_symlink()
    assert tiny("två").items() <= every_file(path).items()
    assert back(path).startswith("00001-")
    assert tiny("ett").items() <= every_file(path).items()


def test_a_folder_gives_way_where_the_system_cannot_exchange_two_names(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "exchange", lambda *_: False)
    maker(tiny("ett"))(path)
    put(path, tiny("två"))
    assert tiny("två").items() <= every_file(path).items()
    assert not (path.parent / ".aktuell.releases/moving").exists()


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="only Linux is asked to exchange two names")
def test_linux_lets_two_names_change_places_in_one_step(path: Path) -> None:
    maker(tiny("ett"))(path)
    path.with_name("annan").symlink_to("x")
    assert disk.exchange(path, path.with_name("annan"))
    assert path.is_symlink()
    assert path.with_name("annan").is_dir()


@pytest.mark.parametrize("point", ["before", "between", "after", "exchanged"])
def test_a_move_that_was_killed_is_finished_by_the_next_publication(path: Path, point: str) -> None:
    """Even one that then fails: readers have what they had."""
    maker(tiny("ett"))(path)
    put(path.with_name("mall"), tiny("x"))
    folder = path.parent / ".aktuell.releases"
    path.with_name(".mall.releases").rename(folder)
    path.with_name("mall").unlink()
    target = find_target(path, home=None, apart={})
    place = moving.prepare(target)
    assert place is not None
    new = next(one for one in releases(folder))
    link = f".aktuell.releases/{new.name}/site"
    (folder / "moving").write_text(place)
    (folder / "next").symlink_to(link)
    if point == "between":
        path.rename(folder / place / "site")
    elif point == "after":
        path.rename(folder / place / "site")
        (folder / "next").rename(path)
    elif point == "exchanged":
        assert disk.exchange(folder / "next", path) or pytest.skip("no exchange here")
    with pytest.raises(RuntimeError):
        publish(find_target(path, home=None, apart={}), failing("bygget"), now=NOON, keep=2)
    word = "ett" if point in {"before", "between"} else "x"
    assert every_file(path) == tiny(word)
    assert not (folder / "moving").exists()
    put(path, tiny("två"))
    assert tiny("två").items() <= every_file(path).items()


def test_a_link_that_was_made_by_hand_is_taken_over_and_its_folder_left(path: Path) -> None:
    maker(tiny("ett"))(path.with_name("2026-11-21"))
    path.symlink_to("2026-11-21")
    done = put(path, tiny("två"))
    assert done.left == "2026-11-21"
    assert every_file(path) == tiny("två")
    assert every_file(path.with_name("2026-11-21")) == tiny("ett")


def test_a_link_to_a_release_that_is_gone_is_mended(path: Path) -> None:
    path.symlink_to(".aktuell.releases/00001-0123456789abcdef/site")
    put(path, tiny("ett"))
    assert every_file(path) == tiny("ett")


def test_a_file_that_is_as_it_was_keeps_its_time(path: Path) -> None:
    """Servers tell by it that a browser need not fetch the file again; a file that changed gets a new one."""
    put(path, tiny("ett"))
    for name, seconds in (("robots.txt", 1_000_000_000), ("index.html", 1_000_000_000)):
        os.utime(path / name, (seconds, seconds))
    put(path, tiny("två"))
    assert (path / "robots.txt").stat().st_mtime == 1_000_000_000
    assert (path / "index.html").stat().st_mtime > 1_000_000_000


def test_the_new_link_is_made_beside_the_target_and_not_on_another_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder for temporary files on another disk, or none at all, changes nothing."""
    monkeypatch.setenv("TMPDIR", "/nowhere")
    put(path, tiny("ett"))
    releases_folder = path.parent / ".aktuell.releases"
    assert releases_folder.stat().st_dev == path.parent.stat().st_dev


def test_a_full_disk_leaves_the_old_site_and_is_got_over(tmp_path: Path) -> None:
    """On a disk of one megabyte, at every place where it can fill up."""
    with tmpfs(tmp_path / "skiva") as place:
        path = place / "aktuell"
        put(path, tiny("ett", pages=5))
        kept, leads = every_file(path), str(path.readlink())
        filler = place / "fyllnad"
        refused = 0
        for room in range(0, 160_000, 8192):
            free = os.statvfs(place)
            filler.write_bytes(b"x" * max(0, free.f_bavail * free.f_bsize - room))
            try:
                put(path, tiny(f"rum {room}", pages=5))
                break
            except OSError:
                refused += 1
                assert str(path.readlink()) == leads
                assert every_file(path) == kept
            filler.unlink()
        assert refused > 3
        filler.unlink()
        put(path, tiny("tre", pages=5))
        assert tiny("tre", pages=5).items() <= every_file(path).items()


def test_the_headers_lie_where_a_web_server_finds_them_whatever_the_release(path: Path) -> None:
    def make(site: Path, word: str) -> str:
        headers = site.with_name("site-headers")
        headers.mkdir()
        (headers / "nginx.conf").write_text(f"# {word}\n")
        return maker(tiny(word))(site)

    target = find_target(path, home=None, apart={})
    first = publish(target, lambda site: make(site, "ett"), now=NOON, keep=2)
    settled = path.parent / ".aktuell.releases/headers/nginx.conf"
    assert first.headers == settled.parent
    assert settled.read_text() == "# ett\n"
    target = find_target(path, home=None, apart={})
    assert publish(target, lambda site: make(site, "två"), now=NOON, keep=2).headers
    assert settled.read_text() == "# två\n"
    assert not (path / "site-headers").exists()
    back(path)
    assert settled.read_text() == "# ett\n"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux which file is meant")
def test_everything_is_on_the_disk_before_the_swap_and_the_swap_after_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut just after the swap finds every file whole."""
    put(path, tiny("ett"))
    leads = path.readlink()
    flushed: list[tuple[str, bool]] = []
    flush = os.fsync

    def watched(handle: int) -> None:
        flushed.append((str(Path(f"/proc/self/fd/{handle}").readlink()), path.readlink() == leads))
        flush(handle)

    monkeypatch.setattr(os, "fsync", watched)
    release = put(path, tiny("två")).release
    before = {name.partition("/building-")[2].partition("/")[2] for name, early in flushed if early}
    folders = {found.relative_to(release.folder).as_posix() for found in release.folder.rglob("*")}
    assert folders | {""} <= before
    assert (str(path.parent), False) in flushed


@pytest.mark.parametrize("number", [1, 5, 12])
def test_a_disk_that_fails_at_the_last_moment_leaves_the_old_site(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """What a disk took without a word may turn out unwritten when it is flushed."""
    put(path, tiny("ett"))
    before = every_file(path)
    count = itertools.count(-1)  # the lock is the first

    def broken(_: int) -> None:
        if next(count) == number:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        put(path, tiny("två"))
    assert every_file(path) == before
    assert not any((path.parent / ".aktuell.releases").glob("building-*"))


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_file_system_without_links_is_found_out_before_the_build(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """A USB stick, or a share of a Windows server."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "symlink_to", refuse)
    with pytest.raises(PublishError) as refused:
        publish(find_target(path, home=None, apart={}), failing("bygget"), now=NOON, keep=2)
    assert (refused.value.code, refused.value.exit_code) == ("no-links", 3)
    assert not path.exists()
