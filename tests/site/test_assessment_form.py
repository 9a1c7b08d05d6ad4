"""The form of the self-assessment in a real browser: from the first answer to a pull request."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from livingpolicy.language import catalogue
from livingpolicy.render.scores import mean_shown, total_shown
from livingpolicy.scoring import score
from tests.assessment.samples import MANAGEMENT, all_of, answers_with_sums, asked, ids
from tests.assessment.test_scoring import NEAR
from tests.browser import Served, Watched, browser, open_page, serve
from tests.site.building import Project, environment, every_file
from tests.site.test_browser import WCAG, at

__all__ = ["browser", "open_page", "serve"]  # the fixtures

pytestmark = pytest.mark.browser

FORM = "sjalvvardering/formular/"
NOON = "2026-10-20T12:00:00+02:00"


@pytest.fixture(scope="session")
def company(project: Project, serve: Callable[[Path], Served]) -> str:
    """Address of the two-chapter site."""
    return serve(project.site).address


@pytest.fixture
def form(company: str, open_page: Callable[..., Watched]) -> Watched:
    """The empty form, at noon on 20 October 2026."""
    return open_page(company + FORM, width=1280, height=900, setup=at(NOON))


def choose(page: Any, answers: dict[str, int]) -> None:
    """Choose many answers at once; the last is clicked."""
    *first, (name, answer) = answers.items()
    page.evaluate(
        """(answers) => {
          for (const [name, answer] of answers) {
            document.querySelector(`[data-statement="${name}"] input[value="${answer}"]`).checked = true;
          }
        }""",
        first,
    )
    page.locator(f'[data-statement="{name}"] input[value="{answer}"]').check()


def shown(page: Any) -> str:
    return str(page.locator("[data-total]").inner_text())


def said(page: Any) -> Any:
    return page.locator("[data-say]")


def test_from_the_first_answer_to_a_pull_request_that_passes(form: Watched, changing: Project) -> None:
    """By keyboard alone; the file goes in with `livingpolicy assess`, and the gate is green."""
    page = form.page
    page.locator('[data-statement="g1-1"] input').first.focus()
    for number in range(25 - len(MANAGEMENT)):
        page.keyboard.press("12345"[number % 5])
    assert page.locator("[data-progress-text]").inner_text() == "23 av 23"
    page.locator("[data-sign]").nth(1).focus()
    page.keyboard.press("Space")
    page.locator("[data-download]").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    name = download.value.suggested_filename
    assert name.startswith("sjalvvardering-")
    file = changing.root.parent / name
    download.value.save_as(file)
    assert file.read_text("utf-8") == page.locator("[data-yaml]").input_value()

    changing.repo.git("switch", "--quiet", "--create", "sjalvvardering")
    # Somebody else's answers to the same round, downloaded on another day.
    other = changing.root.parent / "annan.yml"
    other.write_text(
        file.read_text("utf-8").replace('"g1-1": 1', '"g1-1": 5').replace("10-20", "10-19"), "utf-8"
    )
    assert call(changing, "assess", str(file), str(other)) == (
        0,
        "policy/assessment/results/2026-10.yml: 2 personer har svarat\n",
    )
    changing.repo.commit("2026-10-20", "Självvärdering i oktober")
    assert call(changing, "check", "--scope", "changed", "--base", "main")[0] == 0
    assert call(changing, "check")[0] == 0
    assert form.complaints == []


def call(project: Project, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "livingpolicy", *arguments],
        cwd=project.root,
        env=environment("2026-10-20") | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


SCORE = """
(sets) => sets.map((answers) => {
  const form = document.querySelector("[data-assessment]");
  for (const input of form.querySelectorAll("[data-statement] input")) {
    const name = input.closest("[data-statement]").dataset.statement;
    input.checked = input.value !== "" && Number(input.value) === answers[name];
  }
  form.dispatchEvent(new Event("change", {bubbles: true}));
  const scored = !form.querySelector("[data-scored]").hidden;
  return {
    total: scored ? form.querySelector("[data-total]").textContent : null,
    band: scored ? form.querySelector("[data-band]:not([hidden])").dataset.band : null,
    means: [...form.querySelectorAll("[data-mean]")].map((cell) => cell.textContent),
    weak: [...form.querySelectorAll("[data-score]")].map((row) => row.classList.contains("lp-groups__weak")),
  };
})
"""


def test_the_browser_counts_as_the_policy_does(form: Watched) -> None:
    """Every total around both borders, and five hundred people who skipped this and that."""
    rnd = random.Random(20261020)
    sets = [answers_with_sums(sums) for sums in NEAR[:: max(1, len(NEAR) // 350)]]
    every = [name for group in ids() for name in group]
    for _ in range(500):
        kept = rnd.choice([0.2, 0.6, 0.9, 1.0])
        sets.append({name: rnd.randint(1, 5) for name in every if rnd.random() < kept})
    totals = {
        sum(Fraction(sum(each[name] for name in group), len(group)) for group in ids()) for each in sets[:350]
    }
    assert {Fraction(28), Fraction(21)} <= totals

    form.page.locator("[data-role][value=management]").check()
    found = form.page.evaluate(SCORE, sets)
    words = catalogue("sv")
    for answers, seen in zip(sets, found, strict=True):
        result = score(asked([answers]))
        assert seen == {
            "total": total_shown(result.total, words) if result.total is not None else None,
            "band": result.band.value if result.band is not None else None,
            "means": [
                mean_shown(each.mean, words) if each.mean is not None else "–" for each in result.groups
            ],
            "weak": [each.mean is not None and each.mean < 3 for each in result.groups],
        }, answers


def test_the_draft_survives_a_reload_and_can_be_cleared(form: Watched) -> None:
    page = form.page
    choose(page, all_of(4))
    page.locator("[data-sign]").first.check()
    page.reload()
    assert said(page).inner_text() == "Dina svar från sist finns kvar."
    assert shown(page) == "28,0"
    assert page.locator("[data-sign]").first.is_checked()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Töm formuläret").click()
    assert page.locator("input:checked").count() == 1  # the role
    assert said(page).inner_text() == "Formuläret är tomt, och inget finns sparat."
    assert not [key for key in page.evaluate("Object.keys(localStorage)") if key.startswith("livingpolicy")]
    page.reload()
    assert page.locator("[data-statement] input:checked").count() == 0


def test_a_browser_that_keeps_nothing_says_so(company: str, open_page: Callable[..., Watched]) -> None:
    def refuse(page: Any) -> None:
        page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full') }")

    page = open_page(company + FORM, width=1280, height=900, setup=refuse).page
    choose(page, {"g1-1": 3})
    assert said(page).inner_text().startswith("Webbläsaren låter inte sidan spara.")


def test_what_is_for_managers_is_asked_of_managers_alone(form: Watched) -> None:
    """Who goes back to being staff leaves those answers out of the score and of the file."""
    page = form.page
    manager = page.locator('[data-statement="g1-2"]')
    assert not manager.is_visible()
    choose(page, all_of(3))
    page.locator("[data-role][value=management]").check()
    manager.locator('input[value="5"]').check()
    assert shown(page) == "21,5"
    assert '"g1-2": 5' in page.locator("[data-yaml]").input_value()
    page.locator("[data-role][value=staff]").check()
    assert shown(page) == "21,0"
    assert "g1-2" not in page.locator("[data-yaml]").input_value()
    assert "management" not in page.locator("[data-yaml]").input_value()


def test_what_one_does_not_know_lowers_nothing_and_is_not_in_the_file(form: Watched) -> None:
    page = form.page
    choose(page, all_of(4))
    page.locator('[data-statement="g3-1"] input[value=""]').check()
    assert shown(page) == "28,0"
    assert "g3-1" not in page.locator("[data-yaml]").input_value()
    assert page.locator("[data-progress-text]").inner_text() == "23 av 23"
    assert "Du har svarat på 22 av 23 påståenden." in page.locator("[data-scored]").inner_text()


def test_the_score_waits_until_every_group_has_an_answer(form: Watched) -> None:
    page = form.page
    choose(page, {name: 4 for name in all_of(4) if not name.startswith(("g4", "g6"))})
    assert not page.locator("[data-scored]").is_visible()
    assert page.locator("[data-left]").inner_text() == "Kvar: Grupp 4, Grupp 6."
    page.get_by_role("button", name="Nästa obesvarade").click()
    assert page.evaluate("document.activeElement.name") == "lp-g4-1"
    choose(page, {"g4-1": 4, "g6-1": 4})
    assert shown(page) == "28,0"


def test_arrows_move_within_a_statement_and_tab_to_the_next(form: Watched) -> None:
    page = form.page
    page.locator('[data-statement="g1-1"] input[value="3"]').check()
    page.keyboard.press("ArrowRight")
    assert page.locator('[data-statement="g1-1"] input[value="4"]').is_checked()
    number = page.locator('[data-statement="g1-1"] input[value="4"] + .lp-ask__number')
    assert number.evaluate("box => getComputedStyle(box).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "lp-g1-3"


def test_nothing_is_sent_and_no_one_is_named(form: Watched) -> None:
    page = form.page
    before = len(form.requests)
    choose(page, all_of(2))
    page.locator("[data-sign]").first.check()
    page.reload()
    after = [url for url in form.requests[before:] if not url.startswith(("data:", "blob:"))]
    assert not [url for url in after if "g1-1" in url or "?" in url.removesuffix("?")]
    assert page.locator("form[data-assessment], [data-assessment] form").count() == 0
    stored = json.loads(
        page.evaluate(
            "JSON.stringify(Object.entries(localStorage).filter(([key]) => key.startsWith('living')))"
        )
    )
    assert [set(json.loads(value)) for _, value in stored] == [{"role", "answers", "signs"}]
    text = page.locator("[data-yaml]").input_value()
    assert "10-20T" not in text
    assert text.startswith(
        "# Svar på självvärderingen. Inget i filen säger vem som har svarat.\n"
        'questionnaire: 1\nanswered_on: 2026-10-20\nrespondents:\n  - answers:\n      "g1-1": 2\n'
    )


def test_no_person_s_answers_are_published(project: Project) -> None:
    """Neither the result files nor a row of them: six people answered, only sums of them are there."""
    for path, data in every_file(project.site).items():
        assert "assessment/results" not in path
        if path.endswith((".html", ".json", ".ics", ".xml", ".txt", ".js")):
            assert not re.search(r"g1-1\W{1,3}[1-5]\W{1,3}g1-3", data.decode("utf-8")), path


def test_it_runs_under_a_policy_that_allows_no_inline_script_and_no_form(
    company: str, open_page: Callable[..., Watched]
) -> None:
    """Only what our own page and script do is held against it."""

    def strict(page: Any) -> None:
        def served(route: Any) -> None:
            answer = route.fetch()
            html = answer.text()
            start, end = html.index('<div class="lp-form"'), html.index("</article>")
            head = '<!doctype html><link rel="stylesheet" href="../../stylesheets/assessment.css">'
            body = f'{html[start:end]}<script src="../../javascripts/assessment.js"></script>'
            policy = (
                "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'none'; img-src data:"
            )
            route.fulfill(
                body=head + body,
                headers={"content-type": "text/html; charset=utf-8", "content-security-policy": policy},
            )

        page.route(f"**/{FORM}", served)

    watched = open_page(company + FORM, setup=strict)
    choose(watched.page, all_of(5))
    assert shown(watched.page) == "35,0"
    with watched.page.expect_download():
        watched.page.locator("[data-download]").click()
    assert watched.complaints == []


def test_the_text_can_be_copied_where_downloads_are_blocked(
    company: str, open_page: Callable[..., Watched]
) -> None:
    page = open_page(
        company + FORM, width=390, height=844, permissions=["clipboard-read", "clipboard-write"]
    ).page
    choose(page, all_of(3))
    page.get_by_text("Går det inte att ladda ner?").click()
    page.get_by_role("button", name="Kopiera").click()
    said(page).get_by_text("Kopierat.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("[data-yaml]").input_value()


def test_without_scripts_it_is_a_paper_form(company: str, open_page: Callable[..., Watched]) -> None:
    page = open_page(company + FORM, width=1280, height=900, java_script_enabled=False).page
    assert page.locator("fieldset.lp-ask:visible").count() == 25
    assert page.get_by_text("Skriv ut det, fyll i med penna").is_visible()
    assert not page.get_by_role("button", name="Ladda ner svaren").is_visible()


def test_an_empty_form_prints_as_a_form_and_a_filled_one_as_a_result(form: Watched) -> None:
    """On A4: circles and a table to count by hand, or what was chosen and what it comes to."""
    page = form.page
    page.emulate_media(media="print")
    steps = page.locator(".lp-ask__step:visible")
    assert steps.count() == 25 * 6
    assert page.get_by_role("heading", name="Räkna för hand").is_visible()
    assert not page.locator("[data-hand-in], .lp-form__bar").first.is_visible()
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 3

    page.emulate_media(media="screen")
    choose(page, all_of(4))
    page.emulate_media(media="print")
    assert steps.count() == 23
    assert not page.get_by_role("heading", name="Räkna för hand").is_visible()
    score_box = page.locator("[data-total]").bounding_box()
    first = page.locator(".lp-ask:visible").first.bounding_box()
    assert score_box["y"] < first["y"]
    assert page.pdf(format="A4").count(b"/Type /Page\n") <= 3


@pytest.mark.parametrize(
    ("width", "scheme", "path"),
    [
        (390, "light", FORM),
        (1280, "dark", FORM),
        (390, "dark", "sjalvvardering/"),
        (1280, "light", "sjalvvardering/"),
    ],
)
def test_the_pages_are_accessible(
    company: str, open_page: Callable[..., Watched], width: int, scheme: str, path: str
) -> None:
    """WCAG 2.2 AA and axe's best practice: the form with its result, and the page of the results."""
    watched = open_page(company + path, width=width, height=900, color_scheme=scheme, reduced_motion="reduce")
    page = watched.page
    if path == FORM:
        choose(page, all_of(2))
    page.locator("article summary").click()
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert [each for each in watched.complaints if not each.startswith("failed: ")] == []
