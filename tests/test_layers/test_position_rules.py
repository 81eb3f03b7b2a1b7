"""Rules that find bands which cannot be true, without a reference.

Each rule is tried on a copy of the built-in corridor that is broken where its data once were.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from corridormap.layers.corridor.feature import FeatureProperties
from corridormap.layers.validation.apart import apart_faults
from corridormap.layers.validation.rounding import rounding_faults
from corridormap.layers.validation.straight_runs import run_faults
from corridormap.layers.validation.validate import validate_files

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[dict[str, Any]], object]

CORRIDOR = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
BRIDGES, CROSSINGS = "layers/bridges.geojson", "layers/border-crossings.geojson"
RASHT, LINK = "layers/rasht-astara.geojson", "layers/nakhchivan-link.geojson"


@cache
def files() -> dict[str, bytes]:
    """Return the built-in corridor's files by name."""
    found = (path for path in CORRIDOR.rglob("*") if path.is_file())
    return {path.relative_to(CORRIDOR).as_posix(): path.read_bytes() for path in found}


def broken(*changes: tuple[str, str, Change]) -> dict[str, bytes]:
    """Return the corridor's files with features changed."""
    made = dict(files())
    for file, feature, change in changes:
        layer = json.loads(made[file])
        change(next(one for one in layer["features"] if one["id"] == feature))
        made[file] = json.dumps(layer).encode()
    return made


def said(**change: Any) -> Change:
    return lambda feature: feature["properties"].update(change)


def drawn(*coordinates: Any) -> Change:
    return lambda feature: feature["geometry"].update(coordinates=list(coordinates))


