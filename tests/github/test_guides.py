"""What the guides show can be copied: the examples are valid content."""

from __future__ import annotations

import re
import shutil
import textwrap
from pathlib import Path

import pytest

from livingpolicy.cli import main
from livingpolicy.language import catalogue
from tests.github.test_workflows import ROOT
from tests.policy_repo import CHAPTER, POLICY_YML

DOCS = ROOT / "docs"
LAGER = "  lagerchef: {name: Lagerchefen, team: Lager, contact: lager@example.com}\n"
SETTINGS = POLICY_YML.replace("owners:\n", f"owners:\n{LAGER}") + (
    'opening_hours:\n  phone: [{days: mon-fri, from: "08:00", to: "18:00"}]\n'
)
TARGETS = """\
svarstid-telefon:
  name: Svarstid i telefon
  wording: inom tre minuter
  at_most: 3
  unit: minutes
  clock: opening-hours
  channel: phone
  owner: kundtjanstchef
"""


def judge(root: Path, files: dict[str, str]) -> int:
    """Return what `livingpolicy check` says of a policy with *files* beside the smallest one."""
    small = {
        "policy/policy.yml": SETTINGS,
        "policy/targets.yml": TARGETS,
        "policy/chapters/tillganglighet.md": CHAPTER,
    }
    for path, text in (small | files).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return main(["check", "--scope", "all", "--no-git", "--today", "2026-11-22", "--root", str(root)])


def test_the_chapter_in_the_editors_guide_is_valid(tmp_path):
    guide = (DOCS / "redaktor.md").read_text("utf-8")
    chapter = re.search(r"^````markdown\n(.+?)^````$", guide, re.MULTILINE | re.DOTALL)
    assert judge(tmp_path, {"policy/chapters/leverans.md": chapter[1]}) == 0


def test_the_review_in_the_reviewers_guide_is_valid(tmp_path):
    guide = (DOCS / "granska.md").read_text("utf-8")
    ledger, targets = re.findall(r"^```yaml\n(.+?)^```$", guide, re.MULTILINE | re.DOTALL)
    files = {"policy/reviews/tillganglighet.yml": ledger, "policy/reviews/targets.yml": targets}
    assert judge(tmp_path, files) == 0


def test_the_improvement_in_the_editors_guide_is_valid_from_its_start_to_its_end(tmp_path):
    guide = (DOCS / "redaktor.md").read_text("utf-8")
    part = guide[guide.index("{#forbattra}") :]
    begun, ended, meeting = re.findall(r"^```yaml\n(.+?)^```$", part, re.MULTILINE | re.DOTALL)[:3]
    for number, text in enumerate((begun, begun + ended)):
        files = {"policy/improvements.yml": text, "policy/policy.yml": SETTINGS + meeting}
        assert judge(tmp_path / str(number), files) == 0


NEEDS = {
    "kind": "promise: Vi ringer alltid tillbaka.",
    "promise": "kind: promise",
    "poster": "kind: promise\npromise: Vi svarar i telefon inom tre minuter.",
    "reason": "retired_on: 2026-01-01",
    "replaced_by": "retired_on: 2026-01-01\nreason: Två avsnitt blev ett.",
    "retired_on": "reason: Ingen använde blanketten.",
}
"""Fields that say nothing without another one."""

FIELDS = re.split(
    r"## I hela policyn|### Planscherna|Under `posters`|## Tider och dagar",
    (DOCS / "falt.md").read_text("utf-8"),
)
EXAMPLES, OTHERS, OF_THE_POSTER, OF_POSTERS, *_ = (
    dict(re.findall(r"^\| `(\w+)` \|.*\| `(\1: .+)` \|$", part, re.MULTILINE)) for part in FIELDS
)
"""Of sections and chapters; of targets and the settings; of the usual poster; of the other posters."""


