"""Let labels stand, drive one another away and find better spots; it knows no feature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corridormap.layers.picture.turn.budget import checkpoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corridormap.layers.picture.placing.meets import Meets
    from corridormap.layers.picture.placing.offer import Offer

__all__ = ["Table"]

_MOST_MOVED, _TRIES, _MOST_SWAPS = 2, 12, 1200
_ROUNDS = 3
_DEAR = 6.0
"""A label that costs so much more than where it would stand best looks for something better."""
_COST_WEIGHT, _LEAST_GAIN = 0.1, 0.05
_SHAKES, _MOST_SHAKES, _MOST_DRIVEN = 60, 400, 6
_SEED = 20231229
"""Pictures are the same each time they are made."""


class Table:
    """The labels that stand, each by the row of its offer's spots; -1 where it does not.

    The spots of all offers lie in one row; of each is counted how many labels that stand it
    would meet. What a label at a spot meets is reckoned once.
    """

    def __init__(self, offers: Sequence[Offer], met: Meets) -> None:
        self.offers = offers
        self.row = np.full(len(offers), -1)
        self._met = met
        self._count = np.zeros(met.starts[-1], dtype=np.int16)
        self._meets = np.zeros((len(offers), met.starts[-1]), dtype=bool)
        self._losses = np.array([offer.nowhere for offer in offers])
        self._costs = np.zeros(len(offers))
        self._swaps = 0

    @property
    def score(self) -> float:
        """What readers miss, and with less weight how well the labels stand."""
        return float(self._losses.sum() + _COST_WEIGHT * self._costs.sum())

    @property
    def loss(self) -> float:
        """What readers miss."""
        return float(self._losses.sum())

    def put(self, index: int, row: int) -> None:
        """Let a label stand at a spot, or at none."""
        offer = self.offers[index]
        if self.row[index] >= 0:
            self._count -= self._meets[index]
            self._meets[index] = False
        self.row[index] = row
        if row < 0:
            self._losses[index], self._costs[index] = offer.nowhere, 0.0
            return
        self._meets[index] = self._met.by(index, row)
        self._count += self._meets[index]
        self._losses[index], self._costs[index] = offer.losses[row], offer.cost[row]

    def _span(self, index: int) -> slice:
        """Return where the spots of an offer lie in the row of all."""
        return slice(self._met.starts[index], self._met.starts[index + 1])

    def best(
        self, index: int, lifted: Sequence[int] = (), put: Sequence[tuple[int, int]] = ()
    ) -> int:
        """Return the cheapest spot of an offer that meets nobody, or -1.

        Parameters
        ----------
        index
            Of the offer.
        lifted, put
            Labels taken as if they stood nowhere, and as if they stood at a row.
        """
        span = self._span(index)
        counts = self._count[span]
        if lifted:
            counts = counts - self._meets[lifted, span].sum(axis=0)
        for other, row in put:
            counts = counts + self._met.by(other, row)[span]
        free = counts == 0
        return int(free.argmax()) if free.any() else -1

    def make_room(self, index: int) -> bool:
        """Put a label where it is better, if the few that it drives away find another spot."""
        now = int(self.row[index])
        counts = self._count[self._span(index)]
        tries, most = (_TRIES, _MOST_MOVED) if now >= 0 else (4 * _TRIES, _MOST_MOVED + 1)
        rows = np.flatnonzero((counts if now < 0 else counts[:now]) <= most)
        return any(self._swapped(index, int(row)) for row in rows[:tries])

    def _swapped(self, index: int, row: int) -> bool:
        """Take a spot, its neighbours moved, if that is better."""
        if self._swaps >= _MOST_SWAPS:
            return False
        self._swaps += 1
        spot = self._met.starts[index] + row
        moved = np.flatnonzero(self._meets[:, spot]).tolist()
        if any(self.offers[i].wish.pinned for i in moved):
            return False
        put = [(index, row)]
        for i in moved:
            put.append((i, self.best(i, [index, *moved], [each for each in put if each[1] >= 0])))
        gain = sum(self._pays(i, int(self.row[i])) - self._pays(i, then) for i, then in put)
        if gain <= _LEAST_GAIN:
            return False
        for i in moved:
            self.put(i, -1)
        for i, then in put:
            self.put(i, then)
        return True

    def _pays(self, index: int, row: int) -> float:
        """Return what a label adds to the score at a spot, or nowhere."""
        offer = self.offers[index]
        if row < 0:
            return offer.nowhere
        return float(offer.losses[row] + _COST_WEIGHT * offer.cost[row])

    def settle(self, order: Sequence[int]) -> None:
        """Let labels without room, or where they cost much, look again while that helps."""
        for _ in range(_ROUNDS):
            before = self.score
            for index in order:
                offer, row = self.offers[index], int(self.row[index])
                if not len(offer.spots) or not offer.wish.needed:
                    continue
                if row < 0 or offer.cost[row] >= offer.cost[0] + _DEAR or offer.losses[row]:
                    checkpoint()
                    self.make_room(index)
            if self.score >= before - _LEAST_GAIN:
                return

    def shake(self) -> None:
        """Let labels that found no room drive others away, at random but always alike.

        Ruin and recreate (Schrimpf et al., 2000): a change that leaves readers no worse is kept.
        """
        chance = np.random.default_rng(_SEED)
        missing = self._missing()
        for _ in range(min(_MOST_SHAKES, _SHAKES * len(missing))):
            if not len(missing):
                return
            checkpoint()
            index = int(chance.choice(missing))
            rows = len(self.offers[index].spots)
            if self.row[index] >= 0:
                rows = int(self.row[index])
            if rows and self._shaken(index, int(rows * chance.random() ** 2), chance):
                missing = self._missing()

    def _missing(self) -> NDArray[np.int64]:
        """Return the labels that are nowhere, or only a number, and might be somewhere."""
        sizes = np.diff(self._met.starts)
        return np.flatnonzero((self._losses > 0) & (sizes > 0))

    def _shaken(self, index: int, row: int, chance: np.random.Generator) -> bool:
        spot = self._met.starts[index] + row
        moved = [int(i) for i in np.flatnonzero(self._meets[:, spot])]
        if len(moved) > _MOST_DRIVEN or any(self.offers[i].wish.pinned for i in moved):
            return False
        before, then = self.score, self.row.copy()
        for i in moved:
            self.put(i, -1)
        self.put(index, row)
        for i in chance.permutation([*moved, *self._missing()]).astype(int):
            if self.row[i] < 0:
                self.put(int(i), self.best(int(i)))
        if self.score < before:
            return True
        self._become(then)
        return False

    def _become(self, then: NDArray[np.int64]) -> None:
        for i in np.flatnonzero(self.row != then):
            self.put(int(i), int(then[i]))
