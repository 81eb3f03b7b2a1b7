"""Write pages into one PDF: fonts inside and shared, bookmarks, links, language, title.

The same pages give the same bytes. What stands on a page is decided elsewhere.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import matplotlib as mpl
import pikepdf
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from layers.print.canvas import Sheet
from layers.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layers.print.atlas.blocks import Link
    from layers.print.canvas import Canvas
    from layers.print.layout import Layout

__all__ = ["Bookmark", "PdfBook"]

_RC: Any = {
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "path.simplify": True,
    "text.hinting": "none",
    "text.usetex": False,
    "text.parse_math": False,
    "path.sketch": None,
}
_PX_PER_INCH = 96.0
_POINTS_PER_PX = 0.75
_OPEN_TO = 40
"""Bookmarks of one part that are shown at once."""
_INFO = {"CreationDate": None, "Producer": None, "Creator": None}


@dataclass(frozen=True)
class Bookmark:
    """An entry of the PDF's outline."""

    title: str
    page: int
    """Index from 0 in the finished book."""
    below: tuple[Bookmark, ...] = field(default=())


class _Leaf(Protocol):
    @property
    def layout(self) -> Layout: ...
    @property
    def links(self) -> list[Link]: ...
    def paint(self, canvas: Canvas) -> None: ...


class PdfBook:
    """A PDF that grows page by page.

    The caller lets one thread at a time in: matplotlib's settings are shared by all.

    Parameters
    ----------
    title
        What the document is called.
    """

    def __init__(self, title: str) -> None:
        self._title = plain(title)
        self._body = io.BytesIO()
        self._links: list[list[Link]] = []
        with mpl.rc_context(_RC):
            self._pages: Any = PdfPages(self._body, metadata={**_INFO, "Title": self._title})

    def add(self, leaf: _Leaf) -> None:
        """Draw a page behind the others."""
        layout = leaf.layout
        inches = layout.width_px / _PX_PER_INCH, layout.height_px / _PX_PER_INCH
        with mpl.rc_context(_RC):
            figure = Figure(figsize=inches, dpi=layout.dpi, frameon=False)
            figure.add_artist(Sheet(leaf.paint, layout.height_px))
            figure.savefig(self._pages, format="pdf", dpi=layout.dpi)
        height = layout.height_px
        self._links.append([_in_points(link, height) for link in leaf.links])

    def finish(
        self, order: Sequence[int], bookmarks: Iterable[Bookmark], places: Mapping[str, int]
    ) -> bytes:
        """Return the document.

        Parameters
        ----------
        order
            For each page of the finished book, which of the drawn ones it is.
        bookmarks
            Entries of the outline.
        places
            Index of the page in the finished book, by what links to pages name.
        """
        with mpl.rc_context(_RC):
            self._pages.close()
        self._body.seek(0)
        out = io.BytesIO()
        with pikepdf.open(self._body) as pdf:
            drawn = list(pdf.Root.Pages.Kids)
            # Pages are named by their objects: their count is kept from before the change.
            leaves = [drawn[index] for index in order]
            pdf.Root.Pages.Kids = pikepdf.Array(leaves)
            for leaf, index in zip(leaves, order, strict=True):
                made = [_annotation(link, leaves, places) for link in self._links[index]]
                if made:
                    leaf.Annots = pikepdf.Array([pdf.make_indirect(each) for each in made])
            with pdf.open_outline() as outline:
                outline.root.extend(_item(bookmark, leaves) for bookmark in bookmarks)
            pdf.Root.Lang = pikepdf.String("en")
            pdf.Root.PageMode = pikepdf.Name.UseOutlines
            pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
            with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
                xmp["dc:title"] = self._title
                xmp["dc:language"] = {"en"}
            pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _annotation(
    link: Link, leaves: Sequence[pikepdf.Object], places: Mapping[str, int]
) -> pikepdf.Dictionary:
    box = link.box
    entry = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[round(v, 2) for v in (box.left, box.top, box.right, box.bottom)],
        Border=[0, 0, 0],
    )
    if link.target in places:
        entry.Dest = _top_of(leaves[places[link.target]])
    else:
        entry.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(link.target))
    return entry


def _top_of(leaf: pikepdf.Object) -> pikepdf.Array:
    return pikepdf.Array([leaf, pikepdf.Name.Fit])


def _in_points(link: Link, height_px: float) -> Link:
    """Return a link whose box is in points, y upwards: left, bottom, right, top."""
    from layers.print.atlas.blocks import Link
    from layers.print.box import Box

    box, k = link.box, _POINTS_PER_PX
    lower, upper = (height_px - box.bottom) * k, (height_px - box.top) * k
    return Link(Box(box.left * k, lower, box.right * k, upper), link.target)


def _item(bookmark: Bookmark, leaves: Sequence[pikepdf.Object]) -> pikepdf.OutlineItem:
    item = pikepdf.OutlineItem(bookmark.title, _top_of(leaves[bookmark.page]))
    item.children.extend(_item(below, leaves) for below in bookmark.below)
    item.is_closed = len(bookmark.below) > _OPEN_TO
    return item
