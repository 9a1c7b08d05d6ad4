"""Ask git where a change began and how the policy stood there, and compare."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from livingpolicy.chain import TARGETS
from livingpolicy.changes.compare import Difference, compare
from livingpolicy.changes.improved import improvement_changes
from livingpolicy.changes.measured import measurement_changes
from livingpolicy.changes.renamed import renamed_by_change
from livingpolicy.changes.said import Said, section_paths
from livingpolicy.changes.targets import touched_targets
from livingpolicy.changes.values import Changes, Effect, SectionChange, Weakening, WeakeningKind, Written
from livingpolicy.changes.weakened import weakenings
from livingpolicy.clock import Clock
from livingpolicy.errors import PolicyError
from livingpolicy.folder import PICTURES, Folder, belongs, printable
from livingpolicy.gitlog import FOLDER, HASH, Repository
from livingpolicy.load import Content, content_of
from livingpolicy.model import Review, Section, SectionId, Source
from livingpolicy.parse import parse_ledger
from livingpolicy.revisions import IGNORE_LIST, read_ignore_list, uncommitted
from livingpolicy.schema import LedgerEntry
from livingpolicy.versions import SectionVersion


class NoBaseError(Exception):
    """There is nothing to compare with: no such commit, or none that both sides come from."""

    def __init__(self, code: str, base: str) -> None:
        self.code = code
        """Key under `gate.` in the message catalogue: `base-missing`, `base-unrelated` or `head-missing`."""
        self.values: Mapping[str, str] = MappingProxyType({"base": base})
        super().__init__(f"{code}: {base}")


def content_at(root: Path, name: str, clock: Clock) -> tuple[str, Content]:
    """Return the hash that *name* (a branch, a tag, a hash) stands for, and the policy as that commit has it.

    Raises:
        NoBaseError: there is no such commit.
        PolicyError: the content is wrong.
        HistoryError: git cannot answer.
    """
    with Repository(root) as repository:
        commit = repository.resolve(name)
        if commit is None:
            raise NoBaseError("head-missing", name)
        blobs = {_nfc(path): blob for path, blob in repository.files(commit, FOLDER).items()}
        read = {path: blob for path, blob in blobs.items() if belongs(path)}
        files = dict(zip(read, repository.blobs(read.values()), strict=True))
    return commit, content_of(_folder(files, blobs), clock)


def read_changes(
    root: Path,
    content: Content,
    clock: Clock,
    *,
    bases: Sequence[str],
    pull_request: str = "",
    head: str | None = None,
) -> Changes:
    """Return what *content*, the working tree or the commit *head*, does to the policy that it came from.

    *bases* are names of the published branch, of which the first that exists counts; *pull_request* is the
    text of the proposal, where there is one.

    Raises:
        NoBaseError: none of *bases* exists, or it has no commit in common with HEAD.
        HistoryError: git cannot answer.
    """
    with Repository(root, head) as repository:
        base = _beginning(repository, bases)
        stood = {_nfc(path): blob for path, blob in repository.files(base, FOLDER, IGNORE_LIST).items()}
        committed = {_nfc(path): blob for path, blob in repository.files(repository.head, FOLDER).items()}
        commits = repository.since(base)
        read = {path: blob for path, blob in stood.items() if belongs(path) or path == IGNORE_LIST}
        then = dict(zip(read, repository.blobs(read.values()), strict=True))
        now = {_nfc(path): data for path, data in content.files.items()}
        loose = frozenset(_uncommitted(repository, then, now, committed))
        outside = tuple(_outside(repository, base))
        ignored = read_ignore_list(root) if head is None else _ignore_list(repository)
    ignored_before = then.pop(IGNORE_LIST, b"").decode("utf-8", "replace")
    before = _content(then, stood, clock)
    policy = content.policy
    today = clock.day(policy.timezone)
    aliases = {alias: section.id for section in policy.sections for alias in section.aliases}
    said = Said(commits, frozenset(ignored), pull_request, loose)
    old = {aliases.get(each.id, each.id): each for each in before.policy.sections} if before else {}
    differences = {difference.id: difference for difference in compare(then, now, aliases)}
    order = [section.id for section in policy.sections if section.id in differences]
    order += [name for name in differences if name not in order]
    here = {section.id: section for section in policy.sections}
    weaker = [*(weakenings(before.policy, policy, today=today) if before else ())]
    weaker += [
        Weakening(WeakeningKind.IGNORED, Source(IGNORE_LIST), policy.title, "", sha)
        for sha in ignored
        if sha not in ignored_before.lower()
    ]
    sections = tuple(_section(differences[name], old.get(name), here.get(name), said) for name in order)
    new_reviews, gone = _new_reviews(then, content.reviews, aliases)
    return Changes(
        base=base,
        head=repository.head,
        before=before.policy if before else None,
        after=policy,
        sections=sections,
        reviews_before=before.reviews if before else (),
        reviews=new_reviews,
        weakenings=tuple(weaker),
        reasons=said.reasons,
        untracked=tuple(sorted(path for path in now if path not in committed)),
        reviews_gone=gone,
        files=tuple(sorted(path for path in then.keys() | now if then.get(path) != now.get(path))),
        outside=outside,
        targets=touched_targets(then, now, editorial=said.editorial(frozenset({TARGETS}))),
        renamed=renamed_by_change(sections),
        uncommitted=() if head else tuple(uncommitted(now, committed)),
        improvements=(
            tuple(improvement_changes(before.improvements, content.improvements)) if before else ()
        ),
        measurements=(
            tuple(measurement_changes(before.measurements, content.measurements)) if before else ()
        ),
    )


def _outside(repository: Repository, base: str) -> Iterator[str]:
    """Yield the files that differ and that the policy is not made of, from the top of the repository."""
    for path in repository.differing(base):
        below = path.removeprefix(repository.prefix)
        if not (path.startswith(repository.prefix) and belongs(_nfc(below))):
            yield printable(path)


def _beginning(repository: Repository, bases: Sequence[str]) -> str:
    """Return the commit where HEAD left the first of *bases* that exists."""
    found = ((name, commit) for name in bases if (commit := repository.resolve(name)) is not None)
    name, commit = next(found, ("", None))
    if commit is None:
        raise NoBaseError("base-missing", bases[0] if bases else "")
    base = repository.merge_base(commit)
    if base is None:
        raise NoBaseError("base-unrelated", name)
    return base


def _nfc(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _uncommitted(
    repository: Repository, then: Mapping[str, bytes], now: Mapping[str, bytes], committed: Mapping[str, str]
) -> Iterator[str]:
    """Yield the files of the working tree that are not as the last commit has them."""
    changed = [path for path in now if now[path] != then.get(path)]
    in_git = [path for path in changed if path in committed]
    last = dict(zip(in_git, repository.blobs(committed[path] for path in in_git), strict=True))
    for path in changed:
        if path not in last or _lines(last[path]) != _lines(now[path]):
            yield path
    yield from (path for path in then if path in committed and path not in now)


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _ignore_list(repository: Repository) -> tuple[str, ...]:
    """Return the commits that never count, as the head has them listed; what is no hash is left out."""
    found = repository.files(repository.head, IGNORE_LIST)
    lines = b"".join(repository.blobs(found.values())).decode("utf-8-sig", "replace").lower().splitlines()
    names = (line.partition("#")[0].strip() for line in lines)
    return tuple(name for name in names if HASH.fullmatch(name))


def _folder(files: Mapping[str, bytes], everything: Iterable[str]) -> Folder:
    """Return a folder with these *files*, and the pictures among *everything* that it holds."""
    pictures = (path for path in everything if path.lower().endswith(PICTURES))
    return Folder(files, dict.fromkeys(pictures, 0), frozenset(), ())


def _content(files: Mapping[str, bytes], everything: Iterable[str], clock: Clock) -> Content | None:
    """Return the policy that *files* are, None if it is wrong: a change may be what mends it."""
    try:
        return content_of(_folder(files, everything), clock)
    except PolicyError:
        return None


def _section(
    difference: Difference, before: Section | None, after: Section | None, said: Said
) -> SectionChange:
    effect = difference.effect
    retired_before = before is not None and before.metadata.retired_on is not None
    if after and after.metadata.retired_on and not retired_before and effect is not Effect.NEW:
        effect = Effect.RETIRED
    if effect in {Effect.REVISED, Effect.RETITLED} and said.editorial(*section_paths(difference)):
        effect = Effect.EDITORIAL
    return SectionChange(
        id=difference.id,
        title=after.title if after else difference.title,
        effect=effect,
        moved=None not in {difference.path, difference.path_before}
        and difference.path != difference.path_before,
        source=after.source if after else Source(difference.path_before or FOLDER),
        before=before,
        after=after,
        explained=said.explained(difference, after),
        written_before=_written(difference.before),
        written=_written(difference.after),
    )


def _written(section: SectionVersion | None) -> Written | None:
    return Written(section.title, section.body, section.metadata) if section else None


_Line = tuple[object, ...]


def _new_reviews(
    then: Mapping[str, bytes], reviews: Iterable[Review], aliases: Mapping[SectionId, SectionId]
) -> tuple[tuple[Review, ...], int]:
    """Return the *reviews* that the ledgers of *then* do not have, and how many lines these had besides."""
    known: Counter[_Line] = Counter()
    for path, data in then.items():
        if path.startswith(f"{FOLDER}/reviews/"):
            entries, _ = parse_ledger(path, data.decode("utf-8-sig", "replace"))
            known.update(_line(entry.value, aliases) for entry in entries if entry.value is not None)
    new = []
    for review in reviews:
        line = _line(review, aliases)
        if known[line]:
            known[line] -= 1
        else:
            new.append(review)
    return tuple(new), known.total()


def _line(entry: Review | LedgerEntry, aliases: Mapping[SectionId, SectionId]) -> _Line:
    section = aliases.get(entry.section, entry.section) if entry.section is not None else None
    return section, entry.target, entry.reviewed_on, entry.by, entry.checked, entry.outcome, entry.note
