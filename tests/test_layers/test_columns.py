"""Columns of a user's file become facts: what is not understood is counted, never guessed."""

from __future__ import annotations

from typing import Any

import pytest
from shapely.geometry import Point

from corridormap.geo.formats import Feature
from corridormap.layers.columns.recipes import Recipe, recognised
from corridormap.layers.columns.rows import Given, mapped
from corridormap.layers.columns.rules import ColumnRules
from corridormap.layers.columns.values import date_of, folded, number_of, word_of
from corridormap.layers.wording.kind_words import WORDS_OF_KINDS
from corridormap.layers.wording.kinds import KINDS

RULES = ColumnRules.model_validate(
    {
        "columns": {
            "Port": {"to": "name"},
            "Zustand": {"to": "status", "words": {"in Betrieb": "operating", "Plan": "announced"}},
            "seit": {"to": "status_date"},
            "t": {"to": "figure", "quantity": "capacity", "unit": "t/year"},
        }
    }
)


@pytest.mark.parametrize(
    ("value", "order", "date"),
    [
        ("2018", "", "2018"),
        (2018.0, "", "2018"),
        ("3.2019", "", "2019-03"),
        ("03.04.2019", "", "2019-04-03"),
        ("2019-04-03T00:00:00", "", "2019-04-03"),
        ("13/04/2019", "", "2019-04-13"),
        ("03/04/2019", "", None),
        ("03/04/2019", "month-first", "2019-03-04"),
        ("03/04/2019", "day-first", "2019-04-03"),
        ("soon", "", None),
        ("2019-13", "", None),
    ],
)
def test_a_date_that_may_be_two_is_none(value: Any, order: str, date: str | None) -> None:
    assert date_of(value, order) == date


@pytest.mark.parametrize(
    ("value", "decimal", "number"),
    [
        ("1.200.000", "", 1_200_000),
        ("1,200.5", "", 1200.5),
        ("12 000 t", "", 12_000),
        ("1,5", "", 1.5),
        ("1.200", "", None),
        ("1.200", ",", 1200),
        ("1.200", ".", 1.2),
        ("ca. 500", "", None),
        (True, "", None),
        (7, "", 7),
    ],
)
def test_a_number_that_may_be_two_is_none(value: Any, decimal: str, number: float | None) -> None:
    assert number_of(value, decimal, "t") == number


def test_what_is_not_understood_stays_and_forces_no_state() -> None:
    cells: list[dict[str, Any]] = [
        {"Port": "A", "Zustand": "in Betrieb", "seit": "2018", "t": "5", "status": "x"},
        {"Port": "B", "Zustand": "?", "seit": None, "t": "viel"},
        {"Port": "C", "Zustand": "Plan", "seit": ""},
    ]
    features = [Feature(str(n), "", Point(1, 1), one) for n, one in enumerate(cells)]
    made = mapped(features, RULES, Given("2026-11-30"))
    states = [one.properties["status_history"][0] for one in made.features]
    assert [one["status"] for one in states] == ["operating", "unknown", "announced"]
    assert states[0]["date"] == "2018"
    assert states[2]["at_latest"] is True
    assert made.features[0].properties["status"] == "x"
    assert made.features[1].properties["Zustand"] == "?"
    assert {(n.column, n.value, n.count) for n in made.not_understood} == {
        ("Zustand", "?", 1),
        ("t", "viel", 1),
    }


def test_the_next_edition_is_known_by_its_columns() -> None:
    recipe = Recipe(id="ports", seen=("Port", "Zustand", "seit", "t", "more"), rules=RULES)
    assert recognised(["t", "seit", "Port", "Zustand"], [recipe]) is recipe
    assert recognised(["t", "seit", "Port"], [recipe]) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Dry port", "dry_port"),
        ("dry-port", "dry_port"),
        ("Trockenhafen", "dry_port"),
        ("сухой порт", "dry_port"),
        ("Kara limanı", "dry_port"),
        ("Liman", "port"),
        ("Bahnhof", "station"),
        ("almacén", "warehouse"),
        ("معدن", "mine"),
        ("parrot", None),
    ],
)
def test_a_kind_is_known_as_other_languages_call_it(text: str, kind: str | None) -> None:
    assert word_of("kind", text) == kind


def test_no_word_of_a_kind_may_mean_another() -> None:
    said = [
        word
        for kind, of in KINDS.items()
        for word in {
            folded(each)
            for each in (kind.replace("_", " "), of.label, *WORDS_OF_KINDS.get(kind, ()))
        }
    ]
    assert sorted(said) == sorted(set(said))
    assert set(WORDS_OF_KINDS) <= set(KINDS)
