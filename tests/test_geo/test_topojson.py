"""An outline is the same after it was written and read, and shares its arcs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.geo.errors import ReadError
from corridormap.geo.outline.topojson import OutlineFile, Topology, decode, encode, read_topology

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


def test_what_is_written_is_plain_topojson() -> None:
    written = encode(squares(), step_deg=STEP)
    assert written["type"] == "Topology"
    assert list(written["objects"]) == ["countries", "borders", "coast"]
    assert written["objects"]["countries"]["geometries"][1] == {
        "type": "MultiPolygon",
        "id": "BB",
        "properties": {"iso": "BB"},
        "arcs": [[[-1, 2]]],
    }
    assert written["arcs"][0] == [[1000, 0], [0, 1000]]
    assert json.loads(json.dumps(written)) == written


def test_reading_what_was_written_gives_the_same_outline() -> None:
    topology = decode(encode(squares(), step_deg=STEP))
    assert topology.countries == squares().countries
    assert topology.borders == squares().borders
    assert topology.coast == squares().coast
    assert topology.bbox == squares().bbox
    for found, wanted in zip(topology.arcs, squares().arcs, strict=True):
        assert found == pytest.approx(wanted)


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
    (found,) = decode(encode(topology, step_deg=STEP)).arcs
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
    written = encode(squares(), step_deg=STEP)
    written["objects"]["coast"]["geometries"][0]["arcs"] = [[99]]
    file = tmp_path / "outline.topojson"
    file.write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(ReadError, match="not among the 3 arcs"):
        read_topology(OutlineFile(file.name, file.read_bytes()))
