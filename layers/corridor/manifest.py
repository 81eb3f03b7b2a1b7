"""Read corridor.toml: what a corridor is called, covers and holds.

Ids and file names in it are checked here, so that nothing later can be led out of the
corridor's folder. This module opens no file.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003  pydantic reads it at run time
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from corridormap.geo.errors import CorridorFormatError
from corridormap.geo.toml_file import parse_toml
from corridormap.layers.corridor.own_kind import MOST_KINDS, OwnKind, all_kinds, require_distinct
from corridormap.layers.corridor.route import RouteEntry  # noqa: TC001  pydantic reads it at run time
from corridormap.layers.folder.files import MANIFEST
from corridormap.layers.folder.format import FIRST_FORMAT, FORMAT, format_of
from corridormap.layers.theme import ProjectionWish  # noqa: TC001  pydantic reads it at run time
from corridormap.layers.wording.plainly import (
    COUNTRY,
    FILE_NAME,
    SHA256,
    SLUG,
    RefusedValueError,
    findings_of,
)
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.layers.wording.kinds import OfKind

__all__ = [
    "HEADLINE_CHARS",
    "TITLE_CHARS",
    "Article",
    "Group",
    "LayerEntry",
    "Manifest",
    "NamedDate",
    "Title",
]

Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]
Text = Annotated[str, Field(min_length=1)]
TITLE_CHARS = 200
"""Most letters of a title, of the corridor or of a part of it."""
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TITLE_CHARS)
]
FileName = Annotated[str, Field(pattern=FILE_NAME, max_length=80)]
Country = Annotated[str, Field(pattern=COUNTRY)]
HEADLINE_CHARS = 240
"""Most letters of a headline: what is read in ten seconds."""
_MAX_LON = 180.0
_MAX_LAT = 90.0


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Article(_Model):
    """The article that the corridor's claims are from; its text is not kept."""

    source: Text
    text_sha256: Annotated[str, Field(pattern=SHA256)] | None = None
    quote_words_max: Annotated[int, Field(ge=1)] | None = None
    """Most words that one annotation may quote, for a corridor that is passed on."""


class NamedDate(_Model):
    """A date with a name of its own on the page."""

    id: Slug
    label: Title
    date: dt.date
    searched: dt.date | None = None
    """When one looked for what is newer than the date, and found nothing."""


class Group(_Model):
    """A heading over some layers, with one switch for all of them."""

    id: Slug
    title: Title


class LayerEntry(_Model):
    """A layer: its file is layers/<id>.geojson."""

    id: Slug
    title: Title
    group: Slug = "layers"
    visible: bool = True
    notes: tuple[str, ...] = ()


class Manifest(_Model):
    """The whole of corridor.toml."""

    format: Annotated[int, Field(strict=True, ge=FIRST_FORMAT, le=FORMAT)] = FIRST_FORMAT
    """See `corridormap.layers.folder.format`."""
    id: Slug
    title: Title
    summary: str = ""
    headline: Annotated[str, Field(max_length=HEADLINE_CHARS)] = ""
    """What it is about, as a sentence; empty: counted from the claims."""
    as_of: dt.date
    extent: tuple[float, float, float, float]
    countries: tuple[Country, ...] = ()
    outline: FileName | None = None
    outline_credit: str = ""
    boundary_note: str = ""
    boundary_note_print: str = ""
    projection: ProjectionWish = "auto"
    """What pictures are drawn in where an export asks for no other: "lambert" is a Lambert
    conformal conic fitted to the extent, "auto" takes it where Web Mercator's scale would
    differ by more than 15 % inside the frame."""
    article: Article | None = None
    dates: tuple[NamedDate, ...] = ()
    kinds: Annotated[tuple[OwnKind, ...], Field(max_length=MOST_KINDS)] = ()
    """Kinds of features beside the built-in ones."""
    groups: tuple[Group, ...] = ()
    layers: Annotated[tuple[LayerEntry, ...], Field(min_length=1)]
    routes: tuple[RouteEntry, ...] = ()

    @field_validator("extent")
    @classmethod
    def _extent_in_the_world(
        cls, extent: tuple[float, float, float, float]
    ) -> tuple[float, float, float, float]:
        west, south, east, north = extent
        if _MAX_LON >= west > east >= -_MAX_LON:
            raise RefusedValueError("extent-crosses-180", west=f"{west:g}", east=f"{east:g}")
        if west == east or south >= north:
            raise RefusedValueError("extent-has-no-area")
        if not (-_MAX_LON <= west < east <= _MAX_LON and -_MAX_LAT <= south < north <= _MAX_LAT):
            raise RefusedValueError("extent-is-not-one")
        return extent

    @field_validator("kinds")
    @classmethod
    def _kinds_are_distinct(cls, kinds: tuple[OwnKind, ...]) -> tuple[OwnKind, ...]:
        require_distinct(kinds)
        return kinds

    @model_validator(mode="after")
    def _ids_once(self) -> Self:
        for name, entries in (
            ("layers", self.layers),
            ("groups", self.groups),
            ("dates", self.dates),
            ("routes", self.routes),
        ):
            ids = [entry.id for entry in entries]
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise RefusedValueError("list-has-id-twice", id=twice[0], name=name)
        known = {group.id for group in self.groups}
        for layer in self.layers:
            if known and layer.group not in known:
                raise RefusedValueError(
                    "layer-is-in-unknown-group",
                    id=layer.id,
                    group=short(layer.group),
                    known=", ".join(sorted(known)),
                )
        return self

    @property
    def all_kinds(self) -> Mapping[str, OfKind]:
        """The built-in kinds and the corridor's own."""
        return all_kinds(self.kinds)

    @property
    def all_groups(self) -> tuple[Group, ...]:
        """The groups, or one for all layers when the file names none."""
        if self.groups:
            return self.groups
        ids = dict.fromkeys(layer.group for layer in self.layers)
        return tuple(Group(id=i, title="Layers") for i in ids)

    @classmethod
    def read(cls, raw: bytes) -> Manifest:
        """Read corridor.toml.

        Raises
        ------
        CorridorFormatError
            The file is broken, of a newer format, or says something unknown; all faults at once.
        """
        data = parse_toml(raw, file=MANIFEST)
        format_of(data)  # of a newer one not even the faults are known
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise CorridorFormatError.of(findings_of(error, file=MANIFEST, said=data)) from error
