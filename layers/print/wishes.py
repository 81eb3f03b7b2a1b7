"""Say which labels a map wants and in which forms: features, places, countries, waters.

The words and their rank come from the scene; the forms (one row, broken, with a second
row) from the design. It places nothing and draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from layers.print.box import Box
from layers.print.canvas import Words
from layers.print.labels import Block, Spot, Wish
from layers.print.spots import along, around, inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from layers.print.layout import Layout
    from layers.print.marks import AreaMark, LineMark, Marks, PointMark
    from layers.print.projection import Projection
    from layers.scene import Scene, SceneItem

__all__ = ["LabelStyle", "country_wishes", "feature_wishes", "place_wishes", "water_wishes"]

_HALO_PX = 3.0
_DIM = 0.8
_SECOND_ROW = 7.0
_BROKEN = 2.5
_TOWN_KINDS = frozenset({"town"})
_HUGE_RING = 46.0
_SAME_PLACE_PX, _CROWDED_PX = 9.0, 34.0
_COUNTRY_AIR_PX = 10.0
_SELECTED_RANK, _LIT_RANK, _AREA_RANK, _FEATURE_RANK = 0, 1, 2, 3
_CAPITAL_RANK, _PLACE_RANK, _COUNTRY_RANK, _WATER_RANK = 4, 5, 6, 7


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
    marks: Marks, style: LabelStyle, projection: Projection
) -> list[Wish]:
    """Return one wish for each place, line and area that has a label or a claim.

    Parameters
    ----------
    marks, style, projection
        What the frame shows, how labels look, and the frame.
    """
    wishes: list[Wish] = []
    by_place: dict[str, list[PointMark]] = {}
    for mark in marks.points:
        if mark.part == 0:
            by_place.setdefault(mark.item.feature.place, []).append(mark)
    for group in by_place.values():
        wishes += _point_wish(group, style)
    for line in marks.lines:
        wishes += _line_wish(line, style, projection.box)
    for area in marks.areas:
        wishes += _area_wish(area, style, projection.xy)
    return wishes


def _rank(item: SceneItem, base: int) -> tuple[float, ...]:
    rank = {"selected": _SELECTED_RANK, "lit": _LIT_RANK}.get(item.state, base)
    return (rank, item.feature.label.rank if item.feature.label else 999)


def _point_wish(group: list[PointMark], style: LabelStyle) -> list[Wish]:
    labelled = [mark for mark in group if mark.item.feature.label is not None]
    numbers = _numbers([mark.item for mark in group], style)
    if not labelled and not numbers:
        return []
    lead = min(labelled or group, key=lambda mark: _rank(mark.item, _FEATURE_RANK))
    scale = style.layout.sign_scale
    reach = max(mark.sign.radius_px * scale for mark in group)
    x, y = lead.sign_at
    ring = 0.0 if lead.at else max((mark.ring_px or 0.0 for mark in group), default=0.0)
    if 0.0 < ring <= _HUGE_RING * scale:
        reach = max(reach, ring)
    town = lead.item.feature.kind in _TOWN_KINDS
    blocks = _forms(lead.item, numbers, style, town=town)
    gap = 3.0 if town else 4.0
    spots = around(blocks, x, y, reach, gap=gap, leaders=not town, scale=scale)
    return [_wish(lead.item, spots, _PLACE_RANK if town else _FEATURE_RANK)]


def _line_wish(mark: LineMark, style: LabelStyle, frame: Box) -> list[Wish]:
    numbers = _numbers([mark.item], style)
    if mark.item.feature.label is None and not numbers:
        return []
    widest = max((s.width_px for s in mark.sign.strokes), default=2.0) * style.layout.sign_scale
    clear = max(widest, mark.band_px or 0.0) / 2 + 6.0
    spots = along(_forms(mark.item, numbers, style), mark.parts, clear, frame)
    return [_wish(mark.item, spots, _FEATURE_RANK)]


def _area_wish(
    mark: AreaMark, style: LabelStyle, anchor_of: Callable[[float, float], tuple[float, float]]
) -> list[Wish]:
    label = mark.item.feature.label
    numbers = _numbers([mark.item], style)
    if label is None and not numbers:
        return []
    blocks = []
    if label is not None:
        row = style.words(label.text.upper(), 15, label.color, bold=True)
        spaced = replace(row, spacing_px=0.1 * row.size_px)
        small = style.words(label.text, 13, label.color, bold=True)
        blocks = [(Block((spaced,), numbers, style.badge_px), 0.0),
                  (Block((small,), numbers, style.badge_px), 4.0)]
    if numbers:
        blocks.append((Block((), numbers, style.badge_px), 40.0))
    anchor = anchor_of(*label.at) if label is not None else None
    if anchor is not None and not mark.shape.contains(shapely.Point(anchor)):
        anchor = None
    return [_wish(mark.item, inside(blocks, mark.shape, anchor, slack=4.0), _AREA_RANK)]


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
    item: SceneItem, numbers: tuple[str, ...], style: LabelStyle, *, town: bool = False
) -> list[tuple[Block, float]]:
    """Return the forms of a feature's label with their prices, the best first."""
    badge = style.badge_px
    alone = [(Block((), numbers, badge), 40.0)] if numbers else []
    label = item.feature.label
    if label is None:
        return alone
    design = 15.5 if item.state == "selected" else 13.5 if town else 14.0
    first = style.words(label.text, design, label.color, bold=not town)
    second = _second_row(item, style) if not town else None
    rows = [((first,), 0.0)]
    rows += [(broken, _BROKEN) for broken in _broken(first)]
    forms = []
    if second is not None:
        forms += [(Block((*row, second), numbers, badge), price) for row, price in rows]
    lost = _SECOND_ROW if second is not None else 0.0
    forms += [(Block(row, numbers, badge), price + lost) for row, price in rows]
    return forms + alone


