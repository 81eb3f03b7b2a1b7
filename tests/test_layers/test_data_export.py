"""The data for other programs: each file is opened again by what reads its format."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import re
import sqlite3
import zipfile
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest
import shapely
from hypothesis import given as examples
from hypothesis import strategies as st

from corridormap.geo.errors import RenderError
from corridormap.geo.geojson import properties_of
from corridormap.layers.corridor.annotation import read_annotations
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.exports.archive import zip_of
from corridormap.layers.exports.data import data_files, write_folder
from corridormap.layers.exports.feature_table import safe_cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from corridormap.layers.corridor.corridor import Corridor

DATE = "2023-12-29"
KML = "{http://www.opengis.net/kml/2.2}"


@cache
def built_in() -> Corridor:
    return load_corridor(find_corridor("azerbaijan-iran"))


@cache
def files() -> Mapping[str, bytes]:
    return data_files(built_in(), DATE)


def count(corridor: Corridor) -> int:
    return sum(len(layer.features) for layer in corridor.layers)


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def placemarks(body: bytes) -> list[ET.Element]:
    return ET.fromstring(body).findall(f".//{KML}Placemark")  # noqa: S314 - our own file


def test_everything_is_there_and_the_readme_comes_first() -> None:
    assert list(files()) == [
        "README.txt",
        "annotations.jsonld",
        "azerbaijan-iran.gpkg",
        "azerbaijan-iran.kml",
        "azerbaijan-iran.xlsx",
        "datapackage.json",
        "features.csv",
        "layers/border-crossings.geojson",
        "layers/border-crossings.parquet",
        "layers/bridges.geojson",
        "layers/bridges.parquet",
        "layers/context.geojson",
        "layers/context.parquet",
        "layers/facilities.geojson",
        "layers/facilities.parquet",
        "layers/nakhchivan-link.geojson",
        "layers/nakhchivan-link.parquet",
        "layers/rasht-astara.geojson",
        "layers/rasht-astara.parquet",
        "promises.csv",
        "sources.bib",
        "sources.json",
    ]


def test_the_geopackage_has_a_table_for_each_layer(tmp_path: Path) -> None:
    path = tmp_path / "out.gpkg"
    path.write_bytes(files()["azerbaijan-iran.gpkg"])
    corridor = built_in()
    assert [name for name, _ in pyogrio.list_layers(path)] == [
        *(layer.id for layer in corridor.layers),
        "layer_styles",
    ]
    for layer in corridor.layers:
        frame = gpd.read_file(path, layer=layer.id)
        assert frame.crs is not None
        assert frame.crs.to_epsg() == 4326
        assert list(frame["id"]) == list(layer.features)
        for shape, id_ in zip(frame.geometry, frame["id"], strict=True):
            assert shapely.equals_exact(shape, layer.frame.geometry.loc[id_], 1e-9)


def test_geojson_is_rfc_7946_with_the_features_of_the_layer() -> None:
    for layer in built_in().layers:
        data = json.loads(files()[f"layers/{layer.id}.geojson"])
        assert data["type"] == "FeatureCollection"
        assert "crs" not in data
        assert [feature["id"] for feature in data["features"]] == list(layer.features)
        given = properties_of(layer.frame)
        for feature in data["features"]:
            shape = shapely.from_geojson(json.dumps(feature["geometry"]))
            assert shapely.equals_exact(
                shapely.normalize(shape),
                shapely.normalize(layer.frame.geometry.loc[feature["id"]]),
                1e-6,
            )
            kept = {**feature["properties"], **given[feature["id"]]}
            assert feature["properties"] == {**kept, "status": kept["status"]}
            for part in shapely.get_parts(shape):
                if part.geom_type == "Polygon":
                    assert part.exterior.is_ccw


def test_every_feature_of_geojson_has_a_style_by_simplestyle() -> None:
    color = re.compile(r"#[0-9a-f]{6}")
    styles = {}
    for layer in built_in().layers:
        for feature in json.loads(files()[f"layers/{layer.id}.geojson"])["features"]:
            said = feature["properties"]
            styles[feature["id"]] = said
            kind = feature["geometry"]["type"]
            if kind in {"Point", "MultiPoint"}:
                assert color.fullmatch(said["marker-color"])
                assert said["marker-size"] in {"small", "medium", "large"}
            else:
                assert color.fullmatch(said["stroke"])
                assert said["stroke-width"] > 0
                assert 0 < said["stroke-opacity"] <= 1
            if kind in {"Polygon", "MultiPolygon"}:
                assert color.fullmatch(said["fill"])
                assert 0 < said["fill-opacity"] < 1
    assert styles["astara-road-bridge-2023"]["marker-color"] == "#d1480a"
    assert styles["rasht-astara-railway"]["stroke"] == "#00786c"
    assert styles["astara-road-bridge-2023"]["status"] == "construction"


def test_kml_has_a_folder_for_each_layer_and_opens_in_geopandas(tmp_path: Path) -> None:
    path = tmp_path / "out.kml"
    path.write_bytes(files()["azerbaijan-iran.kml"])
    found = {name: len(gpd.read_file(path, layer=name)) for name, _ in pyogrio.list_layers(path)}
    assert found["Bridges"] == 11
    assert sum(found.values()) == count(built_in())
    styles = set(re.findall(r'<Style id="([^"]+)"', path.read_text()))
    used = set(re.findall(r"<styleUrl>#([^<]+)</styleUrl>", path.read_text()))
    assert used == styles
    # Opacity, blue, green, red: the bridges' #d1480a the other way round.
    assert "<color>ff0a48d1</color>" in path.read_text()


def test_csv_has_a_row_for_each_feature_and_says_that_it_is_utf_8() -> None:
    body = files()["features.csv"]
    assert body.startswith(b"\xef\xbb\xbf")
    listed = rows(body)
    assert len(listed) == count(built_in())
    bridge = next(row for row in listed if row["id"] == "astara-road-bridge-2023")
    assert bridge["layer"] == "bridges"
    assert bridge["status"] == "construction"
    assert bridge["name_fa"] == "آستارا"
    assert float(bridge["lon"]) == 48.8407
    assert float(bridge["uncertainty_m"]) == 60
    assert bridge["sources"].split("; ")[0] == "S4"
    assert shapely.from_wkt(bridge["wkt"]).equals(shapely.Point(48.8407, 38.4524))
    assert all(len(cell) <= 32_767 for row in listed for cell in row.values())


def test_annotations_and_sources_come_out_as_they_were_read() -> None:
    folder = built_in().folder
    page = json.loads(files()["annotations.jsonld"])
    items = json.loads((folder / "annotations.jsonld").read_text())["items"]
    for item in items:
        for target in item["target"]:
            if isinstance(target["selector"], dict):  # JSON-LD: one is a list of one
                target["selector"] = [target["selector"]]
    base = "urn:corridormap:azerbaijan-iran:"
    for item in items:
        item["id"] = f"{base}annotations:{item['id']}"
        for target in item["target"]:
            if not target["source"].startswith("http"):
                target["source"] = f"{base}{target['source']}"
    assert page["items"] == items
    # Our own reader knows the features again.
    again, findings = read_annotations(files()["annotations.jsonld"], file="a")
    assert findings == ()
    assert [one.features for one in again] == [one.features for one in built_in().annotations]
    sources = json.loads(files()["sources.json"])
    assert sources == json.loads((folder / "sources.json").read_text())
    keys = re.findall(r"^@\w+\{(.+),$", files()["sources.bib"].decode(), flags=re.MULTILINE)
    assert keys == [source["id"] for source in sources]


def test_annotations_have_what_the_model_of_w3c_must_have() -> None:
    page = json.loads(files()["annotations.jsonld"])
    absolute = re.compile(r"(https?|urn):\S+")
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (page["type"], page["partOf"]["type"]) == ("AnnotationPage", "AnnotationCollection")
    assert page["partOf"]["first"] == page["id"]
    assert page["partOf"]["total"] == len(page["items"])
    inner = page["@context"][1]["claim"]["@context"]
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == len(ids)
    for address in (page["id"], page["partOf"]["id"], inner["@vocab"], *ids):
        assert absolute.fullmatch(address)
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["body"]["type"] == "TextualBody"
        for target in item["target"]:
            assert target["type"] == "SpecificResource"
            assert absolute.fullmatch(target["source"])
            assert all(selector["type"].endswith("Selector") for selector in target["selector"])


def test_the_readme_names_licences_date_and_files() -> None:
    text = files()["README.txt"].decode()
    assert "29 December 2023" in text
    assert "ODbL 1.0" in text
    assert "© OpenStreetMap contributors" in text
    assert "features.csv" in text
    assert max(len(line) for line in text.splitlines()) < 110


def test_a_file_with_geometry_of_openstreetmap_names_licence_and_credit() -> None:
    layer = json.loads(files()["layers/rasht-astara.geojson"])
    assert layer["license"] == "ODbL-1.0"
    assert "© OpenStreetMap contributors" in layer["attribution"]
    kml = files()["azerbaijan-iran.kml"].decode()
    assert "<description>© OpenStreetMap contributors (ODbL)" in kml


def test_another_date_gives_another_status() -> None:
    later = rows(data_files(built_in(), "2024-02-01")["features.csv"])
    assert next(r for r in later if r["id"] == "astara-road-bridge-2023")["status"] == "operating"
    before = rows(data_files(built_in(), "1900-06-01")["features.csv"])
    assert len(before) == count(built_in())
    assert next(r for r in before if r["id"] == "astara-road-bridge-2023")["status"] == ""


def test_the_zip_repeats_byte_by_byte_and_holds_one_folder() -> None:
    one = zip_of(files(), "azerbaijan-iran")
    assert one == zip_of(data_files(built_in(), DATE), "azerbaijan-iran")
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"azerbaijan-iran/{name}" for name in files()]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_folder_is_written_whole(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_folder(files(), folder)
    written = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert written == set(files())
    assert [child.name for child in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(RenderError, match="already something"):
        write_folder(files(), tmp_path)
    assert [child.name for child in tmp_path.iterdir()] == ["mine.txt"]


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    clash = {"a": b"file", "a/b": b"a file cannot be a folder"}
    with pytest.raises(RenderError, match="cannot be written"):
        write_folder(clash, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


HOSTILE = '=HYPERLINK("http://evil.example","x")</name><script>alert(1)</script>&amp;]]>'


def test_hostile_texts_stay_texts(tiny: Any) -> None:
    tiny.properties("north-bridge")["name"] = HOSTILE
    tiny.properties("north-bridge")["position_note"] = "+1\t-2"
    made = data_files(tiny.load(), "2023-06-01")
    row = next(r for r in rows(made["features.csv"]) if r["id"] == "north-bridge")
    assert row["name"] == f"'{HOSTILE}"
    assert row["position_note"] == "'+1 -2"
    mark = next(p for p in placemarks(made["tiny.kml"]) if p.get("id") == "north-bridge")
    assert mark.findtext(f"{KML}name") == HOSTILE
    assert b"<script" not in made["tiny.kml"]
    collection = json.loads(made["layers/bridges.geojson"])
    assert collection["features"][0]["properties"]["title"] == HOSTILE


@examples(st.one_of(st.text(), st.floats(allow_nan=False, allow_infinity=False)))
def test_no_text_is_a_formula_and_no_number_is_touched(cell: str | float) -> None:
    safe = safe_cell(cell)
    if isinstance(cell, float):
        assert safe == cell
    else:
        assert not str(safe).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert str(safe).removeprefix("'") == cell or safe == cell


def test_every_kind_of_shape_goes_through_all_formats(tiny: Any, tmp_path: Path) -> None:
    corridor = tiny.load()
    made = data_files(corridor, "2023-06-01")
    (tmp_path / "a.gpkg").write_bytes(made["tiny.gpkg"])
    (tmp_path / "a.kml").write_bytes(made["tiny.kml"])
    table = gpd.read_file(tmp_path / "a.gpkg", layer="ways").set_index("id").geometry
    drawn = gpd.read_file(tmp_path / "a.kml", layer="Ways")
    for identity, shape in table.items():
        want = next(layer for layer in corridor.layers if layer.id == "ways").frame.geometry
        assert shape.equals(want.loc[identity]), identity
    assert {shape.geom_type for shape in drawn.geometry} >= {"LineString", "Point", "Polygon"}
    assert "MultiPoint" in {shape.geom_type for shape in table}


def test_a_corridor_without_features_is_refused(tiny: Any) -> None:
    tiny.layers = {layer: [] for layer in tiny.layers}
    tiny.annotations = []
    with pytest.raises(RenderError, match="no feature to export"):
        data_files(tiny.load(), DATE)


PLACEMARK = ["name", "description", "styleUrl", "ExtendedData"]
SHAPES = {"Point", "LineString", "Polygon", "MultiGeometry"}
HOLDS = {
    "kml": ["Document"], "Document": ["name", "description", "Style", "Folder"],
    "Folder": ["name", "Placemark"], "Style": ["IconStyle", "LineStyle", "PolyStyle"],
    "Placemark": [*PLACEMARK, *SHAPES], "ExtendedData": ["Data"], "Data": ["value"],
    "IconStyle": ["color"], "LineStyle": ["color", "width"], "PolyStyle": ["color"],
    "Point": ["coordinates"], "LineString": ["tessellate", "coordinates"],
    "Polygon": ["outerBoundaryIs", "innerBoundaryIs"], "outerBoundaryIs": ["LinearRing"],
    "innerBoundaryIs": ["LinearRing"], "LinearRing": ["coordinates"],
    "MultiGeometry": sorted(SHAPES),
}  # fmt: skip
"""What may stand in an element of OGC KML 2.2, in the order that its schema wants."""


def test_kml_keeps_to_the_rules_of_its_schema(tiny: Any) -> None:
    tiny.feature("north-bridge")["id"] = "1-bridge"
    tiny.properties("north-crossing")["bridge"] = "1-bridge"
    tiny.annotations = []
    made = data_files(tiny.load(), "2023-06-01")["tiny.kml"]
    for body in (made, files()["azerbaijan-iran.kml"]):
        root = ET.fromstring(body)  # noqa: S314 - our own file
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", str(id_)) for id_ in ids)
        for element in root.iter():
            name = element.tag.removeprefix(KML)
            inside = [child.tag.removeprefix(KML) for child in element]
            order = HOLDS.get(name, [])
            places = [order.index(child) for child in inside]
            assert name == "MultiGeometry" or places == sorted(places), name
            if name == "color":
                assert re.fullmatch(r"[0-9a-f]{8}", str(element.text))


def test_no_description_of_kml_is_markup_even_where_it_is_read_as_html(tiny: Any) -> None:
    tiny.manifest = tiny.manifest.replace("Tiny corridor", "Tiny <b>corridor</b>")
    figure = {"quantity": "<img src=x onerror=alert(1)>", "value": 1, "unit": "$[x]<b>"}
    tiny.properties("north-bridge")["figures"] = [{**figure, "sources": ["S2"]}]
    root = ET.fromstring(data_files(tiny.load(), "2023-06-01")["tiny.kml"])  # noqa: S314
    told = [str(element.text) for element in root.iter(f"{KML}description")]
    assert any("onerror" in text for text in told)
    assert not any(mark in text for text in told for mark in ("<", ">", "$["))


def test_each_layer_of_the_geopackage_has_a_style_that_fits_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "out.gpkg"
    path.write_bytes(files()["azerbaijan-iran.gpkg"])
    with closing(sqlite3.connect(path)) as database:
        styles = database.execute(
            "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
        ).fetchall()
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        where = database.execute("SELECT table_name, column_name FROM gpkg_geometry_columns")
        assert {(table, column) for table, column, *_ in styles} == set(where.fetchall())
        for table, _, style, default in styles:
            assert default == 1
            root = ET.fromstring(style.partition("\n")[2])  # noqa: S314 - below its document type
            renderer = root.find("renderer-v2")
            assert renderer is not None
            listed = {one.get("value"): one.get("symbol") for one in renderer.iter("category")}
            symbols = {one.get("name"): one for one in renderer.iter("symbol")}
            assert set(listed.values()) == set(symbols)
            # The expression's own value, worked out by SQLite in place of QGIS.
            assert renderer.get("attr") == 'concat("kind", \'|\', "status")'
            rows = database.execute(f"SELECT kind || '|' || status FROM \"{table}\"")  # noqa: S608
            assert set(listed) <= {value for (value,) in rows}
            sort = {"marker": "0", "line": "1", "fill": "2"}
            kinds = {one.get("type") for one in symbols.values()}
            assert {sort[str(kind)] for kind in kinds} == {root.findtext("layerGeometryType")}
            for option in root.iter("Option"):
                if "color" in str(option.get("name")):
                    assert re.fullmatch(r"(\d{1,3},){3}\d{1,3}", str(option.get("value")))


def test_a_zip_of_any_corridor_opens_everywhere(tiny: Any) -> None:
    made = data_files(tiny.load(), DATE)
    with zipfile.ZipFile(io.BytesIO(zip_of(made, "tiny"))) as archive:
        for entry in archive.infolist():
            parts = entry.filename.split("/")
            assert entry.filename.isascii() or entry.flag_bits & 0x800
            assert all(re.fullmatch(r"[\w.-]+", part) and not part.endswith(".") for part in parts)
            assert entry.compress_type == zipfile.ZIP_DEFLATED
            assert "\\" not in entry.filename


def test_the_data_package_describes_every_file_by_its_rules() -> None:
    package = json.loads(files()["datapackage.json"])
    name = re.compile(r"[a-z0-9][a-z0-9._-]*")
    assert name.fullmatch(package["name"])
    listed = {one["path"]: one for one in package["resources"]}
    assert set(listed) == set(files()) - {"README.txt", "datapackage.json"}
    assert len({one["name"] for one in listed.values()}) == len(listed)
    for path, one in listed.items():
        assert name.fullmatch(one["name"])
        assert one["bytes"] == len(files()[path])
        assert one["hash"] == f"sha256:{hashlib.sha256(files()[path]).hexdigest()}"
    assert all(one["title"] for one in package["sources"])
    assert {one["name"] for one in package["licenses"]} >= {"ODbL-1.0"}
    for path in ("features.csv", "promises.csv"):
        one = listed[path]
        assert one["profile"] == "tabular-data-resource"
        fields = one["schema"]["fields"]
        table = rows(files()[path])
        assert [field["name"] for field in fields] == list(table[0])
        for field in fields:
            if field["type"] == "number":
                assert all(math.isfinite(float(r[field["name"]] or 0)) for r in table)
            elif field["type"] == "integer":
                assert all(not r[field["name"]] or int(r[field["name"]]) is not None for r in table)
