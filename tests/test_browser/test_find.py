"""A reader finds features, claims, sources and places in any script, with the keyboard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from corridormap.app.exporting.export import export
from corridormap.app.exporting.options import ExportOptions
from corridormap.layers.scene.view import default_view
from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import Recorded
    from tests.serving import Served
    from tests.test_browser.subjects import Subject

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>"


def _type(page: Page, text: str) -> None:
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Find")
    expect(field).to_be_focused()
    field.fill(text)


def test_a_name_in_three_scripts_leads_to_the_feature(
    page: Page, served: Served, outside: Recorded
) -> None:
    open_map(page, f"{served.url}/?c=azerbaijan-iran")
    root = page.locator("[data-ready]")
    for text in ("Cülfa", "Джульфа", "جلفا"):
        _type(page, text)
        expect(page.locator('[data-hit="feature/town-julfa"]')).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.get_by_role("search")).to_have_count(0)
    _type(page, "Horadiz–Aghband railway")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-selected", "horadiz-aghband-railway")
    page.wait_for_url("**sel=horadiz-aghband-railway**")

    # A place that is no feature: a dot that says so, until the next choice or Escape.
    with page.expect_response("**/places.json**"):
        _type(page, "Təbriz")
    page.locator('[data-hit="place/"]').first.click()
    spot = page.locator("[data-spot]")
    expect(spot).to_contain_text("Tabriz: place of the gazetteer, not a feature")
    expect(root).to_have_attribute("data-selected", "horadiz-aghband-railway")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(spot).to_have_count(0)

    # Hostile words stay words; on a phone nothing is wider than the screen.
    page.set_viewport_size({"width": 390, "height": 844})
    _type(page, HOSTILE)
    expect(page.locator(".cmp-find img")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert outside.errors == []


def test_the_one_file_page_finds_without_a_server(
    page: Page, subject: Subject, tmp_path: Path, outside: Recorded
) -> None:
    made = export(subject.corridor, default_view(subject.corridor), ExportOptions(format="html"))
    file = tmp_path / "map.html"
    file.write_bytes(made.body)
    page.context.set_offline(True)
    open_map(page, file.as_uri())
    root = page.locator("[data-ready]")
    data = page.locator("#corridormap-document").text_content() or ""
    claim = json.loads(data)["claims"][0]
    _type(page, "Астара")
    expect(page.locator('[data-hit^="feature/"]').first).to_be_visible()
    page.get_by_role("combobox", name="Find").fill(claim["title"])
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-claim", claim["id"])
    source = json.loads(data)["sources"]
    one = next(s for s in source.values() if s.get("title"))
    _type(page, one["title"])
    page.locator('[data-hit^="source/"]').first.click()
    expect(page.locator(".cmp-bib-item.is-found")).to_be_visible()
    assert outside.errors == []
    assert outside.requests == []
