"""Write outlines, lakes and rivers small for the browser: differences in whole steps, as text.

Whole numbers become Base64 VLQ, as in source maps: each digit holds five bits, the lowest first,
and whether another follows; a number's lowest bit is its sign. The browser's side is
app/browser/map/ground/packed.js.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from corridormap.geo.outline.ground import SHOWN_M_PER_PX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray

    from corridormap.geo.outline.ground import Lake, River
    from corridormap.geo.outline.topojson import Line, Topology

    Coordinates = NDArray[np.float64]

__all__ = ["pack_outline", "pack_waters", "packed"]

_DIGITS = np.frombuffer(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", dtype=np.uint8
)
_BITS = 5
_MOST_DIGITS = 7
_METRES_PER_PX_AT_ZERO = 156543.03
"""Of a web map at the equator and zoom 0."""


def packed(numbers: ArrayLike) -> str:
    """Return whole numbers below 2^34, of either sign, as text."""
    whole = np.asarray(numbers, dtype=np.int64).ravel()
    signed = np.abs(whole) << 1 | (whole < 0)
    left = signed[:, None] >> (_BITS * np.arange(_MOST_DIGITS + 1))
    more = left[:, 1:] > 0
    digits = left[:, :-1] & (1 << _BITS) - 1 | more << _BITS
    used = np.column_stack([np.ones(len(whole), dtype=bool), more[:, :-1]])
    return bytes(_DIGITS[digits[used]]).decode("ascii")


def pack_outline(topology: Topology, *, step_deg: float) -> dict[str, Any]:
    """Return an outline as JSON values.

    Parameters
    ----------
    topology
        The outline.
    step_deg
        Size of a quantisation step, in degrees.
    """
    west, south, _, _ = topology.bbox
    origin = np.asarray([west, south])
    return {
        "step": step_deg,
        "origin": [west, south],
        "arcs": [_steps((arc - origin) / step_deg) for arc in topology.arcs],
        "countries": {
            iso: [[packed(ring) for ring in polygon] for polygon in polygons]
            for iso, polygons in topology.countries.items()
        },
        "borders": [[a, b, *_lines(lines)] for (a, b), lines in topology.borders.items()],
        "coast": _lines(topology.coast),
    }


def pack_waters(
    lakes: Iterable[Lake], rivers: Iterable[River], *, step_deg: float
) -> dict[str, Any]:
    """Return lakes and rivers as JSON values.

    Parameters
    ----------
    lakes, rivers
        What the browser draws.
    step_deg
        The size of a step.
    """
    return {
        "step": step_deg,
        "lakes": [
            [_steps(shapely.get_coordinates(ring) / step_deg) for ring in shapely.get_rings(part)]
            for lake in lakes
            for part in shapely.get_parts(lake.shape)
            if part.geom_type == "Polygon"
        ],
        "rivers": [
            {
                "name": river.name,
                "rank": river.rank,
                "zooms": _zooms(river),
                "lines": [
                    _steps(shapely.get_coordinates(line) / step_deg)
                    for line in shapely.get_parts(shapely.line_merge(river.line))
                    if line.length > step_deg
                ],
            }
            for river in rivers
        ],
    }


def _lines(lines: Iterable[Line]) -> list[str]:
    return [packed(line) for line in lines]


def _steps(points: Coordinates) -> str:
    """Return the first point from zero and each other from the one before; none stands still."""
    steps = np.rint(points).astype(np.int64)
    legs = np.diff(steps, axis=0)
    moved = legs[(legs != 0).any(axis=1)]
    # Two points at least, were they the same.
    return packed(np.vstack([steps[:1], moved if len(moved) else legs[-1:]]))


def _zooms(river: River) -> list[float]:
    """Return from which to which zoom of a web map a river is drawn."""
    _, south, _, north = river.line.bounds
    at_zero = _METRES_PER_PX_AT_ZERO * math.cos(math.radians((south + north) / 2))
    least, most = SHOWN_M_PER_PX[river.rank]
    return [round(math.log2(at_zero / per_px), 2) for per_px in (most, least)]
