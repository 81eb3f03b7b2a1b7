"""Find a place for every label: none over another, over a sign or out of the frame.

A wish is a label with the spots it would take, each with its price; wishes are served in
the order of their rank. Those that find no room are dropped and reported. It draws
nothing and knows no feature.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from corridormap.layers.picture.turn.budget import checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from corridormap.layers.picture.map.room import Room
    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.picture.pen.canvas import Words

__all__ = ["Block", "Placed", "Spot", "Wish", "place_all"]

_ASCENT = 0.80
_DESCENT = 0.24
_LEADING = 1.2
_GAP_PX = 2.0
_TRIES = 12
_MOST_WORSE = 6.0
_MISSED, _BARE = (50.0, 20.0, 8.0, 4.0, 1.0), 2.0
"""What a dropped name costs by the first of its rank, and one told by its number alone."""
_MOST_CROSSED = 16.0
"""What a leader may run over, in cost: about two lines besides its own."""

Align = Literal["start", "middle", "end"]
"""How a block's rows line up."""


@dataclass(frozen=True)
class Block:
    """Rows of text under each other, with claim numbers beside or above them."""

    rows: tuple[Words, ...]
    numbers: tuple[str, ...] = ()
    badge_px: float = 0.0
    """Diameter of a claim number's disc."""
    stacked: bool = False
    """The numbers stand above the text instead of left of it."""

    @cached_property
    def badge_widths(self) -> list[float]:
        """Width of each number with the air after it: a range is longer than a number."""
        return [self.badge_px * (1.08 + 0.3 * max(0, len(n) - 2)) for n in self.numbers]

    @cached_property
    def indent(self) -> float:
        """Px from the left of the block to its text."""
        if not self.numbers or self.stacked:
            return 0.0
        return sum(self.badge_widths) + (0.3 * self.badge_px if self.rows else 0.0)

    @cached_property
    def width(self) -> float:
        """Width of the whole block in px."""
        text = max((row.width for row in self.rows), default=0.0)
        return max(text, sum(self.badge_widths)) if self.stacked else text + self.indent

    @cached_property
    def height(self) -> float:
        """Height of the whole block in px."""
        badge = self.badge_px if self.numbers else 0.0
        if self.stacked:
            return self.text_height + 1.1 * badge
        return max(self.text_height, badge)

    @cached_property
    def text_height(self) -> float:
        """Height of the rows alone."""
        if not self.rows:
            return 0.0
        first, last = self.rows[0], self.rows[-1]
        return _ASCENT * first.size_px + sum(self._steps()) + _DESCENT * last.size_px

    def _steps(self) -> list[float]:
        """Distances from each baseline to the next."""
        pairs = zip(self.rows[:-1], self.rows[1:], strict=True)
        return [_LEADING * (a.size_px * 0.4 + b.size_px * 0.6) for a, b in pairs]

    def baselines(self, box: Box) -> list[float]:
        """Return the baseline of each row in a box."""
        if not self.rows:
            return []
        top = box.top + (box.height - self.text_height) / 2
        if self.stacked:
            top = box.bottom - self.text_height
        out = [top + _ASCENT * self.rows[0].size_px]
        for step in self._steps():
            out.append(out[-1] + step)
        return out

    def badges_at(self, box: Box, align: Align) -> list[tuple[str, float, float]]:
        """Return the numbers with the middle of each disc in a box."""
        y = box.center[1]
        if self.stacked:
            y = box.top + self.badge_px / 2
        elif len(self.rows) > 1:
            first = self.baselines(box)[0] - 0.35 * self.rows[0].size_px
            y = max(first, box.top + self.badge_px / 2)
        x = box.left
        if self.stacked:
            free = box.width - sum(self.badge_widths)
            x += free * {"start": 0.0, "middle": 0.5, "end": 1.0}[align]
        out = []
        for number, width in zip(self.numbers, self.badge_widths, strict=True):
            out.append((number, x + (width - 0.08 * self.badge_px) / 2, y))
            x += width
        return out


@dataclass(frozen=True)
class Spot:
    """Where a block might go, and what that costs before looking at the map."""

    block: Block
    box: Box
    align: Align
    price: float
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None


