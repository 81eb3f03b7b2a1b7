"""An editor arranges an export by hand, keeps it, and it is drawn so from then on."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from corridormap.app.exporting.export import export
from corridormap.app.exporting.laid import laid_options
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.folder.files import LAYOUTS
from corridormap.layers.scene.view import default_view
from tests.test_browser.exporting import open_panel
from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


def drawn(dialog: Locator) -> None:
    """Wait until the picture shows the last step."""
    expect(dialog.locator(".cmp-arrange-stage")).to_have_attribute("aria-busy", "false")


def stands(label: Locator) -> tuple[tuple[float, float, float], float]:
    """Return the left end, middle and right end of a label, and its height's middle."""
    box = label.bounding_box()
    assert box is not None
    left, right = box["x"], box["x"] + box["width"]
    return (left, (left + right) / 2, right), box["y"] + box["height"] / 2


def is_kept(folder: Path) -> None:
    """Hold the folder to what was decided, and a picture of it too."""
    (kept,) = tomllib.loads((folder / LAYOUTS).read_text(encoding="utf-8"))["layouts"]
    assert (kept["id"], kept["headline"]) == ("classic", "Moved by hand")
    assert [one["feature"] for one in kept["labels"]] == ["node-mumbai"]
    corridor = load_corridor(folder)
    assert len(kept["claims"]) == len(corridor.annotations) - 1
    made = export(
        corridor,
        default_view(corridor),
        laid_options(corridor, {"layout": "classic"}, format="svg"),
    )
    assert ">Moved by hand<" in made.body.decode()


def test_names_are_moved_hidden_put_back_and_kept(page: Page, url: str, folder: Path) -> None:
    open_map(page, url)
    panel = open_panel(page)
    panel.get_by_label("Layout").select_option("classic")
    panel.get_by_role("button", name="Arrange by hand").click()
    dialog = page.get_by_role("dialog", name="Arrange by hand: Classic")
    label = dialog.get_by_role("button", name="Mumbai, ")
    expect(label).to_be_visible()
    drawn(dialog)

    # Dragged, it stands where it was let go.
    ends, y = stands(label)
    x = ends[1]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 50, steps=4)
    with page.expect_response("**/hand/preview.png?*"):
        page.mouse.up()
    expect(label).to_have_accessible_name("Mumbai, put by hand")
    drawn(dialog)
    # Held at one end, since with more room around it may say more.
    now, down = stands(label)
    assert min(abs(b - a + 60) for a, b in zip(ends, now, strict=True)) < 3
    assert down == pytest.approx(y + 50, abs=3)

    # With the keys it goes on, another is hidden and shown again.
    label.focus()
    with page.expect_response("**/hand/preview.png?*"):
        page.keyboard.press("Shift+ArrowUp")
    expect(label).to_be_focused()
    other = dialog.get_by_role("button", name="Moscow, ")
    other.focus()
    page.keyboard.press("Delete")
    expect(dialog.get_by_text("Moscow, hidden")).to_be_visible()
    expect(other).to_have_count(0)
    dialog.get_by_role("button", name="Show: Moscow").click()
    expect(other).to_be_visible()

    first = dialog.get_by_role("listitem").filter(has=page.get_by_role("checkbox")).first
    first.get_by_role("checkbox").uncheck()
    with page.expect_response("**/hand/preview.png?*"):
        dialog.get_by_label("Headline").fill("Moved by hand")
        page.keyboard.press("Tab")
    drawn(dialog)
    dialog.get_by_role("button", name="Keep in the corridor").click()
    expect(dialog.get_by_text("Kept in layouts.toml.")).to_be_visible()

    is_kept(folder)

    # All back, and once more as it was.
    dialog.get_by_role("button", name="Put all back").click()
    expect(label).to_have_accessible_name("Mumbai, placed by the rules")
    dialog.get_by_role("button", name="Undo").click()
    expect(label).to_have_accessible_name("Mumbai, put by hand")
    dialog.get_by_role("button", name="Close the arrangement").click()
    expect(dialog).to_be_hidden()
    expect(panel).to_be_visible()