@pytest.mark.parametrize("field", EXAMPLES)
def test_each_field_is_shown_as_it_may_be_written(tmp_path, field):
    metadata = "\n".join(filter(None, (NEEDS.get(field), EXAMPLES[field])))
    metadata = metadata.replace("replaced_by: klagomal", "replaced_by: svar-telefon")
    section = f"## Prov {{#prov}}\n\n```yaml\n{metadata}\n```\n\nText.\n"
    chapter = textwrap.dedent("""\
        ---
        title: Prov
        ---

        # Prov

        """)
    assert judge(tmp_path, {"policy/chapters/provkapitel.md": chapter + section}) == 0


TARGET = {"name": "Svar", "wording": "inom tre minuter", "at_most": "3", "unit": "minutes"}


@pytest.mark.parametrize("field", OTHERS)
def test_each_field_of_a_target_is_shown_as_it_may_be_written(tmp_path, field):
    """Whether a promise of three minutes can be kept is another matter."""
    if field in {"country", "closed_days"}:
        assert judge(tmp_path, {"policy/policy.yml": f"{SETTINGS}{OTHERS[field]}\n"}) == 0
        return
    written = {name: f"{name}: {value}" for name, value in TARGET.items()} | {field: OTHERS[field]}
    if field == "at_least":
        del written["at_most"]
    lines = "".join(f"  {line}\n" for line in written.values())
    assert judge(tmp_path, {"policy/targets.yml": f"svarstid-telefon:\n{lines}"}) < 2


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><path d="M0 0h60v20z"/></svg>'


@pytest.mark.parametrize(
    ("key", "field"),
    [("poster", name) for name in OF_THE_POSTER] + [("posters", name) for name in OF_POSTERS],
)
def test_each_field_of_a_poster_is_shown_as_it_may_be_written(tmp_path, key, field):
    written = f"  {OF_THE_POSTER.get(field)}\n"
    if key == "posters":
        entry = {"title": "title: Lager", "audience": "audience: staff"} | {field: OF_POSTERS[field]}
        written = "  lager:\n" + "".join(f"    {line}\n" for line in entry.values())
    shutil.copytree(DOCS.parent / ".cache" / "fonts", tmp_path / ".cache" / "fonts")  # cutting takes seconds
    block = f"```yaml\nkind: promise\n{PROMISE}\n```"
    head = "---\ntitle: Tillgänglighet\n---\n\n# Tillgänglighet"
    chapter = f"{head}\n\n## Svar {{#svar-telefon}}\n\n{block}\n\nText.\n"
    files = {
        "policy/policy.yml": f"{SETTINGS}{key}:\n{written}",
        "policy/images/logo.svg": LOGO,
        "policy/chapters/tillganglighet.md": chapter,
    }
    assert judge(tmp_path, files) == 0


PROMISE = "promise: Vi svarar i telefon inom tre minuter.\nposter: {text: Svar i telefon}"


def test_every_field_has_an_example():
    named = set(re.findall(r"^\| `(\w+)` \|", (DOCS / "falt.md").read_text("utf-8"), re.MULTILINE))
    assert named - {*EXAMPLES, *OTHERS, *OF_THE_POSTER, *OF_POSTERS} == {
        "id",
        "description",
    }  # of a chapter, shown in the editors' guide


def test_every_mistake_in_the_guide_has_the_name_that_the_check_prints():
    guide = (DOCS / "redaktor.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[a-z0-9-]+`(?:, `[a-z0-9-]+`)*) \| [A-ZÅÄÖ]", guide, re.MULTILINE)
    codes = re.findall(r"`([a-z0-9-]+)`", " ".join(rows))
    assert len(codes) >= 15
    assert {f"problem.{code}" for code in codes} <= catalogue("sv").texts.keys()


def test_the_message_in_the_guide_is_the_one_that_is_printed(tmp_path, capsys):
    (line,) = re.findall(r"^policy/.+$", (DOCS / "redaktor.md").read_text("utf-8"), re.MULTILINE)
    chapter = "---\ntitle: Leverans\n---\n\n# Leverans\n\nText.\n\n## Presentkort\n\nText.\n"
    assert judge(tmp_path, {"policy/chapters/leverans.md": chapter}) == 2
    assert line in capsys.readouterr().err.splitlines()
