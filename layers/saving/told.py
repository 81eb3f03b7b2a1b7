"""Say of a finding which operation of a draft it is about.

The models' own messages are kept. Finds nothing wrong by itself except in the objects that
operations bring.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ValidationError

from corridormap.geo.errors import Finding
from corridormap.layers.columns.recipes import Recipe
from corridormap.layers.corridor.annotation import Annotation
from corridormap.layers.corridor.feature import FeatureProperties
from corridormap.layers.corridor.layouts import LayoutEntry
from corridormap.layers.corridor.own_kind import OwnKind
from corridormap.layers.corridor.source import Source
from corridormap.layers.folder.files import MANIFEST, SOURCES, layer_file
from corridormap.layers.saving.edits import (
    AddLayer,
    PutAnnotation,
    PutArticle,
    PutColumns,
    PutFeature,
    PutKind,
    PutLayout,
    PutSource,
)
from corridormap.layers.saving.operation_places import place_of_object
from corridormap.layers.wording.kinds import KINDS
from corridormap.layers.wording.plainly import findings_of, line_of
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corridormap.layers.saving.edits import Operation
    from corridormap.layers.wording.kinds import OfKind

__all__ = ["Teller", "Told", "told_of_operations"]

MOST_FAULTS = 100
"""Nobody reads more at once; the rest is looked at when these are mended."""
MOST_VALUES = 5_000
"""In one object, its shape left out: a model's complaint of each would fill the memory."""

Severity = Literal["error", "note"]


@dataclass(frozen=True)
class Told:
    """A finding with its place in a draft."""

    finding: Finding
    op: int | None = None
    severity: Severity = "error"

    @classmethod
    def of(cls, finding: Finding, *, op: int | None = None) -> Told:
        """Return a finding that refuses an operation."""
        return cls(finding, op, "error")

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {**self.finding.as_dict(), "op": self.op, "severity": self.severity}


class Teller:
    """Knows which operation of a draft a finding is about.

    Parameters
    ----------
    operations
        The draft's.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self._last: dict[tuple[str, str], int] = {}
        self._article: int | None = None
        for index, operation in enumerate(operations):
            if isinstance(operation, PutArticle):
                self._article = index
                continue
            for place in _places(operation):
                self._last[place] = index

    def told(self, finding: Finding, *, severity: Severity) -> Told:
        """Return a finding with the last operation that it is about, if any."""
        found = [self._last.get((finding.file, finding.feature))]
        if finding.file == MANIFEST and finding.field.partition(".")[0] == "article":
            found.append(self._article)
        op = max((index for index in found if index is not None), default=None)
        return Told(finding, op, severity)


def told_of_operations(
    operations: Sequence[Operation], kinds: Mapping[str, OfKind] = KINDS
) -> list[Told]:
    """Return what the models refuse in the objects that operations bring, the first faults.

    Parameters
    ----------
    operations
        The draft's.
    kinds
        The kinds that the corridor knows once they are done.
    """
    last = {place_of_object(operation): index for index, operation in enumerate(operations)}
    # What a later operation replaces need not be right any more.
    faults = (
        one
        for index, operation in enumerate(operations)
        if last[place_of_object(operation)] == index
        for one in _faults(index, operation, kinds)
    )
    return list(islice(faults, MOST_FAULTS))


def _faults(index: int, operation: Operation, kinds: Mapping[str, OfKind]) -> Iterator[Told]:
    file, id_ = place_of_object(operation)
    match operation:
        case PutFeature(feature=feature):
            yield from _feature_faults(index, file, feature, kinds)
        case PutAnnotation(annotation=said):
            yield from _model_faults(Annotation, said, index=index, file=file, id_=id_)
        case PutSource(source=said):
            yield from _model_faults(Source, said, index=index, file=file, id_=id_)
        case PutKind(kind=said):
            yield from _model_faults(OwnKind, said, index=index, file=file, id_=id_)
        case PutLayout(layout=said):
            yield from _model_faults(LayoutEntry, said, index=index, file=file, id_=id_)
        case PutColumns(columns=said):
            yield from _model_faults(Recipe, said, index=index, file=file, id_=id_)
        case AddLayer(layer=layer, features=features, source=source):
            for feature in features:
                yield from _feature_faults(index, layer_file(layer.id), feature, kinds)
            if source is not None:
                named = str(source.get("id", ""))
                yield from _model_faults(Source, source, index=index, file=SOURCES, id_=named)


def _feature_faults(
    index: int, file: str, feature: dict[str, Any], kinds: Mapping[str, OfKind]
) -> Iterator[Told]:
    id_, said = feature.get("id"), feature.get("properties")
    name = short(id_ if isinstance(id_, str) else "the feature")
    if not isinstance(said, dict):
        fault = Finding("properties-are-missing", file, name, "properties")
        yield Told.of(fault, op=index)
        return
    if not isinstance(feature.get("geometry"), dict):
        fault = Finding("feature-has-no-place", file, name, "geometry")
        yield Told.of(fault, op=index)
    yield from _model_faults(FeatureProperties, said, index=index, file=file, id_=name, kinds=kinds)


def _model_faults(
    model: type[BaseModel],
    said: dict[str, Any],
    *,
    index: int,
    file: str,
    id_: str,
    kinds: Mapping[str, OfKind] = KINDS,
) -> Iterator[Told]:
    if _count(said) > MOST_VALUES:
        fault = Finding("feature-holds-too-many-values", file, id_, most=f"{MOST_VALUES:,}")
        yield Told.of(fault, op=index)
        return
    try:
        model.model_validate(said, context=kinds)
    except ValidationError as error:
        details = error.errors(include_url=False)
        above = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
        # Entries that are wrong are not counted, which would be told as one too few.
        told = [one for one in details if one["type"] != "too_short" or one["loc"] not in above]
        kept = ValidationError.from_exception_data(error.title, [line_of(one) for one in told])
        for finding in findings_of(kept, file=file, feature=id_, said=said):
            yield Told.of(finding, op=index)


def _places(operation: Operation) -> Iterator[tuple[str, str]]:
    """Yield file and id of everything that an operation brings or takes away."""
    if not isinstance(operation, AddLayer):
        yield place_of_object(operation)
        return
    file = layer_file(operation.layer.id)
    yield file, ""
    for feature in operation.features:
        yield file, str(feature.get("id"))


def _count(said: Any) -> int:
    """Return how many values an object holds, as far as it matters."""
    count, inside = 0, [said]
    while inside and count <= MOST_VALUES:
        value = inside.pop()
        count += 1
        if isinstance(value, dict):
            inside += islice(value.values(), MOST_VALUES + 1)
            count += max(0, len(value) - MOST_VALUES)
        elif isinstance(value, list):
            inside += islice(value, MOST_VALUES + 1)
    return count
