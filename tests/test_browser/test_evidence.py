"""Read both ways between text and map, and look behind every figure; all of it offline.

The journeys are shared among the corridors that come with the tool; `make sweep` walks all on each.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.test_browser.evidence import article, give_text, open_file, passages
from tests.test_browser.journeys import feature, open_map
from tests.test_browser.subjects import shown

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.conftest import Recorded
    from tests.test_browser.subjects import Subject

pytestmark = pytest.mark.browser

LOOKS = {
    "operating": "Operating",
    "construction": "Under construction",
    "planned": "Planned",
    "unused": "Not in use or historic",
}


def legend_rows(page: Page) -> Locator:
    """Return the rows of the legend that explain a status."""
    rows = page.get_by_role("region", name="Layers and legend").get_by_role("listitem")
    return rows.filter(has_text=re.compile(f"^({'|'.join(LOOKS.values())})$"))


def looks_at(subject: Subject, date: str) -> list[str]:
    """Return what the legend has to explain at a date, from the document alone."""
    looks = {
        [phase for phase in f["phases"] if phase["since"] <= date][-1]["look"]
        for f in subject.document["features"]
        if f["layer"] in subject.on and f["kind"] != "town" and f["phases"][0]["since"] <= date
    }
    return [text for look, text in LOOKS.items() if look in looks]


def in_words(date: str) -> str:
    """Return an ISO date as the page writes it in full."""
    day = dt.date.fromisoformat(date)
    return f"{day.day} {day:%B %Y}"


def button(page: Page, claim: dict[str, Any]) -> Locator:
    """Return the button of a claim in the list of claims."""
    return page.get_by_role("button", name=re.compile(re.escape(claim["text"]))).first


def about_a_point(subject: Subject) -> dict[str, Any]:
    """Return a claim whose first feature is a point."""
    return next(
        claim
        for claim in subject.claims
        if subject.feature(claim["features"][0])["geometry"]["type"] == "Point"
    )


def elsewhere(subject: Subject, id_: str) -> list[float]:
    """Return a corner of the corridor that is far from a point."""
    lon, lat = subject.feature(id_)["geometry"]["coordinates"]
    west, south, east, north = subject.document["corridor"]["extent"]
    width, height = (east - west) / 8, (north - south) / 8
    left = west if lon > (west + east) / 2 else east - width
    low = south if lat > (south + north) / 2 else north - height
    return [left, low, left + width, low + height]


def test_a_passage_lights_its_features_and_the_map_flies_there(
    page: Page, tmp_path: Path, subject: Subject
) -> None:
    claim = about_a_point(subject)
    first = claim["features"][0]
    open_file(page, tmp_path, of=subject, bbox=elsewhere(subject, first))
    give_text(page, article(of=subject))
    passages(page, claim["id"]).click()
    root = page.locator("[data-ready]")
    expect(root).to_have_attribute("data-claim", claim["id"])
    expect(root).to_have_attribute("data-selected", first)
    expect(feature(page, first)).to_be_in_viewport()
    expect(page.get_by_role("status")).to_contain_text(re.compile("features? lit"))
    assert page.locator(".leaflet-cm-dimmed-pane [data-feature], .cm-dimmed [data-feature]").count()
    expect(page.get_by_role("region", name=subject.feature(first)["name"])).to_be_visible()


def test_a_feature_lights_its_passages_and_the_text_scrolls_to_the_first(
    page: Page, tmp_path: Path, subject: Subject
) -> None:
    open_file(page, tmp_path, of=subject)
    give_text(page, article(of=subject))
    often = sorted(subject.features(lambda f: len(f["claims"]) > 2), key=lambda f: f["id"])
    id_ = shown(page, [each["id"] for each in often])
    feature(page, id_).press("Enter")
    about = [c["id"] for c in subject.document["claims"] if id_ in c["features"]]
    for claim in about:
        expect(passages(page, claim).first).to_have_attribute("aria-current", "true")
    lit = page.locator('mark[aria-current="true"]')
    expect(lit.first).to_be_in_viewport()
    said = lit.evaluate_all("nodes => nodes.map((node) => node.dataset.passage.split(' '))")
    assert all(set(ids) & set(about) for ids in said)


def test_a_passage_that_the_text_lost_is_listed_under_it(
    page: Page, tmp_path: Path, subject: Subject
) -> None:
    claim = about_a_point(subject)
    open_file(page, tmp_path, of=subject)
    give_text(page, article(skip=(claim["id"],), of=subject))
    expect(passages(page, claim["id"])).to_have_count(0)
    expect(page.get_by_role("heading", name="Not found in this text: 1 claim")).to_be_attached()
    button(page, claim).click()
    expect(page.get_by_text("Lost: this text has no such passage.")).to_be_visible()
    expect(page.locator("[data-ready]")).to_have_attribute("data-selected", claim["features"][0])


def test_hovering_previews_both_ways(page: Page, tmp_path: Path, subject: Subject) -> None:
    claim = about_a_point(subject)
    first = claim["features"][0]
    lon, lat = subject.feature(first)["geometry"]["coordinates"]
    # So near that no other sign speaks for it: the bridges of Astara are 400 m apart.
    open_file(page, tmp_path, of=subject, bbox=[lon - 0.06, lat - 0.04, lon + 0.06, lat + 0.04])
    give_text(page, article(of=subject))
    mark = passages(page, claim["id"])
    before = mark.evaluate("node => getComputedStyle(node).backgroundColor")
    mark.scroll_into_view_if_needed()
    rings = page.locator(f'.leaflet-container [stroke="{subject.document["palette"]["link"]}"]')
    feature(page, first).hover(force=True)
    expect(rings.first).to_be_attached()
    expect(mark).not_to_have_css("background-color", before)
    page.mouse.move(700, 20)
    expect(mark).to_have_css("background-color", before)
    expect(rings).to_have_count(0)
    mark.hover()
    expect(rings.first).to_be_attached()


def test_the_keyboard_alone_goes_from_passage_to_map_and_back(
    page: Page, tmp_path: Path, subject: Subject
) -> None:
    open_file(page, tmp_path, of=subject)
    give_text(page, article(of=subject))
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


def test_a_feature_that_the_article_never_mentions_says_so(
    page: Page, tmp_path: Path, subject: Subject
) -> None:
    never = subject.features(lambda f: not f["claims"])[0]["id"]
    open_file(page, tmp_path, of=subject, selected=never)
    expect(page.get_by_text("Not mentioned in the article")).to_be_visible()
    page.keyboard.press("Escape")
    feature(page, never).press("Enter")
    expect(page.get_by_role("status")).to_contain_text("not mentioned in the article")


def test_the_text_stays_on_this_machine_until_it_is_removed(
    page: Page, outside: Recorded, home: str, subject: Subject
) -> None:
    open_map(page, home)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    give_text(page, article(of=subject))
    expect(page.locator("mark[data-passage]").first).to_be_visible()
    page.reload()
    expect(page.locator('[data-ready="true"]')).to_be_attached()
    expect(page.locator("mark[data-passage]").first).to_be_visible()
    page.get_by_role("button", name="Remove the text").click()
    expect(page.locator("mark[data-passage]")).to_have_count(0)
    expect(button(page, subject.claims[0])).to_be_visible()
    assert not any("text of our own" in body for body in sent)
    assert outside.requests == []


def test_markup_in_the_text_stays_text(
    page: Page, tmp_path: Path, outside: Recorded, subject: Subject
) -> None:
    open_file(page, tmp_path, of=subject)
    text = f"<img src=x onerror=alert(1)> {article(of=subject)} <script>alert(2)</script>"
    give_text(page, text)
    expect(page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    assert page.locator("[data-ready] img[src='x']").count() == 0
    assert outside.errors == []


def test_the_date_control_follows_the_keyboard(
    page: Page, tmp_path: Path, subject: Subject
) -> None:
    open_file(page, tmp_path, of=subject)
    root = page.locator("[data-ready]")
    slider = page.get_by_role("slider", name="Date of the map")
    dates = subject.document["dates"]
    on = {f["id"] for f in subject.document["features"] if f["layer"] in subject.on}
    changes = [each["date"] for each in dates["changes"] if on & set(each["features"])]
    before = max(date for date in changes if date < subject.as_of)
    slider.press("ArrowLeft")
    expect(root).to_have_attribute("data-date", before)
    slider.press("ArrowRight")
    after = min((date for date in changes if date > before), default=before)
    expect(root).to_have_attribute("data-date", after)
    slider.press("PageDown")
    day = dt.date.fromisoformat(after)
    expect(root).to_have_attribute("data-date", re.compile(f"^{day.year - 1}-{day:%m}-"))
    slider.press("End")
    expect(root).to_have_attribute("data-date", dates["last"])
    slider.press("Home")
    first = root.get_attribute("data-date")
    assert first
    late = subject.features(
        lambda f: f["geometry"]["type"] == "Point" and f["phases"][0]["since"] > first
    )
    expect(page.locator(f'[data-feature="{late[0]["id"]}"]')).to_have_count(0)
    expect(legend_rows(page)).to_have_text(looks_at(subject, first))
    article_date, latest = dates["named"]
    page.get_by_role("button", name=latest["label"]).click()
    expect(page.locator(f'[data-feature="{late[0]["id"]}"]').first).to_be_attached()
    expect(legend_rows(page)).to_have_text(looks_at(subject, latest["date"]))
    assert looks_at(subject, first) != looks_at(subject, latest["date"])
    page.get_by_role("button", name=article_date["label"]).click()
    expect(root).to_have_attribute("data-date", subject.as_of)


def test_a_card_tells_the_history_with_its_sources(
    page: Page, tmp_path: Path, subject: Subject
) -> None:
    long = max(subject.features(lambda _: True), key=lambda f: len(f["history"]))
    open_file(page, tmp_path, of=subject, selected=long["id"])
    card = page.get_by_role("region", name=long["name"])
    events = card.get_by_role("listitem").filter(has=page.locator("time"))
    expect(events).to_have_count(len(long["history"]))
    for at in range(len(long["history"])):
        assert events.nth(at).get_by_role("link").count() >= 1
    told = [event["later"] for event in long["history"] if event["since"] <= subject.as_of]
    known = [f"({later['text']})" for later in told if later and later["since"] > subject.as_of]
    after = [event for event in long["history"] if event["since"] > subject.as_of]
    said = events.locator(".cmp-later:visible").all_text_contents()
    assert sorted(text.strip() for text in said) == sorted([*known, *["later:"] * len(after)])


def test_sources_differ_on_a_card_opens_the_check(
    page: Page, tmp_path: Path, subject: Subject
) -> None:
    told = subject.feature(subject.disputed[0])
    open_file(page, tmp_path, of=subject, selected=told["id"])
    card = page.get_by_role("region", name=told["name"])
    card.get_by_role("button", name="Sources differ").first.click()
    expect(page.get_by_role("tab", name="Checks")).to_have_attribute("aria-selected", "true")
    opened = page.get_by_role("button", expanded=True).filter(has_text=told["name"])
    expect(opened).to_be_in_viewport()
    panel = page.get_by_role("tabpanel", name="Checks")
    values = next(
        check["values"]
        for check in subject.document["checks"]
        if told["id"] in check["features"] and check["label"] == "Sources differ"
    )
    for value in values:
        expect(panel.get_by_text(value["text"]).filter(visible=True).first).to_be_visible()


def test_every_check_stands_in_the_table(page: Page, tmp_path: Path, subject: Subject) -> None:
    open_file(page, tmp_path, of=subject)
    claim = about_a_point(subject)
    button(page, claim).click()
    page.get_by_role("button", name="How checked").click()
    page.get_by_role("button", name="All checks in one table").click()
    table = page.get_by_role("dialog", name="All checks")
    expect(table).to_be_visible()
    checks = subject.document["checks"]
    expect(table.locator("tbody")).to_have_count(len(checks))
    heads = table.get_by_role("rowheader")
    for check in checks[:: max(1, len(checks) // 12)]:
        expect(heads.filter(has_text=check["text"]).first).to_contain_text(check["label"])
    expect(table.get_by_text("measured on the map").first).to_be_attached()
    page.keyboard.press("Escape")
    expect(table).to_be_hidden()
    expect(page.locator("[data-ready]")).to_have_attribute("data-claim", claim["id"])


def test_the_sources_are_listed_and_saved(page: Page, tmp_path: Path, subject: Subject) -> None:
    open_file(page, tmp_path, of=subject)
    page.get_by_role("tab", name="Sources").click()
    sources = subject.document["sources"]
    expect(page.get_by_role("heading", name=f"{len(sources)} sources")).to_be_visible()
    listed = page.get_by_role("tabpanel", name="Sources").get_by_role("listitem")
    expect(listed).to_have_count(len(sources))
    with page.expect_download() as download:
        page.get_by_role("button", name="CSL-JSON").click()
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert {entry["id"]: entry for entry in saved} == sources


def test_routes_tell_what_is_missing_at_the_date(
    page: Page, tmp_path: Path, subject: Subject
) -> None:
    open_file(page, tmp_path, of=subject)
    page.get_by_role("tab", name="Routes").click()
    panel = page.get_by_role("tabpanel", name="Routes")
    expect(panel).to_contain_text(f"on {in_words(subject.as_of)}")
    part = panel.get_by_role("button").filter(has_text=re.compile("railway|bridge")).first
    name = part.inner_text()
    part.click()
    chosen = page.locator("[data-ready]").get_attribute("data-selected")
    assert chosen
    assert subject.feature(chosen)["name"] in name
    latest = subject.document["dates"]["named"][1]
    page.get_by_role("button", name=latest["label"]).click()
    expect(panel).to_contain_text(f"on {in_words(latest['date'])}")
