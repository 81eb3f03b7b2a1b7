"""Tell whether an agreement says anything: a test that cannot fail tests nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from corridormap.layers.wording.quantity import agree, gap, span_of
from corridormap.layers.wording.units import DATE, WORDS, unit_of

if TYPE_CHECKING:
    from corridormap.layers.wording.quantity import Value

__all__ = ["WIDEST_SHARE", "Idle", "idle"]

WIDEST_SHARE = 0.2
"""A tolerance wider than this share of its value fits almost anything near."""

Idle = Literal["", "wide", "about", "open"]
"""Why an agreement says nothing; empty where it says something."""

_OPEN = {"more than", "at least", "less than", "at most"}


def idle(tested: Value, value: Value) -> Idle:
    """Return why it says nothing that two values agree, or "" where it could have failed.

    One number printed twice says something whatever it is good to.
    """
    if _words(tested) == _words(value) or WORDS in {tested.unit, value.unit}:
        return ""
    if _OPEN & {tested.bound, value.bound}:
        return _idle_bound(tested, value)
    if tested.unit != DATE and any(_width(v) > WIDEST_SHARE for v in (tested, value)):
        return "wide"
    plainly = [replace(v, bound="") if v.bound == "about" else v for v in (tested, value)]
    return "" if agree(*plainly) else "about"


def _idle_bound(tested: Value, value: Value) -> Idle:
    """Return whether a bound that one side is open to is near enough to have failed."""
    both = {tested.bound, value.bound} <= _OPEN
    if both or tested.unit == DATE:
        return "open"
    away = gap(replace(tested, bound=""), replace(value, bound=""))
    return "" if away <= WIDEST_SHARE * abs(float(tested.value)) else "open"


def _words(value: Value) -> tuple[object, ...] | None:
    """Return a value as printed; one measured on the map is not printed anywhere."""
    if value.span is not None:
        return (id(value),)
    return (value.value, value.value_max, value.bound, value.unit)


def _width(value: Value) -> float:
    """Return how wide a value's tolerance is, as a share of it."""
    span = span_of(value)
    size = abs(float(value.value)) * unit_of(value.unit).factor
    return (span.high - span.low) / size if size else 0.0
