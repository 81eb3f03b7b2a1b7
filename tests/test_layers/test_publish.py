"""A corridor is fit to publish only if every feature is sourced, placed and dated."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.geo.errors import Finding
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.validation.publish import fit_to_publish, shortcomings_of
from corridormap.layers.validation.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.test_layers.conftest import TinyCorridor

BUILT_IN = find_corridor("azerbaijan-iran")
SOURCES = {s["id"]: s for s in json.loads((BUILT_IN / "sources.json").read_text(encoding="utf-8"))}
FEATURES: dict[str, tuple[str, dict[str, Any]]] = {
    feature["id"]: (path.stem, feature)
    for path in sorted((BUILT_IN / "layers").glob("*.geojson"))
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
}
MANIFEST = """
id = "one"
title = "One feature"
as_of = 2023-12-29
extent = [-180, -90, 180, 90]
[[layers]]
id = "{layer}"
title = "Its layer"
"""


def alone(folder: Path, layer: str, feature: dict[str, Any]) -> Path:
    """Write a corridor that holds one feature, and return its folder."""
    (folder / "layers").mkdir(parents=True, exist_ok=True)
    (folder / "corridor.toml").write_text(MANIFEST.format(layer=layer), encoding="utf-8")
    text = json.dumps(feature)
    cited = [source for source in SOURCES.values() if f'"{source["id"]}"' in text]
    (folder / "sources.json").write_text(json.dumps(cited or [SOURCES["S1"]]), encoding="utf-8")
    collection = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (folder / "layers" / f"{layer}.geojson").write_text(collection, encoding="utf-8")
    return folder


def without(feature: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a feature without its sources, its quality, or the date of one of its events."""
    for key in ("sources", "position_quality", "uncertainty_m", "status_history"):
        broken = deepcopy(feature)
        del broken["properties"][key]
        yield key, broken
    for index, event in enumerate(feature["properties"]["status_history"]):
        for key in ("date", "sources"):
            broken = deepcopy(feature)
            del broken["properties"]["status_history"][index][key]
            yield f"{key} of {event['date']}", broken


def test_the_built_in_corridor_is_fit_without_exception() -> None:
    corridor = load_corridor(BUILT_IN)
    assert fit_to_publish(corridor) == ()
    assert validate(BUILT_IN) == ()
    assert {feature for layer in corridor.layers for feature in layer.features} == set(FEATURES)


@pytest.mark.parametrize("identity", FEATURES)
def test_a_feature_that_falls_short_is_named(tmp_path: Path, identity: str) -> None:
    layer, feature = FEATURES[identity]
    folder = alone(tmp_path, layer, feature)
    assert fit_to_publish(load_corridor(folder)) == ()
    before = set(validate(folder))
    for lost, broken in without(feature):
        alone(tmp_path, layer, broken)
        report = fit_to_publish(load_corridor(folder))
        named = {(finding.file, finding.feature) for finding in report}
        assert named == {(f"layers/{layer}.geojson", identity)}, lost
        assert set(report) <= set(validate(folder)) - before, lost


def feature_of(**change: Any) -> Callable[[TinyCorridor], object]:
    return lambda tiny: tiny.properties("north-bridge").update(change)


def source_of(**change: Any) -> Callable[[TinyCorridor], object]:
    return lambda tiny: tiny.sources[0].update(change)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (feature_of(sources=[]), "the feature has no source"),
        (feature_of(sources=["S3"]), "the feature leans only on a source without an address (S3)"),
        (feature_of(position_sources=["S3"]), "the position leans only on a source without an"),
        (
            feature_of(
                figures=[{"quantity": "length", "value": 1, "unit": "m", "sources": ["S3"]}]
            ),
            "the figure 'length' (number 1) leans only on a source without an address",
        ),
        (
            feature_of(position_quality="approximate", uncertainty_m=0),
            "the position is approximate, but its uncertainty is 0",
        ),
        (source_of(accessed=None), "S1 lacks the date it was checked"),
        (source_of(publisher=" "), "S1 lacks a publisher"),
        (lambda tiny: tiny.sources[0].pop("issued"), "S1 lacks a date, or the word undated"),
        (source_of(URL=""), "S1 lacks an address"),
        (source_of(URL="file:///etc/passwd"), "S1 lacks an address"),
    ],
)
def test_each_shortcoming_has_its_own_words(
    tiny: TinyCorridor, change: Callable[[TinyCorridor], object], problem: str
) -> None:
    change(tiny)
    report = [f for f in fit_to_publish(tiny.load()) if f.feature == "north-bridge"]
    assert any(problem in finding.problem for finding in report), report
    assert all(finding.remedy for finding in report)


def test_of_two_events_of_one_day_each_needs_its_source(tiny: TinyCorridor) -> None:
    event = {"date": "2023-12-30", "status": "operating"}
    tiny.properties("north-bridge")["status_history"] = [
        event, {**event, "sources": ["S2"]},
    ]  # fmt: skip
    assert fit_to_publish(tiny.load()) == (
        Finding(
            "fact-has-no-source",
            "layers/bridges.geojson",
            "north-bridge",
            "status_history.0.sources",
            what="the event of 2023-12-30",
            sources="sources.json",
        ),
    )
    assert str(fit_to_publish(tiny.load())[0]) == (
        "layers/bridges.geojson: north-bridge: the event of 2023-12-30 has no source."
        " Add the id of an entry in sources.json."
    )


def test_an_undated_source_that_says_so_is_whole(tiny: TinyCorridor) -> None:
    source = tiny.load().sources["S2"]
    assert shortcomings_of(source) == ("the date it was checked",)
    assert shortcomings_of(tiny.load().sources["S1"]) == ()
