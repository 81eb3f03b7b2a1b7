"""Set names along curves, those of rivers first, where the labels left room.

A river's name follows its smoothed line, letter by letter, upright and never steep. It gives
way to every label, and a river that has no fitting stretch has no name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.layers.picture.pen.box import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from corridormap.layers.picture.map.base import Base
    from corridormap.layers.picture.map.forms import LabelStyle
    from corridormap.layers.picture.pen.canvas import Canvas, Words
    from corridormap.layers.picture.placing.room import Room

__all__ = ["FlowingName", "Reading", "Spot", "Stretches", "along", "draw_names", "river_names"]

_SIZE_PX, _SPACING_EM, _HALO_PX = 12.5, 0.09, 2.6
_STEP_PX, _START_PX = 4.0, 14.0
_SMOOTH_EM = 2.6
_SHARPEST_DEG, _MOST_BENT_DEG = 17.0, 95.0
"""From one letter to the next, and in all."""
_HALF_EM = 0.6
_MOST_COST = 60.0
_BEND_PRICE, _AWAY_PRICE = 0.3, 20.0
_LONGEST_WORDS_RATIO = 1.15


@dataclass(frozen=True)
class Reading:
    """How a name may run along a line."""

    off_em: float
    """How far above the line its baseline is."""
    starts: int | None = None
    """How many beginnings are tried; by default one every few px."""
    most: float = 1.0
    """Share of the line that it may fill."""
    steepest: float = 0.34
    """Least share of its length that it goes to the right."""


@dataclass(frozen=True)
class FlowingName:
    """A river's or a sea's name, letter by letter."""

    name: str
    words: Words
    letters: tuple[tuple[str, float, float, float], ...]
    """The letter, the left end of its baseline in px, and its turn clockwise in degrees."""

    @classmethod
    def of(cls, name: str, words: Words, spot: Spot, room: Room) -> FlowingName:
        """Return a name at a spot, and take its room."""
        _, lefts, turns, boxes = spot
        letters = zip(name, lefts.tolist(), turns.tolist(), strict=True)
        for left, top, right, bottom in boxes.tolist():
            room.take(Box(left, top, right, bottom))
        return cls(name, words, tuple((t, *at, turn) for t, at, turn in letters))


Spot = tuple[float, "NDArray[np.float64]", "NDArray[np.float64]", "NDArray[np.float64]"]
"""Its price, and its letters' left ends, turns and boxes."""


_BESIDE_RIVER = Reading(off_em=0.42)


def river_names(base: Base, room: Room, style: LabelStyle) -> list[FlowingName]:
    """Return the names that find room, the larger rivers' first; their room is taken.

    Parameters
    ----------
    base
        The map below.
    room
        What the labels left; it is changed.
    style
        Sizes and colours of labels.
    """
    frame = room.frame.grown(-4.0)
    found: list[FlowingName] = []
    rivers = sorted(base.rivers.items(), key=lambda river: (river[1][0], -river[1][1].length))
    for name, (_, shape) in rivers:
        seen = shapely.clip_by_rect(shape, frame.left, frame.top, frame.right, frame.bottom)
        words = style.words(name, _SIZE_PX, style.palette["water_label"])
        words = replace(
            words, italic=True, spacing_px=_SPACING_EM * words.size_px, halo_px=_HALO_PX
        )
        best = min(_spots(words, seen, room), key=lambda spot: spot[0], default=None)
        if best is not None and best[0] <= _MOST_COST:
            found.append(FlowingName.of(name, words, best, room))
    return found


def _spots(words: Words, seen: shapely.Geometry, room: Room) -> Iterator[Spot]:
    """Yield the best spot of each stretch."""
    middle = np.array(room.frame.center)
    for part in shapely.get_parts(shapely.line_merge(seen)):
        if part.length < _LONGEST_WORDS_RATIO * (words.width + words.spacing_px):
            continue
        smooth = _smoothed(shapely.get_coordinates(part), _SMOOTH_EM * words.size_px)
        for line in (smooth, smooth[::-1]):
            spots = along(words, line, room, _BESIDE_RIVER)
            if spots is not None and spots.good.any():
                away = np.hypot(*(spots.centers.mean(axis=1) - middle).T) / room.frame.width
                yield spots.best(spots.good, spots.cost + _AWAY_PRICE * away)


