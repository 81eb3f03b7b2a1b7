"""What a label says is the same on the screen and on paper: it is decided before both."""

from __future__ import annotations

import io
import re
from functools import partial

import pytest

from corridormap.geo.outline.outline import tiers
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture import Layout, render
from corridormap.layers.scene.labels import (
    halves_of,
    in_language,
    label_languages,
    label_words,
    second_rows,
)
from corridormap.layers.scene.resolve import build_scene, resolve
from corridormap.layers.scene.view import default_view

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
        ("", "", False, ("", "", "")),
        ("Construction", "", False, ("construction", "construction", "construction")),
        ("", "±2 km", False, ("±2 km", "±2 km", "position ±2 km")),
        ("", "±2 km", True, ("", "±2 km", "position ±2 km")),
        (
            *("Announced", "±2 km", True),
            ("announced", "announced, ±2 km", "announced; position ±2 km"),
        ),
    ],
)
def test_the_second_row_says_what_is_not_expected(
    status: str, uncertainty: str, *, line: bool, rows: tuple[str, str, str]
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
            assert feature.position.label in phase.second_undrawn
            unsaid = feature.position.label and phase.look == "operating"
            point = feature.position.band_m is None
            assert not unsaid or phase.second == (feature.position.label if point else "")
            assert not unsaid or feature.position.label in phase.second_selected


@pytest.mark.parametrize("corridor", ["azerbaijan-iran", "north-south"])
def test_a_label_is_in_the_views_language_where_the_feature_has_a_name_in_it(corridor: str) -> None:
    opened = load_corridor(find_corridor(corridor))
    usual = {f.id: f.label for f in resolve(opened).features}
    for language in label_languages(opened):
        view = default_view(opened).model_copy(update={"label_language": language})
        for item in build_scene(opened, view).items:
            feature, label = item.feature, item.feature.label
            first = usual[feature.id]
            assert (label is None) == (first is None)
            if label and first:
                name = None if language == "en" else feature.names.get(language)
                assert label.text == (name or first.text)
                assert label.halves == halves_of(label.text)
                assert in_language(label, "en").text == first.text


@pytest.mark.parametrize(
    ("text", "language", "capitals"),
    [("Zəngilan", "az", "ZƏNGİLAN"), ("Zangilan", "en", "ZANGILAN"), ("نخجوان", "fa", "نخجوان")],
)
def test_capitals_are_those_of_the_language(text: str, language: str, capitals: str) -> None:
    assert label_words(text, language, area=True).capitals == capitals
    assert label_words(text, language, area=False).capitals == ""


def test_a_picture_says_persian_names_as_words_and_the_base_maps_beside_them_once() -> None:
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    view = default_view(corridor).model_copy(update={"label_language": "fa"})
    out = io.BytesIO()
    layout = Layout(1200, 800, arrangement="map", locator=False)
    outline = partial(tiers, detail=corridor.outline)
    render(build_scene(corridor, view), outline, layout, out, format="svg")
    # Whole, in the order of reading: what is written letter by letter does not join.
    said = re.findall(r">([^<]+)</text>", out.getvalue().decode())
    assert {"خداآفرین", "پارس\u200cآباد", "رضوانشهر"} <= set(said)
    assert not {"Khudaferin", "Parsabad", "Rezvanshahr"} & set(said)
