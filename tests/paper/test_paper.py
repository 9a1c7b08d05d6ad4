"""The whole policy on paper: cover, contents, every section in force, and the version on every sheet."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from livingpolicy.browser import find_chromium
from livingpolicy.cli import main
from livingpolicy.errors import PrintError
from livingpolicy.fonts import FontFile, font_files
from livingpolicy.model import Snapshot
from livingpolicy.printing import pdf, png
from livingpolicy.render.pages.values import SiteSettings
from livingpolicy.render.paper import paper_address, paper_files
from tests.policy_repo import MINIMAL, PolicyRepo
from tests.samples import history, policy, revision, section, snapshot


@pytest.fixture(scope="module")
def fonts() -> tuple[FontFile, ...]:
    return font_files(Path(__file__).parents[2] / ".cache" / "fonts")


def made(shown: Snapshot, fonts: tuple[FontFile, ...]) -> dict[str, str]:
    return {
        file.path.rpartition("/")[2]: file.content.decode()
        for file in paper_files(shown, SiteSettings(), fonts)
    }


def of(*sections: object) -> Snapshot:
    return snapshot(policy(*sections), history(svar_telefon=(revision("2026-05-03"),)))  # type: ignore[arg-type]


def test_the_cover_says_which_version_it_is_and_who_answers(fonts) -> None:
    page = " ".join(made(of(section()), fonts)["index.html"].split())
    cover = page[page.index("<header") : page.index("</header>")]
    for said in ("Exempelbolaget", "Kundpolicy", "22 november 2026", "Kundchefen, kundchef@example.com"):
        assert said in cover


def test_the_cover_says_when_no_date_is_known(fonts) -> None:
    unknown = snapshot(policy(section()), replace(history(), complete=False))
    assert "Därför visas inga datum" in made(unknown, fonts)["index.html"]


def test_the_contents_lead_to_every_chapter_and_section(fonts) -> None:
    page = made(of(section(), section("svar-mejl")), fonts)["index.html"]
    contents = page[page.index('<nav class="contents"') :]
    contents = contents[: contents.index("</nav>")]
    for place in re.findall(r'href="#([^"]+)"', contents):
        assert f' id="{place}"' in page
    assert contents.count("<a ") == 3


def test_a_section_that_was_retired_is_not_printed(fonts) -> None:
    gone = section("svar-mejl", retired_on=date(2026, 6, 1), reason="Ingick i ett annat.")
    page = made(of(section(), gone), fonts)["index.html"]
    assert "svar-mejl" not in page


def test_links_between_chapters_stay_on_the_paper(fonts) -> None:
    body = "Läs [mer](tillganglighet.md#svar-mejl) och [allt](tillganglighet.md).\n"
    page = made(of(replace(section(), body=body), section("svar-mejl")), fonts)["index.html"]
    assert '<a href="#svar-mejl">mer</a> och <a href="#tillganglighet">allt</a>' in page


def test_status_is_a_word_and_never_only_a_colour(fonts) -> None:
    page = made(of(section()), fonts)["index.html"]
    assert "Försenad" in page[page.index('class="section"') :]


def test_the_name_of_the_policy_cannot_leave_the_margin_of_the_sheet(fonts) -> None:
    hostile = replace(of(section()), policy=replace(policy(section()), title='"; } body { display: none'))
    files = made(hostile, fonts)
    (style,) = (text for name, text in files.items() if name.startswith("paper-"))
    (content,) = re.findall(r'@bottom-left \{ content: "(.*)"; \}', style)
    assert not set(content) & set('"{};')
    assert "display: none" not in content


def test_an_english_policy_is_printed_in_english(fonts) -> None:
    shown = snapshot(policy(language="en"), history())
    assert paper_address(shown, SiteSettings()) == "whole-policy/"
    assert "Contents" in made(shown, fonts)["index.html"]


def test_without_a_browser_the_refusal_says_what_to_install(tmp_path: Path, monkeypatch, capsys) -> None:
    repo = PolicyRepo.create(tmp_path / "policy")
    repo.commit("2026-05-03", "Skriv", MINIMAL)
    monkeypatch.setenv("LIVINGPOLICY_CHROMIUM", str(tmp_path / "missing"))
    out = tmp_path / "policy.pdf"
    assert main(["paper", str(out), "--root", str(repo.root), "--today", "2026-11-22"]) == 3
    assert "Pekar LIVINGPOLICY_CHROMIUM rätt?" in capsys.readouterr().err
    assert not out.exists()


def test_a_browser_that_fails_leaves_nothing_half_written(tmp_path: Path, monkeypatch) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho 'no display' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("LIVINGPOLICY_CHROMIUM", str(broken))
    with pytest.raises(PrintError) as refusal:
        pdf({"index.html": b"<p>Hej"}, "index.html")
    assert (refusal.value.code, refusal.value.values["reason"]) == ("failed", "no display")


@pytest.fixture
def chromium() -> None:
    """Go on where there is a browser; in CI there must be one."""
    if find_chromium() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium found")


@pytest.mark.browser
def test_the_pdf_is_a4_tagged_and_carries_its_typefaces(tmp_path: Path, chromium: None) -> None:
    repo = PolicyRepo.create(tmp_path / "policy")
    repo.commit("2026-05-03", "Skriv", MINIMAL)
    out = tmp_path / "policy.pdf"
    assert main(["paper", str(out), "--root", str(repo.root), "--today", "2026-11-22"]) == 0
    printed = out.read_bytes()
    assert printed.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 3  # cover, contents, one chapter
    sizes = {
        tuple(round(float(x)) for x in box.split())
        for box in re.findall(rb"/MediaBox \[([\d. ]+)\]", printed)
    }
    assert sizes == {(0, 0, 595, 842)}
    assert b"/MarkInfo" in printed
    assert b"HankenGrotesk" in printed
    assert b"BricolageGrotesque" in printed
    assert b"/Type3" not in printed


@pytest.mark.browser
def test_a_picture_has_the_size_that_was_asked_for(chromium: None) -> None:
    picture = png({"a/index.html": b"<!doctype html><p>Hej"}, "a/index.html", width=320, height=200, scale=2)
    assert picture.startswith(b"\x89PNG")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (640, 400)
