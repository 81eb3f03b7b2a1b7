"""The models give back what they read, keys they do not know included."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.geo.toml_file import parse_toml
from corridormap.layers.corridor.annotation import Annotation
from corridormap.layers.corridor.feature import FeatureProperties, read_properties
from corridormap.layers.corridor.manifest import Manifest
from corridormap.layers.corridor.source import Source

BUILT_IN = Path(__file__).parents[2] / "data" / "azerbaijan-iran"


def again(model: Any) -> Any:
    return json.loads(model.model_dump_json(by_alias=True, exclude_unset=True))


def entries(name: str) -> list[dict[str, Any]]:
    data = json.loads((BUILT_IN / name).read_text(encoding="utf-8"))
    return list(data if isinstance(data, list) else data["items"])


def test_sources_come_back_whole() -> None:
    for entry in entries("sources.json"):
        more = {**entry, "DOI": "10.1/x", "issued": {**entry["issued"], "season": "1"}}
        assert again(Source.model_validate(more)) == more


def test_annotations_come_back_whole() -> None:
    for entry in entries("annotations.jsonld"):
        back = again(Annotation.model_validate({**entry, "creator": "me"}))
        # One selector and a list of one are the same.
        for target in entry["target"]:
            if isinstance(target["selector"], dict):
                target["selector"] = [target["selector"]]
        assert back == {**entry, "creator": "me"}


@pytest.mark.parametrize("path", sorted((BUILT_IN / "layers").glob("*.geojson")), ids=str)
def test_features_come_back_whole(path: Path) -> None:
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        said = feature["properties"]
        assert again(FeatureProperties.model_validate(said)) == said


def test_the_manifest_comes_back_whole() -> None:
    data = parse_toml((BUILT_IN / "corridor.toml").read_bytes(), file="corridor.toml")
    assert Manifest.model_validate(data).model_dump(exclude_unset=True, mode="json") == json.loads(
        json.dumps(data, default=str)
    )


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["date", "status", "sources", "quantity", "value", "unit", "x"]), inner
        )
    ),
    max_leaves=8,
)
RIGHT = {
    "name": "A",
    "kind": "bridge",
    "position_quality": "exact",
    "uncertainty_m": 1,
    "status_history": [{"date": "2020", "status": "operating", "sources": ["S1"]}],
}


@given(changes=st.dictionaries(st.sampled_from([*FeatureProperties.model_fields, "y"]), values))
def test_reading_properties_never_fails(changes: dict[str, Any]) -> None:
    said, findings = read_properties({**RIGHT, **changes}, file="a", feature="b")
    assert said is not None or findings
    for finding in findings:
        assert (finding.file, finding.feature) == ("a", "b")
        assert "\n" not in str(finding)
        assert finding.problem
        assert finding.remedy
