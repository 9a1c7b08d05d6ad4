"""A screen on a wall, and somebody who waits in front of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.screen.fault_server import FaultServer
from tests.screen.samples import edition

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOON = "2026-11-22T12:00:00+01:00"

SETUP = """() => {
  Math.random = () => 0.5;
  window.entries = performance.getEntriesByType.bind(performance);
  window.most = 0;
  window.asked = 0;
  const fetched = window.fetch;
  window.fetch = (url, ...options) => {
    window.asked += url === "../status.json";
    return fetched(url, ...options);
  };
  const count = () => { window.most = Math.max(window.most, document.querySelectorAll("iframe").length); };
  new MutationObserver(count).observe(document, {childList: true, subtree: true});
}"""

FRAMES = """() => [...document.querySelectorAll("iframe")].map(frame => ({
  seen: frame.className === "lp-shown",
  build: frame.contentDocument?.getElementById("end")?.dataset.build ?? null,
}))"""

SHOWN = """build => {
  const frames = [...document.querySelectorAll("iframe")];
  const last = frames.at(-1);
  if (last?.className !== "lp-shown") return "no";
  if (last.contentDocument.documentElement.dataset.build !== build) return "no";
  return frames.length === 1 ? "alone" : "fading";
}"""

STILL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".lp-stage { translate: none !important }");
  document.adoptedStyleSheets = [sheet];
}"""
MOVING = "() => { document.adoptedStyleSheets = []; }"


@dataclass
class Wall:
    """A screen, its server, and a clock that only we move."""

    page: Page
    server: FaultServer
    complaints: list[str] = field(default_factory=list)
    """What went wrong in the screen's own script; a torn poster may complain as it likes."""
    good: bytes = b""
    """A picture to compare with."""
    _editions: int = 0

    def publish(self, **changes: str) -> str:
        """Publish another poster and return its build id."""
        self._editions += 1
        build, files = edition(self._editions, **changes)
        self.server.files |= files
        return build

    def status(self, **changes: Any) -> None:
        """Publish another status."""
        status = json.loads(self.server.files["status.json"]) | changes
        self.server.files["status.json"] = json.dumps(status).encode()

    def open(self, query: str = "", *, folder: str = "") -> None:
        """Switch the screen on."""
        self.page.goto(f"{self.server.address}{folder}skarm/{query}")

    def wait(self, **time: float) -> None:
        """Let time pass, here and on the server; what comes due meanwhile comes due once."""
        passed = timedelta(**time)
        if self.server.now:
            self.server.now += passed
        self.page.clock.fast_forward(int(passed.total_seconds() * 1000))

    def asks(self) -> None:
        """Wait until the screen has asked again what is published."""
        # Seen here and not at the server: time must not run on while the request is under way.
        before = self.page.evaluate("window.asked")
        self._pass(58)
        for _ in range(20):
            if self.page.evaluate("window.asked") > before:
                return
            self._pass(1)
        raise AssertionError("the screen does not ask any more")

    def _pass(self, seconds: int) -> None:
        if self.server.now:
            self.server.now += timedelta(seconds=seconds)
        self.page.clock.run_for(1000 * seconds)

    def settles(self) -> None:
        """Wait until every answer has been given and heard."""
        with self.server.quiet:
            assert self.server.quiet.wait_for(lambda: self.server.answering == 0, 20)
        # Twice around the browser: an answer comes by way of another process.
        for _ in range(2):
            self.page.evaluate("fetch('../robots.txt').catch(() => {}).then(() => {})")

    def shows(self, build: str) -> None:
        """Wait until the poster *build* stands alone."""
        for _ in range(600):
            stage = self.page.evaluate(SHOWN, build)
            self.page.clock.run_for(1 if stage == "no" else 400)
            if stage == "alone":
                return
            self.page.wait_for_timeout(10)
        raise AssertionError(f"{build} is not shown, but {self.frames}")

    @property
    def frames(self) -> list[dict[str, Any]]:
        """For every frame whether it is to be seen, and the build id at the end of its page."""
        found: list[dict[str, Any]] = self.page.evaluate(FRAMES)
        return found

    @property
    def most(self) -> int:
        """How many frames there have been at the same time."""
        return int(self.page.evaluate("window.most"))

    def says(self, of: str = ".lp-notices") -> str:
        """Return the visible words of the screen's own line."""
        return " ".join(self.page.locator(of).inner_text().split())

    def foot(self) -> str:
        """Return the visible words of the poster's foot."""
        return " ".join(
            self.page.frame_locator("iframe.lp-shown").locator(".lp-foot__states").inner_text().split()
        )

    def picture(self, **options: Any) -> bytes:
        """Return what is seen as PNG, as if the stage never moved."""
        self.page.evaluate(STILL)
        taken = self.page.screenshot(animations="disabled", **options)
        self.page.evaluate(MOVING)
        return taken


Hang = Callable[..., Wall]


@contextmanager
def hung(
    browser: Browser,
    server: FaultServer,
    *,
    now: str | None = NOON,
    device: str | None = None,
    width: int = 640,
    height: int = 360,
    setup: str = SETUP,
    **options: Any,
) -> Iterator[Wall]:
    """Yield a screen that is not yet on. *now* is the server's time, *device* that of the screen's clock."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.add_init_script(f"({setup})()")
    server.now = datetime.fromisoformat(now) if now else None
    moment = datetime.fromisoformat(device or now or NOON)
    page.clock.install(time=moment)
    page.add_init_script("performance.getEntriesByType = entries")  # the clock takes them away
    page.clock.pause_at(moment + timedelta(seconds=1))
    wall = Wall(page, server)
    page.on(
        "pageerror", lambda error: wall.complaints.extend([str(error)] * ("/skarm/" in (error.stack or "")))
    )
    try:
        yield wall
    finally:
        context.close()
