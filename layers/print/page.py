"""Arrange a whole picture: head, claims, legend, map and foot, so that all of it fits.

Sizes follow the picture's shorter side. What does not fit is told with fewer words
before it is left out, and what was left out is reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.print.box import Box
from layers.print.canvas import Words
from layers.print.claims import ClaimList, Detail, set_claims
from layers.print.flow import Flow, balanced, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.print.layout import Layout
    from layers.print.legend import LegendRow
    from layers.scene import Scene

from layers.print.legend import Legend, make_legend

__all__ = ["Page", "arrange"]

_MARGIN, _COLUMN, _GUTTER = 32.0, 404.0, 27.0
_SHORT_MAP = 0.46
_TRIES: tuple[tuple[float, Detail], ...] = (
    (16, "full"), (15, "full"), (14, "full"), (13, "full"),
    (14.5, "result"), (13, "result"),
    (15, "title"), (13.5, "title"),
    (16, "line"), (15, "line"), (14, "line"), (13, "line"), (12, "line"),
)


@dataclass(frozen=True)
class Page:
    """Where everything of a picture stands, in px."""

    map_box: Box
    title: tuple[Flow, float, float]
    subtitle: tuple[Flow, float, float]
    claims: tuple[ClaimList, float, float] | None
    legend: tuple[Legend, float, float] | None
    """None: the legend stands on the map."""
    foot: tuple[Flow, float, float]
    rules: tuple[tuple[float, float, float], ...]
    """Left, right, y."""
    omitted: tuple[str, ...]


def arrange(
    scene: Scene, layout: Layout, layers: Sequence[LegendRow], ways: Sequence[LegendRow]
) -> Page:
    """Return where everything stands.

    Parameters
    ----------
    scene, layout
        What is told, and the size of the picture.
    layers, ways
        Rows of the legend.
    """
    if layout.resolved == "beside":
        return _beside(scene, layout, layers, ways)
    return _stacked(scene, layout, layers, ways)


def _beside(
    scene: Scene, layout: Layout, layers: Sequence[LegendRow], ways: Sequence[LegendRow]
) -> Page:
    unit, margin = layout.unit, _MARGIN * layout.unit
    width = min(_COLUMN * unit, 0.42 * layout.width_px)
    width = max(width, min(232.0, 0.42 * layout.width_px))
    foot = _foot(scene, layout, layout.width_px - 2 * margin)
    bottom = layout.height_px - foot.height - 20 * unit
    title, subtitle = _head(scene, layout, width)
    title_y = 26 * unit
    subtitle_y = title_y + title.height + 8 * unit
    y = subtitle_y + subtitle.height + 14 * unit
    rules = [(margin, margin + width, y)]
    legend = make_legend(layers, ways, layout, width)
    legend_y = bottom - legend.height - 4 * unit
    claims, omitted = _fit_claims(scene, layout, width, legend_y - y - 18 * unit, columns=(1,))
    if claims is None:
        legend_y = y + 10 * unit
    elif legend.columns:
        rules.append((margin, margin + width, legend_y - 8 * unit))
    return Page(
        map_box=Box(margin + width + _GUTTER * unit, 0, layout.width_px, bottom),
        title=(title, margin, title_y),
        subtitle=(subtitle, margin, subtitle_y),
        claims=None if claims is None else (claims, margin, y + 5 * unit),
        legend=(legend, margin, legend_y),
        foot=(foot, margin, bottom + 10 * unit),
        rules=tuple(rules),
        omitted=omitted,
    )


def _stacked(
    scene: Scene, layout: Layout, layers: Sequence[LegendRow], ways: Sequence[LegendRow]
) -> Page:
    unit, margin = layout.unit, _MARGIN * layout.unit
    width = layout.width_px - 2 * margin
    foot = _foot(scene, layout, width)
    foot_y = layout.height_px - foot.height - 10 * unit
    title, subtitle = _head(scene, layout, width)
    title_y = 22 * unit
    subtitle_y = title_y + title.height + 6 * unit
    top = subtitle_y + subtitle.height + 14 * unit
    on_map = layout.resolved == "map"
    legend = make_legend(layers, ways, layout, width)
    below = foot_y - 10 * unit
    claims, omitted, rules, claims_y = None, (), [], 0.0
    if not on_map:
        legend_y = below - legend.height - 4 * unit
        least = _SHORT_MAP * layout.height_px
        room = legend_y - top - least - 30 * unit
        columns = (1, 2, 3) if width > 1000 * unit else (1, 2)
        claims, omitted = _fit_claims(scene, layout, width, room, columns=columns)
        below = legend_y - 16 * unit
        if claims is not None:
            rules.append((margin, margin + width, legend_y - 8 * unit))
            claims_y = below - claims.height - 4 * unit
            below = claims_y - 12 * unit
    return Page(
        map_box=Box(0, top, layout.width_px, below),
        title=(title, margin, title_y),
        subtitle=(subtitle, margin, subtitle_y),
        claims=None if claims is None else (claims, margin, claims_y),
        legend=None if on_map else (legend, margin, legend_y),
        foot=(foot, margin, foot_y),
        rules=tuple(rules),
        omitted=omitted,
    )


def _head(scene: Scene, layout: Layout, width: float) -> tuple[Flow, Flow]:
    palette = scene.palette
    size = max(18.0, 33 * layout.unit)
    title = balanced([Words(scene.title, size, palette["ink"], bold=True)], width, leading=1.16)
    size = max(13.0, 17 * layout.unit)
    lead = f"{scene.summary.rstrip('.')}, as known on " if scene.summary else "As known on "
    runs = [
        Words(lead, size, palette["place_label"]),
        Words(scene.date_label, size, palette["text"], bold=True),
    ]
    return title, balanced(runs, width)


def _foot(scene: Scene, layout: Layout, width: float) -> Flow:
    palette, size = scene.palette, layout.text_px(13)
    strong, soft = palette["text"], palette["text_second"]
    note = scene.boundary_note.rstrip(".")
    runs = [
        Words("Map: ", size, strong, bold=True),
        Words("; ".join(scene.credits) + ". Web Mercator. ", size, soft),
    ]
    if note:
        runs.append(Words(f"{note}. ", size, soft))
    runs.append(Words("Made with Corridormap.", size, soft))
    return wrap(runs, width, leading=1.45)


def _fit_claims(
    scene: Scene, layout: Layout, width: float, room: float, *, columns: tuple[int, ...]
) -> tuple[ClaimList | None, tuple[str, ...]]:
    """Return the claims told as fully as the room allows, or None."""
    if not scene.claims or not layout.claims:
        return None, ()
    for tried in _attempts(scene, layout, width, columns):
        if tried.height <= room:
            return tried, ()
    return None, ("claims",)


def _attempts(
    scene: Scene, layout: Layout, width: float, columns: tuple[int, ...]
) -> Iterator[ClaimList]:
    for design_px, detail in _TRIES:
        sets = [
            set_claims(scene, layout, width, design_px=design_px, detail=detail, columns=count)
            for count in columns
        ]
        yield min(sets, key=lambda s: s.height)
