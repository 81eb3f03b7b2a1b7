"""Say which labels the features of a frame want, and in which forms.

The words and their rank come from the scene; the forms (one row, broken, with a second
row, all names of a place that several share) from the design. It places nothing and draws
nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.layers.picture.map.by_hand import put_by_hand
from corridormap.layers.picture.map.forms import area_forms, forms_of
from corridormap.layers.picture.map.fullness import Fullness
from corridormap.layers.picture.map.marks import AreaMark, LineMark
from corridormap.layers.picture.map.ways import Ways
from corridormap.layers.picture.placing.areas import inside, widest_point
from corridormap.layers.picture.placing.offer import Wish
from corridormap.layers.picture.placing.spots import along, around, joined_spots, no_spots, on_line
from corridormap.layers.scene.prices import LABEL_PRICES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.corridor.layouts import LabelPlace
    from corridormap.layers.picture.map.forms import LabelStyle
    from corridormap.layers.picture.map.marks import Marks
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.map.standing import Stand
    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.picture.placing.spots import Spots
    from corridormap.layers.scene.scene import SceneItem

__all__ = ["TOWN_KINDS", "FeatureWishes"]

_DIM = 0.8
_ON_LINE = 2.0
"""A number upon the line that has no name to carry it."""
TOWN_KINDS = frozenset({"town"})
_HUGE_RING = 26.0
_WIDEST_BAND_PX = 44.0
_RANKS = LABEL_PRICES.ranks


class FeatureWishes:
    """The labels that the features of a frame want, made again only where they change.

    Parameters
    ----------
    marks, stands
        What the frame shows, and how its places stand.
    projection
        The frame.
    scale
        How much larger than on the screen signs are.
    put
        Where labels stand that were put by hand, by the feature's id.
    """

    def __init__(
        self,
        marks: Marks,
        stands: Sequence[Stand],
        projection: Projection,
        scale: float,
        put: Mapping[str, LabelPlace],
    ) -> None:
        self._projection, self._scale, self._put = projection, scale, put
        self._ways = Ways(marks, scale)
        self._known: dict[Hashable, list[Wish]] = {}
        self.stand(marks, stands)

    def stand(self, marks: Marks, stands: Sequence[Stand]) -> None:
        """Let the frame's places stand, or some of them otherwise than before."""
        self._marks = marks
        self._stands = [stand for stand in stands if not stand.marks[0].part]
        rows = [(*stand.at, stand.radius_px) for stand in stands]
        self._signs = np.array(rows, dtype=np.float64).reshape(-1, 3)
        counted = {item.feature.id for stand in stands for item in stand.counted}
        self._lines = [line for line in marks.lines if line.item.feature.id not in counted]

    def of(self, style: LabelStyle) -> list[Wish]:
        """Return one wish for each place, line and area that has a label or a claim."""
        wishes: list[Wish] = []
        full = Fullness(self._scale)
        for stand in self._stands:
            items = _items_at(stand, self._marks)
            if not full.takes(stand.at, must=self._must(items, style)):
                wishes += _without_spots([mark.item for mark in stand.marks], stand.at)
                continue
            make = partial(_stand_wish, stand, self._marks, style, self._ways)
            key = (stand, style.numbers_of(items))
            wishes += self._made(key, make, stand)
        signs = self._signs.tobytes()
        frame = self._projection.box
        for line in sorted(self._lines, key=lambda line: _rank(line.item, _RANKS.feature)):
            at = _middle(line)
            if not full.takes(at, must=self._must([line.item], style)):
                wishes += _without_spots([line.item], at)
                continue
            make = partial(_line_wish, line, style, frame, self._ways, self._signs)
            wishes += self._made((id(line), style.numbers_of([line.item]), signs), make, line)
        for area in self._marks.areas:
            make = partial(_area_wish, area, style, self._projection)
            wishes += self._made((id(area), style.numbers_of([area.item])), make, area)
        return wishes

    def _must(self, items: Sequence[SceneItem], style: LabelStyle) -> bool:
        """Tell whether a label is looked at however full the map: by hand, marked, or chosen."""
        return bool(style.numbers_of(items)) or any(
            item.feature.id in self._put or item.state in {"lit", "selected"} for item in items
        )

    def _made(
        self,
        key: Hashable,
        make: Callable[[], list[Wish]],
        mark: Stand | LineMark | AreaMark,
    ) -> list[Wish]:
        if key not in self._known:
            self._known[key] = [self._stood(wish, mark) for wish in make()]
        return self._known[key]

    def _stood(self, wish: Wish, mark: Stand | LineMark | AreaMark) -> Wish:
        """Return a wish as the rules have it, or for where it was put by hand."""
        if wish.id not in self._put:
            return wish
        half_px = getattr(mark, "half_px", (0.0, 0.0))
        place = self._put[wish.id]
        return put_by_hand(wish, place, self._projection, _shape(mark), half_px, self._scale)


