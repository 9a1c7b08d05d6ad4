"""`mkdocs build` through the real hooks: what is published, and that a mistake publishes nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

from jsonschema import Draft202012Validator

from livingpolicy.language import catalogue
from livingpolicy.starter import fresh_files
from tests.policy_repo import PolicyRepo
from tests.site.building import COMPLAINTS, PROJECT, REACH, Project, equip, every_file, run


def test_the_site_of_two_chapters_has_every_page(project: Project) -> None:
    for path in (
        "index.html",
        "tillganglighet/index.html",
        "klagomal/index.html",
        "granskning/index.html",
        "plansch/index.html",
        "redaktor/index.html",
        "404.html",
        "api/policy.json",
        "api/review.json",
        "api/schema/policy.json",
        "api/targets.json",
        "status.json",
        "robots.txt",
        "images/karta.png",
        "stylesheets/fonts.css",
    ):
        assert (project.site / path).is_file(), path


def test_what_is_not_for_readers_is_not_published(project: Project) -> None:
    """Chapters' sources, the ledger and settings stay where they are; robots get no map."""
    published = every_file(project.site)
    assert not [path for path in published if path.startswith("policy/") or path.endswith((".md", ".yml"))]
    assert "sitemap.xml" not in published
    assert 'content="noindex, nofollow"' in project.read("tillganglighet/index.html")


def test_links_between_chapters_and_the_edit_links_lead_to_the_right_place(project: Project) -> None:
    page = project.read("tillganglighet/index.html")
    assert 'href="../klagomal/#ta-emot"' in page
    edit = "https://github.com/example/kundpolicy/edit/main/policy/chapters/tillganglighet.md"
    line = REACH.split("\n").index("## Svar i telefon {#svar-telefon}") + 1
    assert f'href="{edit}#L{line}"' in page
    assert f'href="{edit}"' in page


def test_dates_come_from_the_history(project: Project) -> None:
    page = project.read("tillganglighet/index.html")
    assert 'Gäller sedan <time datetime="2026-05-03">3 maj 2026</time>' in page
    assert 'Granskas senast <time datetime="2026-11-03">3 november 2026</time>' in page
    assert 'data-status="due-soon"' in page


def test_a_title_is_escaped_once_everywhere(project: Project) -> None:
    page = project.read("klagomal/index.html")
    assert "<title>Klagomål &amp; beröm · Kundpolicy</title>" in page
    assert "&amp;amp;" not in page


def test_every_page_says_its_version(project: Project) -> None:
    head = project.repo.git("rev-parse", "--short=7", "HEAD")
    for path in project.site.rglob("*.html"):
        if not {"plansch", "skarm"} & set(path.parts):
            assert f"Version 2026-10-20 · {head}" in path.read_text("utf-8"), path


def test_navigation_follows_the_policy(project: Project) -> None:
    page = project.read("tillganglighet/index.html")
    tabs = [name.strip() for name in re.findall(r'class="md-tabs__link">([^<]+)', page)]
    assert tabs == ["Start", "Vad gör jag när …", "Kundpolicy", "Mål", "Aktuellt", "Plansch", "Om policyn"]


def test_robots_are_told_to_stay_away_on_every_page(own_site: Path) -> None:
    """Those that are no page of MkDocs' too; there is no map of the site."""
    for path in own_site.rglob("*.html"):
        assert re.search(r'<meta name="robots" content="noindex', path.read_text("utf-8")), path
    assert "Disallow: /" in (own_site / "robots.txt").read_text("utf-8").splitlines()
    assert not list(own_site.rglob("sitemap*"))


def test_a_page_can_be_read_before_any_script_runs(own_site: Path) -> None:
    """The text stands in the page, and no script of ours holds it up."""
    for path in own_site.rglob("*.html"):
        page = path.read_text("utf-8")
        head = page[: page.index("</head>")]
        waiting = re.findall(r'<script src="[^"]+"(?! defer)[^>]*>', head)
        assert [
            tag for tag in waiting if "javascripts/archive.js" not in tag and "poster-" not in tag
        ] == [], path


