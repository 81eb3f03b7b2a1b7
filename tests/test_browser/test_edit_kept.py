"""A draft outlives the page, the server and changes by others."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.test_browser.drafting import (
    FIRST,
    edit,
    edit_button,
    in_file,
    rename,
    said,
    shown,
    state,
)
from tests.test_browser.journeys import BUILT_IN, open_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.serving import Served

pytestmark = pytest.mark.browser


def test_a_draft_survives_a_reload_and_does_not_mix(
    page: Page, launch: Callable[..., Served], folder: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(BUILT_IN, tmp_path / "other"))
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
    assert page.evaluate("() => Object.keys(localStorage).filter((n) => n.includes('draft'))") == []


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


def crash(server: Served) -> None:
    """Stop a server at once."""
    server.process.kill()
    server.process.wait(timeout=60)


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
