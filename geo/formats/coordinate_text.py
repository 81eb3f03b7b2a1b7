"""Read positions in the cells of a table: decimal numbers, degrees and minutes, WKT and kin."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import shapely

from corridormap.geo.errors import CorridorError, GeometryError
from corridormap.geo.formats.geojson import shape_of_json
from corridormap.geo.formats.table import Shaped, short
from corridormap.geo.formats.wkb import shape_of_wkb, srid_of_wkb
from corridormap.geo.json_file import parse_json

if TYPE_CHECKING:
    from corridormap.geo.formats.tally import Tally

__all__ = ["degrees_or_number", "shape_of_text"]

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,3})?|[+-]?\.\d+")
_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+")
_DMS = re.compile(
    r"(?P<before>[NSEWO])?\s*(?P<sign>[+-])?(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*[°º˚d]\s*"
    r"(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['′’ʹm]\s*)?"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|′′|s)\s*)?"
    r"(?P<after>[NSEWO])?",
    re.IGNORECASE,
)
_NEGATIVE = frozenset("SWO")
"""South and West; O is the west of French and Italian, and no east in the languages here."""
_EWKT = re.compile(r"\s*SRID=(\d{1,6});", re.IGNORECASE)
_HEX = re.compile(r"\s*(?:\\x)?((?:[0-9A-Fa-f]{2}){9,})\s*")
_MAX_BRACKETS = 8
_GEOMETRY_COLLECTION = 7
"""Last of shapely's types that are made of straight pieces."""


def degrees_or_number(text: str) -> float:
    """Return the number that a cell holds: decimal, with a comma, or degrees with minutes.

    A cell of digits round one comma can only hold a decimal comma: where commas separate cells
    it stood in quotation marks.

    Raises
    ------
    GeometryError
        It holds none.
    """
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    if _COMMA_NUMBER.fullmatch(plain):
        plain = plain.replace(",", ".")
    number = float(plain) if _NUMBER.fullmatch(plain) else _of_dms(plain)
    if not math.isfinite(number):
        raise GeometryError("coordinate-is-not-a-decimal-number", text=short(text, 40))
    return number


def _of_dms(text: str) -> float:
    found = _DMS.fullmatch(text)
    if not found:
        return math.nan
    degrees, minutes, seconds = (
        float((found[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
    )
    letter = (found["before"] or found["after"] or "").upper()
    if minutes >= 60 or seconds >= 60 or (found["sign"] and letter):
        return math.nan
    value = degrees + minutes / 60 + seconds / 3600
    return -value if (letter in _NEGATIVE and letter) or found["sign"] == "-" else value


def shape_of_text(text: str, tally: Tally) -> tuple[Shaped, int]:
    """Return the shape of a cell of WKT, EWKT, WKB in hexadecimal or GeoJSON, and its SRID or 0.

    Raises
    ------
    GeometryError
        With problem and remedy only: it is none of them, broken, a curve or nested too deeply.
    """
    if not text.strip():
        return Shaped(None), 0
    if packed := _HEX.fullmatch(text):
        raw = bytes.fromhex(packed[1])
        shape, opened = shape_of_wkb(raw, tally)
        return Shaped(shape, opened), srid_of_wkb(raw)
    if text.lstrip().startswith("{"):
        return _of_geojson(text, tally), 0
    named = _EWKT.match(text)
    shaped = _of_wkt(text[named.end() :] if named else text, tally)
    return shaped, int(named[1]) if named else 0


def _of_geojson(text: str, tally: Tally) -> Shaped:
    try:
        return shape_of_json(parse_json(text.encode("utf-8", "replace"), file=""), tally)
    except GeometryError:
        raise
    except CorridorError:
        raise GeometryError("wkt-is-broken", text=short(text, 40)) from None


def _of_wkt(text: str, tally: Tally) -> Shaped:
    depth = deepest = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        deepest = max(deepest, depth)
    if deepest > _MAX_BRACKETS:
        raise GeometryError("geometry-is-nested-too-deeply")
    tally.take(text.count(",") + 1)
    try:
        shape = shapely.from_wkt(text)
    except NotImplementedError as error:
        raise GeometryError("geometry-is-a-curve", kind=_kind_in(text)) from error
    except (shapely.errors.GEOSException, ValueError) as error:
        raise GeometryError("wkt-is-broken", text=short(text, 40)) from error
    if int(shapely.get_type_id(shape)) > _GEOMETRY_COLLECTION:
        raise GeometryError("geometry-is-a-curve", kind=_kind_in(text))
    return Shaped(None if shape.is_empty else tally.flat(shape))


def _kind_in(wkt: str) -> str:
    return short(wkt.partition("(")[0].strip(), 30)
