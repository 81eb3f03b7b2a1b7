"""Compose one map frame: base, marks, furniture in its corners, labels where there is room.

Everything is placed before anything is drawn, so that the report says what was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.layers.picture.layout import PlacedLabel
from corridormap.layers.picture.map.base import Base, project_base
from corridormap.layers.picture.map.crowd import CLOSE_PX, Crowd, crowds, spread
from corridormap.layers.picture.map.flowing import draw_names, river_names
from corridormap.layers.picture.map.ink import FrameInk
from corridormap.layers.picture.map.inset import link_lines
from corridormap.layers.picture.map.labels import place_all
from corridormap.layers.picture.map.marks import Marks, project_items
from corridormap.layers.picture.map.names import country_wishes, place_wishes, water_wishes
from corridormap.layers.picture.map.nudge import apart
from corridormap.layers.picture.map.painter import MarkPainter
from corridormap.layers.picture.map.room import Room
from corridormap.layers.picture.map.shy import LINE_COST, discourage_marks
from corridormap.layers.picture.map.tags import tag_of
from corridormap.layers.picture.map.wishes import LabelStyle, feature_wishes
from corridormap.layers.picture.pen.box import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.map.flowing import FlowingName
    from corridormap.layers.picture.map.ink import Tag
    from corridormap.layers.picture.map.labels import Placed
    from corridormap.layers.picture.map.marks import LineMark, PointMark
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.map.room import Point
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.scene import Scene

    Draw = Callable[[Canvas, Box], None]

__all__ = ["MapFrame", "Names"]

_TOUCH_PX = 24.0
_CROWD_PX = 34.0
"""Half the side of the room that is kept round a crowd until it is settled."""
_VAGUE_SHARE = 0.4


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
        This is a detail map: a line that is known less well than the frame is wide is
        not drawn, and signs are spread as soon as they touch.
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
        self.scale = layout.sign_scale
        self.base: Base = project_base(tiers, projection, scene.own_countries)
        self.marks: Marks = project_items(scene, projection, scale=self.scale)
        self.room = Room(projection.box.grown(-3.0))
        self.furniture: list[tuple[str, Box]] = []
        self._draws: list[tuple[Draw, Box]] = []
        self._placed: list[Placed] = []
        self._rivers: list[FlowingName] = []
        self.dropped: list[str] = []
        self._dots: dict[str, tuple[float, float, bool]] = {}
        self._tags: dict[str, Tag] = {}
        self._detail = detail
        if detail:
            self.marks = replace(self.marks, lines=tuple(self._well_known()))
        close_px = _TOUCH_PX if detail else CLOSE_PX
        shown = [mark for mark in self.marks.points if not mark.outside]
        self.crowds: list[Crowd] = crowds(shown, self.scale, close_px=close_px)
        self._held: dict[Crowd, Box] = {}
        self._take_marks()

    @property
    def box(self) -> Box:
        """The frame on the picture."""
        return self.projection.box

    def _well_known(self) -> list[LineMark]:
        limit = _VAGUE_SHARE * self.box.width
        return [line for line in self.marks.lines if (line.band_px or 0.0) < limit]

    def _take_marks(self) -> None:
        """Keep labels off signs, and make them shy of lines, borders and rings."""
        room = self.room
        crowded = {id(mark) for crowd in self.crowds for mark in crowd.marks}
        for crowd in self.crowds:
            self._held[crowd] = Box.around(*crowd.center, _CROWD_PX * self.scale)
            room.take(self._held[crowd])
        for mark in self.marks.points:
            if id(mark) not in crowded and not mark.outside:
                room.take(Box.around(mark.x, mark.y, mark.sign.radius_px * self.scale * 0.92))
        discourage_marks(room, self.marks, self.base, self.scale)

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
        self._without(crowd.marks)
        self.crowds.remove(crowd)
        self.room.give_back(self._held.pop(crowd))
        self.room.take(square)
        self.room.take(box)
        self.furniture.append(("detail", box))
        self._draws.append((draw, box))
        for start, end in link_lines(square, box):
            self.room.discourage([np.array([start, end])], LINE_COST)

    def settle_crowds(self) -> None:
        """Spread each crowd where there is room; elsewhere keep one sign with a tag."""
        for box in self._held.values():
            self.room.give_back(box)
        several = dict(self.marks.several)
        for crowd in self.crowds:
            moved = spread(crowd, self.room, self.scale, narrow=self._detail)
            self._without(crowd.marks)
            if moved is None and self._detail:
                moved = list(crowd.marks)
            elif moved is None:
                moved = list(crowd.places[0])
                count = sum(several.get(p[0].item.feature.place, 1) for p in crowd.places)
                several[moved[0].item.feature.place] = count
            self.marks = replace(self.marks, points=(*self.marks.points, *moved))
            self._take_signs(moved)
        self.crowds = []
        settled = self.marks.points
        self.marks = replace(self.marks, points=tuple(apart(settled, self.scale)))
        self._take_signs(
            now for then, now in zip(settled, self.marks.points, strict=True) if now is not then
        )
        for mark in self.marks.points:
            place = mark.item.feature.place
            if place in several and place not in self._tags and not (mark.part or mark.outside):
                self._tags[place], box = tag_of(mark, several[place], self.room, self.scale)
                self.room.take(box)

    def _take_signs(self, marks: Iterable[PointMark]) -> None:
        """Keep everything off signs that found their place, and off their leaders."""
        for mark in marks:
            x, y = mark.sign_at
            self.room.take(Box.around(x, y, mark.sign.radius_px * self.scale * 0.92))
            if mark.at is not None:
                self.room.take(Box.around(mark.x, mark.y, 3.0 * self.scale))
                self.room.lead((mark.x, mark.y), mark.at)

    def _without(self, marks: Sequence[PointMark]) -> None:
        gone = {id(mark) for mark in marks}
        kept = tuple(mark for mark in self.marks.points if id(mark) not in gone)
        self.marks = replace(self.marks, points=kept)

    def hides(self, at: tuple[float, float], size: tuple[float, float]) -> bool:
        """Tell whether a box with an upper left corner would hide a sign or part of a line."""
        box = Box(at[0], at[1], at[0] + size[0], at[1] + size[1])
        if any(
            box.grown(mark.sign.radius_px * self.scale).has(*mark.sign_at)
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
        self,
        badges: Mapping[str, tuple[str, ...]],
        names: Names,
        *,
        places: bool = True,
    ) -> None:
        """Find a place for every label that finds room.

        Parameters
        ----------
        badges
            Claim numbers by feature id.
        names
            Names of countries and waters.
        places
            Name towns, countries and waters too.
        """
        style = LabelStyle(self.layout, self.scene.palette, badges)
        wishes = feature_wishes(
            self.marks,
            style,
            self.projection,
            tags={place: tag.count for place, tag in self._tags.items()},
        )
        if places:
            more, self._dots = place_wishes(self.scene, self.projection, style, self.marks)
            countries = self.base.countries()
            land = shapely.union_all(list(countries.values()))
            wishes += more
            wishes += country_wishes(countries, names.countries, style, self.box)
            wishes += water_wishes(names.waters, self.projection, style, land)
        self._placed, dropped = place_all(wishes, self.room)
        self._rivers = river_names(self.base, self.room, style) if places else []
        self.dropped = [wish.text for wish in dropped if wish.needed and wish.text]

    def signs(self) -> list[tuple[str, Box]]:
        """Return each point's feature id and the box that its sign fills."""
        return [
            (mark.item.feature.id, Box.around(*mark.sign_at, mark.sign.radius_px * self.scale))
            for mark in self.marks.points
            if not mark.outside
        ]

    def leaders(self) -> list[tuple[Point, Point]]:
        """Return the lines from places to their signs, and from signs to their names."""
        signs = [((m.x, m.y), m.at) for m in self.marks.points if m.at is not None]
        return [*dict.fromkeys(signs), *(p.spot.leader for p in self._placed if p.spot.leader)]

    def labels(self) -> list[PlacedLabel]:
        """Return the labels that were placed."""
        return [PlacedLabel(p.wish.id, p.wish.text, p.spot.box) for p in self._placed]

    def draw(self, canvas: Canvas) -> None:
        """Draw the frame with all that is in it."""
        palette, unit, names = self.scene.palette, self.layout.unit, self._prefix
        ink = FrameInk(canvas, palette, unit=unit, scale=self.scale, names=names)
        self.base.draw(canvas, self.box, palette, scale=max(0.9, unit), name=f"{names}base")
        draw_names(canvas, self._rivers, f"{names}river-names")
        ink.dots(self._dots, {placed.wish.id for placed in self._placed})
        MarkPainter(canvas, palette, scale=self.scale, names=names).draw(self.marks, self.box)
        ink.tags(self._tags.values())
        ink.labels(self._placed)
        for draw, box in self._draws:
            draw(canvas, box)
