"""The two typefaces as small static files, cut once from the installed font packages and then cached.

Static, because Chromium embeds variable fonts in a PDF as unhinted Type 3 procedures; cut down to the letters
of European languages, because the screen in the office and the customer desk should not wait for the rest.
fontTools is imported only when the cache is empty.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from livingpolicy.writing import write

CHARACTERS = frozenset(
    map(
        chr,
        [
            *range(0x20, 0x7F),  # Basic Latin
            *range(0xA0, 0x180),  # Latin-1 Supplement and Latin Extended-A
            *(0x0218, 0x0219, 0x021A, 0x021B, 0x1E9E),  # Romanian Ș ș Ț ț, German ẞ
            *(0x2010, 0x2011, 0x2013, 0x2014),  # hyphens and dashes
            *(0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2039, 0x203A),  # quotation marks
            *(0x2020, 0x2022, 0x2026, 0x2030, 0x2044, 0x20AC, 0x2122, 0x2212),  # † • … ‰ ⁄ € ™ −
            *(0x2260, 0x2264, 0x2265),  # ≠ ≤ ≥
        ],
    )
)
"""What we ask of a typeface; neither has quite all of it."""

INVISIBLE = frozenset("\n\t\u00ad\u200b\u2060")
"""Characters that need no glyph."""

_FEATURES = ("case", "ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum")
_CAP_BOX = "  ascent-override: {cap:.4g}%;\n  descent-override: 0%;\n  line-gap-override: 0%;\n"
_HYPHENS = ("\u2010", "\u2011")
_RECIPE = 1
"""Raise it when a change of this module changes the bytes it makes."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One static font to make: where from, and the place on the variable font's axes."""

    family: str
    package: str
    source: str
    weight: int
    style: str
    axes: tuple[tuple[str, float], ...]


_DISPLAY = ("Bricolage Grotesque", "fontpkg_bricolage_grotesque", "BricolageGrotesque[opsz,wdth,wght].ttf")
_TEXT = ("Hanken Grotesk", "fontpkg_hanken_grotesk", "HankenGrotesk[wght].ttf")
_ITALIC = ("Hanken Grotesk", "fontpkg_hanken_grotesk", "HankenGrotesk-Italic[wght].ttf")

DISPLAY, TEXT = _DISPLAY[0], _TEXT[0]

CUTS = (
    Cut(*_DISPLAY, 800, "normal", (("opsz", 96), ("wdth", 100), ("wght", 800))),
    Cut(*_TEXT, 400, "normal", (("wght", 400),)),
    Cut(*_TEXT, 600, "normal", (("wght", 600),)),
    Cut(*_TEXT, 700, "normal", (("wght", 700),)),
    Cut(*_TEXT, 800, "normal", (("wght", 800),)),
    Cut(*_ITALIC, 400, "italic", (("wght", 400),)),
)


POSTER_ONLY = (TEXT, 800)
"""For posters whose figures are set in the typeface of the text; no page of the site needs it."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A static WOFF2 font and what typesetting needs to know of it."""

    family: str
    weight: int
    style: str
    """`normal` or `italic`."""
    name: str
    """File name with the hash of its content: `hanken-grotesk-400-1f2e3d4c5b.woff2`."""
    data: bytes
    cap_height: float
    """In ems, as all measures here."""
    advances: Mapping[str, float]
    """The advance width of every character that the font has."""

    def width(self, text: str) -> float:
        """Return the width of *text* on one line in ems, without kerning (which mostly makes it narrower)."""
        return sum(self.advances.get(character, 1.0) for character in text if character not in INVISIBLE)


def font_files(cache: Path) -> tuple[FontFile, ...]:
    """Return every font in the order of `CUTS`, cut anew only if *cache* does not have it.

    The same packages give the same bytes. *cache* is created when missing; entries of other versions stay.

    Raises:
        OSError: the cache cannot be written, or a font package is not installed.
    """
    return tuple(_read(cache, cut) for cut in CUTS)


def licences() -> Mapping[str, bytes]:
    """Return the licence of each typeface by file name, to be published beside the fonts (OFL 2)."""
    return {
        f"{_slug(family)}-OFL.txt": (_package(package) / "LICENSE").read_bytes()
        for family, package, _ in (_DISPLAY, _TEXT)
    }