@dataclass(frozen=True)
class Wish:
    """A label that wants a place."""

    id: str
    text: str
    rank: tuple[float, ...]
    spots: tuple[Spot, ...]
    group: str = ""
    """Feature or base name, for the picture's groups."""
    needed: bool = True
    """Report the label when it is dropped."""
    most: float = 80.0
    """A spot that costs more than this is not taken."""
    opacity: float = 1.0
    patient: bool = False
    """It has many spots, so it may be served after others of its kind."""
    mark: Box | None = None
    """The dot that is drawn only with its label, and needs room too."""

    @cached_property
    def boxes(self) -> NDArray[np.float64]:
        """The spots' boxes, one row each: left, top, right, bottom."""
        rows = [(s.box.left, s.box.top, s.box.right, s.box.bottom) for s in self.spots]
        return np.array(rows, dtype=np.float64).reshape(-1, 4)

    @cached_property
    def prices(self) -> NDArray[np.float64]:
        """The spots' prices."""
        return np.array([spot.price for spot in self.spots], dtype=np.float64)


@dataclass(frozen=True)
class Placed:
    """A label that found its place."""

    wish: Wish
    spot: Spot


def place_all(wishes: Iterable[Wish], room: Room) -> tuple[list[Placed], list[Wish]]:
    """Serve wishes by rank; return the placed and the dropped, both by rank.

    Of two orders, by rank alone and with the patient behind their kind, the one that drops
    less is kept.
    """
    every = sorted(wishes, key=lambda w: (w.rank, w.id))
    empty = room.copy()
    placed, dropped = _serve(every, room)
    if _loss(placed, dropped):
        waiting = sorted(every, key=lambda w: (w.rank[0], w.patient, w.rank, w.id))
        again = _serve(waiting, empty)
        if _loss(*again) < _loss(placed, dropped):
            room.become(empty)
            placed, dropped = again
    return placed, sorted(dropped, key=lambda w: (w.rank, w.id))


def _loss(placed: Iterable[Placed], dropped: Iterable[Wish]) -> float:
    """Return how much a reader misses: names that are not there, numbers without their name."""
    lost = sum(_MISSED[min(int(w.rank[0]), len(_MISSED) - 1)] for w in dropped if w.needed)
    bare = sum(1 for p in placed if p.wish.text and not p.spot.block.rows)
    return lost + _BARE * bare


def _serve(wishes: Iterable[Wish], room: Room) -> tuple[list[Placed], list[Wish]]:
    """Serve wishes in their order."""
    placed: list[Placed] = []
    dropped: list[Wish] = []
    for wish in wishes:
        checkpoint()
        spot = None
        if wish.mark is None or room.free(wish.mark):
            spot = _best(wish, room) or _by_moving_one(wish, room, placed)
        if spot is None:
            dropped.append(wish)
            continue
        room.take(spot.box)
        if wish.mark is not None:
            room.take(wish.mark)
        if spot.leader is not None:
            room.lead(*spot.leader)
        placed.append(Placed(wish, spot))
    return placed, dropped


def _best(wish: Wish, room: Room) -> Spot | None:
    """Return the cheapest spot that is free, or None."""
    if not wish.spots:
        return None
    costs = wish.prices + room.costs(wish.boxes)
    costs[~room.frees(wish.boxes, gap=_GAP_PX)] = np.inf
    for index in np.argsort(costs, kind="stable"):
        if costs[index] >= wish.most:
            return None
        spot: Spot = wish.spots[index]
        if not _leader_crosses(spot, room):
            return spot
    return None


def _leader_crosses(spot: Spot, room: Room) -> bool:
    """Tell whether a leader runs over something that is taken, a leader or many lines."""
    if spot.leader is None:
        return False
    if room.crosses(*spot.leader) or room.cost_along(*spot.leader) > _MOST_CROSSED:
        return True
    (x0, y0), (x1, y1) = spot.leader
    steps = [(x0 + (x1 - x0) * k / 20, y0 + (y1 - y0) * k / 20) for k in range(4, 18)]
    return any(box.has(x, y) for x, y in steps for box in room.taken)


def _by_moving_one(wish: Wish, room: Room, placed: list[Placed]) -> Spot | None:
    """Make room by moving one label to another spot that is nearly as good."""
    for spot in sorted(wish.spots, key=lambda s: s.price)[:_TRIES]:
        if not room.frame.holds(spot.box) or spot.price + room.cost(spot.box) >= wish.most:
            continue
        blockers = room.blockers(spot.box, gap=_GAP_PX)
        if len(blockers) != 1:
            continue
        for index, other in enumerate(placed):
            if other.spot.box is not blockers[0]:
                continue
            room.give_back(other.spot.box)
            room.take(spot.box)
            moved = _best(other.wish, room)
            room.give_back(spot.box)
            if moved is None or moved.price > other.spot.price + _MOST_WORSE:
                room.take(other.spot.box)
                break
            room.take(moved.box)
            placed[index] = Placed(other.wish, moved)
            return spot
    return None
