"""Find lines of one network that should meet and do not.

Two ends that lie apart by less than either is known to are one place, drawn twice. Ends farther
apart may be a gap, which is no fault; nor is it one where a third line joins the two.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from shapely.geometry import LineString

from corridormap.geo.errors import Fault
from corridormap.geo.lines.track import Track
from corridormap.geo.measure import distance_m
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
    touching = {
        frozenset((one.id, other.id)) for one, other in combinations(lines, 2) if _touch(one, other)
    }
    for one, other in combinations(lines, 2):
        if one.mode != other.mode or _joined(one, other, lines, touching):
            continue
        apart_m = min(distance_m(a, b) for a in one.ends for b in other.ends)
        if apart_m <= min(one.band_m, other.band_m):
            fault = Fault("lines-do-not-meet", "", other=short(other.id), apart=distance(apart_m))
            yield fault.at(one.file, one.id)


def _joined(one: _Line, other: _Line, lines: list[_Line], touching: set[frozenset[str]]) -> bool:
    """Tell whether two lines meet, or a third of their mode joins them."""
    if frozenset((one.id, other.id)) in touching:
        return True
    return any(
        {frozenset((one.id, third.id)), frozenset((other.id, third.id))} <= touching
        for third in lines
        if third.mode == one.mode
    )


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
            shape = layer.frame.geometry.loc[feature]
            if said.mode in _NETWORKS and isinstance(shape, LineString):
                yield _Line(
                    layer.file, feature, said.mode, said.uncertainty_m, Track.of(shape.coords)
                )
