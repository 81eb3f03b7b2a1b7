"""What a feature of a layer says of itself, as a model.

Kind, mode, dated status events, figures, how well its place is known, sources. Unknown
keys are kept; keys of the form `name:<language>` are local names. No geometry here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticKnownError

from corridormap.layers.corridor.dated import DateText, SourceIds  # noqa: TC001  read at run time
from corridormap.layers.corridor.promise import Promise  # noqa: TC001  pydantic reads it at run time
from corridormap.layers.corridor.status import Status  # noqa: TC001  pydantic reads it at run time
from corridormap.layers.corridor.where import Where  # noqa: TC001  pydantic reads it at run time
from corridormap.layers.wording.kinds import KINDS, OfKind
from corridormap.layers.wording.period import PeriodText  # noqa: TC001  pydantic reads it
from corridormap.layers.wording.plainly import COUNTRY, KIND_ID, RefusedValueError, findings_of
from corridormap.layers.wording.quantity import Bound  # noqa: TC001  pydantic reads it at run time
from corridormap.layers.wording.words import full_date, last_date, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.geo.errors import Finding

__all__ = [
    "FeatureProperties",
    "Figure",
    "GeometrySource",
    "Mode",
    "Quality",
    "StatusEvent",
    "fits_shape",
    "read_properties",
]

Mode = Literal["road", "rail", "road_rail", "power", "pipeline", "sea", "multimodal", "none"]
Quality = Literal["exact", "traced", "approximate", "schematic"]

_LANGUAGE = re.compile(r"name:([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)")


def fits_shape(kind: OfKind, geom_type: str) -> bool:
    """Tell whether a feature of a kind can be drawn as a shape of a GeoJSON type."""
    shapes = kind.shapes
    if shapes == ("point",):
        return geom_type == "Point"
    is_area = "Polygon" in geom_type
    return is_area if shapes == ("area",) else not is_area or "area" in shapes


def _not_bool(value: Any) -> Any:
    if isinstance(value, bool):
        # A ValueError, because pydantic turns only that into a finding.
        raise RefusedValueError("value-is-not-a-number")
    return value


def _known(kind: str, info: ValidationInfo) -> str:
    """Refuse a kind that is neither built in nor one of the corridor's own."""
    kinds: Mapping[str, OfKind] = info.context or KINDS
    if kind not in kinds:
        expected = ", ".join(f"'{one}'" for one in kinds)
        raise PydanticKnownError("literal_error", {"expected": expected})
    return kind


KindId = Annotated[
    str,
    AfterValidator(_known),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": list(KINDS)},
                {
                    "description": "A kind of corridor.toml",
                    "type": "string",
                    "pattern": KIND_ID,
                },
            ]
        }
    ),
]
"""A built-in kind, or one of the corridor's own."""
Country = Annotated[str, Field(pattern=COUNTRY)]
Number = Annotated[float, BeforeValidator(_not_bool), Field(strict=True, allow_inf_nan=False)]
LonLat = tuple[Number, Number]


class StatusEvent(BaseModel):
    """Something that happened to a feature, and its status from then on."""

    model_config = ConfigDict(frozen=True, extra="allow")

    date: DateText
    status: Status
    at_latest: bool = False
    """Whether its date is only one by which it was so: since when is not known."""
    milestone: str = ""
    """What it dates, such as "start" or "opening"; accounts that differ share the word."""
    until: DateText | None = None
    """The end that was announced with it, such as that of a closure: after it nothing is known."""
    note: str = ""
    where: tuple[Where, ...] = ()
    """Where in its sources it stands."""
    sources: SourceIds = ()

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.until and (last_date(self.until) or "") < (full_date(self.date) or ""):
            raise RefusedValueError("event-ends-before-it-begins", until=self.until, date=self.date)
        return self

    @property
    def since(self) -> str:
        """Its full ISO date; a vague one counts from its first day."""
        return full_date(self.date) or self.date

    @property
    def last_day(self) -> str:
        """The last ISO date that it speaks of; empty where no end was announced."""
        return (last_date(self.until) or "") if self.until else ""


class Figure(BaseModel):
    """A number with its unit, as a source gives it."""

    model_config = ConfigDict(frozen=True, extra="allow")

    quantity: Annotated[str, Field(min_length=1)]
    value: Number
    value_max: Number | None = None
    unit: Annotated[str, Field(min_length=1)]
    bound: Bound = ""
    of: str = ""
    """Its scope, when it is not of the whole thing: only like goes with like."""
    kind: str = ""
    """What is counted, where that may differ: "exchanged", "in transit", "plan"."""
    period: PeriodText = ""
    """The time that it is of: "2023", or "2023-03-21/2024-02-20"."""
    date: DateText | None = None
    """When it was said; of what time it is, where no period is given."""
    note: str = ""
    where: tuple[Where, ...] = ()
    """Where in its sources it stands."""
    sources: SourceIds = ()


