"""Say how long each line is on the map, with its range, and which sources are outside it.

Which of them is right is not decided here. Points and areas have no length.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.claims.evidence import figure_values, map_value
from corridormap.layers.claims.words import value_text
from corridormap.layers.wording.quantity import agree
from corridormap.layers.wording.words import amount

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.wording.quantity import Value

__all__ = ["MeasuredLength", "measured_lengths"]

_WIDE_KM = 10.0
"""A range this wide says nothing about tenths of a kilometre."""


@dataclass(frozen=True)
class MeasuredLength:
    """The geodesic length of a line as drawn, ready to read."""

    text: str
    """With its range: "162 km on the map (158–166 km)"."""
    outside: tuple[str, ...]
    """Lengths that sources give and that do not fit the range, each once."""
    low_km: float
    """The lower bound of the range."""
    high_km: float
    """The upper bound of the range."""


def measured_lengths(corridor: Corridor) -> dict[str, MeasuredLength]:
    """Return the measured length of every line, by the feature's id."""
    found = {}
    for layer in corridor.layers:
        for feature, said in layer.features.items():
            measured = map_value(layer, feature, "length", "km")
            if measured is None:
                continue
            lengths = [v for v in figure_values(said) if v.quantity == "length" and not v.of]
            outside = [value_text(v) for v in lengths if not agree(measured, v)]
            found[feature] = MeasuredLength(
                _text(measured), tuple(dict.fromkeys(outside)), *_span(measured)
            )
    return found


def _span(measured: Value) -> tuple[float, float]:
    return measured.span or (float(measured.value), float(measured.value))


def _text(measured: Value) -> str:
    low, high = _span(measured)
    digits = 0 if high - low >= _WIDE_KM else 1
    drawn, low, high = (round(float(v), digits) for v in (measured.value, low, high))
    return f"{amount(drawn, 'km')} on the map ({amount(low, 'km', value_max=high)})"
