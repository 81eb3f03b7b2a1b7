"""Gather the named features of a corridor, and of a draft that changes it.

Reads no file: the corridor is open, and the draft's operations are plain JSON values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from corridormap.layers.article.suggestions.names import SAMPLES_MOST, Named, named_feature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["features_of", "with_draft"]


def features_of(corridor: Corridor) -> dict[str, Named]:
    """Return the features of a corridor that can be shown, by id."""
    found = (
        _named(layer.id, id_, layer.features[id_], layer.frame.geometry.get(id_))
        for layer in corridor.layers
        for id_ in layer.features
    )
    return {named.id: named for named in found}


def with_draft(features: dict[str, Named], operations: Iterable[Any]) -> dict[str, Named]:
    """Return the features as they are after the operations of a draft; odd ones are passed by."""
    out = dict(features)
    for operation in operations:
        if not isinstance(operation, dict):
            continue
        if operation.get("op") == "remove_feature":
            out.pop(str(operation.get("id")), None)
        for layer, feature in _put(operation):
            named = named_feature(layer, feature)
            if named is not None:
                out[named.id] = named
    return out


def _named(layer: str, id_: str, said: Any, geometry: Any) -> Named:
    names = [said.name, said.label, *said.names.values()]
    points = shapely.get_coordinates(geometry).tolist() if geometry is not None else []
    step = max(1, len(points) // SAMPLES_MOST)
    return Named(
        id=str(id_),
        layer=layer,
        kind=said.kind,
        name=said.name,
        names=tuple(dict.fromkeys(name for name in names if name)),
        points=tuple((x, y) for x, y in points[::step]),
    )


def _put(operation: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if operation.get("op") == "put_feature":
        yield str(operation.get("layer")), operation.get("feature")
    if operation.get("op") == "add_layer":
        layer, features = operation.get("layer"), operation.get("features")
        if isinstance(layer, dict) and isinstance(features, list):
            yield from ((str(layer.get("id")), feature) for feature in features)
