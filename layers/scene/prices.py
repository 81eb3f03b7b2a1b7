"""Say in which order labels are placed, and what each place for one costs.

Screen and paper place labels each in its own way, for the screen zooms and paper does not; both
count with these figures. Values only: it places nothing. A price has no unit but the others of
this table; lengths are CSS px on the screen, and paper scales them with its signs.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LABEL_PRICES", "LabelPrices", "LabelRanks", "Side"]


@dataclass(frozen=True)
class LabelRanks:
    """What is placed first; labels of one rank go by their own."""

    selected: int = 0
    lit: int = 1
    area: int = 2
    feature: int = 3
    capital: int = 4
    place: int = 5
    country: int = 6
    water: int = 7


@dataclass(frozen=True)
class Side:
    """A label's direction from its point, in parts of the distance between them, y downwards."""

    x: float
    y: float
    price: float


@dataclass(frozen=True)
class LabelPrices:
    """What a label pays for its place; the cheapest that is free is taken."""

    ranks: LabelRanks = LabelRanks()
    sides: tuple[Side, ...] = (
        Side(1, 0, 0.0),
        Side(-1, 0, 0.6),
        Side(1, -0.55, 1.2),
        Side(-1, -0.55, 1.4),
        Side(1, 0.55, 1.6),
        Side(-1, 0.55, 1.8),
        Side(0, -1, 2.4),
        Side(0, 1, 2.6),
    )
    """Right first, below last."""
    leaders_px: tuple[float, ...] = (22.0, 34.0, 48.0, 64.0)
    """Lengths that a leader may have; on paper, which does not zoom, longer ones too."""
    leader: float = 16.0
    """For standing at the end of a leader,"""
    leader_per_px: float = 1 / 12
    """and for each px of it."""
    second_row: float = 7.0
    """For leaving out what stands below a name."""
    broken: float = 2.5
    """For a name in two rows."""
    stacked: float = 3.0
    """For claim numbers above a name and not before it."""
    number_alone: float = 34.0
    """For leaving out the name and keeping its claim numbers."""
    along: float = 0.7
    """For each step along a line, away from the middle of what is seen of it."""
    beside: float = 0.3
    """For each side of a line after the first."""
    over_line_per_px: float = 0.75
    """For each px of a line that a label covers; lines of the base map cost a part of it."""
    most: float = 80.0
    """A feature's label that would cost more is left out,"""
    most_place: float = 9.0
    """a place's,"""
    most_ground: float = 24.0
    """a country's or a water's."""
    crowd_px: float = 14.0
    """Signs nearer to one another than this are a crowd."""


LABEL_PRICES = LabelPrices()
"""What both renderers count with."""
