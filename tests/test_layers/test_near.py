"""What lies near one another is found as by holding each against each."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from corridormap.geo.measure import distance_m
from corridormap.layers.validation.near import near_pairs

lon = st.integers(-180_000, 180_000).map(lambda n: n / 1000)
lat = st.integers(-89_000, 89_000).map(lambda n: n / 1000)
close = st.tuples(
    st.integers(-30, 30).map(lambda n: (180 - n / 1000 + 180) % 360 - 180),
    st.integers(-30, 30).map(lambda n: 60 + n / 1000),
)


@given(
    st.lists(st.tuples(lon, lat) | close, max_size=12),
    st.lists(st.integers(0, 50_000), min_size=12, max_size=12),
)
def test_no_pair_within_reach_is_missed(
    points: list[tuple[float, float]], reaches: list[int]
) -> None:
    wanted = {
        (one, other)
        for one, other in combinations(range(len(points)), 2)
        if distance_m(points[one], points[other]) <= min(reaches[one], reaches[other])
    }
    found = near_pairs([(*at, *at) for at in points], reaches[: len(points)])
    assert wanted <= set(found)
    assert found == sorted(found)
    assert all(one < other for one, other in found)


def test_far_pairs_are_not_looked_at() -> None:
    row = [(n / 10, 40.0, n / 10 + 0.01, 40.01) for n in range(500)]
    assert near_pairs(row, [100.0] * 500) == []
    assert len(near_pairs(row, [9_000.0] * 500)) == 499
