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
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.measure import Bbox

    Points = NDArray[np.float64]
    Shapes = tuple[BaseGeometry, ...]

__all__ = ["mended", "proposals_for"]

_MARGIN = 0.05
"""Share of the extent by which it is grown before swapped axes are looked for."""
_MAX_LAT = 90.0
_MOST_GUESSES = 12
"""So many features are offered one by one; more together."""


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
    guess: str = ""
    """Code of its message where it is a guess, which may be refused."""


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
        guess="repair-swap-axes-maybe",
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


def proposals_for(features: Sequence[Feature], *, extent: Bbox | None) -> tuple[Proposal, ...]:
    """Return the repairs that fit the features, in the order of their use.

    Parameters
    ----------
    features
        In longitude and latitude, not mended.
    extent
        West, south, east, north of the region they should touch, if it is known.
    """
    state: list[Shapes] = [(feature.geometry,) for feature in features]
    found: list[Proposal] = []
    for offer in _offers(features, extent):
        repair, changes = offer.repair, list[Change]()
        for number in offer.features:
            parts = state[number]
            if not any(repair.test(part) for part in parts):
                continue
            after = _mended(repair, parts)
            if not offer.guessed:
                state[number] = after  # what is only guessed changes nothing that follows
            before = parts[0] if len(parts) == 1 else shapely.geometrycollections(list(parts))
            before = _opened(before) if repair.id == "close-rings" else before
            changes.append(Change(number, features[number].where, before, after))
        found += _proposals(offer, changes)
    return tuple(found)


@dataclass(frozen=True)
class _Offer:
    """A repair to try on some features."""

    repair: _Repair
    features: Sequence[int]
    guessed: bool = False
    """Whether it may be right as it is."""
    one_by_one: bool = False
    """Whether each feature is decided by itself."""


def _offers(features: Sequence[Feature], extent: Bbox | None) -> Iterator[_Offer]:
    surely, maybe, whole = _seem_swapped(features, extent)
    opened = [number for number, feature in enumerate(features) if feature.open_rings]
    for repair in _REPAIRS:
        if repair.id == "swap-axes":
            yield _Offer(repair, surely)
            one_by_one = not whole and len(maybe) <= _MOST_GUESSES
            yield _Offer(repair, maybe, guessed=True, one_by_one=one_by_one)
        else:
            every = range(len(features))
            yield _Offer(repair, opened if repair.id == "close-rings" else every)


def _proposals(offer: _Offer, changes: list[Change]) -> list[Proposal]:
    """Return one proposal for all changes, or one each where each is decided by itself."""
    repair = offer.repair
    if not changes:
        return []
    if not offer.one_by_one:
        code, name = (
            (repair.guess, f"{repair.id}-maybe") if offer.guessed else (repair.code, repair.id)
        )
        fault = Fault(code, places=_named(changes))
        needed = repair.needed and not offer.guessed
        return [Proposal(name, repair.id, fault, needed, tuple(changes))]
    return [
        Proposal(
            f"{repair.id}-{change.feature + 1}",
            repair.id,
            Fault(repair.guess, places=change.where),
            needed=False,
            changes=(change,),
        )
        for change in changes
    ]


def mended(
    features: Iterable[Feature], plan: Sequence[tuple[str, Collection[int]]]
) -> tuple[Feature, ...]:
    """Return the features with repairs made, in their fixed order.

    Parameters
    ----------
    features
        As they are in the file.
    plan
        Ids of repairs to make, each with the numbers of the features it concerns.
    """
    made: list[Feature] = []
    for number, feature in enumerate(features):
        parts: Shapes = (feature.geometry,)
        wanted = {repair for repair, numbers in plan if number in numbers}
        for repair in _REPAIRS:
            if repair.id in wanted:
                parts = _mended(repair, parts)
        made += [replace(feature, geometry=part) for part in parts]
    return tuple(made)


def _mended(repair: _Repair, parts: Shapes) -> Shapes:
    return tuple(
        after for part in parts for after in (repair.mend(part) if repair.test(part) else (part,))
    )


def _seem_swapped(
    features: Sequence[Feature], extent: Bbox | None
) -> tuple[list[int], list[int], bool]:
    """Return the numbers of features that must be swapped, that may be, and if all may be.

    Beyond 90 degrees there is no latitude, and a file of which one feature proves that has the
    others of its kind wrong too. Else a feature that hits the extent only the other way round
    may lie outside it rightly: that is weighed with the rest of the file and only offered.
    """
    surely, maybe, right = [], [], 0
    for number, feature in enumerate(features):
        points = shapely.get_coordinates(feature.geometry)
        if np.abs(points[:, 1]).max() > _MAX_LAT:
            surely.append(number)
        elif _within(points, extent).any():
            right += 1
        elif _within(points[:, ::-1], extent).all():
            maybe.append(number)
    wrong = len(surely) + len(maybe)
    whole = bool(wrong) and not right and 2 * wrong >= len(features)
    if whole:
        # Nothing of it lies right: the whole file may be swapped, also what lies elsewhere.
        maybe = [
            number
            for number, feature in enumerate(features)
            if number not in set(surely) and _may_be_swapped(feature.geometry)
        ]
    return surely, maybe, whole


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
