"""Put a whole picture together: page, map, furniture; and paint it on a canvas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corridormap.geo.outline.places import country_names
from corridormap.geo.outline.waters import waters_in
from corridormap.layers.picture.layout import Report
from corridormap.layers.picture.map.detail import open_detail
from corridormap.layers.picture.map.frame import MapFrame
from corridormap.layers.picture.map.furniture import NorthArrow, make_locator, make_scale
from corridormap.layers.picture.map.lettering import Names
from corridormap.layers.picture.map.marks import project_items
from corridormap.layers.picture.map.projection import around, chosen, fit
from corridormap.layers.picture.page.legend import legend_rows
from corridormap.layers.picture.page.map_legend import MapLegend
from corridormap.layers.picture.page.page import Page, arrange
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.turn.budget import begin, require_fits
from corridormap.layers.scene.legend import legend_of
from corridormap.layers.scene.looks import Fill, Stroke
from corridormap.layers.scene.resolve import with_legend

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.map.marks import Marks
    from corridormap.layers.picture.page.legend import LegendRow
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.scene import Bbox, Loose, Scene

    Arrange = Callable[[Scene, Layout, Sequence[LegendRow], Sequence[LegendRow]], Page]

__all__ = ["Picture"]

_LOCATOR_SHARES = (1.0, 0.85)


class Picture:
    """A scene laid out on a page.

    Parameters
    ----------
    scene, tiers_of, layout
        What is drawn, the outline for a bbox, and the size.
    arranged
        Says where everything stands.
    locator_scale
        How much larger than in the design the locator is.
    """

    def __init__(
        self,
        scene: Scene,
        tiers_of: Callable[[Bbox], Sequence[Tier]],
        layout: Layout,
        arranged: Arrange = arrange,
        *,
        locator_scale: float = 1.0,
    ) -> None:
        begin()
        require_fits(scene)
        self.layout = layout
        self._wish = scene.projection if layout.projection == "auto" else layout.projection
        self._locator_scale = locator_scale
        self._arrange = arranged
        self._tiers_of = tiers_of
        self._names = Names(countries=country_names())
        self._loose: frozenset[Loose] = frozenset()
        self._draw_up(scene)
        if self._detail is not None and (more := self._detail.marks.loose - self._map.marks.loose):
            # What only the detail shows is explained too, which may shape the page anew.
            self._loose, self.layout = more, layout
            self._draw_up(scene)
        marked = self._detail.lettering.marked if self._detail is not None else ()
        claims = {n: ids for n, ids in self._claims().items() if n not in marked}
        near = around(self._map.projection.bbox, 0.5)
        waters = tuple((w.name, w.at, float(w.rank)) for w in waters_in(near))
        self._map.label(claims, replace(self._names, waters=waters))

    @property
    def title(self) -> str:
        """What it is called."""
        return self.scene.title

    @property
    def report(self) -> Report:
        """What was drawn."""
        frames = [self._map] if self._detail is None else [self._map, self._detail]
        return Report(
            map_box=self._page.map_box,
            map_bbox=self._map.projection.bbox,
            projection=self.layout.drawn_in,
            signs=tuple(sign for frame in frames for sign in frame.signs()),
            labels=tuple(label for frame in frames for label in frame.lettering.labels),
            dropped=tuple(label for frame in frames for label in frame.lettering.dropped),
            furniture=tuple(self._map.furniture),
            leaders=tuple(leader for frame in frames for leader in frame.lettering.leaders),
            told=self._page.told,
            omitted=self._page.omitted,
            unmarked=tuple(sorted(self._map.lettering.unmarked)),
            by_hand=tuple(text for frame in frames for text in frame.lettering.by_hand),
            positions=self._map.projection.positions,
            positions_detail=self._detail.projection.positions if self._detail else None,
            project=self._map.projection.array,
            project_detail=self._detail.projection.array if self._detail else None,
        )

    def _draw_up(self, scene: Scene) -> None:
        """Frame the map, furnish it and open its detail."""
        self._map = self._framed(scene)
        self._furnish()
        self._detail: MapFrame | None = None
        if self.layout.detail:
            claims = self._claims()
            self._detail = open_detail(self._map, self._tiers_of, claims, self._names)

    def _framed(self, scene: Scene) -> MapFrame:
        """Return the map in its frame, once it is known where everything stands."""
        self.scene, self._page = self._arranged(scene)
        projection = fit(scene.extent, self._page.map_box, self.layout.drawn_in)
        frame = MapFrame(self.scene, self.layout, projection, self._tiers_of(projection.bbox))
        if self.layout.resolved != "map" or self.layout.legend_below or self._page.legend:
            return frame
        if MapLegend.of(frame, self.layout).finds_room(frame):
            return frame
        self.layout = replace(self.layout, legend_below=True)
        return self._framed(scene)

    def _arranged(self, scene: Scene) -> tuple[Scene, Page]:
        """Arrange the page. It tells what the frame shows, and so shapes the frame: twice."""
        box = Box(0, 0, self.layout.width_px, self.layout.height_px)
        _, page = self._told(scene, box)
        return self._told(scene, page.map_box)

    def _told(self, scene: Scene, box: Box) -> tuple[Scene, Page]:
        """Return the scene as far as a frame shows it, and the page that tells it."""
        name = chosen(scene.extent, box, self._wish)
        self.layout = replace(self.layout, projection=name)
        projection = fit(scene.extent, box, name)
        marks = project_items(scene, projection, scale=self.layout.sign_scale)
        told = _framed(scene, marks, self._loose)
        return told, self._arrange(told, self.layout, *legend_rows(told, marks))

    def _claims(self) -> dict[int, tuple[str, ...]]:
        """Return the features that each claim which is told is about, by its number."""
        if self._page.claims is None:
            return {}
        return {claim.number: claim.features for claim in self.scene.claims[: self._page.told]}

    def _furnish(self) -> None:
        """Put north arrow, locator, scale bar and, where it has no other place, the legend."""
        frame, unit, ink = self._map, self.layout.unit, self.scene.palette["ink"]
        box, gap = frame.box, 16 * self.layout.unit
        if self._page.legend is None:
            legend = MapLegend.of(frame, self.layout)
            if self.layout.narrow and not legend.finds_room(frame):
                # In a column it would hide half of the map.
                self._page = replace(self._page, omitted=(*self._page.omitted, "legend"))
            else:
                legend.put(frame)
        arrow = NorthArrow(max(0.7, unit), self.layout.text_px(14))
        w, h = arrow.size
        spots = [
            (box.right - gap - w, box.top + gap),
            (box.left + gap, box.top + gap),
            (box.right - gap - w, box.bottom - gap - h),
        ]
        frame.add_furniture(
            "north", (w, h), spots, lambda c, b: arrow.draw(c, ink, b, frame.projection), force=True
        )
        located = self._locator(gap)
        scale = make_scale(frame.projection, self.layout)
        w, h = scale.size
        y = box.bottom - gap - h
        spots = [
            (box.left + gap, y),
            (box.right - gap - w, y),
            (box.center[0] - w / 2, y),
            (box.left + gap, box.top + gap),
        ]
        if located is not None:
            beside = located.right + gap if located.left < box.center[0] else located.left - gap - w
            spots.insert(0, (beside, located.bottom - h if located.bottom > box.center[1] else y))
        frame.add_furniture(
            "scale", (w, h), spots, lambda c, b: scale.draw(c, ink, b.left, b.bottom), force=True
        )

    def _locator(self, gap: float) -> Box | None:
        frame, layout, box = self._map, self.layout, self._map.box
        if not layout.locator:
            return None
        for share in _LOCATOR_SHARES:
            unit = layout.unit * self._locator_scale * share
            w, h = 208 * unit, 172 * unit
            if w <= 0.3 * box.width and h <= 0.34 * box.height:
                break
        else:
            return None
        made = make_locator(
            frame.projection, Box(0, 0, w, h), self._tiers_of, self._names.countries, layout
        )
        if made is None:
            return None
        corners = [
            (box.left + gap, box.bottom - gap - h),
            (box.right - gap - w, box.bottom - gap - h),
            (box.left + gap, box.top + gap),
            (box.right - gap - w, box.top + gap),
        ]
        return frame.add_furniture(
            "locator", (w, h), corners, lambda c, b: made.at(b).draw(c, self.scene), margin=10.0
        )

    def paint(self, canvas: Canvas) -> None:
        """Draw everything."""
        page, scene, layout = self._page, self.scene, self.layout
        if not layout.transparent:
            canvas.box(Box(0, 0, layout.width_px, layout.height_px), fill=Fill("#FFFFFF"))
        with canvas.group("map"):
            self._map.draw(canvas)
            edge = Stroke(scene.palette["panel_edge"], layout.fine)
            canvas.box(page.map_box, stroke=edge)
        with canvas.group("head"):
            for role, (flow, x, y) in (("H1", page.title), ("P", page.subtitle)):
                with canvas.part(role if flow.lines else ""):
                    flow.draw(canvas, x, y)
        for left, right, y in page.rules:
            canvas.line([(left, y), (right, y)], Stroke(scene.palette["ink"], 2.0 * layout.fine))
        if page.claims is not None:
            claims, x, y = page.claims
            claims.draw(canvas, scene.palette, x, y)
        if page.legend is not None:
            legend, x, y = page.legend
            legend.draw(canvas, scene, x, y)
        with canvas.group("credits"):
            foot, x, y = page.foot
            foot.draw(canvas, x, y)


def _framed(scene: Scene, marks: Marks, loose: frozenset[Loose]) -> Scene:
    """Return the scene with the claims and the legend of what the frame shows."""
    shown = {item.feature.id for item in marks.items}
    pairs = [(item.feature, item.phase) for item in marks.items]
    legend = legend_of(pairs, loose=marks.loose | loose)
    return replace(
        scene,
        claims=tuple(c for c in scene.claims if shown.intersection(c.features)),
        legend=legend,
        signs=with_legend(scene.signs, legend),
    )
