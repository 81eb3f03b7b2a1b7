"""Write pages into one PDF: fonts inside and shared, bookmarks, links, language, title.

The same pages give the same bytes. What stands on a page is decided elsewhere.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pikepdf

from corridormap.layers.picture.atlas.blocks import Link
from corridormap.layers.picture.atlas.tags import ROLES, LeafWords, tag_pages
from corridormap.layers.picture.file.pdf_pages import PdfPages
from corridormap.layers.picture.file.stamp import write_note
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corridormap.layers.picture.file.note import FileNote
    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.pen.canvas import Canvas

__all__ = ["Bookmark", "PdfBook"]

_POINTS_PER_PX = 0.75
_OPEN_TO = 40
"""Bookmarks of one part that are shown at once."""


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
    def title(self) -> str: ...
    @property
    def alt(self) -> str: ...
    @property
    def figure(self) -> Box | None: ...
    @property
    def links(self) -> list[Link]: ...
    def paint(self, canvas: Canvas) -> None: ...


class PdfBook:
    """A PDF that grows page by page.

    The caller lets one thread at a time in: matplotlib's settings are shared by all.
    """

    def __init__(self) -> None:
        self._links: list[list[Link]] = []
        self._words: list[LeafWords] = []
        self._pages = PdfPages()

    def add(self, leaf: _Leaf) -> None:
        """Draw a page behind the others."""
        layout = leaf.layout
        parts = self._pages.add(layout, leaf.paint, ROLES)
        height = layout.height_px
        box = leaf.figure and _in_points(leaf.figure, height)
        self._words.append(LeafWords(plain(leaf.title), parts, leaf.alt, box))
        self._links.append([Link(_in_points(link.box, height), link.target) for link in leaf.links])

    def finish(
        self,
        order: Sequence[int],
        bookmarks: Iterable[Bookmark],
        places: Mapping[str, int],
        note: FileNote,
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
        note
            What the document says of itself.
        """
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(self._pages.close())) as pdf:
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
            tag_pages(pdf, leaves, [self._words[index] for index in order])
            pdf.Root.PageMode = pikepdf.Name.UseOutlines
            write_note(pdf, note)
            # The tree of its parts is long: it is kept in compressed streams.
            objects = pikepdf.ObjectStreamMode.generate
            pdf.save(out, deterministic_id=True, object_stream_mode=objects)
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
        page = places[link.target]
        entry.Dest = _top_of(leaves[page])
        entry.Contents = pikepdf.String(f"Page {page + 1}")
    else:
        entry.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(link.target))
        entry.Contents = pikepdf.String(link.target)
    return entry


def _top_of(leaf: pikepdf.Object) -> pikepdf.Array:
    return pikepdf.Array([leaf, pikepdf.Name.Fit])


def _in_points(box: Box, height_px: float) -> Box:
    """Return a box in points, y upwards: left, bottom, right, top."""
    k = _POINTS_PER_PX
    lower, upper = (height_px - box.bottom) * k, (height_px - box.top) * k
    return Box(box.left * k, lower, box.right * k, upper)


def _item(bookmark: Bookmark, leaves: Sequence[pikepdf.Object]) -> pikepdf.OutlineItem:
    item = pikepdf.OutlineItem(bookmark.title, _top_of(leaves[bookmark.page]))
    item.children.extend(_item(below, leaves) for below in bookmark.below)
    item.is_closed = len(bookmark.below) > _OPEN_TO
    return item
