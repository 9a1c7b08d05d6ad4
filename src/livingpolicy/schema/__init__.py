"""What an editor may write in `policy.yml`, the registers, front matter, section metadata and the ledger.

Dataclasses over small readers of values, and nothing else: the mappings are few and shallow, and importing a
validation library would take every command longer than all of its work.
"""

from livingpolicy.schema.fields import ID_PATTERN, id_fault, shown
from livingpolicy.schema.mapping import json_schema
from livingpolicy.schema.models import (
    ChapterFront,
    ImprovementEntry,
    LedgerEntry,
    NeedEntry,
    PolicyFile,
    SectionBlock,
    TargetEntry,
)
from livingpolicy.schema.reading import Read, read

__all__ = [
    "ID_PATTERN",
    "ChapterFront",
    "ImprovementEntry",
    "LedgerEntry",
    "NeedEntry",
    "PolicyFile",
    "Read",
    "SectionBlock",
    "TargetEntry",
    "id_fault",
    "json_schema",
    "read",
    "shown",
]
