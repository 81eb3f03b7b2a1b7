"""Draw points, lines and areas on the map, and move what is there."""

from __future__ import annotations

import json
import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from shapely.geometry import Point

from corridormap.geo.outline.topojson import OutlineFile, read_topology
from tests.test_browser.editing import (
    choose,
    describe,
    free_spot,
    open_editor,
    press,
    sent,
    undo,
)
from tests.test_browser.journeys import BUILT_IN

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import Served

pytestmark = pytest.mark.browser


COPIED = BUILT_IN.name


def test_a_vertex_of_a_line_is_moved_and_only_that_vertex_changes(page: Page, own: Served) -> None:
    panel = open_editor(page, own)
    choose(panel, "horadiz-aghband-highway")
    before = panel.get_by_label("Coordinates").input_value().splitlines()
    press(panel, "Change on the map")()
    bar = page.locator(".cmf-bar")
    expect(bar).to_contain_text(re.compile(r"about \d+ km, 33 points"))
    vertices = page.locator(".leaflet-marker-icon.marker-icon:not(.marker-icon-middle)")
    expect(vertices).to_have_count(33)
    at = vertices.nth(5).bounding_box()
    assert at
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    page.mouse.move(at["x"] + 60, at["y"] + 70, steps=5)
    page.mouse.up()
    page.keyboard.press("Control+z")
    expect(bar.get_by_role("button", name="Undo last")).to_be_disabled()
    at = vertices.nth(5).bounding_box()
    assert at
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    page.mouse.move(at["x"] + 60, at["y"] + 70, steps=5)
    page.mouse.up()
    # Another panel is looked at meanwhile: what was drawn is kept.
    page.get_by_role("tab", name="Article").last.click()
    expect(bar).to_have_count(0)
    page.get_by_role("tab", name="Features").click()
    after = panel.get_by_label("Coordinates").input_value().splitlines()
    assert [i for i in range(33) if after[i] != before[i]] == [5]
    was = measured(page)
    (op,) = sent(page, press(panel, "Change"))
    assert len(op["feature"]["geometry"]["coordinates"]) == 33
    assert re.fullmatch("[0-9a-f]{16}", op["was"])
    expect(page.locator(".cmp-card")).not_to_contain_text(was)
    undo(page)
    expect(page.locator(".cmp-card")).to_contain_text(was)


def measured(page: Page) -> str:
    """Return the length on the map as the open card gives it."""
    text = page.locator(".cmp-card").inner_text()
    found = re.search(r"[\d.]+ km on the map", text)
    assert found, text
    return found.group()


def test_an_area_is_drawn_corner_by_corner(page: Page, own: Served) -> None:
    panel = open_editor(page, own)
    panel.get_by_role("button", name="New feature").click()
    describe(panel, "Free zone", "area")
    panel.get_by_label("Layer", exact=True).select_option("rasht-astara")
    press(panel, "Draw on the map")()
    bar = page.locator(".cmf-bar")
    x, y = free_spot(page)
    corners = [(x, y), (x + 90, y), (x + 90, y + 60), (x, y + 60)]
    for corner in corners:
        page.mouse.move(*corner)
        page.mouse.click(*corner)
    expect(bar).to_contain_text(re.compile(r"about [\d,.]+ km², [\d,.]+ km round, 4 points"))
    page.keyboard.press("Backspace")
    page.mouse.move(*corners[3])
    page.mouse.click(*corners[3])
    page.mouse.move(*corners[0])
    page.mouse.click(*corners[0])
    expect(bar).to_have_count(0)
    (op,) = sent(page, press(panel, "Add to the map"))
    (ring,) = op["feature"]["geometry"]["coordinates"]
    assert len(ring) == 5
    assert ring[0] == ring[-1]
    turn = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring))
    assert turn < 0, "GeoJSON wants its outer rings counter-clockwise"
    expect(page.locator('[data-feature="free-zone"]').first).to_be_attached()


