"""Serve a team: behind a proxy, with a login, read-only, with limits, and with quiet logs."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.test_browser.journeys import BUILT_IN, open_map
from tests.test_browser.provider import Provider, proxy
from tests.test_security import web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser

GUARDED = ("version.json", "snapshot.json", "snapshot.png", "sources.bib", "data.zip", "recipe")


def asked(url: str, *, host: str = "", method: str = "GET") -> tuple[int, str]:
    """Return status and text of an answer, be it an error or not."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    came = web.get(url, path, {"Host": host} if host else {}, method=method)
    return came.status, came.text


def port_of(served: Served) -> int:
    """Return the port a server listens at."""
    port = urlsplit(served.url).port
    assert port
    return port


@pytest.mark.streamlit
def test_behind_a_proxy_the_whole_page_works_below_its_path(
    page: Page, launch: Callable[..., Served], outside: Recorded
) -> None:
    served = launch("--base-path", "maps/", "--host", "maps.example.org", base="/maps")
    with proxy(port_of(served)) as front:
        with page.expect_websocket() as opened:
            open_map(page, f"{front}/maps/?c=north-south")
        assert "/maps/_stcore/stream" in opened.value.url
        expect(page.locator(".corridormap-place .corridormap")).to_be_attached()
        page.wait_for_url(f"{front}/maps/?c=north-south&**")
        with page.expect_download() as download:
            page.get_by_role("button", name="Snapshot", exact=True).click()
        assert download.value.suggested_filename.endswith(".png")
        page.get_by_role("heading", level=1).get_by_role("button").click()
        page.get_by_role("link", name="Azerbaijan–Iran transport corridor").click()
        page.wait_for_url(f"{front}/maps/?c=azerbaijan-iran&**")
        expect(page.locator('[data-ready="true"]')).to_be_attached()
        assert outside.errors == []
        assert outside.requests == []
        page.goto("about:blank")  # or it would ask a proxy that is being closed


def test_a_server_answers_only_to_names_it_was_told(launch: Callable[..., Served]) -> None:
    served = launch("--host", "maps.example.org")
    health = f"{served.url}/corridormap/health"
    assert asked(health)[0] == 200
    assert asked(health, host="maps.example.org")[0] == 200
    status, text = asked(health, host="evil.example")
    assert status == 421
    assert "--host" in text


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """Return a provider that logs its reader in."""
    with Provider("ann@example.org").running() as running:
        yield running


@pytest.fixture(scope="module")
def locked(launch: Callable[..., Served], provider: Provider) -> Served:
    """Serve with the provider's login, for one domain, below a path."""
    files = {".streamlit/secrets.toml": provider.secrets("/maps")}
    words = ("--allow", "@example.org", "--base-path", "/maps")
    return launch(*words, files=files, base="/maps")


@pytest.mark.streamlit
def test_without_a_login_nothing_of_a_corridor_is_answered(page: Page, locked: Served) -> None:
    for name in GUARDED:
        status, text = asked(f"{locked.url}/corridormap/c/azerbaijan-iran/{name}")
        assert (status, json.loads(text)) == (401, {"error": "Log in first."})
    assert "corridormap-start" not in asked(f"{locked.url}/")[1]
    health = json.loads(asked(f"{locked.url}/corridormap/health")[1])
    assert sorted(health) == ["ok", "version"]
    page.goto(locked.url)
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    assert "Azerbaijan" not in page.content()


def test_a_forged_cookie_lets_nobody_in(locked: Served) -> None:
    path = f"{urlsplit(locked.url).path}/corridormap/c/azerbaijan-iran/version.json"
    for cookie in ("{}", "eyJpc19sb2dnZWRfaW4iOnRydWV9.aaaa.bbbb", "x" * 5000, "chunks-9999999"):
        assert web.get(locked.url, path, {"Cookie": f"_streamlit_user={cookie}"}).status == 401


@pytest.mark.streamlit
def test_a_reader_logs_in_sees_the_map_and_logs_out(page: Page, locked: Served) -> None:
    page.goto(locked.url)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator('[data-ready="true"]')).to_be_attached()
    expect(page.locator(".corridormap-place .corridormap")).to_be_attached()
    address = f"{locked.url}/corridormap/c/azerbaijan-iran/version.json"
    assert page.request.get(address).ok
    assert "corridors" in page.request.get(f"{locked.url}/corridormap/health").json()
    page.goto(f"{locked.url}/auth/logout")
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    assert page.request.get(address).status == 401


@pytest.mark.streamlit
def test_a_reader_of_another_domain_is_not_let_in(
    page: Page, locked: Served, provider: Provider
) -> None:
    provider.mail = "eve@elsewhere.example"
    try:
        page.goto(locked.url)
        page.get_by_role("button", name="Log in").click()
        told = page.get_by_text("eve@elsewhere.example, which may not see")
        expect(told).to_be_visible()
        status = page.request.get(f"{locked.url}/corridormap/c/azerbaijan-iran/data.zip").status
        assert status == 401
    finally:
        provider.mail = "ann@example.org"


def test_read_only_takes_nothing_in_and_offers_nothing(
    page: Page, launch: Callable[..., Served]
) -> None:
    served = launch("--read-only")
    open_map(page, served.url)
    expect(page.get_by_role("button", name="Snapshot", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Edit", exact=True)).to_have_count(0)
    for name in ("edit/base", "edit/upload", "edit/crs"):
        assert asked(f"{served.url}/corridormap/c/north-south/{name}")[0] == 404
    for name in ("edit/draft", "edit/save", "edit/zip", "edit/upload"):
        assert asked(f"{served.url}/corridormap/c/north-south/{name}", method="POST")[0] == 404


@pytest.mark.streamlit
def test_one_page_too_many_is_refused_in_words(
    page: Page, browser: Browser, launch: Callable[..., Served]
) -> None:
    served = launch("--max-sessions", "1")
    with page.expect_websocket():
        open_map(page, served.url)
    expect(page.locator(".corridormap-place .corridormap")).to_be_attached()
    other = browser.new_context()
    late = other.new_page()
    answer = late.goto(served.url)
    assert answer
    assert answer.status == 503
    expect(
        late.get_by_text("Too many pages are open at once; this server allows 1")
    ).to_be_visible()
    other.close()


def test_logs_hold_no_text_no_place_and_no_address_of_a_view(
    page: Page, launch: Callable[..., Served], tmp_path: Path
) -> None:
    folder = shutil.copytree(BUILT_IN, tmp_path / "mine")
    served = launch(str(folder))
    open_map(page, f"{served.url}/?bbox=44.12345,38.12345,46.12345,39.12345&sel=secret-thing")
    prefix = f"{served.url}/corridormap/c/azerbaijan-iran"
    assert asked(f"{prefix}/snapshot.png?bbox=44.54321,38.54321,46.5,39.5")[0] == 200
    assert asked(f"{prefix}/snapshot.png?bbox=44.77777")[0] == 400
    assert asked(f"{prefix}/strip.png?route=secret-route&date=2023-12-29")[0] == 400
    log = served.log.read_text(encoding="utf-8")
    assert not re.search(r"44\.|38\.|secret|bbox|Aghband|Ministers", log)
