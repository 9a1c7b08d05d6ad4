"""What a proposed change does to the policy, section by section, against the commit where it began.

`read_changes` asks git and compares; the rest are frozen values that the gate and the report to an approver
are functions of.
"""

from livingpolicy.changes.improved import ImprovementChange, Step
from livingpolicy.changes.measured import MeasurementChange
from livingpolicy.changes.read import NoBaseError, content_at, read_changes
from livingpolicy.changes.renamed import renamed_in_history
from livingpolicy.changes.values import (
    Changes,
    Effect,
    Renamed,
    SectionChange,
    Weakening,
    WeakeningKind,
    Written,
)
from livingpolicy.changes.weakened import asks_less

__all__ = [
    "Changes",
    "Effect",
    "ImprovementChange",
    "MeasurementChange",
    "NoBaseError",
    "Renamed",
    "SectionChange",
    "Step",
    "Weakening",
    "WeakeningKind",
    "Written",
    "asks_less",
    "content_at",
    "read_changes",
    "renamed_in_history",
]
