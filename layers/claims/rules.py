"""Write by which rules a claim or a figure was tested, so that a reader can judge them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from corridormap.layers.claims.evidence import BENDS
from corridormap.layers.claims.telling import WIDEST_SHARE
from corridormap.layers.wording.quantity import ABOUT_SHARE
from corridormap.layers.wording.words import amount, distance

if TYPE_CHECKING:
    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.wording.quantity import Value

__all__ = [
    "RULE_BOUNDS",
    "RULE_BY_HAND",
    "RULE_COMPILED",
    "RULE_DATES",
    "RULE_GUESSED",
    "RULE_NOTHING",
    "RULE_NO_VALUES",
    "RULE_ONE_NUMBER",
    "RULE_ORIGINS",
    "RULE_POINT",
    "RULE_SAYS_NOTHING",
    "RULE_SOURCES",
    "RULE_UNLIKE",
    "RULE_WORDS",
    "map_rule",
]

RULE_SOURCES = (
    "Held against the other sourced values of the same quantity: two agree when they overlap,"
    " each good to half of its last digit."
)
RULE_BOUNDS = (
    f"“About” adds {ABOUT_SHARE * 100:.0f} %; “more than” and “less than” leave one side open."
)
RULE_DATES = (
    "Held against the dates that sources give. Two dates agree when they overlap: a month or a"
    " year stands for all its days."
)
RULE_WORDS = "Words and offices agree where they are the same."
RULE_ONE_NUMBER = (
    "One number given in units that cannot be turned into each other counts as a difference; no"
    " rate of exchange is used."
)
RULE_ORIGINS = "One text, talk or house is one origin; the article's own only repeats it."
RULE_COMPILED = "The article was written from its sources: one origin that agrees is its own."
RULE_GUESSED = "An origin here is guessed from equal addresses or equal words; nobody has said so."
RULE_UNLIKE = "Only like is compared with like: one time, one scope, one kind."
RULE_SAYS_NOTHING = (
    f"What could not fail says nothing: a range wider than {WIDEST_SHARE * 100:.0f} % of its"
    " value, a fit as “about” alone, an open side."
)
RULE_POINT = "A point on the map has no length or width: only sources are compared."
RULE_BY_HAND = "Checked by hand against sources: no rule tests words."
RULE_NO_VALUES = "No other source gives this quantity, and the map has nothing to measure it by."
RULE_NOTHING = "It gives no number and no date, and no source was found to check its words by."


def map_rule(said: FeatureProperties, measured: Value) -> str:
    """Return how a length or an area on the map was measured, and why it has its bounds."""
    if measured.span is None:
        return ""
    reach = distance(said.uncertainty_m)
    size, spread = amount(float(measured.value), measured.unit), _span_text(measured)
    quality = said.position_quality
    if measured.quantity == "area":
        return (
            f"Held against the geodesic area drawn, {size}; moving its rim by {reach} ({quality})"
            f" gives {spread}."
        )
    return (
        f"Held against the geodesic length drawn, {size} ({quality}, ±{reach}). The way itself may"
        f" have {spread}: from the straightest line within {reach} to the drawn one with"
        f" {BENDS[quality] * 100:.0f} % more for bends that its legs cut, give or take {reach} at"
        " either end."
    )


def _span_text(value: Value) -> str:
    low, high = value.span or (math.nan, math.nan)
    return amount(low, value.unit, value_max=high)
