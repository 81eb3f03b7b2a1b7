"""Work on a layer as a table: sort, filter, write in cells, change many rows, paste rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.test_browser.editing import open_editor, redo, sent, undo
from tests.test_browser.journeys import BUILT_IN, open_map

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page, Route

    from tests.serving import Served

pytestmark = pytest.mark.browser

COPIED = BUILT_IN.name
FIRST, SECOND = "astara-old-road-crossing", "astara-new-road-crossing"
SHEET = f'''\
id|Name|kind|How well the place is known|uncertainty_m|lat|lon|status|status_date|lanes|note to self
{FIRST}|"Old ""bridge"""||||||||4|x
|A new gate|Border crossing|approximate|500|38,44|48.87|announced|2026|2|
{SECOND}||spaceport||||||||
no-such-thing|Nowhere|||||||||
'''.replace("|", "\t")
PASTE = """(table, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  table.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
}"""


def table_of(page: Page, layer: str) -> Locator:
    """Open the table of a layer; return its grid."""
    page.get_by_role("tab", name="Table").click()
    page.get_by_role("combobox", name="Layer", exact=True).select_option(layer)
    return page.get_by_role("grid", name="Features of the layer")


def ids(grid: Locator) -> list[str]:
    return [row.get_attribute("data-row") or "" for row in grid.locator("[data-row]").all()]


def cell(grid: Locator, id_: str, column: str) -> Locator:
    head = grid.get_by_role("columnheader", name=column, exact=True)
    index = head.get_attribute("aria-colindex")
    return grid.locator(f'[data-row="{id_}"] [aria-colindex="{index}"]')


def test_cells_are_written_by_the_keyboard_and_each_is_a_step(page: Page, own: Served) -> None:
    open_editor(page, own)
    grid = table_of(page, "border-crossings")
    grid.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type("Not this")
    page.keyboard.press("Escape")
    expect(grid).to_be_focused()
    expect(cell(grid, FIRST, "Name")).to_have_text("Astara old road crossing")
    page.keyboard.type("Old bridge")
    (op,) = sent(page, lambda: page.keyboard.press("Enter"))
    assert op["feature"]["properties"]["name"] == "Old bridge"
    expect(cell(grid, FIRST, "Name")).to_have_text("Old bridge")
    expect(cell(grid, SECOND, "Name")).to_have_class("cmt-cell is-active")
    # What a cell cannot hold is refused beside it, and stays to be mended.
    cell(grid, FIRST, "Within how many metres").click()
    page.keyboard.press("F2")
    page.keyboard.type("near")
    page.keyboard.press("Enter")
    expect(page.locator(".cmt-panel").get_by_role("alert")).to_contain_text(
        "“near” is not a number"
    )
    page.keyboard.press("Escape")
    undo(page)
    expect(cell(grid, FIRST, "Name")).to_have_text("Astara old road crossing")
    # A status has a date and a source: the cell leads to them.
    cell(grid, FIRST, "Latest status").dblclick()
    expect(page.get_by_role("group", name="Status history", exact=True)).to_be_visible()
    expect(page.locator(".cmf-title")).to_have_text("Astara old road crossing")


def test_an_answer_that_comes_during_a_click_does_not_take_it_away(page: Page, own: Served) -> None:
    open_editor(page, own)
    grid = table_of(page, "border-crossings")
    held: list[Route] = []
    page.route("**/edit/draft", lambda route: held.append(route))  # noqa: PLW0108
    grid.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("Old bridge")
    with page.expect_request("**/edit/draft"):
        page.keyboard.press("Enter")
    box = cell(grid, SECOND, "Short name").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    with page.expect_response("**/edit/draft") as answer:
        held.pop().continue_()
    answer.value.finished()
    page.mouse.up()
    expect(cell(grid, SECOND, "Short name")).to_have_class("cmt-cell is-active")
    expect(cell(grid, FIRST, "Name")).to_have_text("Old bridge")


def test_sorted_filtered_and_changed_in_one_step(page: Page, own: Served) -> None:
    open_editor(page, own)
    grid = table_of(page, "border-crossings")
    head = grid.get_by_role("columnheader", name="Name", exact=True)
    head.click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    up = ids(grid)
    head.click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert ids(grid) == up[::-1]
    page.get_by_role("searchbox", name="Filter the rows").fill("astara- road-crossing")
    expect(grid.locator("[data-row]")).to_have_count(2)
    grid.focus()
    page.keyboard.press("Control+a")
    form = page.get_by_role("form", name="Change the marked rows")
    form.get_by_label("Column to change").select_option("uncertainty_m")
    form.get_by_label("New value").fill("75")
    ops = sent(page, form.get_by_role("button", name="Change 2 rows").click)
    assert {op["feature"]["id"] for op in ops} == {FIRST, SECOND}
    expect(cell(grid, FIRST, "Within how many metres")).to_have_text("75")
    undo(page)
    expect(cell(grid, FIRST, "Within how many metres")).not_to_have_text("75")
    redo(page)
    form.get_by_label("Column to change").select_option("status_history")
    form.get_by_label("Status", exact=True).select_option(label="Retired")
    form.get_by_label("Date of the status").fill("2025-02")
    form.get_by_label("Sources of the status").fill("S4")
    ops = sent(page, form.get_by_role("button", name="Change 2 rows").click)
    event = {"date": "2025-02", "status": "retired", "sources": ["S4"]}
    assert all(event in op["feature"]["properties"]["status_history"] for op in ops[2:])


def test_a_pasted_sheet_changes_adds_and_lists_what_it_does_not_understand(
    page: Page, own: Served
) -> None:
    open_editor(page, own)
    grid = table_of(page, "border-crossings")
    sheet = page.get_by_role("region", name="Paste rows")
    grid.evaluate(PASTE, SHEET)
    expect(sheet).to_contain_text("1 feature changed, 1 new feature")
    expect(sheet).to_contain_text("Row 4: Kind: “spaceport” is none of")
    expect(sheet).to_contain_text("Row 5: no feature has the id no-such-thing")
    expect(sheet).to_contain_text("note to self: left out")
    sheet.get_by_label("lanes").check()
    changed, fresh = sent(page, sheet.get_by_role("button", name="Take these rows").click)
    assert changed["feature"]["properties"]["name"] == 'Old "bridge"'
    assert changed["feature"]["properties"]["lanes"] == "4"
    assert fresh["was"] is None
    assert fresh["feature"] == {
        "type": "Feature",
        "id": "a-new-gate",
        "geometry": {"type": "Point", "coordinates": [48.87, 38.44]},
        "properties": {
            "name": "A new gate",
            "kind": "border_crossing",
            "position_quality": "approximate",
            "uncertainty_m": 500,
            "lanes": "2",
            "status_history": [{"date": "2026", "status": "announced"}],
        },
    }
    expect(cell(grid, "a-new-gate", "lanes")).to_have_text("2")
    undo(page)
    expect(grid.locator('[data-row="a-new-gate"]')).to_have_count(0)
    expect(cell(grid, FIRST, "Name")).to_have_text("Astara old road crossing")


def test_of_many_rows_only_those_in_sight_are_in_the_page_of_a_phone(
    page: Page, own: Served, folder: Path
) -> None:
    path = folder / "layers" / "bridges.geojson"
    layer = json.loads(path.read_text(encoding="utf-8"))
    bridge = layer["features"][0]
    layer["features"] += [{**bridge, "id": f"copy-{n}"} for n in range(300)]
    path.write_text(json.dumps(layer), encoding="utf-8")
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, own.url)
    page.get_by_role("button", name="Edit", exact=True).click()
    grid = table_of(page, "bridges")
    grid.focus()
    page.keyboard.press("Control+End")
    expect(grid.locator('[data-row="copy-299"]')).to_be_visible()
    assert grid.locator("[data-row]").count() < 40
    expect(grid).to_have_attribute("aria-rowcount", str(len(layer["features"]) + 1))
    active = grid.get_attribute("aria-activedescendant")
    box = page.locator(f"#{active}").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_what_remains_is_grouped_by_kind_and_leads_to_the_field(page: Page, own: Served) -> None:
    open_editor(page, own)
    grid = table_of(page, "border-crossings")
    grid.focus()
    page.keyboard.press("Control+a")
    form = page.get_by_role("form", name="Change the marked rows")
    form.get_by_label("Column to change").select_option("sources")
    form.get_by_label("New value").fill("NOBODY")
    sent(page, form.get_by_role("button", name="Change 11 rows").click)
    bar = page.locator(".cmp-edit-bar")
    expect(bar.locator(".cmp-edit-badge")).to_have_text("11 to look at")
    bar.locator(".cmp-edit-state").click()
    kind = bar.locator(".cmp-edit-kind")
    expect(kind).to_have_count(1)
    expect(kind.locator("summary")).to_contain_text(": 11")
    kind.locator("summary").click()
    kind.get_by_role("button").filter(has_text=FIRST).click()
    expect(page.locator(".cmf-title")).to_have_text("Astara old road crossing")
    expect(page.get_by_role("group", name="Sources", exact=True).locator(":focus")).to_be_visible()
