"""A card tells how long a line is on the map, and every check of its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.test_browser.evidence import document, open_file

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_line_tells_its_length_with_a_range_and_the_source_outside_it(
    page: Page, tmp_path: Path
) -> None:
    told = document()
    line, measured = next((i, m) for i, m in told["measured"].items() if m["outside"])
    name = next(feature["name"] for feature in told["features"] if feature["id"] == line)
    open_file(page, tmp_path, selected=line)
    card = page.get_by_role("region", name=name)
    expect(card.get_by_text(measured["text"])).to_be_visible()
    outside = f"Not in this range: {', '.join(measured['outside'])}"
    expect(card.get_by_text(outside)).to_be_visible()


def test_a_point_has_no_measured_length(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path, selected="aghband-kalaleh-road-bridge")
    card = page.get_by_role("region", name="Aghband–Kalaleh road bridge")
    expect(card.get_by_text("374 m").first).to_be_attached()
    expect(card.get_by_text("on the map (")).to_have_count(0)


def test_each_year_on_which_sources_differ_opens_its_own_check(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path, selected="astara-rail-crossing")
    card = page.get_by_role("region", name="Astara rail crossing")
    card.get_by_role("button", name="Sources differ").first.click()
    opened = page.get_by_role("button", expanded=True).filter(
        has_text="Astara rail crossing: traffic (Astara terminal, handled, 2024)"
    )
    expect(opened).to_be_in_viewport()
