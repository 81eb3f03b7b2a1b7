"""A route stays in its country, as short as the country lets it be."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from corridormap.geo.errors import GeometryError
from corridormap.geo.lines.border import follow_bank, inland_point, length_outside_m
from corridormap.geo.measure import distance_m, length_m

# A country 60 km wide whose northern border has a bay of the neighbour in its middle.
BAY = Polygon([(46.2, 39.5), (46.5, 39.5), (46.35, 39.2)])
LAND = box(46.0, 39.0, 46.7, 39.5).difference(BAY)
BORDER = LineString([(46.0, 39.5), (46.2, 39.5), (46.35, 39.2), (46.5, 39.5), (46.7, 39.5)])
WEST, EAST = (46.1, 39.45), (46.6, 39.45)


def test_length_outside_is_measured_on_the_ellipsoid() -> None:
    outside = length_outside_m(LineString([(46.69, 39.1), (46.71, 39.1)]), LAND)

    assert outside == pytest.approx(distance_m((46.7, 39.1), (46.71, 39.1)), abs=0.01)


def test_a_line_inside_or_along_the_edge_has_nothing_outside() -> None:
    assert length_outside_m(LineString([(46.1, 39.1), (46.6, 39.1)]), LAND) == 0
    assert length_outside_m(LineString([(46.0, 39.0), (46.7, 39.0)]), LAND) == 0


def test_a_leg_that_stays_on_land_stays_straight() -> None:
    start, end = (46.1, 39.1), (46.6, 39.15)

    leg = follow_bank(start, end, land=LAND, border=BORDER, offset_m=300)

    assert list(leg.coords) == [start, end]


def test_a_leg_goes_round_the_bay_at_the_offset() -> None:
    straight = LineString([WEST, EAST])

    leg = follow_bank(WEST, EAST, land=LAND, border=BORDER, offset_m=300)

    assert length_outside_m(straight, LAND) > 10_000
    assert length_outside_m(leg, LAND) == 0
    head = Point(46.35, 39.2)
    nearest = shapely.ops.nearest_points(leg, head)[0]
    gap_m = distance_m((nearest.x, nearest.y), (head.x, head.y))
    assert gap_m == pytest.approx(300, abs=40)


def test_the_way_round_is_no_longer_than_it_must_be() -> None:
    corner = (46.35, 39.2)
    shortest_m = distance_m(WEST, corner) + distance_m(corner, EAST)

    leg = follow_bank(WEST, EAST, land=LAND, border=BORDER, offset_m=300)

    assert shortest_m < length_m(leg) < shortest_m + 1_000


def test_an_end_closer_to_the_border_than_the_offset_is_still_reached() -> None:
    bridge = (46.3485, 39.2)

    leg = follow_bank(bridge, EAST, land=LAND, border=BORDER, offset_m=300)

    assert leg.coords[0] == bridge
    assert leg.coords[-1] == EAST
    assert length_outside_m(leg, LAND) == 0


def test_water_inside_the_country_is_gone_round_too() -> None:
    lake = box(46.3, 39.05, 46.4, 39.18)
    start, end = (46.2, 39.1), (46.5, 39.1)

    leg = follow_bank(start, end, land=LAND.difference(lake), border=BORDER, offset_m=300)

    assert length_outside_m(leg, LAND.difference(lake)) == 0
    assert length_m(leg) > distance_m(start, end)


def test_an_end_off_the_land_is_refused() -> None:
    with pytest.raises(GeometryError, match=r"46\.35000, 39\.45000 is not on the land"):
        follow_bank(WEST, (46.35, 39.45), land=LAND, border=BORDER, offset_m=300)


def test_land_that_does_not_join_the_ends_is_refused() -> None:
    islands = MultiPolygon([box(46.0, 39.0, 46.1, 39.1), box(46.3, 39.0, 46.4, 39.1)])

    with pytest.raises(GeometryError, match="no way on the land"):
        follow_bank((46.05, 39.05), (46.35, 39.05), land=islands, border=BORDER, offset_m=300)


def test_a_point_beyond_the_border_steps_to_the_inner_side_of_the_bank() -> None:
    across = (46.35, 39.201)

    moved = inland_point(across, land=LAND, border=BORDER, offset_m=300)

    assert LAND.covers(Point(moved))
    assert distance_m(across, moved) < 1_000
    gap_m = distance_m(moved, _nearest_on_border(moved))
    assert gap_m == pytest.approx(300, abs=15)


def test_a_point_far_enough_inside_does_not_move() -> None:
    inside = (46.1, 39.1)

    assert inland_point(inside, land=LAND, border=BORDER, offset_m=300) == inside


def test_no_land_far_enough_from_the_border_is_refused() -> None:
    with pytest.raises(GeometryError, match="no land 900000 m from the border"):
        inland_point((46.1, 39.1), land=LAND, border=BORDER, offset_m=900_000)


def _nearest_on_border(position: tuple[float, float]) -> tuple[float, float]:
    nearest = shapely.ops.nearest_points(BORDER, Point(position))[0]
    return nearest.x, nearest.y
