"""Hold a corridor's features with every look resolved, and a view applied to them.

A `Scene` is what both renderers read: ordered features with their sign at the view's
date, labels, claims, legend entries and credits. It knows nothing of Leaflet or of
matplotlib, reads no file and decides no colour of its own.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.claims.later import Later
    from corridormap.layers.claims.verdict import Result
    from corridormap.layers.corridor.layouts import LabelPlace
    from corridormap.layers.corridor.source import SceneSource
    from corridormap.layers.corridor.status import Look
    from corridormap.layers.promises.told import ToldCourse
    from corridormap.layers.scene.headline import Headline
    from corridormap.layers.scene.looks import Sign
    from corridormap.layers.theme import ProjectionWish

Bbox = tuple[float, float, float, float]
"""West, south, east, north in degrees (WGS 84)."""


Loose = Literal["ring", "band"]
"""How an uncertain place is drawn: a ring round a point, a band along a line."""


@dataclass(frozen=True)
class LabelWords:
    """What a label says in one language."""

    text: str
    halves: tuple[str, ...] = ()
    """The text in two rows, for where one is too wide; empty if it is not broken."""
    capitals: str = ""
    """The text as it stands in an area, in the capitals of its language; empty for others."""


@dataclass(frozen=True)
class Label(LabelWords):
    """A feature's name on the map; lower `rank` is placed first."""

    _: KW_ONLY
    color: str
    rank: int
    at: tuple[float, float]
    """Anchor, lon lat: the point, the middle of the line, a point inside the area."""
    area: bool = False
    names: Mapping[str, LabelWords] = field(default_factory=dict)
    """What it says in other languages, by code; where there is none it says the same."""


@dataclass(frozen=True)
class Position:
    """How well a feature's place is known."""

    quality: Literal["exact", "traced", "approximate", "schematic"]
    uncertainty_m: float
    text: str
    """For the card, e.g. "Approximate, ±1.5 km: on the border south of Aghband"."""
    label: str = ""
    """For the map, e.g. "±1.5 km"; empty where the place is well known."""
    ring_m: float | None = None
    """Radius of the ring to draw round a point, or None."""
    band_m: float | None = None
    """Full width of the band to draw along a line, or None."""


@dataclass(frozen=True)
class Phase:
    """What a feature is from a date until the next phase."""

    since: str
    """ISO date, YYYY-MM-DD (a vaguer date stands at its first day)."""
    status: str
    """Global Energy Monitor's word; empty where it is not known any more."""
    status_label: str
    look: Look
    sign: str
    """Key into the signs."""
    second: str = ""
    """What stands below the name in this phase."""
    second_undrawn: str = ""
    """The same where its ring or band is too small to be drawn: then it says how far off."""
    second_selected: str = ""
    """The same while the feature is selected."""


@dataclass(frozen=True)
class Event:
    """One line of a feature's history."""

    date: str
    """As sourced: YYYY, YYYY-MM or YYYY-MM-DD."""
    since: str
    """The same as a full ISO date, to compare with."""
    date_label: str
    text: str
    status: str
    sources: tuple[str, ...]
    later: Later | None = None
    """Since when it is known, if it was first told after it was."""


@dataclass(frozen=True)
class Fact:
    """One line of a feature's figures, ready to read."""

    label: str
    text: str
    sources: tuple[str, ...]
    later: Later | None = None
    """Since when it is known, as far as its sources have dates."""


