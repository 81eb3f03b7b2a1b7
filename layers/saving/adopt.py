"""Turn features from outside into a layer of a corridor: ids, names, kinds, origins.

What the file says is kept; what a corridor needs beyond it is asked of the user and never
invented. Returns GeoJSON and what was done in words; writes nothing (layers/saving/save_layer.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import shapely

from corridormap.geo.errors import CorridorFormatError, Fault, Finding
from corridormap.layers.columns.rows import Given, mapped
from corridormap.layers.saving.adopted_properties import adopted_properties
from corridormap.layers.wording.slug import slug_of
from corridormap.layers.wording.words import plain, short

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.formats import Feature
    from corridormap.layers.columns.rows import NotUnderstood
    from corridormap.layers.saving.wishes import Wishes

__all__ = ["DIGITS", "Adopted", "Ids", "adopt", "repeated_ids"]

DIGITS = 6
"""Digits of a coordinate: 0.1 m, finer than any corridor's data."""


@dataclass(frozen=True)
class Adopted:
    """A layer's GeoJSON and what was done to get it, in sentences."""

    collection: Mapping[str, Any]
    said: tuple[str, ...]
    not_understood: tuple[NotUnderstood, ...] = ()
    """Values that stay in their columns, because they are none of our words."""


@dataclass
class Ids:
    """Gives ids made of names, each once."""

    layer: str
    taken: set[str]
    numbered: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    """How far each name was numbered, so that the next of its name goes on from there."""

    def new(self, wanted: str, number: int) -> str:
        """Return an id that nothing else has."""
        base = slug_of(wanted) or f"{self.layer}-{number}"
        given, count = base, self.counts.get(base, 1)
        while given in self.taken:
            count += 1
            given = f"{base}-{count}"
        self.counts[base] = count
        if given != base:
            self.numbered.append(given)
        self.taken.add(given)
        return given


def repeated_ids(features: Sequence[Feature], wishes: Wishes) -> tuple[str, ...]:
    """Return the ids that several features of the file have, each once."""
    ids = [_given_id(feature, wishes) for feature in features]
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for given in ids:
        if given and given in seen:
            twice[given] = None
        seen.add(given)
    return tuple(twice)


def adopt(features: Sequence[Feature], wishes: Wishes, *, taken: Collection[str]) -> Adopted:
    """Return features as a layer.

    Parameters
    ----------
    features
        In longitude and latitude, repairs made.
    wishes
        What the user says of them.
    taken
        Ids of features that the corridor has already.

    Raises
    ------
    CorridorFormatError
        Something a corridor needs is neither in the file nor said; all faults at once.
    """
    read = features
    _fields_or_error(read, wishes)
    wishes.rules.require_columns(_columns(read), wishes.file)
    features, wishes, not_understood, renamed = _by_rules(read, wishes)
    ids = Ids(wishes.layer, set(taken))
    made: list[dict[str, Any]] = []
    faults: list[Finding] = []
    unnamed = 0
    for number, feature in enumerate(features, start=1):
        name = _name(feature, wishes)
        unnamed += not name
        said = name or f"{wishes.title} {number}"
        geometry = _single(feature.geometry)
        properties, wrong, moved = adopted_properties(feature, said, geometry, wishes)
        renamed += moved
        faults += [replace(f, file=wishes.file) for f in wrong]
        identity = ids.new(_given_id(read[number - 1], wishes) or name, number)
        shape = shapely.geometry.mapping(shapely.transform(geometry, lambda p: p.round(DIGITS)))
        made.append(
            {"type": "Feature", "id": identity, "geometry": shape, "properties": properties}
        )
    if faults:
        raise CorridorFormatError.of(list(dict.fromkeys(faults)))
    notes = (
        (unnamed, "without a name: named after the layer, with a number"),
        (renamed, "with a property whose name means something else here: kept as 'file:…'"),
        (len(ids.numbered), "with an id that was taken: numbered"),
    )
    collection = {"type": "FeatureCollection", "features": made}
    said_of_it = tuple(f"{n}× {what}." for n, what in notes if n)
    return Adopted(collection, said_of_it, not_understood)


def _by_rules(
    features: Sequence[Feature], wishes: Wishes
) -> tuple[Sequence[Feature], Wishes, tuple[NotUnderstood, ...], int]:
    """Return the features with their columns become facts, and what is still wished of them."""
    rules = wishes.rules
    if not rules.columns and not rules.key:
        return features, wishes, (), 0
    if wishes.keep is not None:
        ruled = {*rules.columns, rules.key, wishes.name_field or "name"}
        keep = wishes.keep | ruled
        features = [
            replace(one, properties={k: v for k, v in one.properties.items() if k in keep})
            for one in features
        ]
    given = Given(
        wishes.as_of,
        wishes.sources,
        wishes.status,
        wishes.since,
        wishes.source_ids,
        wishes.kinds,
    )
    made = mapped(features, rules, given)
    field_ = None if rules.of("name") else wishes.name_field
    left = replace(wishes, keep=None, name_field=field_)
    return made.features, left, made.not_understood, made.renamed


def _columns(features: Sequence[Feature]) -> list[str]:
    return list(dict.fromkeys(key for feature in features for key in feature.properties))


def _fields_or_error(features: Sequence[Feature], wishes: Wishes) -> None:
    columns = _columns(features)
    listed = ", ".join(f"'{short(column, 30)}'" for column in columns[:30]) or "none"
    faults: list[Fault] = []
    for what, wanted in (("name", wishes.name_field), ("id", wishes.id_field)):
        if wanted is not None and wanted not in columns:
            fault = Fault("column-is-missing", column=short(wanted), what=what, columns=listed)
            faults.append(fault)
    named = (
        wishes.rules.of("name")
        or wishes.unnamed
        or wishes.name_field is not None
        or "name" in columns
    )
    if columns and not named:
        faults.append(Fault(wishes.remedies.name, columns=listed))
    if not wishes.number_ids and (twice := repeated_ids(features, wishes)):
        first, more = short(twice[0]), len(twice) - 1
        faults.append(
            Fault(wishes.remedies.ids, id=first, more=more)
            if more
            else Fault(wishes.remedies.one_id, id=first)
        )
    if faults:
        raise CorridorFormatError.of([fault.at(wishes.file) for fault in faults])


def _given_id(feature: Feature, wishes: Wishes) -> str:
    if wishes.id_field is None:
        return plain(feature.id)
    value = feature.properties.get(wishes.id_field)
    return "" if value is None else plain(value)


def _name(feature: Feature, wishes: Wishes) -> str:
    value = None if wishes.unnamed else feature.properties.get(wishes.name_field or "name")
    return "" if value is None else str(value).strip()


def _single(shape: BaseGeometry) -> BaseGeometry:
    """Return the only part of a Multi- shape that has just one."""
    parts = shapely.get_parts(shape)
    return parts[0] if len(parts) == 1 else shape
