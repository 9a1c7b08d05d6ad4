"""Whatever lies in a file of the policy, its editor gets lines with a place and a code, no traceback."""

from __future__ import annotations

import re
import time
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from livingpolicy.errors import PolicyError, Problem
from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.load import load_policy
from tests.assessment.samples import QUESTIONNAIRE_PATH, RESULT_PATH, all_of, questionnaire_yml, result_yml
from tests.content.reading import CLOCK, LEDGER, LEDGER_PATH, write
from tests.content.test_faults_improvements import LUNCH
from tests.content.test_faults_improvements import PATH as IMPROVEMENTS_PATH
from tests.content.test_faults_measurements import GOOD, PATH, SHARED
from tests.content.test_faults_synonyms import SYNONYMS_PATH

LINE = re.compile(r"policy(/[^\x00-\x1f]*)?:[1-9]\d*: [a-z0-9]+(-[a-z0-9]+)*: \S.*")
TARGETS_PATH = "policy/targets.yml"
EARLIER_PATH = "policy/assessment/questionnaire-1.yml"

VALID: dict[str, str] = {
    TARGETS_PATH: SHARED,
    PATH: GOOD,
    IMPROVEMENTS_PATH: LUNCH,
    SYNONYMS_PATH: "- [mejl, mail]\n- [retur, lämna tillbaka]\n",
    QUESTIONNAIRE_PATH: questionnaire_yml(),
    RESULT_PATH: result_yml(all_of(4), all_of(2), signs=["olika"]),
    LEDGER_PATH: LEDGER,
}
PIECES = [
    *(b"", b":", b"-", b"[", b"]", b"{", b"}", b"\n", b"\r", b"\t", b" ", b"#", b'"', b"'", b",", b";", b"%"),
    *(
        b"\xe5",
        b"\xff\xfe",
        b"\x00",
        b"\xef\xbb\xbf",
        b"null",
        b"true",
        b"3",
        b"-1",
        b"1e999",
        b".nan",
        b"!!set",
    ),
    *(
        b"&a",
        b"*a",
        b"<<",
        b"2026-13-01",
        b"0000-00-00",
        b"9999-12-31",
        b"2026-W54",
        b"=1+1",
        b"<b>",
        b"\xe2\x80\xae",
    ),
    *(b"- - ", b"? ", b"|\n", b">-\n", b"---\n", b"...\n", b"<<<<<<< HEAD\n", b"9" * 60, b"a" * 400),
]


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a file of the policy: any bytes, or a right one in which up to four places were meddled with."""
    path = draw(st.sampled_from(sorted(VALID)))
    whole = VALID[path].encode()
    if draw(st.integers(0, 4)) == 0:
        return path, draw(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(whole)))
        end = draw(st.integers(start, min(len(whole), start + 30)))
        whole = whole[:start] + draw(st.sampled_from(PIECES)) + whole[end:]
    return path, whole


def told(root: Path, path: str, data: bytes) -> tuple[Problem, ...]:
    """Return what is said of a policy in which *data* lies at *path*."""
    try:
        return tuple(load_policy(write(root, {**VALID, path: data}), CLOCK).warnings)
    except PolicyError as error:
        return tuple(error.problems)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)
@given(spoilt())
@example((IMPROVEMENTS_PATH, b"a: {started_on: 9999-12-31}"))
@example((IMPROVEMENTS_PATH, b"a: null\nb: 3\nc: [x]"))
@example((SYNONYMS_PATH, b"- [null, 3, [a]]\n- {a: b}\n-"))
@example((QUESTIONNAIRE_PATH, b"version: 1\ngroups: [null, 3, {id: a, statements: [null, []]}]\nsigns: 3"))
@example((RESULT_PATH, b"questionnaire: 1\nanswered_on: 2026-09-15\nrespondents: [null, 3, {answers: []}]"))
@example((RESULT_PATH, b"questionnaire: 99999999999999999999\nrespondents: []"))
@example(
    (TARGETS_PATH, b"a: {at_most: 99999999999999999999999, measured: monthly, effective_from: 9999-12-31}")
)
@example((PATH, b"period,value,within_target,n,comment\n9999-12,1,1,1,\n0001-01,1,1,1,\n"))
@example((PATH, b"\xef\xbb\xbf\xef\xbb\xbfperiod,value\r\r\r"))
def test_any_bytes_in_any_file_are_content_or_lines(tmp_path: Path, file: tuple[str, bytes]) -> None:
    path, data = file
    begun = time.process_time()
    problems = told(tmp_path, path, data)
    for problem in problems:
        for language in LANGUAGES:
            line = catalogue(language).problem(problem)
            assert LINE.fullmatch(line), line
    assert list(problems) == sorted(problems, key=lambda one: (one.source.path, one.source.line))
    assert time.process_time() - begun < 5


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join), st.sampled_from(sorted(VALID)))
def test_pieces_of_files_in_any_order_are_content_or_lines(tmp_path: Path, data: bytes, path: str) -> None:
    assert all(LINE.fullmatch(catalogue("sv").problem(one)) for one in told(tmp_path, path, data))
