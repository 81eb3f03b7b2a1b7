"""Steps of the journeys through the editor's bar: a draft, its state, and its save."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from corridormap.layers.corridor.corridor import load_corridor
from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import JSHandle, Locator, Page


__all__ = ["FIRST", "edit", "edit_button", "editor", "in_file", "rename", "said", "shown", "state"]

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


def in_file(folder: Path, id_: str = FIRST[0]) -> str:
    corridor = load_corridor(folder)
    layer = corridor.layer_of(id_)
    assert layer is not None
    return layer.features[id_].name
