"""Tables as people have them: headers in many languages, numbers in many forms, odd lines."""

from __future__ import annotations

import struct

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from corridormap.geo.errors import GeometryError, ReadError
from corridormap.geo.formats import Choices, Incoming, MissingCrsError, read_upload
from corridormap.geo.formats.coordinate_text import degrees_or_number

PLACE = (48.1, 38.9)


def table(text: str, **choices: object) -> Incoming:
    return read_upload("p.csv", text.encode(), choices=Choices(**choices))  # type: ignore[arg-type]


HEADERS = [
    "name,lat,lon",
    "Name;Breite;Länge",
    "ad;enlem;boylam",
    "ad;enlik;uzunluq",
    "nombre;latitud;longitud",
    "nom;Latitude;Longitude",
    "имя;широта;долгота",
    "نام,عرض جغرافیایی,طول جغرافیایی",
    "name,decimalLatitude,decimalLongitude",
    "name,GPS Latitude,GPS Longitude",
    "name,_latitude,_longitude",
    "name,Latitude (deg),Longitude (deg)",
    "stop_name,stop_lat,stop_lon",
    "name\tLAT_WGS84\tLON_WGS84",
    "name| lat | lng ",
    "nazwa;szerokość;długość",
]


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_tells_where_the_positions_are_in_many_languages(header: str) -> None:
    separator = next(mark for mark in ",;\t|" if mark in header)
    got = table(f"{header}\n{separator.join(['B', '38.9', '48.1'])}\n")
    (made,) = got.features
    assert made.geometry.coords[0] == PLACE
    assert list(made.properties.values()) == ["B"]
    assert got.proposals == ()


NUMBERS = {
    "48.1": 48.1,
    "48,1": 48.1,
    "-48.5": -48.5,
    "\N{MINUS SIGN}48.5": -48.5,
    "4.81e1": 48.1,
    "48°30'": 48.5,
    "48°30'00\"E": 48.5,
    "48° 30′ 18″ N": 48.505,
    "W 48°30'": -48.5,
    "48°30'18,0''S": -48.505,
    "48º30'": 48.5,
    "48.5°": 48.5,
    "48d30m18sE": 48.505,
}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_coordinate_is_read_in_the_form_that_people_write(text: str) -> None:
    assert degrees_or_number(text) == pytest.approx(NUMBERS[text], abs=1e-12)


@pytest.mark.parametrize(
    "text", ["48°61'", "48°30'75\"", "-48°30'S", "48 30", "48,123,4", "N", "", "1e999"]
)
def test_what_is_no_coordinate_is_refused(text: str) -> None:
    with pytest.raises(GeometryError):
        degrees_or_number(text)


@given(st.floats(-180, 180))
def test_degrees_and_minutes_say_the_same_as_decimals(value: float) -> None:
    whole = abs(value)
    degrees = int(whole)
    minutes = (whole - degrees) * 60
    text = f"{degrees}°{int(minutes)}'{min(59.9999999, (minutes - int(minutes)) * 60):.7f}\""
    letter = "W" if value < 0 else "E"
    assert degrees_or_number(text + letter) == pytest.approx(value, abs=1e-7)


POINT = shapely.Point(*PLACE)
EWKB = shapely.to_wkb(shapely.set_srid(POINT, 4326), include_srid=True, hex=True)
SHAPES = {
    "EWKT": "SRID=4326;POINT (48.1 38.9)",
    "EWKB": EWKB,
    "EWKB of PostgreSQL": f"\\x{EWKB}",
}


@pytest.mark.parametrize("form", SHAPES)
def test_a_shape_that_names_its_system_is_read_in_it(form: str) -> None:
    assert (
        table(f"name;geom\nB;{SHAPES[form]}\n".replace(";geom", "|geom").replace("B;", "B|"))
        .features[0]
        .geometry.equals(POINT)
    )


def test_another_system_and_several() -> None:
    row = "B|SRID=32638;POINT (837000 4262000)\n"
    assert table(f"name|geom\n{row}").source_crs.startswith("EPSG:32638")
    with pytest.raises(ReadError, match=r"several coordinate systems \(4326, 32638\)"):
        table(f"name|geom\n{row}C|SRID=4326;POINT (48 38)\n")


def test_wkb_and_geojson_without_a_system_ask_for_one() -> None:
    plain = shapely.to_wkb(POINT, hex=True)
    for cell in (plain, '"{""type"":""Point"",""coordinates"":[48.1,38.9]}"'):
        with pytest.raises(MissingCrsError):
            table(f"name,geometry\nB,{cell}\n")
        (made,) = table(f"name,geometry\nB,{cell}\n", crs="EPSG:4326").features
        assert made.geometry.equals(POINT)


def test_of_two_positions_in_a_row_the_richer_is_taken_and_it_is_said() -> None:
    got = table('name,lon,lat,wkt\nA,48.5,38.6,"LINESTRING (48 38, 49 39)"\nB,48.1,38.9,\n')
    assert [f.geometry.geom_type for f in got.features] == ["LineString", "Point"]
    assert got.features[0].properties == {"name": "A", "lon": "48.5", "lat": "38.6"}
    assert "Where a row has both, its shape is taken from the column 'wkt'." in got.said


