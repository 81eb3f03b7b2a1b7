"""Which values may be compared, and when two of them say the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.wording.quantity import Value, agree, comparable, gap, same_number, span_of
from corridormap.layers.wording.units import convert, dimension_of

UNITS = ["mm", "cm", "m", "km", "ft", "mi"]


def value(amount: Any, unit: str = "km", **more: Any) -> Value:
    return Value(**{"quantity": "length", "value": amount, "unit": unit, **more})


def date(text: str, **more: Any) -> Value:
    return value(text, "date", quantity="opening", **more)


@pytest.mark.parametrize(
    ("amount", "unit", "to", "expected"),
    [
        (1, "km", "m", 1000),
        (538, "ft", "m", 163.98),
        (2.5, "Mt", "t", 2_500_000),
        (6, "ha", "m2", 60_000),
        (500, "trucks/day", "trucks/year", 182_625),
        (15, "Mt/year", "t/year", 15_000_000),
        (9.3, "per_mille", "%", 0.93),
        (24, "months", "years", 2),
        (3, "boats/week", "boats/day", 3 / 7),
    ],
)
def test_units_of_one_kind_are_turned_into_each_other(
    amount: float, unit: str, to: str, expected: float
) -> None:
    assert convert(amount, unit, to) == pytest.approx(expected, rel=1e-4)
    assert dimension_of(unit) == dimension_of(to)


@pytest.mark.parametrize(
    ("unit", "to"),
    [("EUR", "USD"), ("EUR", "AZN"), ("km", "t"), ("%", "km"), ("t", "t/year"),
     ("trucks/day", "vehicles/day"), ("count", "people"), ("date", "date")],
)  # fmt: skip
def test_units_of_two_kinds_are_not(unit: str, to: str) -> None:
    with pytest.raises(CorridorFormatError, match="cannot be turned into"):
        convert(1, unit, to)


@given(st.floats(0.001, 1e6), st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_there_and_back_is_the_same(amount: float, unit: str, to: str) -> None:
    assert convert(convert(amount, unit, to), to, unit) == pytest.approx(amount)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (value(162), value(162.4)),
        (value(162), value(162.5)),
        (value(82, "m"), value(82.5, "m")),
        (value(1.5), value(1500, "m")),
        (value(164, "m"), value(538, "ft")),
        (value(350, value_max=400), value(380)),
        (value(200, bound="about"), value(192)),
        (value(700, bound="more than"), value(1200)),
        (value(3, bound="less than"), value(2)),
        (value(1_600_000_000, "EUR"), value(1_640_000_000, "EUR")),
        (date("2023-10"), date("2023-10-06")),
        (date("2018"), date("2018-12")),
        (date("2023-12-29", bound="more than"), date("2024-01-27")),
    ],
)
def test_these_say_the_same(a: Value, b: Value) -> None:
    assert comparable(a, b)
    assert agree(a, b)
    assert agree(b, a)
    assert gap(a, b) == 0


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        (value(162), value(163), 1),
        (value(123.6), value(123.8), 0.2),
        (value(216, "m"), value(374, "m"), 158),
        (value(700_000, "t", bound="more than"), value(692, "kt"), 8000),
        (value(4, "count"), value(4.4, "count"), 0.4),
        (value(11, value_max=12), value(15), 3),
        (value(200, bound="about"), value(160), 40),
        (date("2023-12-26"), date("2023-12-23"), 3),
        (date("2023-10"), date("2022-09-21"), 375),
        (date("2023-12-26"), date("2023-12-25", bound="at most"), 1),
    ],
)
def test_these_differ_by_so_much(a: Value, b: Value, apart: float) -> None:
    assert comparable(a, b)
    assert not agree(a, b)
    assert gap(a, b) == pytest.approx(apart)


@given(st.integers(-999_998, 999_998))
def test_whole_numbers_next_to_each_other_never_touch(amount: int) -> None:
    assert not agree(value(amount), value(amount + 1))
    assert agree(value(amount), value(amount))


def test_large_numbers_are_taken_as_rounded_unless_their_digits_say_other() -> None:
    assert agree(value(15_000_000, "t"), value(15_400_000, "t"))
    assert not agree(value(15_000_000, "t"), value(15_600_000, "t"))
    assert not agree(value(1_499_419, "t"), value(1_499_418, "t"))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (value(55), value(55, quantity="width")),
        (value(55), value(55, of="the bridge")),
        (value(55), value(55, "t")),
        (value(1, "EUR"), value(1, "USD")),
        (value(93, "%", quantity="progress", date="2025-04"),
         value(95, "%", quantity="progress", date="2025-09")),
        (value(7, "t", quantity="rail traffic", date="2023"),
         value(8, "t", quantity="rail traffic", date="2024-01")),
    ],
)  # fmt: skip
def test_these_are_no_alternatives(a: Value, b: Value) -> None:
    assert not comparable(a, b)


def test_what_passes_is_compared_within_its_period() -> None:
    year = value(700, "t", quantity="traffic", date="2023")
    assert comparable(year, value(645, "t", quantity="traffic", date="2023-12"))
    assert comparable(year, value(645, "t", quantity="traffic"))


def test_what_lasts_is_compared_over_the_years() -> None:
    assert comparable(value(216, date="2023"), value(374, date="2025"))


def test_one_number_in_two_units() -> None:
    euros = value(1.6e9, "EUR", quantity="cost")
    assert same_number(euros, value(1.6e9, "USD", quantity="cost"))
    assert not same_number(euros, value(1.3e9, "USD", quantity="cost"))
    assert not same_number(euros, euros)
    rail = value(47, "%", quantity="growth", of="rail")
    assert not same_number(rail, value(47, "%", quantity="growth", of="transit"))
    assert not same_number(rail, value(47, "km", quantity="growth", of="transit"))


@pytest.mark.parametrize(
    "bad", [value("many"), value(2023, "date"), date("soon"), date("2023-13"), value(float("nan"))]
)
def test_a_value_that_cannot_be_read_says_so(bad: Value) -> None:
    with pytest.raises(CorridorFormatError, match=r"is no date|is not a number"):
        span_of(bad)
