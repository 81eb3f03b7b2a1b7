"""Turn world-atlas's TopoJSON into files that geo/outline/atlas.py reads an extent of in no time.

Two things are mended on the way. The rings of world-atlas are stitched over the 180th
meridian and round the South Pole, which smears them over a flat map: they are laid flat
again. And its ids (ISO numbers, or none) become ISO 3166-1 alpha-2 codes.

A file is: the length of the header (8 bytes, little-endian), the header (JSON, padded with
spaces to a multiple of 8) and the points of all arcs one after the other (int32 lon, lat in
units of `step` degrees). The header holds, for each arc, `starts` (index of its first
point; one more closes the list), `boxes` and `edges` (arcs that only close a ring at the
180th meridian or the pole), and `countries`: iso and polygons as rings of arc
numbers (a negative one, ~n, is arc n backwards).
"""

from __future__ import annotations

import json
import struct
import sys
from array import array
from typing import TYPE_CHECKING, Any

from base.flat import Flattener

if TYPE_CHECKING:
    from pathlib import Path

    from base.flat import Point

__all__ = ["build"]

_STEP = 1e-4
"""Degrees: about 11 m, far below what the data knows."""

_UNNUMBERED = {
    "Kosovo": "XK",
    "N. Cyprus": "XN",
    "Somaliland": "XS",
    "Siachen Glacier": "XG",
    "Spratly Is.": "XP",
    "Scarborough Reef": "XP",
    "Dhekelia": "GB",
    "Akrotiri": "GB",
    "Cyprus U.N. Buffer Zone": "CY",
    "USNB Guantanamo Bay": "US",
    "Baikonur": "KZ",
    "Indian Ocean Ter.": "AU",
    "Coral Sea Is.": "AU",
    "Clipperton I.": "FR",
    "Bajo Nuevo Bank": "CO",
    "Serranilla Bank": "CO",
}
"""Codes of what has no ISO number: XK is in general use, the other X codes are our own."""


def build(source: Path, target: Path, iso_by_number: dict[int, str]) -> None:
    """Write one scale of world-atlas as a file for geo/outline/atlas.py."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    flat = Flattener(round(180 / _STEP))
    for arc in _decode(topology):
        flat.add(arc)
    countries: dict[str, dict[str, Any]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        iso = _iso(geometry, iso_by_number)
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        country = countries.setdefault(iso, {"iso": iso, "polygons": []})
        for polygon in polygons:
            country["polygons"] += flat.flatten(polygon)
    _write(target, [countries[iso] for iso in sorted(countries)], flat)


def _iso(geometry: dict[str, Any], iso_by_number: dict[int, str]) -> str:
    name = geometry["properties"]["name"]
    if name in _UNNUMBERED:
        return _UNNUMBERED[name]
    return iso_by_number[int(geometry["id"])]


def _decode(topology: dict[str, Any]) -> list[list[Point]]:
    scale_x, scale_y = topology["transform"]["scale"]
    shift_x, shift_y = topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc: list[Point] = []
        for dx, dy in deltas:
            x += dx
            y += dy
            arc.append(
                (round((x * scale_x + shift_x) / _STEP), round((y * scale_y + shift_y) / _STEP))
            )
        arcs.append(arc)
    return arcs


def _write(target: Path, countries: list[Any], flat: Flattener) -> None:
    points = array("i")
    starts = [0]
    boxes = []
    for arc in flat.arcs:
        for point in arc:
            points.extend(point)
        starts.append(len(points) // 2)
        xs, ys = zip(*arc, strict=True)
        boxes.append([min(xs), min(ys), max(xs), max(ys)])
    if sys.byteorder == "big":
        points.byteswap()
    header = {
        "step": _STEP,
        "starts": starts,
        "boxes": boxes,
        "edges": sorted(flat.cuts),
        "countries": countries,
    }
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    target.write_bytes(struct.pack("<q", len(text)) + text + points.tobytes())
