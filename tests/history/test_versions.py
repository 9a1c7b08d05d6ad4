"""Reading one version of a chapter, however broken."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingpolicy.outline import decode, outline
from livingpolicy.versions import FileVersion, SectionVersion, read_chapter, read_settings, read_targets
from tests.history.story import ACCESS, BOOK
from tests.history.test_outline import documents

Plain = tuple[str | None, str, str, str | None]


def plain(section: SectionVersion) -> Plain:
    return section.id, section.title, section.body.rstrip(), section.metadata


def as_outlined(text: str) -> list[Plain] | None:
    """Return the sections as the scanner of the whole file sees them, but for blanks at their ends."""
    cut = outline(decode(text.encode()))
    if cut.open_fence is not None:
        return None
    return [(raw.id or None, raw.title, raw.body.rstrip(), raw.metadata) for raw in cut.sections]


fronts = st.sampled_from(
    ["", "---\nid: kapitel\n---\n", "---\ntitle: A\n# b\n## c\n---\n", "# Kapitel\n\nIngress.\n\n"]
)
blocks = st.sampled_from(
    [
        "",
        "```yaml\nkind: rule\n```\n",
        "\n```yaml\n```\n\n",
        "````yaml\na: 1\n```\n````\n",
        "```yml\na\n```\n",
    ]
)
chapters = st.builds(
    lambda front, parts: front + "".join(f"## {title}\n{block}{body}\n" for title, block, body in parts),
    fronts,
    st.lists(
        st.tuples(st.sampled_from(["A {#a}", "B {#b} ##", " C", "D #", "{#e}", ""]), blocks, documents),
        max_size=4,
    ),
)


@settings(max_examples=300, deadline=None)
@given(chapters)
def test_slice_by_slice_a_chapter_reads_as_it_does_whole(text: str):
    version = read_chapter(text.encode(), None)
    expected = as_outlined(text)
    if version is None:
        assert expected is None
    else:
        assert [plain(section) for section in version.sections if not section.lead] == expected


@settings(max_examples=150, deadline=None)
@given(chapters, chapters)
def test_what_was_read_before_changes_nothing(before: str, after: str):
    """Sections that are taken over from another version are what they would have been."""
    known = read_chapter(before.encode(), None)
    alone, beside = read_chapter(after.encode(), None), read_chapter(after.encode(), known)
    assert (alone is None) is (beside is None)
    if alone is not None and beside is not None:
        assert list(map(plain, alone.sections)) == list(map(plain, beside.sections))
        assert [one.meaning for one in alone.sections] == [one.meaning for one in beside.sections]


def test_unchanged_sections_are_not_read_again():
    before = read_chapter(BOOK[ACCESS].encode(), None)
    after = read_chapter(BOOK[ACCESS].replace("samma dag", "genast").encode(), before)
    assert isinstance(before, FileVersion)
    assert isinstance(after, FileVersion)
    same = [one is other for one, other in zip(before.sections, after.sections, strict=True)]
    assert same == [True, True, False]


@settings(max_examples=150, deadline=None)
@given(st.binary())
def test_no_bytes_can_stop_it(data: bytes):
    read_chapter(data, None)
    read_settings(data)
    read_targets(data)


@pytest.mark.parametrize(
    ("metadata", "counted"),
    [
        ("review_every: 3 months\nkind: rule\ntags: [a,\nb]", "kind: rule"),
        ("situations:\n- a\n- b\npromise: |\n  Ett\n  två\nareas: [x]", "promise: Ett två"),
        ("tags: [broken\nkind: rule", "kind: rule"),
        ("{kind: rule, tags: [a]}", "kind: rule"),
        ("# bara en kommentar", ""),
    ],
)
def test_only_the_metadata_that_count_are_read(metadata: str, counted: str):
    def facts(text: str) -> str:
        version = read_chapter(f"## A {{#a}}\n```yaml\n{text}\n```\n\nText.\n".encode(), None)
        assert version is not None
        found = version.sections[0].facts
        assert found is not None
        return found.counted

    assert facts(metadata) == facts(counted)
