"""Say what a page asks of the files that it sends: the first line of an upload, as a model.

Reads no file; what is not as it should be is refused whole.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, FailFast, Field, ValidationError

from corridormap.geo.errors import ReadError
from corridormap.layers.columns.recipes import Recipe  # noqa: TC001  pydantic reads it
from corridormap.layers.columns.rules import ColumnRules
from corridormap.layers.corridor.feature import Mode, Quality  # noqa: TC001  pydantic reads them
from corridormap.layers.corridor.own_kind import MOST_KINDS, OwnKind
from corridormap.layers.corridor.status import Status  # noqa: TC001
from corridormap.layers.wording.plainly import HEX, KIND_ID, SLUG

__all__ = ["EditionWish", "LayerWish", "RowsWish", "SentFile", "SourceWish", "UploadHead"]

_MOST_PARTS = 20
_MOST_IDS = 200_000
_MOST_RECIPES = 1_000
Text = Annotated[str, Field(max_length=500)]
Column = Annotated[str, Field(max_length=10_000)]
Title = Annotated[str, Field(max_length=10_000)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SentFile(_Model):
    """One of the files that follow the first line, in its order."""

    name: Annotated[str, Field(min_length=1, max_length=1_000)]
    size: Annotated[int, Field(ge=0)]


class SourceWish(_Model):
    """Where the features are from: a known source, a new one, or one to be named later."""

    id: Text = ""
    """Of a source that the draft holds."""
    publisher: Text = ""
    title: Text = ""
    date: Text = ""
    url: Annotated[str, Field(max_length=2_000)] = ""
    later: bool = False


class LayerWish(_Model):
    """What a user says of the new layer."""

    id: Annotated[str, Field(pattern=SLUG, max_length=60)]
    title: Annotated[str, Field(min_length=1, max_length=200)]
    group: Text = ""
    color: Annotated[str, Field(pattern=HEX)] | None = None
    name_field: Column | None = None
    unnamed: bool = False
    """No column holds names: the features are numbered."""
    id_field: Column | None = None
    keep: frozenset[str] | None = None
    kind: Annotated[str, Field(pattern=KIND_ID, max_length=40)] | None = None
    mode: Mode | None = None
    quality: Quality | None = None
    uncertainty_m: Annotated[float, Field(ge=0, le=20_000_000)] | None = None
    status: Status | None = None
    since: Annotated[str, Field(max_length=20)] | None = None
    number_ids: bool = False
    source: SourceWish = SourceWish()
    rules: ColumnRules = ColumnRules()
    """What the columns become."""


class RowsWish(_Model):
    """By which rules the first rows are to be shown as what they become."""

    rules: ColumnRules = ColumnRules()
    status: Status | None = None
    since: Annotated[str, Field(max_length=20)] | None = None


class EditionWish(_Model):
    """What a user says of the next edition of a file that became a layer."""

    recipe: Recipe
    source: SourceWish = SourceWish()
    remove_gone: bool = False


class UploadHead(_Model):
    """The first line of an upload."""

    files: Annotated[tuple[SentFile, ...], Field(min_length=1, max_length=_MOST_PARTS)]
    """One file, or the parts of one Shapefile."""
    layer: Annotated[str, Field(max_length=10_000)] | None = None
    """Which layer of the file."""
    crs: Annotated[str, Field(max_length=40)] | None = None
    encoding: Annotated[str, Field(max_length=40)] = ""
    """Of its texts, as the user chose it."""
    columns: Annotated[tuple[Column, ...], Field(max_length=2)] = ()
    """Of longitude and latitude, or the one of shapes, as the user chose them."""
    accept: Annotated[tuple[Text, ...], Field(max_length=100)] = ()
    """Ids of the repairs to make."""
    leave_out: Annotated[tuple[Text, ...], Field(max_length=100)] = ()
    """Ids of the repairs whose features are left out instead."""
    wish: LayerWish | None = None
    """The layer to make; without it the file is only looked at."""
    rows: RowsWish | None = None
    """Show what the first rows become."""
    edition: EditionWish | None = None
    """The layer to bring up to date."""
    held: Annotated[int, Field(ge=0)] | None = None
    """Size in bytes of that layer as the draft has it, in GeoJSON; it follows the files."""
    recipes: Annotated[tuple[dict[str, Any], ...], FailFast(), Field(max_length=_MOST_RECIPES)] = ()
    """How files became layers, as the draft has it; what is no recipe counts as none."""
    taken: Annotated[tuple[str, ...], FailFast(), Field(max_length=_MOST_IDS)] = ()
    """Ids of the features that the draft holds."""
    layers: Annotated[tuple[str, ...], FailFast(), Field(max_length=10_000)] = ()
    """Ids of the layers that the draft holds."""
    sources: Annotated[dict[str, Title], FailFast(), Field(max_length=_MOST_IDS)] = {}
    """Titles of the sources that the draft holds, by their ids."""
    kinds: Annotated[tuple[OwnKind, ...], FailFast(), Field(max_length=MOST_KINDS)] = ()
    """The kinds that the draft adds to the built-in ones."""

    @classmethod
    def read(cls, line: bytes) -> UploadHead:
        """Read the first line.

        Raises
        ------
        ReadError
            It is not what a page sends.
        """
        try:
            # Bounded by its length, and by Pydantic's own parser: depth, digits, first fault.
            return cls.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"][:3])
            raise ReadError(
                "upload-is-malformed", place=place or "its first line", why=first["msg"]
            ) from error
