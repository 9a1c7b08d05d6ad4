"""A policy whose every text tries to be more than text, and whose history does so too.

The reader refuses angle brackets and characters that nobody sees; the rest reaches the pages and must stay
what it is. Whatever would run calls `pwned()` or asks the host `EVIL`.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.assessment.samples import QUESTIONNAIRE_PATH, RESULT_PATH, all_of, questionnaire_yml, result_yml
from tests.policy_repo import POLICY_YML, PolicyRepo, git_environment

EVIL = "evil.example"
ATTRIBUTE = f'" onmouseover="pwned()" src="//{EVIL}/a\' onfocus=\'pwned()'
ENTITY = f"&lt;img src=//{EVIL}/e onerror=pwned()&gt;"
COMMAND = "::error file=x::ta över ##[error]y $(touch pwned) `touch pwned`"
ONLOAD = '"onload="pwned()'
CODE = "{{ 7*7 }} {% include 'x' %} ${pwned()} {{constructor.constructor('pwned()')()}}"
FORMULA = "=HYPERLINK(1)"
CALENDAR = "\\nATTENDEE:mailto:a@b.example\\r\\nEND:VEVENT;X=1,2"
ALL = f"{ATTRIBUTE} {ENTITY} {COMMAND} {CODE} ]]&gt; {CALENDAR}"

MESSAGE = (
    f"<script>pwned()</script><img src=//{EVIL}/m onerror=pwned()></script> ::error::x \x1b[31mrött\x9b2J "
    "\u202e ]]> =1+1"
)
BODY = (
    "::set-output name=x::y\n##[group]x\n<svg onload=pwned()>\n[x](javascript:pwned())\n"
    "![y](//evil.example/y)\n"
    "\x1b]8;;http://evil.example\x07länk\x1b]8;;\x07\r::debug::x\n\n"
    "Signed-off-by: <b>Anna</b> <anna.hemlig@company.example>"
)
AUTHOR = '"onload="pwned() Anna Hemlig'
ADDRESS = "anna.hemlig@company.example"
SECRET = "hemligt-som-inte-ska-ut"


def quoted(text: str) -> str:
    """Return *text* as a YAML value between single quotes."""
    return "'" + text.replace("'", "''") + "'"


def cell(text: str) -> str:
    """Return *text* as a quoted cell of a CSV file."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


REACH = f"""\
---
title: {quoted(f"=Nå oss {ONLOAD} {ENTITY}")}
owner: kundtjanstchef
review_every: 6 months
description: {quoted(ALL[:300])}
---

# =Nå oss {ONLOAD} {ENTITY}

{CODE} --8<-- "../hemligt.txt"

--8<-- "hemligt.txt"

## {FORMULA} @Svar "onclick=pwned()" {ENTITY} {{#svar-telefon}}

```yaml
kind: promise
promise: {quoted(f"Vi svarar inom tre minuter {ATTRIBUTE} {ENTITY} {{{{ target.svarstid }}}}")}
target: svarstid
poster: {{figure: 3, unit: minuter, text: {quoted(f"{ONLOAD} &lt;b&gt;")}}}
situations: [{quoted(f"{ATTRIBUTE} {ENTITY}")}, {quoted(COMMAND)}]
steps:
  - {quoted(ALL)}
  - {quoted(FORMULA)}
mandate: [{{role: medarbetare, up_to: 500, unit: {quoted(f"kr {ONLOAD}")}}}]
```

`<script>pwned()</script>` och "{ATTRIBUTE}" och {ENTITY} och {CODE} och [x](https://{EVIL}/l "{ENTITY}").

    <img src=//{EVIL}/k onerror=pwned()>

| {ENTITY} | "onclick=pwned() |
| --- | --- |
| `</td><script>pwned()</script>` | {COMMAND} |

## +Svar på mejl {CALENDAR} {{#svar-mejl}}

```yaml
kind: rule
reason: {quoted(ALL)}
retired_on: 2026-09-01
```

Vi svarar på mejl.
"""

TARGETS = f"""\
svarstid:
  name: {quoted(f"=Svar {ONLOAD} {ENTITY}")}
  wording: {quoted(f"inom tre minuter {ATTRIBUTE} {ENTITY}")}
  at_most: 3
  unit: minutes
  share: 90
  owner: kundtjanstchef
  measured: monthly
"""
MEASURED = f"""\
period,value,within_target,n,comment
# {COMMAND}
2026-09,2.4,93,812,{cell(f"{ATTRIBUTE} {ENTITY} {CODE}")}
2026-08,4.4,70,812,{cell(COMMAND)}
"""
IMPROVEMENTS = f"""\
problem-ett:
  problem: {quoted(f"{ATTRIBUTE} {ENTITY}")}
  criteria: [frequent]
  why: {quoted(COMMAND)}
  action: {quoted(f"{CODE} {FORMULA}")}
  target: svarstid
  sections: [svar-telefon]
  owner: kundtjanstchef
  started_on: 2026-07-01
"""
SYNONYMS = "- [svar, '\"onload=pwned()', '&lt;script&gt;']\n"
QUESTIONS = questionnaire_yml().replace("text: Vi gör g1-1", "text: " + quoted(f"{ATTRIBUTE} {ENTITY}"), 1)

