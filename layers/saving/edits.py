"""What can be changed in a corridor, one operation at a time, and how one tells objects apart.

An operation names the object as it was by a hash, so that two editors cannot overwrite each
other unseen. Only the shape of an operation is checked here; nothing is applied.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, FailFast, Field, TypeAdapter, ValidationError

from corridormap.geo.errors import CorridorFormatError, Finding
from corridormap.geo.geojson import ID_PATTERN
from corridormap.layers.corridor.manifest import Title  # noqa: TC001  pydantic reads it at run time
from corridormap.layers.saving.put_kind import PutKind
from corridormap.layers.wording.plainly import HEX, SLUG, findings_of, line_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AddLayer",
    "NewLayer",
    "OfSettings",
    "OfToml",
    "Operation",
    "PutAnnotation",
    "PutArticle",
    "PutColumns",
    "PutCorridor",
    "PutFeature",
    "PutKind",
    "PutLayer",
    "PutLayout",
    "PutOrder",
    "PutSource",
    "RemoveAnnotation",
    "RemoveFeature",
    "RemoveLayer",
    "RemoveLayout",
    "hash_of",
    "parse_operations",
]

MOST_OPERATIONS = 10_000
MOST_MANIFEST_OPERATIONS = 200
"""Of those that write corridor.toml or layouts.toml: each reads it anew."""
OBJECT_BYTES = 5_000_000
"""Largest operation on one object, as JSON; a new layer brings many."""
_MOST_KEYS = 20
MOST_FAULTS = 100
"""Nobody reads more at once."""
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


class PutColumns(_Operation):
    """Remember how a file became a layer; `columns` is a recipe of layers/columns/recipes.py."""

    op: Literal["put_columns"]
    columns: JsonObject
    was: Hash | None = None


class NewLayer(_Operation):
    """A layer as corridor.toml names it, and its colour."""

    id: Slug
    title: Title
    group: Slug | None = None
    visible: bool | None = None
    color: Annotated[str, Field(pattern=HEX)] | None = None
    notes: Annotated[tuple[str, ...], FailFast(), Field(max_length=100)] = ()


class AddLayer(_Operation):
    """Add a layer with its features, and a source for them if they need a new one."""

    op: Literal["add_layer"]
    layer: NewLayer
    features: Annotated[tuple[JsonObject, ...], FailFast()]
    source: JsonObject | None = None


class PutArticle(_Operation):
    """Set what corridor.toml says of the article; a key that is null is taken out."""

    op: Literal["put_article"]
    article: JsonObject
    was: Hash | None = None
    """Compared only when it is given."""


class PutCorridor(_Operation):
    """Set what corridor.toml says of the corridor as a whole; a key that is null is taken out."""

    op: Literal["put_corridor"]
    corridor: JsonObject
    was: Hash | None = None
    """Compared only when it is given."""


class PutLayer(_Operation):
    """Set what a layer is called and how it looks; a key that is null is taken out."""

    op: Literal["put_layer"]
    layer: JsonObject
    was: Hash | None = None


class RemoveLayer(_Operation):
    """Take a layer out with its file and its look; the save keeps the file."""

    op: Literal["remove_layer"]
    id: Slug
    was: Hash | None = None
    """Of the layer with all its features."""


class PutOrder(_Operation):
    """Set the order of the layers, all of them."""

    op: Literal["put_order"]
    layers: Annotated[tuple[Slug, ...], Field(max_length=1000)]
    was: Hash | None = None


class PutLayout(_Operation):
    """Add a layout to layouts.toml, or put it in the place of the one with its id."""

    op: Literal["put_layout"]
    layout: JsonObject
    was: Hash | None = None


class RemoveLayout(_Operation):
    """Take a layout out of layouts.toml."""

    op: Literal["remove_layout"]
    id: Slug
    was: Hash | None = None


Operation = (
    PutFeature
    | RemoveFeature
    | PutAnnotation
    | RemoveAnnotation
    | PutSource
    | PutColumns
    | AddLayer
    | PutArticle
    | PutKind
    | PutCorridor
    | PutLayer
    | RemoveLayer
    | PutOrder
    | PutLayout
    | RemoveLayout
)

OfSettings = PutCorridor | PutLayer | RemoveLayer | PutOrder
OfToml = AddLayer | PutArticle | PutKind | OfSettings | PutLayout | RemoveLayout
_OPERATION: TypeAdapter[Operation] = TypeAdapter(Annotated[Operation, Field(discriminator="op")])


def parse_operations(data: Any) -> tuple[Operation, ...]:
    """Return operations from plain JSON values.

    How many they are is looked at before what they say, and each by itself: a complaint of
    a model costs a hundred times what it complains of.

    Raises
    ------
    CorridorFormatError
        One is not what an operation must be; the first faults at once.
    """
    if not isinstance(data, list):
        raise CorridorFormatError("changes-are-not-a-list", file=_FILE)
    if len(data) > MOST_OPERATIONS:
        raise CorridorFormatError(
            "too-many-changes", file=_FILE, n=f"{len(data):,}", most=f"{MOST_OPERATIONS:,}"
        )
    made: list[Operation] = []
    faults: list[Finding] = []
    for index, one in enumerate(data):
        try:
            made.append(_parsed(index, one))
        except CorridorFormatError as error:
            faults += error.faults
        if len(faults) >= MOST_FAULTS:
            more = Finding("only-some-edits-were-looked-at", _FILE, "", n=f"{index + 1:,}")
            faults = [*faults[:MOST_FAULTS], more]
            break
    if faults:
        raise CorridorFormatError.of(faults)
    if sum(isinstance(one, OfToml) for one in made) > MOST_MANIFEST_OPERATIONS:
        raise CorridorFormatError(
            "too-many-changes-of-layers", file=_FILE, most=MOST_MANIFEST_OPERATIONS
        )
    return tuple(made)


def _parsed(index: int, said: Any) -> Operation:
    parts = [said, said.get("layer")] if isinstance(said, dict) else []
    if any(isinstance(part, dict) and len(part) > _MOST_KEYS for part in parts):
        raise CorridorFormatError("change-has-too-many-names", file=_FILE, entry=index + 1)
    try:
        made = _OPERATION.validate_python(said)
    except ValidationError as error:
        lines = [line_of(detail, index) for detail in error.errors(include_url=False)[:MOST_FAULTS]]
        placed = ValidationError.from_exception_data(error.title, lines)
        found = findings_of(placed, file=_FILE, said={index: said})
        raise CorridorFormatError.of(found) from error
    try:
        # JSON that other programs can read, and that can be written as UTF-8.
        size = len(json.dumps(said, ensure_ascii=False, allow_nan=False).encode("utf-8"))
    except ValueError as error:
        raise CorridorFormatError("change-holds-no-json", file=_FILE) from error
    if size > OBJECT_BYTES and not isinstance(made, AddLayer):
        raise CorridorFormatError(
            "change-is-too-large",
            file=_FILE,
            entry=index + 1,
            mb=f"{size / 1e6:.1f}",
            most=f"{OBJECT_BYTES / 1e6:g}",
        )
    return made


def hash_of(said: Mapping[str, Any]) -> str:
    """Return 16 hexadecimal digits that change when an object says something else."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
