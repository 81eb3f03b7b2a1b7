"""Steps of the journeys through the editor's panel of features."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.serving import Served


def open_editor(page: Page, served: Served, query: str = "") -> Locator:
    """Open the map and its editor; return the panel of features."""
    open_map(page, served.url + query)
    page.get_by_role("button", name="Edit", exact=True).click()
    panel = page.locator(".cmf-panel")
    expect(panel.get_by_role("button", name="New feature")).to_be_visible()
    return panel


def choose(panel: Locator, id_: str) -> None:
    """Open the form of a feature from the list."""
    panel.locator(f'[data-edit="{id_}"]').click()
    expect(panel.locator(".cmf-form")).to_be_visible()


def group(panel: Locator, name: str) -> Locator:
    """Return a part of the form by its title."""
    return panel.get_by_role("group", name=name, exact=True).first


def cite(part: Locator, source: str) -> None:
    """Choose a source of the corridor by its id."""
    box = part.get_by_role("combobox", name=re.compile("find a source")).first
    box.fill(source)
    box.press("Enter")
    expect(part.locator(f'[data-source="{source}"]')).to_be_visible()


def describe(panel: Locator, name: str, kind: str, *, date: str = "2019-03") -> None:
    """Fill what a new feature needs but its place."""
    panel.get_by_label("Name in English").fill(name)
    panel.get_by_label("Kind needed").select_option(kind)
    panel.get_by_label("How well the place is known").select_option("approximate")
    panel.get_by_label("Within how many metres").fill("500")
    history = group(panel, "Status history")
    history.get_by_role("button", name="Add an event").click()
    history.get_by_label("Date", exact=False).last.fill(date)
    history.get_by_label("Status needed").last.select_option("operating")
    cite(history, "S4")


def sent(page: Page, action: Callable[[], None]) -> list[dict[str, Any]]:
    """Return the operations that an action sends, all of the draft, once they are answered."""
    with page.expect_response("**/edit/draft") as answer:
        action()
    answer.value.finished()
    body = json.loads(answer.value.request.post_data or "")
    return list(body["ops"])


def press(panel: Locator, name: str) -> Callable[[], None]:
    """Return the click on a button of the form."""
    return lambda: panel.get_by_role("button", name=name, exact=True).click()


def undo(page: Page) -> None:
    """Undo by the bar's button."""
    sent(page, page.get_by_role("button", name="Undo", exact=True).click)


def redo(page: Page) -> None:
    """Redo by the bar's button."""
    sent(page, page.get_by_role("button", name="Redo", exact=True).click)


def free_spot(page: Page) -> tuple[float, float]:
    """Return a place on the map where no sign and no panel is."""
    box = page.locator(".cmp-map").bounding_box()
    assert box
    return box["x"] + box["width"] * 0.62, box["y"] + box["height"] * 0.62
