"""Reckon which spots of all labels one label would meet where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corridormap.layers.picture.placing.meeting import (
    boxes_meet,
    run_through,
    segments_cross,
    segments_meet_boxes,
)
from corridormap.layers.picture.placing.offer import GAP_PX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corridormap.layers.picture.placing.offer import Offer

__all__ = ["Meets"]


class Meets:
    """Which spots of all offers a label meets at a spot, reckoned when it is first asked."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        sizes = [len(offer.spots) for offer in offers]
        self.starts = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
        # By columns, as they are compared.
        self._boxes = np.asfortranarray(np.concatenate([offer.spots.boxes for offer in offers]))
        self._leaders = np.concatenate([offer.spots.leaders for offer in offers])
        self._led = np.flatnonzero(~np.isnan(self._leaders[:, 0]))
        lines = self._leaders[self._led]
        self._lines = lines
        ends = np.minimum(lines[:, :2], lines[:, 2:]), np.maximum(lines[:, :2], lines[:, 2:])
        self._bounds = np.asfortranarray(np.hstack(ends))
        marks = [offer.wish.mark for offer in offers]
        self._marked = np.flatnonzero([mark is not None for mark in marks])
        self._marks = np.array([(m.left, m.top, m.right, m.bottom) for m in marks if m])
        self._known: dict[tuple[int, int], NDArray[np.bool_]] = {}

    def by(self, index: int, row: int) -> NDArray[np.bool_]:
        """Return whether a label at a spot meets each spot of the others, (n,)."""
        key = index, row
        if key not in self._known:
            self._known[key] = self._reckon(index, row)
        return self._known[key]

    def _reckon(self, index: int, row: int) -> NDArray[np.bool_]:
        spot = self.starts[index] + row
        box, line = self._boxes[spot : spot + 1], self._leaders[spot : spot + 1]
        met = boxes_meet(self._boxes, box, GAP_PX)[:, 0]
        near = np.flatnonzero(boxes_meet(self._bounds, box)[:, 0])
        met[self._led[near]] |= run_through(self._lines[near], box)
        if not np.isnan(line[0, 0]):
            ends = line.reshape(2, 2)
            bound = np.concatenate([ends.min(axis=0), ends.max(axis=0)])[None]
            near = np.flatnonzero(boxes_meet(self._boxes, bound)[:, 0] & ~met)
            met[near] = run_through(line, self._boxes[near])
            near = np.flatnonzero(boxes_meet(self._bounds, bound)[:, 0])
            met[self._led[near]] |= segments_cross(self._lines[near], line)[:, 0]
        if len(self._marked):
            self._meet_marks(index, met, box, line)
        met[self.starts[index] : self.starts[index + 1]] = False
        return met

    def _meet_marks(
        self,
        index: int,
        met: NDArray[np.bool_],
        box: NDArray[np.float64],
        line: NDArray[np.float64],
    ) -> None:
        """Let a label and the dots that are drawn only with their names meet."""
        hit = boxes_meet(self._marks, box, 2 * GAP_PX)[:, 0]
        if not np.isnan(line[0, 0]):
            hit |= segments_meet_boxes(line, self._marks)[0]
        for other in self._marked[hit]:
            met[self.starts[other] : self.starts[other + 1]] = True
        own = np.flatnonzero(self._marked == index)
        if len(own):
            mark = self._marks[own]
            met |= boxes_meet(self._boxes, mark, 2 * GAP_PX)[:, 0]
            near = np.flatnonzero(boxes_meet(self._bounds, mark)[:, 0])
            met[self._led[near]] |= run_through(self._lines[near], mark)
