"""The poster as one file that asks for nothing: for a USB stick, or for a screen without a network."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from hashlib import sha256

from livingpolicy.model import PosterPlan
from livingpolicy.render.poster import CONTENT_SECURITY_POLICY, folder

_TYPES = {"woff2": "font/woff2", "png": "image/png", "webp": "image/webp", "svg": "image/svg+xml"}
_LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_SCRIPT = re.compile(r'<script src="([^"]+)"></script>')
_URL = re.compile(r'url\("([^"]+)"\)')
_IMAGE = re.compile(r'(?<=<img class="lp-logo__)(day|night)" src="([^"]+)"')


def alone(files: Mapping[str, bytes], plan: PosterPlan, *, theme: str = "light", sheet: str = "") -> bytes:
    """Return the poster with its style, script, fonts and logo inside. *files* are those of `poster_page`.

    *theme* is `light` or `dark`; *sheet* is `portrait` for upright paper. The content security policy names
    the style and the script by their digests and allows nothing else.
    """

    def data(name: str) -> bytes:
        return files[f"{folder(plan)}/{name}"]

    def embedded(name: str) -> str:
        kind = _TYPES[name.rpartition(".")[2]]
        return f"data:{kind};base64,{base64.b64encode(data(name)).decode()}"

    page = data("index.html").decode()
    style_name, script_name = _one(_LINK, page), _one(_SCRIPT, page)
    style = _URL.sub(lambda found: f'url("{embedded(found[1])}")', data(style_name).decode())
    script = data(script_name).decode()
    policy = CONTENT_SECURITY_POLICY.replace("style-src 'self'", f"style-src {_digest(style)}")
    policy = policy.replace("script-src 'self'", f"script-src {_digest(script)}")
    policy = policy.replace("font-src 'self'", "font-src data:").replace(
        "img-src 'self' data:", "img-src data:"
    )
    page = page.replace(CONTENT_SECURITY_POLICY.replace("'", "&#39;"), policy.replace("'", "&#39;"))
    page = _LINK.sub(lambda _: f"<style>{style}</style>", page)
    page = _SCRIPT.sub(lambda _: f"<script>{script}</script>", page)
    page = _IMAGE.sub(lambda found: f'{found[1]}" src="{embedded(found[2])}"', page)
    page = page.replace(' data-theme="light"', f' data-theme="{theme}"', 1)
    if sheet:
        page = page.replace(" data-theme=", f' data-sheet="{sheet}" data-theme=', 1)
    return page.encode()


def _one(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise AssertionError(f"the poster's template has changed: {pattern.pattern}")
    return found[1]


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"
