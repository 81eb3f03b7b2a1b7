"""Hold the labels that want a place, what a frame offers each, and where it came to stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.placing.spots import ALIGNS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corridormap.layers.picture.placing.block import Align, Block
    from corridormap.layers.picture.placing.room import Point, Room
    from corridormap.layers.picture.placing.spots import Spots

__all__ = ["GAP_PX", "Offer", "Placed", "Wish"]

GAP_PX = 2.0
"""Between labels, and between a label and what is taken."""
_LEADER_OVER = 1.2
"""What a leader pays for each px of a line that it runs over."""
_MOST_SPOTS = 90
"""The cheapest spots of each kind that are looked at."""
_MISSED = (90.0, 60.0, 30.0, 16.0, 2.0)
"""What a name that is nowhere costs, by the first of its rank."""
_UNMARKED = 60.0
"""What a claim number that is nowhere costs."""


@dataclass(frozen=True, eq=False)
class Wish:
    """A label that wants a place."""

    id: str
    text: str
    rank: tuple[float, ...]
    spots: Spots
    owners: frozenset[str] = frozenset()
    """Whose signs are its own, by place."""
    own_px: NDArray[np.float64] | None = None
    """How far each spot is from what it names; None: from its own signs."""
    at: tuple[float, float] | None = None
    """Where what it names is, in px."""
    numbers: tuple[int, ...] = ()
    """The claims that it marks."""
    needed: bool = True
    """Report the label when it is dropped."""
    most: float = 400.0
    """A spot that costs more than this is not taken."""
    opacity: float = 1.0
    patient: bool = False
    """It has many spots, so it may be served after others of its kind."""
    mark: Box | None = None
    """The dot that is drawn only with its label, and needs room too."""
    pinned: bool = False
    """Put by hand: it is served first, moves for nobody and stands whatever the rules say."""


@dataclass(frozen=True, eq=False)
class Placed:
    """A label that found its place."""

    wish: Wish
    block: Block
    box: Box
    align: Align
    leader: tuple[Point, Point] | None
    """From the place's dot to the text."""


@dataclass(eq=False)
class Offer:
    """A wish with the spots that the map allows, the cheapest first, before others are placed."""

    wish: Wish
    spots: Spots
    cost: NDArray[np.float64]
    breaks: bool = False
    """It stands by hand where no label may stand."""

    @classmethod
    def of(cls, wish: Wish, room: Room) -> Offer:
        """Return what a frame offers a label."""
        spots = wish.spots
        allowed, more = room.allows(spots, wish.owners, own_px=wish.own_px, gap=GAP_PX)
        rows = np.flatnonzero(allowed)
        if wish.pinned:
            # The first that keeps the rules; else the last, which has a leader if it needs one.
            row = rows[:1] if len(rows) else np.array([len(spots) - 1])
            return cls(wish, spots.some(row), np.zeros(1), breaks=not len(rows))
        spots = spots.some(rows)
        cost = spots.price + more[rows] + np.where(spots.upon, 0.0, room.costs(spots.boxes))
        led = ~np.isnan(spots.leaders[:, 0])
        if led.any():
            cost[led] += _LEADER_OVER * room.costs_along(spots.leaders[led])
        order = np.argsort(cost, kind="stable")
        order = order[cost[order] < wish.most]
        # The nearest spots are many and alike: those with a leader, and those of a number alone,
        # must not be lost behind them.
        bare = np.array([not block.rows for block in spots.blocks])[spots.form]
        kind = (led + 2 * bare)[order]
        few = np.concatenate([order[kind == one][:_MOST_SPOTS] for one in range(4)])
        order = few[np.argsort(cost[few], kind="stable")]
        return cls(wish, spots.some(order), cost[order])

    @cached_property
    def nowhere(self) -> float:
        """What a reader misses without any spot."""
        return self._missed + _UNMARKED * len(self.wish.numbers) if self.wish.needed else 0.0

    @cached_property
    def losses(self) -> NDArray[np.float64]:
        """What a reader misses at each spot, (n,): the name, where only its numbers stand."""
        bare = np.array([not block.rows for block in self.spots.blocks])[self.spots.form]
        return np.where(bare, self._missed, 0.0) if self.wish.needed else np.zeros(len(bare))

    @property
    def _missed(self) -> float:
        wish = self.wish
        return _MISSED[min(int(wish.rank[0]), len(_MISSED) - 1)] if wish.text else 0.0

    def block(self, row: int) -> Block:
        """Return the form of a spot."""
        return self.spots.blocks[int(self.spots.form[row])]

    def placed(self, row: int) -> Placed:
        """Return the label at a spot."""
        left, top, right, bottom = (float(v) for v in self.spots.boxes[row])
        line = self.spots.leaders[row]
        leader = None
        if not np.isnan(line[0]):
            x0, y0, x1, y1 = (float(v) for v in line)
            leader = ((x0, y0), (x1, y1))
        box = Box(left, top, right, bottom)
        align = ALIGNS[int(self.spots.align[row])]
        return Placed(self.wish, self.block(row), box, align, leader)
