"""Draw paths and words in CSS px, y downwards, on any matplotlib renderer.

The one place that talks to a renderer: it turns px into points and flips y. It knows
no map, no feature and no layout.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.path import Path as MplPath
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform

from layers.print.curves import rounded, unit_circle
from layers.print.fonts import SVG_FAMILY, font, text_width, written_in_arabic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from matplotlib.backend_bases import GraphicsContextBase, RendererBase
    from numpy.typing import NDArray

    from layers.looks import Fill, Stroke
    from layers.print.box import Box

__all__ = ["Canvas", "Sheet", "Words"]

Anchor = Literal["start", "middle", "end"]

_POINTS_PER_PX = 0.75
_PX_PER_INCH = 96.0
_PATH_EM = 100.0
_AS_IT_IS = IdentityTransform()


@dataclass(frozen=True)
class Words:
    """One line of text in one face."""

    text: str
    size_px: float
    color: str
    bold: bool = False
    italic: bool = False
    spacing_px: float = 0.0
    halo_px: float = 0.0
    """Width of the white halo in all; half of it is seen on each side."""
    opacity: float = 1.0

    @property
    def width(self) -> float:
        """Width in px."""
        return text_width(
            self.text, self.size_px, bold=self.bold, italic=self.italic, spacing_px=self.spacing_px
        )


class Canvas:
    """A renderer seen in CSS px.

    Parameters
    ----------
    renderer
        Any renderer of matplotlib.
    height_px
        Height of the picture in CSS px.
    scale
        Renderer's units per CSS px.
    """

    def __init__(self, renderer: RendererBase, height_px: float, scale: float) -> None:
        self._renderer: Any = renderer
        self._height_px = height_px
        self._scale = scale
        self._to_display = Affine2D().scale(scale, -scale).translate(0, height_px * scale)
        self._clip: Box | None = None
        self._svg = getattr(renderer, "writer", None)

    @contextmanager
    def group(self, gid: str) -> Iterator[None]:
        """Put what is drawn inside into one named group (seen in SVG)."""
        self._renderer.open_group(gid, gid)
        yield
        self._renderer.close_group(gid)

    @contextmanager
    def clip(self, box: Box) -> Iterator[None]:
        """Draw only inside a box."""
        before, self._clip = self._clip, box
        yield
        self._clip = before

    def path(
        self,
        points: NDArray[np.float64] | Sequence[tuple[float, float]],
        codes: NDArray[np.uint8] | None = None,
        *,
        closed: bool = False,
        fill: Fill | None = None,
        stroke: Stroke | None = None,
        snap: bool = False,
    ) -> None:
        """Fill a path, then stroke it.

        Parameters
        ----------
        points
            Vertices in px.
        codes
            matplotlib's path codes; without them the points are straight legs.
        closed
            Join the last point to the first.
        fill, stroke
            What to draw; either may be absent.
        snap
            Move horizontal and vertical legs onto whole pixels.
        """
        px = np.asarray(points, dtype=np.float64)
        if len(px) == 0:
            return
        # Two decimals are finer than any eye, and make an SVG half as long.
        vertices = np.round(self._to_display.transform(px), 2)
        if codes is None and closed:
            vertices = np.vstack([vertices, vertices[:1]])
            codes = np.full(len(vertices), MplPath.LINETO, dtype=np.uint8)
            codes[0], codes[-1] = MplPath.MOVETO, MplPath.CLOSEPOLY
        path = MplPath(vertices, codes)
        if fill is not None and fill.opacity > 0:
            gc = self._gc(snap=snap)
            gc.set_linewidth(0)
            self._renderer.draw_path(gc, path, _AS_IT_IS, to_rgba(fill.color, fill.opacity))
            gc.restore()
        if stroke is not None and stroke.width_px > 0 and stroke.opacity > 0:
            self._stroke(path, stroke, snap=snap)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        half: bool = False,
        fill: Fill | None = None,
        stroke: Stroke | None = None,
    ) -> None:
        """Draw a circle, or the half of it left of its centre."""
        points, codes = unit_circle(half=half)
        self.path(points * radius + (x, y), codes, fill=fill, stroke=stroke)

    def box(
        self, box: Box, *, fill: Fill | None = None, stroke: Stroke | None = None, radius: float = 0
    ) -> None:
        """Draw a rectangle, its corners rounded by `radius` px."""
        if radius:
            points, codes = rounded(box, radius)
            self.path(points, codes, fill=fill, stroke=stroke)
            return
        corners = [
            (box.left, box.top),
            (box.right, box.top),
            (box.right, box.bottom),
            (box.left, box.bottom),
        ]
        self.path(corners, closed=True, fill=fill, stroke=stroke, snap=True)

    def line(self, points: Sequence[tuple[float, float]], stroke: Stroke) -> None:
        """Draw straight legs, snapped onto pixels where they are upright or level."""
        self.path(points, stroke=stroke, snap=True)

    def words(self, words: Words, x: float, y: float, *, anchor: Anchor = "start") -> None:
        """Draw a line of text with its baseline at `y`."""
        if self._svg is not None:
            self._svg_words(words, x, y, anchor)
            return
        left = x - words.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        for text, dx in _runs(words):
            self._run(words, text, left + dx, y)

    def _gc(self, *, snap: bool = False) -> GraphicsContextBase:
        gc: GraphicsContextBase = self._renderer.new_gc()
        gc.set_snap(snap)
        gc.set_antialiased(True)
        if self._clip is not None:
            gc.set_clip_rectangle(self._display_box(self._clip))
        return gc

    def _display_box(self, box: Box) -> Bbox:
        corners = self._to_display.transform([(box.left, box.bottom), (box.right, box.top)])
        return Bbox(corners)

    def _stroke(self, path: MplPath, stroke: Stroke, *, snap: bool = False) -> None:
        gc = self._gc(snap=snap)
        gc.set_linewidth(stroke.width_px * _POINTS_PER_PX)
        gc.set_foreground(to_rgba(stroke.color, stroke.opacity), isRGBA=True)
        gc.set_capstyle(stroke.cap)
        gc.set_joinstyle("round")
        if stroke.dash_px:
            dashes = [length * _POINTS_PER_PX for length in stroke.dash_px]
            gc.set_dashes(stroke.dash_offset_px * _POINTS_PER_PX, dashes)
        self._renderer.draw_path(gc, path, _AS_IT_IS, None)
        gc.restore()

    def _run(self, words: Words, text: str, x: float, y: float) -> None:
        arabic = written_in_arabic(text)
        prop = font(words.size_px, bold=words.bold, italic=words.italic, arabic=arabic)
        if words.halo_px:
            vertices, codes = _outline(text, bold=words.bold, italic=words.italic)
            if len(vertices):
                em = words.size_px / _PATH_EM
                placed = vertices * (em, -em) + (x, y)
                halo = _halo(words.halo_px)
                display = np.round(self._to_display.transform(placed), 2)
                self._stroke(MplPath(display, codes), halo)
        gc = self._gc()
        gc.set_foreground((*to_rgb(words.color), words.opacity), isRGBA=True)
        if words.opacity < 1:
            gc.set_alpha(words.opacity)
        display_x, display_y = self._to_display.transform((x, y))
        if self._renderer.flipy():
            display_y = self._height_px * self._scale - display_y
        self._renderer.draw_text(gc, display_x, display_y, text, prop, 0.0)
        gc.restore()

    def _svg_words(self, words: Words, x: float, y: float, anchor: Anchor) -> None:
        """Write text as text: its halo first, as the same words with a white edge."""
        text = words.text.rstrip()
        shown = replace(words, text=text)
        if not text:
            return
        # The length keeps words in their place where the reader has not our fonts.
        place = {
            "x": _number(x * self._scale),
            "y": _number(y * self._scale),
            "textLength": _number(shown.width * self._scale),
            "lengthAdjust": "spacingAndGlyphs",
        }
        style = f"font-family: {SVG_FAMILY}; font-size: {_number(words.size_px * self._scale)}px"
        style += f"; text-anchor: {anchor}"
        style += "; font-weight: 700" if words.bold else ""
        style += "; font-style: italic" if words.italic else ""
        if words.spacing_px:
            style += f"; letter-spacing: {_number(words.spacing_px * self._scale)}px"
        if words.halo_px:
            halo = _halo(words.halo_px)
            edge = (
                f"; fill: none; stroke: {halo.color}; stroke-width: "
                f"{_number(halo.width_px * self._scale)}px; stroke-linejoin: round; "
                f"stroke-opacity: {halo.opacity}"
            )
            attrib = {**place, "style": style + edge, "aria-hidden": "true"}
            self._svg.element("text", text, attrib=attrib)  # type: ignore[union-attr]
        style += f"; fill: {words.color}"
        style += f"; fill-opacity: {words.opacity}" if words.opacity < 1 else ""
        attrib = {**place, "style": style}
        self._svg.element("text", text, attrib=attrib)  # type: ignore[union-attr]


class Sheet(Artist):
    """The one artist of a figure: it paints a whole picture in CSS px.

    Parameters
    ----------
    paint
        Called with a canvas whenever the figure is drawn.
    height_px
        Height of the picture in CSS px.
    """

    def __init__(self, paint: Callable[[Canvas], None], height_px: float) -> None:
        super().__init__()
        self._paint = paint
        self._height_px = height_px

    def draw(self, renderer: RendererBase) -> None:
        """Paint the picture on a renderer."""
        figure = self.get_figure(root=True)
        scale = figure.dpi / _PX_PER_INCH if figure is not None else 1.0
        self._paint(Canvas(renderer, self._height_px, scale))


def _halo(width_px: float) -> Stroke:
    from layers.looks import Stroke

    return Stroke("#FFFFFF", width_px, cap="round", opacity=0.92)


def _runs(words: Words) -> list[tuple[str, float]]:
    if not words.spacing_px:
        return [(words.text, 0.0)]
    runs, x = [], 0.0
    for letter in words.text:
        runs.append((letter, x))
        x += text_width(letter, words.size_px, bold=words.bold, italic=words.italic)
        x += words.spacing_px
    return runs


@lru_cache(maxsize=2048)
def _outline(text: str, *, bold: bool, italic: bool) -> tuple[NDArray[np.float64], Any]:
    vertices, codes = text_to_path.get_text_path(
        font(_PATH_EM, bold=bold, italic=italic, arabic=written_in_arabic(text)), text
    )
    return np.asarray(vertices, dtype=np.float64), codes


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
