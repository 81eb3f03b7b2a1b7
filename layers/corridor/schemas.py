"""Write JSON Schemas of a corridor's files, made from the models that read them.

For editors that complete and check while one types, and for other tools. Run as
`python -m corridormap.layers.corridor.schemas FOLDER`; a test keeps the shipped ones current.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from corridormap.geo.coordinates import DEPTHS
from corridormap.geo.geojson import ID_PATTERN
from corridormap.layers.corridor.annotation import AnnotationPage
from corridormap.layers.corridor.feature import FeatureProperties
from corridormap.layers.corridor.layouts import Layouts
from corridormap.layers.corridor.manifest import Manifest
from corridormap.layers.corridor.source import Source
from corridormap.layers.corridor.style import Style

__all__ = ["schemas", "write_schemas"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each file by its name; TOML files are checked as data."""
    models: dict[str, tuple[str, Any]] = {
        "corridor": ("corridor.toml", Manifest),
        "style": ("style.toml", Style),
        "layouts": ("layouts.toml", Layouts),
        "sources": ("sources.json", list[Source]),
        "annotations": ("annotations.jsonld", AnnotationPage),
        "layer": ("layers/*.geojson", FeatureProperties),
    }
    made = {}
    for name, (file, model) in models.items():
        schema = TypeAdapter(model).json_schema(by_alias=True, mode="validation")
        whole = _layer(schema) if name == "layer" else schema
        made[f"{name}.schema.json"] = {"$schema": _DIALECT, **whole, "title": file}
    return made


def write_schemas(folder: Path) -> None:
    """Write every schema into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / name).write_text(as_text(schema), encoding="utf-8")


def as_text(schema: dict[str, Any]) -> str:
    """Return a schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _layer(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a layer's file around that of a feature's properties."""
    definitions = properties.pop("$defs", {})
    definitions["FeatureProperties"] = properties
    geometry = {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {"type": {"enum": list(DEPTHS)}, "coordinates": {"type": "array"}},
    }
    feature = {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string", "pattern": f"^{ID_PATTERN}$"},
            "geometry": geometry,
            "properties": {"$ref": "#/$defs/FeatureProperties"},
        },
    }
    return {
        "$defs": definitions,
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": feature},
        },
    }


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1] if len(sys.argv) > 1 else "data/schemas"))