@dataclass(frozen=True)
class SceneFeature:
    """A feature with every look it takes through time."""

    id: str
    layer: str
    name: str
    names: Mapping[str, str]
    """Local names by language code: {"az": ..., "fa": ...}."""
    kind: str
    kind_label: str
    lasting: bool
    """Whether it simply is there, so that a status and a date say little."""
    mode: str
    mode_label: str
    """How it is travelled, to read; empty if it is not."""
    countries: tuple[str, ...]
    columns: Mapping[str, str]
    """What the user's own file says beyond our fields, by its columns."""
    geometry: BaseGeometry
    place: str
    """Features that stand at one place share it; otherwise the feature's own id."""
    label: Label | None
    position: Position
    phases: tuple[Phase, ...]
    history: tuple[Event, ...]
    facts: tuple[Fact, ...]
    promises: tuple[ToldCourse, ...]
    """What was announced of it for a date, by milestone."""
    sources: tuple[str, ...]
    claims: tuple[str, ...]

    def phase_at(self, date: str) -> Phase | None:
        """Return the phase at an ISO date, or None before the first event."""
        current = None
        for phase in self.phases:
            if phase.since <= date:
                current = phase
        return current


@dataclass(frozen=True)
class SceneLayer:
    """A layer as the panel and the legend show it."""

    id: str
    title: str
    group: str
    color: str
    visible: bool
    count: int
    swatch: str
    """Key into the signs: the look that stands for the layer."""
    extent: Bbox | None
    notes: tuple[str, ...] = ()
    """Things the layer holds but the map cannot draw, and why."""


@dataclass(frozen=True)
class Check:
    """What testing a claim gave."""

    result: Result
    text: str
    sources: tuple[str, ...] = ()
    label: str = ""
    """The result to read: "Confirmed by 2 origins", "Differs by 3 days", "Sources differ"."""
    rule: str = ""
    """How it was tested, in words."""
    later: Later | None = None
    """Since when it can be given, as far as its sources have dates."""


@dataclass(frozen=True)
class SceneClaim:
    """One thing the article says, in our words, with the features it is about."""

    id: str
    number: int
    title: str
    text: str
    quote: str
    paragraph: int
    features: tuple[str, ...]
    check: Check | None = None


@dataclass(frozen=True)
class ScenePlace:
    """A town or capital of the base map."""

    name: str
    at: tuple[float, float]
    capital: bool
    rank: int
    min_zoom: float


@dataclass(frozen=True)
class LegendEntry:
    """One row of the legend: signs to show (keys) and what they mean."""

    signs: tuple[str, ...]
    text: str
    extra: Loose | Literal[""] = ""
    look: Look | Literal[""] = ""
    """The look the row explains, so that a page can list only those on the screen."""
    of: str = ""
    """What the keys of the signs begin with that the row explains, for the same reason."""


@dataclass(frozen=True)
class SceneItem:
    """A feature that the view shows, with its phase at the view's date."""

    feature: SceneFeature
    phase: Phase
    state: Literal["rest", "lit", "selected", "dimmed"] = "rest"


@dataclass(frozen=True)
class Scene:
    """A view applied to a corridor; items are ordered from below to above."""

    corridor: str
    title: str
    summary: str
    headline: Headline
    date: str
    date_label: str
    extent: Bbox
    items: tuple[SceneItem, ...]
    layers: tuple[SceneLayer, ...]
    claims: tuple[SceneClaim, ...]
    """Claims that touch a visible feature, numbered as on the page."""
    places: tuple[ScenePlace, ...]
    signs: Mapping[str, Sign]
    legend: tuple[LegendEntry, ...]
    sources: Mapping[str, SceneSource]
    own_countries: frozenset[str]
    """ISO codes of the corridor's countries."""
    palette: Mapping[str, str]
    """Role to hex, e.g. land_own, land_other, sea, coast, border_own, ink, gold."""
    credits: tuple[str, ...]
    boundary_note: str
    changed: str = ""
    """What is lit, where two dates are compared: "changed since 29 December 2023"."""
    article: str = ""
    """The article that the claims are from: publisher and date."""
    projection: ProjectionWish = "auto"
    """What the corridor's pictures are drawn in."""
    byline: str = ""
    """Whose work the picture is."""
    put: Mapping[str, LabelPlace] = field(default_factory=dict)
    """Where labels stand that were put by hand, by the feature's id."""
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def told(self) -> str:
        """The headline for the claims that are shown; may be empty."""
        return self.headline.told(claim.check.result for claim in self.claims if claim.check)
