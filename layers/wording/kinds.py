"""The kinds of features: what each is called, drawn as, and how much its name matters.

The one list of those that are built in; a corridor may add its own (layers/corridor/own_kind.py).
A new kind is its word in `Kind` and its entry in `KINDS`; the model, the
form, the signs, the labels and the checks read them from here. Decides nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from corridormap.layers.wording.words import STATUS_LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "KINDS",
    "KIND_LABELS",
    "LASTING_KINDS",
    "STANDING_KINDS",
    "Kind",
    "OfKind",
    "is_simply_there",
    "status_label",
]

Kind = Literal[
    "border_crossing",
    "bridge",
    "road",
    "railway",
    "power_line",
    "pipeline",
    "route",
    "area",
    "town",
    "node",
    "port",
    "airport",
    "dam",
    "junction",
    "station",
    "ferry",
    "tunnel",
    "terminal",
    "dry_port",
    "warehouse",
    "mine",
    "free_zone",
    "tripoint",
]
Shape = Literal["point", "line", "area"]


@dataclass(frozen=True)
class OfKind:
    """What is so of all features of a kind."""

    label: str
    shapes: tuple[Shape, ...]
    """The shapes it may have, the usual one first; a line whose way is not known has its ends."""
    mode: str = ""
    """How it is travelled, where that goes without saying."""
    standing: bool = False
    """Whether it is simply there, so that "operating" says nothing about it."""
    glyph: str = "square"
    """Its sign at a point; see layers/scene/signs.py."""
    rank: int = 24
    """Of its label: those of lower rank are placed first."""
    unclaimed: int = 3
    """What is added to the rank where the article does not speak of it: a place is known by its
    crossing, not by a bridge."""
    words: tuple[str, ...] = ()
    """What tables call a kind of one's own; those of the others are in kind_words.py."""


_LINE: tuple[Shape, ...] = ("line", "point")

KINDS: Mapping[str, OfKind] = MappingProxyType[str, OfKind](
    {
        "border_crossing": OfKind(
            "Border crossing", ("point",), glyph="disc", rank=22, unclaimed=2
        ),
        "bridge": OfKind("Bridge", ("point",), glyph="bracket", rank=21, unclaimed=4),
        "road": OfKind("Road", _LINE, mode="road", glyph="end-road"),
        "railway": OfKind("Railway", _LINE, mode="rail", glyph="end-rail"),
        "power_line": OfKind("Power line", _LINE, mode="power", glyph="end-power"),
        "pipeline": OfKind("Pipeline", _LINE, mode="pipeline", glyph="end-pipeline"),
        "route": OfKind("Route", _LINE, glyph="end-road"),
        "area": OfKind("Area", ("area",), standing=True),
        "town": OfKind("Town", ("point",), standing=True, glyph="dot", rank=45),
        "node": OfKind("Place", ("point",), standing=True, rank=34),
        "port": OfKind("Port", ("point", "area"), mode="sea", rank=32),
        "airport": OfKind("Airport", ("point",), glyph="plane", rank=33),
        "dam": OfKind("Dam", ("point",), glyph="dam", rank=33),
        "junction": OfKind("Railway junction", ("point",), glyph="diamond", rank=36),
        "station": OfKind("Railway station", ("point", "area"), mode="rail", glyph="bar", rank=36),
        "ferry": OfKind("Ferry", _LINE, mode="sea", glyph="boat", rank=32),
        "tunnel": OfKind("Tunnel", ("point", "line"), glyph="arch", rank=33),
        "terminal": OfKind("Freight terminal", ("point", "area"), glyph="shed", rank=30),
        "dry_port": OfKind("Dry port", ("point", "area"), glyph="stack", rank=31),
        "warehouse": OfKind("Warehouse", ("point", "area"), glyph="hall", rank=36),
        "mine": OfKind("Mine", ("point", "area"), glyph="hammers", rank=34),
        "free_zone": OfKind("Free zone", ("point", "area"), glyph="works", rank=35),
        "tripoint": OfKind("Tripoint", ("point",), standing=True, glyph="triangle", rank=30),
    }
)

KIND_LABELS: Mapping[str, str] = MappingProxyType({k: of.label for k, of in KINDS.items()})
STANDING_KINDS = frozenset(kind for kind, of in KINDS.items() if of.standing)
LASTING_KINDS = STANDING_KINDS | {
    *("port", "airport", "dam", "junction", "free_zone"),
    *("station", "tunnel", "dry_port", "warehouse"),
}
"""Those and what once built stays: their first date is only that from which the map has them."""


def is_simply_there(kind: str, statuses: Sequence[str]) -> bool:
    """Tell whether a feature of such events only has the date from which a map may show it.

    A port that is planned, or of which no state is known, is not simply there.
    """
    return kind in LASTING_KINDS and list(statuses) == ["operating"]


def status_label(kind: str, status: str) -> str:
    """Return a status to read: what simply stands there is "Existing", not "Operating"."""
    if status == "operating" and kind in STANDING_KINDS:
        return "Existing"
    return STATUS_LABELS[status]
