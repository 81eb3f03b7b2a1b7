"""Steps of the journeys that add files to a corridor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.serving import Served

__all__ = ["PREFIX", "add", "describe", "give", "open_panel", "switch"]

PREFIX = "/corridormap/c/azerbaijan-iran"


def open_panel(page: Page, served: Served) -> Locator:
    """Open the editor's tab for data and return it."""
    open_map(page, served.url)
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_role("tab", name="Add data").click()
    return page.get_by_role("tabpanel", name="Add data")


def give(panel: Locator, *files: Path | tuple[str, bytes]) -> None:
    """Choose files."""
    payloads = [
        {"name": each.name, "mimeType": "", "buffer": each.read_bytes()}
        if isinstance(each, Path)
        else {"name": each[0], "mimeType": "", "buffer": each[1]}
        for each in files
    ]
    panel.locator("input[type=file]").set_input_files(payloads)  # type: ignore[arg-type]


def describe(panel: Locator, title: str) -> None:
    """Say of a new layer of points what a file does not."""
    heading = panel.get_by_role("heading", name="The new layer")
    other = panel.get_by_role("radio", name="Something else: it becomes a new layer")
    expect(heading.or_(other)).to_be_visible()
    if other.count():  # it has the columns of a layer that came from a file before
        other.check()
    expect(heading).to_be_visible()
    panel.get_by_label("Title of the layer").fill(title)
    panel.get_by_label("How well the place is known").select_option(label="Approximate")
    panel.get_by_label("Within how many metres").fill("500")
    panel.get_by_label("Source", exact=True).select_option("sS1")


def add(panel: Locator, title: str) -> None:
    """Add the layer and wait until it is there."""
    panel.get_by_role("button", name="Add the layer").click()
    expect(panel.get_by_role("heading", name=f"Added: {title}")).to_be_visible()


def switch(page: Page, title: str) -> Locator:
    """Return the switch of a layer."""
    return page.get_by_role("switch", name=title, exact=True)
