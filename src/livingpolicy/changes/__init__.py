"""What a proposed change does to the policy, section by section, against the commit where it began.

`read_changes` asks git and compares; the rest are frozen values that the gate and the report to an approver
are functions of.
"""

from livingpolicy.changes.read import NoBaseError, content_at, read_changes
from livingpolicy.changes.values import Changes, Effect, SectionChange, Weakening, WeakeningKind, Written

__all__ = [
    "Changes",
    "Effect",
    "NoBaseError",
    "SectionChange",
    "Weakening",
    "WeakeningKind",
    "Written",
    "content_at",
    "read_changes",
]
