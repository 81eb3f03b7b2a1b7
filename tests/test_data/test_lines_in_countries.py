"""Every line of the built-in corridor lies in the countries it declares.

Near the corridor the detailed outline decides, to a few metres. Beyond it Natural Earth
does, whose borders are up to 3 km off. Sea is open to routes that use it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from shapely.geometry import box, shape

from geo.atlas import read_atlas
from geo.border import length_outside_m
from geo.measure import length_m
from geo.topojson import Topology, read_topology

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

CORRIDOR = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
WATER_M = 200.0
"""The outline leaves out water: a bridge's span over a wide river is on no country's land."""
NATURAL_EARTH_DEG = 0.03
"""About 3 km: how far Natural Earth's borders were found off in this region."""
SEA_MODES = {"sea", "multimodal"}

LINES = [
    feature
    for path in sorted((CORRIDOR / "layers").glob("*.geojson"))
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
    if feature["geometry"]["type"] in {"LineString", "MultiLineString"}
]


@cache
def _detail() -> Topology:
    return read_topology(CORRIDOR / "outline.topojson")


def _land(outline: Topology, countries: set[str]) -> BaseGeometry:
    return shapely.union_all(
        [outline.land(iso).buffer(0) for iso in sorted(countries & set(outline.countries))]
    )


def strayed_m(feature: dict[str, Any]) -> float:
    """Return the metres of a feature's line that are where they may not be."""
    line = shape(feature["geometry"])
    countries = set(feature["properties"]["countries"])
    by_sea = feature["properties"]["mode"] in SEA_MODES
    window = box(*_detail().bbox)
    near, far = line.intersection(window), line.difference(window)
    return _strayed_m(near, _detail(), countries, by_sea=by_sea, slack_deg=0.0) + (
        0.0
        if far.is_empty
        else _strayed_m(
            far,
            read_atlas("10m", far.bounds),
            countries,
            by_sea=by_sea,
            slack_deg=NATURAL_EARTH_DEG,
        )
    )


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


@pytest.mark.parametrize("feature", LINES, ids=[feature["id"] for feature in LINES])
def test_line_stays_in_its_countries(feature: dict[str, Any]) -> None:
    assert strayed_m(feature) <= WATER_M


def test_the_lines_asked_for_are_there() -> None:
    assert {feature["id"] for feature in LINES} >= {
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

    assert strayed_m(straight) > 20_000
