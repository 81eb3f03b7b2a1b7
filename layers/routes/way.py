"""Hold a way of a route laid out in kilometres: legs, countries, places, gaps, gauges.

Whatever no date changes. Kilometres run from the way's start and are measured on the
mapped lines (WGS 84 ellipsoid). Values only: `corridormap.layers.routes.laying` makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from corridormap.layers.corridor.feature import Figure

__all__ = ["AT_SEA", "Break", "Hole", "LaidWay", "Stretch", "WayLeg", "WaySpot"]

AT_SEA = "at sea"
"""Where no country is counted: a ship's way between two ports, whosever waters it crosses."""


@dataclass(frozen=True)
class WayLeg:
    """A feature as the way uses it."""

    feature: str
    from_km: float
    to_km: float
    low_km: float
    high_km: float | None
    """How short and how long it can really be; None where its course is not known."""
    drawn: bool
    """False: no course is published; a straight line between its ends stands in."""
    whole: bool
    """False: the way uses a part of it only."""
    published: tuple[Figure, ...]
    """Lengths in km that sources give for the whole feature."""
    gauges_mm: tuple[float, ...]

    @property
    def km(self) -> float:
        """Its length on the map."""
        return self.to_km - self.from_km


@dataclass(frozen=True)
class Stretch:
    """A part of a leg in one country; "AZ/IR" where it cannot be told, or `AT_SEA`."""

    feature: str
    country: str
    from_km: float
    to_km: float


@dataclass(frozen=True)
class WaySpot:
    """A place, bridge or crossing with its kilometre on the way."""

    feature: str
    kind: str
    km: float
    offset_m: float
    """How far from the drawn way it stands."""
    role: Literal["on", "beside", "place"]
    """The way leads over it; it is another one near the way; a town or a station."""


@dataclass(frozen=True)
class Hole:
    """Where the layers have nothing: between two things that do not meet."""

    before: str
    after: str
    from_km: float
    to_km: float


@dataclass(frozen=True)
class Break:
    """Where the gauge changes; between the two kilometres both gauges lie side by side."""

    from_km: float
    to_km: float
    gauges_mm: tuple[float, ...]
    features: tuple[str, ...]


@dataclass(frozen=True)
class LaidWay:
    """A way in kilometres from its start."""

    id: str
    title: str
    mode: str
    start: str
    end: str
    """Ids of point features."""
    notes: tuple[str, ...]
    km: float
    legs: tuple[WayLeg, ...]
    stretches: tuple[Stretch, ...]
    spots: tuple[WaySpot, ...]
    """In the order of their kilometres."""
    holes: tuple[Hole, ...]
    joined_km: float
    """How far apart, all together, the ends are that were taken to meet."""
    breaks: tuple[Break, ...]
    lost: tuple[str, ...]
    """Ids that the route lists and that cannot be used: not there, or an area."""

    @property
    def links(self) -> tuple[tuple[float, str, float], ...]:
        """What the way leads along and over, in order: from which km, what, how many km."""
        turns = {"bridge": 0, "border_crossing": 1}
        found = [(leg.from_km, 2, leg.feature, leg.km) for leg in self.legs]
        found += [
            (spot.km, turns.get(spot.kind, 1), spot.feature, 0.0)
            for spot in self.spots
            if spot.role == "on"
        ]
        return tuple((at_km, feature, km) for at_km, _, feature, km in sorted(found))
