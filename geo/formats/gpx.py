"""Read GPX: way points, routes and tracks are three layers, in degrees as GPX has it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import shapely

from corridormap.geo.errors import GeometryError, ReadError
from corridormap.geo.formats.leaving import attempted, gathered, row_of
from corridormap.geo.formats.shapes import joined
from corridormap.geo.formats.table import (
    LayerNote,
    Shaped,
    StatedCrs,
    Table,
    chosen,
    short,
    too_many,
)
from corridormap.geo.formats.tally import Tally
from corridormap.geo.formats.xml import read_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.errors import Finding
    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits
    from corridormap.geo.formats.table import Row
    from corridormap.geo.formats.xml import Element

__all__ = ["read_gpx"]

_LAYERS = {"wpt": "waypoints", "rte": "routes", "trk": "tracks"}
_TEXTS = ("name", "cmt", "desc", "src", "type", "sym", "time", "ele")


def read_gpx(blob: Blob, *, layer: str | None, limits: Limits) -> Table:
    """Return the way points, the routes or the tracks of a GPX file.

    Raises
    ------
    ReadError
        With every fault of the file in its `faults`.
    """
    root = read_xml(blob.data, file=blob.name, limits=limits)
    if root.name != "gpx":
        raise ReadError("not-a-gpx", file=blob.name)
    found = {title: list(root.all(tag)) for tag, title in _LAYERS.items()}
    notes = [LayerNote(title, len(elements)) for title, elements in found.items() if elements]
    name = chosen(notes, layer, file=blob.name)
    if len(found[name]) > limits.features:
        raise too_many("features", len(found[name]), limits.features, file=blob.name)
    tally = Tally(limits.vertices)
    rows, left_out = gathered(blob.name, _rows(found[name], tally, limits), tally)
    crs = StatedCrs("longitude and latitude, as GPX has it", "EPSG:4326")
    return Table("GPX", name, tuple(notes), rows, crs, left_out=left_out)


def _rows(elements: list[Element], tally: Tally, limits: Limits) -> Iterator[Row | Finding]:
    for number, element in enumerate(elements, start=1):
        yield attempted(f"feature {number} (line {element.line})", _row, element, tally, limits)


def _row(where: str, element: Element, tally: Tally, limits: Limits) -> Row:
    shape = _shape(element, tally)
    tally.take(0 if shape is None else int(shapely.get_num_coordinates(shape)))
    said: dict[str, Any] = {key: text for key in _TEXTS if (text := element.text_of(key))}
    links = [link.attributes.get("href", "") for link in element.all("link")]
    said |= {"link": links[0]} if links and links[0] else {}
    return row_of(where, Shaped(shape), said, limits)


def _shape(element: Element, tally: Tally) -> BaseGeometry | None:
    if element.name == "wpt":
        return shapely.points(*_position(element))
    if element.name == "rte":
        points = [each for point in element.all("rtept") for each in (point, *_shaping(point))]
        lines = [_line(points, tally)]
    else:
        lines = [_line(segment.all("trkpt"), tally) for segment in element.all("trkseg")]
    made = [shapely.linestrings(line) for line in lines if line]
    return joined(made) if made else None


def _shaping(point: Element) -> list[Element]:
    """Return the points of the way to the next one, as Garmin's programs write them."""
    left, found = [point], []
    while left:
        element = left.pop()
        found += [child for child in element.children if child.name == "rpt"]
        left += [child for child in reversed(element.children) if child.name in _EXTENSIONS]
    return found


_EXTENSIONS = ("extensions", "RoutePointExtension")


def _line(points: Iterable[Element], tally: Tally) -> list[tuple[float, float]]:
    line = []
    for point in points:
        line.append(_position(point))
        tally.heights += point.child("ele") is not None
        tally.times += point.child("time") is not None
    return line * 2 if len(line) == 1 else line  # without length: it is left out and said


def _position(element: Element) -> tuple[float, float]:
    said = element.attributes.get("lon", ""), element.attributes.get("lat", "")
    try:
        lon, lat = float(said[0]), float(said[1])
    except ValueError:
        lon = lat = math.nan
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise GeometryError(
            "gpx-position-is-not-one", text=short(" ".join(said), 40), line=element.line
        )
    return lon, lat
