"""A real nginx in front of the link, as docs/publicera.md sets it up."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from livingpolicy.headers import snippets
from livingpolicy.language import catalogue
from tests.nginx import nginx as nginx  # noqa: PLC0414 - a fixture
from tests.publish.reading import Readers
from tests.publish.test_publication import back
from tests.publish.tiny import NOON, put, tiny
from tests.site.building import PROJECT

GUIDE = (PROJECT / "docs" / "publicera.md").read_text("utf-8")


def settings() -> str:
    """Return what the guide puts into the block `server`, with what it includes and without the names."""
    block = re.search(r"```nginx\nserver \{\n(.*?)\n\}\n```", GUIDE, re.DOTALL)
    assert block
    lines = (line.strip() for line in block[1].splitlines())
    own = ("listen", "server_name", "root", "index", "include", "ssl_")
    return "\n".join(
        [
            *(line for line in lines if not line.startswith(own)),
            snippets((), catalogue("sv"))["nginx.conf"],
        ]
    )


def ask(address: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def test_nginx_answers_200_through_every_swap(tmp_path: Path, nginx: Callable[[Path, str], str]) -> None:
    """Twenty publications and some steps back while readers ask; a page's style is always there."""
    path, words = tmp_path / "aktuell", [f"utgåva {number}" for number in range(20)]
    sites = [tiny(word) for word in words]
    put(path, sites[0])
    known = {
        "": [site["index.html"] for site in sites],
        "kapitel/": [site["kapitel/index.html"] for site in sites],
        "status.json": [site["status.json"] for site in sites],
    }
    with Readers(nginx(path, settings()), known) as readers:
        for number, site in enumerate(sites):
            put(path, site, now=NOON + timedelta(minutes=number))
            if number % 10 == 5:
                back(path)
    assert readers.wrong == []
    assert readers.answers > 100


def test_what_nobody_should_see_is_not_there(tmp_path: Path, nginx: Callable[[Path, str], str]) -> None:
    """Neither the other releases nor a listing, also when the folder around the link is what is served."""
    put(tmp_path / "aktuell", tiny("ett", {"utan/x.txt": "x"}))
    address = nginx(tmp_path, settings())
    assert ask(f"{address}aktuell/")[0] == 200
    for hidden in (".aktuell.releases/", ".aktuell.releases/lock", "aktuell/.git/config", "aktuell/utan/"):
        assert ask(f"{address}{hidden}")[0] in {403, 404}, hidden


def test_a_page_is_asked_for_anew_and_an_old_style_is_still_there(
    tmp_path: Path, nginx: Callable[[Path, str], str]
) -> None:
    path, old, new = tmp_path / "aktuell", tiny("ett"), tiny("två")
    put(path, old)
    address = nginx(path, settings())
    style = next(name for name in old if name.startswith("css/"))
    assert ask(address)[2] == old["index.html"]
    put(path, new)
    status, headers, body = ask(address)
    assert (status, body) == (200, new["index.html"])
    assert headers["Cache-Control"] == "no-cache"
    status, headers, body = ask(f"{address}{style}")
    assert (status, body) == (200, old[style])
    assert "immutable" in headers["Cache-Control"]
    assert ask(f"{address}borta/")[0] == 404
    assert ask(f"{address}borta/")[2] == new["404.html"]
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
