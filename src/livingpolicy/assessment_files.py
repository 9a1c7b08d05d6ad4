"""Where the files of the self-assessment lie. What stands in them is for `assessment` to read."""

from __future__ import annotations

import re

FOLDER = "policy/assessment"
RESULTS = f"{FOLDER}/results"
QUESTIONNAIRE_YML = f"{FOLDER}/questionnaire.yml"
EARLIER = re.compile(rf"{FOLDER}/questionnaire-([1-9][0-9]{{0,2}})\.yml")
"""An earlier version, by its number."""
RESULT = re.compile(rf"{RESULTS}/([^/]+)\.yml")


def is_assessment(path: str) -> bool:
    """Whether the self-assessment is made of this file."""
    return path == QUESTIONNAIRE_YML or any(form.fullmatch(path) for form in (EARLIER, RESULT))
