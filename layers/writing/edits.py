"""What can be changed in a corridor, one operation at a time, and how one tells objects apart.

An operation names the object as it was by a hash, so that two editors cannot overwrite each
other unseen. Only the shape of an operation is checked here; nothing is applied.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from geo.errors import CorridorFormatError, Finding
from geo.geojson import ID_PATTERN
from layers.plainly import HEX, SLUG, findings_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AddLayer",
    "NewLayer",
    "Operation",
    "PutAnnotation",
    "PutArticle",
    "PutFeature",
    "PutSource",
    "RemoveAnnotation",
    "RemoveFeature",
    "hash_of",
    "parse_operations",
]

MOST_OPERATIONS = 10_000
_FILE = "the changes"

Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]
FeatureId = Annotated[str, Field(pattern=f"^(?:{ID_PATTERN})$", max_length=80)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
JsonObject = dict[str, Any]


class _Operation(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PutFeature(_Operation):
    """Add a feature to a layer, or put it in the place of the one with its id."""

    op: Literal["put_feature"]
    layer: Slug
    feature: JsonObject
    was: Hash | None = None
    """None when there must be no feature of this id."""


class RemoveFeature(_Operation):
    """Take a feature out of a layer."""

    op: Literal["remove_feature"]
    layer: Slug
    id: FeatureId
    was: Hash | None = None


class PutAnnotation(_Operation):
    """Add an annotation, or put it in the place of the one with its id."""

    op: Literal["put_annotation"]
    annotation: JsonObject
    was: Hash | None = None


class RemoveAnnotation(_Operation):
    """Take an annotation away."""

    op: Literal["remove_annotation"]
    id: Annotated[str, Field(min_length=1, max_length=120)]
    was: Hash | None = None


class PutSource(_Operation):
    """Add a source, or put it in the place of the one with its id."""

    op: Literal["put_source"]
    source: JsonObject
    was: Hash | None = None


class NewLayer(_Operation):
    """A layer as corridor.toml names it, and its colour."""

    id: Slug
    title: Annotated[str, Field(min_length=1, max_length=200)]
    group: Slug | None = None
    visible: bool | None = None
    color: Annotated[str, Field(pattern=HEX)] | None = None
    notes: tuple[str, ...] = ()


class AddLayer(_Operation):
    """Add a layer with its features, and a source for them if they need a new one."""

    op: Literal["add_layer"]
    layer: NewLayer
    features: tuple[JsonObject, ...]
    source: JsonObject | None = None


class PutArticle(_Operation):
    """Set what corridor.toml says of the article; a key that is null is taken out."""

    op: Literal["put_article"]
    article: JsonObject
    was: Hash | None = None
    """Compared only when it is given."""


Operation = (
    PutFeature
    | RemoveFeature
    | PutAnnotation
    | RemoveAnnotation
    | PutSource
    | AddLayer
    | PutArticle
)

_OPERATIONS: TypeAdapter[tuple[Operation, ...]] = TypeAdapter(
    Annotated[
        tuple[Annotated[Operation, Field(discriminator="op")], ...],
        Field(max_length=MOST_OPERATIONS),
    ]
)


def parse_operations(data: Any) -> tuple[Operation, ...]:
    """Return operations from plain JSON values.

    Raises
    ------
    CorridorFormatError
        One is not what an operation must be; all faults at once.
    """
    try:
        made = _OPERATIONS.validate_python(data)
    except ValidationError as error:
        raise CorridorFormatError.of(findings_of(error, file=_FILE, said=data)) from error
    try:
        # JSON that other programs can read, and that can be written as UTF-8.
        json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except ValueError as error:
        fault = Finding(
            _FILE,
            "",
            "a number is not finite, or a text holds half a character",
            "Write plain numbers and whole characters.",
        )
        raise CorridorFormatError.of([fault]) from error
    return made


def hash_of(said: Mapping[str, Any]) -> str:
    """Return 16 hexadecimal digits that change when an object says something else."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
