"""The screen as it hangs: how it changes posters, what it asks for, and that nothing burns in."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import Watched, open_page
from tests.poster.test_poster_layout import PROBE
from tests.poster.test_poster_screen import PIXELS
from tests.screen.fault_server import FaultServer, code
from tests.screen.samples import edition, published
from tests.screen.wall import Wall

__all__ = ["open_page"]

pytestmark = pytest.mark.browser

Hang = Callable[..., Wall]
Opened = Callable[..., Watched]

TRANSITION = "parseFloat(getComputedStyle(document.querySelector('iframe')).transitionDuration)"


def test_a_poster_is_changed_without_a_blink(hang_up: Hang, open_page: Opened) -> None:
    """In the dark, whatever moment a picture is taken at: the ground between the figures stays what it is."""
    wall = hang_up("?tema=mork")
    build = wall.publish()
    wall.asks()
    for _ in range(200):
        if len(wall.frames) == 2 and wall.frames[1]["seen"]:
            break
        wall.page.wait_for_timeout(5)
    between = {"x": 500, "y": 120, "width": 60, "height": 30}
    pictures = [wall.page.screenshot(clip=between) for _ in range(6)]
    wall.shows(build)
    pictures.append(wall.page.screenshot(clip=between))
    assert wall.most == 2
    blank = open_page("about:blank").page
    for picture in pictures:
        red = base64.b64decode(blank.evaluate(PIXELS, base64.b64encode(picture).decode()))
        assert max(red) <= 12, "the ground is #0b161b, give or take what fading rounds off"


def test_the_change_takes_less_than_400_ms_and_no_time_with_reduced_motion(hang_up: Hang) -> None:
    assert 0 < hang_up().page.evaluate(TRANSITION) < 0.4
    assert hang_up(reduced_motion="reduce").page.evaluate(TRANSITION) == 0


def test_nothing_is_loaded_while_nothing_is_new(hang_up: Hang) -> None:
    """Another build of the site with the same poster costs a request a minute and nothing else."""
    wall = hang_up()
    asked = len(wall.server.asked)
    for number in range(3):
        wall.status(build=f"{number:016x}")
        wall.asks()
    assert set(wall.server.asked[asked:]) == {"/status.json"}


def test_a_screen_that_starts_before_the_server_gets_its_poster_by_itself(
    hang_up: Hang, server: FaultServer
) -> None:
    """Until then it is dark, and says that it tries."""
    server.faults["status.json"] = code(503)
    wall = hang_up(shows=None)
    wall.settles()
    wall.wait(minutes=30)
    wall.settles()
    assert wall.frames == []
    assert wall.says() == ""
    assert wall.says("main") == "Planschen hämtas. Ett nytt försök görs varje minut."
    assert (
        wall.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(11, 22, 27)"
    )
    server.heal()
    build = wall.publish()
    wall.asks()
    wall.shows(build)
    assert wall.complaints == []


def test_the_address_says_which_poster_and_how(hang_up: Hang, server: FaultServer) -> None:
    """All of it is passed on, and the poster reads it as if it stood alone."""
    build, files = edition(99)
    server.files |= {path.replace("plansch/", "plansch/reception/"): data for path, data in files.items()}
    status = json.loads(files["status.json"]) | {"posters": {"plansch/reception": build}}
    server.files["status.json"] = json.dumps(status).encode()
    query = "?tema=mork&format=staende&plansch=reception"
    wall = hang_up(query, shows=build)
    assert f"/plansch/reception/{build}.html{query}" in server.asked
    theme = "document.documentElement.dataset.theme"
    assert wall.page.evaluate(theme) == wall.page.frames[1].evaluate(theme) == "dark"
    assert wall.page.frames[1].evaluate("document.documentElement.dataset.sheet") == "portrait"


@pytest.mark.parametrize("name", ["finns-inte", "../plansch", "__proto__", "a" * 5000])
def test_a_poster_that_nobody_has_made_is_waited_for(name: str, hang_up: Hang) -> None:
    wall = hang_up(f"?plansch={name}", shows=None)
    wall.settles()
    assert wall.frames == []
    assert not wall.server.count("/plansch/")


def test_credentials_are_sent_only_when_the_address_asks_for_it(hang_up: Hang, server: FaultServer) -> None:
    """Else a server that wants a password would have the browser ask for one, in front of everybody."""
    server.faults["skarm/index.html"] = lambda answer: answer.say(set_cookie="konto=1; Path=/")
    hang_up()
    assert "/status.json" not in server.cookies
    hang_up("?inloggning=ja")
    assert "/status.json" in server.cookies


def test_it_lives_in_a_folder_of_a_larger_site(hang_up: Hang, server: FaultServer) -> None:
    build, files = edition(7)
    server.files = {f"policy/{path}": data for path, data in (published() | files).items()}
    hang_up(folder="policy/", shows=build)
    assert all(target.startswith(("/policy/", "/robots.txt")) for target in server.asked)


def test_there_is_no_pointer_and_nothing_to_press(hang_up: Hang) -> None:
    page = hang_up().page
    assert page.evaluate("getComputedStyle(document.documentElement).cursor") == "none"
    assert page.evaluate("getComputedStyle(document.querySelector('iframe')).pointerEvents") == "none"
    assert page.evaluate("document.querySelector('iframe').tabIndex") == -1
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_the_stage_moves_a_little_every_ten_minutes_so_that_nothing_burns_in(hang_up: Hang) -> None:
    """A few pixels: the edges stay covered, and the words stay clear of what old screens cut away."""
    wall = hang_up("?tema=mork", width=1920, height=1080, reduced_motion="reduce")
    box = """() => {
      const {left, top, right, bottom} = document.querySelector(".lp-stage").getBoundingClientRect();
      return [left, top, right, bottom];
    }"""
    places = []
    for _ in range(8):
        wall.wait(minutes=10)
        wall.page.clock.run_for(1)
        places.append(wall.page.evaluate(box))
    assert len({tuple(place) for place in places}) == 8
    for left, top, right, bottom in places:
        assert left <= 0
        assert top <= 0
        assert right >= 1920
        assert bottom >= 1080
        assert max(-left, -top, right - 1920, bottom - 1080) < 8
    edge = wall.page.frames[1].locator(".lp-words").bounding_box()
    assert edge is not None
    assert edge["x"] > 0.04 * 1920
    assert edge["y"] > 0.04 * 1080
    wall.wait(minutes=1)
    assert wall.page.evaluate(box) == places[-1]


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920), (1024, 768)])
def test_the_line_covers_nothing_and_the_poster_makes_room(width: int, height: int, hang_up: Hang) -> None:
    """Both notices at once, small and large: every box of the poster is still where it should be."""
    wall = hang_up(now="2026-12-05T12:00:00+01:00", width=width, height=height)
    wall.server.faults["status.json"] = code(500)
    for hours in (1, 48):
        wall.wait(hours=hours)
        assert "Ingen kontakt" in wall.says()
        assert "Sidan har inte byggts" in wall.says()
        frames = wall.page.locator(".lp-frames").bounding_box()
        line = wall.page.locator(".lp-notices").bounding_box()
        words = wall.page.locator(".lp-notices span").last.bounding_box()
        assert frames
        assert line
        assert words
        assert abs(frames["y"] + frames["height"] - line["y"]) < 1
        assert words["x"] + words["width"] < 0.96 * width
        assert words["y"] + words["height"] < 0.962 * height
        assert wall.page.frames[1].evaluate(PROBE) == []


def test_without_scripts_the_poster_stands_there_all_the_same(server: FaultServer, open_page: Opened) -> None:
    page = open_page(f"{server.address}skarm/", java_script_enabled=False).page
    assert page.frame_locator("iframe").locator(".lp-vision").is_visible()


def test_from_a_folder_it_shows_the_poster_that_lies_there(tmp_path: Path, open_page: Opened) -> None:
    """A folder answers no questions, so nothing is said about contact either."""
    for path, data in published().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    page = open_page((tmp_path / "skarm/index.html").as_uri() + "?tema=mork").page
    vision = page.frame_locator("iframe").locator(".lp-vision")
    vision.wait_for()
    assert page.frame_locator("iframe").locator("html").get_attribute("data-theme") == "dark"
    assert page.locator(".lp-notices").inner_text() == ""


def test_the_line_can_be_read_by_everybody(hang_up: Hang) -> None:
    """Contrast, names and roles, in both themes."""
    for query in ("", "?tema=mork"):
        wall = hang_up(query, now="2026-12-05T12:00:00+01:00", bypass_csp=True)
        wall.server.faults["status.json"] = code(500)
        wall.wait(minutes=16)
        wall.page.clock.resume()  # axe waits for time to pass
        found = Axe().run(wall.page, options={"iframes": False})
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found.response["violations"]] == []
        wall.server.heal()