def css(fonts: Iterable[FontFile], prefix: str, *, display: str = "swap", cap_box: bool = False) -> str:
    """Return an `@font-face` rule for each font, with its address below *prefix* ("../fonts/").

    *display* is the `font-display`: `swap` for pages that are read at once, `block` for a poster that would
    rather show nothing for a moment than the wrong letters. With *cap_box* a line reaches from the height of
    the capitals to the baseline, so that large type can be placed by what is seen of it.
    """
    return "".join(
        "@font-face {\n"
        f'  font-family: "{font.family}";\n'
        f"  font-weight: {font.weight};\n"
        f"  font-style: {font.style};\n"
        f"  font-display: {display};\n"
        + (cap_box * _CAP_BOX).format(cap=100 * font.cap_height)
        + f'  src: url("{prefix}{font.name}") format("woff2");\n'
        "}\n"
        for font in fonts
    )


def missing(text: str, fonts: Iterable[FontFile]) -> frozenset[str]:
    """Return the characters of *text* that at least one of *fonts* does not have."""
    wanted = frozenset(text) - INVISIBLE
    return frozenset[str]().union(*(wanted - font.advances.keys() for font in fonts))


def _read(cache: Path, cut: Cut) -> FontFile:
    source = _package(cut.package) / "files" / cut.source
    recipe = f"{_RECIPE} {cut} {_FEATURES} {sorted(CHARACTERS)}".encode()
    entry = cache / f"{sha256(source.read_bytes() + recipe).hexdigest()[:32]}.json"
    try:
        made = json.loads(entry.read_bytes())
    except (FileNotFoundError, ValueError):  # ValueError: cut short by a full disk
        made = _make(source, cut)
        write(entry, json.dumps(made, ensure_ascii=False, sort_keys=True).encode())
    data = base64.b64decode(made["woff2"])
    return FontFile(
        family=cut.family,
        weight=cut.weight,
        style=cut.style,
        name=f"{_slug(cut.family)}-{cut.weight}{'-italic' * (cut.style == 'italic')}"
        f"-{sha256(data).hexdigest()[:10]}.woff2",
        data=data,
        cap_height=made["cap_height"],
        advances=made["advances"],
    )


def _make(source: Path, cut: Cut) -> dict[str, Any]:
    """Cut one font: `woff2` in base64, `cap_height` and `advances` in ems."""
    # Late, as in `_subset`: a third of a second that only an empty cache costs.
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(BytesIO(_subset(source)), recalcTimestamp=False)
    font = instantiateVariableFont(font, dict(cut.axes), inplace=True)
    font.flavor = "woff2"
    stream = BytesIO()
    font.save(stream)
    em = font["head"].unitsPerEm
    return {
        "woff2": base64.b64encode(stream.getvalue()).decode(),
        "cap_height": font["OS/2"].sCapHeight / em,
        "advances": {
            chr(code): font["hmtx"][glyph][0] / em for code, glyph in sorted(font.getBestCmap().items())
        },
    }


@lru_cache
def _subset(source: Path) -> bytes:
    """Return the variable font with no more than `CHARACTERS`: once for all weights that are cut from it."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(source, recalcTimestamp=False)  # the package's own date, so that the bytes are stable
    for table in font["cmap"].tables:
        if table.isUnicode():
            # Neither typeface has the hyphens U+2010 and U+2011, and a fallback glyph would stand out.
            table.cmap.update({ord(hyphen): table.cmap[ord("-")] for hyphen in _HYPHENS})
    options = Options(layout_features=list(_FEATURES), hinting=False, notdef_outline=True)
    options.name_IDs = ["*"]  # they hold the licence, and looking for unused ones is slow
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(character) for character in CHARACTERS])
    subsetter.subset(font)
    stream = BytesIO()
    font.save(stream)
    return stream.getvalue()


def _package(name: str) -> Path:
    return Path(import_module(name).ROOT)


def _slug(family: str) -> str:
    return family.lower().replace(" ", "-")