def _shape(mark: Stand | LineMark | AreaMark) -> BaseGeometry:
    """Return what a label names, in px."""
    if isinstance(mark, AreaMark):
        return mark.shape
    if isinstance(mark, LineMark):
        return shapely.MultiLineString([part for part in mark.parts if len(part) > 1])
    return shapely.Point(mark.at)


def _items_at(stand: Stand, marks: Marks) -> list[SceneItem]:
    """Return what stands at a place, and what is counted there."""
    place = stand.marks[0].item.feature.place
    items = [mark.item for mark in (*stand.marks, *marks.more.get(place, ()))]
    for item in stand.counted:
        items += [item, *(mark.item for mark in marks.more.get(item.feature.place, ()))]
    return items


def _rank(item: SceneItem, base: int) -> tuple[float, ...]:
    rank = {"selected": _RANKS.selected, "lit": _RANKS.lit}.get(item.state, base)
    return (rank, item.feature.label.rank if item.feature.label else 999)


def _stand_wish(stand: Stand, marks: Marks, style: LabelStyle, ways: Ways) -> list[Wish]:
    place = stand.marks[0].item.feature.place
    here = [*stand.marks, *marks.more.get(place, ())]
    items = _items_at(stand, marks)
    numbers = style.numbers_of(items)
    labelled = [mark for mark in here if mark.item.feature.label is not None]
    if not labelled and not numbers and not stand.counted:
        return []
    lead = min(labelled or here, key=lambda mark: _rank(mark.item, _RANKS.feature))
    scale = style.layout.sign_scale
    reach = stand.radius_px
    ring = max((mark.ring_px or 0.0 for mark in stand.marks), default=0.0)
    if 0.0 < ring <= _HUGE_RING * scale and not lead.dot:
        reach = max(reach, ring)
    town = lead.item.feature.kind in TOWN_KINDS
    named = _named(lead.item, items)
    count = stand.count - 1 + len(marks.more.get(place, ()))
    forms = forms_of(named, numbers, style, town=town, more=count)
    gap = 3.0 if town else 4.0
    if town:
        # Clear of the ticks of a railway that the town stands on.
        reach = max(reach, 0.5 * ways.at(lead.x, lead.y))
    spots = around(
        forms,
        stand.at,
        reach,
        gap=gap,
        sign=None if town and not numbers else stand.half_px,
        scale=scale,
    )
    wish = _wish(lead.item, spots, _RANKS.place if town and not numbers else _RANKS.feature)
    owners = frozenset({stand.key})
    return [replace(wish, at=stand.at, owners=owners, numbers=numbers)]


def _named(lead: SceneItem, every: Sequence[SceneItem]) -> list[SceneItem]:
    """Return the items whose names a place may carry, the lead's first, each name once."""
    texts: dict[str, SceneItem] = {lead.feature.label.text if lead.feature.label else "": lead}
    for item in sorted(every, key=lambda item: _rank(item, _RANKS.feature)):
        if item.feature.label is not None:
            texts.setdefault(item.feature.label.text, item)
    return list(texts.values())