class GeometrySource(BaseModel):
    """What a geometry, or a part of a line, was drawn from."""

    model_config = ConfigDict(frozen=True, extra="allow")

    source: Annotated[str, Field(min_length=1)]
    """An id of sources.json."""
    resolution_m: Annotated[Number, Field(gt=0)] | None = None
    """How far the thing may be from a straight leg between two of the source's positions."""
    between: tuple[LonLat, LonLat] | None = None
    """Where on the line its part starts and ends; without it, all of the geometry."""


class FeatureProperties(BaseModel):
    """The properties of a feature; keys not named here are kept."""

    model_config = ConfigDict(frozen=True, extra="allow")

    name: Annotated[str, Field(min_length=1)]
    label: str | None = None
    kind: KindId
    mode: Mode = "none"
    countries: tuple[Country, ...] = ()
    bridge: str | None = None
    position_quality: Quality
    uncertainty_m: Annotated[Number, Field(ge=0, le=20_000_000)]
    position_note: str = ""
    position_sources: tuple[str, ...] = ()
    position_origins: Annotated[int, Field(ge=1, strict=True)] | None = None
    """How many independent origins the position has; one that copies another is none."""
    geometry_source: tuple[GeometrySource, ...] = ()
    status_history: Annotated[tuple[StatusEvent, ...], Field(min_length=1)]
    figures: tuple[Figure, ...] = ()
    promises: tuple[Promise, ...] = ()
    sources: SourceIds = ()
    _of_kind: OfKind = PrivateAttr(KINDS["node"])

    @model_validator(mode="after")
    def _knows_its_kind(self, info: ValidationInfo) -> Self:
        kinds: Mapping[str, OfKind] = info.context or KINDS
        self._of_kind = kinds[self.kind]
        return self

    @property
    def of_kind(self) -> OfKind:
        """What is so of all features of its kind."""
        return self._of_kind

    @property
    def names(self) -> dict[str, str]:
        """Local names by language code, in the file's order."""
        extra = self.model_extra or {}
        found = {m.group(1): extra[key] for key in extra if (m := _LANGUAGE.fullmatch(key))}
        return {code: plain(name) for code, name in found.items() if isinstance(name, str) and name}

    def events(self) -> tuple[StatusEvent, ...]:
        """Return the events in the order of their dates, equal dates as in the file."""
        return tuple(sorted(self.status_history, key=lambda event: full_date(event.date) or ""))

    def geometry_source_ids(self) -> tuple[str, ...]:
        """Return the sources that the geometry was drawn from, each once."""
        return tuple(dict.fromkeys(drawn.source for drawn in self.geometry_source))

    def source_ids(self) -> tuple[str, ...]:
        """Return every source the feature leans on, each once, in reading order."""
        lists = [self.sources, self.position_sources, self.geometry_source_ids()]
        lists += [event.sources for event in self.events()]
        lists += [figure.sources for figure in self.figures]
        lists += [promise.sources for promise in self.promises]
        return tuple(dict.fromkeys(source for ids in lists for source in ids))


def read_properties(
    data: dict[str, Any], *, file: str, feature: str, kinds: Mapping[str, OfKind] = KINDS
) -> tuple[FeatureProperties | None, tuple[Finding, ...]]:
    """Return a feature's properties and what is wrong with them.

    An event, a figure or an optional key that cannot be read is left out and named; a
    feature without one of the keys it needs is None.
    """
    try:
        return FeatureProperties.model_validate(data, context=kinds), ()
    except ValidationError as error:
        findings = tuple(findings_of(error, file=file, feature=feature, said=data))
        bad = [detail["loc"] for detail in error.errors(include_url=False)]
    try:
        return FeatureProperties.model_validate(_without(data, bad), context=kinds), findings
    except ValidationError:
        lost = findings[0].within("feature-is-not-shown")
        return None, (lost, *findings[1:])


def _without(data: dict[str, Any], bad: list[tuple[str | int, ...]]) -> dict[str, Any]:
    """Return the data without the entries and the keys that were refused."""
    kept = dict(data)
    for key in {str(loc[0]) for loc in bad if loc}:
        entries = {loc[1] for loc in bad if loc[0] == key and len(loc) > 1}
        value = kept.get(key)
        if entries and isinstance(value, list):
            kept[key] = [part for index, part in enumerate(value) if index not in entries]
        else:
            kept.pop(key, None)
    return kept
