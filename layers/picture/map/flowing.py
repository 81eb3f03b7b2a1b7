"""Set the names of rivers along their curves, where the labels left room.

A name follows the smoothed line beside it, letter by letter, upright and never steep. It gives
way to every label, and a river that has no fitting stretch has no name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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

__all__ = ["FlowingName", "draw_names", "river_names"]

_SIZE_PX, _SPACING_EM, _HALO_PX = 12.5, 0.09, 2.6
_OFF_EM = 0.42
"""How far from the line the baseline runs."""
_STEP_PX, _START_PX = 4.0, 14.0
_SMOOTH_EM = 2.6
_STEEPEST = 0.34
"""Least share of a name's length that it goes to the right."""
_SHARPEST_DEG, _MOST_BENT_DEG = 17.0, 95.0
"""From one letter to the next, and in all."""
_HALF_EM = 0.6
_MOST_COST = 60.0
_BEND_PRICE, _AWAY_PRICE = 0.3, 20.0
_LONGEST_WORDS_RATIO = 1.15


@dataclass(frozen=True)
class FlowingName:
    """A river's name, letter by letter."""

    name: str
    words: Words
    letters: tuple[tuple[str, float, float, float], ...]
    """The letter, the left end of its baseline in px, and its turn clockwise in degrees."""


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
        if best is None or best[0] > _MOST_COST:
            continue
        _, lefts, turns, boxes = best
        letters = zip(name, lefts.tolist(), turns.tolist(), strict=True)
        found.append(FlowingName(name, words, tuple((t, *at, turn) for t, at, turn in letters)))
        for left, top, right, bottom in boxes.tolist():
            room.take(Box(left, top, right, bottom))
    return found


_Spot = tuple[float, "NDArray[np.float64]", "NDArray[np.float64]", "NDArray[np.float64]"]


def _spots(words: Words, seen: shapely.Geometry, room: Room) -> Iterator[_Spot]:
    """Yield the best spot of each stretch: price, left ends, turns, boxes of its letters."""
    size = words.size_px
    widths = np.array([replace(words, text=t, spacing_px=0.0).width for t in words.text])
    starts = np.concatenate([[0.0], np.cumsum(widths + words.spacing_px)[:-1]])
    whole = float(starts[-1] + widths[-1])
    middle = np.array(room.frame.center)
    for part in shapely.get_parts(shapely.line_merge(seen)):
        if part.length < _LONGEST_WORDS_RATIO * whole:
            continue
        smooth = _smoothed(shapely.get_coordinates(part), _SMOOTH_EM * size)
        for line in (smooth, smooth[::-1]):
            along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
            first = np.arange(0.0, along[-1] - whole, _START_PX)
            if not len(first):
                continue

            def at(
                where: NDArray[np.float64],
                line: NDArray[np.float64] = line,
                along: NDArray[np.float64] = along,
            ) -> NDArray[np.float64]:
                return np.stack([np.interp(where, along, line[:, i]) for i in (0, 1)], axis=-1)

            left = at(first[:, None] + starts)
            way = at(first[:, None] + starts + widths) - left
            turns = np.degrees(np.arctan2(way[..., 1], way[..., 0]))
            bends = np.abs((np.diff(turns, axis=1) + 180.0) % 360.0 - 180.0)
            length = np.maximum(np.hypot(way[..., 0], way[..., 1]), 1e-6)[..., None]
            # Above the line as the letters stand; up is to the left of their way.
            up = np.stack([way[..., 1], -way[..., 0]], axis=-1) / length
            lefts = left + up * (_OFF_EM * size)
            centers = lefts + way / 2 + up * (0.35 * size)
            rightwards = (left[:, -1] + way[:, -1] - left[:, 0])[:, 0]
            good = rightwards > _STEEPEST * whole
            if bends.shape[1]:
                good &= (bends.max(axis=1) < _SHARPEST_DEG) & (bends.sum(axis=1) < _MOST_BENT_DEG)
            boxes = np.concatenate([centers - _HALF_EM * size, centers + _HALF_EM * size], axis=-1)
            shape = boxes.shape
            good &= room.frees(boxes.reshape(-1, 4)).reshape(shape[:2]).all(axis=1)
            if not good.any():
                continue
            cost = room.costs(boxes.reshape(-1, 4)).reshape(shape[:2]).sum(axis=1)
            away = np.hypot(*(centers.mean(axis=1) - middle).T) / room.frame.width
            price = cost + _BEND_PRICE * bends.sum(axis=1) + _AWAY_PRICE * away
            best = int(np.where(good, price, np.inf).argmin())
            yield float(price[best]), lefts[best], turns[best], boxes[best]


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
            for halo in (True, False):
                for letter, x, y, turn in name.letters:
                    words = replace(name.words, text=letter, spacing_px=0.0)
                    canvas.turned(words, x, y, turn, halo=halo)
