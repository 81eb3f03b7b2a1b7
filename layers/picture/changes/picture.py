"""Put the picture of two dates together: both maps, what stands round them; and paint it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corridormap.geo.outline.places import country_names
from corridormap.geo.outline.waters import waters_in
from corridormap.layers.picture.changes.page import arrange_compared
from corridormap.layers.picture.layout import Report
from corridormap.layers.picture.map.frame import MapFrame
from corridormap.layers.picture.map.furniture import NorthArrow, make_scale
from corridormap.layers.picture.map.lettering import Names
from corridormap.layers.picture.map.marks import project_items
from corridormap.layers.picture.map.projection import around, chosen, fit
from corridormap.layers.picture.page.legend import legend_rows
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.turn.budget import begin, require_fits
from corridormap.layers.scene.legend import legend_of
from corridormap.layers.scene.looks import Fill, Stroke
from corridormap.layers.scene.resolve import with_legend

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.picture.layout import DroppedLabel, Layout
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.compare import Compared
    from corridormap.layers.scene.scene import Bbox, Scene

__all__ = ["ComparedPicture"]


class ComparedPicture:
    """Two scenes of one view, laid out on a page.

    Parameters
    ----------
    compared, tiers_of, layout
        What is drawn, the outline for a bbox, and the size. Without claims in the layout the
        list of changes and their numbers are left out.
    """

    def __init__(
        self, compared: Compared, tiers_of: Callable[[Bbox], Sequence[Tier]], layout: Layout
    ) -> None:
        begin()
        require_fits(compared.before)
        require_fits(compared.after)
        self.layout = replace(layout, arrangement="map", legend_below=True)
        self._wish = layout.projection
        # What the frames show shapes the list and the legend, and they shape the frames: twice.
        box = Box(0, 0, layout.width_px / 2, layout.height_px / 2)
        for _ in range(2):
            self._numbers = self._arranged(compared, box)
            box = self._page.maps[1]
        self._frames = tuple(
            self._framed(scene, at, name, tiers_of)
            for scene, at, name in zip(
                (compared.before, self._scene), self._page.maps, ("before-", "after-"), strict=True
            )
        )

    @property
    def title(self) -> str:
        """What it is called."""
        return self._scene.title

    @property
    def report(self) -> Report:
        """What was drawn; the map's frame is that of the later date."""
        after = self._frames[1]
        return Report(
            map_box=after.box,
            map_bbox=after.projection.bbox,
            signs=tuple(sign for frame in self._frames for sign in frame.signs()),
            labels=tuple(label for frame in self._frames for label in frame.lettering.labels),
            dropped=self._dropped,
            furniture=tuple(piece for frame in self._frames for piece in frame.furniture),
            leaders=tuple(leader for frame in self._frames for leader in frame.lettering.leaders),
            omitted=self._page.omitted,
            unmarked=tuple(sorted({n for frame in self._frames for n in frame.lettering.unmarked})),
            projection=self.layout.drawn_in,
            by_hand=tuple(
                dict.fromkeys(text for f in self._frames for text in f.lettering.by_hand)
            ),
            project=after.projection.array,
        )

    @property
    def _dropped(self) -> tuple[DroppedLabel, ...]:
        """Return what found no room on either map; once where both would say the same."""
        labels = (label for frame in self._frames for label in frame.lettering.dropped)
        return tuple({(label.text, label.near): label for label in labels}.values())

    def _arranged(self, compared: Compared, box: Box) -> dict[int, tuple[str, ...]]:
        """Arrange the page for what a frame shows; return the features by their numbers."""
        extent = compared.after.extent
        wish = compared.after.projection if self._wish == "auto" else self._wish
        self.layout = replace(self.layout, projection=chosen(extent, box, wish))
        projection = fit(extent, box, self.layout.drawn_in)
        before, after = (
            project_items(scene, projection, scale=self.layout.sign_scale)
            for scene in (compared.before, compared.after)
        )
        shown = {item.feature.id for item in after.items}
        shows = [(i.feature, i.phase) for m in (before, after) for i in m.items]
        legend = legend_of(shows, loose=before.loose | after.loose)
        self._scene = replace(
            compared.after, legend=legend, signs=with_legend(compared.after.signs, legend)
        )
        told = [one for one in compared.changes if one.feature in shown]
        told = told if self.layout.claims else []
        self._page = arrange_compared(compared, told, self.layout, *legend_rows(self._scene, after))
        count = self._page.told[0].count if self._page.told else 0
        return {n: (one.feature,) for n, one in enumerate(told[:count], start=1)}

    def _framed(
        self, scene: Scene, box: Box, name: str, tiers_of: Callable[[Bbox], Sequence[Tier]]
    ) -> MapFrame:
        projection = fit(scene.extent, box, self.layout.drawn_in)
        tiers = tiers_of(projection.bbox)
        frame = MapFrame(scene, self.layout, projection, tiers, names=name)
        self._furnish(frame, later=name == "after-")
        waters = tuple(
            (w.name, w.at, float(w.rank)) for w in waters_in(around(projection.bbox, 0.5))
        )
        frame.label(self._numbers, Names(countries=country_names(), waters=waters))
        return frame

    def _furnish(self, frame: MapFrame, *, later: bool) -> None:
        """Keep room for the caption; the later map has north arrow and scale for both."""
        box, unit, ink = frame.box, self.layout.unit, self._scene.palette["ink"]
        caption, x, y = self._page.captions[int(later)]
        size = caption.width + 20 * unit, caption.height + 10 * unit

        def plate(canvas: Canvas, at: Box) -> None:
            canvas.box(at, fill=Fill("#FFFFFF", 0.94), radius=4 * unit)
            caption.draw(canvas, at.left + 10 * unit, at.top + 5 * unit)

        frame.add_furniture("caption", size, [(x, y)], plate, force=True)
        if not later:
            return
        gap = 14 * unit
        arrow = NorthArrow(max(0.7, unit), self.layout.text_px(14))
        w, h = arrow.size
        corner = [(box.right - gap - w, box.top + gap)]
        frame.add_furniture(
            "north",
            (w, h),
            corner,
            lambda c, b: arrow.draw(c, ink, b, frame.projection),
            force=True,
        )
        scale = make_scale(frame.projection, self.layout)
        w, h = scale.size
        y = box.bottom - gap - h
        spots = [(box.left + gap, y), (box.right - gap - w, y), (box.center[0] - w / 2, y)]
        frame.add_furniture(
            "scale", (w, h), spots, lambda c, b: scale.draw(c, ink, b.left, b.bottom), force=True
        )

    def paint(self, canvas: Canvas) -> None:
        """Draw everything."""
        page, scene, layout = self._page, self._scene, self.layout
        if not layout.transparent:
            canvas.box(Box(0, 0, layout.width_px, layout.height_px), fill=Fill("#FFFFFF"))
        for name, frame in zip(("map-before", "map-after"), self._frames, strict=True):
            with canvas.group(name):
                frame.draw(canvas)
                canvas.box(frame.box, stroke=Stroke(scene.palette["panel_edge"], layout.fine))
        with canvas.group("head"):
            for role, flow, x, y in page.texts:
                with canvas.part(role):
                    flow.draw(canvas, x, y)
        if page.told is not None:
            told, x, y = page.told
            told.draw(canvas, scene.palette, x, y)
        legend, x, y = page.legend
        legend.draw(canvas, scene, x, y)
        with canvas.group("credits"):
            foot, x, y = page.foot
            foot.draw(canvas, x, y)
