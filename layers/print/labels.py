"""Find a place for every label: none over another, over a sign or out of the frame.

A wish is a label with the spots it would take, each with its price; wishes are served in
the order of their rank. Those that find no room are dropped and reported. It draws
nothing and knows no feature.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.print.box import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layers.print.canvas import Words
    from layers.print.room import Room

__all__ = ["Block", "Placed", "Spot", "Wish", "place_all"]

_ASCENT = 0.80
_DESCENT = 0.24
_LEADING = 1.2
_GAP_PX = 2.0
_TRIES = 12

Align = str
"""start, middle or end: how a block's rows line up."""


@dataclass(frozen=True)
class Block:
    """Rows of text under each other, with claim numbers beside the first row."""

    rows: tuple[Words, ...]
    numbers: tuple[str, ...] = ()
    badge_px: float = 0.0
    """Diameter of a claim number's disc."""

    @property
    def badges_width(self) -> float:
        """Width that the numbers take, with the gap to the text."""
        if not self.numbers:
            return 0.0
        gap = 0.3 * self.badge_px if self.rows else 0.0
        return sum(self.badge_widths) + gap

    @property
    def badge_widths(self) -> list[float]:
        """Width of each number with the air after it: a range is longer than a number."""
        return [self.badge_px * (1.08 + 0.3 * max(0, len(n) - 2)) for n in self.numbers]

    @property
    def width(self) -> float:
        """Width of the whole block in px."""
        return max((row.width for row in self.rows), default=0.0) + self.badges_width

    @property
    def height(self) -> float:
        """Height of the whole block in px."""
        return max(self.text_height, self.badge_px if self.numbers else 0.0)

    @property
    def text_height(self) -> float:
        """Height of the rows alone."""
        if not self.rows:
            return 0.0
        first, last = self.rows[0], self.rows[-1]
        return _ASCENT * first.size_px + sum(self.steps()) + _DESCENT * last.size_px

    def steps(self) -> list[float]:
        """Distances from each baseline to the next."""
        return [_LEADING * (a.size_px * 0.4 + b.size_px * 0.6) for a, b in self._pairs()]

    def _pairs(self) -> list[tuple[Words, Words]]:
        return list(zip(self.rows[:-1], self.rows[1:], strict=True))

    def baselines(self, box: Box) -> list[float]:
        """The baseline of each row in a box."""
        if not self.rows:
            return []
        y = box.top + (box.height - self.text_height) / 2 + _ASCENT * self.rows[0].size_px
        out = [y]
        for step in self.steps():
            out.append(out[-1] + step)
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
    most: float = 60.0
    """A spot that costs more than this is not taken."""
    opacity: float = 1.0
    mark: Box | None = None
    """The dot that is drawn only with its label, and needs room too."""


@dataclass(frozen=True)
class Placed:
    """A label that found its place."""

    wish: Wish
    spot: Spot


def place_all(wishes: Iterable[Wish], room: Room) -> tuple[list[Placed], list[Wish]]:
    """Serve wishes by rank; return the placed and the dropped."""
    placed: list[Placed] = []
    dropped: list[Wish] = []
    for wish in sorted(wishes, key=lambda w: (w.rank, w.id)):
        spot = None
        if wish.mark is None or room.free(wish.mark):
            spot = _best(wish, room) or _by_moving_one(wish, room, placed)
        if spot is None:
            dropped.append(wish)
            continue
        room.take(spot.box)
        if wish.mark is not None:
            room.take(wish.mark)
        placed.append(Placed(wish, spot))
    return placed, dropped


def _best(wish: Wish, room: Room) -> Spot | None:
    best, least = None, wish.most
    for spot in wish.spots:
        if spot.price >= least or not room.free(spot.box, gap=_GAP_PX):
            continue
        price = spot.price + room.cost(spot.box) + _leader_price(spot, room)
        if price < least:
            best, least = spot, price
    return best


def _leader_price(spot: Spot, room: Room) -> float:
    """A leader may not run over what is taken; elsewhere its length costs a little."""
    if spot.leader is None:
        return 0.0
    (x0, y0), (x1, y1) = spot.leader
    for step in range(2, 7):
        x, y = x0 + (x1 - x0) * step / 8, y0 + (y1 - y0) * step / 8
        if any(box.has(x, y) for box in room.taken):
            return 1000.0
    return 0.0


def _by_moving_one(wish: Wish, room: Room, placed: list[Placed]) -> Spot | None:
    """Make room by moving one label of the same or a lower importance to its second choice."""
    for spot in _cheapest(wish.spots, _TRIES):
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
            if moved is None:
                room.take(other.spot.box)
                break
            room.take(moved.box)
            placed[index] = Placed(other.wish, moved)
            return spot
    return None


def _cheapest(spots: Sequence[Spot], count: int) -> list[Spot]:
    return sorted(spots, key=lambda s: s.price)[:count]
