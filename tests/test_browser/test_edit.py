"""An editor changes a corridor in the page, saves it, and loses nothing on the way."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.validation.validate import validate
from tests.test_browser.journeys import ROOT, open_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import JSHandle, Locator, Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser

FIRST = ("node-mumbai", "node-bafq", "node-tehran")
# The program of a page is a module, and there is one of it: who imports it gets the same page.
EDITOR = """async () => {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const { start } = await import(loaded.find((name) => name.endsWith("/front/map.js")));
  return (await start()).edit.load();
}"""
PUSH = """async (editor, [id, name]) => {
  const { layer, feature } = JSON.parse(JSON.stringify(editor.draft.feature(id)));
  feature.properties.name = name;
  const operation = { op: "put_feature", layer, feature };
  return editor.draft.push([operation], `Rename to ${name}`);
}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of a built-in corridor."""
    return Path(shutil.copytree(ROOT / "data" / "north-south", tmp_path / "mine"))


@pytest.fixture
def url(serve: Callable[[Path], Served], folder: Path) -> str:
    """Return the address of the copy's page."""
    return serve(folder).url


def edit_button(page: Page) -> Locator:
    return page.locator(".cmp-tools [data-edit]")


def edit(page: Page, url: str) -> None:
    """Open a page and its editor."""
    open_map(page, url)
    edit_button(page).click()
    expect(page.get_by_role("region", name="Editor")).to_be_visible()


def editor(page: Page) -> JSHandle:
    """Return the editor of the page that is shown."""
    return page.evaluate_handle(EDITOR)


def rename(page: Page, id_: str, name: str) -> Any:
    """Bring one change, as the panels do."""
    return editor(page).evaluate(PUSH, [id_, name])


def state(page: Page) -> Locator:
    return page.locator(".cmp-edit-state-text")


def said(page: Page) -> Locator:
    return page.locator(".cmp-edit-said")


def shown(page: Page, id_: str) -> Any:
    """Return the name that the map has for a feature."""
    return editor(page).evaluate("(editor, id) => editor.ctx.model.feature(id).name", id_)


def bounds(page: Page) -> list[float]:
    """Return what the map shows: west, south, east, north."""
    found = editor(page).evaluate("editor => editor.ctx.leaflet.getBounds().toBBoxString()")
    return [float(degrees) for degrees in found.split(",")]


def in_file(folder: Path, id_: str = FIRST[0]) -> str:
    corridor = load_corridor(folder)
    layer = corridor.layer_of(id_)
    assert layer is not None
    return layer.features[id_].name


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


def test_a_draft_survives_a_reload_and_does_not_mix(
    page: Page, launch: Callable[..., Served], folder: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(ROOT / "data" / "azerbaijan-iran", tmp_path / "other"))
    url = launch(str(folder), str(other)).url
    edit(page, f"{url}/?c=north-south")
    rename(page, FIRST[0], "Bombay")
    expect(state(page)).to_have_text("1 change, not saved")
    page.reload()
    expect(said(page)).to_contain_text("that were not saved are here again")
    expect(state(page)).to_have_text("1 change, not saved")
    assert shown(page, FIRST[0]) == "Bombay"
    open_map(page, f"{url}/?c=azerbaijan-iran")
    expect(page.get_by_role("region", name="Editor")).to_have_count(0)
    edit_button(page).click()
    expect(state(page)).to_have_text("Nothing to save")
    open_map(page, f"{url}/?c=north-south")
    expect(state(page)).to_have_text("1 change, not saved")
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("Saved: 1 change.")
    open_map(page, f"{url}/?c=north-south")
    expect(page.get_by_role("region", name="Editor")).to_have_count(0)
    assert page.evaluate("() => Object.keys(localStorage).filter((n) => n.includes('draft'))") == []


