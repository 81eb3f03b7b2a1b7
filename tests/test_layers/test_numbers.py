"""Numbers and dates of a text are proposed as people write them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.layers.article.passages.text import normalise
from corridormap.layers.article.suggestions.numbers import NumberFound, find_numbers
from corridormap.layers.wording.quantity import Value, span_of


def found(text: str, written: str = "") -> tuple[NumberFound, ...]:
    """Return what is found in a text as given."""
    return find_numbers(normalise(text).text, written=written)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The 162-km railway", 162, "km"),
        ("it is 7 200 km long", 7200, "km"),
        ("it is 7,200.5 km long", 7200.5, "km"),
        ("more than 700,000 tonnes of freight", 700_000, "t"),
        ("a contract of €1.6 billion", 1_600_000_000, "EUR"),
        ("some 1.6 billion euros", 1_600_000_000, "EUR"),
        ("a US$500 million loan", 500_000_000, "USD"),
        ("1,5 million dollars", 1_500_000, "USD"),
        ("it grew by 47 %", 47, "%"),
        ("it grew by 47 percent", 47, "%"),
        ("14.5 million t in 2022", 14.5, "Mt"),
        ("15 million t of cargo a year", 15, "Mt/year"),
        ("4,000 trucks a day", 4000, "trucks/day"),
        ("100 wagons daily", 100, "wagons/day"),
        ("39 containers", 39, "containers"),
        ("three lanes", 3, "count"),
        ("a gauge of 1,520 mm", 1520, "mm"),
        ("250 square kilometres", 250, "km2"),
        ("at 120 km/h", 120, "km/h"),
    ],
)
def test_a_number_with_its_unit(text: str, value: float, unit: str) -> None:
    number = found(text)[0]
    assert (number.value, number.unit) == (value, unit)
    assert number.text in normalise(text).text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 12 September 2000", "2000-09-12"),
        ("on December 26, 2023", "2023-12-26"),
        ("on the 5th of May 2020", "2020-05-05"),
        ("in May 2025", "2025-05"),
        ("since 1995", "1995"),
        ("2023-10-07", "2023-10-07"),
        ("am 07.10.2023 eröffnet", "2023-10-07"),
        ("on December 26", "2023-12-26"),
        ("in October", "2023-10"),
        ("on 30 December", "2022-12-30"),
    ],
)
def test_a_date_with_its_year_or_that_of_the_article(text: str, value: str) -> None:
    (date,) = found(text, "2023-12-29")
    assert (date.value, date.unit) == (value, "date")
    assert bool(date.note) is ("20" not in text and "19" not in text)


@pytest.mark.parametrize(
    "text",
    [
        "on December 26",
        "page 12",
        "He may march on",
        "the 11-arch bridge",
        "R2D2",
    ],
)
def test_what_is_no_figure_is_left_out(text: str) -> None:
    assert found(text) == ()


def test_ranges_and_bounds() -> None:
    text = "Between 3 and 5 km; 12-15 days; about 5 to 7 million t; at least 4 km; up to 9 km"
    said = [(n.value, n.value_max, n.bound) for n in found(text)]
    assert said == [
        (3, 5, ""),
        (12, 15, ""),
        (5, 7, "about"),
        (4, None, "at least"),
        (9, None, "at most"),
    ]


def test_two_numbers_side_by_side_are_no_range() -> None:
    said = [(n.value, n.value_max) for n in found("814,000 t in 2024 and 665,000 t in 2025")]
    assert said == [(814_000, None), ("2024", None), (665_000, None), ("2025", None)]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("It cost 5 million euros.", "cost"),
        ("A loan of 5 million euros was signed.", "loan"),
        ("Transit rose by 5 %.", "growth"),
        ("The bridge is 5 % complete.", "progress"),
        ("The line was opened on 6 March 2019.", "opening"),
        ("Work began in May 2025.", "start"),
        ("They signed it on 17 May 2023. It opened later.", "agreement"),
        ("The bridge is 30 m wide.", "width"),
        ("It can carry 5 million t a year.", "capacity"),
    ],
)
def test_the_sentence_tells_the_quantity(text: str, quantity: str) -> None:
    assert found(text)[0].quantity == quantity


@given(st.text(alphabet="0123456789 ,.-kmt€%aMyDecember", max_size=60))
def test_what_is_found_can_be_compared_and_stands_where_it_says(text: str) -> None:
    normal = normalise(text).text
    for number in find_numbers(normal, written="2023-12-29"):
        assert normal[number.start : number.end] == number.text
        as_value: dict[str, Any] = {"value_max": number.value_max, "bound": number.bound}
        span_of(Value(number.quantity, number.value, number.unit, **as_value))


def test_a_day_that_no_month_has_is_no_day() -> None:
    assert [date.value for date in found("31 February 2023")] == ["2023-02"]
