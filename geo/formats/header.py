"""Find the columns of a table that hold positions, by their names or as the user chose them.

Names come in many languages and dresses: `stop_lat`, `GPS Latitude`, `decimalLongitude`,
`Breite`, `enlem`, `طول جغرافیایی`. A name counts when nothing but such dress stands round a word
for latitude or longitude; several fitting columns are never weighed against each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.geo.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ColumnChoiceError", "Places", "places_of"]

_LATITUDE = frozenset(
    ("lat", "latitude", "latitud", "latitudine", "breite", "breitengrad", "enlem", "enlik",
     "широта", "عرض", "szerokość", "纬度", "緯度", "latitudes")
)  # fmt: skip
_LONGITUDE = frozenset(
    ("lon", "lng", "long", "longitude", "longitud", "longitudine", "länge", "laenge",
     "längengrad", "laengengrad", "boylam", "uzunluq", "долгота", "طول", "długość", "经度", "經度",
     "longitudes")
)  # fmt: skip
_DRESS = frozenset(
    ("gps", "deg", "degree", "degrees", "dd", "wgs", "wgs84", "84", "decimal", "dec", "stop",
     "shape", "pt", "point", "geo", "geographic", "geografik", "coğrafi", "coordinate", "coord",
     "x", "y", "location", "position", "site", "station", "place", "start", "جغرافیایی",
     "geografische", "geogr", "градусы", "град", "epsg", "4326", "n", "e", "value")
)  # fmt: skip
_X = ("x", "easting", "east", "x_coord", "xcoord", "coord_x", "point_x")
_Y = ("y", "northing", "north", "y_coord", "ycoord", "coord_y", "point_y")
_SHAPES = ("wkt", "geometry", "geom", "the_geom", "wkt_geom", "wkb_geometry", "wkb", "ewkt", "ewkb",
           "geojson", "st_astext", "st_asgeojson", "shape")  # fmt: skip
_SAYS_SHAPE = re.compile(
    r"\s*(?:\{|(?:SRID=\d+;)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON|CURVE|SURFACE)|"
    r"(?:SRID=\d+;)?\s*(?:GEOMETRYCOLLECTION|CIRCULARSTRING|COMPOUNDCURVE|CURVEPOLYGON|TIN|"
    r"TRIANGLE|POLYHEDRALSURFACE)|(?:\\x)?0[01][0-9A-F]{16})",
    re.IGNORECASE,
)
_OF_EXPORT = re.compile(r"(?:map_)+(?=wkt$)")
"""What an export of ours calls its column of shapes beside one of the user's (layers.exports)."""
_WORD = re.compile(r"[A-ZÇƏĞİÖŞÜ]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])|\d+")


class ColumnChoiceError(ReadError):
    """No name tells which columns hold positions; `columns` are those to choose from."""

    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Places:
    """Which columns of a table hold positions."""

    shape: int | None = None
    """Number of the column of WKT and kin, from 0."""
    x: int | None = None
    y: int | None = None
    degrees: bool = False
    """Whether x and y are named longitude and latitude."""

    @property
    def columns(self) -> tuple[int, ...]:
        """Their numbers, in the order x, y, shape."""
        return tuple(n for n in (self.x, self.y, self.shape) if n is not None)


def places_of(
    columns: Sequence[str], chosen: Sequence[str] = (), rows: Sequence[Sequence[str]] = ()
) -> Places | None:
    """Return where the positions of a table are, or None if no name tells.

    Parameters
    ----------
    columns
        Names, as they stand in the file.
    chosen
        What the user named: the columns of longitude and latitude, or one of shapes.
    rows
        Some of its rows: a column named as if it held shapes may be somebody's own word.
    """
    lower = [column.strip().casefold() for column in columns]
    if chosen:
        return _chosen(lower, [name.strip().casefold() for name in chosen])
    shape = _of_shapes([_OF_EXPORT.sub("", name) for name in lower], rows)
    lon, lat = _only(columns, _LONGITUDE), _only(columns, _LATITUDE)
    if lon is not None and lat is not None:
        return Places(shape, lon, lat, degrees=True)
    if shape is not None:
        return Places(shape)
    if (named := next((lower.index(name) for name in _SHAPES if name in lower), None)) is not None:
        return Places(named)  # its rows say what is wrong with it
    x, y = (next((lower.index(n) for n in names if n in lower), None) for names in (_X, _Y))
    return Places(None, x, y) if x is not None and y is not None else None


def _chosen(lower: Sequence[str], names: Sequence[str]) -> Places | None:
    if not all(name in lower for name in names):
        return None
    if len(names) == 1:
        return Places(lower.index(names[0]))
    return Places(None, lower.index(names[0]), lower.index(names[1]), degrees=True)


def _of_shapes(lower: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """Return the number of the column of shapes: the first so named that holds one, or nothing."""
    empty: int | None = None
    for name in _SHAPES:
        for number, column in enumerate(lower):
            if column != name:
                continue
            cells = [row[number] for row in rows if number < len(row) and row[number].strip()]
            if any(map(_SAYS_SHAPE.match, cells)):
                return number
            empty = number if empty is None and not cells else empty
    return empty


def _only(columns: Sequence[str], words: frozenset[str]) -> int | None:
    """Return the number of the column that is named so: plainly, or as the only one dressed so."""
    plain = [n for n, column in enumerate(columns) if column.strip().casefold() in words]
    dressed = [n for n, column in enumerate(columns) if _is_named(column, words)]
    fitting = plain or dressed
    return fitting[0] if len(fitting) == 1 else None


def _is_named(column: str, words: frozenset[str]) -> bool:
    parts = [part.casefold() for part in _WORD.findall(column)]
    return sum(part in words for part in parts) == 1 and all(
        part in words or part in _DRESS for part in parts
    )
