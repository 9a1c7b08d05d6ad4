"""The headers with which a web server should send the site, as snippets for nginx, Apache and Caddy.

They say what the pages may do: run the site's own scripts, and nothing from anywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from types import MappingProxyType

from livingpolicy.language import Catalogue

NAMES = ("nginx.conf", "apache.conf", "Caddyfile")
"""One snippet for each server."""

HASHED = r"[-.][0-9a-f]{8,64}(\.min)?\.(css|js|woff2)$"
"""Names of files that carry a digest of their content: what is behind them never changes."""

_FEATURES = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb")
"""What no page here ever needs of a browser."""


def content_security_policy(hashes: Iterable[str]) -> str:
    """Return the policy under which the pages work, and nothing else does.

    *hashes* are `sha256-…` of the inline scripts that may run. The page for the office screen shows the
    poster in a frame; nobody else's page may show any of ours.
    """
    scripts = " ".join(["'self'", *(f"'{item}'" for item in hashes)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'",
            "frame-ancestors 'self'",
            "form-action 'self'",
            "base-uri 'none'",
        ]
    )


def headers(hashes: Iterable[str]) -> Mapping[str, str]:
    """Return the headers that every answer carries, whatever it answers."""
    return MappingProxyType(
        {
            "Content-Security-Policy": content_security_policy(hashes),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "X-Robots-Tag": "noindex, nofollow",
            "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
        }
    )


def snippets(hashes: Iterable[str], words: Catalogue) -> Mapping[str, str]:
    """Return the text of each snippet by its file name."""
    every = headers(hashes)
    lines = {
        "nginx.conf": [f'add_header {name} "{value}" always;' for name, value in every.items()],
        "apache.conf": [f'Header always set {name} "{value}"' for name, value in every.items()],
        "Caddyfile": [f'\t{name} "{value}"' for name, value in every.items()],
    }
    return {
        name: _template(name)
        .replace(
            "@ABOUT@", "\n".join(f"# {line}" for line in words.text("headers.about", file=name).splitlines())
        )
        .replace("@HEADERS@", "\n".join(lines[name]))
        .replace("@HASHED@", HASHED)
        for name in NAMES
    }


def _template(name: str) -> str:
    return (files("livingpolicy") / "templates" / "server" / name).read_text("utf-8")
