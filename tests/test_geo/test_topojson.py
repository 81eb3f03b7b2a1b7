"""An outline is the same after it was read, or packed for the browser, and shares its arcs."""

from __future__ import annotations

import copy
import json
import string
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.geo.errors import ReadError
from corridormap.geo.outline.packing import pack_outline, packed
from corridormap.geo.outline.topojson import OutlineFile, Topology, decode, read_topology
from tests.test_geo.packed import outline_of, unpacked

if TYPE_CHECKING:
    from pathlib import Path

STEP = 0.001


def squares() -> Topology:
    """Return two squares side by side, which share their border; the rest is coast."""
    border = np.asarray([(1.0, 0.0), (1.0, 1.0)])
    west = np.asarray([(1.0, 1.0), (0.0, 1.0), (0.0, 0.0), (1.0, 0.0)])
    east = np.asarray([(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0)])
    return Topology(
        arcs=(border, west, east),
        countries={"AA": (((0, 1),),), "BB": (((~0, 2),),)},
        borders={("AA", "BB"): ((0,),)},
        coast=((1,), (2,)),
        bbox=(0.0, 0.0, 2.0, 1.0),
    )


def test_land_and_lines_are_put_together_from_arcs() -> None:
    topology = squares()
    assert topology.land("AA").bounds == (0, 0, 1, 1)
    assert topology.land("BB").area == 1
    assert topology.lines(topology.borders["AA", "BB"]).length == 1
    assert topology.lines(topology.coast).length == 6


WRITTEN: dict[str, Any] = {
    "type": "Topology",
    "bbox": [0, 0, 2, 1],
    "transform": {"scale": [STEP, STEP], "translate": [0, 0]},
    "arcs": [
        [[1000, 0], [0, 1000]],
        [[1000, 1000], [-1000, 0], [0, -1000], [1000, 0]],
        [[1000, 0], [1000, 0], [0, 1000], [-1000, 0]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "properties": {"iso": "AA"}, "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "properties": {"iso": "BB"}, "arcs": [[[-1, 2]]]},
            ]
        },
        "borders": {
            "geometries": [
                {"type": "LineString", "properties": {"a": "AA", "b": "BB"}, "arcs": [0]}
            ]
        },
        "coast": {"geometries": [{"type": "MultiLineString", "arcs": [[1], [2]]}]},
    },
}


@pytest.mark.parametrize(
    "topology", [decode(WRITTEN), outline_of(pack_outline(squares(), step_deg=STEP), [0, 0, 2, 1])]
)
def test_an_outline_is_read_from_topojson_and_told_to_the_browser(topology: Topology) -> None:
    assert topology.countries == squares().countries
    assert topology.borders == squares().borders
    assert topology.coast == squares().coast
    assert topology.bbox == squares().bbox
    for found, wanted in zip(topology.arcs, squares().arcs, strict=True):
        assert found == pytest.approx(wanted)


@given(st.lists(st.integers(-(2**33) + 1, 2**33 - 1)))
def test_numbers_are_packed_and_come_back(numbers: list[int]) -> None:
    text = packed(numbers)
    assert unpacked(text) == numbers
    assert set(text) <= set(string.ascii_letters + string.digits + "+/")


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 1)),
        min_size=2,
        max_size=20,
    )
)
def test_points_come_back_within_half_a_step(points: list[tuple[float, float]]) -> None:
    arc = np.asarray(points)
    topology = Topology((arc,), {}, {}, ((0,),), (0.0, 0.0, 1.0, 1.0))
    (found,) = outline_of(pack_outline(topology, step_deg=STEP)).arcs
    assert len(found) >= 2
    ends = (found[0], arc[0]), (found[-1], arc[-1])
    assert all(np.abs(one - other).max() <= STEP / 2 + 1e-9 for one, other in ends)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"type": "Topology", "transform": {"scale": [1, 1], "translate": [0, 0]}, "arcs": []}',
    ],
)
def test_what_is_no_outline_is_an_error_that_names_the_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "outline.topojson"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=r"outline\.topojson: th.* (no TopoJSON outline|empty)"):
        read_topology(OutlineFile(file.name, file.read_bytes()))


def test_an_arc_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    written = copy.deepcopy(WRITTEN)
    written["objects"]["coast"]["geometries"][0]["arcs"] = [[99]]
    file = tmp_path / "outline.topojson"
    file.write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(ReadError, match="not among the 3 arcs"):
        read_topology(OutlineFile(file.name, file.read_bytes()))
