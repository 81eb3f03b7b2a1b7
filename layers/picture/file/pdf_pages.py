"""Paint pages into a PDF with matplotlib: fonts inside and shared by all pages.

What a page shows is decided elsewhere; what the file says of itself is written after it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_pdf import PdfFile, RendererPdf

from corridormap.layers.picture.pen.canvas import POINTS_PER_PX, Canvas
from corridormap.layers.picture.pen.fonts import face_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

    from corridormap.layers.picture.layout import Layout

__all__ = ["PdfPages"]

_RC: Any = {
    "pdf.fonttype": 42,
    "pdf.compression": 4,
    "path.simplify": True,
    "text.hinting": "none",
    "text.usetex": False,
    "text.parse_math": False,
    "path.sketch": None,
}
_BARE: Any = {"CreationDate": None, "Producer": None, "Creator": None}
_PX_PER_INCH = 96.0
_FILE: Any = PdfFile
_RENDERER: Any = RendererPdf
"""matplotlib does not tell the types of these."""


class _Renderer(_RENDERER):  # type: ignore[misc]
    """matplotlib's renderer, with our faces."""

    def _get_font_ttf(self, prop: FontProperties) -> FT2Font:
        face = face_of(prop)
        face.clear()
        face.set_size(prop.get_size_in_points(), 72)
        return face


class PdfPages:
    """A PDF that grows page by page; the same pages give the same bytes.

    The caller lets one thread at a time in: matplotlib's settings are shared by all.
    """

    def __init__(self) -> None:
        self._out = io.BytesIO()
        with mpl.rc_context(_RC):
            self._file = _FILE(self._out, metadata=_BARE)

    def add(
        self,
        layout: Layout,
        paint: Callable[[Canvas], None],
        roles: Mapping[str, str] | None = None,
    ) -> tuple[str, ...]:
        """Paint a page behind the others.

        Parameters
        ----------
        layout
            Its size.
        paint
            Paints it.
        roles
            What its groups are to a screen reader; see `Canvas`.

        Returns
        -------
        Of each marked part what it is, in the order drawn.
        """
        inches = layout.width_px / _PX_PER_INCH, layout.height_px / _PX_PER_INCH
        with mpl.rc_context(_RC):
            self._file.newPage(*inches)
            renderer = _Renderer(self._file, layout.dpi, inches[1], inches[0])
            canvas = Canvas(renderer, layout.height_px, POINTS_PER_PX, roles, inks=layout.inks)
            paint(canvas)
            renderer.finalize()
            self._file.endStream()
        return tuple(canvas.parts)

    def close(self) -> bytes:
        """Return the document."""
        with mpl.rc_context(_RC):
            self._file.finalize()
            self._file.close()
        return self._out.getvalue()
