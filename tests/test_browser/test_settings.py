"""Set the corridor itself and its layers in the page, by the keyboard alone."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from corridormap.layers.corridor.corridor import load_corridor
from tests.test_browser.drafting import edit, state
from tests.test_browser.editing import redo, sent, undo
from tests.test_browser.journeys import BUILT_IN

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

COPIED = BUILT_IN.name


def panel(page: Page, url: str) -> Locator:
    """Open the editor's panel of the corridor."""
    edit(page, url)
    page.get_by_role("tab", name="Corridor").press("Enter")
    return page.locator(".cmc-panel")


def titles(shown: Locator) -> list[str]:
    return [row.get_attribute("data-layer") or "" for row in shown.locator("[data-layer]").all()]


def layer(shown: Locator, id_: str) -> Locator:
    return shown.locator(f'[data-layer="{id_}"]')


def test_layers_are_renamed_moved_and_recoloured_by_the_keyboard(page: Page, url: str) -> None:
    shown = panel(page, url)
    before = titles(shown)
    # Moved, and the focus goes along.
    layer(shown, "bridges").locator('[data-act="edit"]').focus()
    (op,) = sent(page, lambda: page.keyboard.press("Alt+ArrowUp"))
    assert op["op"] == "put_order"
    assert titles(shown)[:2] == ["bridges", "border-crossings"]
    down = layer(shown, "bridges").get_by_role("button", name="Move Bridges down")
    expect(layer(shown, "bridges").locator('[data-act="up"]')).to_be_focused()
    sent(page, lambda: down.press("Enter"))
    assert titles(shown) == before
    # Renamed and recoloured: what is near is said while one chooses.
    layer(shown, "bridges").locator('[data-act="edit"]').press("Enter")
    form = shown.get_by_role("form", name="Layer Bridges")
    expect(form.get_by_label("Title")).to_be_focused()
    form.get_by_label("Title").fill("Spans")
    near = shown.locator(".cmc-near")
    expect(near).not_to_contain_text("Bridges and Rasht–Astara railway")
    form.get_by_label("Colour needed").fill("#00786D")
    expect(near).to_contain_text(re.compile("Bridges and Rasht–Astara railway: usual sight"))
    form.get_by_label("Group").fill("Over the water")
    group, put = sent(page, lambda: form.get_by_label("Title").press("Enter"))[-2:]
    assert group["corridor"]["groups"][-1] == {"id": "over-the-water", "title": "Over the water"}
    assert put["layer"] == {
        "id": "bridges",
        "title": "Spans",
        "color": "#00786D",
        "group": "over-the-water",
    }
    expect(layer(shown, "bridges")).to_contain_text("Spans")
    # A colour that is none is refused at its field, and what was written stays.
    layer(shown, "bridges").locator('[data-act="edit"]').press("Enter")
    form = shown.get_by_role("form", name="Layer Spans")
    form.get_by_label("Colour needed").fill("red")
    form.get_by_label("Title").press("Enter")
    expect(form.locator('[data-path="color"] .cmf-message')).to_contain_text("cannot be 'red'")
    form.get_by_role("button", name="Cancel").press("Enter")


def test_layers_are_added_deleted_brought_back_and_saved(
    page: Page, url: str, folder: Path
) -> None:
    shown = panel(page, url)
    before = titles(shown)
    # What points at a layer that goes is named first.
    sent(page, lambda: shown.get_by_role("button", name="Add an empty layer").press("Enter"))
    expect(shown.get_by_role("form", name="Layer New layer")).to_be_visible()
    layer(shown, "rasht-astara").locator('[data-act="edit"]').press("Enter")
    form = shown.get_by_role("form", name="Layer Rasht–Astara railway")
    form.get_by_role("button", name="Delete").press("Enter")
    question = shown.get_by_role("alertdialog")
    expect(question).to_contain_text("28 features go with it")
    expect(question).to_contain_text("Baku to Rasht and Qazvin along the Caspian")
    expect(question.get_by_role("button", name="Delete")).to_be_focused()
    sent(page, lambda: page.keyboard.press("Enter"))
    expect(layer(shown, "rasht-astara")).to_have_count(0)
    undo(page)
    expect(layer(shown, "rasht-astara")).to_have_count(1)
    redo(page)
    expect(layer(shown, "rasht-astara")).to_have_count(0)
    page.keyboard.press("Control+s")
    expect(state(page)).to_have_text("Nothing to save")
    assert not (folder / "layers" / "rasht-astara.geojson").exists()
    assert list(folder.glob(".corridormap/history/*/layers/rasht-astara.geojson"))
    text = (folder / "corridor.toml").read_text(encoding="utf-8")
    assert "# Ways along the features" in text
    manifest = load_corridor(folder).manifest
    assert [entry.id for entry in manifest.layers] == [
        *[id_ for id_ in before if id_ != "rasht-astara"],
        "new-layer",
    ]
    page.reload()
    legend = page.locator(".cmp-layers")
    expect(legend).to_contain_text("New layer")
    expect(legend).not_to_contain_text("Rasht–Astara railway")


def test_the_corridor_is_set_and_what_it_cannot_be_is_said_at_its_field(
    page: Page, url: str, folder: Path
) -> None:
    shown = panel(page, url)
    form = shown.get_by_role("form", name="The corridor")
    change = form.get_by_role("button", name="Change")
    form.get_by_label("Title needed").fill("")
    form.get_by_label("West").fill("170")
    form.get_by_label("East").fill("-170")
    form.get_by_role("button", name="Add a day").press("Enter")
    form.get_by_label("What it is called").last.fill("At the end")
    form.get_by_label("Date needed").last.fill("2024-02-30")
    change.press("Enter")
    for path, words in {
        "title": "is empty",
        "extent": "is not below its east",
        "dates.2.date": "is not a date",
    }.items():
        message = form.locator(f'[data-path="{path}"] > .cmf-messages')
        expect(message).to_contain_text(words)
    expect(form.get_by_label("Title needed")).to_be_focused()
    form.get_by_label("Title needed").fill("Another title")
    form.get_by_role("button", name="As on the map now").press("Enter")
    form.get_by_label("Date needed").last.fill("2024-02-29")
    form.get_by_role("combobox", name="Countries").fill("Armenia")
    form.get_by_role("button", name="Take Iran away").press("Enter")
    (op,) = sent(page, lambda: change.press("Enter"))
    assert sorted(op["corridor"]) == ["countries", "dates", "extent", "title"]
    expect(page.locator(".cmp-header")).to_contain_text("Another title")
    page.keyboard.press("Control+s")
    expect(state(page)).to_have_text("Nothing to save")
    manifest = load_corridor(folder).manifest
    assert manifest.title == "Another title"
    assert manifest.countries == ("AZ", "AM")
    assert manifest.dates[-1].id == "at-the-end"
    assert manifest.extent == tuple(op["corridor"]["extent"])
    assert "# west, south, east, north" in (folder / "corridor.toml").read_text(encoding="utf-8")


def test_on_a_phone_every_tab_and_field_can_be_reached(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    shown = panel(page, url)
    boxes = [tab.bounding_box() for tab in page.locator(".cmp-edit-head .cmp-tab").all()]
    assert len(boxes) == 6
    edges = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
    assert all(right <= left for (_, right), (left, _) in pairwise(edges))
    for tab in page.locator(".cmp-edit-head .cmp-tab").all():
        tab.click()
        expect(tab).to_be_in_viewport(ratio=1)
    page.get_by_role("tab", name="Corridor").click()
    assert shown.evaluate("(node) => node.scrollWidth <= node.clientWidth")
