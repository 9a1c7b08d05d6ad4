"""What may stand where, and the schemas that editors' tools read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from livingpolicy.model import Source
from livingpolicy.schema import LedgerEntry, PolicyFile, SectionBlock, TargetEntry, id_fault, read
from livingpolicy.schema_files import FOLDER, schema_files, write_schemas
from livingpolicy.strictyaml import Document
from livingpolicy.strictyaml import read as read_yaml
from tests.content.reading import LEDGER, TARGETS
from tests.policy_repo import POLICY_YML

ROOT = Path(__file__).parents[2]


def document(text: str) -> Document:
    found, problems = read_yaml(text, Source("f.yml"))
    assert found is not None
    assert not problems
    return found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("svar-telefon", None),
        ("0", None),
        ("a" * 60, None),
        ("a" * 61, "bad-id"),
        ("-a", "bad-id"),
        ("a\n", "bad-id"),
        ("", "bad-id"),
        ("com1", "reserved-id"),
        ("com", None),
        ("index", "reserved-id"),
    ],
)
def test_an_id_is_good_for_addresses_and_file_names(text: str, code: str | None) -> None:
    assert id_fault(text) == code


def test_what_is_right_is_kept_when_something_is_wrong() -> None:
    """One wrong key does not hide what the others say."""
    entry, problems = read(SectionBlock, document("kind: löfte\nowner: kundchef\n"))
    assert [problem.code for problem in problems] == ["not-allowed"]
    assert entry.value is not None
    assert entry.value.owner == "kundchef"
    assert entry.sure("owner")
    assert not entry.sure("owner", "kind")


def test_everything_that_is_missing_is_one_problem() -> None:
    _, problems = read(LedgerEntry, document("section: a\n"))
    assert [dict(problem.values)["keys"] for problem in problems] == ["reviewed_on, by, checked, outcome"]


def test_a_list_holds_everything_once() -> None:
    entry, _ = read(SectionBlock, document("channels: [phone, mail, phone]\n"))
    assert entry.value is not None
    assert [channel.value for channel in entry.value.channels or ()] == ["phone", "mail"]


def test_text_is_composed_and_on_one_line() -> None:
    """Å as A and a ring is the same letter, and a wrapped line the same sentence."""
    entry, _ = read(TargetEntry, document("name: Lo\u0308sta\n  klagom\u0061\u030al\n"))
    assert entry.value is not None
    assert entry.value.name == "Lösta klagomål"


def test_the_schemas_in_the_policy_are_those_of_the_model(tmp_path: Path) -> None:
    """`make schemas` writes them anew."""
    for name, text in schema_files().items():
        assert (ROOT / FOLDER / name).read_text("utf-8") == text


def test_writing_the_schemas_says_which_were_old(tmp_path: Path) -> None:
    assert len(write_schemas(tmp_path)) == len(schema_files())
    (tmp_path / FOLDER / "policy.json").write_text("{}")
    assert write_schemas(tmp_path) == (f"{FOLDER}/policy.json",)
    assert write_schemas(tmp_path) == ()


SECTION = """\
kind: promise
promise: Vi svarar i telefon inom tre minuter.
poster: {figure: 3, unit: minuter, text: till svar i telefon}
review_every: 3 months
channels: [phone]
mandate: [{role: medarbetare, up_to: 500, unit: kr}]
"""


@pytest.mark.parametrize(
    ("name", "model", "text", "mistake"),
    [
        ("policy.json", PolicyFile, POLICY_YML, ("per_week: 5", "per_week: fem")),
        ("section.json", SectionBlock, SECTION, ("figure: 3", "figure: 1000")),
        ("section.json", SectionBlock, SECTION, ("channels: [phone]", "channels: [fax]")),
        ("targets.json", None, TARGETS, ("unit: minutes", "unit: parsecs")),
        ("reviews.json", None, LEDGER, ("2026-11-03", "3 november")),
    ],
)
def test_a_schema_knows_right_from_wrong(
    name: str, model: type | None, text: str, mistake: tuple[str, str]
) -> None:
    schema: dict[str, Any] = json.loads(schema_files()[name])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document(text).value, schema)
    assert mistake[0] in text
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document(text.replace(*mistake)).value, schema)


def test_a_misspelt_key_is_underlined() -> None:
    schema = json.loads(schema_files()["policy.json"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document(POLICY_YML + "ägare: kundchef\n").value, schema)