@dataclass(frozen=True)
class Stretches:
    """Where on a line a name may begin; by beginning and letter."""

    lefts: NDArray[np.float64]
    turns: NDArray[np.float64]
    centers: NDArray[np.float64]
    boxes: NDArray[np.float64]
    good: NDArray[np.bool_]
    """Those that can be read and touch nothing, by beginning."""
    cost: NDArray[np.float64]

    def best(self, good: NDArray[np.bool_], price: NDArray[np.float64]) -> Spot:
        """Return the cheapest of the good ones."""
        i = int(np.where(good, price, np.inf).argmin())
        return float(price[i]), self.lefts[i], self.turns[i], self.boxes[i]


def along(
    words: Words, line: NDArray[np.float64], room: Room, reading: Reading
) -> Stretches | None:
    """Return where a name may stand along a smooth line; None if it is longer than the line.

    Parameters
    ----------
    words
        The name.
    line
        Points in px, (n, 2), in the direction of reading.
    room
        What is free.
    reading
        How the name may run along it.
    """
    way_px = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    if words.width > reading.most * way_px[-1]:
        return None
    size = words.size_px
    widths = _widths(replace(words, spacing_px=0.0))
    begins = np.concatenate([[0.0], np.cumsum(widths + words.spacing_px)[:-1]])
    whole = float(begins[-1] + widths[-1])
    slack = float(way_px[-1]) - whole
    if slack <= 0.0:
        return None
    first = np.arange(0.0, slack, _START_PX)
    if reading.starts is not None:
        first = np.linspace(0.0, slack, reading.starts)

    def at(where: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack([np.interp(where, way_px, line[:, i]) for i in (0, 1)], axis=-1)

    left = at(first[:, None] + begins)
    way = at(first[:, None] + begins + widths) - left
    turns = np.degrees(np.arctan2(way[..., 1], way[..., 0]))
    bends = np.abs((np.diff(turns, axis=1) + 180.0) % 360.0 - 180.0)
    length = np.maximum(np.hypot(way[..., 0], way[..., 1]), 1e-6)[..., None]
    # Above the line as the letters stand; up is to the left of their way.
    up = np.stack([way[..., 1], -way[..., 0]], axis=-1) / length
    lefts = left + up * (reading.off_em * size)
    centers = lefts + way / 2 + up * (0.35 * size)
    rightwards = (left[:, -1] + way[:, -1] - left[:, 0])[:, 0]
    good = rightwards > reading.steepest * whole
    if bends.shape[1]:
        good &= (bends.max(axis=1) < _SHARPEST_DEG) & (bends.sum(axis=1) < _MOST_BENT_DEG)
    boxes = np.concatenate([centers - _HALF_EM * size, centers + _HALF_EM * size], axis=-1)
    shape = boxes.shape
    good &= room.frees(boxes.reshape(-1, 4)).reshape(shape[:2]).all(axis=1)
    cost = room.costs(boxes.reshape(-1, 4)).reshape(shape[:2]).sum(axis=1)
    cost = cost + _BEND_PRICE * bends.sum(axis=1)
    return Stretches(lefts, turns, centers, boxes, good, cost)


@lru_cache(maxsize=256)
def _widths(words: Words) -> NDArray[np.float64]:
    """Return the width of each letter."""
    return np.array([replace(words, text=letter).width for letter in words.text])


def _smoothed(points: NDArray[np.float64], reach: float) -> NDArray[np.float64]:
    """Return a line of even steps without bends shorter than a reach in px."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    steps = np.arange(0.0, along[-1], _STEP_PX)
    even = np.column_stack([np.interp(steps, along, points[:, i]) for i in (0, 1)])
    half = max(1, int(reach / _STEP_PX))
    weights = np.hanning(2 * half + 3)[1:-1]
    padded = np.pad(even, ((half, half), (0, 0)), mode="edge")
    return np.column_stack(
        [np.convolve(padded[:, i], weights / weights.sum(), mode="valid") for i in (0, 1)]
    )


def draw_names(canvas: Canvas, names: Iterable[FlowingName], group: str) -> None:
    """Draw the names in a group of a name."""
    with canvas.group(group):
        for name in names:
            for halo in (True, False) if name.words.halo_px else (False,):
                for letter, x, y, turn in name.letters:
                    words = replace(name.words, text=letter, spacing_px=0.0)
                    canvas.turned(words, x, y, turn, halo=halo)
