"""Read layouts.toml: what an editor decided by hand for each export layout.

A `Hand` is what is drawn otherwise than by the rules: where labels stand, which are hidden,
which claims are told and in which words. An entry gives it to a layout, with its size and its
print look. This module opens no file and draws nothing.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, Self, cast, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corridormap.geo.errors import CorridorFormatError
from corridormap.geo.geojson import ID_PATTERN
from corridormap.geo.toml_file import parse_toml
from corridormap.layers.folder.files import LAYOUTS
from corridormap.layers.theme import LayoutName
from corridormap.layers.wording.plainly import SLUG, RefusedValueError, findings_of

__all__ = [
    "HAND_CHARS",
    "LARGEST_MM",
    "SMALLEST_MM",
    "ClaimWords",
    "Hand",
    "LabelPlace",
    "LayoutEntry",
    "Layouts",
    "Millimetres",
]

HAND_CHARS = 30_000
"""Most letters of what is done by hand, as JSON: it travels in every recipe."""
SMALLEST_MM, LARGEST_MM = 90.0, 600.0
"""Of a side that is given in millimetres: a newspaper's column, a wall."""
_MOST_LAYOUTS, _MOST_LABELS, _MOST_CLAIMS = 40, 300, 300
_DIGITS = 5

FeatureId = Annotated[str, Field(pattern=f"^(?:{ID_PATTERN})$", max_length=80)]
ClaimId = Annotated[str, Field(min_length=1, max_length=120)]
Lon = Annotated[float, Field(ge=-180.0, le=180.0, allow_inf_nan=False)]
Lat = Annotated[float, Field(ge=-90.0, le=90.0, allow_inf_nan=False)]
Millimetres = Annotated[float, Field(ge=SMALLEST_MM, le=LARGEST_MM, allow_inf_nan=False)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LabelPlace(_Model):
    """A label that stands where an editor put it."""

    feature: FeatureId
    at: tuple[Lon, Lat]
    """Where on the map: longitude and latitude in degrees (WGS 84). It holds at every size, in
    every projection, and for as long as the frame shows the place."""
    align: Literal["start", "middle", "end"] = "middle"
    """Which part of the label stands there: its left end, its middle, its right end. With
    another size or language the label grows away from there."""


class ClaimWords(_Model):
    """A claim in other words than the corridor's."""

    claim: ClaimId
    title: Annotated[str, Field(max_length=200)] = ""
    text: Annotated[str, Field(max_length=1000)] = ""
    """What is empty is as the corridor says."""


class Hand(_Model):
    """What an editor decided for one picture; empty, all is as the rules have it."""

    headline: Annotated[str, Field(max_length=200)] = ""
    """In place of the corridor's title."""
    subtitle: Annotated[str, Field(max_length=400)] = ""
    """In place of the sentence below it."""
    byline: Annotated[str, Field(max_length=200)] = ""
    """Whose work it is, at the foot."""
    claims: Annotated[tuple[ClaimId, ...], Field(max_length=_MOST_CLAIMS)] | None = None
    """The claims that are told, by id; if it is not given, all."""
    hidden: Annotated[tuple[FeatureId, ...], Field(max_length=_MOST_LABELS)] = ()
    """Features whose name is not written; the numbers of claims stay."""
    labels: Annotated[tuple[LabelPlace, ...], Field(max_length=_MOST_LABELS)] = ()
    words: Annotated[tuple[ClaimWords, ...], Field(max_length=_MOST_CLAIMS)] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for name, ids in (
            ("labels", [one.feature for one in self.labels]),
            ("words", [one.claim for one in self.words]),
            ("hidden", list(self.hidden)),
            ("claims", list(self.claims or ())),
        ):
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise RefusedValueError("hand-lists-id-twice", id=twice[0], name=name)
        if (size := len(self.to_json())) > HAND_CHARS:
            raise RefusedValueError("too-much-by-hand", n=f"{size:,}", most=f"{HAND_CHARS:,}")
        return self

    @property
    def is_empty(self) -> bool:
        """Whether all is as the rules have it."""
        return not self.said()

    def said(self) -> dict[str, Any]:
        """Return as JSON values what is decided, and nothing else."""
        hand = Hand.model_fields
        value = self.model_dump(mode="json", include=set(hand), exclude_defaults=True)
        for label in value.get("labels", ()):
            label["at"] = [round(degrees, _DIGITS) for degrees in label["at"]]
        return value

    def to_json(self) -> str:
        """Return it as JSON of one form: the same decisions give the same text."""
        return json.dumps(self.said(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class LayoutEntry(Hand):
    """What an editor decided for a layout, or for one of the corridor's own."""

    id: Annotated[str, Field(pattern=SLUG, max_length=60)]
    """A layout's word, or a name of one's own."""
    base: LayoutName | None = None
    """The layout whose shape a layout of one's own has."""
    title: Annotated[str, Field(max_length=80)] = ""
    """What it is called where layouts are chosen."""
    width_mm: Millimetres | None = None
    """Its width on paper; without a height it keeps its shape."""
    height_mm: Millimetres | None = None
    width_px: Annotated[int, Field(ge=480, le=6000)] | None = None
    """Its width in CSS px; read with a height, by the layout "custom" alone."""
    height_px: Annotated[int, Field(ge=480, le=6000)] | None = None
    transparent: bool = False
    """Whether the paper is left out."""
    greyscale: bool = False
    black: bool = False
    """Whether what is written is pure black."""

    @model_validator(mode="after")
    def _has_a_shape(self) -> Self:
        if self.base is None and self.id not in get_args(LayoutName):
            known = ", ".join(get_args(LayoutName))
            raise RefusedValueError("layout-has-no-base", id=self.id, known=known)
        if self.base is not None and self.id in get_args(LayoutName) and self.base != self.id:
            raise RefusedValueError("layout-is-another", id=self.id, base=self.base)
        if self.height_mm is not None and self.width_mm is None:
            raise RefusedValueError("height-without-width", name="width_mm")
        if (self.width_px is None) is not (self.height_px is None):
            raise RefusedValueError("height-without-width", name="width_px and height_px")
        return self

    @property
    def layout(self) -> LayoutName:
        """The layout whose shape it has."""
        return self.base or cast("LayoutName", self.id)

    @property
    def hand(self) -> Hand:
        """What is decided, without for which layout."""
        return Hand.model_validate(self.model_dump(include=set(Hand.model_fields)))


class Layouts(_Model):
    """The whole of layouts.toml."""

    layouts: Annotated[tuple[LayoutEntry, ...], Field(max_length=_MOST_LAYOUTS)] = ()

    @model_validator(mode="after")
    def _ids_once(self) -> Self:
        ids = [entry.id for entry in self.layouts]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise RefusedValueError("list-has-id-twice", id=twice[0], name="layouts")
        return self

    def of(self, id_: str) -> LayoutEntry | None:
        """Return the entry of a layout, or None."""
        return next((entry for entry in self.layouts if entry.id == id_), None)

    @classmethod
    def read(cls, raw: bytes) -> Layouts:
        """Read layouts.toml.

        Raises
        ------
        CorridorFormatError
            The file is broken or says something unknown; all faults at once.
        """
        data = parse_toml(raw, file=LAYOUTS)
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise CorridorFormatError.of(findings_of(error, file=LAYOUTS, said=data)) from error