def test_two_tabs_keep_a_draft_each_and_a_closed_one_is_taken_over(page: Page, url: str) -> None:
    edit(page, url)
    second = page.context.new_page()
    edit(second, url)
    rename(page, FIRST[0], "First tab")
    rename(second, FIRST[1], "Second tab")
    second.reload()
    expect(state(second)).to_have_text("1 change, not saved")
    assert (shown(second, FIRST[0]), shown(second, FIRST[1])) == ("Mumbai", "Second tab")
    second.close()
    page.reload()
    expect(state(page)).to_have_text("1 change, not saved")
    assert shown(page, FIRST[0]) == "First tab"
    third = page.context.new_page()
    open_map(third, url)
    expect(said(third)).to_contain_text("that were not saved are here again")
    assert shown(third, FIRST[1]) == "Second tab"


def test_a_reload_waits_until_the_page_before_lets_go_of_its_draft(page: Page, url: str) -> None:
    edit(page, url)
    rename(page, FIRST[0], "Not lost")
    # Another page stands in line for this one's place: it is held on when the page is left, as by
    # one that takes long to go.
    other = page.context.new_page()
    other.goto(page.url)
    name = page.evaluate("async () => (await navigator.locks.query()).held.map((h) => h.name)")
    place = next(
        each for each in name if each.endswith(page.evaluate("sessionStorage['corridormap.tab']"))
    )
    other.evaluate(
        """(name) => void navigator.locks.request(name, () => new Promise((letGo) => {
             window.letGo = letGo;
           }))""",
        place,
    )
    page.reload(wait_until="commit")
    other.evaluate(
        """async (name) => {
             const until = Date.now() + 10000;
             const waits = async () => window.letGo
               && (await navigator.locks.query()).pending.some((each) => each.name === name);
             while (!(await waits())) {
               if (Date.now() > until) throw new Error("the page does not wait for its place");
               await new Promise((soon) => setTimeout(soon, 20));
             }
             window.letGo();
           }""",
        place,
    )
    expect(state(page)).to_have_text("1 change, not saved")
    assert shown(page, FIRST[0]) == "Not lost"


def conflict(page: Page, url: str) -> Page:
    """Let two tabs change the same and each something of its own; the first saves."""
    edit(page, url)
    second = page.context.new_page()
    edit(second, url)
    rename(page, FIRST[0], "Theirs")
    rename(page, FIRST[1], "Bafq 2")
    rename(second, FIRST[0], "Mine")
    rename(second, FIRST[2], "Tehran 2")
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("Saved: 2 changes.")
    second.bring_to_front()
    second.keyboard.press("Control+s")  # unless it was told already
    expect(second.get_by_role("heading", name="Changed by somebody else")).to_be_focused()
    return second


@pytest.mark.parametrize("keep", ["yours", "theirs"])
def test_the_second_tab_is_told_and_puts_both_together(
    page: Page, url: str, folder: Path, keep: str
) -> None:
    second = conflict(page, url)
    question = second.get_by_role("group", name="Feature: Mine")
    expect(question.get_by_role("row", name="name Theirs Mine")).to_be_visible()
    assert [in_file(folder, id_) for id_ in FIRST] == ["Theirs", "Bafq 2", "Tehran"]
    question.get_by_label(f"Keep {keep}").check()
    second.get_by_role("button", name="Put both together").click()
    expect(said(second)).to_have_text("Put together. Look at the map, then save.")
    mine = "Mine" if keep == "yours" else "Theirs"
    assert [shown(second, id_) for id_ in FIRST] == [mine, "Bafq 2", "Tehran 2"]
    second.keyboard.press("Control+s")
    expect(said(second)).to_contain_text("Saved:")
    assert [in_file(folder, id_) for id_ in FIRST] == [mine, "Bafq 2", "Tehran 2"]
    page.bring_to_front()
    expect(said(page)).to_contain_text("The folder was changed meanwhile")
    assert [shown(page, id_) for id_ in FIRST] == [mine, "Bafq 2", "Tehran 2"]


