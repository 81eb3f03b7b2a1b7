"""Say which object of which file an operation changes. Applies nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.folder.files import (
    ANNOTATIONS,
    COLUMNS,
    LAYOUTS,
    MANIFEST,
    SOURCES,
    layer_file,
)
from corridormap.layers.saving.edits import (
    AddLayer,
    PutAnnotation,
    PutColumns,
    PutCorridor,
    PutFeature,
    PutKind,
    PutLayer,
    PutLayout,
    PutOrder,
    PutSource,
    RemoveAnnotation,
    RemoveFeature,
    RemoveLayer,
    RemoveLayout,
)
from corridormap.layers.saving.put_kind import kind_place

if TYPE_CHECKING:
    from corridormap.layers.saving.edits import Operation

__all__ = ["THE_CORRIDOR", "THE_ORDER", "place_of_object"]

# No layer has such an id.
THE_CORRIDOR = "the corridor itself"
THE_ORDER = "the order of the layers"


def place_of_object(operation: Operation) -> tuple[str, str]:
    """Return the file and the id of what an operation changes; the article's id is empty."""
    match operation:
        case PutFeature():
            return layer_file(operation.layer), str(operation.feature.get("id", ""))
        case RemoveFeature():
            return layer_file(operation.layer), operation.id
        case RemoveAnnotation():
            return ANNOTATIONS, operation.id
        case RemoveLayout():
            return LAYOUTS, operation.id
        case PutAnnotation(annotation=said):
            file = ANNOTATIONS
        case PutSource(source=said):
            file = SOURCES
        case PutColumns(columns=said):
            file = COLUMNS
        case PutLayout(layout=said):
            file = LAYOUTS
        case _:
            return MANIFEST, _in_manifest(operation)
    return file, str(said.get("id", ""))


def _in_manifest(operation: Operation) -> str:
    id_ = ""
    match operation:
        case AddLayer():
            id_ = operation.layer.id
        case PutKind():
            id_ = kind_place(operation.kind.get("id", ""))
        case PutLayer():
            id_ = str(operation.layer.get("id", ""))
        case RemoveLayer():
            id_ = operation.id
        case PutCorridor():
            id_ = THE_CORRIDOR
        case PutOrder():
            id_ = THE_ORDER
    return id_