def _second_row(item: SceneItem, style: LabelStyle) -> Words | None:
    text = ""
    if item.phase.look != "operating":
        text = item.phase.status_label.lower()
    elif item.feature.position.ring_m:
        metres = item.feature.position.uncertainty_m
        text = f"±{metres / 1000:g} km" if metres >= 1000 else f"±{metres:g} m"
    return style.words(text, 12.5, style.palette["text_second"]) if text else None


def _broken(row: Words) -> list[tuple[Words, ...]]:
    """Break a double name after its dash, a long one at the space nearest its middle."""
    text = row.text
    dash = text.find("–")
    if 0 < dash < len(text) - 1:
        return [(replace(row, text=text[: dash + 1]), replace(row, text=text[dash + 1 :]))]
    spaces = [i for i, letter in enumerate(text) if letter == " "]
    if len(text) < 14 or not spaces:
        return []
    cut = min(spaces, key=lambda i: abs(i - len(text) / 2))
    return [(replace(row, text=text[:cut]), replace(row, text=text[cut + 1 :]))]


def place_wishes(
    scene: Scene, projection: Projection, style: LabelStyle, marks: Marks
) -> tuple[list[Wish], dict[str, tuple[float, float, bool]]]:
    """Return wishes for places of the base map, and their dots by wish id.

    A place goes when a feature beside it says the same name.
    """
    wishes: list[Wish] = []
    dots: dict[str, tuple[float, float, bool]] = {}
    named = [(m.item.feature.label.text, m.x, m.y) for m in marks.points if m.item.feature.label]
    scale = style.layout.unit
    held = [(m.x, m.y) for m in marks.points if m.item.feature.kind in _TOWN_KINDS]
    for place in scene.places:
        if place.min_zoom > projection.zoom + 0.2:
            continue
        x, y = projection.xy(*place.at)
        if not projection.box.grown(-4).has(x, y) or _said(place.name, x, y, named, scale):
            continue
        if _near(x, y, held, _SAME_PLACE_PX * scale) or _near(
            x, y, [dot[:2] for dot in dots.values()], _CROWDED_PX * scale
        ):
            continue
        row = style.words(place.name, 13.5, style.palette["place_label"])
        rank = (_CAPITAL_RANK if place.capital else _PLACE_RANK, place.rank)
        key = f"place:{place.name}"
        if key in dots:
            continue
        dots[key] = (x, y, place.capital)
        spots = around([(Block((row,)), 0.0)], x, y, 3.0 * scale, gap=4.0, leaders=False)
        dot = Box.around(x, y, 2.0 * scale)
        spots = tuple(spot for spot in spots if not spot.box.overlaps(dot))
        wishes.append(Wish(key, place.name, rank, spots, needed=False, most=9.0, mark=dot))
    return wishes, dots


