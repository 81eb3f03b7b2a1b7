"""Read both ways between text and map, and look behind every figure; all of it offline."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.test_browser.evidence import article, document, give_text, open_file, passages
from tests.test_browser.journeys import feature, open_map

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.conftest import Recorded
    from tests.test_browser.journeys import Served

pytestmark = pytest.mark.browser

AGHBAND = "aghband-kalaleh-road-bridge"
RAILWAY = "rasht-astara-railway"


LOOKS = ("Operating", "Under construction", "Planned", "Not in use or historic")


def legend_rows(page: Page) -> Locator:
    """Return the rows of the legend that explain a status."""
    rows = page.get_by_role("region", name="Layers and legend").get_by_role("listitem")
    return rows.filter(has_text=re.compile(f"^({'|'.join(LOOKS)})$"))


def looks_at(date: str) -> list[str]:
    """Return what the legend has to explain at a date, from the document alone."""
    on = {layer["id"] for layer in document()["layers"] if layer["visible"]}
    looks = {
        [phase for phase in f["phases"] if phase["since"] <= date][-1]["look"]
        for f in document()["features"]
        if f["layer"] in on and f["kind"] != "town" and f["phases"][0]["since"] <= date
    }
    named = dict(zip(("operating", "construction", "planned", "unused"), LOOKS, strict=True))
    return [text for look, text in named.items() if look in looks]


def test_a_passage_lights_its_features_and_the_map_flies_there(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path, bbox=[48.5, 37.0, 50.0, 38.0])
    give_text(page, article())
    passages(page, "claim-aghband-start").click()
    root = page.locator("[data-ready]")
    expect(root).to_have_attribute("data-claim", "claim-aghband-start")
    expect(root).to_have_attribute("data-selected", AGHBAND)
    expect(feature(page, AGHBAND)).to_be_in_viewport()
    expect(page.get_by_role("status")).to_contain_text("features lit")
    assert page.locator(".leaflet-cm-dimmed-pane [data-feature], .cm-dimmed [data-feature]").count()
    expect(page.get_by_role("region", name="Aghband–Kalaleh road bridge")).to_be_visible()


def test_a_feature_lights_its_passages_and_the_text_scrolls_to_the_first(
    page: Page, tmp_path: Path
) -> None:
    open_file(page, tmp_path)
    give_text(page, article())
    feature(page, RAILWAY).press("Enter")
    about = [claim["id"] for claim in document()["claims"] if RAILWAY in claim["features"]]
    assert len(about) > 2
    for claim in about:
        expect(passages(page, claim).first).to_have_attribute("aria-current", "true")
    lit = page.locator('mark[aria-current="true"]')
    expect(lit.first).to_be_in_viewport()
    said = lit.evaluate_all("nodes => nodes.map((node) => node.dataset.passage.split(' '))")
    assert all(set(ids) & set(about) for ids in said)


def test_a_passage_that_the_text_lost_is_listed_under_it(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path)
    give_text(page, article(skip=("claim-aghband-start",)))
    expect(passages(page, "claim-aghband-start")).to_have_count(0)
    expect(page.get_by_role("heading", name="Not found in this text: 1 claim")).to_be_attached()
    lost = page.get_by_role("button", name=re.compile("Work on the Aghband road bridge"))
    lost.click()
    expect(page.get_by_text("Lost: this text has no such passage.")).to_be_visible()
    expect(page.locator("[data-ready]")).to_have_attribute("data-selected", AGHBAND)


def test_hovering_previews_both_ways(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path)
    give_text(page, article())
    mark = passages(page, "claim-aghband-start")
    before = mark.evaluate("node => getComputedStyle(node).backgroundColor")
    mark.scroll_into_view_if_needed()
    rings = page.locator(f'.leaflet-container [stroke="{document()["palette"]["link"]}"]')
    feature(page, AGHBAND).hover(force=True)
    expect(rings.first).to_be_attached()
    expect(mark).not_to_have_css("background-color", before)
    page.mouse.move(700, 20)
    expect(mark).to_have_css("background-color", before)
    expect(rings).to_have_count(0)
    mark.hover()
    expect(rings.first).to_be_attached()


def test_the_keyboard_alone_goes_from_passage_to_map_and_back(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path)
    give_text(page, article())
    marks = page.locator("mark[data-passage]")
    page.get_by_role("button", name="Remove the text").focus()
    page.keyboard.press("Tab")
    expect(marks.first).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(marks.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-ready]")).to_have_attribute("data-claim", re.compile("^claim-"))
    expect(marks.nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.locator("[data-ready]")).to_have_attribute("data-claim", "")
    expect(page.locator('mark[aria-current="true"]')).to_have_count(0)
    expect(marks.nth(1)).to_be_focused()


def test_a_feature_that_the_article_never_mentions_says_so(page: Page, tmp_path: Path) -> None:
    never = next(
        f["id"]
        for f in document()["features"]
        if not f["claims"] and f["layer"] == "border-crossings"
    )
    open_file(page, tmp_path, selected=never)
    expect(page.get_by_text("Not mentioned in the article")).to_be_visible()
    page.keyboard.press("Escape")
    feature(page, never).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("not mentioned in the article")


def test_the_text_stays_on_this_machine_until_it_is_removed(
    page: Page, outside: Recorded, served: Served
) -> None:
    open_map(page, served.url)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    give_text(page, article())
    expect(page.locator("mark[data-passage]").first).to_be_visible()
    page.reload()
    expect(page.locator('[data-ready="true"]')).to_be_attached()
    expect(page.locator("mark[data-passage]").first).to_be_visible()
    page.get_by_role("button", name="Remove the text").click()
    expect(page.locator("mark[data-passage]")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("Work on the Aghband road"))).to_be_visible()
    assert not any("text of our own" in body for body in sent)
    assert outside.requests == []


def test_markup_in_the_text_stays_text(page: Page, tmp_path: Path, outside: Recorded) -> None:
    open_file(page, tmp_path)
    give_text(page, f"<img src=x onerror=alert(1)> {article()} <script>alert(2)</script>")
    expect(page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    assert page.locator("[data-ready] img[src='x']").count() == 0
    assert outside.errors == []


def test_the_date_control_follows_the_keyboard(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path)
    root = page.locator("[data-ready]")
    slider = page.get_by_role("slider", name="Date of the map")
    slider.press("ArrowRight")
    expect(root).to_have_attribute("data-date", "2023-12-30")
    slider.press("ArrowLeft")
    slider.press("PageDown")
    expect(root).to_have_attribute("data-date", re.compile("^2022-12-"))
    slider.press("End")
    expect(root).to_have_attribute("data-date", document()["dates"]["last"])
    slider.press("Home")
    first = root.get_attribute("data-date")
    assert first
    gone = [
        f["id"]
        for f in document()["features"]
        if f["layer"] == "bridges" and f["phases"][0]["since"] > first
    ]
    assert AGHBAND in gone
    expect(page.locator(f'[data-feature="{AGHBAND}"]')).to_have_count(0)
    expect(legend_rows(page)).to_have_text(looks_at(first))
    page.get_by_role("button", name="Latest found").click()
    expect(page.locator(f'[data-feature="{AGHBAND}"]').first).to_be_attached()
    expect(legend_rows(page)).to_have_text(looks_at(document()["dates"]["last"]))
    assert looks_at(first) != looks_at(document()["dates"]["last"])
    page.get_by_role("button", name="As the article knew it").click()
    expect(root).to_have_attribute("data-date", "2023-12-29")


def test_a_card_tells_the_history_with_its_sources(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path, selected=AGHBAND)
    card = page.get_by_role("region", name="Aghband–Kalaleh road bridge")
    events = card.get_by_role("listitem").filter(has=page.locator("time"))
    told = next(f for f in document()["features"] if f["id"] == AGHBAND)["history"]
    expect(events).to_have_count(len(told))
    for at in range(len(told)):
        assert events.nth(at).get_by_role("link").count() >= 1
    expect(card.get_by_role("button", name="Sources differ").first).to_be_attached()


def test_sources_differ_on_a_card_opens_the_check(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path, selected=AGHBAND)
    card = page.get_by_role("region", name="Aghband–Kalaleh road bridge")
    card.get_by_role("button", name="Sources differ").first.click()
    expect(page.get_by_role("tab", name="Checks")).to_have_attribute("aria-selected", "true")
    opened = page.get_by_role("button", expanded=True).filter(
        has_text="Aghband–Kalaleh road bridge"
    )
    expect(opened).to_be_in_viewport()
    expect(page.get_by_text("374 m").first).to_be_visible()


def test_every_check_stands_in_the_table(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path)
    page.get_by_role("button", name=re.compile("Work on the Aghband road bridge")).click()
    page.get_by_role("button", name="How checked").click()
    page.get_by_role("button", name="All checks in one table").click()
    table = page.get_by_role("dialog", name="All checks")
    expect(table).to_be_visible()
    checks = document()["checks"]
    expect(table.locator("tbody")).to_have_count(len(checks))
    heads = table.get_by_role("rowheader")
    for check in checks[:: max(1, len(checks) // 12)]:
        expect(heads.filter(has_text=check["text"]).first).to_contain_text(check["label"])
    expect(table.get_by_text("measured on the map").first).to_be_attached()
    page.keyboard.press("Escape")
    expect(table).to_be_hidden()
    expect(page.locator("[data-ready]")).to_have_attribute("data-claim", "claim-aghband-start")


def test_the_sources_are_listed_and_saved(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path)
    page.get_by_role("tab", name="Sources").click()
    sources = document()["sources"]
    expect(page.get_by_role("heading", name=f"{len(sources)} sources")).to_be_visible()
    listed = page.get_by_role("tabpanel", name="Sources").get_by_role("listitem")
    expect(listed).to_have_count(len(sources))
    with page.expect_download() as download:
        page.get_by_role("button", name="CSL-JSON").click()
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert {entry["id"]: entry for entry in saved} == sources


def test_routes_tell_what_is_missing_at_the_date(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path)
    page.get_by_role("tab", name="Routes").click()
    panel = page.get_by_role("tabpanel", name="Routes")
    expect(panel).to_contain_text("on 29 December 2023")
    panel.get_by_role("button", name=re.compile("Aghband–Kalaleh road bridge")).first.click()
    expect(page.locator("[data-ready]")).to_have_attribute("data-selected", AGHBAND)
    page.get_by_role("button", name="Latest found").click()
    expect(panel).to_contain_text("on 9 March 2026")
