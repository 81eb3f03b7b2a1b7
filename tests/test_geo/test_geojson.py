"""A GeoJSON file is read whole or refused with every fault, its place and a remedy."""

from __future__ import annotations

import json
import math
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridormap.geo.errors import CorridorError, Finding, ReadError
from corridormap.geo.formats import read_upload
from corridormap.geo.geojson import properties_of, property_of, read_geojson
from corridormap.geo.json_file import parse_json

if TYPE_CHECKING:
    from pathlib import Path

EXTENT = (44.0, 36.0, 51.0, 41.0)


def point(identity: object = "a", at: object = (48.0, 38.0), **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": identity,
        "geometry": {"type": "Point", "coordinates": at},
        "properties": properties,
    }


def shape(kind: str, coordinates: object) -> dict[str, Any]:
    return {**point(), "geometry": {"type": kind, "coordinates": coordinates}}


def collection(*features: object, **more: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "layer.geojson"


def write(path: Path, data: object) -> Path:
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def read(path: Path, **options: Any) -> Any:
    return read_geojson(path.read_bytes(), file=path.name, **options)


def faults(path: Path, data: object, **options: Any) -> tuple[Finding, ...]:
    with pytest.raises(ReadError) as caught:
        read(write(path, data), **options)
    return caught.value.faults


def test_features_keep_their_ids_order_and_properties(path: Path) -> None:
    figures = [{"value": 1, "unit": "m"}]
    write(
        path, collection(point("b", name="B", bridge=None), point("a", name="A", figures=figures))
    )
    frame = read(path)
    assert list(frame.index) == ["b", "a"]
    assert frame.index.name == "id"
    assert frame.crs == 4326
    assert frame.geometry.loc["b"].coords[0] == (48.0, 38.0)
    assert properties_of(frame) == {
        "b": {"name": "B", "bridge": None},
        "a": {"name": "A", "figures": figures},
    }


def test_an_empty_collection_is_an_empty_layer(path: Path) -> None:
    frame = read(write(path, collection()))
    assert len(frame) == 0
    assert frame.crs == 4326


@pytest.mark.parametrize(
    "crs", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"]
)
def test_a_crs_that_says_the_same_is_accepted(path: Path, crs: str) -> None:
    write(path, collection(point(), crs={"type": "name", "properties": {"name": crs}}))
    assert len(read(path)) == 1


def test_a_byte_order_mark_is_accepted(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(collection(point())).encode())
    assert len(read(path)) == 1


def test_heights_are_dropped(path: Path) -> None:
    frame = read(write(path, collection(point(at=[48.0, 38.0, 1200.0]))))
    assert not frame.geometry.loc["a"].has_z


def test_hostile_text_stays_text(path: Path) -> None:
    text = "<script>alert(1)</script>`${1}`\u2028"
    frame = read(write(path, collection(point(name=text))))
    assert properties_of(frame)["a"]["name"] == text


FILE_CASES: dict[str, tuple[object, str, str]] = {
    "empty": ("", "the file is empty", "Fill it"),
    "only space": (" \n", "the file is empty", "Fill it"),
    "broken": ('{\n "type": FeatureCollection}', "broken at line 2, column 10",
    "a value is missing"),
    "cut": ('{"type": "FeatureCollection", "features": [', "broken at line 1, column", "Mend"),
    "something after": (json.dumps(collection()) + "x", "broken at line 1", "follows the end"),
    "deep": ("[" * 100_000, "nested too deeply", "at most 64"),
    "rather deep": ("[" * 70 + "]" * 70, "nested too deeply", "at most 64"),
    "deep in a property": (
        collection(point(x=json.loads("[" * 300 + "]" * 300))), "nested too deeply", "at most 64",
    ),
    "key twice": ('{"type": 1, "type": 2}', "the key 'type' stands twice", "Keep one"),
    "half a character": ('{"a": "\\ud800"}', "half a character", "UTF-8"),
    "list": ("[]", "not a GeoJSON FeatureCollection", "Wrap"),
    "feature": (point(), "not a GeoJSON FeatureCollection", "Wrap"),
    "no features": ({"type": "FeatureCollection"}, "the list 'features' is missing", "Add it"),
    "metres": (
        collection(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}),
        "the coordinate system is 'urn:ogc:def:crs:EPSG::32638'", "EPSG:4326",
    ),
    "odd crs": (collection(crs="x"), "the coordinate system is 'x'", "EPSG:4326"),
}  # fmt: skip


