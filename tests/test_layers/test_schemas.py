"""The JSON Schemas that ship are those of the models, and know what the files say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corridormap.layers.corridor.schemas import as_text, schemas, write_schemas

SHIPPED = Path(__file__).parents[2] / "data" / "schemas"


@pytest.mark.parametrize("name", sorted(schemas()))
def test_each_schema_is_current(name: str) -> None:
    text = (SHIPPED / name).read_text(encoding="utf-8")
    assert text == as_text(schemas()[name]), "run: python -m corridormap.layers.corridor.schemas"


def test_there_is_no_other_schema(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    assert {p.name for p in SHIPPED.iterdir()} == {p.name for p in tmp_path.iterdir()}


def test_a_layer_needs_ids_statuses_and_sources() -> None:
    layer = schemas()["layer.schema.json"]
    feature = layer["properties"]["features"]["items"]
    assert "id" in feature["required"]
    properties = layer["$defs"]["FeatureProperties"]
    assert {"name", "kind", "position_quality", "uncertainty_m", "status_history"} <= set(
        properties["required"]
    )
    assert properties["properties"]["sources"]["minItems"] == 1
    status = layer["$defs"]["StatusEvent"]["properties"]["status"]["enum"]
    assert len(status) == 9


def test_a_target_may_have_one_selector_or_several() -> None:
    target = schemas()["annotations.schema.json"]["$defs"]["Target"]
    assert {"array", None} == {
        option.get("type") for option in target["properties"]["selector"]["anyOf"]
    }


def test_schemas_are_plain_json() -> None:
    assert json.loads(json.dumps(schemas())) == schemas()
