"""Describe an export's tables as a Data Package (Frictionless, version 1): `datapackage.json`.

Each table has its columns with their types, the whole its licences and the sources of its shapes.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from corridormap.layers.exports.feature_table import safe_cell, table_of
from corridormap.layers.promises.entries import PromiseEntry
from corridormap.layers.scene.credits import licences_of
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.exports.flat import FlatFeature

__all__ = ["to_datapackage"]

_TYPES = {"boolean": "boolean", "integer": "integer", "number": "number", "text": "string"}
"""JSON Schema's words for our columns; lists, objects and mixtures are any."""
_DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True}
_MEDIA = {
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".bib": "application/x-bibtex",
}


def to_datapackage(
    corridor: Corridor,
    features: Sequence[FlatFeature],
    files: Mapping[str, bytes],
    *,
    written: str,
) -> str:
    """Return the descriptor of an export's files.

    Parameters
    ----------
    corridor, features
        What was exported, and its rows.
    files
        Its files; those that a program has no use for (README) are not described.
    written
        ISO date that it gives as its own.
    """
    told: dict[str, Any] = {
        "profile": "data-package",
        "name": corridor.id,
        "title": plain(corridor.manifest.title),
        "created": f"{written}T00:00:00Z",
    }
    if summary := plain(corridor.manifest.summary):
        told["description"] = summary
    if licences := licences_of(corridor, [feature.id for feature in features]):
        told["licenses"] = [{"name": name} for name in licences]
    if sources := list(_sources(corridor)):
        told["sources"] = sources
    columns = {
        "features.csv": [
            {"name": str(safe_cell(name)), "type": _TYPES.get(kind, "any")}
            for name, kind in table_of(features)[1].items()
        ],
        "promises.csv": [{"name": name, "type": "string"} for name in PromiseEntry.__annotations__],
    }
    told["resources"] = [
        _resource(file, body, columns.get(file))
        for file, body in files.items()
        if PurePosixPath(file).suffix in _MEDIA
    ]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _sources(corridor: Corridor) -> Iterator[dict[str, str]]:
    for source in corridor.sources.values():
        if source.type == "dataset":
            told = {"title": plain(source.title)}
            if source.url and source.url.startswith(("http:", "https:")):
                told["path"] = source.url
            yield told


def _resource(file: str, body: bytes, columns: list[dict[str, str]] | None) -> dict[str, Any]:
    suffix = PurePosixPath(file).suffix
    told: dict[str, Any] = {
        # Two files differ in their ending alone, so that it is part of the name.
        "name": re.sub(r"[^a-z0-9._-]", "-", file.lower()),
        "path": file,
        "format": suffix[1:],
        "mediatype": _MEDIA[suffix],
        "bytes": len(body),
        "hash": f"sha256:{sha256(body).hexdigest()}",
    }
    if columns is None:
        return told
    schema = {"fields": columns, "missingValues": [""]}
    told |= {"profile": "tabular-data-resource", "encoding": "utf-8"}
    return {**told, "dialect": _DIALECT, "schema": schema}
