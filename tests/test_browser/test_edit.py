"""An editor changes a corridor in the page, saves it, and loses nothing on the way."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from corridormap.layers.validation.validate import validate
from tests.test_browser.drafting import (
    FIRST,
    edit,
    edit_button,
    editor,
    in_file,
    rename,
    said,
    shown,
    state,
)
from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser


def bounds(page: Page) -> list[float]:
    """Return what the map shows: west, south, east, north."""
    found = editor(page).evaluate("editor => editor.ctx.leaflet.getBounds().toBBoxString()")
    return [float(degrees) for degrees in found.split(",")]


def test_a_change_is_shown_undone_done_again_and_saved(
    page: Page, url: str, folder: Path, outside: Recorded
) -> None:
    edit(page, url)
    page.evaluate("() => { window.sameDocument = true; }")
    before = bounds(page)
    expect(state(page)).to_have_text("Nothing to save")
    assert rename(page, FIRST[0], "Bombay")["ok"] is True
    expect(state(page)).to_have_text("1 change, not saved")
    assert shown(page, FIRST[0]) == "Bombay"
    after = bounds(page)
    assert after == pytest.approx(before, abs=1e-4)
    page.keyboard.press("Control+z")
    expect(said(page)).to_have_text("Undone: Rename to Bombay")
    assert shown(page, FIRST[0]) == "Mumbai"
    page.keyboard.press("Control+Shift+Z")
    expect(said(page)).to_have_text("Done again: Rename to Bombay")
    assert shown(page, FIRST[0]) == "Bombay"
    assert in_file(folder) == "Mumbai"
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("Saved: 1 change.")
    expect(state(page)).to_have_text("Nothing to save")
    assert in_file(folder) == "Bombay"
    assert validate(folder) == ()
    # The page's own save is no change by somebody else: it is not loaded anew.
    with page.expect_response("**/version.json"):
        pass
    with page.expect_response("**/version.json"):
        pass
    assert page.evaluate("() => window.sameDocument") is True
    expect(said(page)).to_have_text("Saved: 1 change.")
    assert outside.errors == []
    assert outside.requests == []


def test_what_is_refused_changes_nothing(page: Page, url: str) -> None:
    edit(page, url)
    outcome = rename(page, FIRST[0], "")
    assert outcome["ok"] is False
    assert outcome["findings"][0]["field"] == "name"
    assert outcome["findings"][0]["problem"] == "'name' is empty"
    expect(state(page)).to_have_text("Nothing to save")
    assert shown(page, FIRST[0]) == "Mumbai"


def test_notes_are_counted_and_listed_and_all_can_be_dropped(page: Page, url: str) -> None:
    edit(page, url)
    editor(page).evaluate("""async ({ draft }) => {
      const { layer, feature } = JSON.parse(JSON.stringify(draft.feature("node-bafq")));
      feature.properties.sources = ["<b>NOBODY</b>"];
      await draft.push([{ op: "put_feature", layer, feature }], "<i>Sources</i>");
    }""")
    bar = page.locator(".cmp-edit-bar")
    expect(bar.locator(".cmp-edit-badge")).to_have_text("1 to look at")
    bar.locator(".cmp-edit-state").click()
    expect(bar.locator(".cmp-edit-change")).to_have_text("<i>Sources</i>")
    expect(bar.locator(".cmp-edit-note-what")).to_contain_text("'<b>NOBODY</b>'")
    bar.get_by_role("button", name="Drop all changes").click()
    expect(state(page)).to_have_text("1 change, not saved")
    bar.get_by_role("button", name="Really drop 1 change").click()
    expect(state(page)).to_have_text("Nothing to save")


def test_a_corridor_that_comes_with_the_tool_is_downloaded(
    page: Page, served: Served, tmp_path: Path
) -> None:
    edit(page, f"{served.url}/?c=north-south")
    expect(state(page)).to_have_text("Comes with the tool: download it to keep changes")
    rename(page, FIRST[0], "Bombay")
    expect(page.locator(".cmp-edit-save")).to_be_disabled()
    page.keyboard.press("Control+s")
    expect(said(page)).to_contain_text("Download it instead")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download .zip").click()
    assert download.value.suggested_filename == "north-south.zip"
    download.value.save_as(tmp_path / "it.zip")
    with zipfile.ZipFile(tmp_path / "it.zip") as archive:
        archive.extractall(tmp_path / "it")
    assert in_file(tmp_path / "it" / "north-south") == "Bombay"


def test_focus_goes_into_the_editor_and_back(page: Page, url: str) -> None:
    edit(page, url)
    expect(page.get_by_role("region", name="Editor")).to_be_focused()
    rename(page, FIRST[0], "Bombay")
    page.locator(".cmp-edit-save").focus()
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Saved: 1 change.")
    assert page.evaluate("() => document.activeElement.closest('.cmp-edit') !== null")
    page.get_by_role("button", name="Close the editor").click()
    expect(page.get_by_role("region", name="Editor")).to_have_count(0)
    expect(edit_button(page)).to_be_focused()
    expect(edit_button(page)).to_have_attribute("aria-pressed", "false")


def test_a_closed_editor_with_a_draft_says_so_on_its_button(page: Page, url: str) -> None:
    edit(page, url)
    rename(page, FIRST[0], "Bombay")
    page.get_by_role("button", name="Close the editor").click()
    button = page.get_by_role("button", name="Edit, 1 change not saved")
    button.click()
    expect(state(page)).to_have_text("1 change, not saved")


def test_on_a_phone_the_editor_is_a_sheet_that_makes_room_for_the_map(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    edit(page, url)
    editor = page.get_by_role("region", name="Editor")
    box = editor.bounding_box()
    header = page.locator(".cmp-header").bounding_box()
    assert box is not None
    assert header is not None
    assert box["width"] == 390
    assert box["y"] == pytest.approx(header["y"] + header["height"], abs=1)
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    for button in editor.locator(".cmp-edit-head button, .cmp-edit-bar button").all():
        size = button.bounding_box()
        assert size is None or size["height"] >= 44
    page.get_by_role("button", name="Map", exact=True).click()
    low = editor.bounding_box()
    assert low is not None
    assert low["height"] < 200
    page.get_by_role("button", name="Editor", exact=True).click()
    assert editor.bounding_box() == box


def test_nothing_of_the_editor_is_loaded_before_it_is_wanted_nor_exported(
    page: Page, url: str, tmp_path: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_map(page, url)
    assert [address for address in asked if "editor" in address or "/edit/" in address] == []
    html = page.evaluate("""async () => {
      return (await fetch("/corridormap/c/north-south/snapshot.html")).text();
    }""")
    assert "createEditor" not in html
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8")
    open_map(page, file.as_uri())
    expect(page.locator("[data-edit], .cmp-edit")).to_have_count(0)
