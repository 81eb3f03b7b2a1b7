"""Make the geometries of the built-in corridor's lines from the points their sources give.

Job: join the way-points leg by leg, straight where the leg stays in its country and along the
border inside the bank where it does not, and put the result into the layer files. (Railways that
OpenStreetMap knows: `scripts.make_courses`.) Run by hand;
the committed files are the truth, and `tests/test_data` holds them to their countries.

    python -m scripts.make_lines
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import LineString, Point, mapping

from corridormap.geo.lines.border import Position, follow_bank, inland_point
from corridormap.geo.measure import length_m
from corridormap.geo.outline.topojson import OutlineFile, read_topology
from scripts.layer_file import read_layer, set_geometry, write_layer

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

CORRIDOR = Path(__file__).parents[1] / "data/azerbaijan-iran"
BANK_OFFSET_M = 300.0
LED_DIGITS = 4


@dataclass(frozen=True)
class Course:
    """The way-points of one line, lon lat, and the digits they support."""

    layer: str
    points: tuple[Position, ...]
    countries: tuple[str, ...]
    digits: int = 3
    step_m: float = 50.0
    """How far inside its bank a way-point is put that lies on the border or beyond it."""


AGHBAND = (46.5667, 38.9)
MINCIVAN = (46.7247, 39.0286)
SIYAH_RUD = (46.0046, 38.8676)
ORDUBAD_BRIDGE = (46.007, 38.873)
HIGHWAY = (
    (47.3284, 39.4739), (47.3000, 39.4386), (47.2175, 39.3637), (47.1614, 39.3260),
    (47.1366, 39.3238), (47.1230, 39.3133), (47.0466, 39.2652), (46.9902, 39.2555),
    (46.8784, 39.1794), (46.8448, 39.1809), (46.8175, 39.1627), (46.7715, 39.1807),
    (46.7546, 39.1842), (46.7372, 39.1722), (46.7511, 39.1359), (46.7338, 39.1124),
    (46.7280, 39.0899), (46.7477, 39.0555), (46.7376, 39.0346), (46.7025, 39.0250),
    (46.6675, 38.9932), (46.6656, 38.9803), (46.6508, 38.9611), (46.6306, 38.9466),
    (46.6048, 38.9550), (46.6095, 38.9502), (46.5959, 38.9505), (46.6062, 38.9345),
    (46.5970, 38.9331), (46.5924, 38.9189), (46.5524, 38.9274), (46.5524, 38.9072),
    (46.5333, 38.8951),
)  # fmt: skip
ROAD_IN_IRAN = (
    (46.5624, 38.8853), (46.3964, 38.8950), (46.2283, 38.8597), (46.1962, 38.8491),
    (46.1821, 38.8402), (46.1434, 38.8409), (46.1287, 38.8462), (46.1040, 38.8664),
    (46.0934, 38.8662), (46.0601, 38.8865), (46.0409, 38.8707), SIYAH_RUD,
    (45.9501, 38.8882), (45.9162, 38.8705), (45.8578, 38.8888), (45.8385, 38.9061),
    (45.8242, 38.8973), (45.8041, 38.9005), (45.7911, 38.9195), (45.7492, 38.9200),
    (45.6864, 38.9488), (45.6449, 38.9451), (45.6332, 38.9393),
)  # fmt: skip
COURSES = {
    "horadiz-aghband-highway": Course(
        "nakhchivan-link", HIGHWAY, ("AZ",), digits=4
    ),
    "horadiz-aghband-railway": Course(
        "nakhchivan-link",
        ((47.3350, 39.4502), (46.9417, 39.1500), MINCIVAN, (46.6467, 38.9558), AGHBAND),
        ("AZ",),
        step_m=BANK_OFFSET_M,
    ),
    "kalaleh-jolfa-road": Course(
        "nakhchivan-link", ROAD_IN_IRAN, ("IR",), digits=4
    ),
    "siyahrud-ordubad-branch": Course(
        "nakhchivan-link", (SIYAH_RUD, ORDUBAD_BRIDGE, (46.0227, 38.9096)), ("IR", "AZ")
    ),
}  # fmt: skip


def main() -> None:
    """Write every line's geometry and print its length and what was led along a bank."""
    file = CORRIDOR / "outline.topojson"
    outline = read_topology(OutlineFile(file.name, file.read_bytes()))
    borders = shapely.union_all([outline.lines(lines) for lines in outline.borders.values()])
    layers = {c.layer: read_layer(CORRIDOR / f"layers/{c.layer}.geojson") for c in COURSES.values()}
    for name, course in COURSES.items():
        land = shapely.union_all([outline.land(iso) for iso in course.countries])
        line, led_m = draw(course, land=land, border=_border(land, borders))
        set_geometry(layers[course.layer], name, mapping(line))
        print(f"{name}: {length_m(line) / 1000:.1f} km, {led_m / 1000:.1f} km led along a bank")
    for layer, collection in layers.items():
        write_layer(CORRIDOR / f"layers/{layer}.geojson", collection)


def draw(course: Course, *, land: BaseGeometry, border: BaseGeometry) -> tuple[LineString, float]:
    """Join a course's points on the land; also return the metres that were not straight."""
    points = [
        point
        if land.covers(Point(point))
        else inland_point(point, land=land, border=border, offset_m=course.step_m)
        for point in course.points
    ]
    corners = [_rounded(points[0], course.digits)]
    led_m = 0.0
    for start, end in itertools.pairwise(points):
        leg = follow_bank(start, end, land=land, border=border, offset_m=BANK_OFFSET_M)
        led = len(leg.coords) > 2
        led_m += length_m(leg) if led else 0.0
        # Corners that keep a line out of the next country need the digits for it.
        corners += [_rounded(corner, LED_DIGITS) for corner in leg.coords[1:-1]]
        corners.append(_rounded(end, LED_DIGITS if end not in course.points else course.digits))
    return LineString(corners), led_m


def _rounded(position: tuple[float, ...], digits: int) -> Position:
    return round(position[0], digits), round(position[1], digits)


def _border(land: BaseGeometry, borders: BaseGeometry) -> BaseGeometry:
    """Return the borders that bound this land; those inside it (a crossing's own) do not."""
    return borders.intersection(land.boundary.buffer(1e-6))


if __name__ == "__main__":
    main()