CONTENT: dict[str, str | bytes | None] = {
    "policy/policy.yml": POLICY_YML.replace(
        "organisation: Exempelbolaget", "organisation: " + quoted(f"E&B {ONLOAD} {ENTITY}")
    ).replace("name: Kundtjänstchefen", "name: " + quoted(f"=Chefen {ONLOAD}")),
    "policy/chapters/tillganglighet.md": None,
    "policy/chapters/'onload=pwned() #1 ${x}.md": REACH.replace("---\n", "---\nid: tillganglighet\n", 1),
    "policy/targets.yml": TARGETS,
    "policy/measurements/svarstid.csv": MEASURED,
    "policy/improvements.yml": IMPROVEMENTS,
    "policy/synonyms.yml": SYNONYMS,
    "policy/reviews/tillganglighet.yml": (
        "- section: svar-telefon\n  reviewed_on: 2026-08-03\n  by: kundtjanstchef\n"
        f"  checked: {quoted('=1 ' + ATTRIBUTE + ENTITY)}\n  outcome: needs-change\n  note: {quoted(ALL)}\n"
    ),
    QUESTIONNAIRE_PATH: QUESTIONS,
    RESULT_PATH: result_yml(*map(all_of, (2, 3, 3, 4, 5)), signs=["olika"]),
    "hemligt.txt": f"{SECRET}\n",
    "policy/hemligt.txt": f"{SECRET}\n",
}


def commit(repo: PolicyRepo, when: str, subject: str, body: str = "") -> None:
    """Commit everything as somebody with a name that is markup; git takes the message as it is."""
    repo.git("add", "--all")
    moment = f"{when}T12:00:00+00:00"
    subprocess.run(
        ["git", "commit", "--quiet", "--cleanup=verbatim", "-F", "-"],
        cwd=repo.root,
        env=git_environment()
        | {
            "GIT_AUTHOR_NAME": AUTHOR,
            "GIT_AUTHOR_EMAIL": ADDRESS,
            "GIT_COMMITTER_NAME": AUTHOR,
            "GIT_COMMITTER_EMAIL": ADDRESS,
            "GIT_AUTHOR_DATE": moment,
            "GIT_COMMITTER_DATE": moment,
        },
        input=f"{subject}\n\n{body}\n".encode(),
        check=True,
        capture_output=True,
    )


def attacked(repo: PolicyRepo) -> None:
    """Commit the hostile policy twice, so that there is something to compare."""
    repo.write({path: text for path, text in CONTENT.items() if text is not None})
    commit(repo, "2026-05-03", MESSAGE, BODY)
    chapter = next(path for path in CONTENT if path.endswith("${x}.md"))
    text = (repo.root / chapter).read_text("utf-8")
    repo.write({chapter: text.replace("Vi svarar på mejl.", f"Vi svarar på mejl, {ATTRIBUTE} {ENTITY}.")})
    targets = TARGETS.replace("at_most: 3", "at_most: 4").replace("tre minuter", "fyra minuter")
    chapters = (repo.root / chapter).read_text("utf-8").replace("inom tre minuter", "inom fyra minuter")
    repo.write({"policy/targets.yml": targets, chapter: chapters.replace("figure: 3", "figure: 4")})
    commit(repo, "2026-10-04", f"{MESSAGE} igen", BODY)


def booby_trap(repo: PolicyRepo, mark: Path) -> None:
    """Let the repository's own settings name a program wherever git would run one; it leaves *mark*."""
    program = mark.with_name("canary.sh")
    program.write_text(f"#!/bin/sh\necho \"$0 $*\" >>'{mark}'\nexit 0\n", "utf-8")
    program.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "diff.external",
        "diff.x.textconv",
        "gpg.program",
    ):
        repo.git("config", key, os.fspath(program))
    repo.git("config", "log.showSignature", "true")
    (repo.root / ".git/info").mkdir(exist_ok=True)
    (repo.root / ".git/info/attributes").write_text("* diff=x\n", "utf-8")
    hooks = repo.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "post-index-change", "pre-auto-gc", "reference-transaction"):
        (hooks / name).write_bytes(program.read_bytes())
        (hooks / name).chmod(0o755)
