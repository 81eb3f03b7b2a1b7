"""Find a place for every label: none over another, over a sign or out of the frame.

A wish is a label with the spots it would take, each with its price; wishes are served in
the order of their rank, and one without room may ask others to move. Those that find no room
are dropped and reported. It draws nothing and knows no feature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.picture.placing.meets import Meets
from corridormap.layers.picture.placing.table import Table
from corridormap.layers.picture.turn.budget import checkpoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.picture.placing.offer import Offer, Placed, Wish

__all__ = ["place_all"]


def place_all(offers: Sequence[Offer]) -> tuple[list[Placed], list[Wish]]:
    """Serve wishes by rank; return the placed and the dropped, both by rank.

    Of several orders, by rank alone, with the patient behind their kind, and with those before
    that have few spots, the one that readers miss least with is kept.
    """
    offers = sorted(offers, key=lambda o: (not o.wish.pinned, o.wish.rank, o.wish.id))
    every = [offer.wish for offer in offers]
    by_rank = list(range(len(every)))
    waiting = sorted(
        by_rank,
        key=lambda i: (not every[i].pinned, every[i].rank[0], every[i].patient, every[i].rank),
    )
    narrow = sorted(
        by_rank, key=lambda i: (not every[i].pinned, every[i].rank[0], len(offers[i].spots))
    )
    met = Meets(offers)
    best = _serve(offers, by_rank, met)
    for order in (waiting, narrow):
        if best.loss == 0.0:
            break
        other = _serve(offers, order, met)
        if other.score < best.score:
            best = other
    best.shake()
    best.settle(by_rank)
    stood = [int(row) for row in best.row]
    placed = [offers[i].placed(stood[i]) for i in by_rank if stood[i] >= 0]
    return placed, [every[i] for i in by_rank if stood[i] < 0]


def _serve(offers: Sequence[Offer], order: Sequence[int], met: Meets) -> Table:
    """Serve offers in an order, then let those without room or at a dear spot try again."""
    table = Table(offers, met)
    for index in order:
        checkpoint()
        # What was put by hand stands, also over another of its kind.
        by_hand = offers[index].wish.pinned
        table.put(index, 0 if by_hand else table.best(index))
    table.settle(order)
    for index in order:
        if table.row[index] < 0:
            table.put(index, table.best(index))
    return table
