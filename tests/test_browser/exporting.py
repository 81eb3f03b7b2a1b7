"""Steps of the journeys through the panel of exports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


__all__ = ["FORMATS", "open_panel", "panel", "with_bare_previews"]

FORMATS = ("PNG", "SVG", "PDF", "HTML")

# What is told of a picture, and one of a single dot.
_TOLD = b'{"alt_text": "", "notices": [], "without_room": {}}'
_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)


def panel(page: Page) -> Locator:
    """Return the export panel."""
    return page.get_by_role("dialog", name="Export")


def with_bare_previews(page: Page) -> None:
    """Let the server draw no previews: a second each, where nobody looks at them."""
    page.route(
        re.compile(r"/preview\.png\?"), lambda route: route.fulfill(body=_TOLD + b"\n" + _DOT)
    )


def open_panel(page: Page) -> Locator:
    """Open the panel with a click and wait for its first preview."""
    page.get_by_role("button", name="Export options").click()
    # A picture, or for HTML the page itself.
    seen = panel(page).get_by_role("figure").locator("img:not([hidden]), iframe:not([hidden])")
    expect(seen).to_be_visible()
    return panel(page)
