"""Draw a view on the screen and on paper, at one scale, and compare what covers the map."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageFilter

from corridormap.app.browser.document import build_document
from corridormap.app.browser.front_end import leaflet_css, one_file_css
from corridormap.geo.outline.outline import tiers
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture import Layout, render
from corridormap.layers.picture.map.projection import fit
from corridormap.layers.picture.map.standing import DOT_PX
from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.scene.view import View, default_view
from tests.modules import program

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from playwright.sync_api import Page

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.picture import Report
    from corridormap.layers.theme import ProjectionName

__all__ = [
    "LAND",
    "Pictures",
    "Shown",
    "Spot",
    "built_in",
    "coverage",
    "same_color",
    "view_of",
]

FIRST = "azerbaijan-iran"
# At this height print draws signs as large as the screen does; see `Layout.sign_scale`.
HEIGHT_PX = 900 / 1.15
WIDTH_PX = 1280.0
LAYOUT = Layout(
    WIDTH_PX,
    HEIGHT_PX,
    arrangement="map",
    claims=False,
    locator=False,
    detail=False,
    projection="mercator",
)
# No sign and no base has this colour, so white casings count as drawn.
GROUND = (255, 0, 255)
# Colours are compared on land: what is see-through would else be judged on a loud ground.
LAND = (250, 249, 245)
_FAR = 8
"""Of 255: how far a pixel must be from the ground to count as drawn."""
_CROWD_REACH_PX = 60
"""What a crowd's rings may cover round its places."""

# Bands, gold and rings are drawn for all layers together: compared so, and not by layer.
_UNDER = {
    "bands": (".leaflet-cm-bands-pane *", "[id$='-band'] *"),
    "gold": (".leaflet-cm-gold-pane *", "#lit *"),
    "rings": (
        ".leaflet-cm-points-pane > svg > g:first-child *",
        "#rings *, #lit-points *",
    ),
}


@cache
def built_in(id_: str = FIRST) -> Corridor:
    """Return a built-in corridor."""
    return load_corridor(find_corridor(id_))


def view_of(corridor: str = FIRST, **changes: Any) -> View:
    """Return a corridor's first view with changes."""
    return default_view(built_in(corridor)).model_copy(update=changes)


@dataclass(frozen=True)
class Shown:
    """One picture of a view in which only a part is seen, the rest in one colour."""

    pixels: NDArray[np.int16]

    @property
    def mask(self) -> NDArray[np.bool_]:
        """Where something is drawn."""
        far: NDArray[np.int16] = np.abs(self.pixels - np.array(GROUND, np.int16)).max(axis=2)
        return far > _FAR


Places = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Spot:
    """Where a point's sign or dot stands, in px of the map's frame."""

    true: Places
    screen: Places
    paper: Places
    dot: bool
    """Whether either draws a dot: others crowd its sign out."""

    @property
    def whole(self) -> bool:
        """Whether both draw its sign."""
        return bool(self.screen and self.paper) and not self.dot

    @property
    def apart_px(self) -> float:
        """How far either drawing is from its true place at most, 0 if neither draws it."""
        drawn = (*self.screen, *self.paper)
        return max((min(_distance(at, true) for true in self.true) for at in drawn), default=0.0)