def test_the_second_tab_saves_aside(page: Page, url: str, folder: Path, tmp_path: Path) -> None:
    second = conflict(page, url)
    with second.expect_download() as download:
        second.get_by_role("button", name="Save mine aside").click()
    download.value.save_as(tmp_path / "aside.zip")
    with zipfile.ZipFile(tmp_path / "aside.zip") as archive:
        archive.extractall(tmp_path / "aside")
    aside = tmp_path / "aside" / "north-south"
    assert [in_file(aside, id_) for id_ in FIRST] == ["Mine", "Bafq 2", "Tehran 2"]
    assert validate(aside) == ()
    assert [in_file(folder, id_) for id_ in FIRST] == ["Theirs", "Bafq 2", "Tehran"]
    second.get_by_role("button", name="Drop mine").click()
    second.get_by_role("button", name="Really drop 2 changes").click()
    expect(state(second)).to_have_text("Nothing to save")
    assert [shown(second, id_) for id_ in FIRST] == ["Theirs", "Bafq 2", "Tehran"]


def by_hand(folder: Path, old: str, new: str) -> None:
    path = folder / "layers" / "cities.geojson"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(json.dumps(old), json.dumps(new)), encoding="utf-8")


def test_a_change_by_hand_comes_into_the_page_and_the_draft_stays(
    page: Page, url: str, folder: Path
) -> None:
    edit(page, url)
    page.evaluate("() => { window.sameDocument = true; }")
    rename(page, FIRST[0], "Mine")
    by_hand(folder, "Bafq", "By hand")
    expect(said(page)).to_contain_text("The folder was changed meanwhile (layers/cities.geojson)")
    assert page.evaluate("() => window.sameDocument") is True
    assert [shown(page, id_) for id_ in FIRST[:2]] == ["Mine", "By hand"]
    by_hand(folder, "Mumbai", "By hand too")
    expect(page.get_by_role("heading", name="Changed by somebody else")).to_be_visible()
    page.get_by_role("button", name="Put both together").click()
    page.keyboard.press("Control+s")
    expect(said(page)).to_contain_text("Saved:")
    assert [in_file(folder, id_) for id_ in FIRST[:2]] == ["Mine", "By hand"]


def test_a_kept_draft_that_fits_no_more_is_not_lost(page: Page, url: str, folder: Path) -> None:
    edit(page, url)
    rename(page, FIRST[0], "Bombay")
    expect(state(page)).to_have_text("1 change, not saved")
    page.goto("about:blank")
    manifest = folder / "corridor.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('id = "cities"', 'id = "towns"'), encoding="utf-8")
    open_map(page, url)
    expect(said(page)).to_contain_text("cannot be shown: there is no layer 'cities'")
    expect(state(page)).to_have_text("1 change, not saved")
    manifest.write_text(text, encoding="utf-8")
    expect(said(page)).to_contain_text("The folder was changed meanwhile")
    assert shown(page, FIRST[0]) == "Bombay"


def test_where_the_browser_keeps_nothing_it_is_said(page: Page, url: str) -> None:
    page.add_init_script("""
      Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    """)
    edit(page, url)
    rename(page, FIRST[0], "Bombay")
    expect(state(page)).to_contain_text("This browser cannot keep them: save before you leave")
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("Saved: 1 change.")
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


def crash(server: Served) -> None:
    """Stop a server at once."""
    server.process.kill()
    server.process.wait(timeout=20)


def test_a_draft_survives_the_server(
    page: Page, launch: Callable[..., Served], folder: Path
) -> None:
    server = launch(str(folder))
    edit(page, server.url)
    rename(page, FIRST[0], "Bombay")
    expect(state(page)).to_have_text("1 change, not saved")
    crash(server)
    page.keyboard.press("Control+s")
    expect(said(page)).to_contain_text("The server does not answer")
    assert rename(page, FIRST[1], "Bafq 2")["ok"] is False
    expect(state(page)).to_have_text("1 change, not saved")
    server = launch(str(folder), port=server.port)
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("Saved: 1 change.")
    assert in_file(folder) == "Bombay"
    rename(page, FIRST[1], "Bafq 2")
    crash(server)
    server = launch(str(folder), port=server.port)
    open_map(page, server.url)
    expect(state(page)).to_have_text("1 change, not saved")
    assert shown(page, FIRST[1]) == "Bafq 2"
