"""The operators' guide: what stands there can be copied and works."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.screen.fault_server import Fault, code, cut, fault_server, shortened
from tests.screen.samples import edition, published

GUIDE = (Path(__file__).parents[2] / "docs/kiosk.md").read_text("utf-8")
FILES = dict(re.findall(r"^`(/[^`]+)`\n\n```\w+\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))
"""Every file of the guide by the path at which it belongs."""

SCRIPTS = [path for path, text in FILES.items() if text.startswith("#!/bin/sh")]
UNITS = [path for path in FILES if path.startswith("/etc/systemd/")]

Mirror = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("path", SCRIPTS)
def test_every_script_is_one_that_the_shell_understands(path: str) -> None:
    done = subprocess.run(["sh", "-n"], input=FILES[path], text=True, capture_output=True, check=False)
    assert done.stderr == ""


def test_every_file_that_one_of_them_names_is_there() -> None:
    named = set(re.findall(r"/etc/skarm[.\w]+|/usr/local/bin/skarm-\w+", "\n".join(FILES.values())))
    assert named <= set(FILES)
    started = set(
        re.findall(r"skarm[-\w@]*\.(?:service|timer)", GUIDE.replace("@on.", "@.").replace("@off.", "@."))
    )
    assert {f"/etc/systemd/system/{unit}" for unit in started} == set(UNITS)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_has_nothing_to_say_about_the_units(tmp_path: Path) -> None:
    for path, text in FILES.items():
        target = tmp_path / Path(path).name
        # What the units start is not installed here.
        target.write_text(
            re.sub(r"/usr/(local/)?bin/(skarm-\w+|sway|wget|python3)", "/bin/true", text), "utf-8"
        )
    units = [str(tmp_path / Path(path).name) for path in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert [line for line in done.stderr.splitlines() if "skarm" in line] == []


@pytest.fixture
def mirror(tmp_path: Path) -> Mirror:
    """Return `mirror(address)`, which runs the guide's script as its unit would, below *tmp_path*."""
    if not shutil.which("wget"):
        pytest.skip("wget is not installed")
    script = tmp_path / "skarm-spegel"
    script.write_text(FILES["/usr/local/bin/skarm-spegel"].replace("/var/lib/skarm", str(tmp_path)), "utf-8")

    def run(address: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"WEBBPLATS": address, "PLANSCH": "plansch", "no_proxy": "*"}
        return subprocess.run(
            ["sh", str(script)], env=environment, capture_output=True, text=True, check=False
        )

    return run


def mirrored(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("below", ["", "intern/policy/"])
def test_the_mirror_holds_all_that_the_screen_asks_for(below: str, mirror: Mirror, tmp_path: Path) -> None:
    """Also where the site is a folder of a larger one; and robots are told to stay away."""
    build, files = edition(1)
    files = published() | files | {"robots.txt": b"User-agent: *\nDisallow: /\n"}
    with fault_server({f"{below}{path}": data for path, data in files.items()}) as server:
        done = mirror(f"{server.address}{below}".rstrip("/"))
    assert done.returncode == 0, done.stderr
    held = mirrored(tmp_path / "webb")
    status = json.loads(held.pop("status.json"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", status.pop("seen"))
    assert status == json.loads(files["status.json"])
    assert held.items() <= files.items()
    needed = {path for path in files if path.startswith("skarm/") or f"-{build[:10]}." in path}
    assert {f"plansch/{build}.html", *needed} <= held.keys()
    assert any(path.startswith("fonts/") for path in held)


BROKEN: dict[tuple[str, str], Fault] = {
    ("status.json", "error"): code(500),
    ("status.json", "too short"): lambda answer: answer.say(body=answer.body[:-1]),
    (".html", "missing"): code(404),
    (".html", "cut off"): cut,
    (".html", "too short"): shortened,
    (".css", "missing"): code(404),
    (".woff2", "cut off"): cut,
}


def test_the_mirror_stays_as_it_is_until_all_of_the_new_is_there(mirror: Mirror, tmp_path: Path) -> None:
    with fault_server(published()) as server:
        address = server.address.rstrip("/")
        server.files |= edition(1)[1]
        assert mirror(address).returncode == 0
        before = mirrored(tmp_path / "webb")
        build, files = edition(2)
        server.files |= files
        for (part, name), fault in BROKEN.items():
            server.faults = {part: fault}
            assert mirror(address).returncode != 0, (part, name)
            assert mirrored(tmp_path / "webb") == before, (part, name)
        server.heal()
        assert mirror(address).returncode == 0
        assert f"plansch/{build}.html" in mirrored(tmp_path / "webb")
