"""The saved page of the face in a real browser, from a file, with what a user added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import folium
import geopandas as gpd
import pytest
from playwright.sync_api import expect
from shapely.geometry import LineString, Point

import corridormap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser

READY = '.corridormap[data-ready="true"]'
LINE = gpd.GeoSeries([LineString([(46.0, 39.5), (48.0, 39.9)])], crs=4326)


@pytest.fixture
def opened(page: Page, outside: Recorded, tmp_path: Path) -> Page:
    """Return the page of two layers, saved with a marker and a line of the user's, and opened."""
    view = corridormap.open("azerbaijan-iran").at(layers=["bridges", "border-crossings"])
    built = view.explore()
    folium.Marker((39.9, 46.5), popup="Where <b>we</b> stood").add_to(built)
    red = folium.Icon(color="red", icon="train", prefix="fa")
    folium.Marker((37.6, 46.2), tooltip="Seen", icon=red).add_to(built)
    folium.GeoJson(LINE, style_function=lambda _: {"color": "#123456"}).add_to(built)
    file = tmp_path / "page.html"
    built.save(file)
    page.goto(file.as_uri())
    expect(page.locator(READY)).to_be_visible()
    assert outside.requests == []
    return page


def test_what_the_user_added_is_drawn(opened: Page, outside: Recorded) -> None:
    markers = opened.locator(".leaflet-marker-icon")
    expect(markers).to_have_count(2)
    for each in markers.all():
        assert each.evaluate("image => image.complete && image.naturalWidth > 0")
    expect(opened.locator('.leaflet-overlay-pane path[stroke="#123456"]')).to_have_count(1)
    markers.first.click()
    expect(opened.locator(".leaflet-popup-content b")).to_have_text("we")
    markers.last.hover()
    expect(opened.get_by_role("tooltip", name="Seen")).to_be_visible()
    assert (outside.requests, outside.errors) == ([], [])


def test_our_own_page_is_whole_beside_it(opened: Page, outside: Recorded) -> None:
    root = opened.locator(READY)
    expect(root).to_have_attribute("data-layers", "border-crossings bridges")
    expect(root).to_have_attribute("data-date", "2023-12-29")
    expect(opened.get_by_role("heading", name="What the article says")).to_be_visible()
    opened.get_by_role("switch", name="Bridges").click()
    expect(root).to_have_attribute("data-layers", "border-crossings")
    for tab in ("Checks", "Routes", "Sources"):
        opened.get_by_role("tab", name=tab).click()
        expect(opened.get_by_role("tabpanel", name=tab)).to_be_visible()
    assert (outside.requests, outside.errors) == ([], [])


def test_tiles_lie_below_the_signs_and_their_makers_are_named(
    page: Page, outside: Recorded, tmp_path: Path
) -> None:
    built = corridormap.open("azerbaijan-iran").explore()
    folium.TileLayer("https://tiles.example/{z}/{x}/{y}.png", attr="Tile makers").add_to(built)
    built.save(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    expect(page.locator(READY)).to_be_visible()
    expect(page.locator(".leaflet-control-attribution")).to_have_text("Tile makers")
    expect(page.locator(".leaflet-tile-pane img").first).to_be_attached()
    assert all(url.startswith("https://tiles.example/") for url in outside.requests)
    assert outside.requests  # tiles are the user's choice, and nothing else asks


def test_it_shows_in_the_frame_of_a_notebook(page: Page, outside: Recorded, tmp_path: Path) -> None:
    built = corridormap.open("azerbaijan-iran").explore(height_px=500)
    folium.Marker((39.9, 46.5)).add_to(built)
    file = tmp_path / "notebook.html"
    file.write_text(f"<!doctype html><body>{built._repr_html_()}</body>", encoding="utf-8")
    page.goto(file.as_uri())
    frame = page.frame_locator("iframe")
    expect(frame.locator(READY)).to_be_visible()
    expect(frame.locator(".leaflet-marker-icon")).to_be_visible()
    box = page.locator("iframe").bounding_box()
    assert box is not None
    assert box["height"] == 500
    assert (outside.requests, outside.errors) == ([], [])


def test_a_corridor_of_frames_is_served(
    launch: Callable[..., Served], page: Page, outside: Recorded, tmp_path: Path
) -> None:
    places = gpd.GeoDataFrame(
        {"name": ["Mill town"], "kind": "town", "position_quality": "exact", "uncertainty_m": 9,
         "status": "operating", "since": "1900"},
        geometry=[Point(10.5, 50.5)], crs=4326,
    )  # fmt: skip
    made = corridormap.from_layers({"places": places}, title="Tiny", countries=["DE"])
    served = launch(str(made.save(tmp_path / "tiny")))
    page.goto(served.url)
    expect(page.locator(READY)).to_be_visible()
    expect(page.get_by_role("switch", name="Places")).to_be_checked()
    expect(page.locator('[data-feature="mill-town"]').first).to_be_attached()
    assert (outside.requests, outside.errors) == ([], [])