def test_a_position_snaps_to_the_sign_of_another_feature(page: Page, own: Served) -> None:
    panel = open_editor(page, own)
    sign = page.locator('[data-feature="bilasuvar-bileh-savar-crossing"]').first
    at = sign.bounding_box()
    assert at
    panel.get_by_role("button", name="New feature").click()
    describe(panel, "Bridge at the crossing", "bridge")
    press(panel, "Draw on the map")()
    page.mouse.click(at["x"] + at["width"] / 2 + 5, at["y"] + at["height"] / 2 - 4)
    page.locator(".cmf-bar").get_by_role("button", name="Done").click()
    layer = json.loads((BUILT_IN / "layers" / "border-crossings.geojson").read_text("utf-8"))
    (crossing,) = [f for f in layer["features"] if f["id"] == "bilasuvar-bileh-savar-crossing"]
    lon, lat = crossing["geometry"]["coordinates"]
    expect(panel.get_by_label("Coordinates")).to_have_value(f"{lat}, {lon}".replace(".0,", ","))


def test_a_line_snaps_to_the_border(page: Page, own: Served) -> None:
    panel = open_editor(page, own, "/?layers=border-crossings")
    outline = BUILT_IN / "outline.topojson"
    border = read_topology(OutlineFile(outline.name, outline.read_bytes()))
    line = border.lines(border.borders["AZ", "IR"])
    # Between the two signs, with neither of them near.
    place = line.interpolate(line.project(Point(48.05, 39.52)))
    x, y = screen_place(page, place.x, place.y)
    panel.get_by_role("button", name="New feature").click()
    panel.get_by_label("Kind needed").select_option("road")
    press(panel, "Draw on the map")()
    for at in ((x + 4, y + 4), (x + 150, y + 90)):
        page.mouse.move(at[0] - 2, at[1] - 2)
        page.mouse.move(*at)
        page.mouse.click(*at)
    page.locator(".cmf-bar").get_by_role("button", name="Finish").click()
    lat, lon = panel.get_by_label("Coordinates").input_value().splitlines()[0].split(", ")
    apart_deg = line.distance(Point(float(lon), float(lat)))
    # A dot of the screen is half a kilometre here: by hand nobody comes so near.
    assert apart_deg * 111_000 < 100


def screen_place(page: Page, lon: float, lat: float) -> tuple[float, float]:
    """Return where a position is on the screen, reckoned from two signs."""
    known = {
        "bilasuvar-bileh-savar-crossing": (0.0, 0.0),
        "imishli-parsabad-crossing": (0.0, 0.0),
    }
    layer = json.loads((BUILT_IN / "layers" / "border-crossings.geojson").read_text("utf-8"))
    there = {f["id"]: f["geometry"]["coordinates"] for f in layer["features"] if f["id"] in known}
    for id_ in known:
        box = page.locator(f'[data-feature="{id_}"]').first.bounding_box()
        assert box
        known[id_] = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    (a, at_a), (b, at_b) = ((there[id_], known[id_]) for id_ in known)

    def north(degrees: float) -> float:
        return math.asinh(math.tan(math.radians(degrees)))

    share_x = (lon - a[0]) / (b[0] - a[0])
    share_y = (north(lat) - north(a[1])) / (north(b[1]) - north(a[1]))
    return at_a[0] + share_x * (at_b[0] - at_a[0]), at_a[1] + share_y * (at_b[1] - at_a[1])


def test_on_a_phone_the_map_is_free_while_one_draws(page: Page, own: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    panel = open_editor(page, own)
    panel.get_by_role("button", name="New feature").click()
    panel.get_by_label("Kind needed").select_option("road")
    press(panel, "Draw on the map")()
    expect(page.locator(".cmp-edit")).to_be_hidden()
    box = page.locator(".cmp-map").bounding_box()
    assert box
    assert box["height"] > 700
    for share in (0.4, 0.6, 0.8):
        page.mouse.click(box["x"] + 195, box["y"] + box["height"] * share)
    page.locator(".cmf-bar").get_by_role("button", name="Finish").click()
    expect(panel).to_be_visible()
    assert len(panel.get_by_label("Coordinates").input_value().splitlines()) == 3
    sizes = panel.locator("button:visible, .cmf-input:visible").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
