"""Find lines of one network that should meet and do not.

Two ends that lie apart by less than either is known to are one place, drawn twice. Ends farther
apart may be a gap, which is no fault; nor is it one where a third line joins the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import shapely
from shapely.geometry import LineString

from corridormap.geo.errors import Fault
from corridormap.geo.lines.track import Track
from corridormap.geo.measure import distance_m
from corridormap.layers.validation.near import near_pairs
from corridormap.layers.wording.words import distance, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.geo.errors import Finding
    from corridormap.geo.lines.track import LonLat
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["meeting_findings"]

_NETWORKS = ("rail", "road", "power", "pipeline")
_DRAWN_M = 50.0
"""Ends nearer than this meet, as coordinates of three digits may."""


class _Line(NamedTuple):
    file: str
    id: str
    mode: str
    band_m: float
    track: Track

    @property
    def ends(self) -> tuple[LonLat, LonLat]:
        """Where it starts and where it ends."""
        return self.track.points[0], self.track.points[-1]


def meeting_findings(corridor: Corridor) -> Iterator[Finding]:
    """Yield ends of two lines of one mode that are the same place and drawn apart."""
    lines = list(_lines(corridor))
    boxes = [shapely.LineString(line.track.points).bounds for line in lines]
    reaches_m = [max(_DRAWN_M, line.band_m) for line in lines]
    pairs = [(lines[one], lines[other]) for one, other in near_pairs(boxes, reaches_m)]
    touching: dict[str, set[str]] = {line.id: set() for line in lines}
    for one, other in pairs:
        if _touch(one, other):
            touching[one.id].add(other.id)
            touching[other.id].add(one.id)
    modes = {line.id: line.mode for line in lines}
    for one, other in pairs:
        if one.mode != other.mode or other.id in touching[one.id]:
            continue
        if any(modes[third] == one.mode for third in touching[one.id] & touching[other.id]):
            continue  # a third of their mode joins them
        apart_m = min(distance_m(a, b) for a in one.ends for b in other.ends)
        if apart_m <= min(one.band_m, other.band_m):
            fault = Fault("lines-do-not-meet", "", other=short(other.id), apart=distance(apart_m))
            yield fault.at(one.file, one.id)


def _touch(one: _Line, other: _Line) -> bool:
    """Tell whether an end of either is drawn on the other."""
    return any(
        line.track.foot(end).offset_m <= _DRAWN_M
        for line, ends in ((one, other.ends), (other, one.ends))
        for end in ends
    )


def _lines(corridor: Corridor) -> Iterator[_Line]:
    for layer in corridor.layers:
        for feature, said in layer.features.items():
            shape = layer.shapes[feature]
            if said.mode in _NETWORKS and isinstance(shape, LineString):
                yield _Line(
                    layer.file, feature, said.mode, said.uncertainty_m, Track.of(shape.coords)
                )
