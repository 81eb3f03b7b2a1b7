"""Polygons that were stitched over the antimeridian or a pole lie flat on the map."""

from __future__ import annotations

from shapely.geometry import Polygon

from base.flat import Flattener, Point
from base.suburbs import suburbs

HALF = 1800


def flatten(*rings: list[Point]) -> tuple[list[Polygon], Flattener]:
    """Return the flat polygons of one polygon, a whole arc for each ring."""
    flat = Flattener(HALF)
    for ring in rings:
        flat.add([*ring, ring[0]])
    polygons = []
    for found in flat.flatten([[number] for number in range(len(rings))]):
        shells = [coordinates(flat, ring) for ring in found]
        polygons.append(Polygon(shells[0], shells[1:]))
    return sorted(polygons, key=lambda polygon: polygon.bounds), flat


def coordinates(flat: Flattener, ring: list[int]) -> list[Point]:
    """Return a ring's points; every arc must start where the one before it ended."""
    arcs = [flat.arcs[n] if n >= 0 else flat.arcs[~n][::-1] for n in ring]
    for arc, following in zip(arcs, [*arcs[1:], arcs[0]], strict=True):
        assert arc[-1] == following[0]
    return [point for arc in arcs for point in arc[:-1]]


def test_a_polygon_away_from_the_antimeridian_stays() -> None:
    (found,), flat = flatten([(0, 0), (100, 0), (100, 100), (0, 100)])
    assert found.bounds == (0, 0, 100, 100)
    assert flat.cuts == set()


def test_a_ring_over_the_antimeridian_becomes_one_polygon_on_each_side() -> None:
    (west, east), flat = flatten(
        [(1700, 0), (-1800, 0), (-1700, 0), (-1700, 100), (-1800, 100), (1700, 100)]
    )
    assert west.bounds == (-1800, 0, -1700, 100)
    assert east.bounds == (1700, 0, 1800, 100)
    assert west.area == east.area == 100 * 100
    assert len(flat.cuts) == 2


def test_points_of_the_antimeridian_get_the_sign_of_their_side() -> None:
    (found,), flat = flatten([(1700, 0), (-1800, 0), (-1800, 100), (1700, 100)])
    assert found.bounds == (1700, 0, 1800, 100)
    assert len(flat.cuts) == 1


def test_a_ring_that_crosses_twice_gives_a_polygon_for_each_part() -> None:
    found, _ = flatten(
        [
            (1700, 0), (1800, 0), (-1700, 0), (-1700, 20), (-1800, 20), (1750, 20),
            (1750, 60), (-1800, 60), (-1700, 60), (-1700, 80), (-1800, 80), (1700, 80),
        ]
    )  # fmt: skip
    assert [polygon.bounds for polygon in found] == [
        (-1800, 0, -1700, 20),
        (-1800, 60, -1700, 80),
        (1700, 0, 1800, 80),
    ]


def test_a_ring_round_the_pole_reaches_down_to_it() -> None:
    (found,), flat = flatten([(-1800, -700), (-600, -650), (600, -750), (1790, -700)])
    assert found.bounds == (-1800, -900, 1800, -650)
    assert found.is_valid
    assert all(len({x for x, _ in flat.arcs[number]}) <= 2 for number in flat.cuts)


def test_a_hole_goes_with_the_part_it_lies_in() -> None:
    (west, east), _ = flatten(
        [(1700, 0), (-1800, 0), (-1700, 0), (-1700, 100), (-1800, 100), (1700, 100)],
        [(1720, 20), (1720, 40), (1740, 40)],
    )
    assert len(west.interiors) == 0
    assert len(east.interiors) == 1


def test_a_ring_without_an_extent_goes() -> None:
    assert flatten([(5, 5), (5, 5), (5, 5)])[0] == []


def test_a_suburb_is_near_a_place_several_times_its_size() -> None:
    def place(number: int, lon: float, population: int) -> dict[str, object]:
        return {
            "geonameid": number,
            "longitude": lon,
            "latitude": 40.0,
            "population": population,
        }

    city, part, twin, far = 1_000_000, 100_000, 400_000, 100_000
    cities = [place(1, 44.5, city), place(2, 44.55, part), place(3, 44.6, twin), place(4, 45, far)]
    assert suburbs(cities) == {2}
