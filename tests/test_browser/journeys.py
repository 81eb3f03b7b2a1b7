"""Steps that several journeys take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parents[2]
BUILT_IN = ROOT / "data" / "azerbaijan-iran"
ALL_ON = "border-crossings bridges nakhchivan-link rasht-astara"


def open_map(page: Page, url: str) -> None:
    """Open an address and wait until the map says that it is drawn."""
    page.goto(url)
    expect(page.locator('[data-ready="true"]')).to_be_attached()


def feature(page: Page, id_: str) -> Locator:
    """Return a feature's sign on the map."""
    return page.locator(f'[data-feature="{id_}"]').first
