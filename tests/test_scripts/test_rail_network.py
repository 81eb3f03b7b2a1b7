"""Courses along a network: a file read as data, lengths that say how far a track can be."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.rail_network import aside_m, read_network

if TYPE_CHECKING:
    from pathlib import Path

NETWORK = """
from scgraph.core import GeoGraph
graph=[{1: 10.0, 2: 30.0}, {0: 10.0, 2: 12.0}, {0: 30.0, 1: 12.0}, {}]
nodes=[[38.0, 45.0], [38.0, 45.1], [38.0, 45.2], [38.0, 80.0]]
made = GeoGraph(graph=graph, nodes=nodes)
"""


@given(st.floats(1, 1000), st.floats(1, 3), st.floats(0, 1), st.floats(0, 1))
def test_no_bend_of_a_track_is_farther_off_than_its_length_allows(
    chord: float, winding: float, along: float, share: float
) -> None:
    length = chord * winding
    most = aside_m(chord, length)
    x = along * chord
    y = most + (0.001 + share) * length
    # By way of any point beside the chord and beyond the bound the track would be longer.
    assert math.hypot(x, y) + math.hypot(chord - x, y) > length


def test_the_way_follows_the_tracks_own_lengths(tmp_path: Path) -> None:
    file = tmp_path / "world_railways.py"
    file.write_text(NETWORK, encoding="utf-8")
    network = read_network(file, (44, 37, 46, 39))
    edges = network.way((45.01, 38), (45.19, 38))
    assert [edge.end for edge in edges] == [(45.1, 38.0), (45.2, 38.0)]
    assert sum(edge.track_m for edge in edges) == 22_000
    assert edges[0].aside_m == pytest.approx(aside_m(edges[0].chord_m, 10_000))
    assert set(network.nodes) == {0, 1, 2}
    with pytest.raises(ValueError, match="no railway near"):
        network.nearest((10, 10))
