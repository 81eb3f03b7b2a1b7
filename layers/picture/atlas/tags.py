"""Tell a screen reader what the pages of a PDF hold, and in which order it is read.

The parts were marked when the pages were drawn; here they get their tree. Draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corridormap.layers.picture.pen.box import Box

__all__ = ["ARTIFACT", "ROLES", "LeafWords", "tag_pages"]

ARTIFACT = "Artifact"
ROLES = {"map": "Figure", "legend": "P", "running-head": ARTIFACT, "foot": ARTIFACT}
"""What the groups of a page are; titles and blocks of text say it themselves."""


@dataclass(frozen=True)
class LeafWords:
    """What a page is to a screen reader."""

    title: str
    parts: tuple[str, ...]
    """Of each marked part what it is, in the order drawn."""
    alt: str = ""
    """Words for those who cannot see its map."""
    figure: Box | None = None
    """The map's box in points, y upwards: left, bottom, right, top."""


def tag_pages(
    pdf: pikepdf.Pdf, leaves: Sequence[pikepdf.Object], words: Iterable[LeafWords]
) -> None:
    """Give a document the tree of its parts.

    Parameters
    ----------
    pdf
        Changed in place.
    leaves, words
        Its pages in order, and what each holds.
    """
    tree = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    whole = _element(pdf, "Document", tree)
    parents: list[Any] = []
    sections = []
    for number, (leaf, told) in enumerate(zip(leaves, words, strict=True)):
        section = _element(pdf, "Sect", whole)
        section.T = pikepdf.String(told.title)
        made = [_part(pdf, section, leaf, told, mcid) for mcid in range(len(told.parts))]
        section.K = pikepdf.Array([made[mcid] for mcid in _reading_order(told.parts)])
        leaf.StructParents = number
        leaf.Tabs = pikepdf.Name.S
        parents += [number, pdf.make_indirect(pikepdf.Array(made))]
        sections.append(section)
    whole.K = pikepdf.Array(sections)
    tree.K = pikepdf.Array([whole])
    tree.ParentTree = pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(parents)))
    tree.ParentTreeNextKey = len(sections)
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)


def _reading_order(parts: Sequence[str]) -> list[int]:
    """Return the numbers of a page's parts as they are read.

    The title and what stands under it are drawn after the map but read before it.
    """
    first: list[int] = []
    if "H1" in parts:
        title = parts.index("H1")
        # What stands under the title, if anything, is drawn right after it.
        under = [n for n in (title + 1,) if parts[n : n + 1] == ("P",) and "Figure" in parts]
        first = [title, *under]
    return [*first, *(n for n in range(len(parts)) if n not in first)]


def _element(pdf: pikepdf.Pdf, role: str, parent: Any) -> Any:
    return pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name(f"/{role}"), P=parent)
    )


def _part(pdf: pikepdf.Pdf, section: Any, leaf: Any, told: LeafWords, mcid: int) -> Any:
    role = told.parts[mcid]
    element = _element(pdf, role, section)
    element.Pg = leaf
    element.K = mcid
    if role == "Figure":
        element.Alt = pikepdf.String(told.alt or told.title)
        if told.figure is not None:
            box = told.figure
            sides = [round(v, 2) for v in (box.left, box.top, box.right, box.bottom)]
            element.A = pikepdf.Dictionary(
                O=pikepdf.Name.Layout, Placement=pikepdf.Name.Block, BBox=pikepdf.Array(sides)
            )
    return element
