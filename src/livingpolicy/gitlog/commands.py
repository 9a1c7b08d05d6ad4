"""What git is asked, and under which conditions: constants, so that no content can become an option."""

from __future__ import annotations

import os

FOLDER = "policy"
"""The folder whose history is read, below the root."""

NOWHERE = os.devnull
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": NOWHERE,
    "GIT_CONFIG_SYSTEM": NOWHERE,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": NOWHERE,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # git before 2.44 fetches what a partial clone lacks all the same
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}
OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    "-c", "advice.graftFileDeprecated=false",
    "-c", "core.fsmonitor=false",
    "-c", f"core.hooksPath={NOWHERE}",
    "-c", f"core.attributesFile={NOWHERE}",
    "-c", "core.quotePath=false",
    "-c", "log.showSignature=false",
    "-c", "log.showRoot=true",
    "-c", "log.follow=false",
    "-c", "diff.external=",
    "-c", "diff.renames=false",
    "-c", "diff.relative=false",
    "-c", "diff.ignoreSubmodules=none",
    "-c", f"diff.orderFile={NOWHERE}",
    "-c", "i18n.logOutputEncoding=UTF-8",
)  # fmt: skip
FACTS = (
    "rev-parse",
    "--is-shallow-repository",
    "--show-prefix",
    "--git-path",
    "objects",
    "HEAD^{commit}",
)
_RAW = ("--raw", "-z", "--no-abbrev", "--no-renames", "--no-relative", "--no-ext-diff", "--no-textconv")
"""Which files differ, by hash; no configuration may shorten, rename or run anything."""
_MESSAGE = (
    "--no-show-signature",
    "--no-mailmap",
    "--no-notes",
    "--no-decorate",
    "--no-color",
    "--encoding=UTF-8",
)
_TOLD = "--format=%x01%H%x00%ct%x00%s%x00%b"
_CHAIN = ("log", "--first-parent", "--diff-merges=first-parent", *_RAW, *_MESSAGE)
_END = "--end-of-options"

LOG = (*_CHAIN, _TOLD, _END)

LOG_AFTER = (
    *_CHAIN,
    "--sparse",  # also the commits that do not touch the policy: every link of the chain is looked at
    _TOLD.replace("%H", "%H %P"),
    _END,
)

SINCE = ("log", "--no-merges", "--full-history", *_RAW, *_MESSAGE, _TOLD, _END)
"""Not only the first parents: a proposal is a branch, and its commits may lie behind a merge."""

PEOPLE = ("log", *_MESSAGE, "-z", "--format=%ae%n%ce%n%B", _END)
"""Who wrote and who committed, of every commit; the message too, whose trailers name people."""

DIFFERING = ("diff-tree", "-r", *_RAW, _END)
