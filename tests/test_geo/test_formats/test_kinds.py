"""What other programs write: read as what it is, with what was left out said, or refused for it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.geo.errors import ReadError
from corridormap.geo.formats import Choices, Incoming, MissingCrsError, read_any, read_upload
from tests.test_geo.test_formats.makers import EXTENT, MAKERS, collection, feature, frame

if TYPE_CHECKING:
    from pathlib import Path

POINT = {"type": "Point", "coordinates": [48.1, 38.4]}
MANY = [feature(POINT, name=f"N{n}") for n in range(3)]
LINES = [json.dumps(one) for one in MANY]
SEQUENCES = {
    "lines.geojson": "\n".join(LINES),
    "lines.geojsonl": "\n".join(LINES) + "\n",
    "marks.geojsons": "".join(f"\x1e{line}\n" for line in LINES),
    "list.geojson": f"[{', '.join(LINES)}]",
    "shapes.json": json.dumps([POINT] * 3),
}


@pytest.mark.parametrize("name", SEQUENCES)
def test_a_sequence_or_list_of_features_is_read(name: str) -> None:
    assert read_upload(name, SEQUENCES[name].encode()).geometry_types == {"Point": 3}


def test_a_broken_line_of_a_sequence_is_lost_alone() -> None:
    got = read_upload("x.geojsonl", "\n".join([LINES[0], LINES[1], LINES[2][:-9]]).encode())
    assert len(got.features) == 2
    assert got.left_out[0].feature == "feature 3"


@pytest.mark.parametrize("codec", ["utf-16", "cp1251"])
def test_json_in_another_encoding_is_read_as_it_says_or_the_user_chooses(codec: str) -> None:
    body = json.dumps(feature(POINT, name="Мост"), ensure_ascii=False).encode(codec)
    got = read_upload(
        "x.geojson", body, choices=Choices(encoding="" if codec == "utf-16" else codec)
    )
    assert got.features[0].properties["name"] == "Мост"


SYSTEMS = [
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/EPSG/0/4326",
    "https://www.opengis.net/def/crs/EPSG/0/4326", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326",
]  # fmt: skip


@pytest.mark.parametrize("said", SYSTEMS)
def test_a_coordinate_system_is_known_by_its_address_too(said: str) -> None:
    crs = {"type": "name", "properties": {"name": said}}
    got = read_upload("x.geojson", json.dumps(collection(*MANY, crs=crs)).encode())
    assert got.source_crs == "EPSG:4326 (WGS 84)"


def test_a_link_to_a_coordinate_system_is_not_followed_and_the_user_is_asked() -> None:
    crs = {"type": "link", "properties": {"href": "http://example.org/crs", "type": "proj4"}}
    with pytest.raises(MissingCrsError):
        read_upload("x.geojson", json.dumps(collection(*MANY, crs=crs)).encode())


def test_what_a_file_says_of_itself_is_said_to_be_left_out() -> None:
    body = json.dumps(collection(*MANY, licence="CC-BY", source="Ministry")).encode()
    (finding,) = read_upload("x.geojson", body).left_out
    assert "'licence', 'source'" in finding.problem


def test_a_position_in_the_place_of_json_fg_is_named_for_it() -> None:
    there = {"type": "Feature", "geometry": None, "place": POINT, "properties": {}}
    with pytest.raises(ReadError, match="'place'"):
        read_upload("x.json", json.dumps(collection(there)).encode())
    got = read_upload("x.json", json.dumps(collection(MANY[0], there)).encode())
    assert (len(got.features), [one.feature for one in got.left_out]) == (1, ["feature 2"])


OTHERS = {
    "overpass": ({"version": 0.6, "generator": "Overpass API", "elements": []}, "Overpass"),
    "esri": ({"spatialReference": {"wkid": 4326}, "features": []}, "Esri"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_json_of_other_services_is_refused_for_what_it_is(name: str) -> None:
    body, word = OTHERS[name]
    with pytest.raises(ReadError, match=word):
        read_upload("x.json", json.dumps(body).encode())


def kml(inside: str) -> Incoming:
    return read_upload("x.kml", f"<kml><Document>{inside}</Document></kml>".encode())


PLACE = "<Point><coordinates>48.1,38.9,0</coordinates></Point>"


def test_the_data_of_a_placemark_never_overwrites_its_name_and_description() -> None:
    (made,) = kml(
        "<Placemark><name>North bridge</name><description>Opened <b>after</b> repair."
        "</description><ExtendedData><Data name='name'><value>S-2</value></Data><Data "
        f"name='description'><value/></Data></ExtendedData>{PLACE}</Placemark>"
    ).features
    assert made.properties == {
        "name": "North bridge",
        "description": "Opened after repair.",
        "name (data)": "S-2",
    }


@pytest.mark.parametrize("text", ["48.1, 38.4, 0 48.2, 38.5, 0", "48.1 ,38.4 48.2 ,38.5"])
def test_blanks_beside_commas_are_no_new_positions(text: str) -> None:
    (made,) = kml(
        f"<Placemark><LineString><coordinates>{text}</coordinates></LineString></Placemark>"
    ).features
    assert list(made.geometry.coords) == [(48.1, 38.4), (48.2, 38.5)]


@pytest.mark.parametrize("root", ["Document", "Folder", "Placemark"])
def test_a_kml_without_its_outermost_element_is_read(root: str) -> None:
    mark = f"<Placemark>{PLACE}</Placemark>"
    body = mark if root == "Placemark" else f"<{root}>{mark}</{root}>"
    assert len(read_upload("x.kml", body.encode()).features) == 1


def test_a_kml_that_is_only_a_link_or_only_addresses_is_refused_for_it() -> None:
    with pytest.raises(ReadError, match=r"link to another file.*https://example\.org/map"):
        kml("<NetworkLink><Link><href>https://example.org/map</href></Link></NetworkLink>")
    with pytest.raises(ReadError, match="an address and no position"):
        kml("<Placemark><address>1 Main Street, Astara</address></Placemark>")


def test_a_track_and_its_times() -> None:
    got = kml(
        "<Placemark><Track><when>2023-12-29</when><when>2023-12-30</when>"
        "<coord>48.1 38.4 0</coord><coord>48.2 38.5 0</coord></Track></Placemark>"
    )
    assert any("times of 2 positions" in finding.problem for finding in got.left_out)


def test_a_route_of_garmin_keeps_its_shape() -> None:
    gpx = (
        "<gpx><rte><rtept lat='38.4' lon='48.1'><extensions><RoutePointExtension>"
        "<rpt lat='38.45' lon='48.3'/><rpt lat='38.55' lon='48.4'/></RoutePointExtension>"
        "</extensions></rtept><rtept lat='38.6' lon='48.1'><ele>7</ele></rtept></rte></gpx>"
    )
    got = read_upload("x.gpx", gpx.encode())
    assert [x for x, _ in got.features[0].geometry.coords] == [48.1, 48.3, 48.4, 48.1]
    assert "heights" in got.left_out[0].problem


def test_a_column_that_cannot_be_kept_is_left_out_and_the_rest_read(tmp_path: Path) -> None:
    path = MAKERS["GeoPackage"](frame(), tmp_path)
    with closing(sqlite3.connect(path)) as database:
        (name,) = database.execute("SELECT table_name FROM gpkg_contents").fetchone()
        database.execute(f"ALTER TABLE \"{name}\" ADD COLUMN picture BLOB DEFAULT x'00ff'")
        database.commit()
    got = read_any(path)
    assert len(got.features) == 3
    assert {finding.problem.partition(" ")[0] for finding in got.left_out} == {"'picture'"}


@pytest.mark.parametrize("log", [b"", b"changes"])
def test_changes_that_lie_beside_a_geopackage_are_said(log: bytes, tmp_path: Path) -> None:
    path = MAKERS["GeoPackage"](frame(), tmp_path)
    (tmp_path / f"{path.name}-wal").write_bytes(log)
    assert any("-wal" in said for said in read_any(path).said) == bool(log)


def test_a_feature_that_is_a_collection_keeps_its_id_and_name() -> None:
    topology: dict[str, Any] = {
        "type": "Topology", "arcs": [[[48, 38], [49, 39]]],
        "objects": {"a": {"type": "GeometryCollection", "geometries": [
            {"type": "GeometryCollection", "id": "post", "properties": {"name": "Post"},
             "geometries": [{"type": "Point", "coordinates": [48, 38]},
                            {"type": "LineString", "arcs": [0]}]}]}},
    }  # fmt: skip
    (made,) = read_upload("x.topojson", json.dumps(topology).encode()).features
    assert (made.id, made.properties["name"]) == ("post", "Post")
    assert made.geometry.geom_type == "GeometryCollection"


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([(48, 38), (0, 0), (49, 39)], {"feature 2": "at 0, 0"}),
        ([(48, 38)] * 4, {"": "all 4 features lie in one point"}),
        ([(48, 38), (2.3, 48.9), (49, 39)], {"feature 2": "far from the corridor"}),
        ([(48, 38), (47, 39)], {}),
        ([(2.3, 48.9), (2.4, 48.8)], {}),
    ],
)
def test_what_can_hardly_be_meant_is_said_and_nothing_is_left_out(
    places: list[tuple[float, float]], said: dict[str, str]
) -> None:
    points = [feature({"type": "Point", "coordinates": place}) for place in places]
    got = read_upload("x.geojson", json.dumps(collection(*points)).encode(), extent=EXTENT)
    assert len(got.features) == len(places)
    assert {one.feature for one in got.doubts} == set(said)
    for one in got.doubts:
        assert said[one.feature] in one.problem


def test_a_file_mostly_outside_the_world_is_in_another_system() -> None:
    pixels = [
        feature({"type": "Point", "coordinates": [100 * n, 95 + 60 * n]}) for n in range(1, 9)
    ]
    near = feature({"type": "Point", "coordinates": [12, 40]})
    with pytest.raises(MissingCrsError, match="metres or pixels of a projected map: 100, 155"):
        read_upload("x.geojson", json.dumps(collection(near, *pixels)).encode())


def test_a_single_position_outside_the_world_is_that_feature_s_own() -> None:
    far = feature({"type": "Point", "coordinates": [700, 120]})
    got = read_upload("x.geojson", json.dumps(collection(*MANY, far)).encode())
    assert len(got.features) == 3
    assert [one.code for one in got.left_out] == ["position-outside-world-or-other-system"]


@pytest.mark.parametrize("more", [{}, {"geometries": None}, {"geometries": {}}])
def test_a_collection_without_geometries_is_named_for_it(more: dict[str, Any]) -> None:
    broken = feature({"type": "GeometryCollection", **more})
    with pytest.raises(ReadError, match="GeometryCollection has no list 'geometries'"):
        read_upload("x.geojson", json.dumps(broken).encode())


def test_a_column_named_as_shapes_that_holds_words_stays_a_column() -> None:
    text = "name,lon,lat,geometry,wkt\nA,48.1,38.4,straight,\nB,48.2,38.5,,see the map\n"
    got = read_upload("x.csv", text.encode())
    assert got.geometry_types == {"Point": 2}
    assert dict(got.features[0].properties) == {"name": "A", "geometry": "straight"}
    assert dict(got.features[1].properties) == {"name": "B", "wkt": "see the map"}


def test_the_shapes_of_an_export_are_found_beside_columns_of_their_names() -> None:
    text = (
        "name,geometry,wkt,lon,lat,map_map_wkt\n"
        'A,curve,on paper,east,north,"LINESTRING (48 38, 49 39)"\n'
    )
    got = read_upload("x.csv", text.encode())
    assert got.geometry_types == {"LineString": 1}
    said = got.features[0].properties
    assert (said["geometry"], said["wkt"], said["lon"]) == ("curve", "on paper", "east")


def test_only_broken_shapes_are_refused_for_what_they_are() -> None:
    with pytest.raises(ReadError, match="WKT"):
        read_upload("x.csv", b"name,wkt\nA,somewhere\n")
