"""Mistakes in how posters are to hang: for whom, in which colours, with which logo."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from livingpolicy.model import Area, Colours, PosterPlan
from tests.content.reading import Fault, Files, load, metadata, places, policy, wording
from tests.policy_repo import CHAPTER

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">{}</svg>'
LOGO = SVG.format('<path d="M0 0h60v20z" style="fill:#0a4552"/>')
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII5B", 13, b"IHDR", 300, 100, 8, 6, 0, 0, 0)


def promises(*lines: str) -> str:
    """Return a chapter with so many promises for posters; each line goes into one of them."""
    sections = [
        f"## Löfte {number} {{#lofte-{number}}}\n\n```yaml\nkind: promise\npromise: Vi svarar.\n"
        f"poster: {{text: Vi svarar{line}}}\n```\n\nText.\n"
        for number, line in enumerate(lines, 1)
    ]
    return "\n".join([CHAPTER, *sections])


def hung(settings: str, *lines: str, **files: str | bytes) -> Files:
    """Return a policy with *settings* in the place of line 12, four promises unless told otherwise."""
    return {
        **policy("phases: []", settings),
        "policy/chapters/tillganglighet.md": promises(*(lines or ("",) * 4)),
        **{f"policy/images/{name.replace('_', '.')}": data for name, data in files.items()},
    }


def drawn(inside: str) -> Files:
    """Return a policy whose logo is an SVG with *inside*."""
    return hung("poster: {logo: images/logo.svg}", logo_svg=SVG.format(inside))


OPEN = ", visitors: true"

FAULTS: list[Fault] = [
    (
        "a poster without promises",
        policy("phases: []", "poster: {distance_m: 3}"),
        ["(policy.yml:12 poster-thin)"],
    ),
    (
        "thirteen promises on a poster of its own",
        hung("posters: {lager: {title: Lager, audience: staff}}", *[""] * 13),
        ["tillganglighet.md:29 poster-full", "policy.yml:12 poster-full"],
    ),
    (
        "nothing for visitors",
        hung("posters: {reception: {title: Reception, audience: visitors}}"),
        ["(policy.yml:12 poster-visitors)"],
    ),
    (
        "a section that visitors may not read",
        hung(
            "posters: {reception: {title: Reception, audience: visitors, sections: [lofte-5]}}",
            *[OPEN] * 4,
            "",
        ),
        ["policy.yml:12 poster-staff-only", "(policy.yml:12 poster-visitors)"],
    ),
    (
        "a section that is on no poster",
        hung("posters: {lager: {title: Lager, audience: staff, sections: [svar-mejl, lofte-1]}}"),
        ["policy.yml:12 poster-section", "(policy.yml:12 poster-thin)"],
    ),
    (
        "a section that is unknown",
        hung("posters: {lager: {title: Lager, audience: staff, sections: [lofte-l]}}"),
        ["(policy.yml:12 poster-thin)", "policy.yml:12 unknown-section"],
    ),
    (
        "a poster for nobody in particular",
        hung("posters: {lager: {title: Lager}}"),
        ["policy.yml:12 missing-key"],
    ),
    (
        "a poster in the place of another page",
        hung("posters: {kontroll: {title: Kontroll, audience: staff}}"),
        ["policy.yml:12 poster-name"],
    ),
    ("a colour in words", hung("poster: {colours: {panel: blå}}"), ["policy.yml:12 colour-form"]),
    (
        "a colour on which nothing can be read",
        hung('poster: {colours: {panel: "#3388cc"}}'),
        ["(policy.yml:12 colour-contrast)"],
    ),
    (
        "ink that is too pale",
        hung('poster: {colours: {ink: "#777777"}}'),
        ["(policy.yml:12 colour-contrast)"],
    ),
    ("a typeface that we do not have", hung("poster: {typeface: arial}"), ["policy.yml:12 not-allowed"]),
    ("a word without a hyphen", hung("poster: {hyphens: [återbetalning]}"), ["policy.yml:12 hyphen-form"]),
    ("a logo by another name", hung("poster: {logo: images/almlunda.svg}"), ["policy.yml:12 logo-form"]),
    ("a logo that is not there", hung("poster: {logo: images/logo.png}"), ["policy.yml:12 logo-missing"]),
    (
        "a logo that is no picture",
        hung("poster: {logo: images/logo.svg}", logo_svg="GIF89a"),
        ["logo.svg:1 logo-unreadable"],
    ),
    (
        "a logo that moves",
        hung("poster: {logo: images/logo.png}", logo_png=PNG + b"....acTL"),
        ["logo.png:1 logo-moves"],
    ),
    (
        "a logo like a strip",
        hung("poster: {logo: images/logo.svg}", logo_svg=LOGO.replace("60 20", "600 20")),
        ["logo.svg:1 logo-shape"],
    ),
    (
        "a logo of half a megabyte",
        hung("poster: {logo: images/logo.png}", logo_png=PNG + b"." * 500_000),
        ["logo.png:1 logo-large"],
    ),
    ("a script in a logo", drawn("<script>alert(1)</script>"), ["logo.svg:1 logo-svg"]),
    ("an event in a logo", drawn('<path d="M0 0" onclick="alert(1)"/>'), ["logo.svg:1 logo-svg"]),
    ("a picture in a logo", drawn('<image href="https://example.com/x.png"/>'), ["logo.svg:1 logo-svg"]),
    ("text in a logo", drawn("<text>Almlunda</text>"), ["logo.svg:1 logo-svg"]),
    ("a style that fetches", drawn("<style>@import 'x.css';</style>"), ["logo.svg:1 logo-svg"]),
    (
        "an entity in a logo",
        hung("poster: {logo: images/logo.svg}", logo_svg='<!DOCTYPE svg [<!ENTITY a "b">]>' + LOGO),
        ["logo.svg:1 logo-svg"],
    ),
]


@pytest.mark.parametrize(("name", "files", "expected"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_mistake_gives_one_clear_problem(
    tmp_path: Path, name: str, files: Files, expected: list[str]
) -> None:
    assert places(tmp_path, files) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_words_that_help(
    tmp_path: Path, language: str, golden: Callable[[str, str], None]
) -> None:
    golden(f"faults/posters.{language}.txt", wording(tmp_path, FAULTS, language))


@pytest.mark.parametrize(
    "files",
    [
        hung("poster: {logo: images/logo.svg, logo_dark: images/logo.png}", logo_svg=LOGO, logo_png=PNG),
        hung("poster: {hyphens: [åter-betalning, Kund-tjänst]}"),
        hung('poster: {colours: {panel: "#0a4552", accent: FFD88A, paper: "#FBF7EE"}}'),
        hung(
            "posters: {lager: {title: Lager, audience: staff, areas: [speed], sections: [lofte-2]}}"
        ).__class__(
            hung("areas: [speed]\nposters: {lager: {title: Lager, audience: staff, areas: [speed]}}")
        ),
        metadata("kind: rule\n"),
    ],
)
def test_what_is_right_passes(tmp_path: Path, files: Files) -> None:
    assert places(tmp_path, files) == []


def test_a_poster_takes_what_it_names_and_what_has_its_areas_and_channels(tmp_path: Path) -> None:
    plan = PosterPlan("lager", "Lager", None, areas=(Area.SPEED,), sections=("lofte-9",))  # type: ignore[arg-type]
    assert plan.takes("lofte-9", (), ())
    assert plan.takes("lofte-1", (Area.SPEED, Area.STAFF), ())
    assert not plan.takes("lofte-1", (Area.STAFF,), ())


def test_a_poster_of_its_own_hangs_as_the_usual_one_unless_it_says_otherwise(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        hung(
            'poster: {address: KUND.EXAMPLE.COM, distance_m: 3, colours: {panel: "#004400"}}\n'
            "posters: {lager: {title: Lager, audience: staff, screen_inches: 40, format: portrait}}"
        ),
    ).policy
    usual, lager = found.posters
    assert (usual.name, usual.title, usual.settings.upright) == ("", "Kundpolicy", False)
    assert (lager.settings.address, lager.settings.distance_m) == ("KUND.EXAMPLE.COM", 3)
    assert (lager.settings.screen_inches, lager.settings.upright) == (40, True)
    assert lager.settings.colours == Colours(panel="#004400")


def test_a_value_is_for_visitors_only_if_somebody_wrote_so(tmp_path: Path) -> None:
    found = load(tmp_path, hung("phases: []", "", OPEN, f"{OPEN}, value: shown", f"{OPEN}, value: hidden"))
    texts = [section.metadata.poster for section in found.policy.sections if section.metadata.poster]
    assert [text.for_visitors for text in texts] == [False, True, True, True]
    assert [text.shows_value for text in texts] == [True, True, True, False]
    assert [text.value_for_visitors for text in texts] == [False, False, True, False]
