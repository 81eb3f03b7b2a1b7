"""The gazetteer answers by extent, the most important first, in names English maps print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corridormap.geo.errors import AssetError
from corridormap.geo.outline import places
from corridormap.geo.outline.places import country_names, places_in

if TYPE_CHECKING:
    from pathlib import Path

CORRIDOR = (44.35, 36.95, 50.1, 40.6)


def test_places_lie_in_the_extent_and_the_capital_comes_first() -> None:
    found = places_in(CORRIDOR, limit=30)
    west, south, east, north = CORRIDOR
    assert len(found) == 30
    assert all(west <= p.at[0] <= east and south <= p.at[1] <= north for p in found)
    assert found[0].name == "Baku"
    assert found[0].capital
    assert found[0].country == "AZ"
    assert found[0].at == pytest.approx((49.87, 40.38), abs=0.05)


def test_names_are_those_of_english_maps() -> None:
    names = {place.name for place in places_in(CORRIDOR, limit=60)}
    assert {"Tabriz", "Ardabil", "Urmia", "Khoy", "Nakhchivan", "Rasht", "Astara"} <= names


def test_parts_of_a_city_come_after_towns() -> None:
    names = [place.name for place in places_in(CORRIDOR, limit=400)]
    assert names.index("Kentron") > names.index("Astara")  # the middle of Yerevan


def test_every_sovereign_capital_of_the_region_is_marked() -> None:
    found = places_in((43.0, 35.0, 52.0, 42.5), limit=300)
    assert {p.name for p in found if p.capital} == {"Baku", "Yerevan", "Tbilisi", "Tehran"}


def test_an_empty_sea_has_no_place() -> None:
    assert places_in((50.5, 38.5, 51.5, 39.5), limit=10) == ()


def test_countries_have_names_and_unnumbered_ones_too() -> None:
    names = country_names()
    assert (names["AZ"], names["IR"], names["XK"]) == ("Azerbaijan", "Iran", "Kosovo")
    assert names["XN"] == "Northern Cyprus"


def test_a_broken_gazetteer_is_an_error_that_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "places.sqlite"
    file.write_bytes(b"no database" * 100)
    monkeypatch.setattr(places, "asset_path", lambda _name: file)
    with pytest.raises(AssetError, match="gazetteer cannot be read") as caught:
        places_in(CORRIDOR, limit=1)
    assert "places.sqlite" in str(caught.value)
