"""What the guides show can be written as it stands there."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

from jsonschema import Draft202012Validator

from livingpolicy.measurements import parse_measurements
from tests.measures.test_outputs import SCHEMA

DOCS = Path(__file__).parents[2] / "docs"


def test_the_rows_of_the_editors_guide_are_read() -> None:
    guide = (DOCS / "redaktor.md").read_text("utf-8")
    example = re.search(r"```text\n( *period,value.*?)```", guide, re.DOTALL)
    assert example
    read, problems = parse_measurements("policy/measurements/a.csv", textwrap.dedent(example[1]))
    assert problems == ()
    assert [row.comment for row in read.rows] == [None, "Ny växel, igång den 5 oktober"]


def test_the_document_of_the_operators_guide_is_one() -> None:
    guide = (DOCS / "drift.md").read_text("utf-8")
    example = re.search(r"### Målen som JSON.*?```json\n(.*?)```", guide, re.DOTALL)
    assert example
    document = json.loads(example[1].replace("0f3c…", "0f3c" * 10))
    Draft202012Validator(SCHEMA).validate(document)
