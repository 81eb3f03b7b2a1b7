"""Make GeoJSON features of a GeoDataFrame, or say what of it cannot be kept.

Nothing is left out and nothing is guessed: what a corridor needs must be in the frame's columns.
What the columns say is checked where a corridor's files are read.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj.exceptions import ProjError

from corridormap.geo.errors import CorridorError, CorridorFormatError, Fault, Finding
from corridormap.geo.formats.limits import Limits
from corridormap.geo.formats.table import clean_value
from corridormap.layers.saving.adopt import DIGITS, Ids
from corridormap.layers.wording.kinds import KIND_LABELS
from corridormap.layers.wording.plainly import SLUG
from corridormap.layers.wording.words import QUALITY_LABELS, STATUS_LABELS, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

__all__ = ["features_of"]

HISTORY = "status_history"
_NEEDED = {
    "name": Fault("frame-lacks-names"),
    "kind": Fault("frame-lacks-kinds", known=", ".join(KIND_LABELS)),
    "position_quality": Fault("frame-lacks-quality", known=", ".join(QUALITY_LABELS)),
    "uncertainty_m": Fault("frame-lacks-uncertainty"),
    HISTORY: Fault("frame-lacks-history", known=", ".join(STATUS_LABELS)),
}
_SHORT_HISTORY = ("status", "since")
"""Two columns that stand for a history of one event."""
_LIMITS = Limits()
_MIDNIGHT = dt.time()


def features_of(layer: str, frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return a layer's features: longitude and latitude in degrees, six digits (0.1 m).

    Parameters
    ----------
    layer
        The layer's id.
    frame
        One row a feature. An index of text holds the ids; with a plain numbered one they are made
        of the names. Missing values are left out of a feature; dates become text.

    Raises
    ------
    CorridorFormatError
        The frame cannot be a layer; all faults at once.
    """
    faults = [*_id_faults(layer), *(_frame_faults(frame) or _column_faults(frame))]
    if faults:
        raise CorridorFormatError.of([_at(layer, fault) for fault in faults])
    ids = _ids(layer, frame)
    shapes = _in_degrees(layer, frame)
    columns = [
        (str(name), frame[name].tolist()) for name in frame.columns if name != frame.geometry.name
    ]
    made: list[dict[str, Any]] = []
    wrong: list[Finding] = []
    for row, (id_, shape) in enumerate(zip(ids, shapes, strict=True)):
        wrong += [_at(layer, fault, id_) for fault in _shape_faults(shape)]
        said: dict[str, Any] = {}
        for name, values in columns:
            try:
                value = _plain(values[row])
            except CorridorError as error:
                fault = error.finding.within("property-cannot-be-kept", key=short(name))
                wrong.append(_at(layer, fault, id_))
            else:
                said |= {} if value is None else {name: value}
        if HISTORY not in said and "status" in said:
            wrong += [] if "since" in said else [_at(layer, Fault("status-without-since"), id_)]
            said = _with_history(said)
        made.append(_feature(id_, shape, said))
    if wrong:
        raise CorridorFormatError.of(wrong)
    return made


def _at(layer: str, fault: Fault, feature: str = "") -> Finding:
    return fault.at(f"layer {short(layer)}", feature)


def _id_faults(layer: object) -> Iterator[Fault]:
    if not isinstance(layer, str) or not re.fullmatch(SLUG, layer):
        yield Fault("layer-id-cannot-be-used", id=short(layer))


def _frame_faults(frame: object) -> list[Fault]:
    """Return why something is no frame of features that lie somewhere."""
    if not isinstance(frame, gpd.GeoDataFrame):
        return [Fault("not-a-geodataframe", type=type(frame).__name__)]
    if frame.active_geometry_name is None:
        return [Fault("frame-has-no-geometry")]
    if frame.crs is None:
        return [Fault("frame-names-no-coordinate-system")]
    if frame.empty:
        return [Fault("frame-holds-no-feature")]
    return []


