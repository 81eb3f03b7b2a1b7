"""Arrange a whole picture: head, claims, legend, map and foot, so that all of it fits.

Sizes follow the picture's shorter side. What does not fit is told with fewer words
before it is left out, and what was left out is reported.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from corridormap.layers.picture.map.projection import shape_of
from corridormap.layers.picture.page.claims import ClaimList, Way, set_claims
from corridormap.layers.picture.page.legend import Legend, fit_legend, make_legend
from corridormap.layers.picture.page.words import foot_of, head_of
from corridormap.layers.picture.pen.box import Box

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.page.flow import Flow
    from corridormap.layers.picture.page.legend import LegendRow
    from corridormap.layers.picture.page.printed_code import Foot
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.scene import Scene

__all__ = ["Page", "Text", "arrange", "make_map_legend"]

_MARGIN, _COLUMN, _GUTTER = 32.0, 404.0, 27.0
_OVERHANG = 12.0
"""How far the legend may reach into the gutter."""
_BODY, _MOST_LARGER = 13.5, 1.25
_WIDE_COLUMNS = (0.36, 0.42)
_MAP_FOR_CLAIMS = 0.8
_SHORTEST_MAP = 0.32
_LARGEST_LEGEND = 0.18
_TALLEST_LEGEND = 0.4
_SHORT_MAP, _SHORTER_MAP, _TALLEST_MAP = 0.46, 0.36, 0.58
_TRIES: tuple[Way, ...] = (
    (16, "full"),
    (15, "full"),
    (14, "full"),
    (13, "full"),
    (14.5, "result"),
    (13, "result"),
    (15, "title"),
    (13.5, "title"),
    (16, "line"),
    (15, "line"),
    (14, "line"),
    (13, "line"),
    (12, "line"),
    (13, "sign"),
    (12, "sign"),
    (10.5, "sign"),
    (9, "sign"),
)


class Text(Protocol):
    """What stands beside or below the map."""

    def draw(self, canvas: Canvas, palette: Mapping[str, str], x: float, top: float) -> None:
        """Draw it with its upper left corner at a position."""


@dataclass(frozen=True)
class Page:
    """Where everything of a picture stands, in px."""

    map_box: Box
    title: tuple[Flow, float, float]
    subtitle: tuple[Flow, float, float]
    claims: tuple[Text, float, float] | None
    legend: tuple[Legend, float, float] | None
    """None: the legend stands on the map."""
    foot: tuple[Flow | Foot, float, float]
    rules: tuple[tuple[float, float, float], ...]
    """Left, right, y."""
    omitted: tuple[str, ...]
    told: int | None = None
    """How many claims, the first ones, are told; None: all of them."""


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
    arranged = _beside if layout.resolved == "beside" else _stacked
    page = arranged(scene, layout, layers, ways)
    if page.claims is None and layout.claims and "claims" in page.omitted:
        # Without claims nothing need be said of where they are from.
        without = arranged(scene, replace(layout, claims=False), layers, ways)
        return replace(without, omitted=page.omitted)
    return page


def _beside(
    scene: Scene, layout: Layout, layers: Sequence[LegendRow], ways: Sequence[LegendRow]
) -> Page:
    unit = layout.unit
    # Where text has reached its smallest size, the column keeps its words by growing.
    larger = min(_MOST_LARGER, max(1.0, layout.text_px(_BODY) / (_BODY * unit)))
    width = min(_COLUMN * unit * larger, 0.4 * layout.width_px)
    page = _beside_column(scene, layout, layers, ways, width, (1, 2))
    if page.omitted and layout.claims and scene.claims:
        # All claims in a wider column are worth more than a wider map.
        for share in _WIDE_COLUMNS:
            wide = _beside_column(scene, layout, layers, ways, share * layout.width_px, (2, 3, 4))
            if not wide.omitted:
                return wide
    return page


def _beside_column(
    scene: Scene,
    layout: Layout,
    layers: Sequence[LegendRow],
    ways: Sequence[LegendRow],
    width: float,
    columns: tuple[int, ...],
) -> Page:
    """Return the page with claims and legend in a column of a width in px."""
    unit, margin = layout.unit, _MARGIN * layout.unit
    foot = foot_of(scene, layout, layout.width_px - 2 * margin)
    bottom = layout.height_px - foot.height - 20 * unit
    title, subtitle = head_of(scene, layout, width)
    title_y = 26 * unit
    subtitle_y = title_y + title.height + 8 * unit
    y = subtitle_y + subtitle.height + 14 * unit
    rules = [(margin, margin + width, y)]
    room = bottom - y - 14 * unit
    legend = fit_legend(layers, ways, layout, width + _OVERHANG * unit, room)
    legend_y = bottom - legend.height - 4 * unit
    claims, omitted = _fit_claims(scene, layout, width, legend_y - y - 18 * unit, columns=columns)
    if claims is None:
        legend_y = y + 10 * unit
    else:
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
        told=_told(claims),
    )


def _stacked(
    scene: Scene, layout: Layout, layers: Sequence[LegendRow], ways: Sequence[LegendRow]
) -> Page:
    unit, margin = layout.unit, _MARGIN * layout.unit
    width = layout.width_px - 2 * margin
    foot = foot_of(scene, layout, width)
    foot_y = layout.height_px - foot.height - 10 * unit
    title, subtitle = head_of(scene, layout, width)
    title_y = 22 * unit
    subtitle_y = title_y + title.height + 6 * unit
    top = subtitle_y + subtitle.height + 14 * unit
    legend: Legend | None = None
    below = foot_y - 10 * unit
    claims: ClaimList | None = None
    omitted: tuple[str, ...] = ()
    map_px = layout.width_px * (below - top)
    on_map = layout.resolved == "map" and not layout.legend_below
    if not on_map or _too_large(make_map_legend(layers, ways, layout), map_px):
        legend = make_legend(layers, ways, layout, width)
        wanted = legend.height + 20 * unit
        if below - wanted - top < _SHORTEST_MAP * layout.height_px:
            legend, omitted = None, ("claims",) if scene.claims else ()
    rules: list[tuple[float, float, float]] = []
    claims_y = legend_y = below
    if legend is not None:
        legend_y = below - legend.height - 4 * unit
        room = legend_y - top - 30 * unit
        columns = (1, 2, 3) if width > 1000 * unit else (1, 2)
        if layout.resolved != "map":
            least = _SHORT_MAP * layout.height_px
            claims, omitted = _fit_claims(scene, layout, width, room - least, columns=columns)
            if omitted:
                # All claims, told shortly, are worth some of the map.
                least = max(
                    _SHORTER_MAP * layout.height_px, _MAP_FOR_CLAIMS * _tall_map(scene, layout)
                )
                many = (2,) if layout.narrow else (2, 3, 4)
                claims, omitted = _fit_claims(scene, layout, width, room - least, columns=many)
            if omitted:
                # Not all can be told anyway: what the map needs comes first.
                least = _tall_map(scene, layout)
                fewer = _fit_claims(scene, layout, width, room - least, columns=columns)
                claims, omitted = fewer if fewer[0] is not None else (claims, omitted)
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
        legend=None if legend is None else (legend, margin, legend_y),
        foot=(foot, margin, foot_y),
        rules=tuple(rules),
        omitted=omitted,
        told=_told(claims),
    )


def _told(claims: ClaimList | None) -> int | None:
    return None if claims is None else claims.count


def _tall_map(scene: Scene, layout: Layout) -> float:
    """Return the height that shows the extent as wide as the page, within bounds."""
    tall = shape_of(scene.extent, layout.drawn_in)
    share = tall * layout.width_px / layout.height_px
    return min(_TALLEST_MAP, max(_SHORT_MAP, share)) * layout.height_px


def make_map_legend(
    layers: Sequence[LegendRow], ways: Sequence[LegendRow], layout: Layout
) -> Legend:
    """Return the legend as it stands on the map."""
    most = _TALLEST_LEGEND * layout.height_px
    return fit_legend(layers, ways, layout, 0.6 * layout.width_px, most)


def _too_large(legend: Legend, map_px: float) -> bool:
    return legend.width * legend.height > _LARGEST_LEGEND * map_px


def _fit_claims(
    scene: Scene, layout: Layout, width: float, room: float, *, columns: tuple[int, ...]
) -> tuple[ClaimList | None, tuple[str, ...]]:
    """Return the claims told as fully as the room allows, or None."""
    if not scene.claims or not layout.claims:
        return None, ()
    attempts = _Attempts(scene, layout, width, columns)
    first = bisect_left(attempts, 1, key=lambda tried: int(tried.height <= room))
    if first < len(attempts):
        return attempts[first], ()
    fits: ClaimList | None = None
    least, most = 3, len(scene.claims) - 1
    while least <= most:
        count = (least + most) // 2
        some = replace(scene, claims=scene.claims[:count])
        left_out = len(scene.claims) - count
        way: Way = _TRIES[-1]
        tried = set_claims(some, layout, width, way=way, columns=columns[-1], more=left_out)
        if tried.height <= room:
            fits, least = tried, count + 1
        else:
            most = count - 1
    if fits is None:
        return None, ("claims",)
    return fits, (f"{len(scene.claims) - fits.count} claims",)


@dataclass(frozen=True)
class _Attempts:
    """The claims told ever more briefly, each set when it is asked for."""

    scene: Scene
    layout: Layout
    width: float
    columns: tuple[int, ...]

    def __len__(self) -> int:
        return len(_TRIES)

    def __getitem__(self, index: int) -> ClaimList:
        way = _TRIES[index]
        # Only the shortest telling goes into the narrow columns beside a map.
        counts = self.columns if way[1] == "sign" or self.columns[0] != 1 else self.columns[:1]
        sets = [
            set_claims(self.scene, self.layout, self.width, way=way, columns=count)
            for count in counts
        ]
        return min(sets, key=lambda s: s.height)
