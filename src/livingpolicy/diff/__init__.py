"""What changed between two wordings of a section, word by word, as values any renderer can draw.

No files, no git, no markup. `difference` compares, `trimmed` leaves out what did not change, `summary`
tells it in a line.
"""

from livingpolicy.diff.compare import NOTHING, difference
from livingpolicy.diff.facts import facts
from livingpolicy.diff.summary import summary
from livingpolicy.diff.trim import trimmed
from livingpolicy.diff.values import (
    Block,
    Change,
    Difference,
    Fact,
    Gap,
    Mark,
    Part,
    Piece,
    Role,
    Row,
    Run,
    Shape,
    Table,
    Wording,
)

__all__ = [
    "NOTHING",
    "Block",
    "Change",
    "Difference",
    "Fact",
    "Gap",
    "Mark",
    "Part",
    "Piece",
    "Role",
    "Row",
    "Run",
    "Shape",
    "Table",
    "Wording",
    "difference",
    "facts",
    "summary",
    "trimmed",
]
