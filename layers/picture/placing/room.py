"""Know what a frame has room for before any label stands in it.

Hard: boxes and signs that nothing may touch, leaders that none may cross. Soft: a raster of
lines, each px of which costs. It draws nothing and knows no feature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.placing.meeting import (
    any_meet,
    nearest_box_px,
    segments_cross,
    segments_meet_boxes,
)
from corridormap.layers.picture.placing.taken import Taken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from corridormap.layers.picture.placing.spots import Spots

__all__ = ["Point", "Room"]

_CELL_PX = 2.0
_NEARER_PX = 1.0
"""A name is nearer to its own sign than to any other by at least this."""
_CLOSE_PX, _CLOSE_PRICE = 9.0, 5.0
"""A name beside somebody else's sign costs, though it is farther from it than from its own."""
_LEADER_CLEAR_PX = 2.0

Point = tuple[float, float]


class Room:
    """The frame of a map before labels are placed.

    Parameters
    ----------
    frame
        Nothing may be placed outside.
    """

    def __init__(self, frame: Box) -> None:
        self.frame = frame
        self._taken = Taken()
        self._leaders: list[tuple[Point, Point]] = []
        self._signs = Taken()
        self._of_owner: dict[str, list[int]] = {}
        self._columns = int(frame.width / _CELL_PX) + 2
        self._rows = int(frame.height / _CELL_PX) + 2
        self._cost = np.zeros((self._rows, self._columns), dtype=np.float64)
        self._sums: NDArray[np.float64] | None = None

    def take(self, box: Box) -> None:
        """Let nothing else touch a box."""
        self._taken.add(box)

    def give_back(self, box: Box) -> None:
        """Free a box again."""
        self._taken.remove(box)

    def stand(self, owner: str, at: Point, half_px: tuple[float, float]) -> None:
        """Keep labels off a sign, and names of others farther from it than from their own."""
        (x, y), (across, up) = at, half_px
        self._signs.add(Box(x - across, y - up, x + across, y + up))
        self._of_owner.setdefault(owner, []).append(len(self._signs) - 1)

    def clear(self) -> None:
        """Forget the signs, to put them anew."""
        self._signs, self._of_owner = Taken(), {}

    def lead(self, start: Point, end: Point) -> None:
        """Keep a line that joins two things: no leader crosses it."""
        self._leaders.append((start, end))

    def discourage(
        self, lines: Iterable[NDArray[np.float64]], cost_per_px: float, *, width_px: float = 2.0
    ) -> None:
        """Make every px of some lines cost; where lines overlap, once."""
        cells = [_cells(line, self.frame) for line in lines]
        if not cells:
            return
        size = np.array([self._columns, self._rows])
        every = np.concatenate(cells)
        every = every[(every >= 0).all(axis=1) & (every < size).all(axis=1)]
        if not len(every):
            return
        # Only where the lines are: a frame of many lines would else be gone over for each.
        wide = int(width_px / 2 / _CELL_PX)
        first = np.maximum(every.min(axis=0) - wide, 0)
        last = np.minimum(every.max(axis=0) + wide + 1, size)
        mask = np.zeros((last - first)[::-1], dtype=bool)
        mask[every[:, 1] - first[1], every[:, 0] - first[0]] = True
        _widen(mask, wide)
        self._cost[first[1] : last[1], first[0] : last[0]] += mask * cost_per_px
        self._sums = None

    def cost(self, box: Box) -> float:
        """Return what a box would cover, in cost."""
        return float(self.costs(np.array([[box.left, box.top, box.right, box.bottom]]))[0])

    def costs(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what each of some boxes (left, top, right, bottom) would cover, in cost."""
        if self._sums is None:
            sums = np.zeros((self._rows + 1, self._columns + 1))
            np.cumsum(np.cumsum(self._cost, axis=0), axis=1, out=sums[1:, 1:])
            self._sums = sums * _CELL_PX
        origin = np.array([self.frame.left, self.frame.top] * 2)
        cells = ((boxes - origin) / _CELL_PX).astype(np.int64) + np.array([0, 0, 1, 1])
        left, right = np.clip(cells[:, [0, 2]], 0, self._columns).T
        top, bottom = np.clip(cells[:, [1, 3]], 0, self._rows).T
        s = self._sums
        covered: NDArray[np.float64] = (
            s[bottom, right] - s[top, right] - s[bottom, left] + s[top, left]
        )
        return covered

    def costs_along(self, lines: NDArray[np.float64], *, samples: int = 24) -> NDArray[np.float64]:
        """Return what some straight lines (x, y, x, y) run over, in cost."""
        share = (np.arange(samples) + 0.5) / samples
        start, end = lines[:, None, :2], lines[:, None, 2:]
        points = start + (end - start) * share[None, :, None]
        cells = ((points - (self.frame.left, self.frame.top)) / _CELL_PX).astype(np.int64)
        columns = np.clip(cells[..., 0], 0, self._columns - 1)
        rows = np.clip(cells[..., 1], 0, self._rows - 1)
        length = np.hypot(*(lines[:, 2:] - lines[:, :2]).T)
        run: NDArray[np.float64] = self._cost[rows, columns].mean(axis=1) * length
        return run

    def free(self, box: Box, *, gap: float = 0.0) -> bool:
        """Tell whether a box lies in the frame and touches nothing that is taken."""
        return self.frame.holds(box) and not self.blockers(box, gap=gap)

    def blockers(self, box: Box, *, gap: float = 0.0) -> list[Box]:
        """Return the taken boxes and the boxes of the signs that a box would touch."""
        return [*self._taken.met_by(box, gap), *self._signs.met_by(box, gap)]

    def frees(self, boxes: NDArray[np.float64], *, gap: float = 0.0) -> NDArray[np.bool_]:
        """Tell of each box (n, 4) whether it lies in the frame and touches nothing, no sign too."""
        f = self.frame
        taken = np.vstack([self._taken.rows, self._signs.rows])
        inside = (boxes[:, :2] >= (f.left, f.top)).all(axis=1)
        inside &= (boxes[:, 2:] <= (f.right, f.bottom)).all(axis=1)
        return np.asarray(inside & ~any_meet(boxes, taken, gap))

    def allows(
        self,
        spots: Spots,
        owners: frozenset[str],
        *,
        own_px: NDArray[np.float64] | None,
        gap: float,
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """Tell which spots keep the rules of place and names, and what each costs beside its price.

        A spot lies in the frame and touches nothing that is taken. Without a leader it is nearer
        to its own sign than to any other; a leader runs over nothing that is taken, over no sign
        and across no other line.

        Parameters
        ----------
        spots
            Where a label might go.
        owners
            Whose signs are its own.
        own_px
            How far each spot is from what it names, in px, (n,); None: from its own signs.
        gap
            Px to keep from what is taken.
        """
        boxes, leaders = spots.boxes, spots.leaders
        led = ~np.isnan(leaders[:, 0])
        f = self.frame
        left, top, right, bottom = boxes.T
        allowed = (left >= f.left) & (top >= f.top) & (right <= f.right) & (bottom <= f.bottom)
        rows = np.flatnonzero(allowed)
        taken = _reached(self._taken.rows, boxes[rows], leaders[rows], gap)
        allowed[rows] = ~any_meet(boxes[rows], taken, gap)
        costs = np.zeros(len(spots))
        rows = np.flatnonzero(allowed)
        if len(self._signs) and len(rows):
            own_px = None if own_px is None else own_px[rows]
            clear, costs[rows] = self._clear_of_signs(boxes[rows], leaders[rows], owners, own_px)
            allowed[rows] = clear
        rows = np.flatnonzero(led & allowed)
        if len(rows):
            lines = leaders[rows]
            bad = segments_meet_boxes(lines, taken).any(axis=1)
            kept = np.array([(*a, *b) for a, b in self._leaders]).reshape(-1, 4)
            bad |= segments_cross(lines, kept).any(axis=1)
            allowed[rows[bad]] = False
        return allowed, costs

    def _clear_of_signs(
        self,
        boxes: NDArray[np.float64],
        leaders: NDArray[np.float64],
        owners: frozenset[str],
        own_px: NDArray[np.float64] | None,
    ) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        signs = self._signs.rows
        mine = np.zeros(len(signs), dtype=bool)
        mine[[row for owner in owners for row in self._of_owner.get(owner, ())]] = True
        led = ~np.isnan(leaders[:, 0])
        to_own_px = nearest_box_px(boxes, signs[mine])
        if own_px is None:
            own_px = to_own_px
        # Farther than this from all spots no sign of others is nearer than their own, nor close.
        reach = np.where(led, 0.0, own_px).max() + _CLOSE_PX + _NEARER_PX
        others = _reached(signs[~mine], boxes, leaders, reach)
        others_px = nearest_box_px(boxes, others)
        clear = (others_px > 0.0) & (to_own_px > 0.0)
        clear &= led | (others_px > own_px + _NEARER_PX)
        close_px = np.where(led, 0.0, own_px) + _CLOSE_PX
        costs = np.where(others_px < close_px, _CLOSE_PRICE, 0.0)
        rows = np.flatnonzero(led & clear)
        if len(rows):
            wide = others + _LEADER_CLEAR_PX * np.array([-1, -1, 1, 1])
            clear[rows] = ~segments_meet_boxes(leaders[rows], wide).any(axis=1)
        return clear, costs


def _reached(
    taken: NDArray[np.float64],
    boxes: NDArray[np.float64],
    leaders: NDArray[np.float64],
    gap: float,
) -> NDArray[np.float64]:
    """Return those of what is taken that any of some spots or their leaders could touch."""
    if not len(boxes) or not len(taken):
        return taken
    starts = leaders[~np.isnan(leaders[:, 0]), :2]
    low = np.vstack([boxes[:, :2], starts]).min(axis=0) - gap
    high = np.vstack([boxes[:, 2:], starts]).max(axis=0) + gap
    near: NDArray[np.bool_] = (taken[:, :2] <= high).all(axis=1) & (taken[:, 2:] >= low).all(axis=1)
    return taken[near]


def _cells(line: NDArray[np.float64], frame: Box) -> NDArray[np.int64]:
    """Return the cells that a line passes, by points one cell apart."""
    points = (line - (frame.left, frame.top)) / _CELL_PX
    if len(points) > 1:
        steps = np.hypot(*np.diff(points, axis=0).T)
        along = np.concatenate([[0.0], np.cumsum(steps)])
        at = np.arange(0.0, along[-1] + 1.0, 1.0)
        points = np.column_stack(
            [np.interp(at, along, points[:, 0]), np.interp(at, along, points[:, 1])]
        )
    return np.floor(points).astype(np.int64)


def _widen(mask: NDArray[np.bool_], cells: int) -> None:
    for axis in (0, 1):
        source = mask.copy()
        for step in range(1, cells + 1):
            head = [slice(None), slice(None)]
            tail = [slice(None), slice(None)]
            head[axis], tail[axis] = slice(step, None), slice(None, -step)
            mask[tuple(head)] |= source[tuple(tail)]
            mask[tuple(tail)] |= source[tuple(head)]
