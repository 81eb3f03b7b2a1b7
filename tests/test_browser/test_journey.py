"""Walk through the page as a reader does, in real Chromium, with every outside request failed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.test_browser.journeys import ALL_ON, feature, open_map

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.conftest import Recorded
    from tests.test_browser.journeys import Served

pytestmark = pytest.mark.browser


def test_first_view_shows_corridor_article_and_legend(page: Page, served: Served) -> None:
    open_map(page, served.url)
    root = page.locator("[data-ready]")
    expect(root).to_have_attribute("data-layers", ALL_ON)
    expect(root).to_have_attribute("data-date", "2023-12-29")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Azerbaijan–Iran")
    expect(page.get_by_text("29 December 2023").first).to_be_visible()
    expect(page.get_by_role("link", name="Read it")).to_have_attribute(
        "href", re.compile("^https://caspiannews.com/")
    )
    for name in ("Border crossings", "Bridges", "Nakhchivan link", "Rasht–Astara railway"):
        expect(page.get_by_role("switch", name=name, exact=True)).to_be_checked()
    expect(page.get_by_role("switch", name="Context", exact=True)).not_to_be_checked()


def test_switch_acts_in_the_browser_before_any_answer(page: Page, served: Served) -> None:
    open_map(page, served.url)
    # Click and read in one task of the page: no message to the server can lie between.
    switch = page.get_by_role("switch", name="Bridges", exact=True)
    after = switch.evaluate(
        "box => { box.click(); return document.querySelector('[data-ready]').dataset.layers; }"
    )
    assert after == "border-crossings nakhchivan-link rasht-astara"
    expect(page.locator('[data-feature="astara-road-bridge-2023"]')).to_have_count(0)


def test_group_switch_turns_all_its_layers(page: Page, served: Served) -> None:
    open_map(page, served.url)
    page.get_by_role("checkbox", name="Routes", exact=True).uncheck()
    expect(page.locator("[data-ready]")).to_have_attribute(
        "data-layers", "border-crossings bridges"
    )
    page.get_by_role("checkbox", name="Routes", exact=True).check()
    expect(page.locator("[data-ready]")).to_have_attribute("data-layers", ALL_ON)


def test_bridge_card_tells_names_status_position_and_sources(page: Page, served: Served) -> None:
    open_map(page, served.url)
    feature(page, "aghband-kalaleh-road-bridge").press("Enter")
    expect(page.locator("[data-ready]")).to_have_attribute(
        "data-selected", "aghband-kalaleh-road-bridge"
    )
    card = page.get_by_role("region", name="Aghband–Kalaleh road bridge")
    expect(card).to_be_visible()
    expect(card.locator('[lang="az"]').first).to_be_visible()
    expect(card.locator('[lang="fa"]').first).to_be_visible()
    for words in ("Under construction", "374", "Approximate", "6 Oct 2023"):
        expect(card).to_contain_text(words)
    expect(card.get_by_role("link").first).to_be_attached()
    page.keyboard.press("Escape")
    expect(page.locator("[data-ready]")).to_have_attribute("data-selected", "")


def test_claim_flies_to_its_features_and_opens_the_first(page: Page, served: Served) -> None:
    open_map(page, served.url)
    page.get_by_role("button", name=re.compile("Work on the Aghband road bridge")).first.click()
    expect(page.locator("[data-ready]")).to_have_attribute(
        "data-selected", "aghband-kalaleh-road-bridge"
    )
    expect(feature(page, "aghband-kalaleh-road-bridge")).to_be_in_viewport()
    expect(page.get_by_role("region", name="Aghband–Kalaleh road bridge")).to_be_visible()


def test_reload_keeps_layers_extent_date_and_selection(page: Page, served: Served) -> None:
    open_map(page, served.url)
    page.get_by_role("switch", name="Rasht–Astara railway", exact=True).uncheck()
    feature(page, "julfa-jolfa-road-crossing").press("Enter")
    page.wait_for_url(re.compile("sel="))
    before = page.locator("[data-ready]")
    state = {name: before.get_attribute(f"data-{name}") for name in ("layers", "date", "selected")}
    extent = re.search(r"bbox=([^&]+)", page.url)
    assert extent
    address = page.url
    page.reload()
    expect(page.locator('[data-ready="true"]')).to_be_attached()
    after = page.locator("[data-ready]")
    assert {name: after.get_attribute(f"data-{name}") for name in state} == state
    assert page.url == address


def test_server_knows_the_view_on_the_screen(page: Page, served: Served) -> None:
    with page.expect_websocket() as opened:
        open_map(page, served.url)
    expect(page.locator(".corridormap-place .corridormap")).to_be_attached()

    def tells(frame: bytes | str) -> bool:
        # The view as Python gets it; the page's address is in the message too, and may lag.
        text = frame if isinstance(frame, bytes) else frame.encode()
        return b'"border-crossings","nakhchivan-link"' in text

    with opened.value.expect_event("framesent", tells):
        page.get_by_role("switch", name="Bridges", exact=True).uncheck()
    expect(page.locator("[data-ready]")).to_have_attribute(
        "data-layers", "border-crossings nakhchivan-link rasht-astara"
    )


def test_nothing_leaves_the_machine(page: Page, outside: Recorded, served: Served) -> None:
    open_map(page, served.url)
    page.get_by_role("switch", name="Bridges", exact=True).uncheck()
    assert outside.requests == []
    reached = served.connections.read_text(encoding="utf-8").splitlines()
    foreign = [line for line in reached if not re.search(r"127\.0\.0\.1|localhost|::1|/", line)]
    assert foreign == []


def test_bad_link_opens_the_default_view_with_a_notice(page: Page, served: Served) -> None:
    open_map(page, served.url + "/?bbox=north&layers=bridges,ferries&date=yesterday")
    expect(page.locator("[data-ready]")).to_have_attribute("data-date", "2023-12-29")
    expect(page.locator("[data-ready]")).to_have_attribute("data-layers", "bridges")
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("'yesterday' is not a date")
    notice.get_by_role("button", name="Details").click()
    expect(page.get_by_text("ferries").first).to_be_visible()
