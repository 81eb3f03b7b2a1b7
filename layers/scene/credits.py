"""Say whose data is shown: the base map's, and that which features were drawn from.

A licence such as the ODbL asks for its words on every picture and in every file; here they are
gathered, each once, from the corridor's outline and the sources that its geometries name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.source import Source

__all__ = ["credits_of", "geometry_credits", "licences_of"]

_BASE = ("Natural Earth", "GeoNames (CC BY 4.0)", "GSHHG rivers (LGPL)")


def credits_of(corridor: Corridor) -> tuple[str, ...]:
    """Return whose data a map of the corridor is made of."""
    detailed = plain(corridor.manifest.outline_credit) if corridor.outline else ""
    drawn = geometry_credits(corridor, (i for layer in corridor.layers for i in layer.features))
    parts = dict.fromkeys((detailed, *drawn, *_BASE))
    return tuple(part for part in parts if part)


def geometry_credits(corridor: Corridor, features: Iterable[str]) -> tuple[str, ...]:
    """Return the words that the licences of features' geometries ask for, each once."""
    found = (plain(source.credit) for source in _drawn_from(corridor, features))
    return tuple(dict.fromkeys(words for words in found if words))


def licences_of(corridor: Corridor, features: Iterable[str]) -> tuple[str, ...]:
    """Return the licences of the data that features' geometries come from, as SPDX ids."""
    found = (source.license for source in _drawn_from(corridor, features))
    return tuple(sorted({licence for licence in found if licence}))


def _drawn_from(corridor: Corridor, features: Iterable[str]) -> Iterable[Source]:
    for feature in features:
        layer = corridor.layer_of(feature)
        for identity in layer.features[feature].geometry_source_ids() if layer else ():
            if identity in corridor.sources:
                yield corridor.sources[identity]
