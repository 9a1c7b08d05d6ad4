"""The screen in the office: a small page that never navigates and shows the poster for weeks.

It asks `status.json` once a minute. The contract is `posters` in it (`pages/machine.py`): the folder of every
poster, relative to the site, and the build id under which its page lies there: `{"plansch": "0f3c…"}` stands
for `plansch/0f3c….html`. The id is the poster's own, not that of the site: what is published may change
without the poster, and then nothing is loaded. What a page must hold to be shown is said in `poster`. Which
poster, and how it looks, is asked for in the screen's address, all of which is passed on:
`skarm/?plansch=reception&tema=mork`. `inloggning=ja` sends cookies and passwords along, for a site behind a
login that the device knows; without it no window can ever ask for one.

A mirror may add `seen` to `status.json`, the moment (ISO 8601) at which it last met the site itself; the
screen then counts lost contact from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib.resources import files

from livingpolicy.fonts import TEXT, FontFile, css
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Snapshot
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.values import SiteFile
from livingpolicy.render.poster import FOLDER

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
)

_FILLED_IN_LATER = ("hour", "minute", "day", "month", "year")


def screen_files(snapshot: Snapshot, fonts: Sequence[FontFile]) -> Iterable[SiteFile]:
    """Yield the screen's page, style and script. Its typeface is that of the site, in `fonts/`."""
    policy, words = snapshot.policy, catalogue(snapshot.policy.language)
    folder = words.text("site.path.screen")
    typeface = [font for font in fonts if (font.family, font.weight, font.style) == (TEXT, 700, "normal")]
    style = _lean(css(typeface, "../fonts/") + _resource("screen.css")).encode()
    script = _lean(_resource("screen.js")).encode()
    style_name, script_name = _hashed(folder, "css", style), _hashed(folder, "js", script)
    page = (
        environment(policy.language)
        .get_template("screen/screen.html.j2")
        .render(
            content_security_policy=CONTENT_SECURITY_POLICY,
            title=words.text("screen.title", title=policy.title),
            folder=FOLDER,
            style=style_name,
            script=script_name,
            months=" ".join(words.text(f"month.{number}") for number in range(1, 13)),
            today=_form("screen.lost.today", words),
            earlier=_form("screen.lost.earlier", words),
            stale=_form("screen.stale.earlier", words),
        )
    )
    yield SiteFile(f"{folder}/index.html", page.encode())
    yield SiteFile(f"{folder}/{style_name}", style)
    yield SiteFile(f"{folder}/{script_name}", script)


def _form(key: str, words: Catalogue) -> str:
    """Return a text whose placeholders are left for the script to fill in."""
    return words.text(key, **{name: f"{{{name}}}" for name in _FILLED_IN_LATER})


def _lean(text: str) -> str:
    """Return *text* without indentation and without lines that are a comment."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith(("//", "/*")))


def _hashed(stem: str, suffix: str, data: bytes) -> str:
    return f"{stem}-{sha256(data).hexdigest()[:10]}.{suffix}"


def _resource(name: str) -> str:
    return (files("livingpolicy") / "templates" / "screen" / name).read_text("utf-8")
