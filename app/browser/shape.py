"""The shape of the document that goes to the browser: its keys and what stands under them.

`document` fills it in. What is `Annotated` is the JSON that `to_json` makes of the type named
second: a dataclass by its fields. docs/document.schema.json is made of this; run
`python -m scripts.document_schema` after a change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypedDict

if TYPE_CHECKING:
    from corridormap.geo.errors import FindingTold
    from corridormap.layers.article.passages.anchor import Passage
    from corridormap.layers.changes.entries import ChangesInDocument
    from corridormap.layers.claims.entries import PageEntry
    from corridormap.layers.claims.measured import MeasuredLength
    from corridormap.layers.corridor.source import Source
    from corridormap.layers.routes.document import RouteInDocument
    from corridormap.layers.scene.headline import Headline
    from corridormap.layers.scene.looks import Sign
    from corridormap.layers.scene.prices import LabelPrices
    from corridormap.layers.scene.scene import (
        LegendEntry,
        SceneClaim,
        SceneFeature,
        SceneLayer,
        ScenePlace,
    )
    from corridormap.layers.scene.timeline import Timeline
    from corridormap.layers.theme import Basemap

__all__ = ["ArticleHead", "CorridorHead", "Document", "Group", "Language"]


class CorridorHead(TypedDict):
    """Which corridor it is, and the view that it opens with."""

    id: str
    title: str
    summary: str
    headline: Annotated[Any, Headline]
    as_of: str
    """ISO date, YYYY-MM-DD."""
    as_of_label: str
    extent: list[float]
    """West, south, east, north in degrees."""


class Group(TypedDict):
    """A group of the layer panel; one without layers is left out."""

    id: str
    title: str
    layers: list[str]


class Language(TypedDict):
    """A language that features have names in."""

    code: str
    """BCP 47, such as "az"."""
    title: str


class ArticleHead(TypedDict):
    """The article that the claims are from; `url` is null unless it is an address of the web."""

    title: str
    author: str
    publisher: str
    date: str
    """As sourced, YYYY, YYYY-MM or YYYY-MM-DD; empty when the date is in words."""
    date_label: str
    url: str | None


class Document(TypedDict):
    """A corridor with every look through time, so that switches and dates need no server.

    All text is plain text, never markup. Lengths on the screen end in `_px`, those on the ground
    in `_m` or `_km`; positions are longitude and latitude in degrees.
    """

    schema: Literal[1]
    """Grows when a reader of an older document would misread it."""
    corridor: CorridorHead
    dates: Timeline
    changes: ChangesInDocument
    article: ArticleHead | None
    groups: list[Group]
    layers: Annotated[list[Any], list[SceneLayer]]
    features: Annotated[list[Any], list[SceneFeature]]
    """From below to above."""
    signs: Annotated[dict[str, Any], dict[str, Sign]]
    """How things are drawn, by the keys that phases, layers and the legend name."""
    claims: Annotated[list[Any], list[SceneClaim]]
    passages: Annotated[list[Any], list[Passage]]
    """Where in the article the annotations stand."""
    checks: Annotated[list[Any], list[PageEntry]]
    verdicts: dict[str, str]
    """What each result of a check is called."""
    measured: Annotated[dict[str, Any], dict[str, MeasuredLength]]
    """Lengths of lines by feature."""
    sources: Annotated[dict[str, Any], dict[str, Source]]
    """The bibliography by id, as CSL-JSON."""
    legend: Annotated[list[Any], list[LegendEntry]]
    """Every row that any date can need; a page lists those on the screen."""
    label_prices: Annotated[dict[str, Any], LabelPrices]
    """What placing a label costs, on the screen as on paper."""
    promises_how: str
    """How the drawing of promises is read."""
    palette: dict[str, str]
    """Colours as hex by role."""
    basemaps: Annotated[list[Any], list[Basemap]]
    routes: list[RouteInDocument]
    credits: list[str]
    boundary_note: str
    label_languages: list[Language]
    """Those that the names on the map can be in, the usual one first."""
    places: Annotated[list[Any], list[ScenePlace]]
    """Towns and capitals of the base map, most important first."""
    own_countries: list[str]
    """Two-letter codes (ISO 3166-1)."""
    findings: list[FindingTold]
    """What could not be read, and what to do about it."""
