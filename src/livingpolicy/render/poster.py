"""The poster: one page that is complete without JavaScript, from the web and from a folder alike.

Everything is a function of the snapshot. What time changes, the foot, is in the page in every wording it can
have; `poster.js` only chooses. `?tema=mork` asks for the dark theme, `?format=staende` for upright paper.
The poster that every policy has lies in `plansch/`, one under `posters:` in `plansch/<name>/`.

The screen (see `screen`) loads the page under the name of its own build id, so that an old page can never be
mixed with a new style: every file that a poster uses has its hash in its name. The screen trusts a page whose
build id stands at the top and at the end, whose style sheet has come to its own end (`END_OF_STYLE`), whose
script has run (`data-ready`) and whose fonts and pictures are there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from livingpolicy.colours import declarations, palette
from livingpolicy.fonts import DISPLAY, TEXT, FontFile, css, licences
from livingpolicy.language import catalogue
from livingpolicy.logos import Picture, picture
from livingpolicy.model import Logo, PosterPlan, PosterText, Snapshot
from livingpolicy.render.copyfit import COMMON, LYING, SHAPES, STANDING, Copy, Faces, Shape, fit
from livingpolicy.render.environment import environment
from livingpolicy.render.hyphens import hyphenated
from livingpolicy.render.legibility import least_size
from livingpolicy.render.pages.version import version_of
from livingpolicy.render.poster_choice import promises
from livingpolicy.render.poster_css import colours, constants, fallback, on_paper, rules, typeface, upright
from livingpolicy.render.poster_door import Door, door
from livingpolicy.render.poster_editions import edition
from livingpolicy.render.poster_foot import Foot, State, foot
from livingpolicy.render.poster_value import Reached, reached
from livingpolicy.render.typeset import keep_together

__all__ = [
    "FOLDER",
    "Door",
    "Foot",
    "State",
    "door",
    "folder",
    "foot",
    "poster_files",
    "poster_page",
    "promises",
]

FOLDER = "plansch"
"""Where the poster is published; the address is part of what screens and posters out there rely on."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)

END_OF_STYLE = ":root {\n  --lp-complete: 1;\n}\n"
"""A style sheet that was cut short lacks it, whatever the server said of its length."""

SCREENS = 1.6
"""What is longer than so many times its shorter side hangs on a wall as a screen."""