ODD = {
    "separator line": "sep=;\nname;lat;lon\nB;38,9;48,1\n",
    "title above": "Crossings 2023,,\n\nname,lat,lon\nB,38.9,48.1\n",
    "empty columns": "name,lat,lon,,\nB,38.9,48.1,,\n",
    "short row": "lat,lon,name,note\n38.9,48.1,B\n",
    "UTF-16": "name\tlat\tlon\nB\t38.9\t48.1\n",
    "quoted decimal comma": 'name,lat,lon\nB,"38,9","48,1"\n',
}


@pytest.mark.parametrize("case", ODD)
def test_odd_lines_are_read_with_what_was_left_out_said(case: str) -> None:
    body = ODD[case].encode("utf-16" if case == "UTF-16" else "utf-8")
    got = read_upload("p.csv", body)
    (made,) = got.features
    assert made.geometry.coords[0] == PLACE
    assert made.properties == {"name": "B"}
    if case == "title above":
        assert "Left out above the header: 2 lines." in got.said


def test_values_beyond_the_columns_are_kept_and_said() -> None:
    got = table("name,lat,lon\nB,38.9,48.1,seen by hand\n")
    assert got.features[0].properties == {"name": "B", "column 4": "seen by hand"}
    assert "4 values for 3 columns" in got.left_out[0].problem


def test_columns_of_one_name_keep_all_their_values() -> None:
    got = table("lon,lat,note,note\n48.1,38.9,a,b\n")
    assert got.features[0].properties == {"note": "a", "note (2)": "b"}
    assert any("'note (2)'" in said for said in got.said)


def test_the_columns_are_named_by_the_user_where_no_name_tells() -> None:
    text = "ort,rechts,hoch\nB,48.1,38.9\n"
    with pytest.raises(ReadError, match="no columns of coordinates"):
        table(text)
    (made,) = table(text, columns=("rechts", "hoch")).features
    assert made.geometry.coords[0] == PLACE
    with pytest.raises(ReadError, match="no columns rechts, oben"):
        table(text, columns=("rechts", "oben"))
    (shape,) = table("n,form\nB,POINT (48.1 38.9)\n", columns=("form",), crs="EPSG:4326").features
    assert shape.geometry.equals(POINT)


def test_shapes_of_public_transport_are_lines_in_their_order() -> None:
    text = (
        "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n"
        "A,38.8,48.2,2\nB,38,48,1\nA,38.9,48.1,1\nB,39,49,10\nB,38.5,48.5,9\n"
    )
    got = read_upload("shapes.txt", (text + "B,38.7,48.7,later\n").encode())
    assert [one.feature for one in got.left_out] == ["feature 6 (line 7)"]
    assert {f.id: list(f.geometry.coords) for f in got.features} == {
        "A": [(48.1, 38.9), (48.2, 38.8)],
        "B": [(48, 38), (48.5, 38.5), (49, 39)],
    }


NAMES = {
    "cp1251": "Мост через Аракс",
    "cp1256": "پل ارس",
    "cp1254": "Astara köprüsü",
    "koi8-r": "Мост",
}


@pytest.mark.parametrize("codec", NAMES)
def test_a_table_in_an_old_encoding_is_read_as_the_user_chooses(codec: str) -> None:
    body = f"name,lat,lon\n{NAMES[codec]},38.9,48.1\n".encode(codec)
    with pytest.raises(ReadError, match="not in Unicode") as caught:
        read_upload("p.csv", body)
    offered = {choice.id: choice.sample for choice in caught.value.choices}  # type: ignore[attr-defined]
    assert NAMES[codec] in offered[codec]
    (made,) = read_upload("p.csv", body, choices=Choices(encoding=codec)).features
    assert made.properties["name"] == NAMES[codec]


def test_an_encoding_that_is_none_is_refused_and_any_spelling_of_one_taken() -> None:
    body = "name,lat,lon\nМост,38.9,48.1\n".encode("cp1251")
    with pytest.raises(ReadError, match="not read here"):
        read_upload("p.csv", body, choices=Choices(encoding="klingon"))
    (made,) = read_upload("p.csv", body, choices=Choices(encoding="Windows 1251")).features
    assert made.properties["name"] == "Мост"


def test_a_stray_byte_does_not_make_a_text_another_encoding() -> None:
    body = "name,lat,lon\nМост через Аракс у Джульфы,38.9,48.1\nB?,38.9,48.1\n".encode().replace(
        b"B?", b"B\x92"
    )
    got = read_upload("p.csv", body)
    assert [f.properties["name"] for f in got.features] == ["Мост через Аракс у Джульфы", "B\ufffd"]
    assert "Bytes that are no letter: 1; each stands as \ufffd." in got.said


def test_heights_are_said_to_be_left_out_in_every_format() -> None:
    wkb = struct.pack("<BI3d", 1, 0x80000001, 48.1, 38.9, 120.0).hex()
    bodies = {
        "p.geojson": '{"type":"Point","coordinates":[48.1,38.9,120]}',
        "p.kml": "<kml><Placemark><Point><coordinates>48.1,38.9,120</coordinates></Point>"
        "</Placemark></kml>",
        "p.csv": "wkt\nPOINT Z (48.1 38.9 120)\n",
        "q.csv": f"wkb\n{wkb}\n",
    }
    for name, body in bodies.items():
        got = read_upload(name, body.encode(), choices=Choices(crs="EPSG:4326"))
        assert got.features[0].geometry.equals(POINT)
        assert "heights and measures of 1 positions" in got.left_out[0].problem