def test_pages_are_light(own_site: Path) -> None:
    """Under 100 kB; the page of the whole policy is as long as the policy, and markup only doubles it."""
    written = sum(path.stat().st_size for path in (PROJECT / "policy/chapters").rglob("*.md"))
    for path in own_site.rglob("*.html"):
        most = 2 * written if path.parent.name == "hela-policyn" else 100_000
        assert path.stat().st_size < most, f"{path}: {path.stat().st_size} bytes"


def test_two_builds_of_the_same_commit_and_day_are_the_same_bytes(project: Project, tmp_path: Path) -> None:
    """Wherever the repository lies, and whatever clock, language, rights and hash seed the machine has."""
    elsewhere = Project(PolicyRepo(tmp_path / "annan mapp"))
    project.repo.git("clone", "--quiet", f"file://{project.root}", str(elsewhere.root))
    equip(elsewhere.root)
    machine = {
        "TZ": "Pacific/Kiritimati",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "LIVINGPOLICY_NO_CACHE": "1",
        "HOME": str(tmp_path),
    }
    before = os.umask(0o077)
    try:
        done = run(elsewhere.root, "build", "--strict", **machine)
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    first, second = every_file(project.site), every_file(elsewhere.site)
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []
    for name in ("nginx.conf", "apache.conf", "Caddyfile"):
        written = [made.root / "site-headers" / name for made in (project, elsewhere)]
        assert written[0].read_bytes() == written[1].read_bytes()


def test_a_mistake_publishes_nothing_and_leaves_the_site_as_it_was(changing: Project) -> None:
    """One line for each mistake, as `path:line: code: …`, and the exit code of a failed build."""
    assert changing.build().returncode == 0
    before = every_file(changing.site)
    broken = REACH.replace("owner: kundtjanstchef", "owner: nagon-annan").replace(
        "kind: promise", "kind: lofte"
    )
    changing.repo.write({"policy/chapters/tillganglighet.md": broken})
    done = changing.build()
    assert done.returncode == 1
    lines = [
        line for line in done.stderr.splitlines() if line.startswith("policy/chapters/tillganglighet.md:")
    ]
    assert len(lines) >= 2
    assert all(re.match(r"policy/chapters/tillganglighet\.md:\d+: [a-z-]+: ", line) for line in lines)
    assert "Inget har publicerats" in done.stderr
    assert "Traceback" not in done.stderr
    assert every_file(changing.site) == before


def test_a_chapter_named_like_a_page_is_refused_before_anything_is_touched(changing: Project) -> None:
    assert changing.build().returncode == 0
    before = every_file(changing.site)
    changing.repo.write(
        {
            "docs/klagomal.md": "# Rutin för klagomål\n",
        }
    )
    done = changing.build()
    assert done.returncode == 1
    assert "redan adressen till en annan sida" in done.stderr
    assert every_file(changing.site) == before


def test_a_shallow_clone_is_built_with_unknown_dates(changing: Project, tmp_path: Path) -> None:
    """Nothing is guessed: the pages say why no date is shown, and what to do about it."""
    changing.repo.commit(
        "2026-06-01", "Mer om mejl", {"policy/chapters/klagomal.md": COMPLAINTS + "\nMer.\n"}
    )
    shallow = tmp_path / "shallow"
    changing.repo.git("clone", "--quiet", "--depth=1", f"file://{changing.root}", str(shallow))
    equip(shallow)
    done = run(shallow, "build", "--strict")
    assert done.returncode == 0, done.stderr
    page = (shallow / "site/tillganglighet/index.html").read_text("utf-8")
    assert "Datumen är okända." in page
    assert "git fetch --unshallow" in page
    assert "Okänt när avsnittet ändrades" in page
    assert "<time" not in page


