"""Make a corridor of GeoDataFrames: written down as files, then read as any corridor is.

So nothing is dropped: what reading would leave out is an error here.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from corridormap.app.face.corridor import Corridor
from corridormap.app.face.frames import features_of
from corridormap.app.face.source import FileSource
from corridormap.geo.errors import CorridorError, CorridorFormatError
from corridormap.layers.corridor.corridor import Corridor as ReadCorridor
from corridormap.layers.folder.files import SOURCES, layer_file
from corridormap.layers.saving.of_layers import files_of_layers
from corridormap.layers.saving.template import NewCorridor, parse_countries
from corridormap.layers.scene.view import parse_bbox, parse_date
from corridormap.layers.wording.slug import slug_of
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from corridormap.geo.errors import Finding

    Bbox = tuple[float, float, float, float]

__all__ = ["corridor_of_layers"]

_MARGIN = 0.05
_LEAST_DEG = 0.05
"""The least margin, so that a single place has a region round it."""
_LAST_LAT = 85.0
_LAST_LON = 180.0


def corridor_of_layers(
    layers: Mapping[str, gpd.GeoDataFrame],
    *,
    title: str,
    countries: Iterable[str] = (),
    as_of: dt.date | str | None = None,
    extent: Iterable[float] | None = None,
    sources: Iterable[Mapping[str, Any]] = (),
) -> Corridor:
    """Return a corridor; see `corridormap.from_layers`."""
    if not layers:
        raise CorridorFormatError("no-layer-given")
    features: dict[str, list[dict[str, Any]]] = {}
    faults: list[Finding] = []
    for layer, frame in layers.items():
        try:
            features[layer] = features_of(layer, frame)
        except CorridorError as error:
            faults += error.faults
    if faults:
        raise CorridorFormatError.of(faults)
    new = NewCorridor(
        id=slug_of(title) or "corridor",
        title=_titled(title),
        extent=_around(layers.values()) if extent is None else _given(extent),
        countries=parse_countries(
            countries if isinstance(countries, str) else ",".join(map(str, countries))
        ),
        day=_day(as_of),
    )
    files = files_of_layers(new, features, _sources(sources))
    read = ReadCorridor.of(files)
    if read.findings:
        named = {layer_file(layer): f"layer {layer}" for layer in layers}
        found = [replace(one, file=named.get(one.file, one.file)) for one in read.findings]
        raise CorridorFormatError.of(found)
    return Corridor(FileSource(files, name="layers in memory"))


def _titled(title: str) -> str:
    said = plain(title)
    if not said:
        raise CorridorFormatError("title-is-empty")
    return said


def _day(day: dt.date | str | None) -> dt.date:
    if day is None:
        return dt.datetime.now(tz=dt.UTC).astimezone().date()
    if isinstance(day, dt.datetime):
        return day.date()
    return day if isinstance(day, dt.date) else dt.date.fromisoformat(parse_date(day))


def _given(extent: Iterable[float]) -> Bbox:
    return parse_bbox(",".join(repr(float(side)) for side in extent))


def _around(frames: Iterable[gpd.GeoDataFrame]) -> Bbox:
    """Return the extent (degrees) of all features with a margin, within the map."""
    bounds = np.array([frame.geometry.to_crs(4326).total_bounds for frame in frames])
    if not np.isfinite(bounds).any():
        return (-_LAST_LON, -_LAST_LAT, _LAST_LON, _LAST_LAT)  # no shape: said when it is read
    west, east = _span(bounds[:, [0, 2]], _LAST_LON)
    south, north = _span(bounds[:, [1, 3]], _LAST_LAT)
    return west, south, east, north


def _span(sides: NDArray[np.float64], last: float) -> tuple[float, float]:
    """Return the least and the greatest of some degrees, with a margin, within the map."""
    low, high = (float(np.clip(side, -last, last)) for side in (np.nanmin(sides), np.nanmax(sides)))
    margin = max(_LEAST_DEG, _MARGIN * (high - low))
    return max(-last, low - margin), min(last, high + margin)


def _sources(sources: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    listed = [dict(source) for source in sources]
    try:
        json.dumps(listed, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise CorridorFormatError("sources-are-not-json", file=SOURCES) from error
    return listed
