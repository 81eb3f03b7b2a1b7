"""Give every claim's number to a label that has room for it, and place all labels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from corridormap.layers.picture.map.wishes import FeatureWishes
from corridormap.layers.picture.placing.offer import Offer
from corridormap.layers.picture.placing.place import place_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.corridor.layouts import LabelPlace
    from corridormap.layers.picture.map.forms import LabelStyle
    from corridormap.layers.picture.map.places import Places
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.placing.offer import Placed, Wish
    from corridormap.layers.scene.scene import SceneItem

__all__ = ["Carriers"]

_TRIES = 4
"""How often numbers without a spot are given to another carrier."""

Labelled = tuple[list["Placed"], list["Wish"]]
"""The labels that found a place, and those that did not."""


class Carriers:
    """The features that carry the numbers of claims.

    A number stands at the first feature of its claim that has room for it; where none has, at
    the sign beside it, which then counts the feature.

    Parameters
    ----------
    places
        How the frame's places stand.
    about
        The features in the frame that each numbered claim is about.
    style, projection
        How labels look, and the frame.
    put
        Where labels stand that were put by hand, by the feature's id.
    """

    def __init__(
        self,
        places: Places,
        about: Mapping[int, Sequence[str]],
        style: LabelStyle,
        projection: Projection,
        put: Mapping[str, LabelPlace],
    ) -> None:
        self._places = places
        self._about = {number: list(ids) for number, ids in about.items()}
        self._style = style
        marks, stands = places.marks, places.stands
        self._wishes = FeatureWishes(marks, stands, projection, places.scale, put)
        self._offered: dict[Wish, Offer] = {}

    def labelled(self, ground: Sequence[Offer]) -> Labelled:
        """Return all labels, with some of the base map, placed and dropped."""
        best = place_all([*self._carried(), *ground])
        for _ in range(_TRIES):
            if not self._move([wish for wish in best[1] if wish.numbers]):
                break
            best = place_all([*self._carried(), *ground])
        return best

    def _carried(self) -> list[Offer]:
        """Return the offers to the features' labels, none with a number that has no spot."""
        offers = self._offers()
        for _ in range(_TRIES):
            if not self._move([o.wish for o in offers if o.wish.numbers and not len(o.spots)]):
                break
            offers = self._offers()
        return offers

    def _offers(self) -> list[Offer]:
        numbers: dict[str, tuple[int, ...]] = {}
        for number, ids in self._about.items():
            numbers[ids[0]] = (*numbers.get(ids[0], ()), number)
        style = replace(self._style, numbers=numbers)
        wishes = self._wishes.of(style)
        for wish in wishes:
            if wish not in self._offered:
                self._offered[wish] = Offer.of(wish, self._places.room)
        return [self._offered[wish] for wish in wishes]

    def _move(self, stuck: Sequence[Wish]) -> bool:
        """Let numbers be carried elsewhere; tell whether any is."""
        moved = counted = False
        for wish in stuck:
            others = {n: self._about[n][1:] for n in wish.numbers if len(self._about[n]) > 1}
            self._about |= others
            moved |= bool(others)
            if len(others) < len(wish.numbers):
                counted |= self._places.count_beside(*self._where(wish))
        if counted:
            self._wishes.stand(self._places.marks, self._places.stands)
            self._offered = {}
        return moved or counted

    @property
    def breaking(self) -> frozenset[str]:
        """The labels put by hand that stand where none may, by id."""
        return frozenset(
            wish.id for wish, offer in self._offered.items() if offer.breaks and wish.pinned
        )

    def _where(self, wish: Wish) -> tuple[BaseGeometry, list[SceneItem]]:
        """Return where what a label names is, in px, and its items."""
        for stand in self._places.stands:
            if stand.key in wish.owners:
                return shapely.Point(stand.at), [mark.item for mark in stand.marks]
        marks = self._places.marks
        for line in marks.lines:
            if line.item.feature.id == wish.id:
                parts = [part for part in line.parts if len(part) > 1]
                return shapely.MultiLineString(parts), [line.item]
        area = next(mark for mark in marks.areas if mark.item.feature.id == wish.id)
        return area.shape, [area.item]
