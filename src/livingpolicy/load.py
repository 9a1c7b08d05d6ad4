"""Files under `policy/` become the policy, or everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from livingpolicy import characters
from livingpolicy.assemble import assemble, improvements, measured
from livingpolicy.assessment import parse_assessment, questionnaire, rounds
from livingpolicy.assessment_files import is_assessment
from livingpolicy.clock import Clock
from livingpolicy.conflicts import conflicts
from livingpolicy.errors import PolicyError, Problem
from livingpolicy.folder import Folder, read_folder
from livingpolicy.measurements import parse_measurements
from livingpolicy.model import (
    AssessmentRound,
    Improvement,
    Measurement,
    Policy,
    Questionnaire,
    Review,
    Source,
)
from livingpolicy.outline import decode
from livingpolicy.parse import (
    IMPROVEMENTS_YML,
    POLICY_YML,
    TARGETS_YML,
    WrittenChapter,
    WrittenPolicy,
    nothing,
    parse_chapter,
    parse_improvements,
    parse_ledger,
    parse_settings,
    parse_targets,
)
from livingpolicy.search.synonyms import SYNONYMS_YML, parse_synonyms
from livingpolicy.validate import check, named_in_words

T = TypeVar("T")
ChapterReader: TypeAlias = Callable[[str, str], tuple[WrittenChapter, tuple[Problem, ...]]]


@dataclass(frozen=True, slots=True)
class Content:
    """The policy as it stands in the working tree."""

    policy: Policy
    reviews: tuple[Review, ...]
    """By day."""
    warnings: tuple[Problem, ...]
    files: Mapping[str, bytes]
    """The content of every file it is made of, by path below the root, with `/`."""
    measurements: Mapping[str, tuple[Measurement, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """By target, newest first; a target that nobody has measured is left out."""
    improvements: tuple[Improvement, ...] = ()
    """As they stand in `improvements.yml`."""
    questionnaire: Questionnaire | None = None
    """What the self-assessment asks today."""
    rounds: tuple[AssessmentRound, ...] = ()
    """What was answered, newest first; `scoring` alone looks at single answers."""


def load_policy(root: Path, clock: Clock, reader: ChapterReader = parse_chapter) -> Content:
    """Read the policy under *root*, the folder that holds `policy/`.

    *reader* reads a chapter, given its path and its text; one that remembers answers as `parse_chapter` does.

    Raises:
        PolicyError: something is wrong; it carries every problem of every file, warnings included.
    """
    return content_of(read_folder(root), clock, reader)


def content_of(folder: Folder, clock: Clock, reader: ChapterReader = parse_chapter) -> Content:
    """Return the policy that *folder* holds, wherever its files come from.

    Raises:
        PolicyError: as `load_policy`.
    """
    texts, problems = _texts(folder)
    language = _language(texts.get(POLICY_YML, ""))
    if not folder.readable:
        raise PolicyError([*folder.problems, *problems], language)
    texts, torn = _merged(texts)
    problems += torn
    written, found = _written(
        folder, texts, frozenset(problem.source.path for problem in torn), clock, reader
    )
    problems = [*folder.problems, *problems, *named_in_words(found, written), *check(written)]
    if any(not problem.warning for problem in problems):
        raise PolicyError(problems, language)
    policy, reviews = assemble(written)
    warnings = tuple(sorted(problems, key=lambda problem: problem.order))
    return Content(
        policy,
        reviews,
        warnings,
        MappingProxyType(folder.files),
        measured(written),
        improvements(written),
        questionnaire(written.assessment, written.aliases),
        rounds(written.assessment, written.aliases),
    )


def _texts(folder: Folder) -> tuple[Mapping[str, str], list[Problem]]:
    """Decode the files; what is no text is left out, and so are the characters that have no place in one."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for path, data in folder.files.items():
        try:
            text = decode(data)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            values = {"offset": str(error.start), "byte": f"0x{data[error.start]:02X}"}
            problems.append(Problem(Source(path, line), "not-utf-8", values))
            continue
        forbidden = characters.forbidden(text)
        for place, char in forbidden:
            source = Source(path, text.count("\n", 0, place) + 1)
            code = "lost-character" if char == characters.LOST else "forbidden-character"
            problems.append(Problem(source, code, {"char": characters.named(char)}))
        if (misread := characters.misread(text)) is not None:
            source = Source(path, text.count("\n", 0, misread) + 1)
            problems.append(Problem(source, "misread", {"text": text[misread : misread + 2]}, warning=True))
        texts[path] = characters.cleaned(text) if forbidden else text
    return texts, problems


def _merged(texts: Mapping[str, str]) -> tuple[Mapping[str, str], list[Problem]]:
    """Return the texts with one side of each merge that was not finished, and a problem for each."""
    whole: dict[str, str] = {}
    problems: list[Problem] = []
    for path, text in texts.items():
        found, whole[path] = conflicts(text)
        problems += [Problem(Source(path, line), "merge-conflict") for line in found]
    return whole, problems


def _written(
    folder: Folder, texts: Mapping[str, str], torn: frozenset[str], clock: Clock, reader: ChapterReader
) -> tuple[WrittenPolicy, list[Problem]]:
    """Parse every file; nothing is concluded from what the *torn* ones do not have."""
    problems: list[Problem] = []

    def kept(result: tuple[T, tuple[Problem, ...]]) -> T:
        problems.extend(result[1])
        return result[0]

    unread = folder.unread | (folder.files.keys() - texts.keys()) | torn
    settings = nothing(Source(POLICY_YML))
    if POLICY_YML in texts:
        read = kept(parse_settings(texts[POLICY_YML]))
        settings = settings if POLICY_YML in torn else read
    if POLICY_YML not in folder.files and POLICY_YML not in folder.unread:
        problems.append(Problem(Source(POLICY_YML), "no-policy-file"))
    chapters = tuple(kept(reader(path, text)) for path, text in texts.items() if path.endswith(".md"))
    targets = kept(parse_targets(texts[TARGETS_YML])) if TARGETS_YML in texts else {}
    improving = kept(parse_improvements(texts[IMPROVEMENTS_YML])) if IMPROVEMENTS_YML in texts else {}
    asked = {path: text for path, text in texts.items() if is_assessment(path)}
    assessment = kept(parse_assessment(asked, frozenset(unread)))
    measurements = tuple(
        kept(parse_measurements(path, text)) for path, text in texts.items() if path.endswith(".csv")
    )
    reviews = tuple(
        review
        for path, text in texts.items()
        if path.startswith("policy/reviews/")
        for review in kept(parse_ledger(path, text))
    )
    timezone = settings.value.timezone if settings.value and settings.sure("timezone") else "UTC"
    written = WrittenPolicy(
        settings=settings,
        chapters=chapters,
        targets=None if TARGETS_YML in unread else targets,
        improvements=None if IMPROVEMENTS_YML in unread else improving,
        assessment=assessment,
        measurements=measurements,
        synonyms=kept(parse_synonyms(texts[SYNONYMS_YML])) if SYNONYMS_YML in texts else (),
        reviews=reviews,
        images=folder.images,
        logos=folder.logos,
        logos_seen=folder.logos_seen,
        unread=frozenset(unread),
        today=Clock(clock.now).day(
            timezone
        ),  # `--today` moves the status of sections, not what is the future
    )
    return written, problems


_LANGUAGE = re.compile(r"^language:[ \t]*[\"']?(sv|en)\b", re.MULTILINE)


def _language(text: str) -> str:
    """Return the policy's language, also from a `policy.yml` that is wrong otherwise."""
    found = _LANGUAGE.search(text)
    return found[1] if found else "sv"
