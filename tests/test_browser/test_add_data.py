"""Add files to a corridor in the page: every format, with repairs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from shapely.geometry import Point

from tests.sweeping import SWEEP
from tests.test_browser.adding import PREFIX, add, describe, give, open_panel, switch
from tests.test_browser.journeys import BUILT_IN, feature, open_map
from tests.test_geo.test_formats.makers import (
    AREA,
    LINES,
    MAKERS,
    collection,
    frame,
)
from tests.test_geo.test_formats.makers import feature as geojson

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    from playwright.sync_api import Page, Request

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser


COPIED = BUILT_IN.name


PLACES = [Point(48.8718, 38.4402), Point(48.1, 39.2), Point(45.6, 38.9)]


FAMILIES = {
    "json": ("GeoJSON", "TopoJSON"),
    "packed": ("GeoPackage", "FlatGeobuf", "Shapefile", "loose Shapefile"),
    "markup": ("KML", "KMZ", "GPX"),
    "tables": ("GeoParquet", "CSV"),
}


# Several files, and one that says nothing of its system: that all are read is proven without a
# browser.
GIVEN = FAMILIES if SWEEP else {"two of them": ("loose Shapefile", "CSV")}


BOW = [[47.2, 39.1], [47.9, 39.7], [47.9, 39.1], [47.2, 39.7], [47.2, 39.1]]


def named(form: str) -> gpd.GeoDataFrame:
    """Return three points that no other sign is near; their names tell the format."""
    x = 46.0 + 0.25 * [form for forms in FAMILIES.values() for form in forms].index(form)
    shapes = [Point(x, y) for y in (38.1, 37.9, 37.7)]
    return frame(*shapes, name=[f"{form} {end}" for end in ("<b>one</b>", "دو", "3")])


def made(form: str, folder: Path) -> list[Path]:
    """Write the points as a file, or as several."""
    if form != "loose Shapefile":
        return [MAKERS[form](named(form), folder)]
    named(form).to_file(folder / "loose.shp", engine="pyogrio", encoding="UTF-8")
    return sorted(folder.glob("loose.*"))


@pytest.mark.parametrize("family", GIVEN)
def test_each_format_becomes_a_layer_like_any_other(
    *, page: Page, own: Served, folder: Path, tmp_path: Path, outside: Recorded, family: str
) -> None:
    assert (folder / "corridor.toml").is_file()
    panel = open_panel(page, own)
    for form in GIVEN[family]:
        files = tmp_path / form
        files.mkdir()
        give(panel, *made(form, files))
        if form == "CSV":  # text of coordinates says nothing of its system
            panel.get_by_label("Find by name or EPSG code").fill("4326")
            panel.get_by_role("button", name=re.compile("EPSG:4326 WGS 84")).first.click()
        title = f"Made as {form}"
        describe(panel, title)
        # Some formats have ids of their own.
        panel.get_by_label("Ids come from").select_option(label="name")
        expect(panel.get_by_text("3: 3 points")).to_be_visible()
        assert page.locator(".cmp-add-shape").count() == 3
        add(panel, title)
        assert page.locator(".cmp-add-shape").count() == 0
        expect(switch(page, title)).to_be_checked()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nothing to save")).to_be_visible()
    open_map(page, f"{own.url}/?bbox=45.5,37.4,49,38.4")
    for form in GIVEN[family]:
        expect(switch(page, f"Made as {form}")).to_be_checked()
        id_ = f"{form.lower().replace(' ', '-')}-b-one-b"
        feature(page, id_).press("Enter")
        expect(page.get_by_role("heading", name=f"{form} <b>one</b>")).to_be_visible()
        page.keyboard.press("Escape")
        layer = f"made-as-{form.lower().replace(' ', '-')}"
        query = f"layers={layer}&date=2023-12-29&bbox=45,37,50,40"
        picture = page.request.get(f"{own.url}{PREFIX}/snapshot.svg?{query}", max_retries=1).text()
        assert f'id="layer-{layer}' in picture
        assert f'id="{id_}"' in picture
    assert outside.requests == []


def test_undo_takes_a_layer_away_and_redo_brings_it_back(page: Page, own: Served) -> None:
    panel = open_panel(page, own)
    give(panel, ("posts.csv", b"name,lon,lat\nPost,48,38\n"))
    describe(panel, "Undone posts")
    add(panel, "Undone posts")
    expect(switch(page, "Undone posts")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(switch(page, "Undone posts")).to_have_count(0)
    page.get_by_role("button", name="Redo", exact=True).click()
    expect(switch(page, "Undone posts")).to_be_visible()


def broken() -> tuple[str, bytes]:
    """Return a file with one of many faults a feature."""
    zone = {"type": "Polygon", "coordinates": [BOW]}
    twice = {"type": "LineString", "coordinates": [[48.2, 38.3], [48.2, 38.3], [48.6, 38.9]]}
    features = [
        geojson(zone, name="Zone"),
        geojson(twice, name="Road"),
        geojson({"type": "Point", "coordinates": [38.44, 48.87]}, name="Post"),
        geojson(None, name="Nowhere"),
    ]
    return "broken.geojson", json.dumps(collection(*features)).encode()


def test_repairs_are_shown_and_decided_one_by_one(page: Page, own: Served) -> None:
    panel = open_panel(page, own)
    give(panel, broken())
    expect(panel.get_by_role("heading", name="Repairs: 4 to decide")).to_be_visible()
    all_at_once = panel.get_by_role("button", name="Accept all")
    button = panel.get_by_role("button", name="Add the layer")
    expect(all_at_once).to_be_disabled()
    expect(button).to_be_disabled()
    expect(panel.get_by_text("Left out of what is added:")).to_be_visible()
    expect(panel.get_by_text("Feature 4: it is left out: it has no position.")).to_be_visible()
    order = ["Swapped axes", "Doubled points", "Outline crosses itself"]
    for title, answer, state in zip(
        order,
        ["Accept", "Keep as it is", "Accept"],
        ["Accepted", "Kept as it is", "Accepted"],
        strict=True,
    ):
        entry = panel.get_by_role("listitem").filter(has_text=title)
        for picture in entry.get_by_role("img").all():
            expect(picture).to_be_visible()
        assert entry.get_by_role("img").count() == 2
        entry.get_by_role("button", name=answer, exact=True).click()
        expect(entry).to_contain_text(state)
    expect(button).to_be_disabled()
    expect(all_at_once).to_be_enabled()
    all_at_once.click()
    expect(button).to_be_enabled()
    panel.get_by_label("Status", exact=True).select_option(label="Operating")
    panel.get_by_label("Status since").fill("2023")
    describe(panel, "Mended")
    ops: list[Any] = []
    page.on("request", lambda sent: _remember(sent, ops))
    add(panel, "Mended")
    (layer,) = [op for op in ops if op["op"] == "add_layer"]
    shapes = {each["properties"]["name"]: each["geometry"] for each in layer["features"]}
    assert list(shapes) == ["Zone", "Road", "Post"]
    assert shapes["Zone"]["type"] == "MultiPolygon"
    assert len(shapes["Road"]["coordinates"]) == 3  # left as it is
    assert shapes["Post"]["coordinates"] == [48.87, 38.44]
    expect(panel.get_by_text("The outline crosses or touches itself")).to_be_visible()


def _remember(sent: Request, ops: list[Any]) -> None:
    if sent.url.endswith("/edit/draft"):
        ops += json.loads(sent.post_data or "{}")["ops"]


def test_a_layer_of_the_file_and_its_system_are_asked_for(
    page: Page, own: Served, tmp_path: Path
) -> None:
    panel = open_panel(page, own)
    path = tmp_path / "two.gpkg"
    frame(*LINES).to_file(path, layer="roads & lanes", engine="pyogrio")
    frame(AREA).to_file(path, layer="zones", engine="pyogrio")
    give(panel, path)
    expect(panel.get_by_text("The file holds 2 layers. Which one?")).to_be_visible()
    panel.get_by_label("roads & lanes (2 features)").check()
    expect(panel.get_by_text("2: 2 lines")).to_be_visible()
    panel.get_by_label("zones (1 feature)").check()
    expect(panel.get_by_text("1: 1 area")).to_be_visible()
    panel.get_by_role("button", name="Do not add it").click()
    expect(page.locator(".cmp-add-shape")).to_have_count(0)
    projected = frame(*PLACES).to_crs(32638)
    give(panel, MAKERS["FlatGeobuf"](frame(*projected.geometry, crs=None), tmp_path))
    expect(panel.get_by_role("alert")).to_contain_text(
        "The file does not say in which coordinate system its positions are."
    )
    panel.get_by_role("button", name="EPSG:32638 WGS 84 / UTM zone 38N").click()
    expect(panel.get_by_text("EPSG:32638 (WGS 84 / UTM zone 38N), as you chose")).to_be_visible()
    expect(panel.get_by_text("Transformed to longitude and latitude")).to_be_visible()
    assert page.locator(".cmp-add-shape").count() == 3


def test_the_encoding_and_the_columns_of_a_table_are_asked_for(page: Page, own: Served) -> None:
    panel = open_panel(page, own)
    give(panel, ("posts.csv", "ort;rechts;hoch\nМост через Аракс;48;38\n".encode("cp1251")))
    expect(panel.get_by_text("In which of these can you read it?")).to_be_visible()
    panel.get_by_role("button", name="Cyrillic (Windows-1251)").click()
    panel.get_by_label("Longitude (east)").select_option("rechts")
    button = panel.get_by_role("button", name="Read these columns")
    expect(button).to_be_disabled()
    panel.get_by_label("Latitude (north)").select_option("hoch")
    button.click()
    expect(panel.get_by_role("cell", name="Мост через Аракс")).to_be_visible()
    expect(panel.get_by_text("1: 1 point", exact=True)).to_be_visible()


def test_what_is_missing_is_said_at_its_field(page: Page, own: Served) -> None:
    panel = open_panel(page, own)
    line = {"type": "LineString", "coordinates": [[48, 38], [49, 39]]}
    give(panel, ("x.geojson", json.dumps(collection(geojson(line, code="A"))).encode()))
    panel.get_by_role("button", name="Add the layer").click()
    names = panel.get_by_label("Names come from")
    expect(names).to_be_focused()
    for said in (
        "Choose the column that holds the names.",
        "Write a number of metres.",
        "Write who published it.",
    ):
        expect(panel.get_by_text(said)).to_be_visible()
    # A source may have no address, but not half of one.
    half = "Write an address that begins with https://, or nothing if there is none."
    expect(panel.get_by_text(half)).to_be_hidden()
    panel.get_by_label("Web address").fill("example.org/roads")
    panel.get_by_text("The layer's id").click()
    panel.get_by_label("Id", exact=True).fill("bridges")
    panel.get_by_role("button", name="Add the layer").click()
    expect(panel.get_by_text("A layer has this id already.")).to_be_visible()
    expect(panel.get_by_text(half)).to_be_visible()


def test_a_thousand_columns_can_be_searched_and_left_out(page: Page, own: Served) -> None:
    point = {"type": "Point", "coordinates": [48, 38]}
    many = geojson(point, name="Post", **{f"column {n} مقدار": f"value {n}" for n in range(999)})
    panel = open_panel(page, own)
    give(panel, ("wide.geojson", json.dumps(collection(many)).encode()))
    expect(panel.get_by_text("1,000 columns, the first 12 are shown.")).to_be_visible()
    panel.get_by_label("Find a column", exact=True).fill("777")
    expect(panel.get_by_role("cell", name="value 777")).to_be_visible()
    expect(panel.get_by_text("1,000 columns, 1 found.")).to_be_visible()
    panel.get_by_label("Find a column", exact=True).fill("column")
    panel.get_by_role("button", name="Leave these out").click()
    expect(panel.get_by_text("1 kept")).to_be_visible()
    panel.get_by_label("Find a column: names come from").fill("99 ")
    assert panel.get_by_label("Names come from", exact=True).locator("option").count() == 20
    panel.get_by_label("Find a column: names come from").fill("name")
    panel.get_by_label("Names come from", exact=True).select_option(label="name")
    describe(panel, "Wide")
    ops: list[Any] = []
    page.on("request", lambda sent: _remember(sent, ops))
    add(panel, "Wide")
    (layer,) = [op for op in ops if op["op"] == "add_layer"]
    assert "column 5 مقدار" not in layer["features"][0]["properties"]


def test_files_can_be_dropped_and_wait_for_each_other(page: Page, own: Served) -> None:
    panel = open_panel(page, own)
    page.evaluate(
        """() => {
          const files = new DataTransfer();
          files.items.add(new File(["name,lon,lat\\na,48,38\\n"], "first.csv"));
          files.items.add(new File(["name,lon,lat\\nb,48,38\\n"], "second.csv"));
          const there = document.querySelector(".leaflet-container");
          const event = { dataTransfer: files, bubbles: true, cancelable: true };
          there.dispatchEvent(new DragEvent("dragover", event));
          there.dispatchEvent(new DragEvent("drop", event));
        }"""
    )
    expect(panel.get_by_role("heading", name="first.csv")).to_be_visible()
    expect(panel.get_by_text("After this: second.csv")).to_be_visible()
    panel.get_by_role("button", name="Do not add it").click()
    expect(panel.get_by_role("heading", name="second.csv")).to_be_visible()
    expect(page.get_by_text("No view could be read")).to_have_count(0)
