"""Drive a real Chromium: one for all tests, a fresh page for each, no way out of the machine."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect, sync_playwright

from corridormap.layers.folder.seal import STATE
from scripts.browser import NotMadeError, refresh
from scripts.chromium import LAUNCH_ARGUMENTS, MissingBrowserError, find_chromium
from tests.serving import launch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Route

__all__ = ["Recorded", "browser", "launch", "outside", "own_state", "page"]

_HERE = {"127.0.0.1", "::1", "localhost"}
_LOCAL_SCHEMES = {"about", "blob", "data", "file"}
_TIMEOUT_MS = 30_000
_STARTS = "corridormap-start"
_STREAMLIT = re.compile(r"/static/(?:js|css|media)/")

# A busy machine is slow, not wrong: hypothesis judges no test by its time.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")


@dataclass
class Recorded:
    """What a page tried to reach outside this machine, and what went wrong in it."""

    requests: list[str] = field(default_factory=list)
    """Addresses asked for; every one was refused."""
    errors: list[str] = field(default_factory=list)
    """Errors of the page and of its console, those of refused requests left out."""


def pytest_configure(config: pytest.Config) -> None:
    """Let no test look at programs that are older than the browser's modules."""
    if hasattr(config, "workerinput"):
        return  # the process that started this one has seen to it
    try:
        refresh()
    except NotMadeError as error:
        raise pytest.UsageError(str(error)) from error


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long the tests of each folder took; workers take their times side by side."""
    taken_s: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                taken_s[report.nodeid.partition("::")[0].rpartition("/")[0]] += report.duration
    terminalreporter.section("seconds by folder")
    for folder, seconds in sorted(taken_s.items(), key=lambda each: -each[1]):
        terminalreporter.line(f"{seconds:7.0f} {folder}")


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the tool remembers of its user out of the real user's folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STATE, str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the machine's own Chrome or Chromium; fail if there is none."""
    try:
        path = find_chromium()
    except MissingBrowserError as error:
        pytest.fail(str(error))
    expect.set_options(timeout=_TIMEOUT_MS)
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=path, args=LAUNCH_ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def outside() -> Recorded:
    """Return the record that the `page` of the same test fills."""
    return Recorded()


@pytest.fixture
def page(browser: Browser, outside: Recorded, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a page of a fixed size, language and time zone that reaches only this machine.

    The map starts from the page's head, and Streamlit's program comes after it: a second of
    processor time that changes nothing of what most tests ask. It comes where a test is marked
    `streamlit`, and where a page came without the map, for then it brings it.
    """
    wanted = request.node.get_closest_marker("streamlit") is not None
    started: dict[str, bool] = {}
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="en-GB", timezone_id="UTC"
    )
    context.set_default_timeout(_TIMEOUT_MS)
    context.grant_permissions(["clipboard-read", "clipboard-write"])

    def guard(route: Route) -> None:
        asked = route.request
        if (
            not wanted
            and asked.is_navigation_request()
            and asked.url.startswith("http://localhost")
        ):
            answer = route.fetch(max_redirects=0)
            started[urlsplit(asked.url).netloc] = _STARTS in answer.text()
            route.fallback()
        elif _STREAMLIT.search(asked.url) and started.get(urlsplit(asked.url).netloc):
            route.abort("internetdisconnected")
        elif _stays_here(route.request.url):
            route.fallback()
        else:
            outside.requests.append(route.request.url)
            route.abort("internetdisconnected")

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "ERR_INTERNET_DISCONNECTED" not in message.text:
            _tell(message.text)

    def fail(error: Error) -> None:
        _tell(str(error))

    def _tell(text: str) -> None:
        outside.errors.append(text)
        print(f"page: {text}")  # noqa: T201 - shown by pytest when the test fails

    context.route("**/*", guard)
    context.on("console", hear)
    context.on("weberror", lambda event: fail(event.error))
    yield context.new_page()
    context.close()


def _stays_here(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in _LOCAL_SCHEMES or parts.hostname in _HERE
