"""Bounds of measured lengths and areas follow from how well a thing is drawn."""

from __future__ import annotations

import pytest
from shapely.geometry import LineString, MultiLineString, Polygon

from corridormap.geo.lines.length_range import area_range_m2, length_range_m
from corridormap.geo.measure import area_m2, length_m

STRAIGHT = LineString([(50.0, 40.0), (50.5, 40.0), (51.0, 40.0)])
ZIGZAG = LineString([(50.0 + 0.02 * i, 40.0 + 0.004 * (i % 2)) for i in range(41)])


def test_a_line_known_exactly_has_its_own_length() -> None:
    measured = length_range_m(STRAIGHT, uncertainty_m=0)
    assert measured.low == measured.drawn == measured.high == length_m(STRAIGHT)


def test_ends_that_may_lie_elsewhere_widen_both_bounds() -> None:
    measured = length_range_m(STRAIGHT, uncertainty_m=1000)
    assert measured.high - measured.drawn == pytest.approx(2000)
    assert measured.drawn - measured.low == pytest.approx(2000, abs=20)


def test_bends_that_legs_cut_widen_only_the_upper_bound() -> None:
    plain = length_range_m(STRAIGHT, uncertainty_m=100)
    bent = length_range_m(STRAIGHT, uncertainty_m=100, bends=0.25)
    assert bent.low == plain.low
    assert bent.high - plain.high == pytest.approx(0.25 * plain.drawn)


def test_the_lower_bound_leaves_out_bends_within_the_uncertainty() -> None:
    rough = length_range_m(ZIGZAG, uncertainty_m=500)
    fine = length_range_m(ZIGZAG, uncertainty_m=100)
    chord = length_m(LineString([ZIGZAG.coords[0], ZIGZAG.coords[-1]]))
    assert rough.low == pytest.approx(chord - 1000, rel=1e-3)
    assert fine.low == pytest.approx(length_m(ZIGZAG) - 200, rel=1e-6)


def test_no_length_is_below_nothing() -> None:
    short = LineString([(50.0, 40.0), (50.001, 40.0)])
    assert length_range_m(short, uncertainty_m=5000).low == 0


def test_parts_of_a_line_count_together() -> None:
    both = MultiLineString([STRAIGHT, ZIGZAG])
    assert length_range_m(both, uncertainty_m=0).drawn == pytest.approx(
        length_m(STRAIGHT) + length_m(ZIGZAG)
    )


def test_an_area_is_uncertain_by_a_strip_along_its_rim() -> None:
    square = Polygon([(50, 40), (50.1, 40), (50.1, 40.1), (50, 40.1)])
    measured = area_range_m2(square, uncertainty_m=50)
    assert measured.drawn == area_m2(square)
    assert measured.high - measured.drawn == pytest.approx(50 * length_m(square))
    assert measured.drawn - measured.low == pytest.approx(50 * length_m(square))
