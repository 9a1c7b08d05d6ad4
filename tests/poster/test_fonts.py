"""The fonts: small, static, the same every time, and with every letter we need."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from livingpolicy.fonts import CHARACTERS, CUTS, FontFile, css, font_files, licences, missing
from tests.poster.samples import fonts

SWEDISH = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉÜabcdefghijklmnopqrstuvwxyzåäöéüàèçñß0123456789"
    ".,:;!?%§–—-…’”»«·•€$£½×+=/()[]@&*#"
)


@pytest.fixture(params=range(len(CUTS)), ids=[f"{cut.family} {cut.weight} {cut.style}" for cut in CUTS])
def font(request: pytest.FixtureRequest) -> FontFile:
    return fonts()[request.param]


def opened(font: FontFile) -> TTFont:
    return TTFont(BytesIO(font.data))


def test_fonts_are_static(font: FontFile) -> None:
    """Chromium writes variable fonts into a PDF as Type 3 procedures."""
    assert "fvar" not in opened(font)


def test_fonts_are_small(font: FontFile) -> None:
    assert len(font.data) < 24_000


def test_swedish_and_english_text_can_be_set(font: FontFile) -> None:
    assert missing(SWEDISH + "\u00a0\u2011\u2212", [font]) == set()
    assert len(CHARACTERS & font.advances.keys()) >= 300


def test_a_character_that_one_font_lacks_is_missing(font: FontFile) -> None:
    assert missing("Åäö →漢", [font]) == {"→", "漢"}
    assert missing("till\u00adgång\n", [font]) == set(), "a soft hyphen needs no glyph"


def test_measures_are_those_of_the_font(font: FontFile) -> None:
    made = opened(font)
    em = made["head"].unitsPerEm
    assert font.cap_height == made["OS/2"].sCapHeight / em
    for character in "Åå0 ":
        assert font.advances[character] == made["hmtx"][made.getBestCmap()[ord(character)]][0] / em
    assert font.width("3\u00ad") == font.width("3")


def test_figures_of_running_text_have_equal_widths_and_plain_zeros() -> None:
    for font in fonts():
        if font.family == "Hanken Grotesk" and font.style == "normal":
            assert len({font.advances[digit] for digit in "0123456789"}) == 1
            assert opened(font).getBestCmap()[ord("0")] == "zero"


def test_the_same_packages_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made anew from nothing, and read from the cache, it is the file that everybody has."""
    monkeypatch.setattr("livingpolicy.fonts.CUTS", CUTS[1:2])
    (made,) = font_files(tmp_path)
    (read,) = font_files(tmp_path)
    assert made == read == fonts()[1]


def test_a_cache_that_was_cut_short_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("livingpolicy.fonts.CUTS", CUTS[1:2])
    font_files(tmp_path)
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(entry.read_bytes()[:100])
    assert font_files(tmp_path) == (fonts()[1],)


def test_the_file_name_changes_with_the_content(font: FontFile) -> None:
    assert re.fullmatch(r"[a-z-]+-\d00(-italic)?-[0-9a-f]{10}\.woff2", font.name)


def test_the_licences_are_published_with_the_fonts() -> None:
    assert set(licences()) == {"bricolage-grotesque-OFL.txt", "hanken-grotesk-OFL.txt"}
    assert all(b"SIL OPEN FONT LICENSE" in text for text in licences().values())


def test_each_font_has_its_rule() -> None:
    text = css(fonts(), "../fonts/")
    assert text.count("@font-face") == len(CUTS)
    assert text.count("font-display: swap") == len(CUTS)
    assert f'url("../fonts/{fonts()[0].name}") format("woff2")' in text
    assert "ascent-override" not in text
    assert "ascent-override: 66%" in css(fonts()[:1], "", cap_box=True)


def test_a_warm_cache_does_not_load_the_font_tools() -> None:
    import subprocess

    code = (
        "import sys; from pathlib import Path; from livingpolicy.fonts import font_files;"
        "font_files(Path(sys.argv[1])); sys.exit('fontTools' in sys.modules)"
    )
    cache = Path(__file__).parents[2] / ".cache" / "fonts"
    fonts()
    assert subprocess.run([sys.executable, "-c", code, str(cache)], check=False).returncode == 0
