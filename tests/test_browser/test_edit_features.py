"""Describe, change and delete features in the page, and take it all back."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.test_browser.editing import (
    choose,
    cite,
    describe,
    free_spot,
    group,
    open_editor,
    press,
    redo,
    sent,
    undo,
)
from tests.test_browser.journeys import BUILT_IN, open_map

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser

COPIED = BUILT_IN.name
SCRIPT = "<img src=x onerror=window.ran=1><script>window.ran=1</script>"


def test_a_point_by_a_click_gets_its_card_and_can_be_undone_and_redone(
    page: Page, own: Served, outside: Recorded
) -> None:
    panel = open_editor(page, own)
    panel.get_by_role("button", name="New feature").click()
    describe(panel, "A border market", "border_crossing")
    cite(group(panel, "Sources"), "S28")
    panel.get_by_label("Countries").fill("az ir")
    expect(panel.get_by_text("Azerbaijan, Iran", exact=True)).to_be_visible()
    press(panel, "Draw on the map")()
    x, y = free_spot(page)
    page.mouse.click(x, y)
    page.locator(".cmf-bar").get_by_role("button", name="Done").click()
    (op,) = sent(page, press(panel, "Add to the map"))
    assert op["op"] == "put_feature"
    assert op["was"] is None
    assert op["feature"]["id"] == "a-border-market"
    assert op["feature"]["properties"]["countries"] == ["AZ", "IR"]
    sign = page.locator('[data-feature="a-border-market"]')
    expect(sign.first).to_be_attached()
    at = sign.first.bounding_box()
    assert at
    assert abs(at["x"] + at["width"] / 2 - x) < 3
    assert abs(at["y"] + at["height"] / 2 - y) < 3
    card = page.locator(".cmp-card")
    expect(card).to_contain_text("A border market")
    expect(card).to_contain_text("Mar 2019")
    expect(card).to_contain_text("500 m")
    undo(page)
    expect(sign).to_have_count(0)
    expect(card).to_be_hidden()
    redo(page)
    expect(sign.first).to_be_attached()
    assert not outside.requests
    assert not outside.errors


def test_typed_coordinates_history_figures_and_a_new_source(page: Page, own: Served) -> None:
    panel = open_editor(page, own)
    panel.get_by_role("button", name="New feature").click()
    describe(panel, "Dry port", "port", date="2021")
    panel.get_by_label("Coordinates").fill("38°26.5'N 48°52.4'E")
    panel.get_by_label("In Persian").fill("بندر خشک")
    assert (
        panel.get_by_label("In Persian").evaluate("node => getComputedStyle(node).direction")
        == "rtl"
    )
    history = group(panel, "Status history")
    history.get_by_role("button", name="Add an event").click()
    history.locator("details").last.get_by_label("Date needed").fill("2018-05")
    page.keyboard.press("Tab")
    # An event goes to its place among the dates, and one goes on in the same field.
    expect(history.locator("summary").first).to_contain_text("May 2018")
    older = history.locator("details").first
    expect(older.get_by_label("Status needed")).to_be_focused()
    older.get_by_label("Status needed").select_option("announced")
    older.get_by_label("Until").fill("2020-12")
    history.locator("details").first.get_by_role("button", name="New source").click()
    form = panel.get_by_role("group", name="New source")
    form.get_by_label("Publisher").fill("Ministry of Roads")
    form.get_by_label("Title").fill("A plan")
    form.get_by_label("Address").fill("https://example.org/plan")
    sent(page, press(form, "Add this source"))
    chip = history.locator("details").first.locator(".cmf-chip")
    expect(chip).to_contain_text("Ministry of Roads, A plan, undated")
    source = chip.get_attribute("data-source") or ""
    figures = group(panel, "Figures")
    figures.get_by_role("button", name="Add a figure").click()
    figures.get_by_label("Quantity needed").fill("capacity")
    figures.get_by_label("Unit needed").fill("t/year")
    figures.get_by_label("Value needed").fill("1,500")
    cite(figures, source)
    cite(group(panel, "Sources"), source)
    *_, first, op = sent(page, press(panel, "Add to the map"))
    assert first["source"] == {
        "id": source,
        "type": "webpage",
        "title": "A plan",
        "publisher": "Ministry of Roads",
        "issued": {"literal": "undated"},
        "accessed": first["source"]["accessed"],
        "URL": "https://example.org/plan",
    }
    said = op["feature"]
    assert said["geometry"] == {"type": "Point", "coordinates": [48.8733333, 38.4416667]}
    assert said["properties"]["mode"] == "sea"
    events = said["properties"]["status_history"]
    assert [event["date"] for event in events] == ["2018-05", "2021"]
    assert [event.get("until") for event in events] == ["2020-12", None]
    assert said["properties"]["figures"] == [
        {"quantity": "capacity", "unit": "t/year", "value": 1500, "sources": [source]}
    ]
    card = page.locator(".cmp-card")
    expect(card).to_contain_text("1,500 t a year")
    expect(card.locator("bdi[dir=rtl]")).to_contain_text("بندر خشک")


def test_a_refusal_stands_at_its_fields_and_keeps_what_was_written(page: Page, own: Served) -> None:
    panel = open_editor(page, own)
    panel.get_by_role("button", name="New feature").click()
    describe(panel, "Half known", "bridge", date="2021-13")
    panel.get_by_label("Coordinates").fill("38.5, 48.2")
    panel.get_by_label("Within how many metres").fill("near")
    sent(page, press(panel, "Add to the map"))
    date = group(panel, "Status history").get_by_label("Date needed")
    expect(date).to_have_attribute("aria-invalid", "true")
    expect(date).to_have_accessible_description(re.compile("no date.*Write 2023, 2023-12"))
    sure = panel.get_by_label("Within how many metres")
    expect(sure).to_have_value("near")
    expect(sure).to_have_accessible_description(re.compile("is not a number"))
    expect(panel.get_by_role("alert").filter(has_text="Not added")).to_contain_text("2 things")
    expect(sure).to_be_focused()
    expect(page.locator('[data-feature="half-known"]')).to_have_count(0)
    sure.fill("80")
    date.fill("2021-12")
    sent(page, press(panel, "Add to the map"))
    expect(page.locator('[data-feature="half-known"]').first).to_be_attached()


def test_a_sign_on_the_map_opens_its_form_and_unfinished_work_is_asked_about(
    page: Page, own: Served
) -> None:
    panel = open_editor(page, own)
    page.locator('[data-feature="bilasuvar-bileh-savar-crossing"]').first.click()
    title = panel.get_by_role("heading")
    expect(title).to_have_text("Bilasuvar–Bileh Savar crossing")
    panel.get_by_label("Name in English").fill("Another name")
    page.locator('[data-feature="imishli-parsabad-crossing"]').first.click()
    question = panel.get_by_role("alertdialog", name="Unfinished changes")
    expect(question).to_be_visible()
    question.get_by_role("button", name="Go on with it").click()
    expect(panel.get_by_label("Name in English")).to_have_value("Another name")
    page.locator('[data-feature="imishli-parsabad-crossing"]').first.click()
    page.locator('[data-feature="shahtakhti-poldasht-crossing"]').first.click()
    question.get_by_role("button", name=re.compile("^Leave it")).click()
    expect(title).to_have_text("Shahtakhti–Poldasht crossing")


def test_properties_that_the_form_does_not_know_are_shown_and_kept(
    page: Page, own: Served, folder: Path
) -> None:
    path = folder / "layers" / "bridges.geojson"
    layer = json.loads(path.read_text(encoding="utf-8"))
    bridge = layer["features"][0]
    bridge["properties"] |= {"inspected_by": "<i>K.</i>", "wiki": {"page": 7}}
    path.write_text(json.dumps(layer), encoding="utf-8")
    panel = open_editor(page, own)
    choose(panel, bridge["id"])
    expect(group(panel, "Other properties")).to_contain_text("<i>K.</i>")
    expect(group(panel, "Other properties")).to_contain_text('{"page":7}')
    panel.get_by_label("Name in English").fill("Renamed")
    (op,) = sent(page, press(panel, "Change"))
    assert op["feature"] == {
        **bridge,
        "properties": {**bridge["properties"], "name": "Renamed"},
    }


def test_deleting_says_what_points_there_and_is_taken_back(page: Page, own: Served) -> None:
    panel = open_editor(page, own)
    choose(panel, "aghband-kalaleh-road-bridge")
    panel.get_by_role("button", name="Delete …").click()
    question = panel.get_by_role("alertdialog")
    expect(question).to_contain_text(re.compile(r"Annotations: [1-9]"))
    expect(question).to_contain_text("Aghband–Kalaleh crossing")
    question.get_by_role("button", name="Keep it").click()
    expect(question).to_have_count(0)
    panel.get_by_role("button", name="Delete …").click()
    sent(page, press(question, "Delete"))
    sign = page.locator('[data-feature="aghband-kalaleh-road-bridge"]')
    expect(sign).to_have_count(0)
    expect(panel.locator('[data-edit="aghband-kalaleh-road-bridge"]')).to_have_count(0)
    sent(page, lambda: page.keyboard.press("Control+z"))
    expect(sign.first).to_be_attached()
    expect(panel.locator('[data-edit="aghband-kalaleh-road-bridge"]')).to_be_visible()


def test_all_of_it_by_the_keyboard(page: Page, own: Served) -> None:
    open_map(page, own.url)
    page.get_by_role("button", name="Edit", exact=True).focus()
    page.keyboard.press("Enter")
    panel = page.locator(".cmf-panel")
    fresh = panel.get_by_role("button", name="New feature")
    expect(fresh).to_be_visible()
    fresh.focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_label("Name in English")).to_be_focused()
    page.keyboard.type("Typed bridge")
    page.keyboard.press("Tab")
    page.keyboard.type("Bridges")
    page.keyboard.press("Tab")
    page.keyboard.type("Bridge")
    panel.get_by_label("Coordinates").focus()
    page.keyboard.type("38.9, 46.7")
    page.keyboard.press("Tab")
    page.keyboard.type("Traced")
    page.keyboard.press("Tab")
    page.keyboard.type("100")
    history = group(panel, "Status history")
    history.get_by_role("button", name="Add an event").focus()
    page.keyboard.press("Enter")
    expect(history.get_by_label("Date needed")).to_be_focused()
    page.keyboard.type("2020")
    page.keyboard.press("Tab")
    page.keyboard.type("Oper")
    history.get_by_role("combobox", name=re.compile("find a source")).focus()
    page.keyboard.type("S28")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    sent(page, lambda: page.keyboard.press("Control+Enter"))
    expect(page.locator('[data-feature="typed-bridge"]').first).to_be_attached()
    expect(panel.locator('[data-edit="typed-bridge"]')).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading")).to_have_text("Typed bridge")
    page.keyboard.press("Escape")
    expect(panel.locator('[data-edit="typed-bridge"]')).to_be_focused()
    sent(page, lambda: page.keyboard.press("Control+z"))
    expect(page.locator('[data-feature="typed-bridge"]')).to_have_count(0)


def test_saving_takes_what_stands_in_the_form_or_says_why_not(
    page: Page, own: Served, folder: Path
) -> None:
    panel = open_editor(page, own)
    choose(panel, "bilasuvar-bileh-savar-crossing")
    panel.get_by_label("Within how many metres").fill("a bit")
    expect(panel.get_by_text("Not on the map yet")).to_be_visible()
    sent(page, lambda: page.keyboard.press("Control+s"))
    expect(panel.get_by_label("Within how many metres")).to_have_attribute("aria-invalid", "true")
    path = folder / "layers" / "border-crossings.geojson"
    before = path.read_text(encoding="utf-8")
    panel.get_by_label("Within how many metres").fill("1234")
    with page.expect_response("**/edit/save") as saved:
        page.keyboard.press("Control+s")
    assert saved.value.ok
    expect(page.locator(".cmp-edit-said")).to_contain_text("Saved: 1 change")
    after = path.read_text(encoding="utf-8")
    changed = set(after.splitlines()) - set(before.splitlines())
    assert [line.strip() for line in changed] == ['"uncertainty_m": 1234,']


def test_a_feature_moves_to_another_layer_with_the_annotations_that_name_its_file(
    page: Page, own: Served
) -> None:
    panel = open_editor(page, own)
    choose(panel, "aghband-kalaleh-road-bridge")
    panel.get_by_label("Layer", exact=True).select_option("context")
    ops = sent(page, press(panel, "Change"))
    assert [op["op"] for op in ops[:2]] == ["remove_feature", "put_feature"]
    moved = [op["annotation"] for op in ops[2:]]
    assert moved
    text = json.dumps(moved)
    assert "layers/context.geojson" in text
    assert '"layers/bridges.geojson", "selector": {"type": "FragmentSelector"' not in text
    # Its new layer was switched off: what one has changed is shown.
    expect(page.locator('[data-feature="aghband-kalaleh-road-bridge"]').first).to_be_attached()
    expect(page.get_by_role("switch", name="Context")).to_be_checked()
    row = panel.locator('[data-layer="context"] [data-edit="aghband-kalaleh-road-bridge"]')
    expect(row).to_be_visible()
    undo(page)
    expect(row).to_have_count(0)


def test_numbers_in_the_wrong_order_are_noticed_and_a_later_event_is_told(
    page: Page, own: Served
) -> None:
    panel = open_editor(page, own)
    panel.get_by_role("button", name="New feature").click()
    describe(panel, "Bridge to come", "bridge", date="2025-06")
    place = group(panel, "Place")
    panel.get_by_label("Coordinates").fill("48.87, 38.44")
    expect(place).to_contain_text("inside it with the two numbers exchanged")
    place.get_by_role("button", name="Exchange them").click()
    expect(panel.get_by_label("Coordinates")).to_have_value("38.44, 48.87")
    panel.get_by_label("Coordinates").fill("148.87, 38.44")
    press(panel, "Add to the map")()
    expect(panel.get_by_label("Coordinates")).to_be_focused()
    expect(place).to_contain_text("148.87 cannot be a latitude. The latitude comes first")
    panel.get_by_label("Coordinates").fill("38.44, 48.87")
    sent(page, press(panel, "Add to the map"))
    expect(page.locator(".cmp-edit-said")).to_contain_text("shows it from 1 Jun 2025 on")
    expect(panel.locator('[data-edit="bridge-to-come"]')).to_contain_text("not yet at this date")


def test_a_script_in_every_field_stays_text_in_form_map_card_and_export(
    page: Page, own: Served, outside: Recorded, tmp_path: Path
) -> None:
    panel = open_editor(page, own)
    panel.get_by_role("button", name="New feature").click()
    describe(panel, f"Name {SCRIPT}", "bridge")
    panel.get_by_label("Coordinates").fill("38.3, 47.0")
    panel.get_by_label("What the position rests on").fill(f"Position {SCRIPT}")
    for label in ("Short name on the map", "In Azerbaijani", "In Persian"):
        panel.get_by_label(label).fill(f"{label} {SCRIPT}")
    history = group(panel, "Status history")
    history.get_by_label("What happened").fill(f"Event {SCRIPT}")
    figures = group(panel, "Figures")
    figures.get_by_role("button", name="Add a figure").click()
    for label in ("Quantity needed", "Unit needed", "Of which part", "Note"):
        figures.get_by_label(label).fill(f"{label} {SCRIPT}")
    figures.get_by_label("Value needed").fill("7")
    figures.get_by_role("button", name="New source").click()
    form = panel.get_by_role("group", name="New source")
    for label in ("Publisher", "Title", "Author", "Note"):
        form.get_by_label(label).fill(f"{label} {SCRIPT}")
    form.get_by_label("Address").fill("javascript:window.ran=1")
    press(form, "Add this source")()
    expect(form.get_by_label("Address")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Address").fill("https://example.org/<b>")
    press(form, "Add this source")()
    expect(form.get_by_label("Address")).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Address").fill("")
    sent(page, press(form, "Add this source"))
    expect(figures.locator(".cmf-chip")).to_contain_text(f"Title {SCRIPT}")
    sent(page, press(panel, "Add to the map"))
    card = page.locator(".cmp-card")
    expect(card).to_contain_text(f"Name {SCRIPT}")
    expect(card).to_contain_text(f"Event {SCRIPT}")
    expect(card).to_contain_text(f"Position {SCRIPT}")
    expect(panel.locator(".cmf-row-name").filter(has_text=SCRIPT)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download .zip").click()
    exported = exported_page(Path(download.value.path()), tmp_path)
    assert page.evaluate("window.ran") is None
    page.goto(exported.as_uri())
    expect(page.locator('[data-ready="true"]')).to_be_attached()
    page.locator('[data-feature^="name-"]').first.click()
    expect(page.locator(".cmp-card")).to_contain_text(f"Name {SCRIPT}")
    assert page.evaluate("window.ran") is None
    assert not outside.requests
    assert not [error for error in outside.errors if "400" not in error]


def exported_page(archive: Path, folder: Path) -> Path:
    """Return the one-file page of a downloaded corridor."""
    from corridormap.app.cli import main

    with zipfile.ZipFile(BytesIO(archive.read_bytes())) as files:
        files.extractall(folder / "unpacked")
    (manifest,) = (folder / "unpacked").rglob("corridor.toml")
    target = folder / "page.html"
    with pytest.raises(SystemExit) as ended:
        main(["snapshot", str(manifest.parent), "-o", str(target)])
    assert ended.value.code == 0
    return target
