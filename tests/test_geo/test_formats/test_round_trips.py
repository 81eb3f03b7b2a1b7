"""Every format, as another program writes it, comes in with its features as they were."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import shapely
from shapely.geometry import Point

from corridormap.geo.formats import (
    Choices,
    LayerChoiceError,
    MissingCrsError,
    read_any,
    read_upload,
)
from tests.test_geo.test_formats.makers import (
    AREA,
    EXTENT,
    LINES,
    MAKERS,
    NAMES,
    PAYLOADS,
    collection,
    feature,
    frame,
)

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

TITLES = {"KMZ": "KML"}
# GDAL writes KML with text only, GPX knows degrees only, JSON is degrees unless it says so.
PROJECTED = ["GeoJSON", "GeoPackage", "FlatGeobuf", "Shapefile", "GeoParquet"]
NO_AREAS = {"GPX"}


@pytest.mark.parametrize("form", MAKERS)
def test_points_and_names(form: str, tmp_path: Path) -> None:
    data = frame()
    got = read_any(MAKERS[form](data, tmp_path), extent=EXTENT, choices=Choices(crs=_said(form)))
    assert got.format == TITLES.get(form, form)
    assert got.geometry_types == {"Point": 3}
    assert [f.properties["name"] for f in got.features] == NAMES
    for made, shape in zip(got.features, data.geometry, strict=True):
        assert _same(made.geometry, shape)
    assert got.proposals == ()
    assert got.source_crs == "EPSG:4326 (WGS 84)"
    assert not got.transformed
    assert got.frame.crs == 4326
    assert list(got.frame["name"]) == NAMES


@pytest.mark.parametrize("form", MAKERS)
def test_lines_and_areas(form: str, tmp_path: Path) -> None:
    for shapes in (LINES, [AREA]):
        if form in NO_AREAS and shapes == [AREA]:
            continue
        path = MAKERS[form](frame(*shapes), tmp_path)
        got = read_any(path, extent=EXTENT, choices=Choices(crs=_said(form)))
        for made, shape in zip(
            got.accept(p.id for p in got.proposals).features, shapes, strict=True
        ):
            assert _same(made.geometry, shape)


@pytest.mark.parametrize("form", PROJECTED)
def test_another_system_is_transformed_and_said(form: str, tmp_path: Path) -> None:
    path = MAKERS[form](frame().to_crs(32638), tmp_path)
    got = read_any(path, extent=EXTENT)
    assert got.source_crs == "EPSG:32638 (WGS 84 / UTM zone 38N)"
    assert got.transformed
    assert any(said.startswith("Transformed to longitude and latitude") for said in got.said)
    assert got.features[0].geometry.distance(Point(48.8718, 38.4402)) < 1e-7


@pytest.mark.parametrize("form", ["GeoPackage", "FlatGeobuf", "Shapefile", "GeoParquet"])
def test_a_missing_system_is_asked_for_and_the_fitting_one_named(form: str, tmp_path: Path) -> None:
    projected = frame().to_crs(32638)
    data = frame(*projected.geometry, crs=None, name=NAMES)
    path = MAKERS[form](data, tmp_path)
    with pytest.raises(MissingCrsError) as caught:
        read_any(path, extent=EXTENT)
    assert "does not say in which coordinate system" in caught.value.problem
    assert [guess.code for guess in caught.value.guesses][:1] == ["EPSG:32638"]
    assert "Ask who made the file" in caught.value.remedy
    got = read_any(path, extent=EXTENT, choices=Choices(crs="EPSG:32638"))
    assert got.features[0].geometry.distance(Point(48.8718, 38.4402)) < 1e-7
    assert got.crs_chosen


@pytest.mark.parametrize("form", MAKERS)
def test_hostile_text_is_kept_as_text(form: str, tmp_path: Path) -> None:
    payloads = [p for p in PAYLOADS if form not in {"KML", "KMZ", "GPX"} or p == p.strip()]
    payloads = [p.encode()[:79].decode("utf-8", "ignore") for p in payloads]
    if form in {"Shapefile", "GPX", "KML", "KMZ"}:
        payloads = [p for p in payloads if "\ufeff" not in p]
    if form == "GeoJSON":
        payloads = [p for p in payloads if not p.startswith("{")]  # GDAL makes objects of them
    data = frame(*[Point(48, 38)] * len(payloads), name=payloads)
    got = read_any(MAKERS[form](data, tmp_path), extent=EXTENT, choices=Choices(crs=_said(form)))
    assert [f.properties["name"] for f in got.features] == payloads


def test_hostile_text_in_names_of_properties_and_layers() -> None:
    point = {"type": "Point", "coordinates": [48, 38]}
    many = [feature(point, **{payload: payload}) for payload in PAYLOADS]
    data = json.dumps(collection(*many), ensure_ascii=False).encode()
    got = read_upload("x.geojson", data)
    assert [dict(f.properties) for f in got.features] == [{p: p} for p in PAYLOADS]
    assert got.columns == tuple(PAYLOADS)


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_several_layers_are_listed_and_chosen_by_name(tmp_path: Path) -> None:
    path = tmp_path / "two.gpkg"
    frame().to_file(path, layer="posts", engine="pyogrio")
    frame(*LINES).to_file(path, layer="roads <b>", engine="pyogrio")
    with pytest.raises(LayerChoiceError, match="holds 2 layers") as caught:
        read_any(path)
    assert [(note.name, note.features) for note in caught.value.layers] == [
        ("posts", 3),
        ("roads <b>", 2),
    ]
    assert read_any(path, choices=Choices(layer="roads <b>")).geometry_types == {"LineString": 2}
    with pytest.raises(LayerChoiceError, match=r"no layer 'none'.*'posts'"):
        read_any(path, choices=Choices(layer="none"))


def test_folders_of_a_kml_are_layers() -> None:
    mark = "<Placemark><name>{}</name><Point><coordinates>48,38,7</coordinates></Point></Placemark>"
    kml = (
        "<kml xmlns='http://www.opengis.net/kml/2.2'><Document><name>D</name>"
        f"<Folder><name>A</name>{mark.format('a')}</Folder>"
        f"<Folder><name>B</name>{mark.format('b')}<NetworkLink><Link><href>http://evil.example"
        "</href></Link></NetworkLink></Folder></Document></kml>"
    )
    with pytest.raises(LayerChoiceError, match=r"'D / A' \(1 feature\); 'D / B' \(1 feature\)"):
        read_upload("x.kml", kml.encode())
    got = read_upload("x.kml", kml.encode(), choices=Choices(layer="D / B"))
    assert got.features[0].properties == {"name": "b"}
    assert "a link to another file, which is not followed (1×)" in got.said[0]


def test_a_gpx_has_its_three_layers() -> None:
    gpx = (
        b"<gpx><wpt lat='38' lon='48'><name>w</name></wpt><trk><trkseg>"
        b"<trkpt lat='38' lon='48'/><trkpt lat='39' lon='48'/></trkseg></trk></gpx>"
    )
    with pytest.raises(LayerChoiceError, match=r"'waypoints'.*'tracks'"):
        read_upload("x.gpx", gpx)
    tracks = read_upload("x.gpx", gpx, choices=Choices(layer="tracks"))
    assert tracks.geometry_types == {"LineString": 1}


def test_csv_of_columns_with_decimal_commas_and_formulas() -> None:
    text = "\ufeffname;lon;lat\n=1+1;48,87;38,44\n\n@SUM(A1);48,1;39,2\n"
    got = read_upload("x.csv", text.encode())
    assert [f.properties["name"] for f in got.features] == ["=1+1", "@SUM(A1)"]
    assert got.features[0].geometry.coords[0] == (48.87, 38.44)
    assert got.features[1].where == "feature 2 (line 4)"


def test_quantised_topojson_with_shared_and_turned_arcs() -> None:
    text = (
        '{"type":"Topology","transform":{"scale":[0.5,0.5],"translate":[48,38]},'
        '"objects":{"a":{"type":"GeometryCollection","geometries":['
        '{"type":"Polygon","id":7,"properties":{"name":"P"},"arcs":[[0,1]]},'
        '{"type":"LineString","arcs":[-1]},{"type":"Point","coordinates":[1,2]},'
        '{"type":null}]}},"arcs":[[[0,0],[2,0]],[[2,0],[0,2],[-2,-2]]]}'
    )
    got = read_upload("x.json", text.encode(), extent=EXTENT)
    assert got.format == "TopoJSON"
    assert got.features[0].id == "7"
    assert got.features[0].geometry.equals(AREA.__class__([(48, 38), (49, 38), (49, 39)]))
    assert list(got.features[1].geometry.coords) == [(49, 38), (48, 38)]
    assert got.features[2].geometry.coords[0] == (48.5, 39)
    assert got.proposals == ()
    assert [one.feature for one in got.left_out] == ["feature 4"]


def _said(form: str) -> str | None:
    return "EPSG:4326" if form == "CSV" else None  # WKT says nothing of its system


def _same(a: BaseGeometry, b: BaseGeometry) -> bool:
    return bool(shapely.equals_exact(a.normalize(), b.normalize(), tolerance=1e-9))
