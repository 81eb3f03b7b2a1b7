"""One thing that is not as it was, as data: of what, which field, before, after, by whose word.

Words for it are made in `words`, JSON in `entries`. Compares nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corridormap.layers.wording.words import full_date

if TYPE_CHECKING:
    from corridormap.layers.wording.quantity import Value

__all__ = ["About", "Change", "Field", "Said", "Shape"]

About = Literal["feature", "claim", "source", "layer"]
Field = Literal[
    "presence",
    "name",
    "kind",
    "layer",
    "mode",
    "countries",
    "status",
    "history",
    "report",
    "geometry",
    "position",
    "figure",
    "text",
    "features",
    "sources",
]
"""`status` and `figure` are what a feature is and what is known of it; a `report` is an event
that leaves its status as it was. What two editions say of one dated event is its `history`."""


@dataclass(frozen=True)
class Shape:
    """A geometry in short: enough to say how it differs from another."""

    type: str
    at: tuple[float, float]
    """Its middle, longitude and latitude in degrees (WGS 84)."""
    length_m: float
    """Geodesic length of a line, rim of an area; 0 for points."""


Said = str | tuple[str, ...] | tuple["Value", ...] | Shape | None
"""A word of the data or a text, several, the values of a figure, a shape, or nothing."""


@dataclass(frozen=True)
class Change:
    """One row: something that is not as it was."""

    about: About
    id: str
    name: str
    """What a reader knows it by."""
    field: Field
    before: Said
    after: Said
    date: str = ""
    """When, as sourced: YYYY, YYYY-MM or YYYY-MM-DD; empty where only editions tell."""
    part: str = ""
    """Which of several it is: a figure's quantity, the language of a name."""
    note: str = ""
    kind: str = ""
    """The kind of the feature, for its words."""
    sources: tuple[str, ...] = ()

    @property
    def since(self) -> str:
        """The date as a full ISO date, to compare with; a vague one stands at its first day."""
        return full_date(self.date) or self.date

    @property
    def lights(self) -> bool:
        """Whether the feature itself is not as it was, so that a map lights it.

        A report and a figure that was not given before tell more of it, not that it changed.
        """
        if self.about != "feature" or self.field == "report":
            return False
        return self.field != "figure" or self.before is not None
