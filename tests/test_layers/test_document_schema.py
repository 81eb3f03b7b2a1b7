"""The schema of the browser's document is that of the code, and documents keep to it."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from corridormap.app.browser.document import build_document
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from scripts.document_schema import FILE, as_text, document_schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.corridor.corridor import Corridor
    from tests.test_layers.conftest import TinyCorridor

SCHEMA = json.loads(FILE.read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def wrong(document: Any) -> list[str]:
    """Return what is wrong with a document, as it comes to the browser."""
    read = json.loads(json.dumps(document))
    errors: Iterable[Any] = VALIDATOR.iter_errors(read)
    return [f"{error.json_path}: {error.message[:200]}" for error in errors][:5]


def test_the_schema_is_current() -> None:
    made = as_text(document_schema())
    assert FILE.read_text(encoding="utf-8") == made, "run: python -m scripts.document_schema"


def test_it_is_a_schema_of_its_dialect() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("corridor_id", ["azerbaijan-iran", "north-south"])
def test_the_built_in_corridors_keep_to_it(corridor_id: str) -> None:
    assert wrong(build_document(load_corridor(find_corridor(corridor_id)))) == []


def test_the_tests_corridor_keeps_to_it(corridor: Corridor) -> None:
    assert wrong(build_document(corridor)) == []


def test_so_does_one_with_a_layer_that_cannot_be_read(tiny: TinyCorridor) -> None:
    tiny.write()
    tiny.put("layers/crossings.geojson", "{")
    document = build_document(load_corridor(tiny.folder))
    assert document["findings"]
    assert wrong(document) == []


@pytest.mark.parametrize(
    "place",
    [
        (),
        ("features", 0),
        ("features", 0, "phases", 0),
        ("layers", 0),
        ("dates",),
        ("corridor",),
    ],
)
def test_a_key_more_or_less_is_seen(corridor: Corridor, place: tuple[str | int, ...]) -> None:
    document = json.loads(json.dumps(build_document(corridor)))
    for change in ("more", "less"):
        changed = copy.deepcopy(document)
        part = changed
        for step in place:
            part = part[step]
        if change == "more":
            part["nonsense"] = 1
        else:
            del part[next(iter(part))]
        assert wrong(changed), change
