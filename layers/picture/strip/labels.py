"""Set labels in rows over a line, so that none meets another and no leader crosses one.

In every row the labels of that row and the leaders that pass through it keep the order of
their points on the line: so leaders never cross. Which label takes which row is searched
for: few rows, straight leaders. Works in px; draws nothing.
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
_ROW_COST, _BEND_COST = 46.0, 12.0
"""What a row more and a bend more cost, in px of leaders pulled aside."""
_ROUNDS = 4


@dataclass(frozen=True)
class Flag:
    """A label that wants to stand at a point of the line."""

    key: str
    x: float
    width: float
    rank: int = 0
    """Where there is no room, the highest goes first."""


@dataclass(frozen=True)
class Settled:
    """Where the labels stand: rows count away from the line, from 0."""

    keys: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    centers: tuple[float, ...] = ()
    """The middle of each label."""
    paths: tuple[tuple[float, ...], ...] = ()
    """For each label, where its leader passes the rows before its own."""
    feet: tuple[float, ...] = ()
    """Where its leader meets it."""
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Bounds:
    left: float
    right: float
    gap: float
    inset: float


def settle(
    flags: Sequence[Flag], left: float, right: float, *, gap: float, inset: float = 6.0
) -> Settled:
    """Return where labels stand.

    Parameters
    ----------
    flags
        The labels in any order; those of equal `x` keep their order.
    left, right
        No label goes beyond these.
    gap
        Least room between two labels of a row.
    inset
        How far from its corners a leader meets a label.
    """
    bounds = _Bounds(left, right, gap, inset)
    kept = sorted(flags, key=lambda flag: flag.x)
    dropped: list[str] = []
    while kept:
        found = [s for count in range(1, _MOST_ROWS + 1) if (s := _searched(kept, count, bounds))]
        if found:
            _, best = min(found, key=lambda pair: pair[0])
            return Settled(*best, dropped=tuple(dropped))
        worst = max(kept, key=lambda flag: (flag.rank, flag.width))
        kept.remove(worst)
        dropped.append(worst.key)
    return Settled(dropped=tuple(dropped))


_Found = tuple[
    tuple[str, ...],
    tuple[int, ...],
    tuple[float, ...],
    tuple[tuple[float, ...], ...],
    tuple[float, ...],
]


def _searched(flags: Sequence[Flag], count: int, bounds: _Bounds) -> tuple[float, _Found] | None:
    """Return the cheapest setting found from a first one by moving one label at a time."""
    rows = _assigned(flags, count, bounds.gap)
    best = _set(flags, rows, count, bounds)
    if best is None:
        return None
    for _ in range(_ROUNDS):
        before = best[0]
        for index in range(len(flags)):
            for row in range(count):
                tried = [*rows[:index], row, *rows[index + 1 :]]
                found = _set(flags, tried, count, bounds) if tried != rows else None
                if found is not None and found[0] < best[0] - 1e-6:
                    best, rows = found, tried
        if best[0] > before - 1e-6:
            break
    return best


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


def _set(
    flags: Sequence[Flag], rows: Sequence[int], count: int, bounds: _Bounds
) -> tuple[float, _Found] | None:
    """Return what a choice of rows costs and where it puts everything; None: it does not fit."""
    centers = [0.0] * len(flags)
    paths: list[list[float]] = [[] for _ in flags]
    at = [flag.x for flag in flags]
    for row in range(count):
        inside = [i for i, own in enumerate(rows) if own >= row]
        widths = [flags[i].width + bounds.gap if rows[i] == row else _LEADER_PX for i in inside]
        # The gap stands between labels only, not before the first and after the last.
        placed = spread(
            [at[i] for i in inside],
            widths,
            bounds.left - bounds.gap / 2,
            bounds.right + bounds.gap / 2,
        )
        if placed is None:
            return None
        for i, x in zip(inside, placed, strict=True):
            if rows[i] == row:
                centers[i] = x
            else:
                paths[i].append(x)
                at[i] = x
    feet = []
    cost = _ROW_COST * (1 + max(rows, default=0))
    for flag, center, path in zip(flags, centers, paths, strict=True):
        half = max(0.0, flag.width / 2 - bounds.inset)
        steps = [flag.x, *path]
        foot = min(max(steps[-1], center - half), center + half)
        feet.append(foot)
        for a, b in pairwise([*steps, foot]):
            cost += abs(a - b) + (_BEND_COST if abs(a - b) > 0.5 else 0.0)
    keys = tuple(flag.key for flag in flags)
    return cost, (keys, tuple(rows), tuple(centers), tuple(map(tuple, paths)), tuple(feet))


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
