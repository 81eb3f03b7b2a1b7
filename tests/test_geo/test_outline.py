"""The outline of an extent is right where the world is awkward, small and quick."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import Point, box

from corridormap.geo.errors import ReadError
from corridormap.geo.outline.atlas import read_atlas
from corridormap.geo.outline.outline import browser_outline, tiers
from corridormap.geo.outline.topojson import OutlineFile
from tests.test_geo.packed import outline_of

CORRIDOR = (44.35, 36.95, 50.1, 40.6)
NEAR = (38.6, 33.3, 55.85, 44.25)
_FILE = Path(__file__).parents[2] / "data" / "azerbaijan-iran" / "outline.topojson"
DETAIL = OutlineFile(_FILE.name, _FILE.read_bytes())

BAKU, NAKHCHIVAN, CASPIAN = Point(49.8, 40.42), Point(45.41, 39.21), Point(49.7, 38.7)


@pytest.fixture(scope="module")
def drawn() -> dict[str, Any]:
    """Return the browser's outline of the built-in corridor."""
    return browser_outline(CORRIDOR, detail=DETAIL, near=NEAR)


def test_the_corridor_has_the_world_below_and_its_detail_above() -> None:
    world, detail = tiers(CORRIDOR, detail=DETAIL)
    assert (world.id, world.window) == ("world", None)
    assert (detail.id, detail.window) == ("detail", CORRIDOR)
    for tier in (world, detail):
        assert tier.land["AZ"].contains(BAKU)
        assert tier.land["AZ"].contains(NAKHCHIVAN)
        assert not any(land.contains(CASPIAN) for land in tier.land.values())
        assert {(a, b) for a, b, _ in tier.borders} >= {("AZ", "IR"), ("AM", "IR")}


def test_every_shape_is_cut_to_the_extent_and_its_rim_is_no_coast() -> None:
    rim = box(*CORRIDOR).exterior
    for tier in tiers(CORRIDOR, detail=DETAIL):
        shapes = [*tier.land.values(), *(line for _, _, line in tier.borders), tier.coast]
        assert all(box(*CORRIDOR).buffer(1e-9).covers(shape) for shape in shapes)
        assert tier.coast.intersection(rim).length < 0.01


def test_without_a_detail_there_is_the_world_only() -> None:
    assert [tier.id for tier in tiers(CORRIDOR, detail=None)] == ["world"]


def test_a_detail_too_small_to_see_is_left_out() -> None:
    assert [tier.id for tier in tiers((0, 0, 90, 70), detail=DETAIL)] == ["world"]


def test_a_detail_that_is_broken_is_an_error() -> None:
    with pytest.raises(ReadError, match="this is no TopoJSON outline"):
        tiers(CORRIDOR, detail=OutlineFile("broken.topojson", b"{}"))


@pytest.mark.parametrize("scale", ["10m", "50m", "110m"])
def test_no_country_is_smeared_over_the_antimeridian(scale: str) -> None:
    world = read_atlas(scale)  # type: ignore[arg-type]  # one of the three
    for iso in set(world.countries) - {"AQ"}:
        for polygon in world.countries[iso]:
            ring = world.coordinates(polygon[0])
            steps = abs(ring[1:, 0] - ring[:-1, 0])
            assert steps.max() < 90, iso
    russia = world.land("RU")
    assert russia.contains(Point(179, 67.5))
    assert russia.contains(Point(-179, 67.5))
    assert not russia.contains(Point(0, 67.5))
    assert world.land("AQ").contains(Point(0, -89))


def test_the_cut_at_the_antimeridian_is_no_coast() -> None:
    (tier,) = tiers((170, 60, 180, 75), detail=None)
    at_cut = box(179.999, 60, 180, 75)
    assert tier.land["RU"].intersection(at_cut).area > 0
    assert tier.coast.intersection(at_cut).length < 0.1


def test_countries_without_a_number_have_a_code() -> None:
    world = read_atlas("10m")
    assert world.land("XK").contains(Point(20.9, 42.6))
    assert {"XN", "XS"} <= set(world.countries)


def test_the_browsers_outline_is_small_and_reads_back(drawn: dict[str, Any]) -> None:
    assert len(json.dumps(drawn, separators=(",", ":"), ensure_ascii=False)) < 300_000
    world, near, detail = drawn["tiers"]
    assert [world["id"], near["id"], detail["id"]] == ["world", "near", "detail"]
    assert world["window"] is None
    assert near["window"] == list(NEAR)
    for tier in (world, near, detail):
        azerbaijan = shapely.make_valid(outline_of(tier["outline"]).land("AZ"), method="structure")
        assert azerbaijan.contains(BAKU)
        assert not azerbaijan.contains(CASPIAN)


def test_the_neighbourhood_is_cut_without_a_gap(drawn: dict[str, Any]) -> None:
    _, near, _ = drawn["tiers"]
    topology = outline_of(near["outline"], near["window"])
    whole = read_atlas("10m", NEAR)
    for iso in topology.countries:
        wanted = shapely.make_valid(whole.land(iso)).intersection(box(*NEAR)).area
        painted = shapely.make_valid(topology.land(iso), method="structure").area
        assert painted == pytest.approx(wanted, rel=2e-3, abs=1e-3), iso


def test_countries_have_names_and_points_inside_what_the_corridor_shows(
    drawn: dict[str, Any],
) -> None:
    countries = {c["iso"]: c for c in drawn["countries"]}
    assert countries["AZ"]["name"] == "Azerbaijan"
    first = Point(countries["AZ"]["labels"][0])
    (tier, *_) = tiers(CORRIDOR, detail=None)
    assert tier.land["AZ"].contains(first)
    assert first.x > 46.5  # the mainland, not the exclave
    assert tier.land["IR"].contains(Point(countries["IR"]["labels"][0]))
    assert any(tier.land["AZ"].contains(Point(p)) and p[0] < 46 for p in countries["AZ"]["labels"])


def test_waters_are_named_where_they_are_drawn(drawn: dict[str, Any]) -> None:
    names = [water["name"] for water in drawn["waters"]]
    assert {"Caspian Sea", "Black Sea", "Lake Urmia", "Lake Sevan", "Lake Victoria"} <= set(names)
    assert "Lake Tahoe" not in names  # too far away and too small to be drawn
    twice = {name for name in names if names.count(name) > 1}
    assert twice <= {"Pacific Ocean"}  # it has two places
