"""Let the places of a frame stand, each with its tag where it stands for several."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corridormap.layers.picture.map.standing import counted_nearby, stands
from corridormap.layers.picture.map.tags import tag_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.picture.map.ink import Tag
    from corridormap.layers.picture.map.marks import Marks
    from corridormap.layers.picture.map.standing import Stand
    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.picture.placing.room import Room
    from corridormap.layers.scene.scene import SceneItem

__all__ = ["Places"]


class Places:
    """The places of a frame as they stand.

    Parameters
    ----------
    marks
        What the frame shows.
    room
        Where labels are placed: it is told of signs and tags.
    scale
        How much larger than on the screen signs are.
    """

    def __init__(self, marks: Marks, room: Room, scale: float) -> None:
        self.room = room
        self.scale = scale
        self.tags: list[Tag] = []
        self._boxes: list[Box] = []
        self._given = marks
        inside = [mark for mark in marks.points if not mark.outside]
        self._stand(stands(inside, marks.lines, scale))

    def _stand(self, found: list[Stand]) -> None:
        self.stands = found
        drawn = {(m.item.feature.id, m.part): m for stand in found for m in stand.marks}
        points = [
            m if m.outside else drawn.get((m.item.feature.id, m.part), replace(m, outside=True))
            for m in self._given.points
        ]
        self.marks = replace(self._given, points=tuple(points))
        self.room.clear()
        for box in self._boxes:
            self.room.give_back(box)
        self.tags, self._boxes = [], []
        for stand in found:
            self.room.stand(stand.key, stand.at, stand.half_px)
        for stand in found:
            mark = stand.marks[0]
            count = stand.count + len(self.marks.more.get(mark.item.feature.place, ()))
            if count > 1 and not mark.part:
                tag, box = tag_of(mark, count, self.room, self.scale)
                self.room.take(box)
                self.tags.append(tag)
                self._boxes.append(box)

    def count_beside(self, shape: BaseGeometry, items: Sequence[SceneItem]) -> bool:
        """Count items at the sign beside them ("×2"); tell whether there is one.

        Parameters
        ----------
        shape
            Where they are, in px.
        items
            What has no room for words of its own.
        """
        found = counted_nearby(self.stands, shape, items, self.scale)
        if found == self.stands:
            return False
        self._stand(found)
        return True