@pytest.mark.parametrize("case", FILE_CASES)
def test_faults_of_the_file(path: Path, case: str) -> None:
    data, problem, remedy = FILE_CASES[case]
    found = faults(path, data)
    assert len(found) == 1
    assert found[0].file == "layer.geojson"
    assert problem in found[0].problem
    assert remedy in found[0].remedy


FEATURE_CASES: dict[str, tuple[object, str, str, str]] = {
    "no feature": ("x", "feature 1", "not a GeoJSON feature", "type Feature"),
    "no id": (point(None), "feature 1", "the feature has no id", "Add an 'id'"),
    "number id": (point(7), "7", "the id '7' cannot be used", "small letters"),
    "capital id": (point("A_b"), "A_b", "the id 'A_b' cannot be used", "small letters"),
    "path id": (point("../a"), "../a", "cannot be used", "small letters"),
    "long id": (point("a" * 200), "a" * 80, "cannot be used", "at most 80"),
    "properties a list": ({**point(), "properties": [1]}, "a", "not an object", "name and value"),
    "null geometry": ({**point(), "geometry": None}, "a", "the geometry is empty", "position"),
    "no geometry": ({"type": "Feature", "id": "a"}, "a", "the geometry is empty", "position"),
    "geometry a text": ({**point(), "geometry": "x"}, "a", "not an object", "GeoJSON geometry"),
    "circle": (shape("Circle", [1, 2]), "a", "unknown geometry type 'Circle'", "Point, MultiPoint"),
    "collection": (shape("GeometryCollection", []), "a", "geometry collection",
    "one feature of each"),
    "no coordinates": (shape("Point", None), "a", "no coordinates", "longitude, latitude"),
    "empty": (shape("LineString", []), "a", "the geometry is empty", "position"),
    "empty inside": (shape("Polygon", [[]]), "a", "not nested as a Polygon", "position is"),
    "too shallow": (shape("LineString", [48, 38]), "a", "not nested as a LineString",
    "position is"),
    "too deep": (shape("Point", [[48, 38]]), "a", "not nested as a Point", "position is"),
    "mixed depth": (shape("LineString", [[48, 38], 48]), "a", "not nested", "position is"),
    "text": (point(at=["48", "38"]), "a", "a coordinate is not a number", "in degrees"),
    "true": (point(at=[True, 38]), "a", "a coordinate is not a number", "in degrees"),
    "one number": (point(at=[48]), "a", "a position has 1 numbers", "longitude, latitude"),
    "five numbers": (point(at=[48, 38, 1, 2, 3]), "a", "has 5 numbers", "longitude, latitude"),
    "outside": (point(at=[190, 38]), "a", "outside the world: 190, 38", "-180 to 180"),
    "metres": (point(at=[655000, 4262000]), "a", "metres of a projected map: 655000", "EPSG:4326"),
    "one position": (shape("LineString", [[48, 38]]), "a", "fewer than two", "make it a Point"),
    "same position": (shape("LineString", [[48, 38], [48, 38]]), "a", "fewer than two", "Point"),
    "open ring": (
        shape("Polygon", [[[48, 38], [49, 38], [49, 39], [48, 39]]]), "a", "not closed", "Repeat",
    ),
    "short ring": (shape("Polygon", [[[48, 38], [49, 38], [48, 38]]]), "a", "not closed", "four"),
    "bow tie": (
        shape("Polygon", [[[48, 38], [49, 39], [49, 38], [48, 39], [48, 38]]]),
        "a", "crosses or touches itself (Self-intersection[48.5 38.5])", "Redraw",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FEATURE_CASES)
def test_faults_of_a_feature(path: Path, case: str) -> None:
    feature, name, problem, remedy = FEATURE_CASES[case]
    found = faults(path, collection(feature))
    assert len(found) == 1
    assert (found[0].file, found[0].feature) == ("layer.geojson", name)
    assert problem in found[0].problem
    assert remedy in found[0].remedy


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e999", "9" * 5000])
def test_numbers_without_end_are_refused(path: Path, number: str) -> None:
    text = json.dumps(collection(point(at=[48.25, 38.0]))).replace("48.25", number)
    assert "not a finite number" in faults(path, text)[0].problem
    text = json.dumps(collection(point(value=48.25, more=[{"x": 1}]))).replace("48.25", number)
    assert "not a finite number" in faults(path, text)[0].problem


def test_swapped_positions_are_recognised_by_the_extent(path: Path) -> None:
    found = faults(path, collection(point(at=[38.4524, 48.8407])), extent=EXTENT)
    assert found[0].problem == "latitude and longitude seem swapped: 38.4524, 48.8407"
    assert found[0].remedy == "Write longitude first: 48.8407, 38.4524."
    line = shape("LineString", [[38.1, 48.1], [38.2, 48.3]])
    assert "swapped" in faults(path, collection(line), extent=EXTENT)[0].problem


@pytest.mark.parametrize("at", [[72.9, 18.9], [30.3, 59.9], [48.8, 38.5], [43.9, 36.1]])
def test_far_features_are_not_taken_for_swapped(path: Path, at: list[float]) -> None:
    assert len(read(write(path, collection(point(at=at))), extent=EXTENT)) == 1


def test_a_latitude_over_90_that_would_fit_swapped(path: Path) -> None:
    west = (100.0, 10.0, 110.0, 20.0)
    found = faults(path, collection(point(at=[15.0, 105.0])), extent=west)
    assert "swapped" in found[0].problem


def test_every_fault_of_a_file_at_once(path: Path) -> None:
    found = faults(path, collection(point("a"), point("a"), point("b", at=[1]), point(None)))
    assert [f.feature for f in found] == ["a", "b", "feature 4"]
    assert "again as entry 2" in found[0].problem


@pytest.mark.parametrize("raw", [b"\xff\xfe{\x00}\x00", b'{"a": "\xe9"}'])
def test_other_encodings_are_refused(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    with pytest.raises(ReadError, match=r"not UTF-8 text \(line 1\).*Save it as UTF-8"):
        parse_json(path.read_bytes(), file=path.name)


def test_the_reader_never_asks_gdal(path: Path) -> None:
    write(path, collection(point()))
    loaded = set(sys.modules)
    read(path)
    assert not {name for name in set(sys.modules) - loaded if "pyogrio" in name}
    # A virtual raster or vector file that GDAL would follow to another file is only text here.
    path.write_text("<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>")
    with pytest.raises(ReadError, match="broken at line 1, column 1"):
        read(path)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["Feature", "FeatureCollection", "Point", "LineString", "Polygon", "a"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "features", "id", "geometry", "coordinates", "properties", "crs"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)
position = st.lists(st.floats(-200, 200) | st.just(math.inf), min_size=1, max_size=4)
geometry = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon", "Dot"]),
        "coordinates": position
        | st.lists(position, max_size=5)
        | st.lists(st.lists(position, max_size=6), max_size=3)
        | anything,
    }
)
CLASHING = ("geometry", "property:geometry", "property:property:geometry", "id", "type", "bbox",
            "index", "fid", "feature", "layer", "my_geometry", "property:x")  # fmt: skip


