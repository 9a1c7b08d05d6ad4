"""A server that can fail, and a screen in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import browser
from tests.screen.fault_server import FaultServer, fault_server
from tests.screen.samples import published
from tests.screen.wall import Wall, hung

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with fault_server(published()) as server:
        yield server


@pytest.fixture
def hang_up(browser: Browser, server: FaultServer) -> Iterator[Callable[..., Wall]]:
    """Return `hang_up(query, **options of hung)`, which hangs a screen up and waits for its first poster.

    With `shows=None` it does not wait, with a build id it waits for one that is published already.
    """
    with ExitStack() as stack:

        def hang(query: str = "", *, shows: str | None = "another", folder: str = "", **options: Any) -> Wall:
            wall = stack.enter_context(hung(browser, server, **options))
            build = wall.publish() if shows == "another" else shows
            wall.open(query, folder=folder)
            if build:
                wall.shows(build)
            return wall

        yield hang
