"""Set the names of seas along the middle of the water that the frame shows of them.

A name that found room upright is set anew along a curve fitted to its water, if one is free; a
water too narrow for an upright name may get one so. The curve is an arc of a parabola about the
water's long axis, weighted by how far each of its places is from the shore.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.layers.picture.map.flowing import FlowingName, Reading, along

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.picture.map.flowing import Spot
    from corridormap.layers.picture.map.forms import LabelStyle
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.pen.canvas import Words
    from corridormap.layers.picture.placing.room import Room

    Points = NDArray[np.float64]

__all__ = ["SeenWater", "sea_name", "seen_waters", "water_words"]

_SEA_RANK = 3
"""The last rank of a sea; lakes come after it."""
_REACH_DEG = {1: 20.0, 2: 5.0, 3: 2.0}
"""How far from its place a water's name may stand, by rank."""
_SIZES = ((18, 0.0), (15, 4.0), (13, 8.0))
"""Size and its price."""
_SPACINGS_EM = ((0.7, 0.0), (0.4, 1.0), (0.11, 2.0))
_GRID = 28
_LEAST_PLACES = 12
_LEAST_AREA_PX = 2500.0
_COARSE_PX = 1.5
_ROUND = 1.5
"""A water less than this many times as long as wide has no axis: its name lies level."""
_MOST_SLOPE = 0.55
"""Of the curve's ends against its middle."""
_ASIDE = (0.0, 0.35, -0.35, 0.7, -0.7)
"""Other curves beside the first, in parts of the water's half width, and their price each."""
_ASIDE_PRICE, _OFF_MIDDLE_PRICE = 6.0, 10.0
_IN_WATER = Reading(off_em=-0.33, starts=9, most=0.85, steepest=0.17)
"""The letters' middles run on the curve; a sea may lie nearly upright."""
_MOST_COST = 24.0


@dataclass(frozen=True)
class SeenWater:
    """A water that the frame shows where its name belongs."""

    id: str
    name: str
    rank: float
    piece: shapely.Polygon
    """In px."""
    anchor: tuple[float, float] | None
    """Where the name stands best, if that is in the piece."""

    @property
    def is_sea(self) -> bool:
        """Whether it is no lake: those are small, and their names lie level."""
        return self.rank <= _SEA_RANK


def seen_waters(
    waters: Iterable[tuple[str, tuple[float, float], float]],
    projection: Projection,
    land: BaseGeometry,
) -> list[SeenWater]:
    """Return the waters that have a place in the frame.

    A name stays near its own place: seas join, and another sea's water is not its own.
    """
    frame = projection.box
    water = shapely.difference(shapely.box(frame.left, frame.top, frame.right, frame.bottom), land)
    found = []
    for index, (name, at, rank) in enumerate(waters):
        x, y = projection.xy(*at)
        reach = _REACH_DEG.get(int(rank), 1.0) * projection.px_per_degree
        near = shapely.intersection(water, shapely.box(x - reach, y - reach, x + reach, y + reach))
        pieces = [p for p in shapely.get_parts(near) if p.geom_type == "Polygon" and p.area]
        if not pieces:
            continue
        point = shapely.Point(x, y)
        piece = min(pieces, key=lambda p: p.distance(point))
        if piece.distance(point) > max(4.0, 0.8 * reach if rank <= _SEA_RANK else 4.0):
            continue
        anchor = (x, y) if piece.contains(point) else None
        found.append(SeenWater(f"water:{name}-{index}", name, rank, piece, anchor))
    return found


def water_words(name: str, design_px: float, style: LabelStyle, spacing_em: float = 0.11) -> Words:
    """Return the words of a water's name at a size."""
    row = style.words(name, design_px, style.palette["water_label"])
    return replace(row, italic=True, spacing_px=spacing_em * row.size_px, halo_px=0.0)


