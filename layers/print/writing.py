"""Write a picture as PNG, SVG or PDF; the same picture gives the same bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Literal, Protocol

import matplotlib as mpl
from matplotlib.figure import Figure

from layers.print.canvas import Sheet
from layers.print.note import FileNote
from layers.print.stamp import png_text, stamp_pdf, stamp_svg

if TYPE_CHECKING:
    from typing import IO

    from layers.print.canvas import Canvas
    from layers.print.layout import Layout

__all__ = ["Painting", "write"]

_RC: Any = {
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
_BARE: dict[str, Any] = {
    "png": None,
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}
"""matplotlib writes nothing of its own; the note is written after it."""
_PX_PER_INCH = 96.0
_PNG_EFFORT = 4
_HAIR = 1e-6


class Painting(Protocol):
    """Anything that can be written as a picture."""

    layout: Layout
    """Only its size is read."""

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
    layout = picture.layout
    # A hair more, so that rounding never loses a row or a column of pixels.
    hair = _HAIR if format == "png" else 0.0
    inches = (
        (layout.width_px + hair) / _PX_PER_INCH,
        (layout.height_px + hair) / _PX_PER_INCH,
    )
    more: dict[str, Any] = {"metadata": _BARE[format]}
    if format == "png":
        more["pil_kwargs"] = {"compress_level": _PNG_EFFORT, "pnginfo": png_text(note)}
    drawn: IO[bytes] = file if format == "png" else io.BytesIO()
    with mpl.rc_context(_RC):
        figure = Figure(figsize=inches, dpi=layout.dpi, frameon=False)
        figure.add_artist(Sheet(picture.paint, layout.height_px))
        figure.savefig(drawn, format=format, dpi=layout.dpi, **more)
    if isinstance(drawn, io.BytesIO) and drawn is not file:
        stamp = stamp_svg if format == "svg" else stamp_pdf
        file.write(stamp(drawn.getvalue(), note))
