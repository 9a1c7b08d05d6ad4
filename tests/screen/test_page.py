"""The screen as files: small, strict, and named by what is in them."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from string import Formatter

import pytest

from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.render.pages.machine import posters
from livingpolicy.render.pages.site import site
from livingpolicy.render.pages.values import SiteFile, SiteSettings
from livingpolicy.render.screen import screen_files
from tests.poster import samples


def made(language: str = "sv") -> dict[str, str]:
    taken = samples.snapshot(language=language)
    return {file.path: file.content.decode() for file in screen_files(taken, samples.fonts())}


@pytest.mark.parametrize(("language", "folder"), [("sv", "skarm"), ("en", "screen")])
def test_it_is_a_page_a_style_and_a_script_under_ten_kilobytes(language: str, folder: str) -> None:
    files = made(language)
    assert sorted(path.rpartition(".")[2] for path in files) == ["css", "html", "js"]
    assert sum(len(text.encode()) for text in files.values()) < 10_000
    assert all(path.startswith(f"{folder}/") for path in files)


def test_style_and_script_are_named_after_what_is_in_them() -> None:
    files = made()
    page = files.pop("skarm/index.html")
    for path, text in files.items():
        assert sha256(text.encode()).hexdigest()[:10] in path
        assert f'"{path.removeprefix("skarm/")}"' in page


def test_nothing_is_styled_or_scripted_inside_the_page() -> None:
    page = made()["skarm/index.html"]
    assert "unsafe" not in page
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script>|javascript:", page)
    assert "default-src &#39;none&#39;" in page
    assert 'content="noindex"' in page


def test_comments_stay_at_home() -> None:
    """They are for whoever changes the script; a telephone network is not."""
    lines = [line for path, text in made().items() if path.endswith(".js") for line in text.splitlines()]
    assert not [line for line in lines if line.startswith("//") or line != line.strip()]


def test_the_script_fills_in_what_the_texts_leave_open() -> None:
    script = next(text for path, text in made().items() if path.endswith(".js"))
    for language in LANGUAGES:
        texts = catalogue(language).texts
        for key in ("screen.lost.today", "screen.lost.earlier", "screen.stale.earlier"):
            for _, name, _, _ in Formatter().parse(texts[key]):
                assert name is None or re.search(rf"\b{name}\b", script), (language, key, name)


def test_what_editors_write_is_text_and_never_markup() -> None:
    files = screen_files(samples.snapshot(title="<script>&\"'"), samples.fonts())
    page = next(file.content.decode() for file in files)
    assert page.count("<script") == 1
    assert "&lt;script&gt;&amp;&#34;&#39;" in page


def test_the_status_names_the_poster_by_its_own_id_and_not_by_that_of_the_site() -> None:
    """What is published may change without the poster, and then the screens have nothing to load."""
    taken = samples.snapshot()
    files = {file.path: file.content for file in site(taken, SiteSettings(), fonts=samples.fonts()).files}
    status = json.loads(files["status.json"])
    build = status["posters"]["plansch"]
    assert build != status["build"]
    page = files[f"plansch/{build}.html"]
    assert page == files["plansch/index.html"]
    assert page.decode().count(f'data-build="{build}"') == 2
    assert "skarm/index.html" in files


def test_every_poster_is_in_the_status() -> None:
    paths = (
        "plansch/0123456789abcdef.html",
        "plansch/reception/fedcba9876543210.html",
        "plansch/index.html",
        "plansch/poster-0123456789.css",
        "mal/0123456789abcdef.html",
        "plansch/a/b/0123456789abcdef.html",
    )
    assert posters(SiteFile(path, b"") for path in paths) == {
        "plansch": "0123456789abcdef",
        "plansch/reception": "fedcba9876543210",
    }