def _line_wish(
    mark: LineMark, style: LabelStyle, frame: Box, ways: Ways, signs: NDArray[np.float64]
) -> list[Wish]:
    numbers = style.numbers_of([mark.item])
    if mark.item.feature.label is None and not numbers:
        return []
    scale = style.layout.sign_scale
    widest = max((s.width_px for s in mark.sign.strokes), default=2.0) * scale
    # A name stands outside a band, but not out of sight of a line whose band fills the map.
    band = min(mark.band_px or 0.0, widest + _WIDEST_BAND_PX * scale)
    clear = max(widest, band) / 2 + 6.0
    forms = forms_of([mark.item], numbers, style, town=False, more=0)
    blocks = tuple(block for block, _ in forms)
    spots = along(forms, mark.parts, clear, frame, signs=signs, scale=scale)
    if numbers:
        upon = on_line(blocks, len(forms) - 1, forms[-1][1] + _ON_LINE, mark.parts, frame)
        # A number alone stands upon its line, as a road's does, or has a leader.
        kept = (spots.form != len(forms) - 1) | ~np.isnan(spots.leaders[:, 0])
        spots = joined_spots([spots.some(kept), upon])
    own_px, spots = ways.nearest(mark, spots)
    wish = _wish(mark.item, spots, _RANKS.feature)
    wish = replace(wish, at=_middle(mark), own_px=own_px)
    return [replace(wish, patient=True, numbers=numbers)]


def _middle(mark: LineMark) -> tuple[float, float]:
    """Return the middle of a line's longest part, in px."""
    part = shapely.LineString(max(mark.parts, key=len))
    middle = shapely.line_interpolate_point(part, 0.5, normalized=True)
    return middle.x, middle.y


def _without_spots(items: Sequence[SceneItem], at: tuple[float, float]) -> list[Wish]:
    """Return the label of what stands where the map is full: it is told as one without room."""
    labelled = [item for item in items if item.feature.label is not None]
    lead = min(labelled, key=lambda item: _rank(item, _RANKS.feature), default=None)
    if lead is None:
        return []
    return [replace(_wish(lead, no_spots(()), _RANKS.feature), at=at)]


def _area_wish(mark: AreaMark, style: LabelStyle, projection: Projection) -> list[Wish]:
    label = mark.item.feature.label
    numbers = style.numbers_of([mark.item])
    frame = projection.box
    shown = shapely.intersection(
        shapely.make_valid(mark.shape),
        shapely.box(frame.left, frame.top, frame.right, frame.bottom),
    )
    # Beyond the frame nothing of it is drawn: no leader starts there.
    seen = [p for p in shapely.get_parts(shown) if p.geom_type == "Polygon" and p.area > 1.0]
    if not seen or (label is None and not numbers):
        return []
    forms = area_forms(label, numbers, style)
    anchor = projection.xy(*label.at) if label is not None else None
    piece = max(seen, key=lambda part: part.area)
    if anchor is not None:
        at = shapely.Point(anchor)
        piece = next((part for part in seen if part.contains(at)), piece)
        anchor = anchor if piece.contains(at) else None
    within = inside(forms, piece, anchor, slack=6.0)
    middle = anchor or widest_point(piece)
    scale = style.layout.sign_scale
    outside = around(forms, middle, 0.0, gap=12.0, sign=(0.0, 0.0), scale=scale)
    led = outside.some(~np.isnan(outside.leaders[:, 0]))
    spots = joined_spots([within, led])
    wish = _wish(mark.item, spots, _RANKS.area)
    own_px = np.zeros(len(spots))
    return [replace(wish, at=middle, own_px=own_px, numbers=numbers)]


def _wish(item: SceneItem, spots: Spots, base: int) -> Wish:
    label = item.feature.label
    return Wish(
        id=item.feature.id,
        text=label.text if label else "",
        rank=_rank(item, base),
        spots=spots,
        opacity=_DIM if item.state == "dimmed" else 1.0,
    )
