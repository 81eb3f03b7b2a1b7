"""Say what a new edition of a file does to its layer: added, changed, gone, not matched.

A row is known by the column chosen as its key, else by its name and its place. What an editor
wrote of a feature beyond the file stays; a state that the file gives anew is added to the history.
Takes and returns features as a layer's file has them; applies nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shapely.geometry import shape

from corridormap.geo.measure import distance_m, middle_of
from corridormap.layers.changes.editions import changes_of_editions
from corridormap.layers.columns.merging import merged
from corridormap.layers.columns.values import folded, is_empty
from corridormap.layers.corridor.corridor import Corridor
from corridormap.layers.folder.files import MANIFEST, layer_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corridormap.geo.measure import Bbox
    from corridormap.layers.changes.change import Change
    from corridormap.layers.columns.recipes import Recipe

__all__ = ["SAME_PLACE_M", "Edition", "edition_of"]

SAME_PLACE_M = 1_000.0
"""How far two features of one name may be apart to be the same one."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Edition:
    """What an edition does to a layer."""

    added: tuple[Json, ...]
    changed: tuple[Json, ...]
    """As they become."""
    same: int
    gone: tuple[Json, ...]
    """Of the layer, and not in the edition; nothing is taken away unasked."""
    unmatched: tuple[str, ...]
    """Names or keys that several rows have, or that stand elsewhere: taken as new ones."""
    changes: tuple[Change, ...]
    """Of the features that stay."""


def edition_of(
    old: Sequence[Json], new: Sequence[Json], recipe: Recipe, *, as_of: str, extent: Bbox
) -> Edition:
    """Return what a new edition does to a layer.

    Parameters
    ----------
    old
        The layer's features as they are.
    new
        The edition's features as a new layer would have them.
    recipe
        How the file becomes the layer.
    as_of, extent
        The corridor's date and its extent in degrees.
    """
    pairs, unmatched = _pairs(old, new, _key_property(recipe))
    added = [feature for index, feature in enumerate(new) if index not in pairs]
    met = {index: old[at] for index, at in pairs.items()}
    after = [merged(before, new[index], recipe, as_of=as_of) for index, before in met.items()]
    changed = [one for one, before in zip(after, met.values(), strict=True) if one is not before]
    matched = set(pairs.values())
    gone = [feature for index, feature in enumerate(old) if index not in matched]
    changes = _changes(list(met.values()), after, as_of, extent)
    return Edition(
        tuple(_renamed(added, {str(one.get("id")) for one in old})),
        tuple(changed),
        len(after) - len(changed),
        tuple(gone),
        tuple(unmatched),
        changes,
    )


def _key_property(recipe: Recipe) -> str:
    """Return the property by which a feature is known; empty where it is its name and place."""
    rule = recipe.rules.columns.get(recipe.rules.key)
    if rule is not None and rule.to == "name":
        return f"name:{rule.language}" if rule.language else "name"
    return "name" if recipe.rules.key == recipe.name_field else recipe.rules.key


def _pairs(old: Sequence[Json], new: Sequence[Json], key: str) -> tuple[dict[int, int], list[str]]:
    """Return which old feature each new one is, and the words of those that match none surely."""
    name = key or "name"
    before, now = _by_word(old, name), _by_word(new, name)
    pairs: dict[int, int] = {}
    unmatched: list[str] = []
    for word, indices in now.items():
        others = before.get(word, [])
        if not others:
            continue
        if key and len(indices) == len(others) == 1:
            pairs[indices[0]] = others[0]
            continue
        nearest = _nearest(old, new, others, indices) if not key else {}
        pairs |= nearest
        if len(nearest) < max(len(indices), len(others)):
            unmatched.append(str(new[indices[0]]["properties"].get(name)))
    return pairs, unmatched


def _by_word(features: Sequence[Json], name: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, feature in enumerate(features):
        value = (feature.get("properties") or {}).get(name)
        if not is_empty(value):
            found.setdefault(folded(value), []).append(index)
    return found


def _nearest(
    old: Sequence[Json], new: Sequence[Json], others: list[int], indices: list[int]
) -> dict[int, int]:
    """Return pairs of one name that stand together, the nearest first, each feature once."""
    apart = sorted(
        (_apart_m(old[there], new[here]), here, there) for here in indices for there in others
    )
    pairs: dict[int, int] = {}
    for metres, here, there in apart:
        if metres <= SAME_PLACE_M and here not in pairs and there not in pairs.values():
            pairs[here] = there
    return pairs


def _apart_m(one: Json, other: Json) -> float:
    return distance_m(middle_of(shape(one["geometry"])), middle_of(shape(other["geometry"])))


def _renamed(added: Iterable[Json], taken: set[str]) -> list[Json]:
    made = []
    for feature in added:
        base, number, given = str(feature["id"]), 1, str(feature["id"])
        while given in taken:
            number += 1
            given = f"{base}-{number}"
        taken.add(given)
        made.append({**feature, "id": given})
    return made


def _changes(
    old: Sequence[Json], new: Sequence[Json], as_of: str, extent: Bbox
) -> tuple[Change, ...]:
    older, newer = (_corridor(features, as_of, extent) for features in (old, new))
    found = changes_of_editions(older, newer)
    return tuple(change for change in found if change.about == "feature")


def _corridor(features: Sequence[Json], as_of: str, extent: Bbox) -> Corridor:
    """Return a corridor of nothing but these features, to be compared."""
    box = ", ".join(str(float(degrees)) for degrees in extent)
    head = f'format = 2\nid = "edition"\ntitle = "Edition"\nas_of = {as_of}\nextent = [{box}]\n'
    manifest = f'{head}[[layers]]\nid = "edition"\ntitle = "Edition"\n'
    collection: Mapping[str, Any] = {"type": "FeatureCollection", "features": list(features)}
    return Corridor.of(
        {MANIFEST: manifest.encode(), layer_file("edition"): json.dumps(collection).encode()}
    )
