"""Write LICENSES.md anew: every locked package with its licence. `make licences`, after `make lock`."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "LICENSES.md"

SPDX: Mapping[str, str] = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""What packages call their licence, in the words of SPDX; which of the BSD licences, some do not say."""

TOLD: Mapping[str, str] = {
    "axe-playwright-python": "MIT",  # its LICENSE; the metadata say nothing
    "brotlicffi": "MIT",  # for PyPy
    "cffi": "MIT-0",  # for PyPy
    "pycparser": "BSD-3-Clause",  # for PyPy
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",  # "Dual License"
    "quickjs-ng": "MIT",  # its LICENSE
}
"""Of packages whose metadata do not say, and of those that most computers do not install."""

FREE = frozenset(
    ["Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "MIT", "MIT-0", "MPL-2.0", "OFL-1.1", "PSF-2.0"]
)
"""Licences that ask nothing of who uses the program or reads the site."""

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)

HEAD = """\
# Licences

Every package that is installed from the lock files, with its licence as the package itself tells it;
`make licences` writes this page. None of them is part of this repository. A site that is built carries the
styles and scripts of the theme (MIT) and the two typefaces (OFL, with their licence beside them).

| package | version | licence | to |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True, slots=True, order=True)
class Package:
    """A package of the locks."""

    name: str
    version: str
    licence: str
    use: str
    """`run`, or `test` when only the tests and the build of the wheel need it."""

    @property
    def row(self) -> str:
        """The line of the table."""
        return f"| {self.name} | {self.version} | {self.licence} | {self.use} |\n"


def packages() -> list[Package]:
    """Return every locked package, in order.

    Raises:
        KeyError: a package does not say its licence, and nobody has looked it up.
    """
    run = set(_locked("requirements.lock"))
    everything = sorted(run | set(_locked("requirements-dev.lock")))
    return [
        Package(name, version, licence(name), "run" if (name, version) in run else "test")
        for name, version in everything
    ]


def licence(name: str) -> str:
    """Return the licence of a package in the words of SPDX."""
    if name in TOLD:
        return TOLD[name]
    try:
        told = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        raise KeyError(name) from None
    classified = [each.split(" :: ")[-1] for each in told.get("classifier", ()) if each.startswith("License")]
    for said in (told.get("license_expression"), told.get("license"), *classified):
        if isinstance(said, str) and terms(spdx := SPDX.get(said, said)) <= FREE:
            return spdx
    raise KeyError(name)


def terms(licence: str) -> frozenset[str]:
    """Return the licences that an expression names."""
    return frozenset(re.split(r" (?:AND|OR) ", licence))


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(package.row for package in packages())


def _locked(name: str) -> list[tuple[str, str]]:
    return _PINNED.findall((ROOT / name).read_text("utf-8"))


def main() -> int:
    """Write the page, and say so when it was out of date."""
    made = page()
    if not PAGE.is_file() or PAGE.read_text("utf-8") != made:
        PAGE.write_text(made, "utf-8", newline="\n")
        sys.stdout.write(f"{PAGE}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
