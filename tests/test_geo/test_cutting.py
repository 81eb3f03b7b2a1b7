"""A cut outline fills a window exactly as the whole one did, and neighbours stay joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from corridormap.geo.outline.cutting import cut, simplify
from corridormap.geo.outline.topojson import Topology

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

WORLD = (0.0, 0.0, 10.0, 10.0)


def country(points: list[tuple[float, float]], bbox: tuple[float, ...] = WORLD) -> Topology:
    """Return one country with one ring, all of it coast."""
    ring = np.asarray([*points, points[0]], dtype=float)
    west, south, east, north = bbox
    return Topology((ring,), {"AA": (((0,),),)}, {}, ((0,),), (west, south, east, north))


def filled(topology: Topology) -> BaseGeometry:
    """Return what is painted: parts laid along the rim have no area."""
    return shapely.make_valid(topology.land("AA"), method="structure")


def test_a_square_is_cut_at_the_window_and_the_rim_is_no_coast() -> None:
    found = cut(country([(2, 2), (8, 2), (8, 8), (2, 8)]), (0, 0, 5, 5))
    assert filled(found).equals(box(2, 2, 5, 5))
    assert found.lines(found.coast).length == pytest.approx(6)
    assert found.bbox == (0, 0, 5, 5)


def test_a_country_all_round_the_window_fills_it_without_a_coast() -> None:
    found = cut(country([(0, 0), (10, 0), (10, 10), (0, 10)]), (4, 4, 6, 6))
    assert filled(found).equals(box(4, 4, 6, 6))
    assert found.coast == ()


def test_a_country_beside_the_window_goes() -> None:
    found = cut(country([(0, 0), (1, 0), (1, 10), (0, 10)]), (4, 4, 6, 6))
    assert found.countries == {}
    assert found.arcs == ()


def test_a_border_stays_one_arc_of_both_countries() -> None:
    border = np.asarray([(5.0, 0.0), (5.2, 5.0), (5.0, 10.0)])
    west = np.asarray([(5.0, 10.0), (0.0, 10.0), (0.0, 0.0), (5.0, 0.0)])
    east = np.asarray([(5.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 10.0)])
    whole = Topology(
        (border, west, east),
        {"AA": (((0, 1),),), "BB": (((~0, 2),),)},
        {("AA", "BB"): ((0,),)},
        ((1,), (2,)),
        WORLD,
    )
    found = cut(whole, (4, 4, 6, 6))
    (line,) = found.borders["AA", "BB"]
    assert set(line) <= {n for polygon in found.countries["AA"] for n in polygon[0]}
    assert set(line) <= {~n for polygon in found.countries["BB"] for n in polygon[0]}
    assert found.coast == ()
    areas = [shapely.make_valid(found.land(iso)).area for iso in ("AA", "BB")]
    assert sum(areas) == pytest.approx(4)


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda p: (p[0] / 4, p[1] / 4)),
        min_size=3,
        max_size=12,
        unique=True,
    )
)
def test_every_window_shows_what_the_whole_outline_shows_there(
    points: list[tuple[float, float]],
) -> None:
    # Rings made by turning round a middle do not cross themselves.
    middle = np.mean(points, axis=0)
    ring = sorted(points, key=lambda p: (np.arctan2(p[1] - middle[1], p[0] - middle[0]), p))
    whole = country(ring)
    shape = whole.land("AA")
    if not shape.is_valid:
        return
    window = (2.1, 3.1, 7.3, 6.7)
    found = cut(whole, window)
    wanted = shape.intersection(box(*window)).area
    painted = filled(found).area if "AA" in found.countries else 0.0
    assert painted == pytest.approx(wanted, abs=1e-9)


def test_simplifying_moves_no_joint_and_drops_what_is_too_small_to_see() -> None:
    big = np.asarray([(0.0, 0.0), (5.0, 0.01), (10.0, 0.0), (10.0, 10.0), (0.0, 0.0)])
    dot = np.asarray([(20.0, 20.0), (20.01, 20.0), (20.0, 20.01), (20.0, 20.0)])
    whole = Topology(
        (big, dot), {"AA": (((0,),), ((1,),)), "BB": (((1,),),)}, {}, ((0,), (1,)), WORLD
    )
    found = simplify(whole, tolerance_deg=0.1)
    assert list(found.countries) == ["AA"]
    assert len(found.arcs) == 1
    assert found.arcs[0].tolist() == [[0, 0], [10, 0], [10, 10], [0, 0]]
    assert found.coast == ((0,),)
