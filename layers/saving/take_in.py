"""Make the operations by which a file becomes a layer, or a layer's next edition.

The page brings them into a draft, the command saves them; both show the same words before. Reads
and writes no file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.changes.words import change_text, change_when
from corridormap.layers.columns.editions import edition_of
from corridormap.layers.columns.preview import state_text
from corridormap.layers.columns.recipes import Recipe
from corridormap.layers.columns.sources import sources_of_column
from corridormap.layers.saving.adopt import adopt
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from corridormap.geo.formats import Feature
    from corridormap.geo.measure import Bbox
    from corridormap.layers.changes.change import Change
    from corridormap.layers.columns.editions import Edition
    from corridormap.layers.columns.rows import NotUnderstood
    from corridormap.layers.saving.wishes import Wishes

__all__ = ["Around", "TakenIn", "Told", "new_layer", "next_edition", "recipe_of", "wishes_again"]

Json = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What a row of an edition does, in words."""

    what: str
    """ "added", "changed" or "gone"."""
    id: str
    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Around:
    """What is known of the file and of the corridor that it comes into."""

    columns: Collection[str]
    """Names of all columns of the file."""
    taken: Collection[str]
    """Ids of the features that the corridor has."""
    sources: Mapping[str, str]
    """Titles of its sources, by their ids."""
    source: Json | None = None
    """A new source for all of the file, if it needs one."""


@dataclass(frozen=True)
class TakenIn:
    """What is to be done, and what is to be said before and after."""

    operations: tuple[Json, ...]
    said: tuple[str, ...]
    not_understood: tuple[NotUnderstood, ...]
    features: tuple[Json, ...]
    """As the layer has them afterwards: all of a new layer, those of an edition that differ."""
    told: tuple[Told, ...] = ()
    same: int = 0
    unmatched: tuple[str, ...] = ()


def recipe_of(wishes: Wishes, columns: Collection[str]) -> Recipe:
    """Return how a file with such columns becomes a layer by wishes."""
    return Recipe.model_construct(
        id=wishes.layer,
        file=wishes.file,
        seen=tuple(columns),
        rules=wishes.rules,
        name_field=wishes.name_field,
        unnamed=wishes.unnamed,
        id_field=wishes.id_field,
        keep=None if wishes.keep is None else tuple(sorted(wishes.keep)),
        kind=wishes.kind,
        mode=wishes.mode,
        quality=wishes.quality,
        uncertainty_m=wishes.uncertainty_m,
        status=wishes.status,
        since=wishes.since,
    )


def wishes_again(wishes: Wishes, recipe: Recipe) -> Wishes:
    """Return the wishes for a next edition: those of the last one, of the new file."""
    return replace(
        wishes,
        layer=recipe.id,
        rules=recipe.rules,
        name_field=recipe.name_field,
        unnamed=recipe.unnamed,
        id_field=recipe.id_field,
        keep=None if recipe.keep is None else frozenset(recipe.keep),
        kind=recipe.kind,
        mode=recipe.mode,
        quality=recipe.quality,
        uncertainty_m=recipe.uncertainty_m,
        status=recipe.status,
        since=recipe.since,
        number_ids=True,
    )


def new_layer(
    features: Sequence[Feature],
    wishes: Wishes,
    entry: Mapping[str, Any],
    around: Around,
) -> TakenIn:
    """Return what makes a layer of a file's features.

    Parameters
    ----------
    features
        In longitude and latitude, repairs made.
    wishes
        What the user says of them.
    entry
        The layer as corridor.toml names it, and perhaps its colour.
    around
        What else is known of file and corridor.

    Raises
    ------
    CorridorFormatError
        Something a corridor needs is neither in the file nor said; all faults at once.
    """
    wishes, made = _with_sources(features, wishes, around)
    adopted = adopt(features, wishes, taken=around.taken)
    new = tuple(adopted.collection["features"])
    layer = {
        "op": "add_layer",
        "layer": dict(entry),
        "features": list(new),
        "source": around.source,
    }
    recipe = recipe_of(wishes, around.columns)
    operations = (*(_put_source(one) for one in made), layer, _put_columns(recipe))
    return TakenIn(operations, adopted.said, adopted.not_understood, new)


def next_edition(
    features: Sequence[Feature],
    wishes: Wishes,
    old: Sequence[Json],
    around: Around,
    *,
    remove_gone: bool,
    extent: Bbox,
) -> TakenIn:
    """Return what a next edition of a file does to its layer.

    Parameters
    ----------
    old
        The layer's features as they are.
    remove_gone
        Whether features that the edition does not have are taken away.
    extent
        The corridor's, in degrees.
    features, wishes, around
        As for a new layer.

    Raises
    ------
    CorridorFormatError
        As for a new layer, or a feature of the layer cannot be read.
    """
    wishes, made = _with_sources(features, wishes, around)
    own = {str(one.get("id")) for one in old}
    adopted = adopt(features, wishes, taken=set(around.taken) - own)
    recipe = recipe_of(wishes, around.columns)
    new = list(adopted.collection["features"])
    if any(not _is_whole(one) for one in old):
        raise CorridorFormatError("layer-cannot-be-updated", id=wishes.layer)
    edition = edition_of(old, new, recipe, as_of=wishes.as_of, extent=extent)
    put = (*edition.changed, *edition.added)
    gone = edition.gone if remove_gone else ()
    operations = (
        *(
            _put_source(one)
            for one in (*made, *([around.source] if around.source is not None else []))
        ),
        *({"op": "put_feature", "layer": recipe.id, "feature": one} for one in put),
        *({"op": "remove_feature", "layer": recipe.id, "id": str(one["id"])} for one in gone),
        _put_columns(recipe),
    )
    return TakenIn(
        operations if put or gone else (),
        adopted.said,
        adopted.not_understood,
        put,
        _told(edition),
        edition.same,
        edition.unmatched,
    )


def _with_sources(
    features: Sequence[Feature],
    wishes: Wishes,
    around: Around,
) -> tuple[Wishes, list[Json]]:
    known = dict(around.sources)
    if around.source is not None:
        known[around.source["id"]] = ""
    ids, made = sources_of_column(features, wishes.rules, layer=wishes.layer, known=known)
    return replace(wishes, source_ids=ids), made


def _put_source(source: Json) -> Json:
    return {"op": "put_source", "source": source}


def _put_columns(recipe: Recipe) -> Json:
    return {"op": "put_columns", "columns": recipe.as_json()}


def _is_whole(feature: Json) -> bool:
    said = feature.get("properties")
    return (
        isinstance(said, dict)
        and isinstance(feature.get("geometry"), dict)
        and isinstance(said.get("status_history"), list)
        and bool(said["status_history"])
    )


def _told(edition: Edition) -> tuple[Told, ...]:
    texts: dict[str, list[str]] = {}
    for change in edition.changes:
        texts.setdefault(change.id, []).append(_change(change))
    return (
        *(_row("added", one, [_state(one)]) for one in edition.added),
        *(_row("changed", one, texts.get(str(one["id"]), [])) for one in edition.changed),
        *(_row("gone", one, []) for one in edition.gone),
    )


def _change(change: Change) -> str:
    when = change_when(change)
    return f"{change_text(change)} ({when})" if when else change_text(change)


def _row(what: str, feature: Json, texts: Sequence[str]) -> Told:
    name = plain(feature["properties"].get("name", ""))
    return Told(what, str(feature["id"]), name, tuple(texts))


def _state(feature: Json) -> str:
    return state_text(feature["properties"]["status_history"][-1])
