"""Walk through the page as a reader does, in real Chromium, with every outside request failed.

The journeys are shared among the corridors that come with the tool; `make sweep` walks all on each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.test_browser.journeys import feature, open_map
from tests.test_browser.subjects import shown

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.conftest import Recorded
    from tests.serving import Served
    from tests.test_browser.subjects import Subject

pytestmark = pytest.mark.browser


@pytest.mark.both_corridors
def test_first_view_shows_corridor_article_and_legend(
    page: Page, home: str, subject: Subject
) -> None:
    open_map(page, home)
    root = page.locator("[data-ready]")
    expect(root).to_have_attribute("data-layers", " ".join(subject.on))
    expect(root).to_have_attribute("data-date", subject.as_of)
    corridor, article = subject.document["corridor"], subject.document["article"]
    expect(page.get_by_role("heading", level=1)).to_contain_text(corridor["title"])
    expect(page.get_by_text(corridor["as_of_label"]).first).to_be_visible()
    expect(page.get_by_role("heading", name=article["title"])).to_be_visible()
    links = page.get_by_role("link", name="Read it")
    expect(links).to_have_count(1 if article["url"] else 0)
    if article["url"]:
        expect(links).to_have_attribute("href", article["url"])
    for layer in subject.document["layers"]:
        switch = page.get_by_role("switch", name=layer["title"], exact=True)
        expect(switch).to_be_checked(checked=layer["visible"])
    there = {
        f["id"]
        for f in subject.document["features"]
        if f["layer"] in subject.on and f["phases"][0]["since"] <= subject.as_of
    }
    told = [c for c in subject.document["claims"] if there.intersection(c["features"])]
    headline = page.locator(".cmp-headline-told")
    expect(headline).to_have_text(re.compile(rf"^{len(told)} statements? .+ on the map: \d"))
    the_map = page.locator(".cmp-map")
    before = the_map.bounding_box()
    for width, height in ((1440, 900), (1100, 700), (390, 844), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        # Whole, in as many lines as it needs.
        expect(headline).to_be_in_viewport(ratio=1)
        inside = "node => node.scrollHeight <= node.closest('.cmp-header').clientHeight"
        assert headline.evaluate(inside)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Hide all").click()
    expect(headline).to_have_text("")
    assert the_map.bounding_box() == before


def test_switch_acts_in_the_browser_before_any_answer(
    page: Page, home: str, subject: Subject
) -> None:
    open_map(page, home)
    off = subject.on[1]
    gone = shown(page, [f["id"] for f in subject.features(lambda f: f["layer"] == off)])
    # Click and read in one task of the page: no message to the server can lie between.
    switch = page.get_by_role("switch", name=subject.layer(off)["title"], exact=True)
    after = switch.evaluate(
        "box => { box.click(); return document.querySelector('[data-ready]').dataset.layers; }"
    )
    assert after == " ".join(layer for layer in subject.on if layer != off)
    expect(page.locator(f'[data-feature="{gone}"]')).to_have_count(0)


def test_group_switch_turns_all_its_layers(page: Page, home: str, subject: Subject) -> None:
    open_map(page, home)
    root = page.locator("[data-ready]")
    for group in subject.document["groups"]:
        if not set(group["layers"]) <= set(subject.on):
            continue
        box = page.get_by_role("checkbox", name=group["title"], exact=True)
        box.uncheck()
        rest = [layer for layer in subject.on if layer not in group["layers"]]
        expect(root).to_have_attribute("data-layers", " ".join(rest))
        box.check()
        expect(root).to_have_attribute("data-layers", " ".join(subject.on))


def test_card_tells_names_status_position_and_sources(
    page: Page, home: str, subject: Subject
) -> None:
    open_map(page, home)
    many = sorted(
        subject.features(lambda f: f["geometry"]["type"] == "Point"),
        key=lambda f: (len(f["names"]), len(f["history"])),
        reverse=True,
    )
    id_ = shown(page, [each["id"] for each in many])
    told = subject.feature(id_)
    feature(page, id_).press("Enter")
    expect(page.locator("[data-ready]")).to_have_attribute("data-selected", id_)
    card = page.get_by_role("region", name=told["name"])
    expect(card).to_be_visible()
    assert told["names"]
    for language, name in told["names"].items():
        expect(card.locator(f'[lang="{language}"]').first).to_have_text(name)
    phase = [each for each in told["phases"] if each["since"] <= subject.as_of][-1]
    words = (phase["status_label"], told["position"]["text"].split(",")[0])
    for said in (*words, *(event["date_label"] for event in told["history"])):
        expect(card).to_contain_text(said)
    expect(card.get_by_role("link").first).to_be_attached()
    page.keyboard.press("Escape")
    expect(page.locator("[data-ready]")).to_have_attribute("data-selected", "")


def test_claim_flies_to_its_features_and_opens_the_first(
    page: Page, home: str, subject: Subject
) -> None:
    open_map(page, home)
    claim = subject.claims[0]
    first = claim["features"][0]
    page.get_by_role("button", name=re.compile(re.escape(claim["text"]))).first.click()
    expect(page.locator("[data-ready]")).to_have_attribute("data-selected", first)
    expect(feature(page, first)).to_be_in_viewport()
    expect(page.get_by_role("region", name=subject.feature(first)["name"])).to_be_visible()


def test_reload_keeps_layers_extent_date_selection_and_language(
    page: Page, home: str, subject: Subject
) -> None:
    open_map(page, home)
    off = subject.on[-1]
    page.get_by_role("switch", name=subject.layer(off)["title"], exact=True).uncheck()
    rest = subject.features(lambda f: f["layer"] != off and f["geometry"]["type"] == "Point")
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_url(re.compile("bbox="))
    feature(page, shown(page, [each["id"] for each in rest])).press("Enter")
    page.get_by_role("combobox", name="Names", exact=True).select_option("fa")
    page.wait_for_url(re.compile("sel=.*lang=fa"))
    before = page.locator("[data-ready]")
    kept = ("layers", "date", "selected", "language")
    state = {name: before.get_attribute(f"data-{name}") for name in kept}
    assert re.search(r"bbox=([^&]+)", page.url)
    assert f"?c={subject.id}&" in page.url
    address = page.url
    page.reload()
    expect(page.locator('[data-ready="true"]')).to_be_attached()
    after = page.locator("[data-ready]")
    assert {name: after.get_attribute(f"data-{name}") for name in state} == state
    assert page.url == address


@pytest.mark.streamlit
def test_server_knows_the_view_on_the_screen(page: Page, home: str, subject: Subject) -> None:
    with page.expect_websocket() as opened:
        open_map(page, home)
    expect(page.locator(".corridormap-place .corridormap")).to_be_attached()
    off, *rest = subject.on
    wanted = ",".join(f'"{layer}"' for layer in rest).encode()

    def tells(frame: bytes | str) -> bool:
        # The view as Python gets it; the page's address is in the message too, and may lag.
        text = frame if isinstance(frame, bytes) else frame.encode()
        return b'"layers":[' + wanted + b"]" in text

    with opened.value.expect_event("framesent", tells):
        page.get_by_role("switch", name=subject.layer(off)["title"], exact=True).uncheck()
    expect(page.locator("[data-ready]")).to_have_attribute("data-layers", " ".join(rest))


@pytest.mark.streamlit
def test_nothing_leaves_the_machine(
    page: Page, home: str, subject: Subject, outside: Recorded, served: Served
) -> None:
    open_map(page, home)
    switch = page.get_by_role("switch", name=subject.layer(subject.on[0])["title"], exact=True)
    switch.uncheck()
    assert outside.requests == []
    assert served.outside() == []
