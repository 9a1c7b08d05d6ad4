"""Which improvements should have been looked at by now. No files, no git, no clock.

Nobody is stopped by it: whether something helped is a question for the next evaluation.
"""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.errors import Problem
from livingpolicy.model import Snapshot


def late_checks(snapshot: Snapshot) -> Iterator[Problem]:
    """Yield a warning for each check whose day has passed; its values name the `role` that is waited for."""
    for one in snapshot.improvements:
        if one.is_late(snapshot.as_of):
            values = {
                "id": one.id,
                "title": one.problem,
                "due": one.check_on.isoformat(),
                "owner": one.owner.name,
                "role": one.owner.id,
            }
            yield Problem(one.source, "effect-check-late", values, warning=True)
