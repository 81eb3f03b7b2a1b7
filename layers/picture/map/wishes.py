"""Say which labels the features of a frame want, and in which forms.

The words and their rank come from the scene; the forms (one row, broken, with a second
row) from the design. It places nothing and draws nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from corridormap.layers.picture.map.labels import Block, Spot, Wish
from corridormap.layers.picture.map.spots import along, around, inside
from corridormap.layers.picture.pen.canvas import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.map.marks import AreaMark, LineMark, Marks, PointMark
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.scene.scene import SceneItem

__all__ = [
    "CAPITAL_RANK",
    "COUNTRY_RANK",
    "PLACE_RANK",
    "TOWN_KINDS",
    "WATER_RANK",
    "LabelStyle",
    "feature_wishes",
]

_HALO_PX = 3.0
_DIM = 0.8
_SECOND_ROW = 7.0
_SHORTER = 2.0
_BROKEN = 2.5
_STACKED = 3.0
_ALONE = 34.0
_AREA_SIZES = ((15, 0.1, 0.0), (13, 0.06, 3.0), (12, 0.0, 5.0))
"""Size, letter spacing in sizes, price."""
TOWN_KINDS = frozenset({"town"})
_HUGE_RING = 46.0
_WIDEST_BAND_PX = 44.0
_ON_LINE_PX = 4.0
_MOVED_PX = 30.0
_TAG_GAP = 15.0
"""What a tag stands out from its sign."""
_SELECTED_RANK, _LIT_RANK, _AREA_RANK, _FEATURE_RANK = 0, 1, 2, 3
CAPITAL_RANK, PLACE_RANK, COUNTRY_RANK, WATER_RANK = 4, 5, 6, 7


@dataclass(frozen=True)
class LabelStyle:
    """Sizes and colours that every label of one frame shares."""

    layout: Layout
    palette: Mapping[str, str]
    badges: Mapping[str, tuple[str, ...]]
    """Claim numbers by feature id."""

    def words(self, text: str, design_px: float, color: str, *, bold: bool = False) -> Words:
        """Return a row with the label's halo."""
        size = self.layout.text_px(design_px)
        return Words(text, size, color, bold=bold, halo_px=max(2.4, _HALO_PX * self.layout.unit))

    @property
    def badge_px(self) -> float:
        """Diameter of a claim number on the map."""
        return max(18.0, 26.0 * self.layout.unit)


def feature_wishes(
    marks: Marks,
    style: LabelStyle,
    projection: Projection,
    *,
    tags: Mapping[str, int] | None = None,
) -> list[Wish]:
    """Return one wish for each place, line and area that has a label or a claim.

    Parameters
    ----------
    marks, style, projection
        What the frame shows, how labels look, and the frame.
    tags
        How many signs one sign stands for, by place; it has a tag at its upper right.
    """
    wishes: list[Wish] = []
    ways = _Ways(marks, style.layout.sign_scale)
    by_place: dict[str, list[PointMark]] = {}
    for mark in marks.points:
        if mark.part == 0 and not mark.outside:
            by_place.setdefault(mark.item.feature.place, []).append(mark)
    for group in by_place.values():
        count = (tags or {}).get(group[0].item.feature.place, 1)
        wishes += _point_wish(group, style, ways, count=count)
    for line in marks.lines:
        wishes += _line_wish(line, style, projection.box)
    for area in marks.areas:
        wishes += _area_wish(area, style, projection.xy)
    return wishes


def _rank(item: SceneItem, base: int) -> tuple[float, ...]:
    rank = {"selected": _SELECTED_RANK, "lit": _LIT_RANK}.get(item.state, base)
    return (rank, item.feature.label.rank if item.feature.label else 999)


class _Ways:
    """The lines of a frame, asked how wide the one at a place is."""

    def __init__(self, marks: Marks, scale: float) -> None:
        lines = [
            (shapely.LineString(part), max((s.width_px for s in mark.sign.strokes), default=0.0))
            for mark in marks.lines
            for part in mark.parts
            if len(part) > 1
        ]
        self._widths = [width * scale for _, width in lines]
        self._tree = shapely.STRtree([line for line, _ in lines])

    def at(self, x: float, y: float) -> float:
        """Return the width in px of the widest line through a point, or 0."""
        near = self._tree.query(shapely.Point(x, y), predicate="dwithin", distance=_ON_LINE_PX)
        return max((self._widths[index] for index in near), default=0.0)


def _point_wish(
    group: list[PointMark], style: LabelStyle, ways: _Ways, *, count: int
) -> list[Wish]:
    labelled = [mark for mark in group if mark.item.feature.label is not None]
    numbers = _numbers([mark.item for mark in group], style)
    if not labelled and not numbers:
        return []
    lead = min(labelled or group, key=lambda mark: _rank(mark.item, _FEATURE_RANK))
    scale = style.layout.sign_scale
    reach = max(mark.sign.radius_px * scale for mark in group)
    ring = 0.0 if lead.at else max((mark.ring_px or 0.0 for mark in group), default=0.0)
    if 0.0 < ring <= _HUGE_RING * scale:
        reach = max(reach, ring)
    town = lead.item.feature.kind in TOWN_KINDS
    blocks = _forms(lead.item, numbers, style, town=town, count=count)
    gap = 3.0 if town else _TAG_GAP * scale if count > 1 else 4.0
    if town:
        # Clear of the ticks of a railway that the town stands on.
        reach = max(reach, 0.5 * ways.at(lead.x, lead.y))
    # A sign at the end of a leader has its name beside it: two leaders in a row confuse.
    far = math.dist(lead.sign_at, (lead.x, lead.y)) > _MOVED_PX * scale
    spots = around(blocks, lead.sign_at, reach, gap=gap, leaders=not (town or far), scale=scale)
    return [_wish(lead.item, spots, PLACE_RANK if town else _FEATURE_RANK)]


