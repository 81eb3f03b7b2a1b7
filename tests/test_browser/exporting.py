"""Steps of the journeys through the panel of exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


__all__ = ["FORMATS", "open_panel", "panel"]

FORMATS = ("PNG", "SVG", "PDF", "HTML")


def panel(page: Page) -> Locator:
    """Return the export panel."""
    return page.get_by_role("dialog", name="Export")


def open_panel(page: Page) -> Locator:
    """Open the panel with a click and wait for its first preview."""
    page.get_by_role("button", name="Export options").click()
    # A picture, or for HTML the page itself.
    seen = panel(page).get_by_role("figure").locator("img:not([hidden]), iframe:not([hidden])")
    expect(seen).to_be_visible()
    return panel(page)