def test_no_name_of_a_property_is_lost_in_the_frame(path: Path) -> None:
    said = {name: f"of {name}" for name in CLASHING}
    path.write_text(json.dumps(collection(point("a", **said), point("b"))))
    frame = read(path)
    assert properties_of(frame) == {"a": said, "b": {}}
    assert frame.geometry.geom_type.tolist() == ["Point", "Point"]


def test_no_name_of_a_property_is_lost_in_the_frame_of_a_file_from_outside() -> None:
    said = {name: f"of {name}" for name in CLASHING}
    got = read_upload("x.geojson", json.dumps(collection(point(**said))).encode())
    assert dict(got.features[0].properties) == said
    row = got.frame.drop(columns="geometry").iloc[0].to_dict()
    assert {property_of(str(column)): value for column, value in row.items()} == said


feature = st.fixed_dictionaries(
    {
        "type": st.just("Feature"),
        "id": st.sampled_from(["a", "b"]) | anything,
        "geometry": geometry,
    },
    optional={"properties": anything},
)
files = (
    anything.map(json.dumps)
    | st.lists(feature, max_size=3).map(lambda fs: json.dumps(collection(*fs)))
    | st.text(max_size=30)
    | st.binary(max_size=30)
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=files)
def test_the_reader_raises_nothing_but_corridor_errors(path: Path, content: str | bytes) -> None:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
    try:
        frame = read(path, extent=EXTENT)
    except CorridorError as error:
        said = error.faults
        assert all(fault.problem and fault.remedy for fault in said)
    else:
        assert frame.crs == 4326
        assert frame.geometry.is_valid.all()