def _distance(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    return float(np.hypot(a[0] - b[0], a[1] - b[1]))


class Pictures:
    """The same view by both renderers: same extent, same scale, same size.

    What print draws in another projection than the screen is laid onto the screen's, px by px.
    """

    def __init__(self, page: Page, view: View, *, projection: ProjectionName = "mercator") -> None:
        self.view = view
        self._page = page
        corridor = built_in(view.corridor)
        out = BytesIO()
        scene = build_scene(corridor, view)
        outline = partial(tiers, detail=corridor.outline)
        layout = replace(LAYOUT, projection=projection)
        self.report: Report = render(scene, outline, layout, out, format="svg")
        self._svg = out.getvalue().decode("utf-8")
        box = self.report.map_box
        self.size_px = (round(box.width), round(box.height))
        self._on_paper = fit(scene.extent, box, self.report.projection)
        self._on_screen = fit(scene.extent, box)

    def screen(self, part: str, ground: tuple[int, int, int] = GROUND) -> Shown:
        """Return what the browser draws of a layer, or of bands, gold or rings."""
        if part in _UNDER:
            return self._seen(_UNDER[part][0], ground)
        ids = [f["id"] for f in _document(self.view.corridor)["features"] if f["layer"] == part]
        mine = [f'[data-feature="{id_}"]' for id_ in ids if id_ not in self.crowded]
        return self._seen(", ".join(f"{one}, {one} *" for one in mine), ground)

    def paper(self, part: str, ground: tuple[int, int, int] = GROUND) -> Shown:
        """Return what print draws of a layer, or of bands, gold or rings."""
        if part in _UNDER:
            return self._unbent(self._seen(_UNDER[part][1], ground))
        groups = [f"#layer-{part}{end}" for end in ("", "-under", "-points")]
        aside = [f"#{id_}, [id^='{id_}-']" for id_ in sorted(self.crowded)]
        apart = f":not({', '.join(['[id$=-band]', *aside])})"
        selector = ", ".join(f"{group} > {apart} *" for group in groups)
        return self._unbent(self._seen(selector, ground))

    def away_from_crowds(self) -> NDArray[np.bool_]:
        """Return where signs do not crowd: what is under a crowd is drawn in other ways."""
        width, height = self.size_px
        y, x = np.mgrid[0:height, 0:width]
        away = np.ones((height, width), np.bool_)
        for id_ in self.crowded:
            spot = self.points[id_]
            for at in (*spot.true, *spot.screen, *spot.paper):
                away &= np.hypot(x - at[0], y - at[1]) > _CROWD_REACH_PX
        return away

    def show_paper(self) -> None:
        """Put the print's drawing in place of the browser's map."""
        box = self.report.map_box
        dx, dy = self._offset_px[0] - box.left, self._offset_px[1] - box.top
        style = f"margin:0;overflow:hidden;transform:translate({dx}px,{dy}px)"
        svg = self._svg[self._svg.index("<svg") :]
        self._page.set_content(f"<!DOCTYPE html><body style='{style}'>{svg}</body>")

    def mount(self) -> None:
        """Draw the view in the browser, and find out which signs either drawing crowds out."""
        width, height = self.size_px
        page = self._page
        page.set_viewport_size({"width": width + 20, "height": height + 20})
        page.set_content("<!DOCTYPE html><body style='margin:0'><div class='corridormap'></div>")
        page.add_style_tag(content=f"{leaflet_css()}\n{one_file_css()}")
        page.add_style_tag(
            content=f".corridormap, #map {{ display: block; width: {width}px; height: {height}px }}"
        )
        page.add_script_tag(content=program())
        given = {
            "document": _document(self.view.corridor),
            "view": self.view.model_dump(mode="json"),
            "bbox": self._on_screen.bbox,
        }
        page.evaluate(_MOUNT, json.dumps(given))
        west, _, _, north = self._on_screen.bbox
        # The browser begins its map at a whole px: print is laid there, to be compared.
        self._offset_px: tuple[float, float] = tuple(page.evaluate(_OFFSET, [north, west]))
        self.points = self._points()
        self.crowded = {id_ for id_, spot in self.points.items() if not spot.whole}

    def _points(self) -> dict[str, Spot]:
        box, (dx, dy) = self.report.map_box, self._offset_px
        drawn: dict[str, list[tuple[float, float]]] = {}
        dots: set[str] = set()
        for id_, at in self.report.signs:
            if _geometry(self.view.corridor, id_).geom_type in {"Point", "MultiPoint"}:
                x, y = self._on_screen.xy(*self._on_paper.positions(np.array([at.center]))[0])
                drawn.setdefault(id_, []).append((x - box.left + dx, y - box.top + dy))
                if math.isclose(at.width, 2 * DOT_PX * LAYOUT.sign_scale):
                    dots.add(id_)
        seen: dict[str, Any] = self._page.evaluate(_POINTS)
        # What is only just outside the frame, with its sign reaching in, is in `drawn` alone.
        return {
            id_: Spot(
                true=tuple(map(tuple, places["true"])),
                screen=tuple(map(tuple, places["drawn"])),
                paper=tuple(drawn.get(id_, ())),
                dot=places["dot"] or id_ in dots,
            )
            for id_, places in sorted(seen.items())
        }

    def _seen(self, selector: str, on: tuple[int, int, int]) -> Shown:
        ground = "#{:02x}{:02x}{:02x}".format(*on)
        rules = (
            f"html, body {{ background: {ground} !important }}"
            "body * { visibility: hidden !important; background: none !important }"
            # A clip or a shape used elsewhere that is hidden would hide what uses it.
            f"clipPath *, defs *, {selector} {{ visibility: visible !important }}"
        )
        style = self._page.add_style_tag(content=rules)
        width, height = self.size_px
        body = self._page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": height})
        style.evaluate("node => node.remove()")
        with Image.open(BytesIO(body)) as image:
            return Shown(np.asarray(image.convert("RGB"), np.int16))

    def _unbent(self, shown: Shown) -> Shown:
        """Return what print drew, laid onto the screen's projection."""
        if self.report.projection == "mercator":
            return shown
        box, (width, height) = self.report.map_box, self.size_px
        y, x = np.mgrid[0:height, 0:width]
        # Of the page on which print lies; see `show_paper`.
        corner = (box.left - self._offset_px[0], box.top - self._offset_px[1])
        at = np.column_stack([x.ravel() + corner[0] + 0.5, y.ravel() + corner[1] + 0.5])
        from_ = self._on_paper.array(self._on_screen.positions(at)) - corner
        column, row = np.clip(from_.astype(int), 0, (width - 1, height - 1)).T
        return Shown(shown.pixels[row, column].reshape(shown.pixels.shape))


def coverage(a: NDArray[np.bool_], b: NDArray[np.bool_], *, within_px: int) -> float:
    """Return the share of both masks that has the other within a distance, from 0 to 1.

    Both masks empty is 1.
    """
    total = int(a.sum()) + int(b.sum())
    if not total:
        return 1.0
    near = int((a & _grown(b, within_px)).sum()) + int((b & _grown(a, within_px)).sum())
    return near / total


def same_color(a: Shown, b: Shown, drawn: NDArray[np.bool_], *, within: int) -> float:
    """Return the share of what both draw, edges left out, that has the same colour."""
    inside = _shrunk(drawn, 1)
    if not inside.any():
        return 1.0
    apart = np.abs(a.pixels - b.pixels).max(axis=2)
    return float((apart[inside] <= within).mean())


def _grown(mask: NDArray[np.bool_], by_px: int) -> NDArray[np.bool_]:
    if not by_px:
        return mask
    grown = Image.fromarray(mask.astype(np.uint8) * 255).filter(
        ImageFilter.MaxFilter(2 * by_px + 1)
    )
    return np.asarray(grown) > 0


def _shrunk(mask: NDArray[np.bool_], by_px: int) -> NDArray[np.bool_]:
    return ~_grown(~mask, by_px)


@cache
def _document(corridor: str) -> dict[str, Any]:
    return build_document(built_in(corridor))


@cache
def _geometries(corridor: str) -> dict[str, Any]:
    layers = built_in(corridor).layers
    return {str(id_): shape for layer in layers for id_, shape in layer.frame.geometry.items()}


def _geometry(corridor: str, id_: str) -> Any:
    return _geometries(corridor).get(id_)


_MOUNT = """given => {
  const { document: data, view, bbox } = JSON.parse(given);
  const root = document.querySelector(".corridormap");
  const slot = root.appendChild(document.createElement("div"));
  slot.id = "map";
  const leaflet = L.map(slot, { zoomControl: false, attributionControl: false, zoomSnap: 0 });
  leaflet.setView([39, 47], 7, { animate: false });
  const model = parts.createModel(data);
  const state = { view: { ...view, bbox }, claim: view.claim, hover: null, hoverClaim: null };
  const store = parts.createStore({ ...state, notices: [] });
  const outline = { tiers: [], countries: [], waters: [] };
  const map = parts.createMap(leaflet, model, store, outline, { mapSlot: slot, root });
  map.start();
  window.parity = { map, leaflet, model, store };
}"""

_OFFSET = """position => {
  const { leaflet } = window.parity;
  const { x, y } = leaflet.project(position).subtract(leaflet.getPixelOrigin());
  return [x, y];
}"""

_POINTS = """() => {
  const { leaflet, model, store } = window.parity;
  const frame = leaflet.getContainer().getBoundingClientRect();
  const points = model.visible(store.get()).filter((f) => /Point$/.test(f.geometry.type));
  const size = leaflet.getSize();
  const origin = leaflet.getPixelOrigin();
  const out = {};
  for (const { id, geometry } of points) {
    const all = geometry.type === "Point" ? [geometry.coordinates] : geometry.coordinates;
    const at = all.map(([lon, lat]) => leaflet.project([lat, lon]).subtract(origin));
    if (!at.some(({ x, y }) => x > 0 && y > 0 && x < size.x && y < size.y)) continue;
    // Each mark holds a circle round its middle that a pointer finds.
    const hits = [...document.querySelectorAll(`[data-feature="${id}"] circle.cmm-hit-fill`)];
    const drawn = hits.map((hit) => {
      const box = hit.getBoundingClientRect();
      return [(box.left + box.right) / 2 - frame.left, (box.top + box.bottom) / 2 - frame.top];
    });
    const dot = hits.some((hit) => hit.closest(".leaflet-cm-points-pane > svg > g:nth-child(2)"));
    out[id] = { true: at.map(({ x, y }) => [x, y]), drawn, dot };
  }
  return out;
}"""
