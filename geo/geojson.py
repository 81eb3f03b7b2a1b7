"""Read a GeoJSON file strictly, with `json` and never with GDAL.

GDAL opens what a file contains, not what it is called, and a crafted file can make it
read another one. So the text is parsed here, every fault is gathered, and one error
names them all. This module knows nothing of layers, looks or articles.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo.coordinates import check_geometry
from geo.errors import Finding, ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    Bbox = tuple[float, float, float, float]

__all__ = ["ID_PATTERN", "MAX_BYTES", "properties_of", "read_geojson", "read_json"]

MAX_BYTES = 64_000_000
"""Largest file read whole, in bytes."""

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""What the id of a feature looks like."""

_ID = re.compile(ID_PATTERN)
_MAX_ID = 80
_MAX_INT_DIGITS = 400
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_WGS84 = re.compile(r"(?i)(OGC:(1\.3:)?:?CRS84|EPSG:+4326)$")


def read_geojson(
    path: Path,
    *,
    file: str | None = None,
    extent: Bbox | None = None,
    max_bytes: int = MAX_BYTES,
) -> gpd.GeoDataFrame:
    """Read a FeatureCollection into a frame indexed by feature id, in EPSG:4326.

    A UTF-8 byte order mark is accepted: editors on Windows write it and nothing else can
    be meant by it. Any other encoding is refused.

    Parameters
    ----------
    path
        The file.
    file
        How messages name it; the path's own name when not given.
    extent
        West, south, east, north in degrees of the region the features should touch, to
        recognise latitude and longitude in the wrong order.
    max_bytes
        Largest file accepted, in bytes.

    Raises
    ------
    ReadError
        With every fault of the file in its `faults`.
    """
    name = file or path.name
    data = read_json(path, file=name, max_bytes=max_bytes)
    faults = list(_collection_faults(data, name))
    if faults:
        raise ReadError.of(faults)
    ids: list[str] = []
    shapes: list[BaseGeometry] = []
    rows: list[dict[str, Any]] = []
    for index, feature in enumerate(data["features"]):
        label = _label(feature, index)
        found = list(_feature_faults(feature, index, seen=ids))
        if isinstance(feature, dict) and feature.get("type") == "Feature":
            made, wrong = check_geometry(feature.get("geometry"), extent=extent)
            found += wrong
            if not found and made is not None:
                shapes.append(made)
                rows.append(feature.get("properties") or {})
            ids.append(str(feature.get("id")))
        faults += [Finding(name, label, problem, remedy) for problem, remedy in found]
    if faults:
        raise ReadError.of(faults)
    table = pd.DataFrame(rows, index=pd.Index(ids, name="id", dtype=object), dtype=object)
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(shapes, index=table.index, crs=4326))


def properties_of(frame: gpd.GeoDataFrame, feature: str) -> dict[str, Any]:
    """Return a feature's properties as the file had them, null kept and absent left out."""
    row = frame.loc[feature].drop("geometry")
    # A file cannot hold NaN (it is refused), so NaN in the frame means "not there".
    return {str(k): v for k, v in row.items() if not (isinstance(v, float) and math.isnan(v))}


def read_json(path: Path, *, file: str | None = None, max_bytes: int = MAX_BYTES) -> Any:
    """Read a JSON file of UTF-8 text.

    Raises
    ------
    ReadError
        The file is missing, empty, too large, not UTF-8 or not JSON.
    """
    name = file or path.name
    text = _text(path, name, max_bytes)
    twice: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(items)
        if len(made) < len(items):
            keys = [key for key, _ in items]
            twice.append(next(key for key in keys if keys.count(key) > 1))
        return made

    try:
        data = json.loads(text, object_pairs_hook=pairs, parse_int=_whole_number)
    except json.JSONDecodeError as error:
        raise ReadError(
            f"the file is broken at line {error.lineno}, column {error.colno}",
            file=name,
            remedy=f"Mend the JSON there ({_why(error.msg)}).",
        ) from error
    except RecursionError as error:
        raise ReadError(
            "the file is nested too deeply", file=name, remedy="Write it as plain GeoJSON."
        ) from error
    if twice:
        raise ReadError(
            f"the key '{twice[0][:40]}' stands twice in one object",
            file=name,
            remedy="Keep one of the two.",
        )
    if _SURROGATE.search(text) and not _encodable(data):
        raise ReadError(
            "the file holds half a character (an unpaired \\ud8… code)",
            file=name,
            remedy="Write the character itself, in UTF-8.",
        )
    return data


