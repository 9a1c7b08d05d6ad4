"""No address of somebody who wrote a commit stands anywhere in the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from livingpolicy.publish.proof.finding import Facts, Finding, Tree

ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*")


def addresses(tree: Tree, facts: Facts) -> Iterator[Finding]:
    """Yield the private addresses of *facts*, however they are written."""
    if not facts.private:
        return
    for path, data in tree.files.items():
        text = data.decode("utf-8", "ignore")
        for form in {text, unescape(text), unquote(text), unquote(unescape(text))}:
            if "@" not in form:
                continue
            for match in ADDRESS.finditer(form):
                if any(one in facts.private for one in _trimmed(match[0].lower())):
                    yield Finding(path, form.count("\n", 0, match.start()) + 1, "address")


def _trimmed(found: str) -> Iterator[str]:
    """Yield *found* and what is left of it without what may stand before an address in code or an URL."""
    yield found
    for mark in ("'", "=", "/", "%", "`", "{", "|", "&", "?", "#", "*", "+"):
        found_after = found.rpartition(mark)[2] if mark in found.split("@", maxsplit=1)[0] else ""
        if found_after:
            yield found_after