CASES: dict[str, tuple[list[tuple[str, str, Change]], str, str, str]] = {
    # name: changes, file, feature, problem
    "straight legs and a narrow band": (
        [
            (
                RASHT, "qazvin-rasht-railway",
                drawn([49.98, 36.237], [49.498, 36.632], [49.556, 37.207]),
            ),
            (RASHT, "qazvin-rasht-railway", said(uncertainty_m=5000, geometry_source=[])),
        ],
        RASHT, "qazvin-rasht-railway", "good to 5 km, but runs straight for 64 km",
    ),
    "a band below the resolution of its source": (
        [(RASHT, "qazvin-rasht-railway", said(uncertainty_m=5000))],
        RASHT, "qazvin-rasht-railway", "smaller than the resolution of its source G8, 8.5 km",
    ),
    "half a minute, and good to 100 m": (
        [(BRIDGES, "khudafarin-bridges", said(uncertainty_m=100))],
        BRIDGES, "khudafarin-bridges", "rounded to half a minute, but called good to 100 m",
    ),
    "bridges apart in words and together on the map": (
        [(BRIDGES, "khudafarin-bridges", said(uncertainty_m=100))],
        BRIDGES, "khudafarin-bridges", "tell of 800 m apart, but one point, good to 100 m",
    ),
    "a railway's crossing over the road's bridge": (
        [(CROSSINGS, "julfa-jolfa-rail-crossing", said(bridge="julfa-road-bridge"))],
        CROSSINGS, "julfa-jolfa-rail-crossing", "is for rail, its bridge 'julfa-road-bridge' for r",
    ),
    "ends of one network beside each other": (
        [(RASHT, "rasht-caspian-railway", drawn([49.589, 37.276], [49.64, 37.388]))],
        RASHT, "qazvin-rasht-railway", "ends 8.2 km from 'rasht-caspian-railway'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_true_is_named(case: str) -> None:
    changes, file, feature, problem = CASES[case]
    found = validate_files(broken(*changes))
    told = [f for f in found if (f.file, f.feature) == (file, feature) and problem in f.problem]
    assert told, found
    assert all(finding.remedy for finding in told)


def test_rail_and_road_in_the_wrong_order_along_the_border() -> None:
    road = [[45.6327, 38.9393], [45.6327, 38.9447]]
    rail = [[45.6461, 38.9449], [45.6453, 38.9489]]
    lines = [
        (LINK, "kalaleh-jolfa-road", drawn(*road)),
        (LINK, "horadiz-aghband-railway", drawn(*rail)),
    ]
    swapped = [
        (CROSSINGS, "julfa-jolfa-rail-crossing", drawn(45.6283, 38.9441)),
        (CROSSINGS, "julfa-jolfa-road-crossing", drawn(45.6453, 38.9489)),
    ]
    codes = {finding.code for finding in validate_files(broken(*lines))}
    assert "rail-and-road-out-of-order" not in codes
    codes = {finding.code for finding in validate_files(broken(*lines, *swapped))}
    assert "rail-and-road-out-of-order" in codes


def properties(**change: Any) -> FeatureProperties:
    right: dict[str, Any] = {
        "name": "A line", "kind": "railway", "position_quality": "approximate",
        "uncertainty_m": 1000, "status_history": [{"date": "2020", "status": "operating"}],
    }  # fmt: skip
    return FeatureProperties.model_validate(right | change)


SHAPES = st.lists(
    st.tuples(st.integers(450, 500), st.integers(360, 400)), min_size=2, max_size=6, unique=True
)
SHARES = st.lists(st.floats(0.05, 0.95), min_size=1, max_size=4)


@given(SHAPES, SHARES, st.sampled_from([200, 1000, 5000]))
def test_positions_on_a_straight_leg_change_nothing(
    shape: list[tuple[int, int]], shares: list[float], uncertainty_m: int
) -> None:
    corners = [(x / 10, y / 10) for x, y in shape]
    more = [corners[0]]
    for (x0, y0), (x1, y1) in pairwise(corners):
        more += [(x0 + (x1 - x0) * s, y0 + (y1 - y0) * s) for s in sorted(shares)]
        more.append((x1, y1))
    of_line = properties(uncertainty_m=uncertainty_m)
    assert list(run_faults(of_line, LineString(more))) == list(
        run_faults(of_line, LineString(corners))
    )


def test_a_leg_that_its_source_supports_is_no_fault() -> None:
    line = LineString([(45, 38), (45.5, 38), (45.5, 38.5)])
    drawn_from = {"source": "S1", "resolution_m": 900}
    first = drawn_from | {"between": [[45, 38], [45.5, 38]]}
    assert list(run_faults(properties(geometry_source=[drawn_from]), line)) == []
    (fault,) = run_faults(properties(geometry_source=[first]), line)
    assert dict(fault.params)["at"] == "45.5, 38"
    assert list(run_faults(properties(position_quality="schematic"), line)) == []


@pytest.mark.parametrize(
    ("position", "uncertainty_m", "codes"),
    [
        ((46.9417, 39.15), 100, {"uncertainty-below-rounding"}),
        ((46.9417, 39.15), 500, set()),
        ((46.5667, 38.9), 500, {"uncertainty-below-rounding"}),
        ((46.5667, 38.9), 1000, set()),
        ((46.1328, 38.8814), 100, set()),
    ],
)
def test_a_position_on_whole_or_half_minutes_is_no_better_than_they(
    position: tuple[float, float], uncertainty_m: float, codes: set[str]
) -> None:
    sourced = properties(geometry_source=[{"source": "S1"}], uncertainty_m=uncertainty_m)
    assert {fault.code for fault in rounding_faults(sourced, Point(position))} == codes
    # Who names no source of the digits is not held to them.
    assert list(rounding_faults(properties(uncertainty_m=uncertainty_m), Point(position))) == []


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("they stand 800 m or 100 m apart", True),
        ("two gazetteers, 2.8 km apart", True),
        ("two gazetteers, 0.2 km apart", False),
        ("1.4 km south of it", False),
        ("... m apart", False),
    ],
)
def test_words_that_tell_of_more_than_the_map_can_show(note: str, *, told: bool) -> None:
    found = list(apart_faults(properties(uncertainty_m=300, position_note=note), Point(46, 39)))
    assert bool(found) is told
