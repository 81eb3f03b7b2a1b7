"""Find what of a file's features could be mended, and mend what was accepted.

The repairs are one ordered list: what is proposed and what is done are the same
functions, so the pictures shown are what one gets. Nothing is done unasked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Polygon

from corridormap.geo.errors import Fault
from corridormap.geo.formats import shapes
from corridormap.geo.formats.proposal import Change, Feature, Proposal
from corridormap.geo.formats.table import count

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.measure import Bbox

    Points = NDArray[np.float64]
    Shapes = tuple[BaseGeometry, ...]

__all__ = ["mended", "proposals_for"]

_MARGIN = 0.05
"""Share of the extent by which it is grown before swapped axes are looked for."""
_MAX_LAT = 90.0


@dataclass(frozen=True)
class _Repair:
    """A way to mend a shape."""

    id: str
    code: str
    """Of its message, which names the places that it concerns."""
    needed: bool
    test: Callable[[BaseGeometry], bool]
    """Whether a shape needs it; of swapped axes and open rings the file knows that."""
    mend: Callable[[BaseGeometry], tuple[BaseGeometry, ...]]


def _always(_shape: BaseGeometry) -> bool:
    return True


def _is_crossed(shape: BaseGeometry) -> bool:
    return shape.geom_type.endswith("Polygon") and not shape.is_valid


def _repeats(shape: BaseGeometry) -> bool:
    fewer = shapely.get_num_coordinates(shapes.without_repeats(shape))
    return bool(fewer < shapely.get_num_coordinates(shape))


_REPAIRS: tuple[_Repair, ...] = (
    _Repair(
        "swap-axes",
        "repair-swap-axes",
        needed=True,
        test=_always,
        mend=lambda shape: (shapes.swapped(shape),),
    ),
    _Repair(
        "close-rings",
        "repair-close-rings",
        needed=True,
        test=_always,
        mend=lambda shape: (shape,),  # the reader had to close them to make a shape
    ),
    _Repair(
        "split-collections",
        "repair-split-collections",
        needed=True,
        test=lambda shape: shape.geom_type == "GeometryCollection" and not shape.is_empty,
        mend=shapes.split_up,
    ),
    _Repair(
        "split-points",
        "repair-split-points",
        needed=True,
        test=lambda shape: shape.geom_type == "MultiPoint" and not shape.is_empty,
        mend=shapes.single_points,
    ),
    _Repair(
        "drop-empty",
        "repair-drop-empty",
        needed=True,
        test=lambda shape: not shapes.is_drawable(shape),
        mend=lambda _shape: (),
    ),
    _Repair(
        "cut-at-180",
        "repair-cut-at-180",
        needed=True,
        test=shapes.leaps_180,
        mend=shapes.cut_at_180,
    ),
    _Repair(
        "drop-repeats",
        "repair-drop-repeats",
        needed=False,
        test=_repeats,
        mend=lambda shape: (shapes.without_repeats(shape),),
    ),
    _Repair(
        "make-valid",
        "repair-make-valid",
        needed=True,
        test=_is_crossed,
        mend=shapes.valid,
    ),
    _Repair(
        "ring-order",
        "repair-ring-order",
        needed=False,
        test=shapes.ring_order_is_wrong,
        mend=lambda shape: (shapes.with_ring_order(shape),),
    ),
)


def proposals_for(
    features: Sequence[Feature], *, opened: Collection[int], extent: Bbox | None
) -> tuple[Proposal, ...]:
    """Return the repairs that fit the features, in the order of their use.

    Parameters
    ----------
    features
        In longitude and latitude, not mended.
    opened
        Numbers of the features whose rings are not closed in the file.
    extent
        West, south, east, north of the region they should touch, if it is known.
    """
    state: list[Shapes] = [(feature.geometry,) for feature in features]
    given = {"swap-axes": _seem_swapped(state, extent), "close-rings": opened}
    found: list[Proposal] = []
    for repair in _REPAIRS:
        concerned = given.get(repair.id, range(len(features)))
        changes: list[Change] = []
        for number in sorted(concerned):
            parts = state[number]
            if not any(repair.test(part) for part in parts):
                continue
            state[number] = _mended(repair, parts)
            before = parts[0] if len(parts) == 1 else shapely.geometrycollections(list(parts))
            before = _opened(before) if repair.id == "close-rings" else before
            changes.append(Change(number, features[number].where, before, state[number]))
        if changes:
            fault = Fault(repair.code, places=_named(changes))
            found.append(Proposal(repair.id, fault, repair.needed, tuple(changes)))
    return tuple(found)


def mended(features: Iterable[Feature], plan: Mapping[str, Collection[int]]) -> tuple[Feature, ...]:
    """Return the features with repairs made, in their fixed order.

    Parameters
    ----------
    features
        As they are in the file.
    plan
        For the id of each repair to make, the numbers of the features it concerns.
    """
    made: list[Feature] = []
    for number, feature in enumerate(features):
        parts: Shapes = (feature.geometry,)
        for repair in _REPAIRS:
            if number in plan.get(repair.id, ()):
                parts = _mended(repair, parts)
        made += [replace(feature, geometry=part) for part in parts]
    return tuple(made)


def _mended(repair: _Repair, parts: Shapes) -> Shapes:
    return tuple(
        after for part in parts for after in (repair.mend(part) if repair.test(part) else (part,))
    )


def _seem_swapped(state: Sequence[Shapes], extent: Bbox | None) -> Collection[int]:
    """Return the numbers of the features that hit the extent only with axes swapped."""
    wrong, right = set(), set()
    for number, (shape, *_) in enumerate(state):
        points = shapely.get_coordinates(shape)
        if not len(points):
            continue
        if np.abs(points[:, 1]).max() > _MAX_LAT or (
            _within(points[:, ::-1], extent).all() and not _within(points, extent).any()
        ):
            wrong.add(number)
        elif _within(points, extent).any():
            right.add(number)
    if wrong and not right and 2 * len(wrong) >= len(state):
        # The whole file has them swapped, also what lies outside the extent.
        return [n for n, (shape, *_) in enumerate(state) if _may_be_swapped(shape)]
    return wrong


def _within(points: Points, extent: Bbox | None) -> NDArray[np.bool_]:
    if extent is None:
        return np.zeros(len(points), dtype=bool)
    west, south, east, north = extent
    dx, dy = (east - west) * _MARGIN, (north - south) * _MARGIN
    x, y = points[:, 0], points[:, 1]
    return (x >= west - dx) & (x <= east + dx) & (y >= south - dy) & (y <= north + dy)


def _may_be_swapped(shape: BaseGeometry) -> bool:
    points = shapely.get_coordinates(shape)
    return bool(len(points)) and bool(np.abs(points[:, 0]).max() <= _MAX_LAT)


def _opened(shape: BaseGeometry) -> BaseGeometry:
    """Return the rings of areas as lines without their last point, for a picture."""
    lines = [
        shapely.get_coordinates(ring)[:-1]
        for part in shapely.get_parts(shape)
        if isinstance(part, Polygon)
        for ring in (part.exterior, *part.interiors)
    ]
    return MultiLineString([LineString(line) for line in lines if len(line) > 1])


def _named(changes: Sequence[Change]) -> str:
    if len(changes) == 1:
        return changes[0].where
    listed = ", ".join(change.where for change in changes[:3])
    more = "" if len(changes) <= 3 else ", …"
    return f"{count(len(changes))} ({listed}{more})"
