"""Write an atlas's lists: the contents on the overview, the sources at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.picture.atlas.blocks import Block, Part
from corridormap.layers.picture.atlas.pen import Pen
from corridormap.layers.picture.page.flow import wrap
from corridormap.layers.theme import PALETTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corridormap.layers.corridor.source import SceneSource
    from corridormap.layers.picture.atlas.plan import Subject

__all__ = ["contents", "source_list"]

_PAGE_ROOM = 2.4
"""Room for a page's number, in sizes of the text."""


def contents(
    subjects: Sequence[Subject],
    pages: Mapping[str, int],
    *,
    size_px: float,
    width_px: float,
    note: str = "",
    ends: Sequence[tuple[str, str]] = (),
) -> tuple[Block, ...]:
    """Return the contents: a line for each subject with its page.

    Parameters
    ----------
    subjects
        In the atlas's order.
    pages
        Page numbers by subject id, and those of what stands at the end.
    size_px, width_px
        Size of the text and width of a column.
    note
        Where the claims are from.
    ends
        What stands at the end: under what its page is in `pages`, and its title.
    """
    pen = Pen(PALETTE, size_px, width_px)
    part = ""
    for subject in subjects:
        title = "Claims" if subject.claim else subject.layer
        if title != part:
            pen.heading(title)
            if subject.claim and note:
                pen.text([pen.words(note, "text_second")], before=0.1, keep=True)
            part = title
        number = str(subject.claim.number) if subject.claim else ""
        pen.blocks.append(_line(pen, subject.title, number, pages.get(subject.id, 0), subject.id))
    if ends:
        pen.heading("At the end")
    for key, title in ends:
        pen.blocks.append(_line(pen, title, "", pages.get(key, 0), key))
    return tuple(pen.blocks)


def _line(pen: Pen, title: str, number: str, page: int, target: str) -> Block:
    size = pen.size_px
    disc = 1.45 * size
    indent = disc + 0.45 * size if number else 0.0
    words = pen.words(title.rstrip("."))
    name = wrap([words], pen.width_px - indent - _PAGE_ROOM * size, leading=1.3)
    told = wrap([pen.words(str(page), bold=True)], pen.width_px, leading=1.3)
    lift = 0.08 * size if number else 0.0
    target = f"#{target}"
    parts = (Part(name, indent, lift, target), Part(told, 0.0, lift, target, end=True))
    return Block(parts, 0.26 * size, sign=("number", number, disc) if number else None)


def source_list(
    sources: Iterable[SceneSource], *, size_px: float, width_px: float
) -> tuple[Block, ...]:
    """Return all sources with their addresses."""
    pen = Pen(PALETTE, size_px, width_px)
    for source in sources:
        pen.source(source)
    return tuple(pen.blocks)
