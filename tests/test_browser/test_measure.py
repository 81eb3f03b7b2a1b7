"""A reader measures along clicks and along a mapped line, and takes the sentence away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from corridormap.app.exporting.export import export
from corridormap.app.exporting.options import ExportOptions
from corridormap.layers.scene.view import default_view
from tests.test_browser.journeys import open_map
from tests.test_browser.subjects import subject_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser

# Three places of the map that nothing lies over.
FREE = """() => {
    const box = document.querySelector(".cmp-map").getBoundingClientRect();
    const found = [];
    for (let y = box.top + 60; y < box.bottom - 60; y += 40)
        for (let x = box.left + 60; x < box.right - 60; x += 40)
            if (document.elementFromPoint(x, y).matches(".leaflet-container")) found.push([x, y]);
    return [found[0], found[Math.floor(found.length / 2)], found[found.length - 1]];
}"""


def _open(page: Page) -> None:
    page.keyboard.press("/")
    page.get_by_role("button", name="Measure a distance").click()


def test_a_line_and_clicks_are_measured_and_the_sentence_copied(
    page: Page, served: Served, outside: Recorded
) -> None:
    open_map(page, f"{served.url}/?c=azerbaijan-iran&sel=horadiz-aghband-railway")
    root = page.locator("[data-ready]")
    _open(page)
    panel = page.get_by_role("group", name="Measure a distance")
    said = panel.get_by_role("status")

    # By the keyboard's way: two features of a list.
    panel.get_by_role("combobox", name="From").select_option("town-horadiz")
    panel.get_by_role("combobox", name="To").select_option("town-aghband")
    lines = panel.get_by_role("combobox", name="Along")
    lines.select_option("the Horadiz–Aghband railway")
    words = "Horadiz to Aghband along the Horadiz–Aghband railway: 74 to 125 km."
    expect(said).to_have_text(words)
    panel.get_by_role("button", name="Copy the sentence").click()
    assert page.evaluate("navigator.clipboard.readText()") == words
    lines.select_option("")
    expect(said).to_have_text(re.compile(r"in a straight line: [\d.]+( to [\d.]+)? km\.$"))

    # Along clicks; what was chosen stays chosen.
    panel.get_by_role("button", name="Start again").click()
    for at in page.evaluate(FREE):
        page.mouse.click(*at)
    expect(said).to_have_text(re.compile(r"over 1 point in a straight line: .* km\.$"))
    expect(page.locator("[data-spot]")).to_have_count(3)
    expect(root).to_have_attribute("data-selected", "horadiz-aghband-railway")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("[data-spot]")).to_have_count(0)
    expect(root).to_have_attribute("data-selected", "horadiz-aghband-railway")
    assert outside.errors == []


def test_the_one_file_page_measures_on_a_phone(
    page: Page, tmp_path: Path, outside: Recorded
) -> None:
    corridor = subject_of("azerbaijan-iran").corridor
    made = export(corridor, default_view(corridor), ExportOptions(format="html"))
    file = tmp_path / "map.html"
    file.write_bytes(made.body)
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, file.as_uri())
    _open(page)
    panel = page.get_by_role("group", name="Measure a distance")
    panel.get_by_role("combobox", name="From").select_option("town-rasht")
    panel.get_by_role("combobox", name="To").select_option("town-qazvin")
    expect(panel.get_by_role("status")).to_contain_text("Rasht to Qazvin along")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    stage = page.locator(".cmp-stage").bounding_box()
    bar = panel.bounding_box()
    assert stage
    assert bar
    assert bar["y"] + bar["height"] <= stage["y"] + 1
    assert outside.errors == []
