"""The policy as data: what applies, who answers, and nobody who wrote it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator

from livingpolicy.model import Area, Channel, History, Phase, PosterText, RevisionKind, Snapshot
from livingpolicy.render import policy_json
from livingpolicy.render.contracts import CONTRACTS, contract
from livingpolicy.render.pages.values import SiteSettings
from tests.measures.samples import PHONE
from tests.samples import history, policy, review, revision, section, snapshot

POLICY = Draft202012Validator(
    json.loads(contract("policy")), format_checker=Draft202012Validator.FORMAT_CHECKER
)
SUBJECT = "Tre minuter i stället för fem"


def read(taken: Snapshot, settings: SiteSettings | None = None) -> dict[str, Any]:
    """Return the document, read back and held against its schema."""
    found = json.loads(policy_json.document(taken, settings or SiteSettings()))
    POLICY.validate(found)
    return dict(found)


def busy() -> Snapshot:
    """Return a policy with everything that a section may have, one that waits and one that is gone."""
    phone = section(
        "svar-telefon",
        aliases=("telefontider",),
        target=PHONE.id,
        prints=(PHONE.id,),
        channels=(Channel.PHONE, Channel.WEB),
        phases=(Phase.BEFORE,),
        areas=(Area.SPEED,),
        situations=("Kunden har väntat länge",),
        steps=("Svara {{ target.svarstid-telefon }}", "Säg **ditt** namn"),
        poster=PosterText("till svar i telefon", "3", "minuter", for_visitors=True),
    )
    body = "Vi svarar {{ target.svarstid-telefon }}.\n\n<!-- Fråga Eva -->\n\nSe [mejl](mejl.md).\u009b31m\n"
    gone = section(
        "fax",
        line=70,
        steps=("Läs faxen",),
        situations=("Kunden faxar",),
        target=PHONE.id,
        retired_on=date(2026, 6, 30),
        reason="Ingen faxar",
        replaced_by="svar-telefon",
    )
    content = policy(
        replace(phone, body=body), section("ny-kanal", line=60, effective_from=date(2027, 1, 1)), gone
    )
    content = replace(content, targets={PHONE.id: PHONE})
    added = revision("2025-11-10", RevisionKind.ADDED, "Lägg till avsnitten")
    known = history(
        svar_telefon=(revision("2026-05-03", subject=SUBJECT), added),
        ny_kanal=(replace(added, metadata="effective_from: 2027-01-01"),),
        fax=(added,),
    )
    return snapshot(content, known, (review("2026-06-12"),))


def sections(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for chapter in document["chapters"] for each in chapter["sections"]}


def test_the_whole_document(golden: Callable[[str, str], None]) -> None:
    text = policy_json.document(busy(), SiteSettings())
    POLICY.validate(json.loads(text))
    golden("policy.json", text)


def test_the_same_policy_is_the_same_bytes() -> None:
    assert policy_json.document(busy(), SiteSettings()) == policy_json.document(busy(), SiteSettings())


def test_targets_are_in_words_and_comments_of_editors_are_left_out() -> None:
    phone = sections(read(busy()))["svar-telefon"]
    assert phone["text"] == "Vi svarar inom tre minuter.\n\n\n\nSe [mejl](mejl.md).\u009b31m"
    assert phone["steps"] == ["Svara inom tre minuter", "Säg **ditt** namn"]


def test_nothing_of_it_moves_a_cursor() -> None:
    assert "\u009b" not in policy_json.document(busy(), SiteSettings())


def test_a_retired_section_is_marked_and_says_no_more_what_it_said() -> None:
    gone = sections(read(busy()))["fax"]
    told = ("status", "retired_on", "reason", "replaced_by")
    assert [gone[key] for key in told] == ["retired", "2026-06-30", "Ingen faxar", "svar-telefon"]
    assert [gone[key] for key in ("promise", "text", "target", "steps", "situations")] == [
        None,
        None,
        None,
        [],
        [],
    ]


def test_a_section_that_waits_says_from_which_day_it_applies() -> None:
    waiting = sections(read(busy()))["ny-kanal"]
    assert (waiting["status"], waiting["effective_from"]) == ("upcoming", "2027-01-01")


def test_addresses_follow_the_site() -> None:
    plain = read(busy(), SiteSettings(folders=False))
    assert sections(plain)["svar-telefon"]["address"] == "tillganglighet.html#svar-telefon"
    assert plain["targets"][0]["address"] == "mal/svarstid-telefon.html"


def test_no_subject_of_a_commit_is_in_it() -> None:
    text = policy_json.document(busy(), SiteSettings())
    assert SUBJECT not in text
    assert "Lägg till avsnitten" not in text


def test_without_history_no_date_is_made_up() -> None:
    unavailable = History(revisions={}, complete=False, head=None)
    found = read(snapshot(policy(), unavailable))
    (only,) = sections(found).values()
    assert (found["history"], found["version"]["head"]) == ("unavailable", None)
    assert (only["status"], only["last_revised_on"], only["due_on"]) == ("unknown", None, None)


def test_every_schema_is_one_and_allows_only_what_it_names() -> None:
    for name in CONTRACTS:
        schema = json.loads(contract(name))
        Draft202012Validator.check_schema(schema)
        shapes = [schema, *schema["$defs"].values()]
        assert all("additionalProperties" in shape for shape in shapes if shape.get("type") == "object")
