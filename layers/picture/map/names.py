"""Say which names of the base map a frame wants: places, countries, seas and lakes.

The words and their rank come from the scene and the base data. It places nothing and
draws nothing.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from corridormap.layers.picture.map.seas import water_words
from corridormap.layers.picture.map.wishes import TOWN_KINDS
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.placing.areas import inside
from corridormap.layers.picture.placing.block import Block
from corridormap.layers.picture.placing.meeting import nearest_point_px
from corridormap.layers.picture.placing.offer import Wish
from corridormap.layers.picture.placing.spots import around
from corridormap.layers.scene.labels import usual_text
from corridormap.layers.scene.prices import LABEL_PRICES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.picture.map.forms import LabelStyle
    from corridormap.layers.picture.map.marks import Marks
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.picture.map.seas import SeenWater
    from corridormap.layers.picture.placing.spots import Spots
    from corridormap.layers.scene.scene import Scene

__all__ = ["country_wishes", "place_wishes", "water_wishes"]

_SAME_PLACE_PX, _CROWDED_PX = 9.0, 34.0
_COUNTRY_AIR_PX = 10.0
_COUNTRY_SIZES = ((20, 0.32, 0.0), (17, 0.25, 1.0), (15, 0.2, 2.0), (13, 0.1, 4.0))
"""Size, letter spacing in sizes, price."""
_RANKS = LABEL_PRICES.ranks
_SAME_NAME_PX = 130.0


def place_wishes(
    scene: Scene, projection: Projection, style: LabelStyle, marks: Marks
) -> tuple[list[Wish], dict[str, tuple[float, float, bool]]]:
    """Return wishes for places of the base map, and their dots by wish id.

    A place goes when a feature beside it says the same name.
    """
    wishes: list[Wish] = []
    dots: dict[str, tuple[float, float, bool]] = {}
    labelled = [(m, label) for m in marks.points if (label := m.item.feature.label)]
    named = [(usual_text(label), m.x, m.y) for m, label in labelled]
    scale = style.layout.unit
    held = [(m.x, m.y) for m in marks.points if m.item.feature.kind in TOWN_KINDS]
    for place in scene.places:
        if place.min_zoom > projection.zoom + 0.2:
            continue
        x, y = projection.xy(*place.at)
        if not projection.box.grown(-4).has(x, y) or _said(place.name, x, y, named, scale):
            continue
        if _near(x, y, held, _SAME_PLACE_PX * scale) or _near(
            x, y, [dot[:2] for dot in dots.values()], _CROWDED_PX * scale
        ):
            continue
        row = style.words(place.name, 13.5, style.palette["place_label"])
        rank = (_RANKS.capital if place.capital else _RANKS.place, place.rank)
        key = f"place:{place.name}"
        if key in dots:
            continue
        dots[key] = (x, y, place.capital)
        near = around([(Block((row,)), 0.0)], (x, y), 3.0 * scale, gap=4.0)
        dot = Box.around(x, y, 2.0 * scale)
        spots = near.some(nearest_point_px(near.boxes, np.array([(x, y)])) > 2.0 * scale)
        own_px = nearest_point_px(spots.boxes, np.array([(x, y)])) - 2.0 * scale
        wishes.append(
            Wish(
                key,
                place.name,
                rank,
                spots,
                own_px=own_px,
                needed=False,
                most=LABEL_PRICES.most_place,
                mark=dot,
            )
        )
    return wishes, dots


def _near(x: float, y: float, others: Iterable[tuple[float, float]], reach: float) -> bool:
    return any(abs(x - ox) < reach and abs(y - oy) < reach for ox, oy in others)


def _said(
    name: str, x: float, y: float, named: Sequence[tuple[str, float, float]], scale: float
) -> bool:
    near, far = 36.0 * scale, _SAME_NAME_PX * scale
    plain = _plain(name)
    return any(
        (abs(px - x) < near and abs(py - y) < near and plain in _plain(text))
        or (abs(px - x) < far and abs(py - y) < far and plain == _plain(text))
        for text, px, py in named
    )


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """Return a name without accents, case and signs, as two spellings share it."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters.casefold() if letter.isalpha())


def country_wishes(
    countries: Mapping[str, BaseGeometry], names: Mapping[str, str], style: LabelStyle, frame: Box
) -> list[Wish]:
    """Return wishes for country names, each wholly inside its visible part."""
    wishes = []
    color = style.palette["country_label"]
    window = shapely.box(frame.left, frame.top, frame.right, frame.bottom)
    for iso, shape in countries.items():
        name = names.get(iso)
        seen = shapely.intersection(shapely.simplify(shape, 3.0).buffer(0), window)
        if not name or seen.is_empty:
            continue
        part = max(shapely.get_parts(seen), key=lambda p: p.area)
        if part.area < 2500.0 or part.geom_type != "Polygon":
            continue
        blocks = []
        for design, spacing, price in _COUNTRY_SIZES:
            row = style.words(name.upper(), design, color)
            row = replace(row, spacing_px=spacing * row.size_px)
            if part.area > 60.0 * row.width * row.size_px or design <= 15:
                blocks.append((Block((row,)), price))
        spots = inside(blocks, part, None, air=_COUNTRY_AIR_PX)
        rank = (_RANKS.country, -part.area)
        wishes.append(_spread_name(f"country:{iso}", name, rank, spots))
    return wishes


def water_wishes(waters: Iterable[SeenWater], style: LabelStyle) -> list[Wish]:
    """Return wishes for names of seas and lakes, in italics, on the water."""
    return [
        _spread_name(
            water.id,
            water.name,
            (_RANKS.water, water.rank),
            inside(_water_forms(water.name, style), water.piece, water.anchor),
        )
        for water in waters
    ]


def _spread_name(id_: str, name: str, rank: tuple[float, ...], spots: Spots) -> Wish:
    """Return the wish of a name that stands on the land or water that it names."""
    own_px = np.zeros(len(spots))
    return Wish(id_, name, rank, spots, own_px=own_px, needed=False, most=LABEL_PRICES.most_ground)


def _water_forms(name: str, style: LabelStyle) -> list[tuple[Block, float]]:
    forms = []
    cut = name.rfind(" ")
    for design, price in ((18, 0.0), (15, 2.0), (13, 4.0)):
        row = water_words(name, design, style)
        forms.append((Block((row,)), price))
        if cut > 0:
            halves = (replace(row, text=name[:cut]), replace(row, text=name[cut + 1 :]))
            forms.append((Block(halves), price + 1.0))
    return forms
