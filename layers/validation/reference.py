"""Hold the positions of a corridor against a reference that was not used to draw them.

The reference is GeoJSON, WGS 84: features with the ids of the corridor's own, as `id` or as a
property `id`. Names would not do: they are spelt many ways, and two things may share one. Of a
reference every position counts, so that a line may be given as one line or as many points of one
id. The distance is that from a reference's position to the nearest point of the mapped feature;
it says nothing of parts of the feature that the reference does not reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import Point

from corridormap.geo.coordinates import check_geometry
from corridormap.geo.errors import CorridorFormatError, Finding, ReadError
from corridormap.geo.json_file import parse_json
from corridormap.geo.lines.track import Track
from corridormap.geo.measure import distance_m
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.lines.track import LonLat
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["PositionCheck", "check_positions"]


@dataclass(frozen=True)
class PositionCheck:
    """How far a feature is from its reference, against how far it may be."""

    id: str
    name: str
    positions: int
    """Positions that the reference gives."""
    inside: int
    """Of these, as many are no farther than the feature's uncertainty."""
    distance_m: float
    """The farthest of them."""
    uncertainty_m: float

    @property
    def holds(self) -> bool:
        """Whether all of them are inside."""
        return self.inside == self.positions

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values; metres to one digit."""
        return {
            "id": self.id,
            "name": self.name,
            "positions": self.positions,
            "inside": self.inside,
            "distance_m": round(self.distance_m, 1),
            "uncertainty_m": self.uncertainty_m,
            "holds": self.holds,
        }


def check_positions(
    corridor: Corridor, reference: bytes, *, file: str
) -> tuple[PositionCheck, ...]:
    """Return every feature that a reference gives, in the order of the layers.

    Parameters
    ----------
    reference
        A GeoJSON FeatureCollection.
    file
        How messages name it.

    Raises
    ------
    CorridorError
        It cannot be read, a feature has no id or no shape, or none of its ids is a feature's.
    """
    given = _positions(reference, file)
    found = tuple(
        PositionCheck(
            feature,
            said.name,
            len(given[feature]),
            sum(apart <= said.uncertainty_m for apart in apart_m),
            max(apart_m),
            said.uncertainty_m,
        )
        for layer in corridor.layers
        for feature, said in layer.features.items()
        if feature in given and (apart_m := _apart_m(layer.shapes[feature], given[feature]))
    )
    if not found:
        raise CorridorFormatError(
            "reference-knows-no-feature", file=file, id=short(next(iter(given), ""))
        )
    return found


def _positions(reference: bytes, file: str) -> dict[str, list[LonLat]]:
    """Return the reference's positions by id; every fault is gathered."""
    data = parse_json(reference, file=file)
    if not isinstance(data, dict) or not isinstance(data.get("features"), list):
        raise ReadError("not-a-geojson-feature-collection", file=file)
    found: dict[str, list[LonLat]] = {}
    faults: list[Finding] = []
    for index, feature in enumerate(data["features"]):
        label = f"feature {index + 1}"
        identity = _id_of(feature)
        if identity is None:
            faults.append(Finding("reference-has-no-id", file, label, "id"))
            continue
        shape, wrong = check_geometry(feature.get("geometry"))
        faults += [fault.at(file, short(identity)) for fault in wrong]
        if shape is not None:
            places = shapely.get_coordinates(shape).tolist()
            found.setdefault(identity, []).extend((lon, lat) for lon, lat in places)
    if faults:
        raise ReadError.of(faults)
    return found


def _id_of(feature: object) -> str | None:
    if not isinstance(feature, dict):
        return None
    said = feature.get("properties")
    inner = said.get("id") if isinstance(said, dict) else None
    found = next((one for one in (inner, feature.get("id")) if isinstance(one, str)), None)
    return found or None


def _apart_m(shape: BaseGeometry, places: list[LonLat]) -> list[float]:
    return [min(_distances(shape, at)) for at in places]


def _distances(shape: BaseGeometry, at: LonLat) -> Iterator[float]:
    if "Polygon" in shape.geom_type:
        if shape.covers(Point(at)):
            yield 0.0
        shape = shape.boundary
    for part in getattr(shape, "geoms", (shape,)):
        if isinstance(part, Point):
            yield distance_m((part.x, part.y), at)
        else:
            yield Track.of(part.coords).foot(at).offset_m
