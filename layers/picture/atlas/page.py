"""Lay out the pages of an atlas: a map with its text below, pages of text alone.

The map takes the room that the text leaves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corridormap.layers.picture.atlas.blocks import filled_columns
from corridormap.layers.picture.atlas.fit import fit_text
from corridormap.layers.picture.page.flow import Flow
from corridormap.layers.picture.page.legend import make_legend
from corridormap.layers.picture.page.page import Page
from corridormap.layers.picture.page.picture import Picture
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.scene.alt_text import draft_alt_text
from corridormap.layers.scene.looks import Fill
from corridormap.layers.theme import PALETTE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.picture.atlas.blocks import Block, Columns, Link
    from corridormap.layers.picture.atlas.fit import Tell
    from corridormap.layers.picture.atlas.head import Head
    from corridormap.layers.picture.atlas.sheet import Sheet
    from corridormap.layers.picture.layout import Layout, Report
    from corridormap.layers.picture.page.legend import LegendRow
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.scene import Bbox, Scene


__all__ = ["MapPage", "TextPage", "text_pages"]

_LOCATOR = 0.72
_CONTINUED = ", continued"


class MapPage:
    """A page with a map, and text below it as far as there is room.

    Parameters
    ----------
    sheet, head
        Paper, and what stands above the map.
    scene, tiers_of
        What is drawn, and the outline for a bbox.
    tells
        Give the texts, from the fullest manner of telling to the briefest.
    longer
        Give them as they are told when they may go on to a page of text; from the
        largest to the smallest.
    """

    def __init__(
        self,
        sheet: Sheet,
        head: Head,
        *,
        scene: Scene,
        tiers_of: Callable[[Bbox], Sequence[Tier]],
        tells: Sequence[Tell],
        longer: Sequence[Tell] = (),
    ) -> None:
        self._sheet, self._head = sheet, head
        self._tells, self._longer = tells, longer
        self.rest: tuple[Block, ...] = ()
        self._text: tuple[Columns, float] | None = None
        self._room = 0.0
        self.layout = sheet.layout
        self._picture = Picture(
            scene, tiers_of, self.layout, self._arranged, locator_scale=_LOCATOR
        )

    @property
    def title(self) -> str:
        """What the page is about."""
        return self._head.title

    @property
    def report(self) -> Report:
        """What was drawn on the map."""
        return self._picture.report

    @property
    def alt(self) -> str:
        """Words for those who cannot see the map."""
        return draft_alt_text(self._picture.scene)

    @property
    def figure(self) -> Box:
        """Where the map stands."""
        return self._picture.report.map_box

    @property
    def links(self) -> list[Link]:
        """What can be clicked."""
        return self._text[0].links(self._sheet.left, self._text[1]) if self._text else []

    @property
    def boxes(self) -> list[Box]:
        """The boxes of map and text, to be held against each other."""
        found = [self._picture.report.map_box]
        if self._text:
            columns, top = self._text
            left = self._sheet.left
            found.append(Box(left, top, left + self._sheet.width, top + columns.height))
        return found

    def paint(self, canvas: Canvas) -> None:
        """Draw everything."""
        self._picture.paint(canvas)
        self._head.paint(canvas, self._sheet)
        self._sheet.paint(canvas, self._head.what, self._head.page)

    def draw(self, canvas: Canvas, palette: Mapping[str, str], x: float, top: float) -> None:
        """Draw the text below the map."""
        if self._text:
            self._text[0].draw(canvas, palette, x, top)

    def retell(self, tells: Sequence[Tell]) -> None:
        """Take other texts of the same lengths, such as page numbers that are now known."""
        self._tells = tells
        if self._text:
            self._text = self._columns(self._room), self._text[1]

    def _columns(self, room: float) -> Columns:
        """Return the text that stands below the map; what is left goes into `rest`."""
        self._room = room
        fitted = fit_text(self._sheet, room, self._tells, self._longer)
        self.rest = fitted.rest
        return fitted.columns

    def _arranged(
        self,
        scene: Scene,
        layout: Layout,
        layers: Sequence[LegendRow],
        ways: Sequence[LegendRow],
    ) -> Page:
        sheet, head = self._sheet, self._head
        del scene
        top = sheet.top + head.height(sheet)
        legend = make_legend(layers, ways, layout, sheet.width)
        around = legend.height + 20 * sheet.scale
        columns = self._columns(sheet.floor - top - around)
        text_y = sheet.floor - columns.height
        legend_y = text_y - legend.height - 12 * sheet.scale
        self._text = columns, text_y
        indent = head.indent(sheet)
        title = head.flow(sheet)
        lead_y = sheet.top + title.height + 3 * sheet.scale
        right = sheet.left + sheet.width
        return Page(
            map_box=Box(sheet.left, top, right, legend_y - 6 * sheet.scale),
            title=(title, sheet.left + indent, sheet.top),
            subtitle=(head.lead or Flow((), 0.0, 0.0), sheet.left, lead_y),
            claims=(self, sheet.left, text_y),
            legend=(legend, sheet.left, legend_y),
            foot=(Flow((), 0.0, 0.0), sheet.left, sheet.bottom),
            rules=(),
            omitted=(),
        )


@dataclass(frozen=True)
class TextPage:
    """A page of text alone."""

    sheet: Sheet
    head: Head
    columns: Columns

    @property
    def number(self) -> int:
        """Its number."""
        return self.head.page

    @property
    def layout(self) -> Layout:
        """Its size."""
        return self.sheet.layout

    @property
    def title(self) -> str:
        """What the page is about."""
        return self.head.title

    @property
    def alt(self) -> str:
        """It has no map."""
        return ""

    @property
    def figure(self) -> None:
        """It has no map."""
        return None

    @property
    def _text_y(self) -> float:
        return self.sheet.top + self.head.height(self.sheet)

    @property
    def links(self) -> list[Link]:
        """What can be clicked."""
        return self.columns.links(self.sheet.left, self._text_y)

    @property
    def boxes(self) -> list[Box]:
        """The box of the text."""
        left, top = self.sheet.left, self._text_y
        return [Box(left, top, left + self.sheet.width, top + self.columns.height)]

    def paint(self, canvas: Canvas) -> None:
        """Draw everything."""
        sheet = self.sheet
        canvas.box(Box(0, 0, self.layout.width_px, self.layout.height_px), fill=Fill("#FFFFFF"))
        title = self.head.flow(sheet)
        with canvas.part("H1"):
            title.draw(canvas, sheet.left + self.head.indent(sheet), sheet.top)
        if self.head.lead is not None:
            with canvas.part("P"):
                self.head.lead.draw(canvas, sheet.left, sheet.top + title.height + 3 * sheet.scale)
        self.head.paint(canvas, sheet)
        self.columns.draw(canvas, PALETTE, sheet.left, self._text_y)
        sheet.paint(canvas, self.head.what, self.number)


def text_pages(sheet: Sheet, head: Head, blocks: Sequence[Block]) -> list[TextPage]:
    """Return as many pages of text as blocks need.

    Parameters
    ----------
    sheet, head
        Paper, and what stands above the text of each page; the first has the head's number.
    blocks
        In reading order.
    """
    pages: list[TextPage] = []
    left = tuple(blocks)
    room = sheet.floor - sheet.top - head.height(sheet)
    while left:
        columns, left = filled_columns(left, sheet.columns, sheet.column_px, sheet.gap, height=room)
        pages.append(TextPage(sheet, head, columns))
        head = replace(head, page=head.page + 1, title=_going_on(head.title))
    return pages


def _going_on(title: str) -> str:
    return title if title.endswith(_CONTINUED) else f"{title}{_CONTINUED}"
