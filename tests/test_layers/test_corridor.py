"""A corridor is found by id or folder, and opened without trusting what it says."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest

from corridormap.geo.errors import CorridorFormatError, ReadError
from corridormap.geo.outline.outline import tiers
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.scene.base_places import base_places
from tests.test_layers.conftest import OUTLINE

if TYPE_CHECKING:
    from pathlib import Path

    from corridormap.layers.corridor.corridor import Corridor
    from tests.test_layers.conftest import TinyCorridor


def test_a_corridor_is_found_by_id_or_by_folder(tiny: TinyCorridor) -> None:
    folder = tiny.write()
    assert find_corridor(folder) == folder
    assert find_corridor(str(folder)) == folder
    assert find_corridor("azerbaijan-iran").name == "azerbaijan-iran"


def test_what_is_not_found_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"no corridor 'nowhere'.*azerbaijan-iran"):
        find_corridor("nowhere")
    with pytest.raises(ReadError, match=r"holds no corridor\.toml"):
        find_corridor(tmp_path)


def test_layers_are_geopandas_frames_in_degrees(corridor: Corridor) -> None:
    assert [layer.id for layer in corridor.layers] == ["crossings", "bridges", "ways"]
    for layer in corridor.layers:
        assert isinstance(layer.frame, gpd.GeoDataFrame)
        assert layer.frame.crs == 4326
        assert list(layer.frame.index) == list(layer.features)
    home = corridor.layer_of("old-railway")
    assert home is not None
    assert home.file == "layers/ways.geojson"
    assert corridor.layer_of("nothing") is None


def test_only_what_is_wrong_in_a_feature_is_left_out(tiny: TinyCorridor) -> None:
    said = tiny.properties("north-bridge")
    said["figures"].append({"quantity": "length", "value": "long", "unit": "m"})
    said["status_history"].append({"date": "2030", "status": "built"})
    said["label"] = 7
    corridor = tiny.load()
    bridge = corridor.layers[1].features["north-bridge"]
    assert len(corridor.findings) == 3
    assert len(bridge.figures) == 4
    assert [event.status for event in bridge.status_history][-1] == "operating"
    assert bridge.label is None


def test_a_feature_that_cannot_be_shown_leaves_the_others(tiny: TinyCorridor) -> None:
    tiny.properties("south-crossing")["kind"] = "windmill"
    corridor = tiny.load()
    assert list(corridor.layers[0].features) == ["north-crossing"]
    assert [f.feature for f in corridor.findings] == ["south-crossing"]
    assert corridor.findings[0].problem.endswith("the feature is not shown")


def test_a_corridor_needs_its_manifest(tmp_path: Path) -> None:
    with pytest.raises(CorridorFormatError, match=r"corridor\.toml: the file is missing"):
        load_corridor(tmp_path)


def test_a_corridor_needs_neither_style_nor_annotations(tiny: TinyCorridor) -> None:
    folder = tiny.write()
    (folder / "style.toml").unlink()
    (folder / "annotations.jsonld").unlink()
    corridor = load_corridor(folder)
    assert corridor.findings == ()
    assert corridor.annotations == ()


def test_the_outline_stays_in_the_folder(tiny: TinyCorridor) -> None:
    tiny.manifest = tiny.manifest.replace("[article]", 'outline = "o.topojson"\n[article]')
    folder = tiny.write()
    assert load_corridor(folder).outline is None
    secret = folder.parent / "secret"
    secret.write_text("x")
    (folder / "o.topojson").symlink_to(secret)
    assert load_corridor(folder).outline is None
    (folder / "o.topojson").unlink()
    raw = json.dumps(OUTLINE).encode()
    (folder / "o.topojson").write_bytes(raw)
    corridor = load_corridor(folder)
    assert corridor.outline == ("o.topojson", raw)
    assert corridor.findings == ()


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"{}", "this is no TopoJSON outline with countries, borders, coast"),
        (b"[", "the file is broken at line 1, column 2"),
        (b"precious", "the file is broken at line 1, column 1"),
        (b"[" * 100_000, "the file is nested too deeply"),
        (json.dumps(OUTLINE | {"bbox": [0, 0, 1, math.nan]}).encode(), "this is no TopoJSON"),
        (json.dumps(OUTLINE | {"arcs": [[[0, 0]]]}).encode(), "this is no TopoJSON"),
        (json.dumps(OUTLINE | {"objects": OUTLINE["objects"] | {"countries": {"geometries": [
            {"type": "MultiPolygon", "properties": {"iso": "AA"}, "arcs": [[]]}
        ]}}}).encode(), "this is no TopoJSON"),
    ],
)  # fmt: skip
def test_an_outline_that_cannot_be_read_is_named_and_the_worlds_is_shown(
    tiny: TinyCorridor, raw: bytes, problem: str
) -> None:
    tiny.manifest = tiny.manifest.replace("[article]", 'outline = "o.topojson"\n[article]')
    folder = tiny.write()
    (folder / "o.topojson").write_bytes(raw)
    corridor = load_corridor(folder)
    assert corridor.outline is None
    (finding,) = corridor.findings
    assert finding.file == "o.topojson"
    assert finding.problem.startswith(problem)
    assert finding.remedy
    extent = corridor.manifest.extent
    assert [tier.id for tier in tiers(extent, detail=corridor.outline)] == ["world"]


def test_a_ring_of_links_is_only_a_missing_file(tiny: TinyCorridor) -> None:
    path = tiny.write() / "layers" / "ways.geojson"
    path.unlink()
    path.symlink_to(path)
    assert [f.file for f in load_corridor(tiny.folder).findings] == ["layers/ways.geojson"]


def test_places_of_the_base_map_come_most_important_first() -> None:
    places = base_places((44.35, 36.95, 50.1, 40.6))
    assert len(places) == len({(place.name, place.at) for place in places})
    capitals = [place for place in places if place.capital]
    assert places[: len(capitals)] == tuple(capitals)
    assert {"Baku", "Tehran", "Yerevan"} <= {place.name for place in capitals}
    towns = places[len(capitals) :]
    assert [p.rank for p in towns] == sorted(p.rank for p in towns)
    assert [p.min_zoom for p in towns] == sorted(p.min_zoom for p in towns)
    assert len(base_places((44.35, 36.95, 50.1, 40.6), limit=5)) < len(places)
