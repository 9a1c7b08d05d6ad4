#!/usr/bin/env python3
"""The git-history script: with no argument it prints the report, with `--check` it is the gate."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from livingpolicy.cli import COMMANDS, main


def arguments(argv: Sequence[str]) -> list[str]:
    """Return the call of `livingpolicy` that *argv* means.

    >>> arguments(["--check", "--today", "2027-01-01"])
    ['check', '--today', '2027-01-01']
    """
    if argv and argv[0] in COMMANDS:
        return list(argv)
    if "--check" in argv:
        return ["check", *(argument for argument in argv if argument != "--check")]
    return ["report", *argv]


if __name__ == "__main__":
    raise SystemExit(main(arguments(sys.argv[1:])))
