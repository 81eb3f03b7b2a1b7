"""Set labels in rows over a line, so that none meets another and no leader crosses one.

In every row the labels of that row and the leaders that pass through it keep the order of
their points on the line: so leaders never cross. Works in px; draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Flag", "Settled", "settle", "spread"]

_LEADER_PX = 9.0
"""Room that a passing leader takes."""
_MOST_ROWS = 6


@dataclass(frozen=True)
class Flag:
    """A label that wants to stand at a point of the line."""

    key: str
    x: float
    width: float
    height: float
    rank: int = 0
    """Where there is no room, the highest goes first."""


@dataclass(frozen=True)
class Settled:
    """Where the labels stand: rows count upwards from the line."""

    rows: tuple[int, ...]
    centers: tuple[float, ...]
    """The middle of each label."""
    paths: tuple[tuple[float, ...], ...]
    """For each label, where its leader passes every row below its own."""
    keys: tuple[str, ...]
    dropped: tuple[str, ...]


def settle(
    flags: Sequence[Flag], left: float, right: float, *, gap: float, reach: float
) -> Settled:
    """Return where labels stand, in as few rows as keep each near its point.

    Parameters
    ----------
    flags
        The labels in any order; those of equal `x` keep their order.
    left, right
        No label goes beyond these.
    gap
        Least room between two labels of a row.
    reach
        How far a label may be moved aside before another row is taken.
    """
    kept = sorted(flags, key=lambda flag: flag.x)
    dropped: list[str] = []
    while True:
        tried = [
            found
            for count in range(1, _MOST_ROWS + 1)
            if (found := _try(kept, count, (left, right), gap)) is not None
        ]
        if tried or not kept:
            break
        worst = max(kept, key=lambda flag: (flag.rank, flag.width))
        kept.remove(worst)
        dropped.append(worst.key)
    if not kept:
        return Settled((), (), (), (), tuple(dropped))
    moved = [_moved(kept, found) for found in tried]
    best = next((i for i, most in enumerate(moved) if most <= reach), moved.index(min(moved)))
    rows, centers, paths = tried[best]
    keys = tuple(flag.key for flag in kept)
    return Settled(rows, centers, paths, keys, tuple(dropped))


_Found = tuple[tuple[int, ...], tuple[float, ...], tuple[tuple[float, ...], ...]]


def _try(
    flags: Sequence[Flag], count: int, bounds: tuple[float, float], gap: float
) -> _Found | None:
    """Return the labels in a number of rows, or None where a row does not hold its own."""
    rows = _assigned(flags, count, gap)
    centers = [0.0] * len(flags)
    paths: list[list[float]] = [[] for _ in flags]
    for row in range(count):
        inside = [i for i, own in enumerate(rows) if own >= row]
        widths = [flags[i].width + gap if rows[i] == row else _LEADER_PX for i in inside]
        wanted = [flags[i].x for i in inside]
        # The gap stands between labels only, not before the first and after the last.
        placed = spread(wanted, widths, bounds[0] - gap / 2, bounds[1] + gap / 2)
        if placed is None:
            return None
        for i, at in zip(inside, placed, strict=True):
            if rows[i] == row:
                centers[i] = at
            else:
                paths[i].append(at)
    return tuple(rows), tuple(centers), tuple(tuple(path) for path in paths)


def _assigned(flags: Sequence[Flag], count: int, gap: float) -> list[int]:
    """Return a row for each label: the lowest with room, else the one that ends first."""
    ends = [float("-inf")] * count
    rows = []
    for flag in flags:
        start = flag.x - flag.width / 2
        row = next((r for r in range(count) if ends[r] + gap <= start), None)
        if row is None:
            row = ends.index(min(ends))
        ends[row] = max(start, ends[row] + gap) + flag.width
        rows.append(row)
    return rows


def _moved(flags: Sequence[Flag], found: _Found) -> float:
    """Return how far the most moved label or leader is from its point."""
    rows, centers, paths = found
    most = 0.0
    for flag, _, center, path in zip(flags, rows, centers, paths, strict=True):
        most = max(most, abs(center - flag.x) - flag.width / 2 + _LEADER_PX)
        most = max([most, *(abs(at - flag.x) for at in path)])
    return most


def spread(
    wanted: Sequence[float], widths: Sequence[float], left: float, right: float
) -> list[float] | None:
    """Return middles in the same order, each as near to where it is wanted as fits.

    The sum of the squared moves is least (pool adjacent violators). None: they do not fit.
    """
    if sum(widths) > right - left + 1e-6:
        return None
    if not wanted:
        return []
    offsets = [0.0]
    for one, other in pairwise(widths):
        offsets.append(offsets[-1] + (one + other) / 2)
    pools: list[tuple[float, int]] = []
    for at, offset in zip(wanted, offsets, strict=True):
        pools.append((at - offset, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (a, n), (b, m) = pools[-2:]
            pools[-2:] = [((a * n + b * m) / (n + m), n + m)]
    flat = [at for at, count in pools for _ in range(count)]
    low = left + widths[0] / 2
    high = right - widths[-1] / 2 - offsets[-1]
    return [min(max(at, low), high) + offset for at, offset in zip(flat, offsets, strict=True)]
