"""Find lines drawn straighter than they say: a long straight leg, and a narrow band.

No way is straight for long. A line called exact, traced or approximate, whose straight run is
longer than ten times its uncertainty, promises more than straight legs can keep, unless the run
was drawn from a source that says itself how near its legs are. Before the runs are measured the
line loses what lies within a tenth of its uncertainty of a straight line, so that points put on a
straight leg change nothing. Whether the line is right is not decided here: that needs a reference.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from corridormap.geo.errors import Fault
from corridormap.geo.lines.length_range import straightened
from corridormap.geo.lines.track import Track
from corridormap.geo.measure import distance_m
from corridormap.layers.wording.words import distance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.lines.track import LonLat
    from corridormap.layers.corridor.feature import FeatureProperties, GeometrySource

__all__ = ["run_faults"]

RUN_PER_BAND = 10.0
"""A straight run longer than this many times the uncertainty is told."""
_SIMPLER = 0.1
_SAME_M = 1.0


def run_faults(said: FeatureProperties, geometry: BaseGeometry) -> Iterator[Fault]:
    """Yield the longest straight run of a line that its uncertainty does not allow."""
    band_m = said.uncertainty_m
    if said.position_quality == "schematic" or "LineString" not in geometry.geom_type:
        return
    for part in getattr(geometry, "geoms", (geometry,)):
        whole = Track.of(part.coords)
        simpler = Track.of(straightened(part, _SIMPLER * band_m).coords).points
        runs = [
            (distance_m(start, end), start)
            for start, end in pairwise(simpler)
            if distance_m(start, end) > RUN_PER_BAND * band_m
            and not _supported(said, whole, start, end)
        ]
        if runs:
            length_m, start = max(runs)
            yield Fault(
                "straight-run-too-long",
                "uncertainty_m",
                run=distance(length_m),
                at=f"{start[0]:g}, {start[1]:g}",
                quality=said.position_quality,
                band=distance(band_m),
                wanted=distance(length_m / RUN_PER_BAND),
            )


def _supported(said: FeatureProperties, whole: Track, start: LonLat, end: LonLat) -> bool:
    """Tell whether a run was drawn from a source whose own legs are as near as is said."""
    return any(
        source.resolution_m is not None
        and source.resolution_m <= said.uncertainty_m
        and _holds(source, whole, start, end)
        for source in said.geometry_source
    )


def _holds(source: GeometrySource, whole: Track, start: LonLat, end: LonLat) -> bool:
    if source.between is None:
        return True
    low, high = sorted(whole.foot(at).at_m for at in source.between)
    run = (whole.foot(start).at_m, whole.foot(end).at_m)
    return low - _SAME_M <= min(run) and max(run) <= high + _SAME_M
