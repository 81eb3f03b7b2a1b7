"""Read a GeoJSON file strictly, with `json` and never with GDAL.

GDAL opens what a file contains, not what it is called, and a crafted file can make it
read another one. So the text is parsed here, every fault is gathered, and one error
names them all. This module knows nothing of layers, looks or articles.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from corridormap.geo.coordinates import check_geometry
from corridormap.geo.errors import Fault, Finding, ReadError
from corridormap.geo.json_file import parse_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    Bbox = tuple[float, float, float, float]

__all__ = ["ID_PATTERN", "column_of", "properties_of", "property_of", "read_geojson"]

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""What the id of a feature looks like."""

_ID = re.compile(ID_PATTERN)
_MAX_ID = 80
_APART = "property:"
_OF_SHAPES = re.compile(rf"(?:{_APART})*geometry")
_WGS84 = re.compile(r"(?i)(OGC:(1\.3:)?:?CRS84|EPSG:+4326)$")


def read_geojson(raw: bytes, *, file: str, extent: Bbox | None = None) -> gpd.GeoDataFrame:
    """Read a FeatureCollection into a frame indexed by feature id, in EPSG:4326.

    A UTF-8 byte order mark is accepted: editors on Windows write it and nothing else can
    be meant by it. Any other encoding is refused.

    Parameters
    ----------
    raw
        The bytes of the file.
    file
        How messages name it.
    extent
        West, south, east, north in degrees of the region the features should touch, to
        recognise latitude and longitude in the wrong order.

    Raises
    ------
    ReadError
        With every fault of the file in its `faults`.
    """
    data = parse_json(raw, file=file)
    faults = list(_collection_faults(data, file))
    if faults:
        raise ReadError.of(faults)
    ids: list[str] = []
    seen: set[str] = set()
    shapes: list[BaseGeometry] = []
    rows: list[dict[str, Any]] = []
    for index, feature in enumerate(data["features"]):
        label = _label(feature, index)
        found = list(_feature_faults(feature, index, seen=seen))
        if isinstance(feature, dict) and feature.get("type") == "Feature":
            made, wrong = check_geometry(feature.get("geometry"), extent=extent)
            found += [replace(fault, field="geometry") for fault in wrong]
            if not found and made is not None:
                shapes.append(made)
                said = feature.get("properties") or {}
                rows.append({column_of(key): value for key, value in said.items()})
            ids.append(str(feature.get("id")))
            seen.add(ids[-1])
        faults += [fault.at(file, label) for fault in found]
    if faults:
        raise ReadError.of(faults)
    table = pd.DataFrame(rows, index=pd.Index(ids, name="id", dtype=object), dtype=object)
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(shapes, index=table.index, crs=4326))


def properties_of(frame: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    """Return the properties of each feature by its id, as the file had them.

    A null is kept and an absent key stays absent.
    """
    table = pd.DataFrame(frame.drop(columns="geometry"))
    names = [property_of(str(column)) for column in table.columns]
    rows = zip(*(table[column].tolist() for column in table.columns), strict=True)
    filled = rows if names else (() for _ in table.index)
    # A file cannot hold NaN (it is refused), so NaN in the frame means "not there".
    return {
        str(feature): {
            name: value for name, value in zip(names, row, strict=True) if not _absent(value)
        }
        for feature, row in zip(table.index.tolist(), filled, strict=True)
    }


def column_of(name: str) -> str:
    """Return the column of a frame that holds a property; "geometry" is that of the shapes."""
    return f"{_APART}{name}" if name.endswith("geometry") and _OF_SHAPES.fullmatch(name) else name


def property_of(column: str) -> str:
    """Return the name of the property that a column of a frame holds."""
    return column.removeprefix(_APART) if _OF_SHAPES.fullmatch(column) else column


def _absent(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _collection_faults(data: object, name: str) -> Iterator[Finding]:
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        yield Finding("not-a-geojson-feature-collection", name, "")
        return
    if not isinstance(data.get("features"), list):
        yield Finding("list-of-features-is-missing", name, "")
    crs = data.get("crs")
    if crs is not None:
        said = crs.get("properties", {}) if isinstance(crs, dict) else {}
        value = said.get("name", "") if isinstance(said, dict) else ""
        if not _WGS84.search(str(value)):
            yield Finding("coordinate-system-is-not-wgs-84", name, "", given=str(value or crs)[:60])


def _label(feature: object, index: int) -> str:
    given = feature.get("id") if isinstance(feature, dict) else None
    return str(given)[:_MAX_ID] if isinstance(given, (str, int)) else f"feature {index + 1}"


def _feature_faults(feature: object, index: int, *, seen: set[str]) -> Iterator[Fault]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        yield Fault("not-a-geojson-feature")
        return
    given = feature.get("id")
    if given is None:
        yield Fault("feature-has-no-id", "id")
    elif not isinstance(given, str) or not _ID.fullmatch(given) or len(given) > _MAX_ID:
        yield Fault("id-cannot-be-used", "id", id=str(given)[:_MAX_ID], most=_MAX_ID)
    elif given in seen:
        yield Fault("id-stands-twice", "id", entry=index + 1)
    properties = feature.get("properties")
    if properties is not None and not isinstance(properties, dict):
        yield Fault("properties-are-no-object", "properties")
    elif any(_endless(value) for value in (properties or {}).values()):
        yield Fault("property-is-not-finite", "properties")


def _endless(value: object) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, dict):
        return any(_endless(part) for part in value.values())
    return isinstance(value, list) and any(_endless(part) for part in value)
