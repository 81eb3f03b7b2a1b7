"""What the user sees, as a small frozen value that fits in an address.

The page's address, the snapshot and the state of the app are this one object. Reading
an address never fails: what cannot be used falls back and is named. Draws nothing.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict

from corridormap.geo.errors import ViewError
from corridormap.layers.scene.labels import DEFAULT_LANGUAGE, label_languages
from corridormap.layers.theme import BASEMAPS
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.scene import Bbox

__all__ = ["View", "default_view", "parse_bbox", "parse_date", "parse_layers"]

_MAX_CHARS = 2000
_DIGITS = 5
_MIN_DEGREES = 0.0005
_MAX_LON = 180.0
_MAX_LAT = 85.0
"""Web Mercator ends there."""
_YEARS = (1000, 2999)
_MAX_NAMED = 3


class View(BaseModel):
    """A corridor's extent, layers, date, selection, base map and language of labels."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    corridor: str
    bbox: tuple[float, float, float, float] | None = None
    """West, south, east, north in degrees; None is the corridor's own extent."""
    layers: tuple[str, ...]
    """Ids of the visible layers, in the corridor's order."""
    date: str
    """ISO date, YYYY-MM-DD."""
    since: str | None = None
    """ISO date: what changed between it and `date` is lit; None: nothing is compared."""
    selected: str | None = None
    claim: str | None = None
    basemap: str = "outline"
    label_language: str = DEFAULT_LANGUAGE
    """The language of the features' names on the map, by code; without a name in it a feature
    has its usual one."""

    @classmethod
    def from_query(
        cls, query: Mapping[str, str], corridor: Corridor
    ) -> tuple[Self, tuple[str, ...]]:
        """Return the view that an address asks for, and a notice for each part not usable.

        Parameters
        ----------
        query
            Names and values: c, bbox, layers, date, since, sel, claim, base, lang; unknown names
            are somebody else's and are ignored.
        corridor
            The corridor that is open.
        """
        notices: list[str] = []
        base = default_view(corridor)
        given = {
            key: str(query[key]) if len(str(query[key])) <= _MAX_CHARS else "…"
            for key in ("c", *_READERS)
            if query.get(key) is not None
        }
        if given.get("c", corridor.id) != corridor.id:
            notices.append(f"The link is for another corridor: '{short(given['c'], 40)}'.")
        if "layers" in given:
            given["layers"] = _known_layers(given["layers"], corridor, notices)
        changes: dict[str, object] = {}
        for key, (field, read) in _READERS.items():
            if key not in given:
                continue
            try:
                changes[field] = read(given[key], corridor)
            except ViewError as error:
                notices.append(str(error))
        return cls.model_validate({**base.model_dump(), **changes}), tuple(notices)

    def to_query(self, corridor: Corridor | None = None) -> dict[str, str]:
        """Return the view as names and values; with a corridor only what differs."""
        whole = {
            "c": self.corridor,
            "bbox": "" if self.bbox is None else ",".join(_degrees(d) for d in self.bbox),
            "layers": ",".join(self.layers),
            "date": self.date,
            "since": self.since or "",
            "sel": self.selected or "",
            "claim": self.claim or "",
            "base": self.basemap,
            "lang": "" if self.label_language == DEFAULT_LANGUAGE else self.label_language,
        }
        plain = default_view(corridor).to_query() if corridor is not None else {}
        kept = {key: value for key, value in whole.items() if plain.get(key) != value}
        return {key: value for key, value in kept.items() if value or key == "layers"}


def default_view(corridor: Corridor) -> View:
    """Return the view a corridor opens with."""
    manifest = corridor.manifest
    return View(
        corridor=manifest.id,
        layers=tuple(layer.id for layer in manifest.layers if layer.visible),
        date=manifest.as_of.isoformat(),
    )


