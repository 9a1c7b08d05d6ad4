"""The poster as it hangs: from a folder and from a server, without JavaScript, for weeks."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import Served, Watched, browser, open_page, serve
from tests.poster import samples

__all__ = ["browser", "open_page", "serve"]

pytestmark = pytest.mark.browser

Opened = Callable[..., Watched]

FONTS = '[...document.fonts].filter(font => font.status === "loaded").map(font => font.weight)'

PIXELS = """async picture => {
  const blob = await (await fetch("data:image/png;base64," + picture)).blob();
  const image = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const {data} = canvas.getImageData(0, 0, image.width, image.height);
  const red = data.filter((_, index) => index % 4 === 0);
  return new Promise(resolve => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1]);
    reader.readAsDataURL(new Blob([red]));
  });
}"""
"""The brightness of every pixel of a PNG; Chromium reads it so that the tests need no library of pictures."""


@pytest.fixture
def poster(tmp_path: Path) -> Path:
    return samples.write(tmp_path, samples.snapshot(samples.PROMISES[:8]))


def says(watched: Watched) -> str:
    """Return the visible words of the foot's states."""
    return " ".join(watched.page.locator(".lp-foot__states").inner_text().split())


def at(when: str) -> Callable[..., None]:
    """Return a set-up that stops the page's clock at *when*."""
    return lambda page: page.clock.install(time=when)


def test_it_works_from_a_folder(poster: Path, open_page: Opened) -> None:
    watched = open_page(poster.as_uri())
    assert watched.complaints == []
    assert len(watched.page.evaluate(FONTS)) == 3


def test_a_statement_stands_in_the_middle_of_its_block(poster: Path, open_page: Opened) -> None:
    """As much room above the capitals as below the last baseline."""
    above, below = open_page(poster.as_uri()).page.evaluate(
        """() => {
          const text = document.querySelector(".lp-statement").getBoundingClientRect();
          const block = document.querySelector(".lp-promise--statement").getBoundingClientRect();
          return [text.top - block.top, block.bottom - text.bottom];
        }"""
    )
    assert abs(above - below) < 1


def test_it_asks_its_own_server_and_nobody_else(
    poster: Path, open_page: Opened, serve: Callable[[Path], Served]
) -> None:
    """Page, style, script and three fonts: six requests, under the strict content security policy."""
    served = serve(poster.parents[1])
    watched = open_page(f"{served.address}plansch/")
    assert watched.complaints == []
    asked = [url for url in watched.requests if not url.startswith("data:")]
    assert all(url.startswith(served.address) for url in asked)
    assert len(asked) == 6
    assert len(watched.page.evaluate(FONTS)) == 3


def test_it_is_complete_without_javascript(poster: Path, open_page: Opened) -> None:
    watched = open_page(poster.as_uri(), java_script_enabled=False)
    text = " ".join(watched.page.inner_text("body").split())
    for promise in samples.PROMISES[:8]:
        assert promise.text in text
    assert "Aktuell ändrad 12 november 2026 Granskas senast 12 februari 2027 Kundchefen ansvarar" in text
    assert "försenad" not in text


@pytest.mark.parametrize(
    ("when", "begins"),
    [
        ("2026-12-01T12:00:00Z", "Aktuell"),
        ("2027-01-12T22:59:00Z", "Aktuell"),
        ("2027-01-12T23:01:00Z", "Granskas snart"),
        ("2027-02-12T22:59:00Z", "Granskas snart"),
        ("2027-02-12T23:01:00Z", "Granskningen är försenad sedan 13 februari 2027"),
    ],
)
def test_the_state_is_that_of_the_day_it_is_seen(
    when: str, begins: str, poster: Path, open_page: Opened
) -> None:
    """In the policy's time zone, wherever the screen thinks that it is."""
    watched = open_page(poster.as_uri(), setup=at(when), timezone_id="Pacific/Honolulu")
    assert says(watched).startswith(begins)


def test_midnight_comes_without_a_reload(poster: Path, open_page: Opened) -> None:
    watched = open_page(poster.as_uri(), setup=at("2027-02-12T22:58:00Z"))
    assert says(watched).startswith("Granskas snart")
    watched.page.clock.run_for("03:00")
    assert says(watched).startswith("Granskningen är försenad")
    assert watched.page.locator(".lp-foot").get_attribute("data-state") == "overdue"


def test_a_draft_stays_a_draft_until_something_is_late(tmp_path: Path, open_page: Opened) -> None:
    page = samples.write(tmp_path, samples.snapshot(drafts=("lofte-1",)))
    assert says(open_page(page.as_uri(), setup=at("2027-02-12T12:00:00Z"))).startswith("Utkast")
    assert says(open_page(page.as_uri(), setup=at("2027-02-13T12:00:00Z"))).startswith(
        "Granskningen är försenad"
    )


def test_an_unknown_history_never_claims_to_be_current(tmp_path: Path, open_page: Opened) -> None:
    page = samples.write(tmp_path, samples.snapshot(complete=False))
    assert says(open_page(page.as_uri(), setup=at("2030-01-01T12:00:00Z"))).startswith("Ändringsdatum okänt")


def test_the_dark_theme_is_asked_for_in_the_address(poster: Path, open_page: Opened) -> None:
    ground = "getComputedStyle(document.querySelector('.lp-poster')).backgroundColor"
    assert open_page(poster.as_uri()).page.evaluate(ground) == "rgb(251, 247, 238)"
    assert open_page(f"{poster.as_uri()}?tema=mork").page.evaluate(ground) == "rgb(11, 22, 27)"


@pytest.mark.parametrize("query", ["", "?tema=mork"])
@pytest.mark.parametrize("screen", [(1920, 1080), (1080, 1920)])
def test_the_code_is_read_from_a_picture_of_the_screen(
    query: str, screen: tuple[int, int], poster: Path, open_page: Opened
) -> None:
    import zxingcpp

    watched = open_page(poster.as_uri() + query, width=screen[0], height=screen[1])
    side = watched.page.locator(".lp-door__code").bounding_box()
    assert side is not None
    assert side["width"] >= 0.2 * min(screen)
    picture = base64.b64encode(watched.page.screenshot()).decode()
    pixels = base64.b64decode(open_page("about:blank").page.evaluate(PIXELS, picture))
    image = memoryview(pixels).cast("B", shape=(screen[1], screen[0]))
    assert [code.text for code in zxingcpp.read_barcodes(image)] == ["HTTP://KUND.EXAMPLE.COM"]


def test_it_is_read_aloud_in_order_and_has_no_accessibility_fault(poster: Path, open_page: Opened) -> None:
    from axe_playwright_python.sync_playwright import Axe

    watched = open_page(poster.as_uri(), bypass_csp=True)
    found = Axe().run(watched.page)
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]] == []
    assert watched.page.locator(".lp-figure").first.inner_text() == "3\u00a0minuter"