def test_a_plain_copy_without_git_is_built_with_unknown_dates(changing: Project, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(changing.root, copy, ignore=shutil.ignore_patterns(".git"))
    done = run(copy, "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "Datumen är okända." in (copy / "site/index.html").read_text("utf-8")


def test_an_edit_that_is_not_committed_is_a_draft(changing: Project) -> None:
    changing.repo.write({"policy/chapters/tillganglighet.md": REACH.replace("samma dag", "nästa dag")})
    done = changing.build("--strict")
    assert done.returncode == 0, done.stderr
    page = changing.read("tillganglighet/index.html")
    assert "Ändringen är inte publicerad" in page
    assert "· utkast" in page


def test_a_chapter_is_published_under_its_id_wherever_its_file_lies(changing: Project) -> None:
    changing.repo.commit(
        "2026-06-01",
        "Flytta",
        {
            "policy/chapters/klagomal.md": None,
            "policy/chapters/service/Klagomål.md": COMPLAINTS.replace("---\n", "---\nid: klagomal\n", 1)
            .replace("tillganglighet.md", "../tillganglighet.md")
            .replace("../images", "../../images"),
            "policy/chapters/tillganglighet.md": REACH.replace("klagomal.md", "service/Klagomål.md"),
        },
    )
    done = changing.build("--strict")
    assert done.returncode == 0, done.stderr
    assert 'href="../klagomal/#ta-emot"' in changing.read("tillganglighet/index.html")
    assert 'href="../tillganglighet/"' in changing.read("klagomal/index.html")


def test_a_site_without_folders_can_be_read_from_disk(changing: Project) -> None:
    settings = (changing.root / "mkdocs.yml").read_text("utf-8")
    changing.repo.write(
        {"mkdocs.yml": settings.replace("use_directory_urls: true", "use_directory_urls: false")}
    )
    done = changing.build("--strict")
    assert done.returncode == 0, done.stderr
    assert 'href="klagomal.html#ta-emot"' in changing.read("tillganglighet.html")
    assert 'href="tillganglighet.html#svar-telefon"' in changing.read("index.html")
    for page in changing.site.rglob("*.html"):
        if page.name != "404.html":  # only a web server shows it
            links = re.findall(r'<a\b[^>]* href="([^":#?]+)(?:[#?][^"]*)?"', page.read_text("utf-8"))
            assert [link for link in links if not (page.parent / link).is_file()] == [], page.name


def test_the_policy_as_it_ships_is_built(own_site: Path) -> None:
    assert (own_site / "index.html").is_file()
    chapters = [path.stem for path in (PROJECT / "policy/chapters").rglob("*.md")]
    assert len(chapters) >= 8
    for chapter in chapters:
        assert (own_site / chapter / "index.html").is_file(), chapter


def test_every_published_document_has_a_published_schema_and_keeps_to_it(own_site: Path) -> None:
    documents = {path.relative_to(own_site).as_posix(): path for path in own_site.rglob("*.json")}
    schemas = {name: documents.pop(name) for name in [*documents] if name.startswith("api/schema/")}
    assert documents
    for name, path in documents.items():
        schema = json.loads(schemas.pop(f"api/schema/{Path(name).name}").read_text("utf-8"))
        judge = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        judge.validate(json.loads(path.read_text("utf-8")))
    assert not schemas, "a schema without a document"


def test_nobody_who_wrote_the_policy_is_published(changing: Project, own_site: Path) -> None:
    """Neither the name nor the address of a commit's author, also where the message itself names them."""
    changing.repo.git("config", "user.name", "Ronja Mattisdotter")
    changing.repo.git("config", "user.email", "ronja@privat.example")
    why = (
        "Svara samma dag\n\nKunder undrade.\n\n"
        "Signed-off-by: Ronja Mattisdotter <ronja@privat.example>\n"
        "Co-authored-by: Birk Borkason <birk@privat.example>\n"
    )
    changing.repo.commit(
        "2026-06-01", why, {"policy/chapters/klagomal.md": COMPLAINTS.replace("dåligt", "trist")}
    )
    assert changing.build("--strict").returncode == 0
    assert "Kunder undrade." in changing.read("andringar/index.html")
    addresses = {line for line in PolicyRepo(PROJECT).git("log", "--format=%ae%n%ce").splitlines() if line}
    for site, people in (
        (changing.site, {"Mattisdotter", "Borkason", "privat.example", "test@example.com"}),
        (own_site, addresses),
    ):
        for path, content in every_file(site).items():
            assert [who for who in people if who.encode() in content] == [], path


MEASURED = "period,value,within_target,n,comment\n2026-09,2,0.92,1188,\n"


def test_an_english_policy_gets_an_english_site(tmp_path: Path) -> None:
    """As `livingpolicy init` begins it, with a target: every kind of page, and no Swedish on any."""
    repo = PolicyRepo.create(tmp_path / "policy")
    fresh = fresh_files("en", title="Customer policy", organisation="Example Ltd")
    target = """\
answer-phone:
  name: Answering the phone
  wording: within three minutes
  at_most: 3
  unit: minutes
  share: 90
  channel: phone
  owner: head-of-customers
  measured: monthly
  review_every: 6 months
"""
    owner = re.search(r"^owners:\n  ([a-z-]+):", fresh["policy/policy.yml"].decode(), re.MULTILINE)
    assert owner
    repo.commit("2026-05-03", "Write the policy down", fresh)
    repo.commit(
        "2026-06-03",
        "Say how fast we answer",
        {
            "policy/targets.yml": target.replace("head-of-customers", owner[1]),
            "policy/measurements/answer-phone.csv": MEASURED,
        },
    )
    done = run(repo.root, "build", "--strict")
    assert done.returncode == 0, done.stderr
    site = repo.root / "site"
    words = catalogue("en")
    for name in (
        "finder",
        "targets",
        "evaluation",
        "assessment",
        "assessment-form",
        "changes",
        "then",
        "review",
    ):
        assert (site / words.text(f"site.path.{name}") / "index.html").is_file(), name
    for name in ("responsibility", "coverage", "about", "search", "whole", "screen"):
        assert (site / words.text(f"site.path.{name}") / "index.html").is_file(), name
    assert list((site / words.text("site.path.versions")).rglob("*.html"))
    assert (site / "targets/answer-phone/index.html").is_file()
    swedish = re.compile(
        r"[^<>\n]*(?:[åäöÅÄÖ]|\b(?:och|inte|avsnitt|granskning|kapitel|denna|senast|sidan|ansvarar)\b)[^<>\n]*",
        re.IGNORECASE,
    )
    for path in [*site.rglob("*.html"), *site.rglob("*.ics"), *site.rglob("*.atom")]:
        # Whoever reads sees no anchors; everything else counts, also what is said to screen readers only.
        text = re.sub(
            r"<script[^>]*>.*?</script>| (?:id|href|class|for|aria-[a-z]*by)=\"[^\"]*\"",
            "",
            path.read_text("utf-8"),
            flags=re.DOTALL,
        )
        assert swedish.findall(text) == [], path
        if path.suffix == ".html":
            assert '<html lang="en"' in text, path
    # Anchors stand in the address that is sent to a colleague.
    pages = "".join(path.read_text("utf-8") for path in site.rglob("*.html"))
    anchors = {
        part for name in re.findall(r' id="([^"]+)"', pages) for part in (name, name.partition("-")[0])
    }
    keys = [key for key in words.texts if key.startswith("site.anchor.")]
    assert {words.text(key) for key in keys} <= anchors
    assert {catalogue("sv").text(key) for key in keys} & anchors == set()


def test_git_is_told_nothing_by_the_content(changing: Project) -> None:
    """The build leaves the repository as it was."""
    before = changing.repo.git("status", "--porcelain")
    assert changing.build().returncode == 0
    assert PolicyRepo(changing.root).git("status", "--porcelain") == before
