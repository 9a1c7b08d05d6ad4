"""A real nginx for the tests, in front of a folder.

Import the fixture where you need it: `from tests.nginx import nginx`.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"])

CONFIG = """\
daemon off;
master_process off;
pid {state}/pid;
error_log {state}/error.log;
events {{}}
http {{
  include {types};
  access_log off;
  client_body_temp_path {state}/body;
  proxy_temp_path {state}/proxy;
  fastcgi_temp_path {state}/fastcgi;
  uwsgi_temp_path {state}/uwsgi;
  scgi_temp_path {state}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {root};
    index index.html;
    {server}
  }}
}}
"""


@pytest.fixture(scope="session")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path, str], str]]:
    """Return `nginx(folder, lines)`: the address of *folder*, served until the end of the run.

    *lines* stand in the `server` block, after root and index. Skipped where there is no nginx, never in CI.
    """
    found = shutil.which("nginx", path=PLACES)
    if found is None:
        reason = "no nginx found: run scripts/get_nginx.py"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    version = subprocess.run([found, "-V"], capture_output=True, text=True, check=True).stderr
    settings = re.search(r"--conf-path=(\S+)", version)
    assert settings, version
    types = Path(settings[1]).parent / "mime.types"
    with ExitStack() as stack:

        def served(folder: Path, lines: str) -> str:
            state = tmp_path_factory.mktemp("nginx")
            port = _free_port()
            config = state / "nginx.conf"
            config.write_text(
                CONFIG.format(state=state, types=types, port=port, root=folder, server=lines), "utf-8"
            )
            process = subprocess.Popen([found, "-p", state, "-c", config, "-e", state / "error.log"])
            stack.callback(process.wait)
            stack.callback(process.terminate)
            _wait_for(port, process, state / "error.log")
            return f"http://127.0.0.1:{port}/"

        yield served


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        assert process.poll() is None, log.read_text("utf-8")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nginx does not answer: {log.read_text('utf-8')}")
