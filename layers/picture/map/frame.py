"""Compose one map frame: base, marks, furniture in its corners, labels where there is room.

Everything is placed before anything is drawn, so that the report says what was drawn.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.layers.picture.map.base import Base, project_base
from corridormap.layers.picture.map.crowds import CLOSE_PX, Crowd, crowds
from corridormap.layers.picture.map.ink import FrameInk
from corridormap.layers.picture.map.inset import link_lines
from corridormap.layers.picture.map.lettering import Lettering
from corridormap.layers.picture.map.marks import Marks, project_items
from corridormap.layers.picture.map.painter import MarkPainter
from corridormap.layers.picture.map.places import Places
from corridormap.layers.picture.map.shy import LINE_COST, discourage_marks
from corridormap.layers.picture.map.standing import DOT_PX
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.placing.room import Room

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.map.lettering import Names
    from corridormap.layers.picture.map.marks import LineMark, PointMark
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.scene import Scene

    Draw = Callable[[Canvas, Box], None]

__all__ = ["MapFrame"]

_TOUCH_PX = 24.0
_VAGUE_SHARE = 0.4


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
        self.scale = layout.sign_scale
        self.base: Base = project_base(tiers, projection, scene.own_countries)
        self.places: Places | None = None
        self._marks: Marks = project_items(scene, projection, scale=self.scale)
        self.room = Room(projection.box.grown(-3.0))
        self.lettering = Lettering(scene, layout, projection, self.base, self.room, detail=detail)
        self.furniture: list[tuple[str, Box]] = []
        self._draws: list[tuple[Draw, Box]] = []
        if detail:
            self._marks = replace(self._marks, lines=tuple(self._well_known()))
        close_px = _TOUCH_PX if detail else CLOSE_PX
        shown = [mark for mark in self.marks.points if not mark.outside]
        self.crowds: list[Crowd] = crowds(shown, self.scale, close_px=close_px)
        for mark in shown:
            self.room.take(self._sign_box(mark))
        discourage_marks(self.room, self.marks, self.base, self.scale)

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
        furniture = [box for _, box in self.furniture]
        self.lettering.place(self.places, claims, names if places else None, furniture)

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

    def draw(self, canvas: Canvas) -> None:
        """Draw the frame with all that is in it."""
        palette, unit, names = self.scene.palette, self.layout.unit, self._prefix
        ink = FrameInk(canvas, palette, unit=unit, scale=self.scale, names=names)
        self.base.draw(canvas, self.box, palette, scale=max(0.9, unit), name=f"{names}base")
        self.lettering.draw_ground(canvas, ink, names)
        MarkPainter(canvas, palette, scale=self.scale, names=names).draw(self.marks, self.box)
        ink.tags(self.places.tags if self.places else ())
        self.lettering.draw_labels(ink)
        for draw, box in self._draws:
            draw(canvas, box)
        # What was put by hand is seen, also where it lies over furniture.
        self.lettering.draw_labels_by_hand(ink)
