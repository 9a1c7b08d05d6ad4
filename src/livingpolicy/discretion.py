"""What of a commit's message may be read by everybody: its words, and nobody's name or address in git.

A message is published as the reason of a change. An e-mail address in it is somebody's, an author's or a
customer's, whoever wrote it down; lines such as `Signed-off-by:` name people. Addresses that readers should
have stand in the policy itself.
"""

from __future__ import annotations

import re

MASK = "[…]"
"""What stands instead of an address, in any language."""

# Possessive, and only from the beginning of a word: a long message without any "@" is read once.
_ADDRESS = re.compile(r"(?:mailto:)?(?<![\w.!#$%&*+/=?^{|}~-])[\w.!#$%&*+/=?^{|}~-]++@[\w-]++(?:\.[\w-]++)*+")
_NAMING = re.compile(
    r"[ \t]*(?:[A-Za-z-]+-by|cc): .*|[ \t]*[A-Za-z][A-Za-z-]*: .*<[^<>\s]*@[^<>\s]*>\s*", re.IGNORECASE
)
_BRANCH = re.compile(r"(?<=\AMerge pull request #)(\d{1,9}) from \S+")


def discreet(message: str) -> str:
    r"""Return a message without the lines that name people, and with every e-mail address masked.

    >>> discreet("Kunden anna@example.com klagade.\nSigned-off-by: Bo Ek <bo@example.com>")
    'Kunden […] klagade.'
    """
    kept = "\n".join(line for line in message.split("\n") if not _NAMING.fullmatch(line))
    if "@" in kept:
        kept = _ADDRESS.sub(MASK, kept)
    return _BRANCH.sub(rf"\1 from {MASK}", kept)
