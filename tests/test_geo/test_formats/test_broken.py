"""Files that are wrong in an honest way: explained, and mended only when that is accepted."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridormap.geo.errors import CorridorError, ReadError
from corridormap.geo.formats import Incoming, MissingCrsError, read_upload, told
from tests.test_geo.test_formats.makers import EXTENT, collection, feature

SQUARE = [[48, 38], [49, 38], [49, 39], [48, 39], [48, 38]]
BOW = [[48, 38], [49, 39], [49, 38], [48, 39], [48, 38]]


def read(*features: Any, **more: Any) -> Incoming:
    body = json.dumps(collection(*features, **more)).encode()
    return read_upload("roads.geojson", body, extent=EXTENT)


def point(x: float, y: float, **properties: Any) -> dict[str, Any]:
    return feature({"type": "Point", "coordinates": [x, y]}, **properties)


def area(*rings: Any) -> dict[str, Any]:
    return feature({"type": "Polygon", "coordinates": list(rings)})


def line(*points: Any) -> dict[str, Any]:
    return feature({"type": "LineString", "coordinates": list(points)})


HALVES = (
    "MULTIPOLYGON (((48.5 38.5, 48 39, 48 38, 48.5 38.5)), ((48.5 38.5, 49 38, 49 39, 48.5 38.5)))"
)
REPAIRS: dict[str, tuple[dict[str, Any], str, str]] = {
    "swap-axes": (line([38, 148], [39, 149]), "seem swapped", "LINESTRING (148 38, 149 39)"),
    "swap-axes-2": (line([38, 48], [39, 49]), "may be swapped", "LINESTRING (48 38, 49 39)"),
    "close-rings": (area(SQUARE[:-1]), "are not closed",
    "POLYGON ((48 38, 49 38, 49 39, 48 39, 48 38))"),
    "drop-repeats": (line([48, 38], [48, 38], [49, 39]), "twice in a row",
    "LINESTRING (48 38, 49 39)"),
    "ring-order": (area(SQUARE[::-1]), "the wrong way round",
    "POLYGON ((48 38, 49 38, 49 39, 48 39, 48 38))"),
    "make-valid": (area(BOW), "crosses or touches itself",
    HALVES),
    "cut-at-180": (line([179, 10], [-179, 12]), "180th meridian",
    "MULTILINESTRING ((179 10, 180 11), (-180 11, -179 12))"),
}  # fmt: skip


@pytest.mark.parametrize("name", REPAIRS)
def test_a_repair_is_proposed_with_before_and_after_and_made_when_accepted(name: str) -> None:
    wrong, problem, after = REPAIRS[name]
    got = read(point(48, 38), wrong)
    proposal = next(p for p in got.proposals if p.id == name)
    assert problem in proposal.problem
    assert "feature 2" in proposal.problem
    assert proposal.remedy
    assert [change.feature for change in proposal.changes] == [1]
    change = proposal.changes[0]
    assert change.where == "feature 2"
    if name != "close-rings":
        assert change.before.equals_exact(got.features[1].geometry)
    mended = got.accept(p.id for p in got.proposals)
    assert shapely.normalize(mended.features[1].geometry).equals_exact(
        shapely.normalize(shapely.from_wkt(after)), tolerance=1e-9
    )
    assert name in [repair.id for repair in mended.done]
    assert not read_back(mended.frame).proposals


def read_back(frame: Any) -> Incoming:
    return read_upload("x.geojson", frame.to_json().encode(), extent=EXTENT)


def test_nothing_is_mended_unasked() -> None:
    got = read(area(SQUARE[::-1]), area(BOW))
    assert got.features[1].geometry.is_valid is False
    with pytest.raises(ReadError, match="Accept 'make-valid'"):
        got.accept([])
    with pytest.raises(ReadError, match=r"nothing called 'magic' is proposed.*ring-order"):
        got.accept(["make-valid", "magic"])
    kept = got.accept(["make-valid"])
    assert kept.features[0].geometry.equals_exact(shapely.Polygon(SQUARE[::-1]))


def test_features_that_a_proposal_is_about_can_be_left_out() -> None:
    got = read(point(48, 38, name="a"), area(BOW), area(SQUARE[::-1]), point(49, 39, name="b"))
    assert [p.id for p in got.proposals] == ["make-valid", "ring-order"]
    kept = got.without(["make-valid"])
    assert len(kept.features) == 3
    assert [p.id for p in kept.proposals] == ["ring-order"]
    assert [change.feature for change in kept.proposals[0].changes] == [1]
    turned = kept.accept(["ring-order"]).features[1].geometry
    assert isinstance(turned, shapely.Polygon)
    assert turned.exterior.is_ccw
    assert got.without([]).features == got.features
    with pytest.raises(ReadError, match="nothing called 'magic' is proposed"):
        got.without(["magic"])


def test_an_open_ring_is_drawn_open_before() -> None:
    change = read(area(SQUARE[:-1])).proposals[0].changes[0]
    assert change.before.geom_type == "MultiLineString"
    assert change.after[0].geom_type == "Polygon"


def test_what_nobody_could_see_is_left_out_by_itself_and_said() -> None:
    nothing = feature(None, name="nowhere")
    empty = feature({"type": "LineString", "coordinates": []})
    dot = line([48, 38], [48, 38])
    flat = area([[48, 38], [49, 39], [48.5, 38.5], [48, 38]])
    got = read(point(48, 38), nothing, empty, dot, flat)
    assert got.proposals == ()
    assert len(got.features) == 1
    assert [(one.feature, one.problem) for one in got.left_out] == [
        ("feature 2", "it is left out: it has no position"),
        ("feature 3", "it is left out: it has no position"),
        ("feature 4", "it is left out: it has no length or area"),
        ("feature 5", "it is left out: it has no length or area"),
    ]
    assert told(got.left_out)[0].startswith("2 features (feature 2, feature 3): it is left out")
    with pytest.raises(ReadError, match="no length or area"):
        read(dot, flat)


FLAT = [[10, 10], [11, 11], [10, 10], [10, 10]]
SMALL = [[48.2, 38.2], [48.2, 38.4], [48.4, 38.2], [48.2, 38.2]]
SQUARE_HOLE = [[48.6, 38.6], [48.6, 38.8], [48.8, 38.8], [48.8, 38.6], [48.6, 38.6]]
PARTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a flat part": (
        {"type": "MultiPolygon", "coordinates": [[SQUARE], [FLAT]]},
        "1 of its 2 parts are left out", "MULTIPOLYGON (((48 38, 49 38, 49 39, 48 39, 48 38)))"),
    "a part of one position": (
        {"type": "MultiLineString", "coordinates": [[[48, 38]], [[48, 38], [49, 39]]]},
        "a part of it is left out", "MULTILINESTRING ((48 38, 49 39))"),
    "a part without length": (
        {"type": "MultiLineString", "coordinates": [[[48, 38], [48, 38]], [[48, 38], [49, 39]]]},
        "1 of its 2 parts", "MULTILINESTRING ((48 38, 49 39))"),
    "a flat hole": (
        {"type": "Polygon", "coordinates": [SQUARE, FLAT]},
        "holes of it without area", "POLYGON ((48 38, 49 38, 49 39, 48 39, 48 38))"),
    "a hole of two positions": (
        {"type": "Polygon", "coordinates": [SQUARE, [[48.1, 38.1], [48.2, 38.2], [48.1, 38.1]]]},
        "a hole of it is left out", "POLYGON ((48 38, 49 38, 49 39, 48 39, 48 38))"),
    "an empty shape in a collection": (
        {"type": "GeometryCollection", "geometries": [
            {"type": "Point", "coordinates": [48, 38]},
            {"type": "LineString", "coordinates": [[48, 38], [48, 38]]}]},
        "1 of its 2 parts", "GEOMETRYCOLLECTION (POINT (48 38))"),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_a_part_that_is_none_never_takes_the_whole_with_it(name: str) -> None:
    shape, problem, kept = PARTS[name]
    got = read(feature(shape, name="kept"))
    assert problem in got.left_out[0].problem
    assert got.left_out[0].feature == "feature 1"
    assert got.features[0].geometry.equals_exact(shapely.from_wkt(kept))
    assert got.features[0].properties["name"] == "kept"


@pytest.mark.parametrize(
    "broken",
    [
        {"type": {"a": 1}, "coordinates": [48, 38]},
        {"type": "Circle"},
        {"type": "Point", "coordinates": ["48", "38"]},
        {"type": "LineString", "coordinates": [[48, 38]]},
        {"type": "LineString", "coordinates": [[48], [49, 39]]},
        {"type": "MultiPoint", "coordinates": [48, 38]},
        {"type": "Polygon", "coordinates": [[[48, 38], [49, 39], [48, 38]]]},
        {"type": "Point", "coordinates": [900, 38]},
        "nothing",
    ],
)
def test_one_feature_that_cannot_be_read_never_takes_the_others_with_it(broken: object) -> None:
    got = read(point(48, 38, name="a"), feature(broken), point(49, 39, name="b"))
    assert [f.properties["name"] for f in got.features] == ["a", "b"]
    (finding,) = got.left_out
    assert finding.feature == "feature 2"
    assert finding.file == "roads.geojson"
    assert finding.problem
    assert finding.remedy


def test_a_value_that_cannot_be_kept_never_takes_its_feature_with_it() -> None:
    body = b'{"type":"FeatureCollection","features":[%s]}' % b",".join(
        b'{"type":"Feature","geometry":{"type":"Point","coordinates":[48,38]},'
        b'"properties":{"a":%s,"b":1}}' % value
        for value in (b"NaN", b"1")
    )
    got = read_upload("x.geojson", body)
    assert [dict(f.properties) for f in got.features] == [{"b": 1}, {"a": 1, "b": 1}]
    assert "'a' is not a finite number" in got.left_out[0].problem


rings = st.integers(0, 5).flatmap(
    lambda n: st.lists(st.tuples(st.integers(40, 50), st.integers(30, 40)), min_size=n, max_size=n)
)
KINDS: dict[str, Any] = {
    "Point": st.tuples(st.integers(40, 50), st.integers(30, 40)),
    "MultiPoint": rings,
    "LineString": rings,
    "MultiLineString": st.lists(rings, max_size=3),
    "Polygon": st.lists(rings, max_size=4),
    "MultiPolygon": st.lists(st.lists(rings, max_size=3), max_size=3),
}
plain_shapes = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: KINDS[kind].map(lambda value: {"type": kind, "coordinates": value})
)
any_shape = plain_shapes | st.lists(plain_shapes, max_size=3).map(
    lambda parts: {"type": "GeometryCollection", "geometries": parts}
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(shapes=st.lists(any_shape, min_size=1, max_size=4))
def test_every_feature_is_read_or_said_whatever_its_parts_and_rings(shapes: list[Any]) -> None:
    got = read(point(48, 38), *(feature(shape, number=n) for n, shape in enumerate(shapes)))
    read_ones = {f.properties["number"] for f in got.features if "number" in f.properties}
    said = {finding.feature for finding in got.left_out}
    for number in range(len(shapes)):
        assert number in read_ones or f"feature {number + 2}" in said
    after = got.accept(p.id for p in got.proposals if p.needed).features
    kept = {f.properties["number"] for f in after if "number" in f.properties}
    assert kept == read_ones  # no repair takes a whole feature away


@pytest.mark.parametrize("form", ["geojson", "kml", "topojson"])
def test_an_area_keeps_holes_of_unequal_length_in_every_format(form: str) -> None:
    bodies = {
        "geojson": json.dumps(area(SQUARE, SMALL, SQUARE_HOLE)),
        "topojson": json.dumps({"type": "Topology", "arcs": [SQUARE, SMALL, SQUARE_HOLE],
            "objects": {"a": {"type": "Polygon", "arcs": [[0], [1], [2]]}}}),
        "kml": "<kml><Placemark><Polygon>" + "".join(
            f"<{boundary}BoundaryIs><LinearRing><coordinates>"
            + " ".join(f"{x},{y}" for x, y in ring)
            + f"</coordinates></LinearRing></{boundary}BoundaryIs>"
            for boundary, ring in (("outer", SQUARE), ("inner", SMALL), ("inner", SQUARE_HOLE))
        ) + "</Polygon></Placemark></kml>",
    }  # fmt: skip
    (made,) = read_upload(f"x.{form}", bodies[form].encode()).features
    assert made.geometry.equals_exact(shapely.Polygon(SQUARE, [SMALL, SQUARE_HOLE]))


def test_a_guess_may_be_refused_and_is_weighed_with_the_rest_of_the_file() -> None:
    rostov, luhansk, astara = point(39.72, 47.22), point(39.3, 48.57), point(48.87, 38.44)
    got = read(astara, rostov, luhansk)
    assert [(p.id, p.needed) for p in got.proposals] == [
        ("swap-axes-2", False),
        ("swap-axes-3", False),
    ]
    where = [f.geometry.coords[0] for f in got.accept([]).features]
    assert where == [(48.87, 38.44), (39.72, 47.22), (39.3, 48.57)]
    one = [f.geometry.coords[0] for f in got.accept(["swap-axes-3"]).features]
    assert one == [(48.87, 38.44), (39.72, 47.22), (48.57, 39.3)]
    many = read(astara, *[rostov] * 20)
    assert [(p.id, p.needed, len(p.changes)) for p in many.proposals] == [
        ("swap-axes-maybe", False, 20)
    ]


def test_mixed_collections_and_many_points_become_features() -> None:
    parts = [{"type": "Point", "coordinates": [48, 38]},
             {"type": "LineString", "coordinates": [[48, 38], [49, 39]]}]  # fmt: skip
    mixed = feature({"type": "GeometryCollection", "geometries": parts}, name="A")
    many = feature({"type": "MultiPoint", "coordinates": [[48, 38], [49, 39]]}, name="B")
    got = read(mixed, many)
    assert [p.id for p in got.proposals] == ["split-collections", "split-points"]
    features = got.accept(["split-collections", "split-points"]).features
    found = [(f.properties["name"], f.geometry.geom_type) for f in features]
    assert found == [("A", "Point"), ("A", "LineString"), ("B", "Point"), ("B", "Point")]


def test_a_whole_file_with_swapped_axes_also_where_it_leaves_the_extent() -> None:
    got = read(point(38.4, 48.8), point(39, 48), point(59.9, 30.3))
    assert [(p.id, p.needed, len(p.changes)) for p in got.proposals] == [
        ("swap-axes-maybe", False, 3)
    ]
    after = got.accept(["swap-axes-maybe"]).features
    assert [f.geometry.bounds[0] for f in after] == [48.8, 48, 30.3]
    kept = got.accept([]).features
    assert [f.geometry.bounds[0] for f in kept] == [38.4, 39, 59.9]
    assert read(point(48.8, 38.4), point(30.3, 59.9)).proposals == ()


def test_mixed_types_duplicate_ids_and_longitudes_beyond_180() -> None:
    got = read(point(48, 38) | {"id": "a"}, line([48, 38], [49, 39]) | {"id": "a"})
    assert got.geometry_types == {"Point": 1, "LineString": 1}
    assert [f.id for f in got.features] == ["a", "a"]
    far = read(point(190, 38))
    assert far.accept(["cut-at-180"]).features[0].geometry.coords[0] == (-170, 38)
    wide = read(area([[170, 0], [190, 0], [190, 10], [170, 10], [170, 0]]))
    (made,) = wide.accept(["cut-at-180"]).features
    assert made.geometry.area == pytest.approx(200)
    assert made.geometry.bounds == (-180, 0, 180, 10)


def test_metres_in_a_file_that_says_degrees() -> None:
    with pytest.raises(MissingCrsError) as caught:
        read(point(837000.5, 4262000))
    assert "says degrees (EPSG:4326 (WGS 84))" in caught.value.problem
    assert "metres or pixels of a projected map: 837000.5, 4262000" in caught.value.problem
    assert "EPSG:32638 (WGS 84 / UTM zone 38N)" in caught.value.remedy


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 5000])
def test_numbers_without_end(number: str) -> None:
    text = f'{{"type":"Point","coordinates":[{number},38]}}'
    with pytest.raises(ReadError, match="not a finite number"):
        read_upload("x.geojson", text.encode())
    with pytest.raises(ReadError, match="not a"):
        read_upload("x.csv", f"lon,lat\n{number},38\n".encode())
    with pytest.raises(ReadError, match="is no position"):
        read_upload("x.gpx", f"<gpx><wpt lon='{number}' lat='38'/></gpx>".encode())


KML = b"<kml>\n<Placemark><Point><coordinates>48;38</coordinates></Point></Placemark></kml>"
FAULTS: dict[str, tuple[str, bytes, str, str]] = {
    "half a character": ("x.geojson", b'{"a":"\\ud800"}', "half a character", "UTF-8"),
    "key twice": ("x.geojson", b'{"a":1,"a":2}', "stands twice", "Keep one"),
    "latin1 json": ("x.geojson", b'{"a":"\xe9"}', "byte 7 cannot be read", "Choose the encoding"),
    "utf16 json": ("x.geojson", '{"a":1}'.encode("utf-16"), "neither GeoJSON", "FeatureCollection"),
    "cut json": ("x.geojson", b'{"type":\n"Fea', "broken at line 2", "Mend the JSON there"),
    "no features": ("x.geojson", b'{"type":"FeatureCollection"}', "'features' is missing",
                    "Export"),
    "other json": ("x.json", b'{"a":1}', "neither GeoJSON nor TopoJSON", "FeatureCollection"),
    "no arcs": ("x.json", b'{"type":"Topology","objects":{}}', "no 'arcs'", "Export it again"),
    "cp1251 csv": ("x.csv", "name,lon,lat\n\u043c,1,2".encode("cp1251"), "byte 14 cannot be read",
                   "Choose the encoding"),
    "no coordinates": ("x.csv", b"a,b\n1,2\n", "no columns of coordinates", "'lon' and 'lat'"),
    "degrees and minutes": ("x.csv", "lat;lon\n38\u00b076';48".encode(), "not a number",
                            "decimal degrees"),
    "zero byte": ("x.csv", b"lon,lat\n1,\x002\n", "contents are of a kind", "Export"),
    "deep wkt": ("x.csv", b'wkt\n"' + b"GEOMETRYCOLLECTION(" * 50 + b'"', "too deeply", "parts"),
    "broken wkt": ("x.csv", b"wkt\nPOINT(1\n", "no WKT, WKB or GeoJSON", "POINT (48"),
    "kml words": ("x.kml", KML, "'48;38' is no position (after line 2)", "longitude,lat"),
    "nothing in it": ("x.kml", b"<kml/>", "no layer with positions", "another file"),
    "outside": ("x.csv", b"lon,lat\n48,95\n", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_faults_say_where_and_what_to_do(case: str) -> None:
    name, body, problem, remedy = FAULTS[case]
    if case == "outside":  # 95 is no latitude, but 95 east 48 north is a place: proposed
        assert [p.id for p in read_upload(name, body).proposals] == ["swap-axes"]
        return
    with pytest.raises(ReadError) as caught:
        read_upload(name, body)
    assert caught.value.file == name
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy


def test_every_fault_at_once_up_to_twenty() -> None:
    broken = feature({"type": "Circle"})
    with pytest.raises(ReadError) as caught:
        read(*[broken] * 30)
    assert len(caught.value.faults) == 20
    assert caught.value.faults[1].feature == "feature 2"


SNIPPETS = [b"<kml>", b"<gpx>", b"<Placemark>", b"<coordinates>", b"lon,lat\n", b"wkt\n", b"1,2\n",
            b'{"type":"Topology","objects":{"a":{', b'"arcs":[[0]]', b"POLYGON((0 0,1 1,1 0))",
            b"fgb\x03fgb\x00", b"SQLite format 3\x00", b"PK\x03\x04", b"PAR1",
            b"\xff\xfe"]  # fmt: skip
numbers = st.floats() | st.integers() | st.sampled_from([48.5, 38.5, 180, 1e300])
position = st.lists(numbers, max_size=4)
nested = st.recursive(position, lambda inner: st.lists(inner, max_size=5), max_leaves=12)
geometry = st.fixed_dictionaries(
    {"type": st.sampled_from(["Point", "MultiPoint", "LineString", "Polygon", "MultiPolygon", "x"]),
     "coordinates": nested}
)  # fmt: skip
json_files = st.lists(geometry, max_size=4).map(
    lambda shapes: json.dumps(collection(*[feature(s) for s in shapes])).encode()
)
raw_files = st.lists(st.sampled_from(SNIPPETS) | st.binary(max_size=12), max_size=8).map(b"".join)
ENDINGS = [".geojson", ".json", ".gpkg", ".zip", ".kmz", ".kml", ".gpx", ".csv"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(data=json_files | raw_files, ending=st.sampled_from(ENDINGS))
def test_readers_raise_nothing_but_corridor_errors(data: bytes, ending: str) -> None:
    try:
        got = read_upload(f"x{ending}", data, extent=EXTENT)
        mended = got.accept(p.id for p in got.proposals)
    except CorridorError as error:
        assert all(fault.problem and fault.remedy for fault in error.faults)  # noqa: PT017
    else:
        for made in mended.features:
            assert not made.geometry.is_empty
            assert made.geometry.is_valid or "Polygon" not in made.geometry.geom_type
