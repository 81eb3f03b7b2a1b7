"""Say what a picture is asked to be, and report what was made; it draws nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from corridormap.layers.picture.pen.inks import Inks

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.scene.scene import Bbox
    from corridormap.layers.theme import ProjectionName, ProjectionWish
    from corridormap.layers.wording.edition_code import EditionCode

__all__ = ["Align", "DroppedLabel", "Layout", "PlacedLabel", "Report"]

Project: TypeAlias = "Callable[[NDArray[np.float64]], NDArray[np.float64]]"

Align = Literal["start", "middle", "end"]
"""How a label's rows line up."""
Arrangement = Literal["auto", "beside", "below", "map", "changes"]

_DESIGN_SHORT_SIDE_PX = 900.0
_LEAST_UNIT, _LEAST_UNIT_SCREEN, _SCREEN_TEXT_PX = 0.45, 0.62, 12.0
"""How small things are drawn at least; smaller where print reads smaller text."""
_WIDE, _NARROW_PX = 1.2, 480.0
"""A picture narrower than this has no room for a column beside its map."""


@dataclass(frozen=True)
class Layout:
    """The size of a picture and what stands on it.

    Sizes are CSS px at 96 to the inch; a PNG has `width_px * dpi / 96` pixels.
    """

    width_px: float = 1600
    height_px: float = 900
    dpi: float = 96.0
    arrangement: Arrangement = "auto"
    """Where the claims stand: left of the map, below it, or not at all ("map"); or two maps in
    place of one, before and after ("changes")."""
    claims: bool = True
    locator: bool = True
    detail: bool = True
    """Draw a detail inset where signs crowd."""
    legend_below: bool = False
    """Put the legend below the map even where only the map is shown."""
    smallest_text_px: float = 12.0
    """No text is smaller: 9 pt on a screen; print reads smaller ones."""
    projection: ProjectionWish = "auto"
    """What is asked for; "auto" is as the scene says, else as suits the extent."""

    transparent: bool = False
    """Leave out the paper: only what is drawn on it covers anything."""
    greyscale: bool = False
    black: bool = False
    """Draw in pure black what is written and inked: one plate of a press."""

    code: EditionCode | None = None
    """The published edition that it is of, printed as a small code beside the credits."""

    @property
    def inks(self) -> Inks:
        """The colours of its print look."""
        return Inks(self.greyscale, self.black)

    @property
    def drawn_in(self) -> ProjectionName:
        """The projection, once it is chosen."""
        return "lambert" if self.projection == "lambert" else "mercator"

    @property
    def unit(self) -> float:
        """How much larger than in the 1600x900 design things are drawn."""
        least = _LEAST_UNIT if self.smallest_text_px < _SCREEN_TEXT_PX else _LEAST_UNIT_SCREEN
        return max(least, min(self.width_px, self.height_px) / _DESIGN_SHORT_SIDE_PX)

    @property
    def sign_scale(self) -> float:
        """How much larger than on the screen signs and lines are drawn."""
        return max(0.85, 1.15 * self.unit)

    @property
    def fine(self) -> float:
        """Width in px of what is 1 px wide in the design; never finer."""
        return max(1.0, self.unit)

    @property
    def narrow(self) -> bool:
        """Whether it is as narrow as a newspaper's column."""
        return self.width_px < _NARROW_PX

    @property
    def resolved(self) -> Literal["beside", "below", "map"]:
        """The arrangement, chosen by shape when it is "auto"."""
        if self.arrangement == "changes":
            return "map"
        if self.arrangement != "auto" and not (self.narrow and self.arrangement == "beside"):
            return self.arrangement
        return "beside" if not self.narrow and self.width_px / self.height_px >= _WIDE else "below"

    def text_px(self, design_px: float) -> float:
        """Return the size of a text that is `design_px` in the design, never too small to read."""
        return max(self.smallest_text_px, design_px * self.unit)


@dataclass(frozen=True)
class PlacedLabel:
    """A text on the map and the box that it fills, in px."""

    id: str
    """Feature id, or "place:", "country:" or "water:" and a name."""
    text: str
    box: Box
    align: Align = "middle"
    """How its rows line up."""
    by_hand: bool = False
    """It stands where an editor put it."""
    frame: Literal["", "map", "detail"] = ""
    """The map on which it may be put by hand; none for what is no feature's."""


@dataclass(frozen=True)
class DroppedLabel:
    """A text that found no room on the map."""

    id: str
    """As of a label that found room."""
    text: str
    near: tuple[str, ...] = ()
    """The texts that stand nearest to where it would be, the nearest first."""


@dataclass(frozen=True)
class Report:
    """What was drawn."""

    map_box: Box
    """The map's frame on the picture."""
    map_bbox: Bbox
    """What holds all that the frame shows: west, south, east, north in degrees."""
    projection: ProjectionName
    """What it was drawn in; with the scene's extent and the frame it says where all stands."""
    signs: tuple[tuple[str, Box], ...]
    """Feature id and the box of its sign, where it was drawn."""
    labels: tuple[PlacedLabel, ...]
    dropped: tuple[DroppedLabel, ...]
    """Labels that found no room, most important first."""
    furniture: tuple[tuple[str, Box], ...]
    """Named boxes of the map's furniture: scale, north, locator, inset, legend."""
    leaders: tuple[tuple[tuple[float, float], tuple[float, float]], ...] = field(default=())
    """Lines from a place to the sign or the name that found its room elsewhere, in px."""
    told: int | None = None
    """How many claims are told, the first ones; None: all."""
    omitted: tuple[str, ...] = field(default=())
    """Parts left out because the picture is too small for them."""
    unmarked: tuple[int, ...] = field(default=())
    """Claims that are told and about what the frame shows, whose number found no room."""
    by_hand: tuple[str, ...] = field(default=())
    """Labels put by hand that break a rule where they stand, in words."""
    positions: Project | None = None
    """Turns px of the picture, (n, 2), into longitudes and latitudes."""
    positions_detail: Project | None = None
    """The same inside the detail map, if there is one."""
    project: Project | None = None
    """Turns longitudes and latitudes, (n, 2), into px of the picture."""
    project_detail: Project | None = None
    """The same of the detail map, if there is one."""
