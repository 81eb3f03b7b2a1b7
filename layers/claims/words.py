"""Write what testing a claim gave, and by which rule, in neutral words.

Sources differ, nobody lies: no word here says which of two values is right.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from corridormap.layers.claims.evidence import BENDS
from corridormap.layers.wording.quantity import ABOUT_SHARE
from corridormap.layers.wording.units import DATE, WORDS, convert
from corridormap.layers.wording.words import (
    QUANTITY_LABELS,
    amount,
    capital,
    date_label,
    distance,
    number,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.claims.differences import Difference
    from corridormap.layers.claims.verdict import Outcome, Result
    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.wording.quantity import Value

__all__ = [
    "COUNTED",
    "RULE_BOUNDS",
    "RULE_BY_HAND",
    "RULE_DATES",
    "RULE_NOTHING",
    "RULE_NO_VALUES",
    "RULE_ONE_NUMBER",
    "RULE_POINT",
    "RULE_SOURCES",
    "about_text",
    "difference_text",
    "gap_text",
    "map_rule",
    "outcome_text",
    "quantity_label",
    "result_label",
    "value_text",
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
RULE_ONE_NUMBER = (
    "One number given in units that cannot be turned into each other, or for two things, counts"
    " as a difference; no rate of exchange is used."
)
RULE_POINT = "A point on the map has no length or width: only sources are compared."
RULE_BY_HAND = "Checked by hand against sources: no rule tests words."
RULE_NO_VALUES = "No other source gives this quantity, and the map has nothing to measure it by."
RULE_NOTHING = "It gives no number and no date, and no source was found to check its words by."

_LABELS: dict[Result, str] = {
    "agrees": "Agrees",
    "differs": "Sources differ",
    "disputed": "Sources differ",
    "untestable": "Cannot be tested here",
}
COUNTED: dict[Result, tuple[str, str]] = {
    "agrees": ("agrees", "agree"),
    "differs": ("where sources differ", "where sources differ"),
    "disputed": ("where sources differ", "where sources differ"),
    "untestable": ("that cannot be tested", "that cannot be tested"),
}
"""What is said of one claim with a result and of several, behind their number, in this order."""
_LISTED = 3
"""Most values that are listed one by one; more are told as a range."""
_NOTED = 110
"""Most characters of a list with notes; a longer one goes without."""


def quantity_label(quantity: str) -> str:
    """Return a quantity's word as a card shows it: "Length", "Bridges on it"."""
    return QUANTITY_LABELS.get(quantity, capital(plain(quantity).replace("_", " ")))


def about_text(value: Value) -> str:
    """Return what a value is of, and its year if it changes with time: "rail, 2023"; or ""."""
    year = value.date[:4] if value.passing else ""
    return ", ".join(part for part in (plain(value.of), year) if part)


def result_label(result: Result, gaps: str = "", *, one_source: bool = False) -> str:
    """Return a result to read.

    Parameters
    ----------
    result
        What testing gave.
    gaps
        By how much it differs, if that is known.
    one_source
        Whether the values that differ are from one and the same source.
    """
    if one_source:
        return "Values differ"
    return f"Differs by {gaps}" if result == "differs" and gaps else _LABELS[result]


def gap_text(outcome: Outcome) -> str:
    """Return by how much a value differs from all others: "3 days", "8 to 33 km"."""
    if outcome.result != "differs" or outcome.gaps is None:
        return ""
    low, high = outcome.gaps
    if outcome.tested.unit == DATE:
        days = f"{number(low)} to {number(high)}" if low != high else number(low)
        return f"{days} day" if days == "1" else f"{days} days"
    digits = 3 - math.ceil(math.log10(high)) if high > 0 else 0
    low, high = round(low, max(0, digits)), round(high, max(0, digits))
    return amount(low, outcome.tested.unit, value_max=high if high != low else None)


def value_text(value: Value, *, noted: bool = False) -> str:
    """Return a value to read: "more than 700,000 t", "by 25 Dec 2023", with its note if wished."""
    if value.unit == WORDS:
        return plain(value.value)
    if value.unit == DATE:
        word = {"at most": "by ", "less than": "before ", "more than": "after "}
        text = word.get(value.bound, f"{value.bound} ".lstrip()) + date_label(str(value.value))
        if value.value_max is not None:
            text += f" to {date_label(str(value.value_max))}"
    else:
        most = None if value.value_max is None else float(value.value_max)
        unit = "person" if (value.unit, value.value) == ("people", 1) else plain(value.unit)
        text = f"{value.bound} {amount(float(value.value), unit, value_max=most)}"
    if value.span is not None:
        text += f" ({number(value.span[0])}–{number(value.span[1])})"
    note = plain(value.note)
    if value.bound:  # a note often repeats the bound, so that it can be read by itself
        note = note.removeprefix(value.bound).removesuffix(value.bound).strip(",; ")
    return f"{text.strip()} ({note})" if noted and note else text.strip()


def outcome_text(outcome: Outcome) -> str:
    """Return what was found, in one line without a capital or a stop."""
    same, other = outcome.values("agrees"), outcome.values("differs")
    parts = []
    if outcome.tested.unit == DATE or not other:
        parts += [_listed(same)] if same else []
        parts += [f"{'also given: ' if same else 'sources have '}{_listed(other)}"] if other else []
    else:
        parts.append(_ranged(other, [*same, *other], also=bool(same)))
    units = {value.unit for value in outcome.values("other unit")}
    things = {plain(value.of) for value in outcome.values("other part")}
    if units:
        parts.append(f"the same number is also given in {_and(sorted(units))}")
    if things:
        parts.append(f"the same number is also given for {_and(sorted(things - {''}) or ['all'])}")
    if outcome.measured:
        parts.append(_measured_text(outcome.measured.value))
    return "; ".join(part for part in parts if part)


def difference_text(found: Difference) -> str:
    """Return what sources and map give for a figure of a feature, in one line."""
    numbers = found.values[0].unit != DATE
    many = numbers and len({value.unit for value in found.values}) == 1
    text = _ranged(found.values, found.values) if many else f"sources have {_listed(found.values)}"
    if found.one_source:
        text = f"one source gives {_listed(found.values)}"
    if found.measured is not None:
        text += f"; {_measured_text(found.measured)}"
    return text


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


def _measured_text(value: Value) -> str:
    low, high = value.span or (math.nan, math.nan)
    what = "area drawn" if value.quantity == "area" else "line drawn"
    size = amount(round(float(value.value)), value.unit)
    return f"the {what}, {value.note}, has {size} ({number(round(low))}–{number(round(high))})"


def _listed(values: Sequence[Value]) -> str:
    texts = [value_text(value, noted=True) for value in values]
    noted = _and(texts, "; " if any("(" in text for text in texts) else ", ")
    return noted if len(noted) <= _NOTED else _and([value_text(value) for value in values])


def _ranged(values: Sequence[Value], among: Sequence[Value], *, also: bool = False) -> str:
    """Return some values one by one, or many as the range of all of them."""
    if len(values) <= _LISTED:
        return f"{'sources also have' if also else 'sources have'} {_listed(values)}"
    unit = among[0].unit
    ordered = sorted(among, key=lambda value: convert(float(value.value), value.unit, unit))
    first, last = ordered[0], ordered[-1]
    low = number(float(first.value)) if first.unit == last.unit else value_text(first)
    return f"sources run from {low} to {value_text(last)}"


def _and(texts: Sequence[str], comma: str = ", ") -> str:
    texts = list(dict.fromkeys(texts))
    return comma.join(texts[:-1]) + (" and " if len(texts) > 1 else "") + "".join(texts[-1:])
