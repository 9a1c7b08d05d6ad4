"""The way from the wall to the whole policy: a QR code, and an address for people."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from markupsafe import Markup

EDITIONS = "P"
"""The folder of the pages behind printed posters; a capital, as capitals make QR codes coarser."""


@dataclass(frozen=True, slots=True)
class Door:
    """The way from the wall to the whole policy."""

    address: str
    """As people write it: no scheme, the host in small letters."""
    code: Markup
    """The QR code as SVG."""
    on_paper: Markup
    """The QR code of a printed poster: it leads to the page that says whether the paper still holds."""


def door(address: str | None, edition: str | None = None) -> Door | None:
    """Return the QR codes and the address for people, or None when the policy has no address.

    The code holds a full address, because telephones open nothing less. Without a scheme it is `HTTP://`:
    an intranet may not have the other, and one that has it forwards. Capitals and digits make the code coarse
    enough for a few metres. *edition* names what is printed; None: paper leads to the policy as the screen
    does.
    """
    if not address:
        return None
    scheme, _, rest = address.rpartition("://")
    host, slash, path = rest.partition("/")
    target = f"{(scheme or 'HTTP').upper()}://{host.upper()}{slash}{path}"
    printed = f"{target.rstrip('/')}/{edition_path(edition)}" if edition else target
    return Door(f"{host.lower()}{slash}{path}", _code(target), _code(printed))


def edition_path(edition: str) -> str:
    """Return the address of an edition's page, relative to the site and without the last slash."""
    return f"{EDITIONS}/{edition}"


def _code(target: str) -> Markup:
    code = segno.make(target, error="m", micro=False).svg_inline(border=4, omitsize=True, light="#fff")
    return Markup(code)  # noqa: S704 (made by segno; the text is not in it)
