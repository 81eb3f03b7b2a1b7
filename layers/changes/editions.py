"""What changed from one edition of a corridor to another: what each folder says, by its ids.

Layers, features, claims and sources that came or went, and each field that those of both
editions give differently. The order in the files does not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import shapely

from corridormap.geo.errors import ViewError
from corridormap.geo.measure import length_m, middle_of
from corridormap.layers.changes.change import Change, Shape
from corridormap.layers.claims.evidence import claim_value, figure_values
from corridormap.layers.wording.kinds import KINDS
from corridormap.layers.wording.words import QUALITY_LABELS, distance, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corridormap.layers.changes.change import About, Field, Said
    from corridormap.layers.corridor.annotation import Annotation
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.corridor.layer import Layer
    from corridormap.layers.wording.quantity import Value

__all__ = ["changes_of_editions"]

_SAME_DEGREES = 1e-7
"""Nearer than what a file's digits tell."""


class _Key(NamedTuple):
    """A field, and which of several it is."""

    field: Field
    part: str = ""
    date: str = ""
    of: str = ""


class _Fact(NamedTuple):
    """What an edition says there; `same` is compared, `said` is told."""

    said: Said
    same: object
    sources: tuple[str, ...] = ()


class _Thing(NamedTuple):
    name: str
    facts: Mapping[_Key, _Fact]
    sources: tuple[str, ...] = ()
    kind: str = ""


_NOTHING = _Fact(None, None)


def changes_of_editions(older: Corridor, newer: Corridor) -> tuple[Change, ...]:
    """Return what the newer edition says otherwise than the older one.

    Rows are of layers, features, claims and sources, each in the newer edition's order, and
    then those that are gone. A feature is known by its id: with another id it is another.

    Raises
    ------
    ViewError
        They are two corridors, not two editions of one.
    """
    if older.id != newer.id:
        raise ViewError("changes-of-another-corridor", corridor=newer.id, other=older.id)
    return (
        *_changes("layer", _layers(older), _layers(newer)),
        *_changes("feature", _features(older), _features(newer)),
        *_changes("claim", _claims(older), _claims(newer)),
        *_changes("source", _sources(older), _sources(newer)),
    )


def _changes(
    about: About, older: Mapping[str, _Thing], newer: Mapping[str, _Thing]
) -> Iterator[Change]:
    for id_, thing in newer.items():
        if id_ in older:
            yield from _differences(about, id_, older[id_], thing)
        else:
            yield _presence(about, id_, thing, came=True)
    for id_, thing in older.items():
        if id_ not in newer:
            yield _presence(about, id_, thing, came=False)


def _presence(about: About, id_: str, thing: _Thing, *, came: bool) -> Change:
    before, after = (None, "present") if came else ("present", None)
    return Change(
        about, id_, thing.name, "presence", before, after, kind=thing.kind, sources=thing.sources
    )


def _differences(about: About, id_: str, older: _Thing, newer: _Thing) -> Iterator[Change]:
    for key in dict.fromkeys((*newer.facts, *older.facts)):
        before, after = older.facts.get(key, _NOTHING), newer.facts.get(key, _NOTHING)
        if before.same == after.same:
            continue
        yield Change(
            about=about,
            id=id_,
            name=newer.name,
            field=key.field,
            before=before.said,
            after=after.said,
            date=key.date,
            part=key.part,
            kind=newer.kind,
            sources=(before if after is _NOTHING else after).sources,
        )


def _fact(said: Said, sources: tuple[str, ...] = ()) -> _Fact:
    return _Fact(said, said, sources)


def _layers(corridor: Corridor) -> dict[str, _Thing]:
    titles = {layer.id: plain(layer.entry.title) for layer in corridor.layers}
    return {id_: _Thing(title, {_Key("name"): _fact(title)}) for id_, title in titles.items()}


def _features(corridor: Corridor) -> dict[str, _Thing]:
    return {
        id_: _Thing(plain(said.name), _feature(id_, said, layer), said.source_ids(), said.kind)
        for layer in corridor.layers
        for id_, said in layer.features.items()
    }


def _feature(id_: str, said: FeatureProperties, layer: Layer) -> dict[_Key, _Fact]:
    geometry = layer.shapes[id_]
    shape = Shape(geometry.geom_type, middle_of(geometry), length_m(geometry))
    position = f"{QUALITY_LABELS[said.position_quality].lower()}, ±{distance(said.uncertainty_m)}"
    note = plain(said.position_note)
    return {
        _Key("name"): _fact(plain(said.name)),
        **{_Key("name", part=code): _fact(name) for code, name in said.names.items()},
        _Key("kind"): _fact(said.kind if said.kind in KINDS else said.of_kind.label),
        _Key("layer"): _fact(layer.id),
        _Key("mode"): _fact(said.mode),
        _Key("countries"): _fact(said.countries),
        _Key("geometry"): _Fact(
            shape, shapely.to_wkb(shapely.set_precision(geometry, _SAME_DEGREES))
        ),
        _Key("position"): _fact(f"{position}: {note}" if note else position, said.position_sources),
        **_events(said),
        **_figures(said),
        _Key("sources"): _fact(said.source_ids(), said.source_ids()),
    }


def _events(said: FeatureProperties) -> dict[_Key, _Fact]:
    """Return the status and the note of each event, by its date and what it dates."""
    facts: dict[_Key, _Fact] = {}
    for event in said.events():
        twins = sum(key.field == "history" and key.date == event.date for key in facts)
        key = _Key("history", event.milestone, event.date, str(twins))
        facts[key] = _fact(event.status, event.sources)
        facts[key._replace(field="report")] = _fact(plain(event.note) or None, event.sources)
    return facts


def _figures(said: FeatureProperties) -> dict[_Key, _Fact]:
    """Return the values of each quantity, whatever their order."""
    like: dict[_Key, list[Value]] = {}
    for value in figure_values(said):
        like.setdefault(_Key("figure", value.quantity, of=value.of), []).append(value)
    return {
        key: _Fact(
            tuple(values),
            frozenset(
                (v.value, v.value_max, v.unit, v.bound, v.kind, v.period or v.date) for v in values
            ),
            tuple(dict.fromkeys(i for value in values for i in value.sources)),
        )
        for key, values in like.items()
    }


def _claims(corridor: Corridor) -> dict[str, _Thing]:
    return {one.id: _Thing(plain(one.claim.title), _claim(one)) for one in corridor.annotations}


def _claim(annotation: Annotation) -> dict[_Key, _Fact]:
    hand = annotation.claim.check
    figures = tuple(claim_value(figure, article="") for figure in annotation.claim.figures)
    return {
        _Key("name"): _fact(plain(annotation.claim.title)),
        _Key("text"): _fact(plain(annotation.body.value)),
        _Key("features"): _fact(annotation.features),
        _Key("figure"): _fact(figures or None),
        _Key("report"): _fact(f"{hand.result}: {plain(hand.text)}", hand.sources)
        if hand
        else _NOTHING,
    }


def _sources(corridor: Corridor) -> dict[str, _Thing]:
    lines = {id_: source.line() for id_, source in corridor.sources.items()}
    return {
        id_: _Thing(line.short, {_Key("text"): _fact(line.text)}, (id_,))
        for id_, line in lines.items()
    }
