"""A Mermaid block becomes a picture that needs no script, no request and no style in line."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from livingpolicy.diagrams import draw_all, style_sheet
from livingpolicy.diagrams.engine import LONGEST, RefusedError, draw
from livingpolicy.diagrams.tidy import tidy
from livingpolicy.errors import PolicyError
from livingpolicy.render.pages.prose import HeadingNames, Prose
from livingpolicy.render.pages.values import SiteSettings
from tests.content.reading import CHAPTER_PATH, places
from tests.policy_repo import CHAPTER
from tests.samples import policy, section

FLOW = """\
flowchart TD
  accTitle: Så går ett klagomål vidare
  accDescr: Från samtal till uppföljning
  A[Ta emot klagomålet] --> B{Kan du lösa det?}
  B -->|Ja| C[Lös det]
  B -->|Nej| D[Ring kundtjänstchefen]
  click C "https://tracker.example.com"
  style A fill:#ffdddd
"""

OTHERS = {
    "sequence": "sequenceDiagram\n accTitle: Samtal\n Kund->>Kundtjänst: Ringer\n Note over Kund: Väntar\n",
    "state": "stateDiagram-v2\n accTitle: Läge\n [*] --> Öppet\n Öppet --> Löst\n",
    "timeline": "timeline\n accTitle: År\n title År\n 2025 : Skriven\n 2026 : Använd\n",
    "pie": 'pie title Ärenden\n accTitle: Andelar\n "Telefon" : 40\n "Mejl" : 60\n',
    "gantt": "gantt\n accTitle: Plan\n dateFormat YYYY-MM-DD\n section A\n Ett :a1, 2026-01-01, 30d\n",
    "journey": "journey\n accTitle: Resa\n title Resa\n section Köp\n Ringer: 3: Kund\n",
}


@pytest.fixture(scope="module")
def flow() -> str:
    return draw(FLOW, None)


def test_a_drawing_says_in_words_what_it_shows(flow: str) -> None:
    root = ET.fromstring(tidy(flow, "dx").svg)
    assert root.get("role") == "img"
    told = {one.get("id"): one.text for one in root}
    assert [told[name] for name in str(root.get("aria-labelledby")).split()] == [
        "Så går ett klagomål vidare",
        "Från samtal till uppföljning",
    ]


def test_its_text_is_text(flow: str) -> None:
    words = " ".join("".join(ET.fromstring(tidy(flow, "dx").svg).itertext()).split())
    assert "Ring kundtjänstchefen" in words


def test_nothing_in_it_runs_leads_away_or_is_styled_in_line(flow: str) -> None:
    drawn = tidy(flow, "dx")
    assert not re.search(r"<a[ >]|<style|<script|<foreignObject|\bhref|\sstyle=|\son\w+=|tracker", drawn.svg)
    assert not re.search(r"@import|@font-face|url\((?!#dx)|expression|javascript", drawn.css)
    assert "#ffdddd" in drawn.css


def test_every_rule_and_every_id_is_the_drawings_own(flow: str) -> None:
    drawn = tidy(flow, "dx")
    ids = re.findall(r'\bid="([^"]+)"', drawn.svg)
    assert ids
    assert all(name.startswith("dx") for name in ids)
    for rule in drawn.css.splitlines():
        assert all(part.startswith("#dx") for part in rule.split("{")[0].split(","))


@pytest.mark.parametrize("kind", OTHERS)
def test_every_usual_kind_of_diagram_can_be_drawn(kind: str) -> None:
    drawn = tidy(draw(OTHERS[kind], None), "dx")
    assert not re.search(r"<style|<script|<foreignObject|\sstyle=", drawn.svg)
    assert int(str(ET.fromstring(drawn.svg).get("width"))) > 10


@pytest.mark.parametrize(
    ("drawing", "left"),
    [
        ('<script>alert(1)</script><rect x="1"/>', '<rect x="1" />'),
        ('<rect onclick="alert(1)" x="1"/>', '<rect x="1" />'),
        ('<image href="https://tracker.example.com/x.png"/>', ""),
        ('<use href="https://tracker.example.com/x.svg#a"/>', ""),
        ('<rect fill="url(https://tracker.example.com)"/>', "<rect />"),
        ('<rect fill="url(#m-a)"/>', '<rect fill="url(#dx-a)" />'),
        ('<a href="javascript:alert(1)"><text>Nej</text></a>', "<g><text>Nej</text></g>"),
        ('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">Hej</body></foreignObject>', ""),
        ('<rect style="fill:url(https://x.example.com);stroke:red"/>', '<rect class="dx-s0" />'),
        ('<rect style="background-image:url(x)"/>', "<rect />"),
    ],
)
def test_what_is_not_on_the_list_is_left_out(drawing: str, left: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" id="m" viewBox="0 0 10 10">{drawing}</svg>'
    inner = re.sub(r"^<svg[^>]*?/?>|</svg>$", "", tidy(svg, "dx").svg)
    assert inner == left


@pytest.mark.parametrize(
    "rule",
    [
        "@import 'https://tracker.example.com/x.css';",
        "body{fill:red}",
        "#m ~ body{fill:red}",
        "#m rect{background:url(https://tracker.example.com)}",
        "#m rect{fill:url(https://tracker.example.com)}",
        "#mother{fill:red}",
        "@media print{#m{fill:red} body{display:none}}",
    ],
)
def test_a_rule_that_reaches_beyond_the_drawing_is_left_out(rule: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" id="m" viewBox="0 0 10 10"><style>{rule}</style></svg>'
    assert tidy(svg, "dx").css == ""


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("flowchart TD\n A -->\n B[", 3),
        ("flowchart TD\n A[<img src=x onerror=alert(1)>] --> B", 2),
        ("klowchart TD\n A --> B", 1),
        ("", 1),
        ("flowchart TD\n" + "A --> B\n" * LONGEST, 1),
    ],
)
def test_what_is_no_diagram_is_refused_with_a_line(source: str, line: int) -> None:
    with pytest.raises(RefusedError) as refusal:
        draw(source, None)
    assert refusal.value.line <= max(line, source.count("\n") + 1)
    assert "\n" not in refusal.value.reason


def test_a_directive_cannot_loosen_how_diagrams_are_drawn(flow: str) -> None:
    told = FLOW.replace(
        "flowchart TD", '%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\nflowchart TD'
    )
    assert "foreignObject" not in draw(told, None)


def test_a_mistake_is_told_with_the_line_of_the_chapter() -> None:
    body = "Så här:\n\n```mermaid\nflowchart TD\n A --> B[\n```\n"
    shown = policy(replace(section(), body=body))
    with pytest.raises(PolicyError) as refusal:
        draw_all(shown)
    (problem,) = refusal.value.problems
    first = shown.sections[0].body_line
    assert problem.code == "diagram"
    assert first + 3 <= problem.source.line <= first + 5


def test_a_diagram_without_a_title_is_refused(tmp_path: Path) -> None:
    text = CHAPTER + "\n```mermaid\nflowchart TD\n  A --> B\n```\n"
    line = text.split("\n").index("flowchart TD") + 1
    assert places(tmp_path, {CHAPTER_PATH: text}) == [f"tillganglighet.md:{line} diagram-title"]


def test_a_drawing_is_kept_and_one_that_was_cut_off_is_drawn_anew(tmp_path: Path, flow: str) -> None:
    assert draw(FLOW, tmp_path) == flow
    (kept,) = tmp_path.iterdir()
    kept.write_text(flow[:100], "utf-8")
    assert draw(FLOW, tmp_path) == flow
    assert kept.read_text("utf-8") == flow


def test_the_picture_stands_in_the_text_where_the_block_stood() -> None:
    shown = policy(replace(section(), body=f"Före.\n\n```mermaid\n{FLOW}```\n\nEfter.\n"))
    drawn = draw_all(shown)
    prose = Prose(shown, "", SiteSettings(diagrams=drawn))
    html = prose.block(shown.sections[0], HeadingNames.of_chapter(shown.chapters[0]))
    assert re.fullmatch(
        r'<p>Före\.</p>\s*<figure class="lp-diagram"><svg .*</svg></figure>\s*<p>Efter\.</p>\s*',
        html,
        re.DOTALL,
    )
    assert b"#d" in style_sheet(drawn)


def test_a_diagram_that_is_not_drawn_is_shown_as_it_was_written() -> None:
    shown = policy(replace(section(), body=f"```mermaid\n{FLOW}```\n"))
    html = Prose(shown, "", SiteSettings()).block(
        shown.sections[0], HeadingNames.of_chapter(shown.chapters[0])
    )
    assert "accTitle: Så går ett klagomål vidare" in html
