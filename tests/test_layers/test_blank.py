"""The form offers what the models and the checks take, and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, get_args

from corridormap.layers.corridor.feature import FeatureProperties, Mode, Quality
from corridormap.layers.corridor.status import STATUSES
from corridormap.layers.saving.blank import form_words
from corridormap.layers.validation.validate import validate
from corridormap.layers.wording.kinds import Kind
from corridormap.layers.wording.units import unit_of

BUILT_IN = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
GEOMETRIES: dict[str, dict[str, Any]] = {
    "point": {"type": "Point", "coordinates": [48.0, 38.5]},
    "line": {"type": "LineString", "coordinates": [[48.0, 38.5], [48.1, 38.6]]},
    "area": {
        "type": "Polygon",
        "coordinates": [[[48.0, 38.5], [48.1, 38.5], [48.1, 38.6], [48.0, 38.5]]],
    },
}


def test_the_form_offers_every_word_the_models_know() -> None:
    words = form_words()
    assert [kind["id"] for kind in words["kinds"]] == list(get_args(Kind))
    assert [mode["id"] for mode in words["modes"]] == list(get_args(Mode))
    assert [quality["id"] for quality in words["qualities"]] == list(get_args(Quality))
    assert [status["id"] for status in words["statuses"]] == list(STATUSES)
    labels = [
        part["label"] for key in ("kinds", "modes", "qualities", "statuses") for part in words[key]
    ]
    assert all(label and label[0].isupper() for label in labels)


def test_the_words_can_be_sent() -> None:
    assert json.loads(json.dumps(form_words())) == form_words()


def test_every_unit_that_is_offered_is_known_or_money_or_goods() -> None:
    counted = {"TEU", "USD", "EUR", "AZN", "IRR", "RUB", "trucks", "vehicles"}
    for quantity in form_words()["quantities"]:
        assert quantity["units"]
        for unit in quantity["units"]:
            what = unit.partition("/")[0]
            assert unit_of(what).dimension != what or what in counted | {"count", "people"}, unit


def test_every_shape_the_form_offers_for_a_kind_passes_the_check(tmp_path: Path) -> None:
    folder = tmp_path / "corridor"
    shutil.copytree(BUILT_IN, folder)
    path = folder / "layers" / "bridges.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    collection["features"] += [
        _thing(kind, shape) for kind in form_words()["kinds"] for shape in kind["shapes"]
    ]
    path.write_text(json.dumps(collection), encoding="utf-8")
    problems = [finding for finding in validate(folder) if finding.feature.startswith("a-thing")]
    assert not problems


def _thing(kind: dict[str, Any], shape: str) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "name": f"A thing: {kind['label']}, {shape}",
        "kind": kind["id"],
        "mode": kind["mode"] or "none",
        "countries": ["AZ"],
        "position_quality": "schematic",
        "uncertainty_m": 100,
        "status_history": [{"date": "2020", "status": "operating", "sources": ["S4"]}],
        "sources": ["S4"],
    }
    FeatureProperties.model_validate(properties)
    # A line whose way is not known is drawn as its ends.
    ends = {"type": "MultiPoint", "coordinates": GEOMETRIES["line"]["coordinates"]}
    geometry = ends if shape == "point" and "line" in kind["shapes"] else GEOMETRIES[shape]
    id_ = f"a-thing-{kind['id'].replace('_', '-')}-{shape}"
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": properties}
