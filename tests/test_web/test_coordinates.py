"""Coordinates as people write them, and the size of what is drawn, as the page reads them."""

from __future__ import annotations

import math
from typing import Any

import pytest
from shapely.geometry import LineString, Polygon

from corridormap.geo.measure import area_m2, length_m
from tests.modules import ask

HERE = [48.8736, 38.4412]
WRITTEN = {
    "38.4412, 48.8736": HERE,
    "38.4412,48.8736": HERE,
    " 38.4412   48.8736 ": HERE,
    "38,4412; 48,8736": HERE,
    "38.4412 N, 48.8736 E": HERE,
    "48.8736E 38.4412N": HERE,
    "N 38.4412 E 48.8736": HERE,
    "38°26.472'N 48°52.416'E": HERE,
    "38° 26′ 28.32″ N, 48° 52′ 24.96″ E": HERE,
    "38 26 28.32 N 48 52 24.96 E": HERE,
    "38º26`28.32''N 48º52`24.96''E": HERE,
    "-12.5, -70.25": [-70.25, -12.5],
    "−12.5, −70.25": [-70.25, -12.5],
    "12.5 S, 70.25 W": [-70.25, -12.5],
}
REFUSED = {
    "": "two numbers",
    "38.4412": "two numbers",
    "38.4412, 48.8736, 12": "two numbers",
    "38 26 28 48 52 24": "two numbers",
    "here, there": "cannot be read",
    "38.4.4, 48.8": "cannot be read",
    "38-26, 48-52": "cannot be read",
    "1e3, 48": "",
    "NaN, 48": "",
    "38.44N, 48.87": "only one of the numbers",
    "38 N, 39 S": "same kind",
    "-38 N, 48 E": "a minus and a letter",
    "38 61 N, 48 E": "less than 60",
    "38.5 30 N, 48 E": "only the last",
    "148.87, 38.44": "cannot be a latitude",
    "95, 190": "outside the world",
}


MODULES = {
    "geometry": "editor/drawing/geometry.js",
    "geometryText": "editor/drawing/geometry_text.js",
}


def answered(function: str, given: Any = None) -> Any:
    return ask(MODULES, function, given)


def test_positions_are_read_however_they_are_written() -> None:
    read = "texts => texts.map(geometryText.readPosition)"
    for (text, at), said in zip(WRITTEN.items(), answered(read, [*WRITTEN]), strict=True):
        assert said.get("at") == pytest.approx(at, abs=1e-7), f"{text}: {said}"


def test_what_cannot_be_a_position_is_told_and_never_guessed() -> None:
    read = "texts => texts.map(geometryText.readPosition)"
    for (text, word), said in zip(REFUSED.items(), answered(read, [*REFUSED]), strict=True):
        assert "at" not in said, text
        assert word in said["problem"], f"{text}: {said}"
        assert said["remedy"].endswith("."), text


GEOMETRIES: list[dict[str, Any]] = [
    {"type": "Point", "coordinates": HERE},
    {"type": "MultiPoint", "coordinates": [HERE, [48.0, 39.0]]},
    {"type": "LineString", "coordinates": [HERE, [48.0, 39.0], [47.5, 39.1]]},
    {"type": "MultiLineString", "coordinates": [[HERE, [48.0, 39.0]], [[47, 39], [46, 39]]]},
    {
        "type": "Polygon",
        "coordinates": [
            [[47, 39], [48, 39], [48, 40], [47, 40], [47, 39]],
            [[47.2, 39.2], [47.2, 39.4], [47.4, 39.4], [47.2, 39.2]],
        ],
    },
    {
        "type": "MultiPolygon",
        "coordinates": [
            [[[47, 39], [48, 39], [48, 40], [47, 39]]],
            [[[45, 39], [46, 39], [46, 40], [45, 39]]],
        ],
    },
]


@pytest.mark.parametrize("geometry", GEOMETRIES, ids=lambda geometry: str(geometry["type"]))
def test_a_geometry_written_and_read_again_is_the_same(geometry: dict[str, Any]) -> None:
    again = answered(
        "was => { const { readGeometry, writeGeometry } = geometryText;"
        " return readGeometry(writeGeometry(was), geometry.shapeOf(was), was); }",
        geometry,
    )
    assert again == {"geometry": geometry}


def test_the_line_that_cannot_be_read_is_named() -> None:
    read = "([text, shape]) => geometryText.readGeometry(text, shape, null)"
    assert "line 2" in answered(read, ["38, 48\n38, x\n39, 49", "line"])["problem"]
    assert "2 positions" in answered(read, ["38, 48", "line"])["problem"]
    assert "3 positions" in answered(read, ["38, 48\n39, 48", "area"])["problem"]
    parts = answered(read, ["38, 48\n39, 48\n39, 49\n\n1, 2\n2, 2\n2, 3", "area"])
    assert "2 parts" in parts["problem"]


def test_sizes_are_those_of_the_ellipsoid() -> None:
    line = [HERE, [48.0, 39.0], [45.5, 39.1]]
    # Small: the ellipsoid's shortest ways and straight lines in degrees part with their length.
    ring = [[47.0, 39.0], [47.1, 39.01], [47.06, 39.09], [47.0, 39.0]]
    measure = "given => geometry.measure(given)"
    drawn = answered(measure, {"type": "LineString", "coordinates": line})
    assert math.isclose(drawn["lengthM"], length_m(LineString(line)), rel_tol=1e-5)
    drawn = answered(measure, {"type": "Polygon", "coordinates": [ring]})
    assert math.isclose(drawn["areaM2"], area_m2(Polygon(ring)), rel_tol=1e-3)


def test_a_click_is_no_more_exact_than_a_dot_of_the_screen() -> None:
    digits = answered("() => [1400, 100, 10, 1, 0.01].map(geometry.digitsFor)")
    assert digits == [2, 4, 5, 6, 6]
    tidied = answered(
        "([line, digits, kept]) => geometry.rounded(line, digits, kept)",
        [
            {"type": "LineString", "coordinates": [[48.123456789, 38.5], [48.7654321, 38.1]]},
            3,
            [[48.7654321, 38.1, 12]],
        ],
    )
    assert tidied["coordinates"] == [[48.123, 38.5], [48.7654321, 38.1, 12]]
