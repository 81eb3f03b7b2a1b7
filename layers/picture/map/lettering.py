"""Letter one map frame: find room for its names, and know which found none.

It decides before anything is drawn, so that the report says what was drawn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

import shapely

from corridormap.layers.picture.layout import DroppedLabel, PlacedLabel
from corridormap.layers.picture.map.by_hand import broken
from corridormap.layers.picture.map.carriers import Carriers
from corridormap.layers.picture.map.flowing import draw_names, river_names
from corridormap.layers.picture.map.forms import LabelStyle
from corridormap.layers.picture.map.names import country_wishes, place_wishes, water_wishes
from corridormap.layers.picture.map.seas import sea_name, seen_waters
from corridormap.layers.picture.placing.offer import Offer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.map.base import Base
    from corridormap.layers.picture.map.flowing import FlowingName
    from corridormap.layers.picture.map.ink import FrameInk
    from corridormap.layers.picture.map.places import Places
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.map.seas import SeenWater
    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.picture.placing.offer import Placed, Wish
    from corridormap.layers.picture.placing.room import Point, Room
    from corridormap.layers.scene.scene import Scene

__all__ = ["Lettering", "Names"]

_NEAREST = 2
"""Names that tell where one that found no room would be."""
_CLEAR_PX = 6.0


@dataclass(frozen=True)
class Names:
    """Names of the base map: countries by ISO code, waters with a place and a rank."""

    countries: Mapping[str, str] = field(default_factory=dict)
    waters: tuple[tuple[str, tuple[float, float], float], ...] = ()


class Lettering:
    """The names of a map frame; none until they are placed.

    Parameters
    ----------
    scene, layout, projection, base
        What is named, the picture's sizes, the frame, and the ground in it.
    room
        What of the frame is taken; the names take theirs.
    detail
        The frame is a detail map.
    """

    def __init__(
        self,
        scene: Scene,
        layout: Layout,
        projection: Projection,
        base: Base,
        room: Room,
        *,
        detail: bool,
    ) -> None:
        self._scene = scene
        self._projection = projection
        self._base = base
        self._room = room
        self._detail = detail
        self._style = LabelStyle(layout, scene.palette, {})
        self._movable: set[str] = set()
        self._placed: list[Placed] = []
        self._dropped: list[Wish] = []
        self._rivers: list[FlowingName] = []
        self._waters: list[SeenWater] = []
        self._seas: list[FlowingName] = []
        self._dots: dict[str, tuple[float, float, bool]] = {}
        self.by_hand: list[str] = []
        """Names put by hand that stand where the rules let none stand."""
        self.unmarked: frozenset[int] = frozenset()
        """Claims about what the frame shows, whose number found no room."""

    def place(
        self,
        places: Places,
        claims: Mapping[int, Sequence[str]],
        names: Names | None,
        furniture: Sequence[Box],
    ) -> None:
        """Find a place for every label that finds room.

        Parameters
        ----------
        places
            How each place stands.
        claims
            The features that each numbered claim is about: the first that has room carries it.
        names
            Names of countries and waters; None names no towns, countries and waters.
        furniture
            What stands in the frame's corners.
        """
        shown = {item.feature.id for item in places.marks.items}
        about = {n: [id_ for id_ in ids if id_ in shown] for n, ids in claims.items()}
        about = {n: ids for n, ids in about.items() if ids}
        ground = [] if names is None else self._ground(places, names, furniture)
        # A line or area that passes through a detail map is put by hand on the map itself.
        marks = places.marks.points if self._detail else ()
        self._movable = {mark.item.feature.id for mark in marks} if self._detail else shown
        put = {id_: self._scene.put[id_] for id_ in self._movable & self._scene.put.keys()}
        carriers = Carriers(places, about, self._style, self._projection, put)
        self._placed, self._dropped = carriers.labelled(ground)
        self.by_hand = broken(self._placed, carriers.breaking)
        self.unmarked = frozenset(set(about) - self.marked)
        for label in self._placed:
            self._room.take(label.box)
        if names is not None:
            self._flow()

    def _flow(self) -> None:
        """Set names along curves: those of seas, in place of upright ones, then those of rivers."""
        upright = {label.wish.id: label for label in self._placed}
        for water in (water for water in self._waters if water.is_sea):
            label = upright.get(water.id)
            if label is not None:
                self._room.give_back(label.box)
            name = sea_name(water, self._room, self._style)
            if name is not None:
                self._seas.append(name)
                self._placed = [placed for placed in self._placed if placed is not label]
            elif label is not None:
                self._room.take(label.box)
        self._rivers = river_names(self._base, self._room, self._style)

    def _ground(self, places: Places, names: Names, furniture: Sequence[Box]) -> list[Offer]:
        """Return what the frame offers to the names of towns, countries and waters."""
        style, box = self._style, self._projection.box
        wishes, self._dots = place_wishes(self._scene, self._projection, style, places.marks)
        # A town under the arrow or beside its N would be named all the same.
        clear_px = _CLEAR_PX * style.layout.unit
        wishes = [wish for wish in wishes if not _under(wish, furniture, clear_px)]
        countries = self._base.countries
        land = shapely.union_all(list(countries.values()))
        wishes += country_wishes(countries, names.countries, style, box)
        self._waters = seen_waters(names.waters, self._projection, land)
        wishes += water_wishes(self._waters, style)
        return [Offer.of(wish, self._room) for wish in wishes]

    @property
    def dropped(self) -> list[DroppedLabel]:
        """Names that found no room, the most important first, each with the nearest that did."""
        placed = [p for p in self._placed if p.wish.text and p.block.rows]
        told = []
        for wish in self._dropped:
            if not (wish.needed and wish.text):
                continue
            at = wish.at or self._projection.box.center
            near = sorted(placed, key=partial(_from, at))
            names = tuple(dict.fromkeys(p.wish.text for p in near))[:_NEAREST]
            told.append(DroppedLabel(wish.id, wish.text, names))
        return told

    @property
    def marked(self) -> frozenset[int]:
        """The claims whose number stands on the map."""
        return frozenset(n for p in self._placed if p.block.numbers for n in p.wish.numbers)

    @property
    def leaders(self) -> list[tuple[Point, Point]]:
        """The lines from places to their names."""
        return [placed.leader for placed in self._placed if placed.leader is not None]

    @property
    def labels(self) -> list[PlacedLabel]:
        """The labels that were placed."""
        return [
            PlacedLabel(p.wish.id, p.wish.text, p.box, p.align, p.wish.pinned, self._of(p))
            for p in self._placed
        ]

    def _of(self, placed: Placed) -> Literal["", "map", "detail"]:
        if placed.wish.id not in self._movable:
            return ""
        return "detail" if self._detail else "map"

    def draw_ground(self, canvas: Canvas, ink: FrameInk, prefix: str) -> None:
        """Draw what lies under the marks: names along curves, and the dots of towns."""
        draw_names(canvas, self._seas, f"{prefix}sea-names")
        draw_names(canvas, self._rivers, f"{prefix}river-names")
        ink.dots(self._dots, {placed.wish.id for placed in self._placed})

    def draw_labels(self, ink: FrameInk) -> None:
        """Draw the labels but for those put by hand."""
        ink.labels([placed for placed in self._placed if not placed.wish.pinned])

    def draw_labels_by_hand(self, ink: FrameInk) -> None:
        """Draw the labels put by hand."""
        if by_hand := [placed for placed in self._placed if placed.wish.pinned]:
            ink.labels(by_hand, "labels-by-hand")


def _under(wish: Wish, furniture: Sequence[Box], gap_px: float) -> bool:
    mark = wish.mark
    return mark is not None and any(box.overlaps(mark, gap_px) for box in furniture)


def _from(at: tuple[float, float], placed: Placed) -> float:
    """Return how far a label stands from a point, in px."""
    return math.dist(placed.box.center, at)
