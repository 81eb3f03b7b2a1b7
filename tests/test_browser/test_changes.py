"""Compare two dates in the page: what changed is lit, told with its sources, and in the address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from corridormap.app.exporting.export import export
from corridormap.app.exporting.options import ExportOptions
from corridormap.layers.changes.dated import changed_features, changes_between, usual_dates
from corridormap.layers.scene.view import default_view
from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from corridormap.layers.changes.change import Change
    from tests.conftest import Recorded
    from tests.test_browser.subjects import Subject

pytestmark = pytest.mark.browser


def rows_on(subject: Subject, start: str, end: str) -> list[Change]:
    """Return what changed of the layers that the page opens with."""
    layer = {feature["id"]: feature["layer"] for feature in subject.document["features"]}
    rows = changes_between(subject.corridor, start, end)
    return [row for row in rows if layer[row.id] in subject.on]


def panel(page: Page) -> Locator:
    return page.get_by_role("tabpanel", name="Changes")


def entry(page: Page, row: Change) -> Locator:
    return panel(page).locator(f'[data-for="{row.id}"]')


def in_address(page: Page, key: str) -> str:
    return parse_qs(urlsplit(page.url).query).get(key, [""])[0]


def test_two_dates_are_compared_and_the_address_keeps_them(
    page: Page, home: str, subject: Subject, outside: Recorded
) -> None:
    start, end = usual_dates(subject.corridor)
    rows = rows_on(subject, start, end)
    changed = changed_features(subject.corridor, start, end)
    open_map(page, home)
    root = page.locator("[data-ready]")
    page.get_by_role("tab", name="Changes").click()
    expect(root).to_have_attribute("data-since", start)
    expect(root).to_have_attribute("data-date", end)
    for row in {row.id: row for row in rows}.values():
        expect(entry(page, row)).to_be_attached()
    told = panel(page).locator(".cmp-change:not(.is-told)")
    every = changes_between(subject.corridor, start, end)  # those of layers that are off too
    expect(told).to_have_count(sum(row.lights for row in every))
    # The sources are links, as elsewhere.
    source = subject.document["sources"][rows[0].sources[0]]
    if source.get("URL"):
        expect(panel(page).locator(f'a[href="{source["URL"]}"]').first).to_be_visible()
    # By the keyboard: the list is one stop, and Enter opens a card.
    first = next(row for row in rows if row.id in changed)
    entry(page, first).focus()
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-selected", first.id)
    page.wait_for_url(re.compile(f"since={start}.*sel={first.id}"))
    page.reload()
    expect(root).to_have_attribute("data-since", start)
    expect(root).to_have_attribute("data-selected", first.id)
    assert (in_address(page, "since"), in_address(page, "date")) == (start, end)
    # Escape lets the feature go, and then the comparison.
    page.locator(f'[data-feature="{first.id}"]').first.focus()
    for selected, since in (("", start), ("", "")):
        page.keyboard.press("Escape")
        expect(root).to_have_attribute("data-selected", selected)
        expect(root).to_have_attribute("data-since", since)
    assert outside.errors == []


def test_other_dates_are_chosen_in_one_file_on_a_phone(
    page: Page, subject: Subject, tmp_path: Path, outside: Recorded
) -> None:
    made = export(subject.corridor, default_view(subject.corridor), ExportOptions(format="html"))
    file = tmp_path / "map.html"
    file.write_bytes(made.body)
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, file.as_uri())
    root = page.locator("[data-ready]")
    page.get_by_role("tab", name="Evidence").click()
    page.get_by_role("tab", name="Changes").click()
    for start, end in (("2018-01-01", "2020-12-31"), ("2024-01-01", "2025-12-31")):
        page.get_by_label(re.compile("^From")).fill(start)
        page.get_by_label(re.compile("^to")).fill(end)
        expect(root).to_have_attribute("data-date", end)
        expect(root).to_have_attribute("data-since", start)
        changed = len({row.id for row in rows_on(subject, start, end) if row.lights})
        noun = "feature" if changed == 1 else "features"
        expect(panel(page).get_by_role("status")).to_contain_text(f"{changed} {noun} changed")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    panel(page).get_by_role("button", name="Stop comparing").click()
    expect(root).to_have_attribute("data-since", "")
    # A choice puts the list behind another tab, and the focus nowhere: Escape goes on as ever.
    panel(page).get_by_role("button", name="Compare on the map").click()
    panel(page).locator("[data-for]").first.click()
    expect(root).not_to_have_attribute("data-selected", "")
    compared = root.get_attribute("data-since")
    assert compared
    for since in (compared, ""):
        page.keyboard.press("Escape")
        expect(root).to_have_attribute("data-selected", "")
        expect(root).to_have_attribute("data-since", since)
    assert outside.errors == []
