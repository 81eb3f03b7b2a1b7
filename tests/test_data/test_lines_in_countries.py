"""Every line of the built-in corridors lies in the countries it declares.

Where a corridor has a detailed outline, that decides, to a few metres. Elsewhere Natural
Earth does, whose borders are up to 3 km off. Sea is open to routes that use it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from shapely.geometry import box, shape

from corridormap.geo.lines.border import length_outside_m
from corridormap.geo.measure import length_m
from corridormap.geo.outline.atlas import read_atlas
from corridormap.geo.outline.topojson import OutlineFile, Topology, read_topology

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).parents[2] / "data"
CORRIDORS = sorted(path.parent.name for path in DATA.glob("*/corridor.toml"))
DETAILED = "azerbaijan-iran"
WATER_M = 200.0
"""The outline leaves out water: a bridge's span over a wide river is on no country's land."""
NATURAL_EARTH_DEG = 0.03
"""About 3 km: how far Natural Earth's borders were found off in this region."""
SEA_MODES = {"sea", "multimodal"}

LINES = [
    (corridor, feature)
    for corridor in CORRIDORS
    for path in sorted((DATA / corridor / "layers").glob("*.geojson"))
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
    if feature["geometry"]["type"] in {"LineString", "MultiLineString"}
]


@cache
def _detail(corridor: str) -> Topology | None:
    path = DATA / corridor / "outline.topojson"
    return read_topology(OutlineFile(path.name, path.read_bytes())) if path.is_file() else None


def _land(outline: Topology, countries: set[str]) -> BaseGeometry:
    return shapely.union_all(
        [outline.land(iso).buffer(0) for iso in sorted(countries & set(outline.countries))]
    )


def strayed_m(corridor: str, feature: dict[str, Any]) -> float:
    """Return the metres of a feature's line that are where they may not be."""
    far: BaseGeometry = shape(feature["geometry"])
    countries = set(feature["properties"]["countries"])
    by_sea = feature["properties"]["mode"] in SEA_MODES
    strayed = 0.0
    detail = _detail(corridor)
    if detail is not None:
        window = box(*detail.bbox)
        near, far = far.intersection(window), far.difference(window)
        strayed = _strayed_m(near, detail, countries, by_sea=by_sea, slack_deg=0.0)
    if far.is_empty:
        return strayed
    world = read_atlas("10m", far.bounds)
    return strayed + _strayed_m(far, world, countries, by_sea=by_sea, slack_deg=NATURAL_EARTH_DEG)


def _strayed_m(
    line: BaseGeometry,
    outline: Topology,
    countries: set[str],
    *,
    by_sea: bool,
    slack_deg: float,
) -> float:
    own = _land(outline, countries).buffer(slack_deg)
    if not by_sea:
        return length_outside_m(line, own)
    foreign = _land(outline, set(outline.countries) - countries)
    return length_m(line.difference(own).intersection(foreign))


@pytest.mark.parametrize(
    ("corridor", "feature"), LINES, ids=[f"{name}-{feature['id']}" for name, feature in LINES]
)
def test_line_stays_in_its_countries(corridor: str, feature: dict[str, Any]) -> None:
    assert strayed_m(corridor, feature) <= WATER_M


def test_the_lines_asked_for_are_there() -> None:
    assert {feature["id"] for name, feature in LINES if name == DETAILED} >= {
        "horadiz-aghband-highway",
        "horadiz-aghband-railway",
        "kalaleh-jolfa-road",
        "siyahrud-ordubad-branch",
        "rasht-astara-railway",
        "qazvin-rasht-railway",
        "rasht-caspian-railway",
        "astara-astara-railway",
        "astara-alat-railway",
    }


def test_a_straight_chain_across_the_river_would_be_seen() -> None:
    straight = {
        "geometry": {
            "type": "LineString",
            "coordinates": [[47.335, 39.4502], [46.9417, 39.15], [46.7247, 39.0286]],
        },
        "properties": {"countries": ["AZ"], "mode": "rail"},
    }

    assert strayed_m(DETAILED, straight) > 20_000


def test_every_branch_of_the_north_south_corridor_has_its_lines() -> None:
    found = {feature["id"] for name, feature in LINES if name == "north-south"}
    assert found >= {
        "mumbai-bandar-abbas-sea",
        "rasht-astara-railway",
        "alat-yalama-railway",
        "anzali-astrakhan-sea",
        "bolashak-incheh-borun-railway",
        "mashhad-tejen-railway",
        "astrakhan-moscow-railway",
    }
