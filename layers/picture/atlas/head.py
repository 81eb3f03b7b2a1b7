"""Hold what stands above the map or the text of an atlas page: number, title, lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.picture.pen.claim_signs import draw_number
from corridormap.layers.theme import PALETTE

if TYPE_CHECKING:
    from corridormap.layers.picture.atlas.sheet import Sheet
    from corridormap.layers.picture.page.flow import Flow
    from corridormap.layers.picture.pen.canvas import Canvas

__all__ = ["Head"]

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
    page: int = 1
    """The page's number."""

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
            draw_number(canvas, PALETTE, self.number, sheet.left + disc / 2, y, disc)
