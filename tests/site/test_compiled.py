"""Templates compiled once: what is kept saves time, changes no page, and is believed only if it is ours."""

from __future__ import annotations

import marshal
import os
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from livingpolicy.compiling import keep_templates, recall_templates
from livingpolicy.render.compiled import Compiled
from livingpolicy.render.environment import environment

PAGE = "<p>{{ 'Dag' | upper }} {{ name }}</p>"


class Counting(Environment):
    """Jinja's environment; it counts what it compiles."""

    compiled = 0

    def _compile(self, source: str, filename: str) -> CodeType:
        self.compiled += 1
        return super()._compile(source, filename)


def shown(kept: Compiled, source: str = PAGE, also: str = "", **options: Any) -> tuple[str, int]:
    """Return a page and how many templates were compiled for it."""
    made = Counting(loader=DictLoader({"page.html": source}), **options)
    kept.serve(made, also)
    return made.get_template("page.html").render(name="<Eva>"), made.compiled


def again(kept: Compiled) -> Compiled:
    """Return what a later build has of it."""
    return Compiled.read(memoryview(kept.write()))


def test_the_second_build_compiles_nothing_and_says_the_same() -> None:
    first = Compiled()
    assert shown(first) == ("<p>DAG <Eva></p>", 1)
    assert first.grown
    second = again(first)
    assert shown(second) == ("<p>DAG <Eva></p>", 0)
    assert not second.grown


@pytest.mark.parametrize(
    ("change", "page"),
    [
        ({"source": PAGE + "\n"}, "<p>DAG <Eva></p>"),
        ({"autoescape": True}, "<p>DAG &lt;Eva&gt;</p>"),
        ({"keep_trailing_newline": True}, "<p>DAG <Eva></p>"),
        ({"also": "en"}, "<p>DAG <Eva></p>"),
        ({"extensions": ["jinja2.ext.i18n"]}, "<p>DAG <Eva></p>"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_another_template_or_environment_is_compiled_anew(change: dict[str, Any], page: str) -> None:
    kept = Compiled()
    shown(kept)
    assert shown(again(kept), **change) == (page, 1)


def test_a_template_that_changes_while_it_is_served_is_read_again() -> None:
    pages = {"page.html": "Förr"}
    made = Environment(loader=DictLoader(pages), auto_reload=False, autoescape=True)
    kept = Compiled()
    kept.serve(made)
    assert made.get_template("page.html").render() == "Förr"
    pages["page.html"] = "Nu"
    kept.serve(made)
    assert made.get_template("page.html").render() == "Nu"


def test_filters_of_a_plugin_are_not_kept() -> None:
    """A constant that goes through a filter is worked out while the template is compiled."""
    kept = Compiled()
    for word in ("ett", "två"):
        made = Environment(loader=DictLoader({"page.html": "{{ 1 | said }}"}), autoescape=True)
        made.filters["said"] = lambda _, word=word: word
        kept.serve(made)
        assert made.get_template("page.html").render() == word
    assert not kept.grown


def test_a_template_that_nobody_asks_for_is_forgotten() -> None:
    kept = Compiled()
    shown(kept)
    assert len(marshal.loads(kept.write())) == 1
    assert marshal.loads(again(kept).write()) == {}


@pytest.mark.parametrize(
    "data",
    [b"", b"skr\xe4p", marshal.dumps([1]), marshal.dumps({"a": 1}), marshal.dumps({"a": ("b", "c")})],
)
def test_what_is_no_memory_is_as_if_it_were_not_there(data: bytes) -> None:
    assert shown(Compiled.read(memoryview(data))) == ("<p>DAG <Eva></p>", 1)


def test_our_own_templates_are_kept_between_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = _with_cache(tmp_path, monkeypatch)
    first = _build(tmp_path / "repo")
    assert first.grown
    (path,) = (path for path in cache.rglob("*") if path.is_file())
    second = _build(tmp_path / "repo")
    assert not second.grown

    path.write_bytes(path.read_bytes()[:-1] + b"!")  # damaged
    assert _build(tmp_path / "repo").grown
    assert not _build(tmp_path / "repo").grown, "mended"
    assert not _build(tmp_path / "other").grown, "nothing of the policy is in a template"


def test_code_that_others_may_write_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(os, "getuid"):
        pytest.skip("files have no owner here")
    cache = _with_cache(tmp_path, monkeypatch)
    _build(tmp_path / "repo")
    (path,) = (path for path in cache.rglob("*") if path.is_file())
    path.chmod(0o620)
    assert _build(tmp_path / "repo").grown


def test_nothing_is_read_from_the_repository_or_kept_where_it_is_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = _with_cache(tmp_path, monkeypatch)
    monkeypatch.setenv("LIVINGPOLICY_NO_CACHE", "1")
    assert _build(tmp_path / "repo").grown
    assert _build(tmp_path / "repo").grown
    assert not cache.exists()
    monkeypatch.delenv("LIVINGPOLICY_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "repo" / "cache"))
    assert _build(tmp_path / "repo").grown
    assert not (tmp_path / "repo" / "cache").exists()


def _with_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "repo").mkdir()
    return tmp_path / "cache"


def _build(root: Path) -> Compiled:
    """Do with templates what a build does."""
    compiled = recall_templates(root, "sv")
    compiled.serve(environment("sv"), also="sv")
    environment("sv").get_template("site/missing.html")
    keep_templates(root, "sv", compiled)
    return compiled