def _column_faults(frame: gpd.GeoDataFrame) -> Iterator[Fault]:
    names = list(frame.columns)
    for name in dict.fromkeys(names):
        if not name or not _is_text(name):
            yield Fault("column-has-no-name-of-text", column=short(repr(name)))
        elif names.count(name) > 1:
            yield Fault("column-is-there-twice", column=short(name))
        elif name == "geometry" != frame.active_geometry_name:
            yield Fault("column-geometry-is-another")
    for name, fault in _NEEDED.items():
        if name not in names and not (name == HISTORY and _SHORT_HISTORY[0] in names):
            yield fault
    if not isinstance(frame.index, pd.RangeIndex) and not all(map(_is_text, frame.index)):
        yield Fault("index-holds-no-ids")


def _is_text(label: object) -> bool:
    try:
        return isinstance(label, str) and label.encode("utf-8") is not None
    except UnicodeEncodeError:  # half a character
        return False


def _ids(layer: str, frame: gpd.GeoDataFrame) -> list[str]:
    if not isinstance(frame.index, pd.RangeIndex):
        return [str(label) for label in frame.index]
    ids = Ids(layer, set())
    named = enumerate(frame["name"], start=1)
    return [ids.new(name if isinstance(name, str) else "", row) for row, name in named]


def _in_degrees(layer: str, frame: gpd.GeoDataFrame) -> list[BaseGeometry | None]:
    try:
        shapes = frame.geometry.to_crs(4326)
    except ProjError as error:
        fault = Fault("frame-positions-cannot-be-computed", given=short(frame.crs))
        raise CorridorFormatError.of([_at(layer, fault)]) from error
    return list(shapes)


def _shape_faults(shape: BaseGeometry | None) -> Iterator[Fault]:
    if shape is None:
        return  # said by whoever reads the feature
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        yield Fault("position-is-not-finite")
    if shape.has_z or getattr(shape, "has_m", False):
        yield Fault("positions-have-heights")


def _feature(id_: str, shape: BaseGeometry | None, said: dict[str, Any]) -> dict[str, Any]:
    geometry = None
    if shape is not None:
        rounded = shapely.transform(shape, lambda points: points.round(DIGITS))
        geometry = _listed(shapely.geometry.mapping(rounded))
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": said}


def _with_history(said: dict[str, Any]) -> dict[str, Any]:
    """Return properties with a history of one event, for which status and since stand."""
    status, since = (said.get(name) for name in _SHORT_HISTORY)
    if isinstance(since, float) and since.is_integer():
        since = int(since)  # a year, in a column where others are missing
    event = {"date": str(since), "status": status}
    if "sources" in said:
        event["sources"] = said["sources"]
    kept = {name: value for name, value in said.items() if name not in _SHORT_HISTORY}
    return {**kept, HISTORY: [event]}


def _plain(value: Any) -> Any:
    """Return a cell's value as JSON has it; None when there is none.

    Raises
    ------
    CorridorError
        With a problem and a remedy only: the value cannot be kept.
    """
    value = _listed(value)
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float) and np.isnan(value):
        return None
    return clean_value(value, _LIMITS)


def _listed(value: Any) -> Any:
    """Return a value without the types of numpy and pandas: lists, plain numbers, dates as text."""
    if isinstance(value, (np.ndarray, list, tuple)):
        return [_listed(part) for part in value]
    if isinstance(value, dict):
        return {key: _listed(part) for key, part in value.items()}
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, dt.date) and value is not pd.NaT:
        return _day(value)
    return value.item() if isinstance(value, np.generic) else value


def _day(value: dt.date) -> str:
    """Return a date as text, with its time only if it has one."""
    if isinstance(value, dt.datetime) and value.time() == _MIDNIGHT and value.tzinfo is None:
        value = value.date()
    return value.isoformat()
