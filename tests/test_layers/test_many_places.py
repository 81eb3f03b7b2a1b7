"""What is looked up near a place is what looking at everything would find."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corridormap.layers.picture.map.fullness import Fullness
from corridormap.layers.picture.map.nearby import Nearby
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.placing.meeting import any_meet, boxes_meet
from corridormap.layers.picture.placing.taken import Taken

PX = st.integers(-40, 400).map(float)
POINTS = st.lists(st.tuples(PX, PX), max_size=60)
BOXES = st.lists(
    st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), PX, PX, *[st.integers(1, 90)] * 2),
    min_size=1,
    max_size=200,
)


def rows(boxes: list[Box]) -> np.ndarray:
    return np.array([(b.left, b.top, b.right, b.bottom) for b in boxes]).reshape(-1, 4)


@given(POINTS, st.tuples(PX, PX), st.integers(0, 200))
def test_no_point_that_is_near_is_overlooked(
    points: list[tuple[float, float]], at: tuple[float, float], px: int
) -> None:
    near = Nearby(24.0)
    for number, point in enumerate(points):
        near.put(number, point)
    found = list(near.within(at, px))
    assert len(found) == len(set(found))
    assert {n for n, point in enumerate(points) if math.dist(point, at) <= px} <= set(found)


@given(BOXES, BOXES, st.integers(0, 12))
def test_a_box_meets_another_or_none_however_many_are_taken(
    ones: list[Box], others: list[Box], gap: int
) -> None:
    met = any_meet(rows(ones), rows(others), gap)
    assert met.tolist() == boxes_meet(rows(ones), rows(others), gap).any(axis=1).tolist()


@given(BOXES, st.data())
def test_what_was_given_back_is_no_longer_taken(boxes: list[Box], data: st.DataObject) -> None:
    taken = Taken()
    for box in boxes:
        taken.add(box)
    left = list(boxes)
    for box in data.draw(st.lists(st.sampled_from(boxes), max_size=20)):
        if box in left:
            left.remove(box)
            taken.remove(box)
    assert sorted(taken.rows.tolist()) == sorted(rows(left).tolist())
    probe = Box(50, 50, 120, 90)
    met = sorted(taken.met_by(probe, 3.0), key=repr)
    assert met == sorted((box for box in left if probe.overlaps(box, 3.0)), key=repr)


def test_a_full_part_takes_no_more_names_but_those_that_must_stand() -> None:
    full = Fullness(1.0)
    taken = [full.takes((50.0, 50.0), must=False) for _ in range(1000)]
    assert 0 < sum(taken) < 50
    assert taken == sorted(taken, reverse=True), "the first, the most important, are looked at"
    assert full.takes((50.0, 50.0), must=True)
    assert full.takes((550.0, 50.0), must=False), "another part has room"
