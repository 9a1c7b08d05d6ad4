"""What a web server is told to say, and what must not stand in a page."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from livingpolicy.headers import HASHED, NAMES, snippets
from livingpolicy.inline import digest, read_site, script_patterns
from livingpolicy.language import catalogue
from tests.nginx import nginx
from tests.site.building import Project

__all__ = ["nginx"]  # the fixture

THEME = script_patterns(
    [
        '{#- comment -#}\n<script>scope=new URL("{{ config.extra.scope | d(base_url) }}",location)</script>',
        '{% if "x" in features %}\n<script>f(1)</script>{% endif %}',
    ]
)


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ('<p onclick="f()">x</p>', "attribute"),
        ("<p STYLE='color:red'>x</p>", "attribute"),
        ("<iframe srcdoc='<p>'></iframe>", "attribute"),
        ("<style>p{}</style>", "style"),
        ("<svg><style>p{}</style></svg>", "style"),
        ("<script>f(2)</script>", "script"),
        ("<SCRIPT type=module>f(1) </SCRIPT>", "script"),
        ('<script>scope=new URL("",location);alert("",location)</script>', "script"),
        ('<a href=" javascript:f()">x</a>', "link"),
        ("<form action=javascript:f()></form>", "link"),
    ],
)
def test_what_the_browser_would_stop_is_found(tmp_path: Path, html: str, code: str) -> None:
    (tmp_path / "a.html").write_text(f"<!doctype html>\n<title>x</title>\n{html}\n", "utf-8")
    (fault,) = read_site(tmp_path, THEME).faults
    assert (fault.path, fault.line, fault.code) == ("a.html", 3, code)


@pytest.mark.parametrize(
    "html",
    [
        "<script>f(1)</script>",
        '<script>scope=new URL("../..",location)</script>',
        '<script type="application/json">{"style=": "<style>"}</script>',
        '<script src="a.js" defer></script>',
        '<p data-style="a" title="a style=b onx=c">style="x" onclick="x"</p>',
        "<pre>&lt;style> &lt;p style=''> javascript:f()</pre>",
        '<a href="https://example.com/javascript:">x</a>',
    ],
)
def test_what_may_stand_in_a_page_is_left_alone(tmp_path: Path, html: str) -> None:
    (tmp_path / "a.html").write_text(html, "utf-8")
    assert read_site(tmp_path, THEME).faults == ()


def test_only_the_scripts_that_stand_in_pages_get_a_hash(tmp_path: Path) -> None:
    """One for each wording, in an order that does not hang on the folders."""
    (tmp_path / "b.html").write_text("<script>f(1)</script><script>evil()</script>", "utf-8")
    (tmp_path / "a.html").write_text("<script>f(1)</script>", "utf-8")
    assert read_site(tmp_path, THEME).hashes == (digest("f(1)"),)


def test_nothing_unsafe_is_allowed() -> None:
    for name, text in snippets(["sha256-x"], catalogue("sv")).items():
        assert "unsafe" not in text, name
        assert "script-src 'self' 'sha256-x';" in text, name
        assert "@" not in re.sub(r"^@\w+|header @\w+|error @\w+", "", text, flags=re.MULTILINE), name


@pytest.mark.parametrize(
    ("name", "hashed"),
    [
        ("/assets/javascripts/bundle.a5f9d56c.min.js", True),
        ("/plansch/poster-e455d3a202.js", True),
        ("/fonts/hanken-grotesk-400-fc97eed4dc.woff2", True),
        ("/stylesheets/policy.css", False),
        ("/index.html", False),
        ("/version/svar/f30246b3be.html", False),
        ("/images/karta-20261122.png", False),
        ("/status.json", False),
    ],
)
def test_only_names_with_a_digest_are_kept_for_good(name: str, hashed: bool) -> None:
    assert bool(re.search(HASHED, name)) is hashed


def test_the_build_writes_the_headers_beside_the_site(project: Project) -> None:
    """Where no visitor comes; the theme's three scripts are the same on every page."""
    folder = project.root / "site-headers"
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    text = (folder / "nginx.conf").read_text("utf-8")
    assert len(re.findall(r"'sha256-[^']+'", text)) == 3
    assert not [path for path in project.site.rglob("*") if path.name in NAMES]


