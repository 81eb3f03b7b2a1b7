"""Drive a real Chromium: one for all tests, a fresh page for each, no way out of the machine.

A page costs half as much in a process that has shown one before. So all tests share one profile
of the browser, in which a page stays open that keeps that process alive; what a test leaves
behind in it, pages, storage and cookies, is taken away before the next.
"""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from scripts.chromium import LAUNCH_ARGUMENTS, MissingBrowserError, find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Frame,
        Page,
        Request,
        Route,
    )

__all__ = ["Recorded", "browser", "outside", "page", "profile"]

_HERE = {"127.0.0.1", "::1", "localhost"}
_LOCAL_SCHEMES = {"about", "blob", "data", "file"}
_TIMEOUT_MS = 120_000
_STARTS = "corridormap-start"
_STREAMLIT = re.compile(r"/static/(?:js|css|media)/")
_STAYS = "http://localhost/stays-open"
# Says whether a page has written, and lets it write no more.
_WRITTEN = """() => {
  Storage.prototype.setItem = () => {};
  return localStorage.length > 0;
}"""


# Pages of one site share a process, as tabs of a browser that runs out of memory do.
_ARGUMENTS = [*LAUNCH_ARGUMENTS, "--process-per-site"]


@dataclass
class Recorded:
    """What a page tried to reach outside this machine, and what went wrong in it."""

    requests: list[str] = field(default_factory=list)
    """Addresses asked for; every one was refused."""
    errors: list[str] = field(default_factory=list)
    """Errors of the page and of its console, those of refused requests left out."""


class _Profile:
    """The browser's profile: guards what its pages ask for, and forgets one test for the next.

    The map starts from the page's head, and Streamlit's program comes after it: a second of
    processor time that changes nothing of what most tests ask. It comes where a test wants it,
    and where a page came without the map, for then it brings it.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._pages: list[Page] = []
        self._origins: set[str] = set()
        self._renew()
        self.begin(Recorded(), streamlit=False)

    def _renew(self) -> None:
        self.context: BrowserContext = self._browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="en-GB", timezone_id="UTC"
        )
        self.context.set_default_timeout(_TIMEOUT_MS)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.context.route("**/*", self._guard)
        self.context.route(_STAYS, lambda route: route.fulfill(body="", content_type="text/html"))
        self.context.on("page", self._note)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda event: self._tell(str(event.error)))
        self._stays = self.context.new_page()
        self._stays.goto(_STAYS)

    def begin(self, outside: Recorded, *, streamlit: bool) -> Page:
        """Return a page that fills a record; Streamlit's program is let in, or kept out."""
        self._outside, self._streamlit = outside, streamlit
        self._started: dict[str, bool] = {}
        self._origins.clear()
        self._pages.clear()
        return self.context.new_page()

    def forget(self) -> None:
        """Close a test's pages and take away what they kept.

        A page's last word to its storage can come after the order to clear it, on a busy machine
        long after. So where a page has written, or may have, the whole profile goes.
        """
        asked = self._pages if self._origins else []
        if len(self._origins) > 1 or any(map(_may_have_written, asked)):
            self.context.close()
            self._renew()
            return
        for page in self._pages:
            page.close()
        self.context.set_offline(False)
        self.context.clear_cookies()

    def _guard(self, route: Route) -> None:
        asked = route.request
        parts = urlsplit(asked.url)
        begins = asked.is_navigation_request() and asked.url.startswith("http://localhost")
        if begins and not self._streamlit:
            self._started[parts.netloc] = _STARTS in self._first_answer(asked)
            route.fallback()
            return
        if _STREAMLIT.search(asked.url) and self._started.get(parts.netloc):
            route.abort("internetdisconnected")
        elif parts.scheme in _LOCAL_SCHEMES or parts.hostname in _HERE:
            route.fallback()
        else:
            self._outside.requests.append(asked.url)
            route.abort("internetdisconnected")

    def _first_answer(self, asked: Request) -> str:
        """Return what a page's address gives, over a connection of its own.

        The browser's own way to ask keeps connections, and finds one closed by the server at
        the moment when it uses it again.
        """
        parts = urlsplit(asked.url)
        cookies = "; ".join(
            f"{one['name']}={one['value']}" for one in self.context.cookies(asked.url)
        )
        sent = {**asked.headers, "cookie": cookies, "accept-encoding": "identity"}
        connection = HTTPConnection(parts.netloc, timeout=_TIMEOUT_MS / 1000)
        with closing(connection):
            path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
            connection.request("GET", path, headers=sent)
            return connection.getresponse().read().decode("utf-8", "replace")

    def _note(self, page: Page) -> None:
        self._pages.append(page)
        page.on("framenavigated", self._went)

    def _went(self, frame: Frame) -> None:
        """Note where a page has been, a file on the disk too: each may have storage of its own."""
        parts = urlsplit(frame.url)
        if parts.scheme not in {"", "about", "data", "blob"}:
            self._origins.add(f"{parts.scheme}://{parts.netloc}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "ERR_INTERNET_DISCONNECTED" not in message.text:
            self._tell(message.text)

    def _tell(self, text: str) -> None:
        self._outside.errors.append(text)
        print(f"page: {text}")  # noqa: T201 - shown by pytest when the test fails


def _may_have_written(page: Page) -> bool:
    try:
        return bool(page.evaluate(_WRITTEN))
    except Error:  # closed by the test, on its way elsewhere, or of no origin by now
        return True


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the machine's own Chrome or Chromium; fail if there is none."""
    try:
        path = find_chromium()
    except MissingBrowserError as error:
        pytest.fail(str(error))
    expect.set_options(timeout=_TIMEOUT_MS)
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def profile(browser: Browser) -> _Profile:
    """Return the profile that all tests share."""
    return _Profile(browser)


@pytest.fixture
def outside() -> Recorded:
    """Return the record that the `page` of the same test fills."""
    return Recorded()


@pytest.fixture
def page(profile: _Profile, outside: Recorded, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a page of a fixed size, language and time zone that reaches only this machine."""
    streamlit = request.node.get_closest_marker("streamlit") is not None
    yield profile.begin(outside, streamlit=streamlit)
    profile.forget()