def parse_bbox(text: str) -> Bbox:
    """Return "W,S,E,N" as four degrees, five digits each.

    Raises
    ------
    ViewError
        It is not four numbers in the world, west below east and south below north.
    """
    parts = text.split(",")
    try:
        west, south, east, north = (round(float(part), _DIGITS) for part in parts)
    except ValueError as error:
        raise ViewError("extent-is-not-four-numbers", text=short(text, 40)) from error
    if not all(math.isfinite(d) for d in (west, south, east, north)):
        raise ViewError("extent-is-not-four-numbers", text=short(text, 40))
    if not (-_MAX_LON <= west <= _MAX_LON and -_MAX_LON <= east <= _MAX_LON):
        raise ViewError("extent-is-outside-world", text=short(text, 40))
    if not (-_MAX_LAT <= south <= _MAX_LAT and -_MAX_LAT <= north <= _MAX_LAT):
        raise ViewError("extent-is-beyond-map", text=short(text, 40))
    if east - west < _MIN_DEGREES or north - south < _MIN_DEGREES:
        raise ViewError("extent-is-empty", text=short(text, 40))
    return west, south, east, north


def parse_layers(ids: Iterable[str], corridor: Corridor) -> tuple[str, ...]:
    """Return layer ids in the corridor's order, each once.

    Raises
    ------
    ViewError
        A layer is not one of the corridor's.
    """
    known = [layer.id for layer in corridor.manifest.layers]
    wanted = [name.strip() for name in ids if name.strip()]
    wrong = next((name for name in wanted if name not in known), None)
    if wrong is not None:
        raise ViewError("view-of-unknown-layer", wrong=short(wrong, 40), known=", ".join(known))
    return tuple(name for name in known if name in wanted)


def parse_date(text: str) -> str:
    """Return an ISO date, YYYY-MM-DD.

    Raises
    ------
    ViewError
        It is not a day of the calendar.
    """
    try:
        date = dt.date.fromisoformat(text) if len(text) == len("2023-12-29") else None
    except ValueError:
        date = None
    if date is None or not _YEARS[0] <= date.year <= _YEARS[1]:
        raise ViewError("view-date-is-not-a-date", text=short(text, 40))
    return date.isoformat()


def _known_layers(text: str, corridor: Corridor, notices: list[str]) -> str:
    """Return the list without the layers that are not there any more, each named once."""
    known = {layer.id for layer in corridor.manifest.layers}
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    kept = [name for name in wanted if name in known]
    if not kept:
        return text
    gone = dict.fromkeys(name for name in wanted if name not in known)
    notices += [f"There is no layer '{short(name, 40)}'." for name in list(gone)[:_MAX_NAMED]]
    return ",".join(kept)


def _bbox(text: str, _corridor: Corridor) -> Bbox | None:
    return parse_bbox(text) if text else None


def _layer_list(text: str, corridor: Corridor) -> tuple[str, ...]:
    return parse_layers(text.split(","), corridor)


def _date(text: str, _corridor: Corridor) -> str:
    return parse_date(text)


def _since(text: str, _corridor: Corridor) -> str | None:
    return parse_date(text) if text else None


def _selected(text: str, corridor: Corridor) -> str | None:
    if text and corridor.layer_of(text) is None:
        raise ViewError("view-of-unknown-feature", text=short(text, 40))
    return text or None


def _claim(text: str, corridor: Corridor) -> str | None:
    if text and all(annotation.id != text for annotation in corridor.annotations):
        raise ViewError("view-of-unknown-claim", text=short(text, 40))
    return text or None


def _basemap(text: str, _corridor: Corridor) -> str:
    known = [basemap.id for basemap in BASEMAPS]
    if text not in known:
        raise ViewError("view-of-unknown-base-map", text=short(text, 40), known=", ".join(known))
    return text


def _language(text: str, corridor: Corridor) -> str:
    known = label_languages(corridor)
    if text not in ("", *known):
        raise ViewError("view-of-unknown-language", text=short(text, 40), known=", ".join(known))
    return text or DEFAULT_LANGUAGE


_READERS = {
    "bbox": ("bbox", _bbox),
    "layers": ("layers", _layer_list),
    "date": ("date", _date),
    "since": ("since", _since),
    "sel": ("selected", _selected),
    "claim": ("claim", _claim),
    "base": ("basemap", _basemap),
    "lang": ("label_language", _language),
}


def _degrees(value: float) -> str:
    return f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
