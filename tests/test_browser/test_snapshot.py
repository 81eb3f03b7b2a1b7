"""The snapshot is what the screen shows: same layers, extent and date."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from corridormap.app.cli import main
from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import Served
    from tests.test_browser.subjects import Subject

pytestmark = pytest.mark.browser


def extent_of(url: str) -> str:
    """Return the extent that an address names."""
    return parse_qs(urlsplit(url).query)["bbox"][0]


def test_snapshot_follows_the_screen(
    page: Page, home: str, subject: Subject, tmp_path: Path
) -> None:
    """The picture equals the command's picture of the layers and extent on the screen.

    The picture of the command is asked for with what the page says it shows, so a button
    that ignored layers or extent would give another picture.
    """
    open_map(page, home)
    *rest, off = subject.on
    page.get_by_role("switch", name=subject.layer(off)["title"], exact=True).uncheck()
    # The whole corridor needs no extent: its picture leaves no room for the page's panels.
    page.wait_for_url(re.compile(f"[?&]layers=[^&]*{rest[-1]}&"))
    assert "bbox" not in page.url
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_url(re.compile("bbox="))
    with page.expect_download() as download:
        page.get_by_role("button", name="Snapshot").click()
    assert re.fullmatch(rf"{subject.id}-.*\.png", download.value.suggested_filename)
    shown = page.locator("[data-ready]").get_attribute("data-layers")
    assert shown == " ".join(rest)
    extent = extent_of(page.url)
    again = tmp_path / "again.png"
    words = ["snapshot", subject.id, "-o", str(again), f"--bbox={extent}"]
    words += ["--layers", shown.replace(" ", ",")]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert Path(download.value.path()).read_bytes() == again.read_bytes()


def test_a_snapshot_that_fails_says_why(page: Page, served: Served) -> None:
    open_map(page, served.url)
    page.route(
        re.compile("snapshot"),
        lambda route: route.fulfill(status=500, json={"error": "The disk is full."}),
    )
    page.get_by_role("button", name="Snapshot").click()
    expect(page.get_by_text("The disk is full.").first).to_be_visible()
    expect(page.get_by_role("button", name="Snapshot")).to_be_enabled()
