"""Hold what was made of an atlas, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corridormap.layers.picture.layout import DroppedLabel, Report
    from corridormap.layers.picture.pen.box import Box

__all__ = ["AtlasReport", "PageReport"]


@dataclass(frozen=True)
class PageReport:
    """What was drawn on a page."""

    number: int
    subject: str
    """Id of the claim or feature; "overview" or "sources"."""
    map: Report | None
    boxes: tuple[Box, ...]
    """The boxes of map and text, from above to below."""


@dataclass(frozen=True)
class AtlasReport:
    """What was made."""

    pages: tuple[PageReport, ...]
    left_out: tuple[str, ...]
    """Ids of features of which nothing is known yet at the date."""

    @property
    def dropped(self) -> tuple[DroppedLabel, ...]:
        """Labels that found no room, on whatever page."""
        return tuple(label for page in self.pages if page.map for label in page.map.dropped)
