"""Nothing goes out that was not looked over: each fault, alone, keeps a site from being published."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.publish.proof import Facts, prove
from tests.policy_repo import PolicyRepo
from tests.publish.tiny import maker, tiny

START, CHAPTER = "index.html", "kapitel/index.html"
STYLE = next(path for path in tiny() if path.startswith("css/"))
POSTER = next(path for path in tiny() if path.startswith("plansch/") and "index" not in path)


def found(folder: Path, files: dict[str, bytes], facts: Facts | None = None) -> list[tuple[str, str, str]]:
    """Return what is found in a site of *files*: path with line, code, and what is quoted."""
    PolicyRepo(folder / "site").write(files)
    proof = prove(folder / "site", facts or Facts())
    return [
        (f"{one.path}:{one.line}" if one.line else one.path, one.code, one.what) for one in proof.findings
    ]


def body(text: str, path: str = START) -> Callable[[dict[str, bytes]], None]:
    """Return a change that puts *text* into the page at *path*, on line 12."""

    def change(files: dict[str, bytes]) -> None:
        files[path] = files[path].replace(b"</body>", f"{text}\n</body>".encode())

    return change


def file(path: str, text: str | bytes | None) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        if text is None:
            del files[path]
        else:
            files[path] = text.encode() if isinstance(text, str) else text

    return change


def swap(path: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        assert old.encode() in files[path]
        files[path] = files[path].replace(old.encode(), new.encode())

    return change


def status(**values: object) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        files["status.json"] = json.dumps(json.loads(files["status.json"]) | values).encode()

    return change


def test_a_whole_site_has_nothing_to_find(tmp_path: Path) -> None:
    assert found(tmp_path, tiny()) == []
    assert prove(tmp_path / "site", Facts()).pages == 5


FAULTS = [
    # links, to the very heading
    (body('<a href="borta/">x</a>'), "index.html:12", "broken", "borta/"),
    (body('<a href="kapitel/#borta">x</a>'), "index.html:12", "no-anchor", "kapitel/#borta"),
    (body('<a href="#borta">x</a>', CHAPTER), f"{CHAPTER}:12", "no-anchor", "#borta"),
    (body('<a href="../../utanfor/">x</a>', CHAPTER), f"{CHAPTER}:12", "broken", "../../utanfor/"),
    (body('<a href="kapitel/?q=1#rubri%6b">x</a>'), None, "", ""),
    (body('<a href="#top">x</a> <a href="">x</a>'), None, "", ""),
    (body("<a href='borta.html'>x</a>"), "index.html:12", "broken", "borta.html"),
    (body("<a href=borta.html>x</a>"), "index.html:12", "broken", "borta.html"),
    (body('<a title="a > b" href="borta.html">x</a>'), "index.html:12", "broken", "borta.html"),
    (body('<a href="a&amp;b/">x</a>'), "index.html:12", "broken", "a&b/"),
    (body('<!-- <a href="borta/">x</a> -->'), None, "", ""),
    (body("<script>x = '<a href=\"borta/\">'</script>"), None, "", ""),
    (body('<img src="bild.png" alt="">'), "index.html:12", "broken", "bild.png"),
    (body('<img srcset="robots.txt 1x, b.png 2x">'), "index.html:12", "broken", "b.png"),
    (body('<a href="/kapitel/">x</a>'), "index.html:12", "absolute", "/kapitel/"),
    (body('<a href="/kapitel/">x</a>', "404.html"), None, "", ""),
    (body('<a href="/borta/">x</a>', "404.html"), "404.html:12", "broken", "/borta/"),
    (file("s.css", "a { background: url(borta.png) }"), "s.css", "broken", "borta.png"),
    (file("s.css", "/* url(borta.png) */"), None, "", ""),
    # nothing is fetched from anybody else, nothing leads elsewhere by itself
    (body('<a href="https://example.org/">x</a>'), None, "", ""),
    (body('<img src="https://example.org/a.png">'), "index.html:12", "outside", "https://example.org/a.png"),
    (body('<img src="//example.org/a.png">'), "index.html:12", "outside", "//example.org/a.png"),
    (body('<script src="http://cdn.example/x.js"></script>'), "index.html:12", "outside", "http://cdn.example/x.js"),
    (body('<link rel="preconnect" href="https://f.example">'), "index.html:12", "outside", "https://f.example"),
    (body('<link rel="canonical" href="https://f.example">'), None, "", ""),
    (body('<iframe src="https://f.example"></iframe>'), "index.html:12", "outside", "https://f.example"),
    (body('<form action="https://f.example"></form>'), "index.html:12", "outside", "https://f.example"),
    (body('<svg><use href="https://f.example/#a"/></svg>'), "index.html:12", "outside", "https://f.example/#a"),
    (body("<style>@import 'https://f.example/a.css';</style>"), "index.html:12", "outside", "https://f.example/a.css"),
    (body('<p style="background:url(//f.example/)">x</p>'), "index.html:12", "outside", "//f.example/"),
    (body('<img src="data:image/png;base64,AA==">'), None, "", ""),
    (file("s.css", '@import "https://f.example/a.css";'), "s.css", "outside", "https://f.example/a.css"),
    (body('<meta http-equiv="refresh" content="0">'), "index.html", "refresh", ""),
    (body('<a href="javascript:alert(1)">x</a>'), "index.html:12", "script-address", "javascript:alert(1)"),
    (body('<a href=" JaVaScRiPt:alert(1)">x</a>'), "index.html:12", "script-address", " JaVaScRiPt:alert(1)"),
    (body('<a href="data:text/html,x">x</a>'), "index.html:12", "script-address", "data:text/html,x"),
    # pages are whole and keep robots away
    (swap(START, "</html>", ""), START, "cut-off", ""),
    (file(START, b""), START, "missing", ""),
    (swap(START, "noindex, ", ""), START, "indexed", ""),
    (swap(POSTER, "noindex", "index"), POSTER, "indexed", ""),
    (swap(POSTER, 'id="end"', 'id="slut"'), POSTER, "no-end", ""),
    # nothing of a template is left
    (body("<p>Hej {{ page.title }}</p>"), "index.html:12", "leftover", "{{ page.title }}"),
    (body("<p>\n{% if x %}\n</p>"), "index.html:13", "leftover", "{% if x %}"),
    (body("<p>Hej {{ page</p>"), "index.html:12", "leftover", "{{"),
    (body('<p title="{{ x }}">x</p>'), "index.html:12", "leftover", "{{ x }}"),
    (body("<p>&#123;&#123; x }}</p>"), "index.html:12", "leftover", "{{ x }}"),
    (body("<p><code>{{ x }}</code></p><pre>{% x %}</pre>"), None, "", ""),
    (body("<p>En redaktör skrev {{ 7*7 }}</p>"), None, "", ""),
    # what programs read
    (file("api/x.json", '{"a": NaN}'), "api/x.json", "not-json", ""),
    (file("api/x.json", '{"a": 1'), "api/x.json", "not-json", ""),
    (file("api/x.json", "[" * 100_000), "api/x.json", "not-json", ""),
    (body('<script type="application/json">{a}</script>'), "index.html:12", "not-json", ""),
    (body('<script type="application/json">{"a": "<b>"}</script>'), None, "", ""),
    (file("status.json", None), "status.json", "missing", ""),
    (file("status.json", "["), "status.json", "no-status", "{…}"),
    (status(schema=2), "status.json", "no-status", "schema"),
    (status(build="x"), "status.json", "no-status", "build"),
    (status(commit="HEAD"), "status.json", "no-status", "commit"),
    (status(commit="b" * 40), "status.json", "other-commit", "b" * 40),
    (status(built_on="22 november"), "status.json", "no-status", "built_on"),
    (status(built_on="20261122"), "status.json", "no-status", "built_on"),
    (status(posters=[]), "status.json", "no-status", "posters"),
    (status(posters={"plansch": "0" * 16}), "status.json", "no-poster", f"plansch/{'0' * 16}.html"),
    (swap("changes.atom", "</feed>", ""), "changes.atom:5", "not-xml", ""),
    (swap("changes.atom", "<id>urn:x:1</id>", ""), "changes.atom", "feed-lacks", "id"),
    (swap("changes.atom", "<id>urn:x</id>", "<id>urn:x</id><entry><id>urn:x:1</id><title>a</title>"
          "<updated>2026</updated></entry>"), "changes.atom", "feed-twice", "urn:x:1"),
    (swap("review.ics", "END:VEVENT\r\n", ""), "review.ics", "not-calendar", ""),
    (swap("review.ics", "END:VCALENDAR\r\n", "END:VCALENDAR\n"), "review.ics", "cut-off", ""),
    (swap("review.ics", "UID:1@x\r\n", ""), "review.ics", "feed-twice", ""),
    # files
    (file(STYLE, "h1 { content: 'annat' }"), STYLE, "other-content", ""),
    (file(".git/config", "x"), ".git/config", "strange-file", ""),
    (file("policy/policy.yml", "x"), "policy/policy.yml", "strange-file", ""),
    (file("x.map", "{}"), "x.map", "strange-file", ""),
    (file("a.txt", b"rad\n\xe5"), "a.txt:2", "not-utf8", ""),
    (file("robots.txt", None), "robots.txt", "missing", ""),
]  # fmt: skip


@pytest.mark.parametrize(("change", "where", "code", "what"), FAULTS)
def test_a_fault_is_found_where_it_is(
    tmp_path: Path, change: Callable[[dict[str, bytes]], None], where: str | None, code: str, what: str
) -> None:
    files = tiny()
    change(files)
    facts = Facts(head="a" * 40, written=lambda words: words == "{{ 7*7 }}")
    told = found(tmp_path, files, facts)
    if where is None:
        assert told == []
    else:
        assert (where, code, what) in told
        for language in LANGUAGES:
            assert catalogue(language).text(f"publish.found.{code}", what=what)


PERSON = "Anna.Editor@example.com"


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        (f"<p>Av {PERSON}.</p>", True),
        ("<p>Av anna.editor@EXAMPLE.com</p>", True),
        ('<a href="mailto:Anna.Editor%40example.com?subject=x">x</a>', True),
        ("<p>" + "".join(f"&#{ord(letter)};" for letter in PERSON) + "</p>", True),
        ("<p>" + "".join(f"&#x{ord(letter):x};" for letter in PERSON) + "</p>", True),
        ("<p>anna.editor&commat;example.com</p>", True),
        ("<!-- anna.editor@example.com -->", True),
        ("<p>kundchef@example.com</p>", False),
        ("<p>susanna.editor@example.com</p>", False),
        ("<p>anna.editor@example.com.au</p>", False),
    ],
)
def test_no_address_of_an_author_gets_out_however_it_is_written(
    tmp_path: Path, text: str, *, is_found: bool
) -> None:
    files = tiny()
    body(text)(files)
    told = found(tmp_path, files, Facts(private=frozenset({PERSON.lower()})))
    assert told == ([("index.html:12", "address", "")] if is_found else [])


@pytest.mark.parametrize("path", ["api/x.json", "x.ics", "x.css", "x.txt", "x.js"])
def test_an_address_is_found_in_any_file(tmp_path: Path, path: str) -> None:
    told = found(
        tmp_path, tiny() | {path: f'"{PERSON}"'.encode()}, Facts(private=frozenset({PERSON.lower()}))
    )
    assert (f"{path}:1", "address", "") in told


def test_links_to_the_sites_own_address_are_followed_too(tmp_path: Path) -> None:
    """The pages then also say where they lie, and the page for a wrong address begins at that folder."""
    files = tiny()
    canonical = '<link rel="canonical" href="https://kund.example.com/policy/">'
    body(f'{canonical}<a href="https://kund.example.com/policy/kapitel/#rubrik">x</a>')(files)
    body('<a href="https://kund.example.com/policy/borta/">x</a>', CHAPTER)(files)
    body('<a href="/policy/kapitel/">x</a> <a href="/kapitel/">x</a>', "404.html")(files)
    assert found(tmp_path, files, Facts("https://kund.example.com/policy/")) == [
        ("404.html:12", "absolute", "/kapitel/"),
        (f"{CHAPTER}:12", "broken", "https://kund.example.com/policy/borta/"),
    ]
    told = found(tmp_path / "annan", files, Facts("https://annan.example.com/"))
    assert (START, "not-its-address", "https://annan.example.com/") in told


def test_a_symbolic_link_is_no_part_of_a_site(tmp_path: Path) -> None:
    maker(tiny())(tmp_path / "site")
    (tmp_path / "site/lank.txt").symlink_to("/etc/passwd")
    assert [(one.path, one.code) for one in prove(tmp_path / "site", Facts()).findings] == [
        ("lank.txt", "link")
    ]


def test_a_file_of_the_theme_is_named_after_a_digest_that_only_the_theme_knows(tmp_path: Path) -> None:
    name = f"x-{sha256(b'annat').hexdigest()[:10]}.css"
    assert found(tmp_path, tiny() | {f"assets/{name}": b"a {}"}) == []
    assert found(tmp_path / "b", tiny() | {f"css/{name}": b"a {}"}) == [(f"css/{name}", "other-content", "")]