_DISPLAYS = {"bricolage-grotesque": (DISPLAY, 800), "hanken-grotesk": (TEXT, 800)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A poster before it is written: its words, and what they are set in."""

    plan: PosterPlan
    copy: Copy
    faces: Faces
    values: tuple[Reached | None, ...]
    """Below each promise."""
    foot: Foot
    door: Door | None
    least: float
    """The size of the smallest letters that can be read from where people stand."""

    def least_on(self, shape: Shape) -> float:
        """Return that size for a shape that screens have; paper is read by whoever walks up to it."""
        return self.least if shape.nearest >= SCREENS else 0.0


def sheet(snapshot: Snapshot, plan: PosterPlan, *, fonts: Sequence[FontFile]) -> Sheet:
    """Return what stands on the poster *plan*."""
    policy, words, settings = snapshot.policy, catalogue(snapshot.policy.language), plan.settings
    shown = promises(snapshot, plan)
    faces = Faces(
        *(_font(fonts, *choice) for choice in (_DISPLAYS[settings.typeface], (TEXT, 600), (TEXT, 700)))
    )
    door_ = door(settings.address, edition(snapshot, plan))
    foot_ = foot(snapshot, words, plan, version=version_of(snapshot), coded=door_ is not None)
    values = tuple(reached(item, snapshot, words, visitors=plan.visitors) for item in shown) or (None,)
    logo = _picture(settings.logo)

    def set_(text: str) -> str:
        return hyphenated(keep_together(text), settings.hyphens)

    copy = Copy(
        guiding_words=policy.guiding_words,
        vision=set_(policy.vision),
        promises=tuple(
            PosterText(set_(text.text), text.figure, text.unit)
            for item in shown
            if (text := item.section.metadata.poster)
        )
        or (PosterText(keep_together(words.text("poster.empty"))),),
        values=tuple(
            tuple(wording.measured for wording in value.wordings) if value else () for value in values
        ),
        foot=tuple(state.paragraphs for state in foot_.states),
        paper_foot=tuple(state.on_paper for state in foot_.states),
        signature=(plan.title, policy.organisation),
        door=(words.text("poster.read"), door_.address) if door_ else (),
        invitations=tuple(words.text(f"poster.{key}") for key in ("read", "holds")) if door_ else (),
        logo=logo.ratio if logo else None,
    )
    return Sheet(plan, copy, faces, values, foot_, door_, least_size(settings, faces))


def poster_page(
    snapshot: Snapshot, plan: PosterPlan | None = None, *, fonts: Sequence[FontFile]
) -> Mapping[str, bytes]:
    """Return a poster's files by published path: page, style, script, fonts and their licences.

    Without *plan*: those of the poster that every policy has.
    """
    policy = snapshot.policy
    plan = plan or policy.posters[0]
    made = sheet(snapshot, plan, fonts=fonts)
    copy, faces, settings = made.copy, made.faces, plan.settings
    title = f"{plan.title} · {policy.organisation}"
    template = environment(policy.language)
    fitted = {shape: fit(copy, faces, shape, least=made.least_on(shape)) for shape in SHAPES}
    layout = _resource("upright.css")
    style = "".join(
        (
            css((faces.display, faces.text, faces.bold), "", display="block", cap_box=True),
            colours(declarations(palette(settings.colours))),
            typeface(faces.display.family),
            _resource("poster.css"),
            upright(layout),
            constants(faces, copy),
            fallback(fit(copy, faces, COMMON, least=made.least)),
            *(rules(shape, setting) for shape, setting in fitted.items()),
            on_paper(layout, fitted[LYING], fitted[STANDING]),
            END_OF_STYLE,
        )
    ).encode()
    script = _resource("poster.js").encode()
    style_name, script_name = _hashed("poster", "css", style), _hashed("poster", "js", script)
    logos = [_picture(logo) for logo in (settings.logo, settings.logo_dark)]
    logo_names = [_hashed("logo", logo.suffix, logo.data) if logo else None for logo in logos]

    def page(build: str) -> str:
        return template.get_template("poster/poster.html.j2").render(
            build=build,
            content_security_policy=CONTENT_SECURITY_POLICY,
            title=title,
            style=style_name,
            script=script_name,
            guiding_words=copy.guiding_words,
            vision=copy.vision,
            promises=list(zip(copy.promises, made.values, strict=True)),
            door=made.door,
            foot=made.foot,
            signature=copy.signature,
            logo_day=logo_names[0],
            logo_night=logo_names[1],
        )

    build = sha256(page("").encode()).hexdigest()[:16]
    final = page(build).encode()
    published = {"index.html": final, f"{build}.html": final, style_name: style, script_name: script}
    published |= {font.name: font.data for font in (faces.display, faces.text, faces.bold)}
    published |= {name: logo.data for name, logo in zip(logo_names, logos, strict=True) if name and logo}
    published |= licences()
    return {f"{folder(plan)}/{name}": data for name, data in published.items()}


def poster_files(snapshot: Snapshot, *, fonts: Sequence[FontFile]) -> Mapping[str, bytes]:
    """Return the files of every poster by published path."""
    return {
        path: data
        for plan in snapshot.policy.posters
        for path, data in poster_page(snapshot, plan, fonts=fonts).items()
    }


def folder(plan: PosterPlan) -> str:
    """Return the folder in which a poster is published, relative to the site."""
    return f"{FOLDER}/{plan.name}" if plan.name else FOLDER


def _picture(logo: Logo | None) -> Picture | None:
    return _drawn(logo.path, logo.data) if logo and logo.data is not None else None


@lru_cache(8)
def _drawn(path: str, data: bytes) -> Picture:
    return picture(path, data)


def _font(fonts: Sequence[FontFile], family: str, weight: int) -> FontFile:
    return next(
        font for font in fonts if (font.family, font.weight, font.style) == (family, weight, "normal")
    )


def _hashed(stem: str, suffix: str, data: bytes) -> str:
    return f"{stem}-{sha256(data).hexdigest()[:10]}.{suffix}"


def _resource(name: str) -> str:
    return (files("livingpolicy") / "templates" / "poster" / name).read_text("utf-8")
