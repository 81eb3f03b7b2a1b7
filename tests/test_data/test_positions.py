"""Every position of the built-in corridors says where it is from, and the page of tables agrees."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "data"
CORRIDORS = sorted(path.parent.name for path in DATA.glob("*/corridor.toml"))


def features(corridor: str) -> dict[str, dict[str, Any]]:
    return {
        feature["id"]: feature
        for path in sorted((DATA / corridor / "layers").glob("*.geojson"))
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
    }


@pytest.mark.parametrize("corridor", CORRIDORS)
def test_every_feature_says_what_its_geometry_is_from(corridor: str) -> None:
    silent = [
        identity
        for identity, feature in features(corridor).items()
        if not feature["properties"].get("geometry_source")
        or not feature["properties"].get("position_origins")
    ]
    assert silent == []


def test_the_tables_of_positions_tell_what_the_layers_do() -> None:
    known = features("azerbaijan-iran")
    text = (DATA / "README.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `([\w-]+)` \| (.+) \| (\w+) \| ([\d.]+) (k?m) \| .+ \| (\d) \|$", text, re.MULTILINE
    )
    assert len(rows) > 100
    for identity, position, quality, number, unit, origins in rows:
        said = known[identity]["properties"]
        shape = known[identity]["geometry"]
        told = (quality, float(number) * (1000 if unit == "km" else 1), int(origins))
        held = (said["position_quality"], said["uncertainty_m"], said["position_origins"])
        assert told == held, identity
        if shape["type"] == "Point":
            assert position == ", ".join(f"{degree:g}" for degree in shape["coordinates"])
        if shape["type"] == "LineString":
            assert position == f"line, {len(shape['coordinates'])} points", identity
