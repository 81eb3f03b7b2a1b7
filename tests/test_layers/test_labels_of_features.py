"""What a label says is the same on the screen and on paper: it is decided before both."""

from __future__ import annotations

import pytest

from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.scene.labels import halves_of, second_rows
from corridormap.layers.scene.resolve import resolve

HALVES = {
    "Rasht–Astara railway": ("Rasht–", "Astara railway"),
    "Rasht-Astara railway": ("Rasht-", "Astara railway"),
    "Khudafarin bridge": ("Khudafarin", "bridge"),
    "پل خداآفرین جدید": ("پل خداآفرین", "جدید"),
    "Astara": (),
    "Nakhchivanqala": (),
    "A–B": (),
    "1,000–2,000 trucks": ("1,000–2,000", "trucks"),
    "Baku–": (),
}


@pytest.mark.parametrize("name", HALVES)
def test_a_long_name_is_broken_once_and_loses_nothing(name: str) -> None:
    halves = halves_of(name)
    assert halves == HALVES[name]
    assert not halves or "".join(halves).replace(" ", "") == name.replace(" ", "")


@pytest.mark.parametrize(
    ("status", "uncertainty", "line", "rows"),
    [
        ("", "", False, ("", "")),
        ("Construction", "", False, ("construction", "construction")),
        ("", "±2 km", False, ("±2 km", "position ±2 km")),
        ("", "±2 km", True, ("", "position ±2 km")),
        ("Announced", "±2 km", True, ("announced", "announced; position ±2 km")),
    ],
)
def test_the_second_row_says_what_is_not_expected(
    status: str, uncertainty: str, *, line: bool, rows: tuple[str, str]
) -> None:
    assert second_rows(status, uncertainty, line=line) == rows


@pytest.mark.parametrize("corridor", ["azerbaijan-iran", "north-south"])
def test_a_place_that_is_not_well_known_says_so_on_the_map(corridor: str) -> None:
    features = resolve(load_corridor(find_corridor(corridor))).features
    loose = [f for f in features if f.position.quality in {"approximate", "schematic"}]
    assert loose
    for feature in features:
        assert bool(feature.position.label) == (
            feature in loose and feature.position.uncertainty_m > 0
        )
        for phase in feature.phases:
            unsaid = feature.position.label and phase.look == "operating"
            point = feature.position.band_m is None
            assert not unsaid or phase.second == (feature.position.label if point else "")
            assert not unsaid or feature.position.label in phase.second_selected
