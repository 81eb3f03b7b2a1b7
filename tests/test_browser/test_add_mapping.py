"""A table's columns become facts in the page, and its next edition updates the layer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.test_browser.adding import add, describe, give, open_panel
from tests.test_browser.journeys import BUILT_IN

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser

COPIED = BUILT_IN.name
FIRST = """name,ref,Zustand,seit,land,t,lon,lat
Port A,P1,geplant,2024,AZ,1500,48.5,38.9
Port B,P2,im Bau,03/04/2021,AZ,,48.6,38.8
Port C,P3,im Bau,2020-05,IR,900,48.7,38.5
Port D,P4,???,2018,IR,120,48.8,38.4
"""
NEXT = """name,ref,Zustand,seit,land,t,lon,lat
Port A,P1,im Bau,2025-03,AZ,1500,48.5,38.9
Port B,P2,im Bau,03/04/2021,AZ,,48.6,38.8
Port D,P4,???,2018,IR,120,48.8,38.4
Port E,P5,im Bau,2025,IR,7,48.9,38.2
"""


def layer_of(folder: Path) -> dict[str, Any]:
    said = json.loads((folder / "layers" / "harbours.geojson").read_text(encoding="utf-8"))
    return {one["properties"]["name"]: one["properties"] for one in said["features"]}


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nothing to save")).to_be_visible()


def map_columns(panel: Locator) -> None:
    """Say what the columns become, and look at the first rows."""
    expect(panel.get_by_role("heading", name="What the columns become")).to_be_visible()
    # What a column may be is written beside it; nothing of it is taken unasked.
    expect(panel.get_by_role("button", name="Yes, “Zustand” is: Status")).to_be_visible()
    expect(panel.get_by_label("“Zustand” becomes")).to_have_value("keep")
    panel.get_by_label("“Zustand” becomes").select_option(label="Status")
    panel.get_by_label("“geplant” means").select_option(label="Announced")
    panel.get_by_label("“im Bau” means").select_option(label="Under construction")
    # By the keyboard alone.
    panel.get_by_role("button", name="Yes, “seit” is: Status since").press("Enter")
    panel.get_by_label("“t” becomes", exact=True).select_option("figure")
    show = panel.get_by_role("button", name="Show what the first rows become")
    show.press("Enter")
    expect(panel.get_by_label("What is counted")).to_be_focused()
    panel.get_by_label("What is counted").fill("capacity")
    panel.get_by_label("Unit", exact=True).fill("t/year")
    panel.get_by_label("In the next edition a row is known by").select_option(label="ref")
    show.press("Enter")
    rows = panel.get_by_role("group", name="What the first rows become")
    expect(rows.get_by_text("Announced since 2024")).to_be_visible()
    expect(rows.get_by_text("Under construction; since when is not known")).to_be_visible()
    expect(panel.get_by_text("“???” in Zustand: 1 row")).to_be_visible()
    panel.get_by_role("button", name="Say what “???” in Zustand means").press("Enter")
    expect(panel.get_by_label("“???” means")).to_be_focused()


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_columns_become_facts_and_the_next_edition_updates_the_layer(
    page: Page, own: Served, folder: Path, outside: Recorded, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    panel = open_panel(page, own)
    give(panel, ("ports.csv", FIRST.encode()))
    map_columns(panel)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size[0]
    describe(panel, "Harbours")
    add(panel, "Harbours")
    page.get_by_role("button", name="Undo", exact=True).click()
    page.get_by_role("button", name="Redo", exact=True).click()
    save(page)
    before = layer_of(folder)
    event = {"date": "2020-05", "status": "construction", "sources": ["S1"]}
    assert before["Port C"]["status_history"] == [event]
    assert before["Port D"]["status_history"][-1]["status"] == "unknown"
    assert before["Port D"]["Zustand"] == "???"
    (recipe,) = json.loads((folder / "columns.json").read_text(encoding="utf-8"))
    assert (recipe["id"], recipe["file"], recipe["rules"]["key"]) == (
        "harbours",
        "ports.csv",
        "ref",
    )

    give(panel, ("ports-2025.csv", NEXT.encode()))
    page.get_by_role("radio", name="The next edition: it updates the layer Harbours").check()
    expect(panel.get_by_label("“im Bau” means")).to_have_value("construction")
    panel.get_by_label("Source", exact=True).select_option("sS1")
    panel.get_by_role("button", name="Show what it changes").press("Enter")
    expect(panel.get_by_text("1 added, 1 changed, 2 as they were, 1 gone.")).to_be_visible()
    expect(panel.locator("[data-what=gone]").get_by_text("Port C")).to_be_visible()
    assert layer_of(folder) == before
    panel.get_by_label("Take away the one that is gone").check()
    panel.get_by_role("button", name="Update the layer").press("Enter")
    expect(panel.get_by_role("heading", name="Updated: Harbours")).to_be_visible()
    save(page)
    after = layer_of(folder)
    assert set(after) == {"Port A", "Port B", "Port D", "Port E"}
    states = [event["status"] for event in after["Port A"]["status_history"]]
    assert states == ["announced", "construction"]
    (recipe,) = json.loads((folder / "columns.json").read_text(encoding="utf-8"))
    assert recipe["file"] == "ports-2025.csv"
    assert outside.requests == []
