"""What the user's data has comes back from every file of an export that can hold it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridormap.geo.formats import Choices, read_upload
from corridormap.geo.geojson import properties_of
from corridormap.layers.exports.data import data_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.geo.formats import Incoming
    from corridormap.layers.corridor.corridor import Corridor

DATE = "2023-06-01"
FORMATS = ("GeoJSON", "GeoPackage", "GeoParquet", "KML", "CSV", "XLSX")
TYPED = {"GeoJSON", "GeoPackage", "GeoParquet"}
"""They hold numbers, yes and no, lists and objects; the others hold those as text."""
CELLS = {"CSV", "XLSX"}
"""They do not tell an empty text from none."""

COLUMNS: dict[str, Any] = {
    "status": "under repair",
    "status_since": "2019-05",
    "title": "Old title",
    "layer": "L-17",
    "id": "17/a",
    "operator": 'A & B "rail" <b>Co</b>',
    "stroke": "#ff0000",
    "Kind": "main line",
    "geometry": "straight",
    "property:geometry": "curved",
    "type": "bridge",
    "bbox": [1, 2],
    "index": 4,
    "feature": "F-3",
    "features": ["x"],
    "level_0": 0,
    "lon": "east",
    "lat": 12,
    "wkt": "see the map",
    "geometry_type": "way",
    "the_geom": "none",
    "ogc_fid": 12,
    "rowid": 3,
    "styleUrl": "#none",
    "visibility": "1",
    "map_layer": "mine too",
    "crs": "local",
    "geom": "ГОСТ",
    "fid": "f-1",
    "wkt_note": "see 'POINT'",
    "description": "Line one\nline <two>",
    "name_az": "Ələt",
    "formula": "=1+1",
    "kept": "'=1+1",
    "negative": "-12",
    "length_km": 146.5,
    "tracks": 2,
    "electrified": True,
    "tags": ["a", "b"],
    "owner": {"name": "Company", "since": {"year": 2014}},
    "empty": "",
    "nothing": None,
    "mixed": "two",
}
OTHER = {"operator": "پل آستارا", "tracks": 1, "mixed": 2, "owner": {}, "electrified": False}
SHAPES: dict[str, tuple[str, Any]] = {
    "MultiPoint": ("MultiPoint", [[10.5, 50.5], [10.6, 50.6]]),
    "MultiPoint of one": ("MultiPoint", [[10.5, 50.5]]),
    "LineString": ("LineString", [[10.1, 50.1], [10.2, 50.25], [10.3, 50.1]]),
    "MultiLineString": (
        "MultiLineString",
        [[[10.1, 50.1], [10.2, 50.2]], [[10.3, 50.3], [10.4, 50.4]]],
    ),
    "long line": ("LineString", [[10 + n / 4000, 50 + (n % 7) / 1000] for n in range(3000)]),
    "Point": ("Point", [10.123456, 50.654321]),
}


def with_columns(tiny: Any, *rows: Mapping[str, Any]) -> Corridor:
    """Return the tiny corridor whose first ways have columns of a user's file."""
    for feature, row in zip(tiny.layers["ways"], rows, strict=False):
        feature["properties"] |= row
    return tiny.load()  # type: ignore[no-any-return]


def read_back(form: str, files: Mapping[str, bytes]) -> Incoming:
    """Return the layer of ways, read by our own reader."""
    name, layer = {
        "GeoJSON": ("layers/ways.geojson", None),
        "GeoParquet": ("layers/ways.parquet", None),
        "GeoPackage": ("tiny.gpkg", "ways"),
        "KML": ("tiny.kml", "Tiny corridor / Ways"),
        "CSV": ("features.csv", None),
        "XLSX": ("tiny.xlsx", "Ways"),
    }[form]
    return read_upload(name.rpartition("/")[2], files[name], choices=Choices(layer=layer))


def by_name(got: Incoming) -> dict[str, Any]:
    return {str(one.properties["name"]): one for one in got.features}


def as_held(value: Any, form: str) -> Any:
    """Return what a format makes of a value; None where it does not hold it."""
    if form in TYPED or isinstance(value, str) or value is None:
        return None if value == "" and form in CELLS else value
    if form == "XLSX" and isinstance(value, float):
        return pytest.approx(value, rel=1e-14)
    if form == "XLSX" and isinstance(value, (bool, int)):
        return value
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("form", FORMATS)
def test_every_column_of_the_user_comes_back_under_its_name(form: str, tiny: Any) -> None:
    corridor = with_columns(tiny, COLUMNS, OTHER)
    got = by_name(read_back(form, data_files(corridor, DATE)))
    ways = [one["properties"]["name"] for one in tiny.layers["ways"]]
    assert [name for name in got if name in ways] == ways
    for name, row in zip(ways, (COLUMNS, OTHER), strict=False):
        said = got[name].properties
        for column, value in row.items():
            assert said.get(column) == as_held(value, form), (name, column)
            if form in TYPED and value is not None:
                assert isinstance(said[column], type(value))


@pytest.mark.parametrize("form", FORMATS)
def test_what_the_corridor_says_stands_beside_it(form: str, tiny: Any) -> None:
    files = data_files(with_columns(tiny, COLUMNS, OTHER), DATE)
    got = by_name(read_back(form, files))
    plain = by_name(read_back(form, data_files(type(tiny).load(tiny), DATE)))
    assert set(plain) == set(got)
    for one in got.values():
        assert "map_map_layer" in one.properties
    assert got["Old railway"].properties["map_status"] == "operating"
    assert got["Cable"].properties["map_status"] == "pre-construction"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_keep_their_type_and_positions(form: str, shape: str, tiny: Any) -> None:
    kind, positions = SHAPES[shape]
    tiny.layers["ways"][0]["geometry"] = {"type": kind, "coordinates": positions}
    corridor = tiny.load()
    layer = next(layer for layer in corridor.layers if layer.id == "ways")
    got = by_name(read_back(form, data_files(corridor, DATE)))
    for id_, said in layer.features.items():
        want = layer.frame.geometry.loc[id_]
        if form == "XLSX" and len(want.wkt) > 32_767:
            assert said.name not in got
            continue
        made = got[said.name].geometry
        assert made.geom_type == want.geom_type
        assert shapely.equals_exact(made.normalize(), want.normalize(), 1e-6)


names = st.text("abcdefgkmstu", min_size=1, max_size=6).map(lambda name: f"u_{name}")
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs"]), max_size=20)
whole = st.integers(-(2**53), 2**53)
values = st.one_of(
    st.none(),
    texts,
    whole,
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.lists(whole | texts, max_size=3),
    st.dictionaries(texts, whole, max_size=2),
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.dictionaries(names, values, max_size=4), min_size=2, max_size=2))
def test_any_columns_come_back(rows: list[dict[str, Any]], tiny: Any) -> None:
    original = json.dumps(tiny.layers)
    try:
        corridor = with_columns(tiny, *rows)
        files = data_files(corridor, DATE)
        layer = next(layer for layer in corridor.layers if layer.id == "ways")
        given_ = {str(row["name"]): row for row in properties_of(layer.frame).values()}
        for form in FORMATS:
            for name, one in by_name(read_back(form, files)).items():
                for column, value in given_.get(name, {}).items():
                    if column.startswith("u_"):
                        assert one.properties.get(column) == as_held(value, form), (form, column)
    finally:
        tiny.layers = json.loads(original)
