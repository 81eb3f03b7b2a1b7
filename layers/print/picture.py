"""Put a whole picture together, draw it once and write it in a format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure

from geo.places import country_names
from geo.waters import waters_in
from layers.looks import Fill, Stroke
from layers.print.box import Box
from layers.print.canvas import Sheet
from layers.print.frame import MapFrame, Names
from layers.print.inset import crowd_extent, draw_links, find_inset_box
from layers.print.furniture import NorthArrow, make_locator, make_scale
from layers.print.layout import Report
from layers.print.legend import legend_rows, make_legend
from layers.print.marks import project_items
from layers.print.page import Page, arrange
from layers.print.projection import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import IO

    from geo.outline import Tier
    from layers.print.canvas import Canvas
    from layers.print.crowd import Crowd
    from layers.print.layout import Layout
    from layers.scene import Bbox, Scene

__all__ = ["Picture", "write"]

_RC: dict[str, Any] = {
    "svg.hashsalt": "corridormap",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "path.simplify": True,
    "text.hinting": "none",
    "text.usetex": False,
    "text.parse_math": False,
    "path.sketch": None,
}
_PX_PER_INCH = 96.0
_DETAIL_FROM = 3
"""Signs in a crowd from which a detail map is worth its room."""
_DETAIL_TIMES = 4.0
"""How many times larger than the map a detail map must be."""


class Picture:
    """A scene laid out on a page.

    Parameters
    ----------
    scene, tiers_of, layout
        What is drawn, the outline for a bbox, and the size.
    """

    def __init__(
        self, scene: Scene, tiers_of: Callable[[Bbox], Sequence[Tier]], layout: Layout
    ) -> None:
        self.scene = scene
        self.layout = layout
        self._tiers_of = tiers_of
        self._names = Names(countries=country_names())
        self._page = self._arranged()
        projection = fit(scene.extent, self._page.map_box)
        self._map = MapFrame(scene, layout, projection, tiers_of(projection.bbox))
        badges = self._badges()
        self._detail: MapFrame | None = None
        self._furnish()
        self._open_detail(badges)
        self._map.settle_crowds()
        near = _around(projection.bbox)
        waters = tuple((w.name, w.at, float(w.rank)) for w in waters_in(near))
        self._map.label(badges, replace(self._names, waters=waters))

    @property
    def report(self) -> Report:
        """What was drawn."""
        frames = [self._map] if self._detail is None else [self._map, self._detail]
        return Report(
            map_box=self._page.map_box,
            map_bbox=self._map.projection.bbox,
            labels=tuple(label for frame in frames for label in frame.labels()),
            dropped=tuple(text for frame in frames for text in frame.dropped),
            furniture=tuple(self._map.furniture),
            omitted=self._page.omitted,
        )

    def _arranged(self) -> Page:
        """Arrange the page; the legend lists what the frame shows, so twice."""
        scene, layout = self.scene, self.layout
        page = arrange(scene, layout, *self._rows(fit(scene.extent, Box(0, 0, 1000, 1000))))
        return arrange(scene, layout, *self._rows(fit(scene.extent, page.map_box)))

    def _rows(self, projection: Any) -> Any:
        marks = project_items(self.scene, projection, scale=self.layout.sign_scale)
        return legend_rows(self.scene, marks)

    def _badges(self) -> dict[str, tuple[str, ...]]:
        """Return the numbers of the claims by the feature that carries each on the map."""
        if self._page.claims is None:
            return {}
        shown = {item.feature.id for item in self._map.marks.items}
        badges: dict[str, tuple[str, ...]] = {}
        for claim in self.scene.claims:
            first = next((feature for feature in claim.features if feature in shown), None)
            if first is not None:
                badges[first] = (*badges.get(first, ()), str(claim.number))
        return badges

    def _furnish(self) -> None:
        """Put north arrow, locator, scale bar and, where it has no other place, the legend."""
        frame, unit, ink = self._map, self.layout.unit, self.scene.palette["ink"]
        box, gap = frame.box, 16 * self.layout.unit
        arrow = NorthArrow(max(0.7, unit), self.layout.text_px(14))
        w, h = arrow.size
        spots = [(box.right - gap - w, box.top + gap), (box.left + gap, box.top + gap),
                 (box.right - gap - w, box.bottom - gap - h)]
        frame.add_furniture(
            "north", (w, h), spots, lambda c, b: arrow.draw(c, ink, b.left, b.top), force=True
        )
        if self._page.legend is None:
            self._legend_on_map(gap)
        located = self._locator(gap)
        scale = make_scale(frame.projection, self.layout)
        w, h = scale.size
        y = box.bottom - gap - h
        spots = [(box.left + gap, y), (box.right - gap - w, y),
                 (box.center[0] - w / 2, y), (box.left + gap, box.top + gap)]
        if located is not None:
            beside = located.right + gap if located.left < box.center[0] else located.left - gap - w
            spots.insert(0, (beside, located.bottom - h if located.bottom > box.center[1] else y))
        frame.add_furniture(
            "scale", (w, h), spots, lambda c, b: scale.draw(c, ink, b.left, b.bottom), force=True
        )

    def _locator(self, gap: float) -> Box | None:
        frame, layout, box = self._map, self.layout, self._map.box
        w, h = 208 * layout.unit, 172 * layout.unit
        if not layout.locator or w > 0.3 * box.width or h > 0.34 * box.height:
            return None
        made = make_locator(
            frame.projection.bbox, Box(0, 0, w, h), self._tiers_of, self.scene,
            self._names.countries, layout,
        )
        if made is None:
            return None
        corners = [(box.left + gap, box.bottom - gap - h), (box.right - gap - w, box.bottom - gap - h),
                   (box.left + gap, box.top + gap), (box.right - gap - w, box.top + gap)]
        return frame.add_furniture(
            "locator", (w, h), corners, lambda c, b: made.at(b).draw(c, self.scene), margin=10.0
        )

    def _open_detail(self, badges: dict[str, tuple[str, ...]]) -> None:
        """Show the crowd that the claims speak of most in a detail map, if there is room."""
        frame, unit = self._map, self.layout.unit
        if not self.layout.detail:
            return

        def told(crowd: Crowd) -> tuple[int, int]:
            ids = [mark.item.feature.id for mark in crowd.marks]
            return sum(len(badges.get(i, ())) for i in ids), len(crowd.places)

        for crowd in sorted(frame.crowds, key=told, reverse=True):
            if len(crowd.places) < _DETAIL_FROM:
                continue
            box = find_inset_box(frame.room, frame.box, crowd.center, unit)
            if box is None:
                continue
            projection = fit(crowd_extent(crowd), box)
            if projection.px_per_degree < _DETAIL_TIMES * frame.projection.px_per_degree:
                continue
            detail = MapFrame(
                self.scene, self.layout, projection, self._tiers_of(projection.bbox),
                names="detail-", spread_out=False,
            )
            scale = make_scale(projection, self.layout, design_px=80, text_px=12)
            w, h = scale.size
            y = box.bottom - h - 8 * unit
            ink = self.scene.palette["ink"]
            detail.add_furniture(
                "detail-scale", (w, h), [(box.left + 10 * unit, y), (box.right - w - 8 * unit, y)],
                lambda c, b: scale.draw(c, ink, b.left, b.bottom), force=True,
            )
            detail.label(badges, self._names)
            west, south, east, north = projection.bbox
            left, top = frame.projection.xy(west, north)
            right, bottom = frame.projection.xy(east, south)
            half = max(7.0 * unit, (right - left) / 2)
            square = Box.around((left + right) / 2, (top + bottom) / 2, half)

            def draw(canvas: Canvas, at: Box) -> None:
                draw_links(canvas, square, at, ink)
                with canvas.group("detail"):
                    detail.draw(canvas)
                canvas.box(at, stroke=Stroke(ink, 1.5))

            frame.open_detail(crowd, box, square, draw)
            self._detail = detail
            return

    def _legend_on_map(self, gap: float) -> None:
        frame, scene, box, unit = self._map, self.scene, self._map.box, self.layout.unit
        legend = make_legend(*legend_rows(scene, frame.marks), self.layout, 0.6 * box.width)
        pad = 12 * unit
        w, h = legend.width + 2 * pad, legend.height + 2 * pad
        spots = [(box.left + gap, box.bottom - gap - h), (box.right - gap - w, box.bottom - gap - h),
                 (box.left + gap, box.top + gap), (box.right - gap - w, box.top + gap)]

        def draw(canvas: Canvas, at: Box) -> None:
            canvas.box(at, fill=Fill("#FFFFFF", 0.96), radius=6 * unit,
                       stroke=Stroke(scene.palette["panel_edge"], 1.0))
            legend.draw(canvas, scene, at.left + pad, at.top + pad)

        frame.add_furniture("legend", (w, h), spots, draw, force=True, margin=8.0)

    def paint(self, canvas: Canvas) -> None:
        """Draw everything."""
        page, scene, layout = self._page, self.scene, self.layout
        canvas.box(Box(0, 0, layout.width_px, layout.height_px), fill=Fill("#FFFFFF"))
        with canvas.group("map"):
            self._map.draw(canvas)
            canvas.box(page.map_box, stroke=Stroke(scene.palette["panel_edge"], 1.0))
        with canvas.group("head"):
            for flow, x, y in (page.title, page.subtitle):
                flow.draw(canvas, x, y)
        for left, right, y in page.rules:
            canvas.line([(left, y), (right, y)], Stroke(scene.palette["ink"], 2.0))
        if page.claims is not None:
            claims, x, y = page.claims
            claims.draw(canvas, scene.palette, x, y)
        if page.legend is not None:
            legend, x, y = page.legend
            legend.draw(canvas, scene, x, y)
        with canvas.group("credits"):
            flow, x, y = page.foot
            flow.draw(canvas, x, y)


def _around(bbox: Bbox) -> Bbox:
    """Return a bbox half as large again on each side: a sea may be named from outside."""
    west, south, east, north = bbox
    dx, dy = (east - west) / 2, (north - south) / 2
    return west - dx, south - dy, east + dx, north + dy


def write(picture: Picture, file: IO[bytes], format: str) -> None:
    """Draw a picture and write it; the same picture gives the same bytes."""
    layout = picture.layout
    inches = (
        (layout.width_px + 1e-6) / _PX_PER_INCH,
        (layout.height_px + 1e-6) / _PX_PER_INCH,
    )
    metadata: dict[str, dict[str, Any]] = {
        "png": {"Software": None},
        "svg": {"Date": None, "Creator": None, "Title": picture.scene.title},
        "pdf": {"CreationDate": None, "Producer": None, "Creator": None,
                "Title": picture.scene.title},
    }
    with mpl.rc_context(_RC):
        figure = Figure(figsize=inches, dpi=layout.dpi, frameon=False)
        figure.add_artist(Sheet(picture.paint, layout.height_px))
        figure.savefig(file, format=format, dpi=layout.dpi, metadata=metadata[format])
