"""Bring a table's positions to longitude and latitude, and refuse what cannot be one.

The file's own system or the user's choice is taken at its word, unless the numbers cannot
be what it says. Nothing is guessed: what would fit is only named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import shapely
from pyproj import Transformer
from pyproj.exceptions import ProjError

from corridormap.geo.errors import Fault, ReadError
from corridormap.geo.formats.crs import (
    WGS84,
    MissingCrsError,
    crs_named,
    crs_stated,
    fitting,
    words_of,
)
from corridormap.geo.formats.proposal import Feature

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from pyproj import CRS
    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.errors import Finding
    from corridormap.geo.formats.crs import CrsGuess
    from corridormap.geo.formats.table import Row, Table
    from corridormap.geo.measure import Bbox

    Points = NDArray[np.float64]

__all__ = ["Placed", "placed"]

_Item = TypeVar("_Item", "Row", "Feature")

_METRES_FROM = 1000.0
_MAX_LAT = 90.0
_MAX_LON = 540.0
"""One and a half turns: more is no longitude that was only counted on."""


@dataclass(frozen=True)
class Placed:
    """Features in degrees, and what was done to get them there."""

    features: tuple[Feature, ...]
    source: str
    transformed: bool
    said: tuple[str, ...]
    """What was done, in sentences; the system is in `source`."""
    left_out: tuple[Finding, ...]
    """Features whose positions cannot be ones, each with the reason."""


def placed(table: Table, file: str, extent: Bbox | None, crs: str | None) -> Placed:
    """Bring a table to longitude and latitude and say what was done.

    Raises
    ------
    ReadError
        A position is not finite or outside the world; `MissingCrsError` when the system
        is not said or cannot be what is said.
    """
    rows, lost = _sorted_out(
        table.rows,
        file,
        lambda row: None if _is_finite(row.geometry) else Fault("coordinate-is-not-finite-in-file"),
    )
    points = shapely.get_coordinates([row.geometry for row in rows])
    stated = None if crs else crs_stated(table.crs.text, file=file)
    given = crs_named(crs, file=file) if crs else stated
    if given is None:
        raise MissingCrsError(
            "file-names-no-coordinate-system", file=file, guesses=_guesses(points, extent)
        )
    if given.is_geographic:
        _degrees_or_error(points, given, file, extent)
    source = words_of(given)
    said = []
    shapes: Sequence[BaseGeometry] = [row.geometry or shapely.Point() for row in rows]
    transformed = given != WGS84 and given.to_authority() != ("OGC", "CRS84")
    if transformed:
        shapes, how = _transformed(shapes, given, file)
        said.append(how)
    made = [
        Feature(row.where, row.id, shape, row.properties, row.open_rings)
        for row, shape in zip(rows, shapes, strict=True)
    ]
    features, far = _sorted_out(made, file, _fault_of_place)
    if given.is_geographic and len(far) > len(features):
        # A few wrong positions are those features' own; so many are another system.
        x, y = next(p for p in points if not _in_world(p.reshape(1, 2)))
        raise _no_degrees(points, given, file, extent, (x, y))
    return Placed(features, source, transformed, tuple(said), (*lost, *far))


def _guesses(points: Points, extent: Bbox | None) -> tuple[CrsGuess, ...]:
    return fitting(points, extent) if len(points) else ()


def _sorted_out(
    items: Sequence[_Item], file: str, fault_of: Callable[[_Item], Fault | None]
) -> tuple[tuple[_Item, ...], tuple[Finding, ...]]:
    """Return what has no fault, and the faults of the rest.

    Raises
    ------
    ReadError
        All have one.
    """
    found = [(item, fault_of(item)) for item in items]
    kept = tuple(item for item, fault in found if fault is None)
    lost = tuple(fault.at(file, item.where) for item, fault in found if fault is not None)
    if lost and not kept:
        raise ReadError.of(lost)
    return kept, lost


def _is_finite(shape: BaseGeometry | None) -> bool:
    return shape is None or bool(np.isfinite(shapely.get_coordinates(shape)).all())


def _degrees_or_error(points: Points, given: CRS, file: str, extent: Bbox | None) -> None:
    far = np.abs(points).max(axis=1) > _METRES_FROM if len(points) else np.zeros(0, dtype=bool)
    if far.any():
        x, y = points[int(np.argmax(far))]
        raise _no_degrees(points, given, file, extent, (x, y))


def _no_degrees(
    points: Points, given: CRS, file: str, extent: Bbox | None, example: tuple[float, float]
) -> MissingCrsError:
    return MissingCrsError(
        "degrees-look-like-metres",
        file=file,
        guesses=_guesses(points, extent),
        given=words_of(given),
        x=f"{example[0]:.10g}",
        y=f"{example[1]:.10g}",
    )


def _transformed(
    shapes: Sequence[BaseGeometry], given: CRS, file: str
) -> tuple[Sequence[BaseGeometry], str]:
    try:
        change = Transformer.from_crs(given, WGS84, always_xy=True)

        def turned(points: Points) -> Points:
            return np.column_stack(change.transform(points[:, 0], points[:, 1]))

        made = [shapely.transform(shape, turned) for shape in shapes]
    except ProjError as error:
        raise ReadError("positions-cannot-be-computed", file=file, given=words_of(given)) from error
    exact_m = change.accuracy
    within = f", to within about {exact_m:g} m" if exact_m and exact_m > 0 else ""
    return made, f"Transformed to longitude and latitude (EPSG:4326){within}."


def _fault_of_place(feature: Feature) -> Fault | None:
    points = shapely.get_coordinates(feature.geometry)
    if not len(points) or _in_world(points) or _in_world(points[:, ::-1]):
        return None
    x, y = next(p for p in points if not _in_world(p.reshape(1, 2)))
    return Fault("position-outside-world-or-other-system", x=f"{x:.10g}", y=f"{y:.10g}")


def _in_world(points: Points) -> bool:
    """Tell whether all points are finite, on the globe and no more than a turn too far."""
    x, y = np.abs(points[:, 0]), np.abs(points[:, 1])
    return bool(np.isfinite(points).all() and x.max() <= _MAX_LON and y.max() <= _MAX_LAT)
