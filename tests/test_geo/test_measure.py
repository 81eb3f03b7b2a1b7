"""Measures on the ellipsoid against known values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, MultiPoint, Point, Polygon, box

from corridormap.geo.errors import GeometryError
from corridormap.geo.measure import (
    area_m2,
    bbox_of,
    distance_m,
    grown,
    length_m,
    metres_per_px,
    middle_of,
    point_along,
)


def test_known_lengths() -> None:
    assert distance_m((0, 0), (0, 1)) == pytest.approx(110_574.4, abs=0.1)
    assert distance_m((0, 0), (1, 0)) == pytest.approx(111_319.5, abs=0.1)
    assert length_m(LineString([(0, 0), (0, 1), (1, 1)])) == pytest.approx(221_874, abs=10)
    assert length_m(Point(0, 0)) == 0


def test_known_area_whatever_the_winding_and_with_holes() -> None:
    square = box(0, 0, 1, 1)
    assert area_m2(square) == pytest.approx(12_308_778_361, rel=1e-6)
    assert area_m2(Polygon(list(square.exterior.coords)[::-1])) == pytest.approx(area_m2(square))
    hole = Polygon(square.exterior.coords, [box(0.25, 0.25, 0.75, 0.75).exterior.coords])
    assert area_m2(hole) == pytest.approx(area_m2(square) - area_m2(box(0.25, 0.25, 0.75, 0.75)))
    assert area_m2(LineString([(0, 0), (1, 1)])) == 0


def test_the_middle_of_a_line_is_by_length_not_by_points() -> None:
    line = LineString([(0, 0), (0.01, 0), (0.02, 0), (1, 0)])
    assert middle_of(line) == pytest.approx((0.5, 0))


def test_the_middle_of_several_parts_is_on_the_longest() -> None:
    parts = MultiLineString([[(0, 0), (0.1, 0)], [(5, 0), (6, 0)]])
    assert middle_of(parts) == pytest.approx((5.5, 0))


def test_the_middle_of_an_area_is_where_it_is_widest() -> None:
    flag = box(0, 0, 1, 1).union(box(1, 0.4, 3, 0.45))
    lon, lat = middle_of(flag)
    assert 0.3 < lon < 0.7
    assert 0.3 < lat < 0.7
    assert middle_of(Point(3, 4)) == (3, 4)
    assert middle_of(MultiPoint([(1, 2), (3, 4)])) == (1, 2)


@given(share=st.floats(-1, 2))
def test_a_point_along_is_as_far_as_asked(share: float) -> None:
    line = LineString([(44, 38), (45, 38.5), (45, 38.5), (46, 38)])
    at = point_along(line, share)
    done = min(1.0, max(0.0, share))
    before = LineString([(44, 38), at]) if at[0] <= 45 else LineString([(44, 38), (45, 38.5), at])
    assert length_m(before) == pytest.approx(done * length_m(line), abs=600)


def test_only_lines_have_a_point_along() -> None:
    with pytest.raises(GeometryError, match="not a line"):
        point_along(box(0, 0, 1, 1), 0.5)


def test_boxes() -> None:
    assert bbox_of([]) is None
    assert bbox_of([Point(1, 2), LineString([(0, 5), (3, 4)])]) == (0, 2, 3, 5)
    assert grown((10, 20, 20, 40), 0.1) == (9, 18, 21, 42)
    assert grown((-170, -80, 170, 80), 1) == (-180, -90, 180, 90)


def test_scale() -> None:
    assert metres_per_px(0, 0) == pytest.approx(156_543, abs=1)
    assert metres_per_px(60, 10) == pytest.approx(156_543 / 2 / 1024, rel=1e-4)
