"""Earlier versions in the editor: listed with what each save changed, and brought back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.test_browser.drafting import FIRST, edit, rename, said, shown, state

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page, Route

pytestmark = pytest.mark.browser


def versions(page: Page) -> Locator:
    """Open the panel of versions."""
    page.get_by_role("tab", name="Versions").click()
    return page.get_by_role("tabpanel", name="Versions")


def saved(page: Page) -> None:
    """Save by the bar's button."""
    page.get_by_role("button", name="Save", exact=True).click()
    expect(state(page)).to_have_text("Nothing to save")


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".corridormap" not in path.parts
    }


def test_a_version_is_told_and_restored_and_the_restoring_undone(
    page: Page, url: str, folder: Path
) -> None:
    first = files_of(folder)
    edit(page, url)
    before = shown(page, FIRST[0])
    rename(page, FIRST[0], "Renamed")
    saved(page)
    second = files_of(folder)
    panel = versions(page)
    latest = panel.get_by_role("listitem").filter(has_text="1 feature changed").first
    latest.get_by_text("What changed").click()
    expect(latest).to_contain_text(f"Name: Renamed; before: {before}")
    latest.get_by_role("button", name="Restore").press("Enter")
    expect(said(page)).to_contain_text("Restored as it was before")
    assert shown(page, FIRST[0]) == before
    assert files_of(folder) == first
    expect(panel.get_by_role("heading", name="Earlier versions")).to_be_focused()
    panel.get_by_role("button", name="Restore").first.click()
    expect(panel.get_by_role("button", name="Restore").first).to_be_enabled()
    assert shown(page, FIRST[0]) == "Renamed"
    assert files_of(folder) == second


def test_nothing_is_restored_over_a_draft_or_over_somebody_elses_change(
    page: Page, url: str, folder: Path
) -> None:
    edit(page, url)
    rename(page, FIRST[0], "Renamed")
    saved(page)
    rename(page, FIRST[1], "Not saved")
    panel = versions(page)
    button = panel.get_by_role("button", name="Restore").first
    expect(button).to_be_disabled()
    expect(panel).to_contain_text("Save or drop your changes before you restore.")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(button).to_be_enabled()

    def meanwhile(route: Route) -> None:
        touch(folder)
        route.continue_()

    page.route("**/edit/restore", meanwhile)
    button.click()
    expect(panel.get_by_role("alert")).to_contain_text("Somebody else has changed")
    assert json.loads((folder / "sources.json").read_bytes())
    assert "Renamed" in "".join(body.decode() for body in files_of(folder).values())


def touch(folder: Path) -> None:
    """Change a file as another program does."""
    with (folder / "sources.json").open("a") as file:
        file.write("\n")


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_tab_and_the_list_fit(page: Page, url: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    edit(page, url)
    panel = versions(page)
    expect(panel).to_be_visible()
    tab = page.get_by_role("tab", name="Versions").bounding_box()
    close = page.get_by_role("button", name="Close the editor").bounding_box()
    assert tab
    assert close
    assert tab["x"] + tab["width"] <= close["x"] <= size[0] - close["width"]
