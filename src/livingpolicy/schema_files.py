"""The JSON Schemas in `policy/.schema/`, by which editors' tools complete and underline."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from livingpolicy.schema import (
    ID_PATTERN,
    ChapterFront,
    ImprovementEntry,
    LedgerEntry,
    PolicyFile,
    SectionBlock,
    TargetEntry,
    json_schema,
)
from livingpolicy.schema.assessment import QuestionnaireFile, ResultFile
from livingpolicy.schema.synonyms import GROUP

FOLDER = "policy/.schema"


def schema_files() -> Mapping[str, str]:
    """Return the text of every schema file, by name."""
    schemas: dict[str, dict[str, Any]] = {
        "policy.json": json_schema(PolicyFile),
        "chapter.json": json_schema(ChapterFront),
        "section.json": json_schema(SectionBlock),
        "targets.json": {
            "type": ["object", "null"],
            "description": "The target register.",
            "propertyNames": {"pattern": ID_PATTERN},
            "additionalProperties": json_schema(TargetEntry),
        },
        "improvements.json": {
            "type": ["object", "null"],
            "description": "The problems that are worked on, and those that were.",
            "propertyNames": {"pattern": ID_PATTERN},
            "additionalProperties": json_schema(ImprovementEntry),
        },
        "reviews.json": {
            "type": ["array", "null"],
            "description": "The reviews of one chapter's sections.",
            "items": json_schema(LedgerEntry)
            | {"oneOf": [{"required": ["section"]}, {"required": ["target"]}]},
        },
        "synonyms.json": {
            "type": ["array", "null"],
            "description": "Groups of words that mean the same to whoever searches.",
            "items": dict(GROUP.schema),
        },
        "questionnaire.json": json_schema(QuestionnaireFile),
        "assessment.json": json_schema(ResultFile),
    }
    return {name: _text(name, schema) for name, schema in schemas.items()}


def _text(name: str, schema: Mapping[str, Any]) -> str:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"policy: {Path(name).stem}"}
    return json.dumps({**head, **schema}, ensure_ascii=False, indent=2) + "\n"


def write_schemas(root: Path) -> tuple[str, ...]:
    """Write the schema files under *root* and return the paths of those that were out of date."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schema_files().items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(f"{FOLDER}/{name}")
    return tuple(written)