def test_a_script_in_a_page_fails_the_build_with_a_line_for_each(changing: Project) -> None:
    guide = '# Rutin\n\nText.\n\n<script>alert(1)</script>\n\n<p style="color:red">Rött</p>\n'
    changing.repo.write({"docs/rutin.md": guide})
    done = changing.build()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("site/rutin/index.html:")]
    assert [line.split(": ")[1] for line in lines] == ["inline-script", "inline-attribute"]
    assert "extra_javascript" in lines[0]
    assert "2 saker i sidorna skulle webbläsaren stoppa" in done.stderr


# -- served ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hosted(project: Project, nginx: Callable[[Path, str], str]) -> str:
    """Address of the two-chapter site, served by nginx as the guide says."""
    return nginx(project.site, f"error_page 404 /404.html; include {project.root}/site-headers/nginx.conf;")


def answer(address: str) -> tuple[int, dict[str, str]]:
    try:
        with urlopen(address) as response:
            return response.status, dict(response.headers)
    except HTTPError as error:
        return error.code, dict(error.headers)


def hashed(project: Project) -> str:
    return next(path.name for path in sorted((project.site / "fonts").glob("*.woff2")))


def test_nginx_says_the_headers_with_every_answer(hosted: str, project: Project) -> None:
    for path in (
        "",
        "klagomal/",
        "status.json",
        "stylesheets/policy.css",
        "saknas/",
        "plansch/",
        ".git/config",
    ):
        _, headers = answer(hosted + path)
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self' 'sha256-")
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "camera=()" in headers["Permissions-Policy"]


def test_nginx_lets_browsers_keep_only_what_never_changes(hosted: str, project: Project) -> None:
    kept = f"fonts/{hashed(project)}"
    assert answer(hosted + kept)[1]["Cache-Control"] == "public, max-age=31536000, immutable"
    for path in (
        "",
        "klagomal/",
        "status.json",
        "changes.atom",
        "stylesheets/policy.css",
        "images/karta.png",
    ):
        assert answer(hosted + path)[1]["Cache-Control"] == "no-cache", path
    status, headers = answer(f"{hosted}fonts/saknas-0123456789.woff2")
    assert (status, "immutable" in headers.get("Cache-Control", "")) == (404, False)


def test_nginx_names_the_kinds_of_files(hosted: str) -> None:
    """With nosniff a calendar of an unknown kind would be refused."""
    assert answer(f"{hosted}review.ics")[1]["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer(f"{hosted}changes.atom")[1]["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer(f"{hosted}klagomal/")[1]["Content-Type"] == "text/html; charset=utf-8"
    assert answer(f"{hosted}status.json")[1]["Content-Type"] == "application/json; charset=utf-8"


def test_nginx_serves_nothing_that_is_not_for_readers(
    hosted: str, project: Project, nginx: Callable[[Path, str], str], tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(project.site, folder)
    for name in (".git/config", ".htaccess", "a.md", "a.js.map", ".well-known/security.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", "utf-8")
    served = nginx(folder, f"include {project.root}/site-headers/nginx.conf;")
    for name in (".git/config", ".htaccess", "a.md", "a.js.map"):
        assert answer(served + name)[0] == 404, name
    assert answer(f"{served}.well-known/security.txt")[0] == 200


@pytest.mark.parametrize(
    ("program", "arguments", "config", "name"),
    [
        (
            "apache2",
            ("-t", "-f"),
            "ServerName x\nServerRoot /usr/lib/apache2\nListen 127.0.0.1:18999\nErrorLog /dev/null\n"
            + "".join(
                f"LoadModule {name}_module modules/mod_{name}.so\n"
                for name in ("mpm_event", "authz_core", "headers", "alias", "mime")
            )
            + "TypesConfig /etc/mime.types\nInclude {snippet}\n",
            "apache.conf",
        ),
        (
            "caddy",
            ("validate", "--adapter", "caddyfile", "--config"),
            ":18998 {\n\troot * /srv\n\timport {snippet}\n\tfile_server\n}\n",
            "Caddyfile",
        ),
    ],
)
def test_other_servers_understand_their_snippets(
    project: Project, tmp_path: Path, program: str, arguments: tuple[str, ...], config: str, name: str
) -> None:
    """Tried where they are installed."""
    found = shutil.which(program, path="/usr/sbin:/usr/bin:/usr/local/bin")
    if found is None:
        pytest.skip(f"no {program} here")
    written = tmp_path / name
    written.write_text(config.replace("{snippet}", str(project.root / "site-headers" / name)), "utf-8")
    done = subprocess.run([found, *arguments, written], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
