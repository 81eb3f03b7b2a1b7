"""Arrange two maps of one size, a head, a legend and a list, so that the maps are largest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.picture.changes.told import fit_changes
from corridormap.layers.picture.map.projection import shape_of
from corridormap.layers.picture.page.flow import Flow, balanced, wrap
from corridormap.layers.picture.page.legend import Legend, make_legend
from corridormap.layers.picture.page.words import foot_of
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.pen.canvas import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.picture.changes.told import ChangeList
    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.page.legend import LegendRow
    from corridormap.layers.picture.page.printed_code import Foot
    from corridormap.layers.scene.compare import Compared, ToldChange
    from corridormap.layers.scene.scene import Bbox

__all__ = ["ComparedPage", "arrange_compared"]

_MARGIN, _GAP = 32.0, 14.0
_SHORTEST_BESIDE, _SHORTEST, _TALLEST = 0.46, 0.4, 0.7
"""Least and most share of the page's height that both maps have."""
_BESIDE = 1.15
"""From this width by height on the list stands beside the legend, else above it."""
_LEGEND_SHARE = 0.36


@dataclass(frozen=True)
class ComparedPage:
    """Where everything stands, in px; texts with their upper left corners."""

    maps: tuple[Box, Box]
    texts: tuple[tuple[str, Flow, float, float], ...]
    """Each with its role in a tagged PDF."""
    captions: tuple[tuple[Flow, float, float], ...]
    legend: tuple[Legend, float, float]
    told: tuple[ChangeList, float, float] | None
    foot: tuple[Foot, float, float]
    omitted: tuple[str, ...]


def arrange_compared(
    compared: Compared,
    changes: Sequence[ToldChange],
    layout: Layout,
    layers: Sequence[LegendRow],
    ways: Sequence[LegendRow],
) -> ComparedPage:
    """Return where everything stands.

    Parameters
    ----------
    compared, changes, layout
        What is drawn, which of its changes are told, and the size of the picture.
    layers, ways
        Rows of the legend.
    """
    unit, margin = layout.unit, _MARGIN * layout.unit
    width = layout.width_px - 2 * margin
    palette = compared.after.palette
    title, subtitle = _head(compared, layout, width)
    title_y = 20 * unit
    subtitle_y = title_y + title.height + 4 * unit
    top = subtitle_y + subtitle.height + 12 * unit
    foot = foot_of(
        compared.after, layout, width, changes=[i for one in changes for i in one.sources]
    )
    foot_y = layout.height_px - foot.height - 10 * unit
    below = foot_y - 12 * unit
    beside = layout.width_px >= _BESIDE * layout.height_px
    legend = make_legend(layers, ways, layout, (_LEGEND_SHARE if beside else 1.0) * width)
    left = legend.width + 2 * _GAP * unit if beside else 0.0
    spare = below - top - _wanted(compared.after.extent, layout, below - top) - 26 * unit
    least = _SHORTEST_BESIDE if beside else _SHORTEST
    room = below - top - least * layout.height_px - 26 * unit
    if beside:  # what the legend takes is there for the list too
        spare, room = max(spare, legend.height), max(room, legend.height)
    else:
        spare, room = spare - legend.height - 10 * unit, room - legend.height - 10 * unit
    told = fit_changes(changes, layout, palette, width - left, (spare, room))
    told_px = told.height if told else 0.0
    tall = max(legend.height, told_px) if beside else legend.height + told_px + 10 * unit
    band_y = below - tall
    bottom = band_y - 14 * unit
    legend_y = band_y if beside else below - legend.height
    boxes = _boxes(compared.after.extent, layout, top, bottom)
    left_out = len(changes) - (told.count if told else 0)
    return ComparedPage(
        maps=boxes,
        texts=(("H1", title, margin, title_y), ("P", subtitle, margin, subtitle_y)),
        captions=tuple(
            (
                _caption(scene.date_label, word, layout, compared),
                box.left + 12 * unit,
                box.top + 8 * unit,
            )
            for word, scene, box in zip(
                ("Before", "After"), (compared.before, compared.after), boxes, strict=True
            )
        ),
        legend=(legend, margin, legend_y),
        told=None if told is None else (told, margin + left, band_y),
        foot=(foot, margin, foot_y),
        omitted=(f"{left_out} changes",) if left_out else (),
    )


def _head(compared: Compared, layout: Layout, width: float) -> tuple[Flow, Flow]:
    palette, before, after = compared.after.palette, compared.before, compared.after
    size = max(18.0, 30 * layout.unit)
    title = balanced([Words(after.title, size, palette["ink"], bold=True)], width, leading=1.16)
    size, soft = max(13.0, 16 * layout.unit), palette["place_label"]
    runs = [
        Words("What changed from ", size, soft),
        Words(before.date_label, size, palette["text"], bold=True),
        Words(" to ", size, soft),
        Words(after.date_label, size, palette["text"], bold=True),
        Words(f": lit{'' if layout.greyscale else ' in gold'} on both maps", size, soft),
    ]
    return title, balanced(runs, width)


def _caption(date: str, word: str, layout: Layout, compared: Compared) -> Flow:
    size, palette = layout.text_px(16), compared.after.palette
    return wrap(
        [
            Words(f"{word}  ", size, palette["place_label"]),
            Words(date, size, palette["ink"], bold=True),
        ],
        0.9 * layout.width_px,
    )


def _shape(extent: Bbox, layout: Layout) -> float:
    """Return height by width of an extent as it is drawn."""
    return shape_of(extent, layout.drawn_in)


def _wanted(extent: Bbox, layout: Layout, room: float) -> float:
    """Return the height in px that the maps need to be as large as the width allows."""
    tall, gap = _shape(extent, layout), _GAP * layout.unit
    beside = tall * (layout.width_px - gap) / 2
    stacked = 2 * tall * layout.width_px + gap
    ideal = beside if _is_beside(extent, layout, room) else stacked
    return min(_TALLEST * layout.height_px, max(_SHORTEST * layout.height_px, ideal))


def _is_beside(extent: Bbox, layout: Layout, room: float) -> bool:
    """Tell whether both maps are larger side by side than one above the other."""
    tall, gap = _shape(extent, layout), _GAP * layout.unit
    beside = min((layout.width_px - gap) / 2, room / tall)
    stacked = min(layout.width_px, (room - gap) / 2 / tall)
    return beside >= stacked


def _boxes(extent: Bbox, layout: Layout, top: float, bottom: float) -> tuple[Box, Box]:
    gap, width = _GAP * layout.unit, layout.width_px
    if _is_beside(extent, layout, bottom - top):
        half = (width - gap) / 2
        return Box(0, top, half, bottom), Box(half + gap, top, width, bottom)
    half = (bottom - top - gap) / 2
    return Box(0, top, width, top + half), Box(0, top + half + gap, width, bottom)
