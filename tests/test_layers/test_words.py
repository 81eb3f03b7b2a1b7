"""Dates, numbers and lengths read as a journalist would write them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.layers.corridor.feature import FeatureProperties
from corridormap.layers.corridor.status import LOOK_LABELS, LOOK_OF, LOOKS, STATUSES
from corridormap.layers.wording import words
from corridormap.layers.wording.kinds import KINDS
from corridormap.layers.wording.words import (
    amount,
    date_label,
    day_label,
    distance,
    full_date,
    number,
    plain,
    short,
)


@pytest.mark.parametrize(
    ("text", "full", "label"),
    [
        ("2022-03-11", "2022-03-11", "11 Mar 2022"),
        ("2022-03", "2022-03-01", "Mar 2022"),
        ("2022", "2022-01-01", "2022"),
        ("1300", "1300-01-01", "1300"),
        ("2022-13", None, "2022-13"),
        ("2023-02-29", None, "2023-02-29"),
        ("2022-3-1", None, "2022-3-1"),
        ("0000", None, "0000"),
        ("soon", None, "soon"),
        ("2022-03-11\n", None, "2022-03-11"),
    ],
)
def test_dates(text: str, full: str | None, label: str) -> None:
    assert full_date(text) == full
    assert date_label(text) == label


def test_a_day_in_full() -> None:
    assert day_label("2023-12-29") == "29 December 2023"


@pytest.mark.parametrize(
    ("metres", "text"),
    [(0, "0 m"), (60, "60 m"),
     (999.4, "999 m"), (1500, "1.5 km"), (4000, "4 km"), (12_345, "12 km"),
     (150_000, "150 km"), (float("inf"), "?")],
)  # fmt: skip
def test_distances(metres: float, text: str) -> None:
    assert distance(metres) == text


@pytest.mark.parametrize(
    ("value", "value_max", "unit", "text"),
    [
        (24.5, None, "m", "24.5 m"),
        (1000, None, "trucks/day", "1,000 trucks a day"),
        (300, 350, "trucks/day", "300–350 trucks a day"),
        (30, None, "buses/day", "30 buses a day"),
        (5, None, "Mt/year", "5 million t a year"),
        (160, None, "km/h", "160 km/h"),
        (47, None, "%", "47 %"),
        (4, None, "count", "4"),
        (1.6e9, None, "EUR", "€1.6 billion"),
        (4_838_000, None, "EUR", "€4.838 million"),
        (950, None, "USD", "$950"),
        (14e6, None, "AZN", "AZN 14 million"),
        (5502.75, None, "km2", "5,502.75 km²"),
        (1.16, None, "Mt", "1.16 million t"),
        (12, None, "per_mille", "12 ‰"),
        (3, None, "odd unit", "3 odd unit"),
    ],
)
def test_amounts(value: float, value_max: float | None, unit: str, text: str) -> None:
    assert amount(value, unit, value_max=value_max) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_is_one_word(value: float) -> None:
    assert number(value)
    assert " " not in number(value)


@given(st.text())
def test_plain_text_is_one_line_that_any_file_can_hold(text: str) -> None:
    line = plain(text)
    assert len(line.splitlines()) <= 1
    line.encode("utf-8")
    assert all(ord(char) >= 0x20 for char in line)
    assert plain(line) == line
    assert len(short(text, 20)) <= 20


def test_plain_text_keeps_persian_joiners_and_markup() -> None:
    assert plain("نیم\u200cفاصله") == "نیم\u200cفاصله"
    assert plain("<b>&amp;</b>") == "<b>&amp;</b>"
    assert plain("a\x00b\ud800c\td") == "abc d"


def test_every_word_of_the_data_has_a_label() -> None:
    schema = FeatureProperties.model_json_schema()["properties"]
    built_in, own = schema["kind"]["anyOf"]
    assert set(built_in["enum"]) == set(KINDS)
    assert all(re.search(own["pattern"], kind) for kind in KINDS)
    assert set(schema["mode"]["enum"]) == set(words.MODE_LABELS)
    assert set(schema["position_quality"]["enum"]) == set(words.QUALITY_LABELS)
    assert set(STATUSES) == set(words.STATUS_LABELS) == set(LOOK_OF)
    assert set(LOOKS) == set(LOOK_LABELS) == set(LOOK_OF.values())
