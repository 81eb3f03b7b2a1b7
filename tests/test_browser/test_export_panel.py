"""The panel of exports by itself: its keys, its sheet on a phone, and what it says of a failure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.test_browser.exporting import open_panel, panel, with_bare_previews
from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.serving import Served

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _bare(page: Page) -> None:
    with_bare_previews(page)


def hold(_route: Route) -> None:
    """Let a request wait for its answer for ever."""


FAILURES: tuple[tuple[dict[str, Any] | None, str], ...] = (
    ({"status": 400, "json": {"error": "The disk is full."}}, "The disk is full."),
    ({"status": 500, "body": "oops"}, "The server answered 500."),
    ({"status": 200, "body": "<html>proxy</html>"}, "What came is not a file of the form PDF."),
    (None, "The server does not answer."),
)


def test_an_export_that_fails_says_why_and_leaves_nothing(page: Page, served: Served) -> None:
    open_map(page, served.url)
    opened = open_panel(page)
    opened.get_by_role("radio", name="PDF").check()
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    answers = [answer for answer, _ in FAILURES]

    def fail(route: Route) -> None:
        answer = answers.pop(0)
        if answer:
            route.fulfill(**answer)
        else:
            route.abort("internetdisconnected")

    page.route(re.compile(r"snapshot\.pdf"), fail)
    for _, words in FAILURES:
        opened.get_by_role("button", name="Download").click()
        expect(page.get_by_role("alert")).to_contain_text(words)
        expect(opened.get_by_role("button", name="Download")).to_be_enabled()
        page.get_by_role("button", name="Dismiss the notice").click()
    assert downloads == []


def test_a_notice_can_be_read_and_dismissed_beside_the_panel(page: Page, served: Served) -> None:
    open_map(page, served.url + "/?date=yesterday")
    opened = open_panel(page)
    expect(page.get_by_role("alert")).to_contain_text("is not a date")
    page.get_by_role("button", name="Dismiss the notice").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(opened).to_be_visible()


def test_on_a_phone_a_failure_is_not_hidden_by_the_sheet(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, served.url)
    opened = open_panel(page)
    opened.get_by_role("radio", name="SVG").check()
    page.route(re.compile(r"snapshot\.svg"), lambda route: route.abort("internetdisconnected"))
    opened.get_by_role("button", name="Download").click()
    expect(opened).to_be_hidden()
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")


def test_an_export_can_be_stopped(page: Page, served: Served) -> None:
    open_map(page, served.url)
    opened = open_panel(page)
    opened.get_by_role("radio", name="SVG").check()
    page.route(re.compile(r"snapshot\.svg"), hold)
    opened.get_by_role("button", name="Download").click()
    expect(opened.get_by_role("progressbar", name="Drawing")).to_be_visible()
    with page.expect_event("requestfailed", lambda request: "snapshot.svg" in request.url):
        opened.get_by_role("button", name="Cancel").click()
    expect(opened.get_by_role("button", name="Download")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_last_choice_is_remembered(page: Page, served: Served) -> None:
    open_map(page, served.url)
    opened = open_panel(page)
    opened.get_by_role("combobox", name="Layout").select_option("story")
    opened.get_by_role("checkbox", name="Locator map").uncheck()
    page.reload()
    expect(page.locator('[data-ready="true"]')).to_be_attached()
    with page.expect_download() as download:
        page.get_by_role("button", name="Snapshot").click()
    assert download.value.suggested_filename == "azerbaijan-iran-2023-12-29-story.png"
    opened = open_panel(page)
    expect(opened.get_by_role("combobox", name="Layout")).to_have_value("story")
    expect(opened.get_by_role("checkbox", name="Locator map")).not_to_be_checked()


def test_on_a_phone_a_page_is_told_in_words(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, served.url)
    opened = open_panel(page)
    opened.get_by_role("radio", name="HTML").check()
    expect(opened.get_by_role("figure")).to_contain_text("A page that fits its window")


def test_on_a_phone_the_panel_is_a_sheet_that_keeps_the_focus(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, served.url)
    opened = open_panel(page)
    box = opened.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    for _ in range(30):
        page.keyboard.press("Tab")
        assert opened.evaluate(
            "node => node.contains(document.activeElement)"
            " || document.activeElement === document.body"
        )
    small = opened.locator("button:visible, select:visible, label:visible").evaluate_all(
        "nodes => nodes"
        ".filter(node => node.querySelector('input') || node.matches('button, select'))"
        ".map(node => [node.textContent, node.getBoundingClientRect().height])"
        ".filter(([, height]) => height < 43.5)"
    )
    assert small == []
    page.keyboard.press("Escape")
    expect(opened).to_be_hidden()
    expect(page.get_by_role("button", name="Export options")).to_be_focused()


def test_escape_closes_the_panel_and_nothing_else(page: Page, served: Served) -> None:
    open_map(page, served.url + "/?sel=aghband-kalaleh-road-bridge")
    button = page.get_by_role("button", name="Export options")
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(panel(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator("[data-ready]")).to_have_attribute(
        "data-selected", "aghband-kalaleh-road-bridge"
    )


def test_every_control_of_the_panel_has_a_name(page: Page, served: Served) -> None:
    open_map(page, served.url)
    controls = open_panel(page).locator("button, input:not([type=file]), select, textarea")
    names = controls.evaluate_all(
        "nodes => nodes.filter(node => node.checkVisibility()).map(node => node.ariaLabel"
        " || [...(node.labels || [])].map(label => label.textContent).join() || node.textContent)"
    )
    assert len(names) > 15
    assert all(name.strip() for name in names)
