"""Compose one map frame: base, marks, furniture in its corners, labels where there is room.

Everything is placed before anything is drawn, so that the report says what was drawn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from corridormap.layers.picture.layout import DroppedLabel, PlacedLabel
from corridormap.layers.picture.map.base import Base, project_base
from corridormap.layers.picture.map.by_hand import broken
from corridormap.layers.picture.map.carriers import Carriers
from corridormap.layers.picture.map.flowing import draw_names, river_names
from corridormap.layers.picture.map.forms import LabelStyle
from corridormap.layers.picture.map.ink import FrameInk
from corridormap.layers.picture.map.inset import link_lines
from corridormap.layers.picture.map.marks import Marks, project_items
from corridormap.layers.picture.map.names import country_wishes, place_wishes, water_wishes
from corridormap.layers.picture.map.painter import MarkPainter
from corridormap.layers.picture.map.places import Places
from corridormap.layers.picture.map.seas import sea_name, seen_waters
from corridormap.layers.picture.map.shy import LINE_COST, discourage_marks
from corridormap.layers.picture.map.standing import (
    CLOSE_PX,
    DOT_PX,
    Crowd,
    crowds,
)
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.placing.offer import Offer
from corridormap.layers.picture.placing.room import Room

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.map.flowing import FlowingName
    from corridormap.layers.picture.map.marks import LineMark, PointMark
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.map.seas import SeenWater
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.picture.placing.offer import Placed, Wish
    from corridormap.layers.picture.placing.room import Point
    from corridormap.layers.scene.scene import Scene

    Draw = Callable[[Canvas, Box], None]

__all__ = ["MapFrame", "Names"]

_TOUCH_PX = 24.0
_VAGUE_SHARE = 0.4
_NEAREST = 2
"""Names that tell where one that found no room would be."""
_CLEAR_PX = 6.0


@dataclass(frozen=True)
class Names:
    """Names of the base map: countries by ISO code, waters with a place and a rank."""

    countries: Mapping[str, str] = field(default_factory=dict)
    waters: tuple[tuple[str, tuple[float, float], float], ...] = ()


class MapFrame:
    """A map in a box of the picture.

    Parameters
    ----------
    scene, layout, projection
        What is drawn, the picture's sizes, and the frame.
    tiers
        The outline, from below to above.
    names
        Put before the groups' names; a second frame needs other names.
    detail
        This is a detail map: a line that is known less well than the frame is wide is not drawn.
    """

    def __init__(
        self,
        scene: Scene,
        layout: Layout,
        projection: Projection,
        tiers: Sequence[Tier],
        *,
        names: str = "",
        detail: bool = False,
    ) -> None:
        self.scene = scene
        self.layout = layout
        self.projection = projection
        self._prefix = names
        self._detail = detail
        self._movable: set[str] = set()
        self.by_hand: list[str] = []
        """Names put by hand that stand where the rules let none stand."""
        self.scale = layout.sign_scale
        self.base: Base = project_base(tiers, projection, scene.own_countries)
        self.places: Places | None = None
        self._marks: Marks = project_items(scene, projection, scale=self.scale)
        self.room = Room(projection.box.grown(-3.0))
        self.furniture: list[tuple[str, Box]] = []
        self._draws: list[tuple[Draw, Box]] = []
        self._placed: list[Placed] = []
        self._dropped: list[Wish] = []
        self._rivers: list[FlowingName] = []
        self._waters: list[SeenWater] = []
        self._seas: list[FlowingName] = []
        self._dots: dict[str, tuple[float, float, bool]] = {}
        self.unmarked: frozenset[int] = frozenset()
        """Claims about what the frame shows, whose number found no room."""
        if detail:
            self._marks = replace(self._marks, lines=tuple(self._well_known()))
        close_px = _TOUCH_PX if detail else CLOSE_PX
        shown = [mark for mark in self.marks.points if not mark.outside]
        self.crowds: list[Crowd] = crowds(shown, self.scale, close_px=close_px)
        for mark in shown:
            self.room.take(self._sign_box(mark))
        discourage_marks(self.room, self.marks, self.base, self.scale)

    @property
    def _style(self) -> LabelStyle:
        return LabelStyle(self.layout, self.scene.palette, {})

    @property
    def box(self) -> Box:
        """The frame on the picture."""
        return self.projection.box

    def _well_known(self) -> list[LineMark]:
        limit = _VAGUE_SHARE * self.box.width
        return [line for line in self.marks.lines if (line.band_px or 0.0) < limit]

    def _sign_box(self, mark: PointMark) -> Box:
        return Box.around(mark.x, mark.y, mark.sign.radius_px * self.scale * 0.92)

    def open_detail(self, crowd: Crowd, box: Box, square: Box, draw: Draw) -> None:
        """Leave a crowd to a detail map in a box; a square shows its place.

        Parameters
        ----------
        crowd
            Its signs are no longer drawn here.
        box, square
            Where the detail map stands, and what of this map it shows.
        draw
            Draws the detail map in its box.
        """
        gone = {id(mark) for mark in crowd.marks}
        for mark in crowd.marks:
            self.room.give_back(self._sign_box(mark))
        kept = tuple(mark for mark in self.marks.points if id(mark) not in gone)
        self._marks = replace(self._marks, points=kept)
        self.crowds.remove(crowd)
        self.room.take(square)
        self.room.take(box)
        self.furniture.append(("detail", box))
        self._draws.append((draw, box))
        for start, end in link_lines(square, box):
            self.room.discourage([np.array([start, end])], LINE_COST)
            self.room.lead(start, end)

    def _settled(self) -> Places:
        """Decide of every place whether it is drawn as its signs, a dot, or in a count."""
        for mark in self.marks.points:
            if not mark.outside:
                self.room.give_back(self._sign_box(mark))
        return Places(self.marks, self.room, self.scale)

    @property
    def marks(self) -> Marks:
        """Everything of the scene that the frame shows, from below to above."""
        return self._marks if self.places is None else self.places.marks

    def hides(self, at: tuple[float, float], size: tuple[float, float]) -> bool:
        """Tell whether a box with an upper left corner would hide a sign or part of a line."""
        box = Box(at[0], at[1], at[0] + size[0], at[1] + size[1])
        if any(
            box.grown(mark.sign.radius_px * self.scale).has(mark.x, mark.y)
            for mark in self.marks.points
        ):
            return True
        area = shapely.box(box.left, box.top, box.right, box.bottom)
        parts = [part for line in self.marks.lines for part in line.parts if len(part) > 1]
        return any(area.intersects(shapely.LineString(part)) for part in parts)

    def add_furniture(
        self,
        name: str,
        size: tuple[float, float],
        spots: Sequence[tuple[float, float]],
        draw: Draw,
        *,
        force: bool = False,
        margin: float = 4.0,
    ) -> Box | None:
        """Put a piece of furniture at the first of some spots that hides least.

        Parameters
        ----------
        name, size
            What it is, width and height in px.
        spots
            Upper left corners, the best first.
        draw
            Draws it in its box.
        force
            Put it somewhere even if it hides a sign.
        margin
            Px kept free round it.
        """
        best, least = None, 1e9
        for order, (left, top) in enumerate(spots):
            box = Box(left, top, left + size[0], top + size[1])
            if any(box.overlaps(other, margin) for _, other in self.furniture):
                continue
            free = self.room.free(box, gap=margin)
            if not free and not (force and self.box.holds(box)):
                continue
            price = self.room.cost(box) * 0.06 + order * 2.0 + (0 if free else 500)
            if price < least:
                best, least = box, price
        if best is None:
            return None
        self.furniture.append((name, best))
        self.room.take(best)
        self._draws.append((draw, best))
        return best

    def label(
        self, claims: Mapping[int, Sequence[str]], names: Names, *, places: bool = True
    ) -> None:
        """Find a place for every label that finds room.

        Parameters
        ----------
        claims
            The features that each numbered claim is about: the first that has room carries it.
        names
            Names of countries and waters.
        places
            Name towns, countries and waters too.
        """
        self.places = self._settled()
        shown = {item.feature.id for item in self.marks.items}
        about = {n: [id_ for id_ in ids if id_ in shown] for n, ids in claims.items()}
        about = {n: ids for n, ids in about.items() if ids}
        ground = self._ground(names) if places else []
        # A line or area that passes through a detail map is put by hand on the map itself.
        marks = self.marks.points if self._detail else ()
        self._movable = {mark.item.feature.id for mark in marks} if self._detail else shown
        put = {id_: self.scene.put[id_] for id_ in self._movable & self.scene.put.keys()}
        carriers = Carriers(self.places, about, self._style, self.projection, put)
        self._placed, self._dropped = carriers.labelled(ground)
        self.by_hand = broken(self._placed, carriers.breaking)
        self.unmarked = frozenset(set(about) - self.marked)
        for label in self._placed:
            self.room.take(label.box)
        if places:
            self._flow()

    def _flow(self) -> None:
        """Set names along curves: those of seas, in place of upright ones, then those of rivers."""
        upright = {label.wish.id: label for label in self._placed}
        for water in (water for water in self._waters if water.is_sea):
            label = upright.get(water.id)
            if label is not None:
                self.room.give_back(label.box)
            name = sea_name(water, self.room, self._style)
            if name is not None:
                self._seas.append(name)
                self._placed = [placed for placed in self._placed if placed is not label]
            elif label is not None:
                self.room.take(label.box)
        self._rivers = river_names(self.base, self.room, self._style)

    def _ground(self, names: Names) -> list[Offer]:
        """Return what the frame offers to the names of towns, countries and waters."""
        style = self._style
        wishes, self._dots = place_wishes(self.scene, self.projection, style, self.marks)
        # A town under the arrow or beside its N would be named all the same.
        clear_px = _CLEAR_PX * style.layout.unit
        wishes = [wish for wish in wishes if not self._under_furniture(wish, clear_px)]
        countries = self.base.countries
        land = shapely.union_all(list(countries.values()))
        wishes += country_wishes(countries, names.countries, style, self.box)
        self._waters = seen_waters(names.waters, self.projection, land)
        wishes += water_wishes(self._waters, style)
        return [Offer.of(wish, self.room) for wish in wishes]

    def _under_furniture(self, wish: Wish, gap_px: float) -> bool:
        mark = wish.mark
        return mark is not None and any(box.overlaps(mark, gap_px) for _, box in self.furniture)

    @property
    def dropped(self) -> list[DroppedLabel]:
        """Names that found no room, the most important first, each with the nearest that did."""
        placed = [p for p in self._placed if p.wish.text and p.block.rows]
        told = []
        for wish in self._dropped:
            if not (wish.needed and wish.text):
                continue
            at = wish.at or self.box.center
            near = sorted(placed, key=partial(_from, at))
            names = tuple(dict.fromkeys(p.wish.text for p in near))[:_NEAREST]
            told.append(DroppedLabel(wish.id, wish.text, names))
        return told

    @property
    def marked(self) -> frozenset[int]:
        """The claims whose number stands on the map."""
        return frozenset(n for p in self._placed if p.block.numbers for n in p.wish.numbers)

    def signs(self) -> list[tuple[str, Box]]:
        """Return each point's feature id and the box that its sign or dot fills."""
        return [
            (
                mark.item.feature.id,
                Box.around(
                    mark.x, mark.y, (DOT_PX if mark.dot else mark.sign.radius_px) * self.scale
                ),
            )
            for mark in self.marks.points
            if not mark.outside
        ]

    def leaders(self) -> list[tuple[Point, Point]]:
        """Return the lines from places to their names."""
        return [placed.leader for placed in self._placed if placed.leader is not None]

    def labels(self) -> list[PlacedLabel]:
        """Return the labels that were placed."""
        return [
            PlacedLabel(p.wish.id, p.wish.text, p.box, p.align, p.wish.pinned, self._of(p))
            for p in self._placed
        ]

    def _of(self, placed: Placed) -> Literal["", "map", "detail"]:
        if placed.wish.id not in self._movable:
            return ""
        return "detail" if self._detail else "map"

    def draw(self, canvas: Canvas) -> None:
        """Draw the frame with all that is in it."""
        palette, unit, names = self.scene.palette, self.layout.unit, self._prefix
        ink = FrameInk(canvas, palette, unit=unit, scale=self.scale, names=names)
        self.base.draw(canvas, self.box, palette, scale=max(0.9, unit), name=f"{names}base")
        draw_names(canvas, self._seas, f"{names}sea-names")
        draw_names(canvas, self._rivers, f"{names}river-names")
        ink.dots(self._dots, {placed.wish.id for placed in self._placed})
        MarkPainter(canvas, palette, scale=self.scale, names=names).draw(self.marks, self.box)
        ink.tags(self.places.tags if self.places else ())
        ink.labels([placed for placed in self._placed if not placed.wish.pinned])
        for draw, box in self._draws:
            draw(canvas, box)
        # What was put by hand is seen, also where it lies over furniture.
        if by_hand := [placed for placed in self._placed if placed.wish.pinned]:
            ink.labels(by_hand, "labels-by-hand")


def _from(at: tuple[float, float], placed: Placed) -> float:
    """Return how far a label stands from a point, in px."""
    return math.dist(placed.box.center, at)