def _text(path: Path, name: str, max_bytes: int) -> str:
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if path.is_file() and size <= max_bytes else b""
    except FileNotFoundError as error:
        raise ReadError(
            "the file is missing", file=name, remedy="Put it there or remove its layer."
        ) from error
    except (OSError, ValueError) as error:
        raise ReadError(
            "the file cannot be opened", file=name, remedy="Check its name and its rights."
        ) from error
    if not path.is_file():
        raise ReadError("this is a folder, not a file", file=name, remedy="Put a file there.")
    if size > max_bytes:
        raise ReadError(
            f"the file is too large ({size / 1e6:.1f} MB)",
            file=name,
            remedy=f"Simplify or split it to less than {max_bytes / 1e6:g} MB.",
        )
    if not raw.strip():
        raise ReadError("the file is empty", file=name, remedy="Fill it or remove it.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ReadError(
            f"the file is not UTF-8 text (line {line})", file=name, remedy="Save it as UTF-8."
        ) from error


def _whole_number(digits: str) -> float:
    """Return a whole number; one too long to be meant becomes endless and is refused later."""
    return int(digits) if len(digits) <= _MAX_INT_DIGITS else math.inf


def _why(message: str) -> str:
    """Return the parser's complaint in plain words."""
    known = {
        "Expecting property name enclosed in double quotes": "a name in double quotes is expected;"
        " a comma too many stands before a closing brace perhaps",
        "Expecting value": "a value is missing; there may be a comma too many",
        "Expecting ',' delimiter": "a comma is missing",
        "Expecting ':' delimiter": "a colon is missing",
        "Extra data": "something follows the end",
        "Unterminated string starting at": "a quotation mark is missing",
    }
    return known.get(message, message[:1].lower() + message[1:])


def _encodable(data: object) -> bool:
    try:
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _collection_faults(data: object, name: str) -> Iterator[Finding]:
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        yield Finding(
            name, "", "this is not a GeoJSON FeatureCollection", "Wrap the features in one."
        )
        return
    if not isinstance(data.get("features"), list):
        yield Finding(name, "", "the list 'features' is missing", "Add it, even if it is empty.")
    crs = data.get("crs")
    if crs is not None:
        said = crs.get("properties", {}) if isinstance(crs, dict) else {}
        value = said.get("name", "") if isinstance(said, dict) else ""
        if not _WGS84.search(str(value)):
            yield Finding(
                name,
                "",
                f"the coordinate system is '{str(value or crs)[:60]}'",
                "Convert the file to longitude and latitude (WGS 84, EPSG:4326).",
            )


def _label(feature: object, index: int) -> str:
    given = feature.get("id") if isinstance(feature, dict) else None
    return str(given)[:_MAX_ID] if isinstance(given, (str, int)) else f"feature {index + 1}"


def _feature_faults(feature: object, index: int, *, seen: list[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        yield "this is not a GeoJSON feature", "Every entry of 'features' has type Feature."
        return
    given = feature.get("id")
    if given is None:
        yield (
            "the feature has no id",
            "Add an 'id' beside 'type', in small letters: astara-old-road-bridge.",
        )
    elif not isinstance(given, str) or not _ID.fullmatch(given) or len(given) > _MAX_ID:
        yield (
            f"the id '{str(given)[:_MAX_ID]}' cannot be used",
            f"Use small letters a-z, digits and single '-', at most {_MAX_ID} characters.",
        )
    elif given in seen:
        yield f"the id stands twice in the file (again as entry {index + 1})", "Rename one."
    properties = feature.get("properties")
    if properties is not None and not isinstance(properties, dict):
        yield "the properties are not an object", "Write them as name and value pairs."
    elif any(_endless(value) for value in (properties or {}).values()):
        yield (
            "a property is not a finite number (NaN, Infinity or too large)",
            "Write a plain number, or leave the property out.",
        )


def _endless(value: object) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, dict):
        return any(_endless(part) for part in value.values())
    return isinstance(value, list) and any(_endless(part) for part in value)
