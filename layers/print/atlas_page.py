"""Lay out the pages of an atlas: a map with its text below, pages of text alone.

The map takes the room that the text leaves. What does not fit below a map of a good size is
set smaller, then told with fewer words, then goes on to a page of text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers.looks import Fill
from layers.print.atlas_blocks import balanced_columns, filled_columns
from layers.print.box import Box
from layers.print.claims import draw_number
from layers.print.legend import make_legend
from layers.print.page import Page
from layers.print.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.outline import Tier
    from layers.print.atlas_blocks import Block, Columns, Link
    from layers.print.atlas_sheet import Sheet
    from layers.print.canvas import Canvas
    from layers.print.flow import Flow
    from layers.print.layout import Layout, Report
    from layers.print.legend import LegendRow
    from layers.scene import Bbox, Scene

    Tell = Callable[[float], Sequence[Block]]

__all__ = ["Head", "MapPage", "TextPage", "text_pages"]

LEAST_MAP, LEAST_MAP_ALONE, MOST_MAP = 0.34, 0.27, 0.56
"""Shares of the paper's height: a map with text below; that of a page that would otherwise
go on; a map whose text goes on to the next page."""
_DISC = 1.15


@dataclass(frozen=True)
class Head:
    """What stands above a page's map or text."""

    what: str
    """What the page is, for the running head."""
    title: str
    lead: Flow | None = None
    number: str = ""
    """A claim's number, drawn before the title."""

    def flow(self, sheet: Sheet) -> Flow:
        """Return the title, set."""
        return sheet.title(self.title, indent=self.indent(sheet))

    def indent(self, sheet: Sheet) -> float:
        """Return how far the title stands in, to leave room for the number."""
        return 38.0 * sheet.scale if self.number else 0.0

    def height(self, sheet: Sheet) -> float:
        """Return its height in px, with the room below it."""
        lead = self.lead.height + 3 * sheet.scale if self.lead else 0.0
        return self.flow(sheet).height + lead + 9 * sheet.scale

    def paint(self, canvas: Canvas, sheet: Sheet) -> None:
        """Draw the number; the title and the lead are the page's own."""
        if self.number:
            flow = self.flow(sheet)
            disc = _DISC * flow.size_px
            y = sheet.top + flow.size_px * flow.leading / 2
            from layers.theme import PALETTE

            draw_number(canvas, PALETTE, self.number, sheet.left + disc / 2, y, disc)


class MapPage:
    """A page with a map, and text below it as far as there is room.

    Parameters
    ----------
    sheet, head, number
        Paper, what stands above the map, and the page's number.
    scene, tiers_of
        What is drawn, and the outline for a bbox.
    tells
        The texts, from the fullest manner of telling to the briefest.
    longer
        The texts as they are told when they may go on to a page of text; from the
        largest to the smallest.
    """

    def __init__(
        self,
        sheet: Sheet,
        head: Head,
        number: int,
        *,
        scene: Scene,
        tiers_of: Callable[[Bbox], Sequence[Tier]],
        tells: Sequence[Sequence[Block]],
        longer: Sequence[Sequence[Block]] = (),
    ) -> None:
        self._sheet, self._head, self._number = sheet, head, number
        self._tells, self._longer = tells, longer
        self.rest: tuple[Block, ...] = ()
        self._text: tuple[Columns, float] | None = None
        self.layout = sheet.layout
        self._picture = Picture(scene, tiers_of, self.layout, self._arranged)

    @property
    def title(self) -> str:
        """What the page is about."""
        return self._head.title

    @property
    def report(self) -> Report:
        """What was drawn on the map."""
        return self._picture.report

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
        self._sheet.paint(canvas, self._head.what, self._number)

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
        from layers.print.flow import Flow

        return Page(
            map_box=Box(sheet.left, top, right, legend_y - 6 * sheet.scale),
            title=(title, sheet.left + indent, sheet.top),
            subtitle=(head.lead or Flow((), 0.0, 0.0), sheet.left, lead_y),
            claims=(columns, sheet.left, text_y),
            legend=(legend, sheet.left, legend_y),
            foot=(Flow((), 0.0, 0.0), sheet.left, sheet.bottom),
            rules=(),
            omitted=(),
        )

    def _columns(self, room: float) -> Columns:
        """Return the text that stands below the map; what is left goes into `rest`."""
        sheet, paper = self._sheet, self.layout.height_px
        self.rest = ()
        for least in (LEAST_MAP, LEAST_MAP_ALONE):
            for blocks in self._tells:
                columns = self._set(blocks)
                if columns.height <= room - least * paper:
                    return columns
        after = sheet.floor - sheet.top - 40 * sheet.scale
        longer = self._longer or self._tells
        height = room - LEAST_MAP * paper
        blocks = longer[-1]
        for blocks in longer:
            columns = self._set(blocks)
            if columns.height <= after + height:
                break
        else:
            columns = self._set(blocks)
        wanted = columns.height - 0.97 * after
        height = min(height, max(wanted, room - MOST_MAP * paper))
        columns, self.rest = filled_columns(
            blocks, sheet.columns, sheet.column_px, sheet.gap, height=height
        )
        return columns

    def _set(self, blocks: Sequence[Block]) -> Columns:
        sheet = self._sheet
        return balanced_columns(blocks, sheet.columns, sheet.column_px, sheet.gap)


@dataclass(frozen=True)
class TextPage:
    """A page of text alone."""

    sheet: Sheet
    head: Head
    number: int
    columns: Columns

    @property
    def layout(self) -> Layout:
        """Its size."""
        return self.sheet.layout

    @property
    def title(self) -> str:
        """What the page is about."""
        return self.head.title

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
        from layers.theme import PALETTE

        sheet = self.sheet
        canvas.box(Box(0, 0, self.layout.width_px, self.layout.height_px), fill=Fill("#FFFFFF"))
        title = self.head.flow(sheet)
        title.draw(canvas, sheet.left + self.head.indent(sheet), sheet.top)
        if self.head.lead is not None:
            self.head.lead.draw(canvas, sheet.left, sheet.top + title.height + 3 * sheet.scale)
        self.head.paint(canvas, sheet)
        self.columns.draw(canvas, PALETTE, sheet.left, self._text_y)
        sheet.paint(canvas, self.head.what, self.number)


def text_pages(
    sheet: Sheet, head: Head, blocks: Sequence[Block], *, number: int
) -> list[TextPage]:
    """Return as many pages of text as blocks need.

    Parameters
    ----------
    sheet, head
        Paper, and what stands above the text of each page.
    blocks
        In reading order.
    number
        Number of the first page.
    """
    pages: list[TextPage] = []
    left = tuple(blocks)
    while left:
        room = sheet.floor - sheet.top - head.height(sheet)
        columns, left = filled_columns(
            left, sheet.columns, sheet.column_px, sheet.gap, height=room
        )
        pages.append(TextPage(sheet, head, number + len(pages), columns))
    return pages