def _near(x: float, y: float, others: Iterable[tuple[float, float]], reach: float) -> bool:
    return any(abs(x - ox) < reach and abs(y - oy) < reach for ox, oy in others)


def _said(
    name: str, x: float, y: float, named: Sequence[tuple[str, float, float]], scale: float
) -> bool:
    near = 36.0 * scale
    return any(name in text and abs(px - x) < near and abs(py - y) < near for text, px, py in named)


def country_wishes(
    countries: Mapping[str, BaseGeometry], names: Mapping[str, str], style: LabelStyle, frame: Box
) -> list[Wish]:
    """Return wishes for country names, each wholly inside its visible part."""
    wishes = []
    color = style.palette["country_label"]
    window = shapely.box(frame.left, frame.top, frame.right, frame.bottom)
    for iso, shape in countries.items():
        name = names.get(iso)
        seen = shapely.intersection(shapely.simplify(shape, 3.0).buffer(0), window)
        if not name or seen.is_empty:
            continue
        part = max(shapely.get_parts(seen), key=lambda p: p.area)
        if part.area < 2500.0 or part.geom_type != "Polygon":
            continue
        blocks = []
        for design, spacing, price in ((20, 0.32, 0.0), (17, 0.25, 1.0), (15, 0.2, 2.0), (13, 0.1, 4.0)):
            row = style.words(name.upper(), design, color)
            row = replace(row, spacing_px=spacing * row.size_px)
            if part.area > 60.0 * row.width * row.size_px or design <= 15:
                blocks.append((Block((row,)), price))
        spots = tuple(inside(blocks, part, None, air=_COUNTRY_AIR_PX))
        rank = (_COUNTRY_RANK, -part.area)
        wishes.append(Wish(f"country:{iso}", name, rank, spots, needed=False, most=24.0))
    return wishes


def water_wishes(
    waters: Iterable[tuple[str, tuple[float, float], float]],
    projection: Projection,
    style: LabelStyle,
    land: BaseGeometry,
) -> list[Wish]:
    """Return wishes for names of seas and lakes, in italics, on the water."""
    frame = projection.box
    wishes = []
    water = shapely.difference(shapely.box(frame.left, frame.top, frame.right, frame.bottom), land)
    for name, at, rank in waters:
        x, y = projection.xy(*at)
        near = _water_at(water, x, y, frame)
        if near is None:
            continue
        blocks = []
        for design, price in ((18, 0.0), (15, 2.0), (13, 4.0)):
            row = style.words(name, design, style.palette["water_label"])
            row = replace(row, italic=True, spacing_px=0.11 * row.size_px, halo_px=0.0)
            blocks.append((Block((row,)), price))
            halves = _broken(replace(row, text=name)) if " " in name else []
            cut = name.rfind(" ")
            if not halves and cut > 0:
                halves = [(replace(row, text=name[:cut]), replace(row, text=name[cut + 1 :]))]
            blocks += [(Block(rows), price + 1.0) for rows in halves]
        anchor = (x, y) if near.contains(shapely.Point(x, y)) else None
        spots = tuple(inside(blocks, near, anchor))
        wishes.append(
            Wish(f"water:{name}", name, (_WATER_RANK, rank), spots, needed=False, most=24.0)
        )
    return wishes


def _water_at(water: BaseGeometry, x: float, y: float, frame: Box) -> BaseGeometry | None:
    """Return the piece of visible water that a name belongs to."""
    pieces = [p for p in shapely.get_parts(water) if p.geom_type == "Polygon"]
    if not pieces:
        return None
    point = shapely.Point(x, y)
    near = min(pieces, key=lambda p: p.distance(point))
    reach = 0.0 if frame.has(x, y) else max(frame.width, frame.height)
    return near if near.distance(point) <= max(reach, 4.0) else None
