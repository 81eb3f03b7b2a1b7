"""What is measured in the page: as pyproj measures, and within the bounds of the lines."""

from __future__ import annotations

import math
from typing import Any

import pytest
from shapely import LineString

from corridormap.geo.lines.length_range import length_range_m
from corridormap.geo.measure import distance_m
from tests.modules import ask
from tests.test_browser.subjects import subject_of

GEODESIC = {"geodesic": "tools/geodesic.js"}
ALONG = {"along": "panels/measure/along.js", "store": "map/store.js"}
BETWEEN = """({document, a, b}) => {
  const model = store.createModel(document);
  const end = (id) => {
    const feature = model.feature(id);
    return { at: feature.geometry.coordinates, name: feature.name, feature };
  };
  return { lines: along.alongLines(model, end(a), end(b)),
           straight: along.straight([end(a), end(b)]) };
}"""


def between(id_: str, a: str, b: str) -> dict[str, Any]:
    """Return what the page measures between two features."""
    found: dict[str, Any] = ask(
        ALONG, BETWEEN, {"document": subject_of(id_).document, "a": a, "b": b}
    )
    return found


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((47.36, 39.44), (46.68, 38.89)),
        ((72.8, 18.9), (37.6, 55.7)),
        ((0.0, 0.0), (0.0, 0.0)),
        ((179.9, 10.0), (-179.9, 10.0)),
    ],
)
def test_a_distance_is_that_of_the_ellipsoid(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    measured = ask(GEODESIC, "([a, b]) => geodesic.distanceM(a, b)", [a, b])
    assert math.isclose(measured, distance_m(a, b), rel_tol=1e-5, abs_tol=1e-3)


def test_the_whole_of_a_line_has_the_range_that_the_server_measured() -> None:
    document = subject_of("azerbaijan-iran").document
    found = between("azerbaijan-iran", "town-horadiz", "town-aghband")["lines"]
    rail = next(line for line in found if line["title"] == "the Horadiz–Aghband railway")
    way = next(w for r in document["routes"] for w in r["ways"] if w["id"] == "rail")
    assert rail["lowKm"] == pytest.approx(way["legs"][0]["low_km"], abs=0.05)
    assert rail["highKm"] == pytest.approx(way["legs"][0]["high_km"], abs=0.05)


def test_a_part_of_a_line_keeps_what_its_ends_are_unsure_by() -> None:
    run = [(47.0, 39.0), (47.4, 39.0)]
    bounds = length_range_m(LineString(run), uncertainty_m=1000, bends=0.25)
    half = length_range_m(LineString([run[0], (47.2, 39.0)]), uncertainty_m=1000, bends=0.25)
    line = {
        "id": "l", "name": "<b>Line</b>", "geometry": {"type": "LineString", "coordinates": run},
        "position": {"uncertainty_m": 1000},
    }  # fmt: skip
    points = [
        {"id": key, "name": key, "geometry": {"type": "Point", "coordinates": at},
         "position": {"uncertainty_m": 0}}
        for key, at in (("a", run[0]), ("b", (47.2, 39.0)), ("far", (49.0, 41.0)))
    ]  # fmt: skip
    document = {
        "features": [line, *points], "claims": [], "layers": [], "routes": [],
        "changes": {"rows": []}, "signs": {},
        "measured": {"l": {"low_km": bounds.low / 1000, "high_km": bounds.high / 1000}},
    }  # fmt: skip
    given = {"document": document, "a": "a", "b": "b"}
    (found,) = ask(ALONG, BETWEEN, given)["lines"]
    assert found["title"] == "the <b>Line</b>"
    assert found["lowKm"] == pytest.approx(half.low / 1000, rel=1e-3)
    assert found["highKm"] == pytest.approx(half.high / 1000, rel=1e-3)
    assert ask(ALONG, BETWEEN, {**given, "b": "far"})["lines"] == []


def test_a_course_that_is_not_published_has_no_upper_bound() -> None:
    lines = between("azerbaijan-iran", "town-horadiz", "town-julfa")["lines"]
    assert any(line["highKm"] is None for line in lines)
    assert all(line["highKm"] is None or line["lowKm"] <= line["highKm"] for line in lines)
