"""Draw paths and words in CSS px, y downwards, on any matplotlib renderer.

The one place that talks to a renderer: it turns px into points and flips y. It knows
no map, no feature and no layout.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.path import Path as MplPath
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform

from corridormap.layers.picture.pen.curves import rounded, unit_circle
from corridormap.layers.picture.pen.fonts import font, written_in_arabic
from corridormap.layers.picture.pen.inks import AS_THEY_ARE
from corridormap.layers.picture.pen.lettering import (
    OUTLINE_EM,
    Words,
    outline_of,
    runs,
    svg_texts,
)
from corridormap.layers.picture.pen.lettering import halo as edge_of
from corridormap.layers.picture.turn.budget import checkpoint
from corridormap.layers.scene.looks import Fill, Stroke

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.backend_bases import GraphicsContextBase, RendererBase
    from numpy.typing import NDArray

    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.picture.pen.inks import Inks
    from corridormap.layers.picture.pen.lettering import Anchor

__all__ = ["POINTS_PER_PX", "Canvas", "Words"]

POINTS_PER_PX = 0.75
_AS_IT_IS = IdentityTransform()


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
    roles
        For each group that is a part to a screen reader, what it is: "H1", "Figure", "P".
        Only a PDF can hold this.
    inks
        The colours of a print look.
    """

    def __init__(
        self,
        renderer: RendererBase,
        height_px: float,
        scale: float,
        roles: Mapping[str, str] | None = None,
        *,
        inks: Inks = AS_THEY_ARE,
    ) -> None:
        self._renderer: Any = renderer
        self._height_px = height_px
        self._scale = scale
        self._to_display = Affine2D().scale(scale, -scale).translate(0, height_px * scale)
        self._clip: Box | None = None
        self._svg: Any = getattr(renderer, "writer", None)
        self._raster = isinstance(renderer, RendererAgg)
        self._pdf: Any = getattr(renderer, "file", None)
        self._roles = dict(roles or {})
        self._inks = inks
        self._inside = False
        self.parts: list[str] = []
        """Of each marked part what it is, in the order drawn."""

    @contextmanager
    def group(self, gid: str) -> Iterator[None]:
        """Put what is drawn inside into one named group (seen in SVG)."""
        self._renderer.open_group(gid, gid)
        with self.part(self._roles.get(gid, "")):
            yield
        self._renderer.close_group(gid)

    @contextmanager
    def part(self, role: str) -> Iterator[None]:
        """Mark what is drawn inside for screen readers, if the picture is to have such parts.

        Parameters
        ----------
        role
            A standard structure type of PDF, or "Artifact" for what is not read; empty for
            none. A part holds no other part.
        """
        if not role or not self._roles or self._inside or self._pdf is None:
            yield
            return
        if role == "Artifact":
            self._pdf.write(b"/Artifact BMC\n")
        else:
            self._pdf.write(f"/{role} <</MCID {len(self.parts)}>> BDC\n".encode())
            self.parts.append(role)
        self._inside = True
        yield
        self._inside = False
        self._pdf.write(b"EMC\n")

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
        fill, stroke = self._inks.drawn(fill), self._inks.drawn(stroke)
        if fill is not None and fill.opacity > 0:
            self._fill(path, fill, snap=snap)
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
        words = self._inks.written(words)
        if self._svg is not None:
            for text, attributes in svg_texts(words, x, y, anchor, scale=self._scale):
                self._svg.element("text", text, attrib=attributes)
            return
        left = x - words.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        for text, dx in runs(words):
            self._run(words, text, left + dx, y)

    def turned(self, words: Words, x: float, y: float, turn_deg: float, *, halo: bool) -> None:
        """Draw a letter, or the white edge of one, turned clockwise about its baseline's left end.

        Parameters
        ----------
        words
            The letter.
        x, y
            The left end of its baseline in px.
        turn_deg
            Clockwise, in degrees.
        halo
            Draw its edge alone: edges of all letters lie below all letters.
        """
        if not words.text.strip():
            return
        words = self._inks.written(words)
        if self._svg is not None:
            texts = list(svg_texts(words, x, y, "start", scale=self._scale))
            about = f"{x * self._scale:.2f} {y * self._scale:.2f}"
            for text, attributes in texts[:-1] if halo else texts[-1:]:
                turned = {**attributes, "transform": f"rotate({turn_deg:.1f} {about})"}
                self._svg.element("text", text, attrib=turned)
            return
        if halo or self._raster:
            outline = self._placed_outline(words, words.text, x, y, turn_deg)
            if outline is not None and halo:
                self._stroke(outline, edge_of(words.halo_px))
            elif outline is not None:
                self._fill(outline, Fill(words.color, words.opacity))
            return
        self._text(words, words.text, x, y, turn_deg)

    def _gc(self, *, snap: bool = False) -> GraphicsContextBase:
        checkpoint()
        gc: GraphicsContextBase = self._renderer.new_gc()
        gc.set_snap(snap)
        gc.set_antialiased(True)
        if self._clip is not None:
            gc.set_clip_rectangle(self._display_box(self._clip))
        return gc

    def _display_box(self, box: Box) -> Bbox:
        corners = self._to_display.transform([(box.left, box.bottom), (box.right, box.top)])
        return Bbox(corners)

    def _fill(self, path: MplPath, fill: Fill, *, snap: bool = False) -> None:
        gc = self._gc(snap=snap)
        gc.set_linewidth(0)
        self._renderer.draw_path(gc, path, _AS_IT_IS, to_rgba(fill.color, fill.opacity))
        gc.restore()

    def _stroke(self, path: MplPath, stroke: Stroke, *, snap: bool = False) -> None:
        gc = self._gc(snap=snap)
        gc.set_linewidth(stroke.width_px * POINTS_PER_PX)
        gc.set_foreground(to_rgba(stroke.color, stroke.opacity), isRGBA=True)
        gc.set_capstyle(stroke.cap)
        gc.set_joinstyle("round")
        if stroke.dash_px:
            dashes = [length * POINTS_PER_PX for length in stroke.dash_px]
            gc.set_dashes(stroke.dash_offset_px * POINTS_PER_PX, dashes)
        self._renderer.draw_path(gc, path, _AS_IT_IS, None)
        gc.restore()

    def _run(self, words: Words, text: str, x: float, y: float) -> None:
        if words.halo_px or self._raster:
            outline = self._placed_outline(words, text, x, y)
            if outline is None:
                return
            if words.halo_px:
                self._stroke(outline, edge_of(words.halo_px))
            if self._raster:
                # Much faster than letter by letter, and the same to the eye.
                self._fill(outline, Fill(words.color, words.opacity))
                return
        self._text(words, text, x, y)

    def _placed_outline(
        self, words: Words, text: str, x: float, y: float, turn_deg: float = 0.0
    ) -> MplPath | None:
        vertices, codes = outline_of(text, bold=words.bold, italic=words.italic)
        if not len(vertices):
            return None
        em = words.size_px / OUTLINE_EM
        flat = vertices * (em, -em)
        if turn_deg:
            flat = Affine2D().rotate_deg(turn_deg).transform(flat)
        placed = flat + np.array([x, y])
        return MplPath(np.round(self._to_display.transform(placed), 2), codes)

    def _text(self, words: Words, text: str, x: float, y: float, turn_deg: float = 0.0) -> None:
        arabic = written_in_arabic(text)
        prop = font(words.size_px, bold=words.bold, italic=words.italic, arabic=arabic)
        gc = self._gc()
        gc.set_foreground((*to_rgb(words.color), words.opacity), isRGBA=True)
        if words.opacity < 1:
            gc.set_alpha(words.opacity)
        display_x, display_y = self._to_display.transform((x, y))
        if self._renderer.flipy():
            display_y = self._height_px * self._scale - display_y
        self._renderer.draw_text(gc, display_x, display_y, text, prop, -turn_deg)
        gc.restore()