def _line_wish(mark: LineMark, style: LabelStyle, frame: Box) -> list[Wish]:
    numbers = _numbers([mark.item], style)
    if mark.item.feature.label is None and not numbers:
        return []
    scale = style.layout.sign_scale
    widest = max((s.width_px for s in mark.sign.strokes), default=2.0) * scale
    # A name stands outside a band, but not out of sight of a line whose band fills the map.
    band = min(mark.band_px or 0.0, widest + _WIDEST_BAND_PX * scale)
    clear = max(widest, band) / 2 + 6.0
    spots = along(_forms(mark.item, numbers, style), mark.parts, clear, frame)
    return [replace(_wish(mark.item, spots, _FEATURE_RANK), patient=True)]


def _area_wish(
    mark: AreaMark, style: LabelStyle, anchor_of: Callable[[float, float], tuple[float, float]]
) -> list[Wish]:
    label = mark.item.feature.label
    numbers = _numbers([mark.item], style)
    if label is None and not numbers:
        return []
    wishes = []
    if label is not None:
        anchor: tuple[float, float] | None = anchor_of(*label.at)
        if anchor is not None and not mark.shape.contains(shapely.Point(anchor)):
            anchor = None
        forms = []
        for design, spacing, price in _AREA_SIZES:
            row = style.words(label.capitals, design, label.color, bold=True)
            forms.append((Block((replace(row, spacing_px=spacing * row.size_px),)), price))
        spots = inside(forms, mark.shape, anchor, slack=6.0)
        wishes.append(_wish(mark.item, spots, _AREA_RANK))
    if numbers:
        alone = [(Block((), numbers, style.badge_px), 0.0)]
        wish = _wish(mark.item, inside(alone, mark.shape, None, slack=6.0), _AREA_RANK)
        wishes.append(replace(wish, id=f"{wish.id}-numbers", text="", rank=(*wish.rank, 1)))
    return wishes


def _wish(item: SceneItem, spots: Iterable[Spot], base: int) -> Wish:
    label = item.feature.label
    return Wish(
        id=item.feature.id,
        text=label.text if label else "",
        rank=_rank(item, base),
        spots=tuple(spots),
        opacity=_DIM if item.state == "dimmed" else 1.0,
    )


def _numbers(items: list[SceneItem], style: LabelStyle) -> tuple[str, ...]:
    found = {int(n) for item in items for n in style.badges.get(item.feature.id, ())}
    return tuple(_runs(sorted(found)))


def _runs(numbers: list[int]) -> Iterator[str]:
    """Yield numbers as text, three or more in a row as one range."""
    start = 0
    while start < len(numbers):
        end = start
        while end + 1 < len(numbers) and numbers[end + 1] == numbers[end] + 1:
            end += 1
        if end - start >= 2:
            yield f"{numbers[start]}–{numbers[end]}"
            start = end + 1
        else:
            yield str(numbers[start])
            start += 1


def _forms(
    item: SceneItem,
    numbers: tuple[str, ...],
    style: LabelStyle,
    *,
    town: bool = False,
    count: int = 1,
) -> list[tuple[Block, float]]:
    """Return the forms of a feature's label with their prices, the best first."""
    badge = style.badge_px
    alone = [(Block((), numbers, badge), _ALONE)] if numbers else []
    label = item.feature.label
    if label is None:
        return alone
    design = 15.5 if item.state == "selected" else 13.5 if town else 14.0
    first = style.words(label.text, design, label.color, bold=not town)
    seconds = _second_rows(item, style, count) if not town else []
    rows: list[tuple[tuple[Words, ...], float]] = [((first,), 0.0)]
    if label.halves:
        rows.append((tuple(replace(first, text=half) for half in label.halves), _BROKEN))
    forms = []
    for second, lost in seconds:
        forms += [(Block((*row, second), numbers, badge), price + lost) for row, price in rows]
    lost = _SECOND_ROW if seconds else 0.0
    forms += [(Block(row, numbers, badge), price + lost) for row, price in rows]
    if numbers:
        forms += [(replace(block, stacked=True), price + _STACKED) for block, price in forms]
    return forms + alone


def _second_rows(item: SceneItem, style: LabelStyle, count: int) -> list[tuple[Words, float]]:
    """Return what may stand below a name with its price, the best first."""
    phase = item.phase
    text = phase.second_selected if item.state == "selected" else phase.second
    rows = [(text, 0.0)] if text else []
    if count > 1:
        more = f"{count - 1} more here"
        rows = [(f"{text}, {more}" if text else more, 0.0), *((text, _SHORTER) for text, _ in rows)]
    color = style.palette["text_second"]
    return [(style.words(row, 12.5, color), price) for row, price in rows]