def sea_name(water: SeenWater, room: Room, style: LabelStyle) -> FlowingName | None:
    """Return a water's name along its curve, if that finds room; its room is taken."""
    curves = list(_curves(water.piece)) if water.piece.area > _LEAST_AREA_PX else []
    if not curves:
        return None
    piece = shapely.simplify(water.piece, _COARSE_PX)
    shapely.prepare(piece)
    best: tuple[float, Words, Spot] | None = None
    forms = itertools.product(_SIZES, _SPACINGS_EM)
    for (size, dear), (spacing, tight) in sorted(forms, key=lambda form: form[0][1] + form[1][1]):
        if best is not None and best[0] <= dear + tight:
            break
        words = water_words(water.name, size, style, spacing)
        for line, aside in curves:
            for spot in _spots(words, line, room, piece):
                price = spot[0] + dear + tight + aside
                if best is None or price < best[0]:
                    best = (price, words, spot)
    if best is None or best[0] > _MOST_COST:
        return None
    return FlowingName.of(water.name, best[1], best[2], room)


def _spots(words: Words, line: Points, room: Room, piece: shapely.Polygon) -> Iterator[Spot]:
    spots = along(words, line, room, _IN_WATER)
    if spots is None:
        return
    held = shapely.contains(piece, shapely.box(*spots.boxes.reshape(-1, 4).T))
    good = spots.good & np.asarray(held).reshape(spots.boxes.shape[:2]).all(axis=1)
    if good.any():
        middle = np.linspace(-1.0, 1.0, len(good)) if len(good) > 1 else np.zeros(1)
        yield spots.best(good, spots.cost + _OFF_MIDDLE_PRICE * np.abs(middle))


def _curves(piece: shapely.Polygon) -> Iterator[tuple[Points, float]]:
    """Yield lines through a water, rightwards, the best first, with the price of each."""
    piece = shapely.simplify(piece, 2 * _COARSE_PX)
    left, top, right, bottom = piece.bounds
    xs, ys = np.meshgrid(np.linspace(left, right, _GRID), np.linspace(top, bottom, _GRID))
    places = np.column_stack([xs.ravel(), ys.ravel()])
    places = places[shapely.contains_xy(piece, places[:, 0], places[:, 1])]
    if len(places) < _LEAST_PLACES:
        return
    weights = np.asarray(shapely.distance(shapely.points(places), piece.boundary))
    middle = np.average(places, axis=0, weights=weights)
    spread, axes = np.linalg.eigh(np.cov((places - middle).T, aweights=weights))
    axis = axes[:, 1] if spread[1] > _ROUND**2 * spread[0] else np.array([1.0, 0.0])
    axis = axis if axis[0] >= 0 else -axis
    across = np.array([-axis[1], axis[0]])
    t, s = (places - middle) @ axis, (places - middle) @ across
    bend, tilt, _ = np.polyfit(t, s, 2, w=np.sqrt(weights)).tolist() if len(t) > 2 else (0, 0, 0)
    ends = _inner(t, weights)
    half = (ends[1] - ends[0]) / 2
    bend = float(np.clip(bend, -_MOST_SLOPE / 2 / half, _MOST_SLOPE / 2 / half))
    steps = np.linspace(*ends, 64)
    level = np.average(s - bend * t**2 - tilt * t, weights=weights)
    width = np.sqrt(np.average((s - level - bend * t**2 - tilt * t) ** 2, weights=weights))
    for aside in _ASIDE:
        rise = bend * steps**2 + tilt * steps + level + aside * 2 * width
        line = middle + steps[:, None] * axis + rise[:, None] * across
        yield line, _ASIDE_PRICE * abs(aside)


def _inner(t: Points, weights: Points) -> tuple[float, float]:
    """Return between which ends nearly all of a water lies."""
    order = np.argsort(t)
    share = np.cumsum(weights[order]) / weights.sum()
    low, high = np.interp((0.01, 0.99), share, t[order])
    return float(low), max(float(high), float(low) + 1.0)
