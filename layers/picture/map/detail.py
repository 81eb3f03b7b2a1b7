"""Show the crowd that the claims speak of most in a detail map, if there is room for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.picture.map.frame import MapFrame
from corridormap.layers.picture.map.furniture import make_scale
from corridormap.layers.picture.map.inset import InsetRoom, crowd_extent, draw_links
from corridormap.layers.picture.map.projection import fit
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.scene.looks import Stroke

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.picture.map.crowds import Crowd
    from corridormap.layers.picture.map.lettering import Names
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.scene import Bbox

__all__ = ["open_detail"]

_DETAIL_FROM, _DETAIL_TO = 3, 8
"""Signs in a crowd from which a detail map is worth its room."""
_DETAIL_TIMES = 4.0
"""How many times larger than the map a detail map must be."""


def open_detail(
    frame: MapFrame,
    tiers_of: Callable[[Bbox], Sequence[Tier]],
    claims: Mapping[int, Sequence[str]],
    names: Names,
) -> MapFrame | None:
    """Return the detail map that was opened in a frame, or None.

    Parameters
    ----------
    frame
        The map, its signs not yet settled.
    tiers_of
        Gives the outline for a bbox.
    claims, names
        The features of each numbered claim; names of the base map.
    """
    unit = frame.layout.unit
    squares = InsetRoom(frame.room, frame.box, unit)

    def weight(crowd: Crowd) -> tuple[int, int]:
        ids = {mark.item.feature.id for mark in crowd.marks}
        told = [c for c in frame.scene.claims if ids.intersection(c.features)]
        return len(told), len(crowd.places)

    for crowd in sorted(frame.crowds, key=weight, reverse=True):
        if not _DETAIL_FROM <= len(crowd.places) <= _DETAIL_TO:
            continue
        box = squares.box(crowd.center)
        if box is None:
            continue
        projection = fit(crowd_extent(crowd), box)
        lat = projection.middle[1]
        larger = frame.projection.metres_per_px(lat) / projection.metres_per_px(lat)
        if larger < _DETAIL_TIMES:
            continue
        tiers = tiers_of(projection.bbox)
        detail = MapFrame(
            frame.scene, frame.layout, projection, tiers, names="detail-", detail=True
        )
        _add_scale(detail)
        # Lines and areas that only pass through carry their numbers on the map itself.
        here = {mark.item.feature.id for mark in crowd.marks}
        about = {n: [id_ for id_ in ids if id_ in here] for n, ids in claims.items()}
        detail.label(about, names)
        square = _square(frame.projection, projection, 7.0 * unit)
        frame.open_detail(crowd, box, square, _drawing(detail, square))
        return detail
    return None


def _add_scale(detail: MapFrame) -> None:
    unit, box, ink = detail.layout.unit, detail.box, detail.scene.palette["ink"]
    scale = make_scale(detail.projection, detail.layout, design_px=80, text_px=12)
    w, h = scale.size
    y = box.bottom - h - 8 * unit
    spots = [(box.left + 10 * unit, y), (box.right - w - 8 * unit, y)]
    detail.add_furniture(
        "detail-scale",
        (w, h),
        spots,
        lambda c, b: scale.draw(c, ink, b.left, b.bottom, name="detail-scale-bar"),
        force=True,
    )


def _square(whole: Projection, part: Projection, least: float) -> Box:
    """Return what a detail map shows as a square on the map, large enough to be seen."""
    corners = whole.array(part.edge)
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    half = max(least, (right - left) / 2)
    return Box.around((left + right) / 2, (top + bottom) / 2, half)


def _drawing(detail: MapFrame, square: Box) -> Callable[[Canvas, Box], None]:
    ink, fine = detail.scene.palette["ink"], detail.layout.fine

    def draw(canvas: Canvas, at: Box) -> None:
        draw_links(canvas, square, at, ink, fine=fine)
        with canvas.group("detail"):
            detail.draw(canvas)
        canvas.box(at, stroke=Stroke(ink, 1.5 * fine))

    return draw
