"""Lines become one way: ends meet or gape, and kilometres only ever grow."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, MultiPoint, Polygon

from corridormap.geo.errors import GeometryError
from corridormap.geo.lines.joining import Piece, Stop
from corridormap.geo.lines.topology import join_pieces
from corridormap.geo.lines.track import Track
from corridormap.geo.measure import length_m

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.lines.topology import Way

WEST = LineString([(10.0, 50.0), (10.5, 50.0)])
EAST = LineString([(10.501, 50.0), (11.0, 50.1)])
"""70 m beyond the end of the first."""
FAR = LineString([(10.6, 50.0), (11.0, 50.0)])
"""7 km beyond it."""


def way(
    *shapes: BaseGeometry,
    uncertainty_m: float = 100.0,
    start: Stop | None = None,
    end: Stop | None = None,
) -> Way:
    """Join shapes named a, b, c... in order."""
    pieces = [Piece(chr(ord("a") + i), shape, uncertainty_m) for i, shape in enumerate(shapes)]
    return join_pieces(pieces, start=start, end=end)


def test_ends_that_may_be_one_place_are_joined_and_add_nothing() -> None:
    joined = way(WEST, EAST)
    assert not joined.gaps
    (join,) = joined.joins
    assert (join.before, join.after) == ("a", "b")
    assert 60 < join.offset_m < 80
    assert join.tolerance_m == 200
    assert joined.length_m == pytest.approx(length_m(WEST) + length_m(EAST))


def test_ends_farther_apart_than_both_are_known_leave_a_gap_of_that_length() -> None:
    apart = way(WEST, FAR)
    assert not apart.joins
    (gap,) = apart.gaps
    assert (gap.before, gap.after) == ("a", "b")
    assert gap.from_m == pytest.approx(length_m(WEST))
    assert 7_000 < gap.to_m - gap.from_m < 7_300
    assert apart.legs[1].from_m == pytest.approx(gap.to_m)


def test_the_tolerance_is_the_sum_of_both_uncertainties() -> None:
    pieces = [Piece("a", WEST, 1_000.0), Piece("b", FAR, 6_300.0)]
    assert not join_pieces(pieces).gaps
    pieces = [Piece("a", WEST, 1_000.0), Piece("b", FAR, 6_000.0)]
    assert join_pieces(pieces).gaps


def test_a_line_drawn_the_other_way_is_turned() -> None:
    turned = way(WEST.reverse(), EAST.reverse())
    assert turned.legs[0].track.points[0] == (10.0, 50.0)
    assert turned.legs[1].track.points[-1] == (11.0, 50.1)
    assert not turned.gaps


def test_an_end_may_meet_a_line_along_its_course_and_cuts_it() -> None:
    branch = LineString([(10.25, 50.0), (10.25, 50.3)])
    joined = way(WEST, branch)
    assert not joined.gaps
    main, side = joined.legs
    assert not main.whole
    assert side.whole
    assert main.track.length_m == pytest.approx(length_m(WEST) / 2, rel=1e-3)


def test_a_course_that_is_not_known_is_a_straight_line_with_ends_only() -> None:
    ends = MultiPoint([(10.5, 50.0), (11.0, 50.0)])
    joined = way(WEST, ends)
    assert not joined.legs[1].drawn
    middle = joined.spot((10.75, 50.0))
    assert middle.at_m in {joined.legs[1].from_m, joined.legs[1].to_m}
    assert middle.offset_m > 17_000


def test_a_way_starts_at_its_stop_even_in_the_middle_of_a_line() -> None:
    start = Stop("here", (10.25, 50.0005), 10.0)
    joined = way(WEST, EAST, start=start)
    assert joined.legs[0].track.points[0][0] == pytest.approx(10.25, abs=1e-4)
    assert not joined.legs[0].whole
    assert joined.joins[0].before == "here"


def test_a_stop_too_far_from_the_line_leaves_a_gap() -> None:
    end = Stop("there", (12.0, 50.0), 10.0)
    joined = way(WEST, end=end)
    (gap,) = joined.gaps
    assert (gap.before, gap.after) == ("a", "there")
    assert joined.length_m == pytest.approx(gap.to_m)


def test_the_lines_of_one_thing_that_do_not_meet_follow_each_other_over_a_gap() -> None:
    joined = way(MultiLineString([WEST.coords, FAR.coords]))
    assert [leg.id for leg in joined.legs] == ["a", "a"]
    assert not any(leg.whole for leg in joined.legs)
    assert len(joined.gaps) == 1


def test_nothing_makes_an_empty_way() -> None:
    assert join_pieces([]).length_m == 0
    with pytest.raises(GeometryError, match="empty"):
        join_pieces([]).spot((10, 50))


def test_an_area_is_refused_by_its_id() -> None:
    with pytest.raises(GeometryError) as error:
        way(Polygon([(0, 0), (1, 0), (1, 1)]))
    assert error.value.feature == "a"


positions = st.tuples(st.floats(40.0, 41.0), st.floats(38.0, 39.0))
lines = st.lists(positions, min_size=2, max_size=6, unique=True).map(LineString)


@settings(max_examples=60)
@given(
    shapes=st.lists(lines, min_size=1, max_size=5),
    uncertainty_m=st.sampled_from([0.0, 500.0, 20_000.0, 90_000.0]),
)
def test_chainage_never_falls_and_adds_up(shapes: list[LineString], uncertainty_m: float) -> None:
    joined = way(*shapes, uncertainty_m=uncertainty_m)
    spans = [(leg.from_m, leg.to_m) for leg in joined.legs]
    spans += [(gap.from_m, gap.to_m) for gap in joined.gaps]
    spans.sort()
    assert spans[0][0] == 0
    for before, after in pairwise(spans):
        assert after[0] == pytest.approx(before[1], abs=1e-6)
    assert joined.length_m == pytest.approx(sum(high - low for low, high in spans), abs=1e-6)
    for leg in joined.legs:
        assert all(a <= b for a, b in pairwise(leg.track.marks_m))
    for shape in shapes:
        for at in shape.coords:
            assert -1e-6 <= joined.spot((at[0], at[1])).at_m <= joined.length_m + 1e-6


@settings(max_examples=60)
@given(
    shapes=st.lists(lines, min_size=1, max_size=4),
    turns=st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_the_direction_in_which_a_line_was_drawn_does_not_matter(
    shapes: list[LineString], turns: list[bool]
) -> None:
    turned = [s.reverse() if t else s for s, t in zip(shapes, turns, strict=False)]
    assert way(*turned).length_m == pytest.approx(way(*shapes).length_m, abs=1e-3)


@settings(max_examples=60)
@given(shape=lines, share=st.floats(0, 1), other=st.floats(0, 1))
def test_the_parts_of_a_track_add_up_to_it(shape: LineString, share: float, other: float) -> None:
    track = Track.of(shape.coords)
    assert track.length_m == pytest.approx(length_m(shape))
    low, high = sorted((share * track.length_m, other * track.length_m))
    cuts = [track.cut(0, low), track.cut(low, high), track.cut(high, track.length_m)]
    assert sum(cut.length_m for cut in cuts) == pytest.approx(track.length_m)
    back = track.cut(high, low)
    assert back.length_m == pytest.approx(high - low)
    assert back.points == cuts[1].points[::-1]


@settings(max_examples=60)
@given(share=st.floats(0, 1))
def test_a_position_on_a_track_is_found_again_where_it_is(share: float) -> None:
    track = Track.of([(45.0, 38.0), (45.5, 38.2), (46.5, 38.1)])
    at_m = share * track.length_m
    foot = track.foot(track.position(at_m))
    assert foot.at_m == pytest.approx(at_m, abs=0.5)
    assert foot.offset_m < 0.5


def test_one_position_is_no_track() -> None:
    with pytest.raises(GeometryError, match="not a line"):
        Track.of([(1.0, 2.0)])
