"""A link and a draft of each release, in a real browser with today's page."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from corridormap.app.editing.routes import draft_key
from corridormap.layers.corridor.corridor import load_corridor
from tests.test_browser.journeys import ROOT, feature, open_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser

RELEASED = ROOT / "tests" / "released"
VERSIONS = sorted(path.name for path in RELEASED.iterdir() if path.is_dir())
KEEP = "([name, text]) => window.localStorage.setItem(name, text)"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_link_shows_its_view_and_a_draft_is_there_again_and_saved(
    page: Page, serve: Callable[[Path], Served], tmp_path: Path, outside: Recorded, version: str
) -> None:
    home = RELEASED / version
    folder = Path(shutil.copytree(home / "east-caspian", tmp_path / "east-caspian"))
    served = serve(folder)
    link = (home / "link.txt").read_text(encoding="utf-8").strip()
    # The link's own base map is a network's, and no test asks for one.
    open_map(page, f"{served.url}/{link.replace('base=osm', 'base=outline')}")
    root = page.locator("[data-ready]")
    expect(root).to_have_attribute("data-layers", "railway crossings")
    expect(root).to_have_attribute("data-date", "2020-06-01")
    expect(root).to_have_attribute("data-selected", "railway-uzen-bolashak")
    expect(root).to_have_attribute("data-claim", "claim-first-part")
    expect(page.get_by_role("alert")).to_have_count(0)

    # As that release's page left it, under the name that it gave it.
    name = f"corridormap.draft.{draft_key(folder)}.kx0-abcdefgh"
    page.evaluate(KEEP, [name, (home / "draft.json").read_text(encoding="utf-8")])
    open_map(page, f"{served.url}/?layers=stations")
    # The page opens its editor by itself where a draft waits.
    editor = page.get_by_role("region", name="Editor")
    expect(editor.get_by_text("3 changes, not saved")).to_be_visible()
    expect(feature(page, "bereket")).to_be_attached()
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_text("Nothing to save")).to_be_visible()
    corridor = load_corridor(folder)
    assert corridor.findings == ()
    assert "timetable" in corridor.sources
    assert outside.errors == []
