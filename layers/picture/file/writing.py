"""Write a picture as PNG, SVG or PDF; the same picture gives the same bytes."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING, Any, Literal, Protocol

import matplotlib as mpl
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_svg import RendererSVG
from PIL import Image

from corridormap.layers.picture.file.note import FileNote
from corridormap.layers.picture.file.stamp import png_text, stamp_pdf, stamp_svg
from corridormap.layers.picture.pen.canvas import POINTS_PER_PX, Canvas
from corridormap.layers.picture.turn.budget import require_pixels

if TYPE_CHECKING:
    from typing import IO

    from corridormap.layers.picture.layout import Layout

__all__ = ["Painting", "write"]

_OF_SCREENS = ("backend", "backend_fallback", "interactive", "toolbar", "timezone")
_RC: Any = {
    # A `matplotlibrc` of the folder we run in, or of the user's, changes no picture.
    **{key: mpl.rcParamsDefault[key] for key in mpl.rcParamsDefault if key not in _OF_SCREENS},
    "svg.hashsalt": "corridormap",
    "svg.fonttype": "none",
    "path.simplify": True,
    "text.hinting": "none",
    "text.usetex": False,
    "text.parse_math": False,
    "path.sketch": None,
}
_BARE: Any = {"Date": None, "Creator": None, "Format": None, "Type": None}
"""matplotlib writes nothing of its own; the note is written after it."""
_PX_PER_INCH = 96.0
_PNG_EFFORT = 3
"""Of zlib's nine: harder work makes pictures of flat colours no smaller."""
_HAIR = 1e-6
_PIXELS: Any = RendererAgg
_LINES: Any = RendererSVG
"""matplotlib does not tell the types of these."""


class Painting(Protocol):
    """Anything that can be written as a picture."""

    layout: Layout
    """Only its size and its print look are read."""

    @property
    def title(self) -> str:
        """What the file is called inside."""

    def paint(self, canvas: Canvas) -> None:
        """Draw everything."""


def write(
    picture: Painting,
    file: IO[bytes],
    format: Literal["png", "svg", "pdf"],  # noqa: A002 - the word of savefig
    note: FileNote | None = None,
) -> None:
    """Draw a picture and write it.

    Parameters
    ----------
    picture
        What to draw.
    file
        Open for writing bytes.
    format
        The form of the file.
    note
        What the file says of itself; without one only the picture's title.
    """
    note = note or FileNote(picture.title)
    with mpl.rc_context(_RC):
        if format == "png":
            _write_png(picture, file, note)
        elif format == "svg":
            file.write(stamp_svg(_svg(picture), note))
        else:
            file.write(stamp_pdf(_pdf(picture), note))


def _write_png(picture: Painting, file: IO[bytes], note: FileNote) -> None:
    """Write a picture; only one without paper has an alpha channel: white paper hides all below."""
    layout = picture.layout
    scale = layout.dpi / _PX_PER_INCH
    # A hair more, so that rounding never loses a row or a column of pixels.
    size = int((layout.width_px + _HAIR) * scale), int((layout.height_px + _HAIR) * scale)
    require_pixels(*size)
    renderer = _PIXELS(*size, layout.dpi)
    picture.paint(Canvas(renderer, layout.height_px, scale, inks=layout.inks))
    image = Image.frombuffer("RGBA", size, renderer.buffer_rgba(), "raw", "RGBA", 0, 1)
    (image if layout.transparent else image.convert("RGB")).save(
        file,
        format="PNG",
        dpi=(layout.dpi, layout.dpi),
        compress_level=_PNG_EFFORT,
        pnginfo=png_text(note),
    )


def _svg(picture: Painting) -> bytes:
    layout, out = picture.layout, io.BytesIO()
    width, height = (side * POINTS_PER_PX for side in (layout.width_px, layout.height_px))
    writer = codecs.getwriter("utf-8")(out)
    renderer = _LINES(width, height, writer, image_dpi=layout.dpi, metadata=_BARE)
    renderer.open_group("figure")
    picture.paint(Canvas(renderer, layout.height_px, POINTS_PER_PX, inks=layout.inks))
    renderer.close_group("figure")
    renderer.finalize()
    return out.getvalue()


def _pdf(picture: Painting) -> bytes:
    # Imported here: it imports all of matplotlib, which no other form of file needs.
    from corridormap.layers.picture.file.pdf_pages import PdfPages

    pages = PdfPages()
    pages.add(picture.layout, picture.paint)
    return pages.close()
