"""Write a layer's GeoJSON so that a person can read it and a diff stays small.

One position, one status event, one figure per line. It must not change what a layer says.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_layer", "set_geometry", "write_layer"]

_FLAT_FROM_DEPTH = 5
"""Objects deeper than this stand on one line: events and figures."""


def read_layer(path: Path) -> dict[str, Any]:
    """Read a FeatureCollection."""
    layer: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return layer


def write_layer(path: Path, layer: dict[str, Any]) -> None:
    """Write a FeatureCollection, UTF-8, two spaces of indent."""
    path.write_text(_text(layer, 0) + "\n", encoding="utf-8")


def set_geometry(layer: dict[str, Any], feature_id: str, geometry: dict[str, Any]) -> None:
    """Replace the geometry of one feature in place."""
    listed = json.loads(json.dumps(geometry))  # Shapely gives tuples, a file has lists
    next(f for f in layer["features"] if f["id"] == feature_id)["geometry"] = listed


def _text(value: Any, depth: int) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    numbers = isinstance(value, list) and all(isinstance(item, (int, float)) for item in value)
    short = not isinstance(value, (dict, list)) or numbers or not value
    if short or (depth >= _FLAT_FROM_DEPTH and (isinstance(value, dict) or len(flat) < 80)):
        return flat
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return flat
    pad = "  " * (depth + 1)
    if isinstance(value, dict):
        inner = [
            f"{pad}{json.dumps(k, ensure_ascii=False)}: {_text(v, depth + 1)}"
            for k, v in value.items()
        ]
        left, right = "{", "}"
    else:
        inner = [pad + _text(item, depth + 1) for item in value]
        left, right = "[", "]"
    return left + "\n" + ",\n".join(inner) + "\n" + "  " * depth + right
