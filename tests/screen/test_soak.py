"""Weeks in front of the wall: five hundred posters, and the browser is no fuller than after the first ten."""

from __future__ import annotations

import json
from threading import Semaphore
from typing import TYPE_CHECKING

import pytest

from tests.browser import browser
from tests.screen.fault_server import Answer, fault_server
from tests.screen.samples import published

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession

__all__ = ["browser"]

pytestmark = pytest.mark.browser

FAST = """() => {
  if (self !== top) return;
  const slow = setTimeout;
  window.setTimeout = (work, time, ...rest) => slow(work, time >= 50000 ? 0 : time, ...rest);
}"""
"""A minute is over at once; every other wait is as long as it is."""

WARM, SWAPS = 10, 500


def measures(session: CDPSession) -> dict[str, float]:
    """Return the browser's own measures after it has cleared up."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    found = session.send("Performance.getMetrics")["metrics"]
    return {metric["name"]: metric["value"] for metric in found}


def test_five_hundred_swaps_leave_nothing_behind(browser: Browser) -> None:
    """Nodes, listeners and documents constant, the heap within a megabyte, no step back in the history."""
    (build,) = json.loads(published()["status.json"])["posters"].values()
    page_of = published()[f"plansch/{build}.html"]
    allowed = Semaphore(WARM)
    asked = 0

    def next_build(answer: Answer) -> None:
        nonlocal asked
        allowed.acquire(timeout=60)
        asked += 1
        status = json.loads(answer.body) | {"posters": {"plansch": f"{asked:016x}"}}
        answer.say(body=json.dumps(status).encode())

    def next_page(answer: Answer) -> None:
        mine = answer.path[-21:-5].encode()
        answer.say(body=answer.body or page_of.replace(build.encode(), mine))

    with fault_server(published()) as server:
        server.faults = {"status.json": next_build, ".html": next_page}
        context = browser.new_context(viewport={"width": 640, "height": 360}, reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.add_init_script(f"({FAST})()")
        session = context.new_cdp_session(page)
        session.send("Performance.enable")
        session.send("HeapProfiler.enable")

        def rested(swaps: int) -> dict[str, float]:
            page.wait_for_function(
                """build => {
                  const [frame, ...others] = document.querySelectorAll("iframe.lp-shown");
                  const end = frame?.contentDocument?.getElementById("end");
                  return !others.length && end?.dataset.build === build;
                }""",
                arg=f"{swaps:016x}",
                polling=20,
            )
            return measures(session)

        page.goto(f"{server.address}skarm/")
        before = rested(WARM)
        allowed.release(SWAPS)
        after = rested(WARM + SWAPS)
        steps = page.evaluate("history.length")
        context.close()
    for name in ("Nodes", "JSEventListeners", "Documents", "Frames"):
        assert after[name] <= before[name], (name, before[name], after[name])
    assert after["JSHeapUsedSize"] - before["JSHeapUsedSize"] < 1_000_000
    assert steps <= 2
