"""Read a corridor's annotations: W3C Web Annotations, each carrying a claim.

An annotation ties a passage of the article (selectors) to features of the layers
(fragment selectors). Addresses in it are compared, never opened. Finding a passage in a
text is not done here.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from corridormap.geo.errors import CorridorFormatError, Finding
from corridormap.geo.json_file import parse_json
from corridormap.layers.corridor.claim import Claim, without_refused
from corridormap.layers.wording.plainly import RefusedValueError, findings_of
from corridormap.layers.wording.words import plain

__all__ = [
    "Annotation",
    "AnnotationPage",
    "FragmentSelector",
    "Target",
    "TextPositionSelector",
    "TextQuoteSelector",
    "TextualBody",
    "read_annotations",
]

_LAYER_FILE = re.compile(r"(?:urn:corridormap:[a-z0-9-]+:)?layers/([a-z0-9-]+)\.geojson")
"""In a corridor's own folder relative to it; absolute as `corridormap export` writes it."""
_CONTEXT = re.compile(r"https?://www\.w3\.org/ns/anno(\.jsonld)?")


def _listed(value: Any) -> Any:
    """Return one object or address as a list of one, as JSON-LD allows either."""
    return [value] if isinstance(value, (dict, str)) else value


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)


class _Selector(_Model):
    @model_validator(mode="after")
    def _stands_alone(self) -> Self:
        if "refinedBy" in (self.model_extra or {}):
            # Without what refines it, it would say another place.
            raise RefusedValueError("selector-is-refined")
        return self


class TextQuoteSelector(_Selector):
    """The quoted words of a passage and, in a user's own corridor, what stands around."""

    type: Literal["TextQuoteSelector"]
    exact: Annotated[str, Field(min_length=1)]
    prefix: str = ""
    suffix: str = ""


class TextPositionSelector(_Selector):
    """Where a passage stands in the normalised text, in characters from 0."""

    type: Literal["TextPositionSelector"]
    start: Annotated[int, Field(ge=0, strict=True)]
    end: Annotated[int, Field(ge=0, strict=True)]


class FragmentSelector(_Selector):
    """The id of a feature in a layer's file."""

    type: Literal["FragmentSelector"]
    value: Annotated[str, Field(min_length=1)]


Selector = Annotated[
    TextQuoteSelector | TextPositionSelector | FragmentSelector, Field(discriminator="type")
]


class Target(_Model):
    """A passage of the article, or a feature of a layer."""

    @model_validator(mode="before")
    @classmethod
    def _says_where(cls, value: Any) -> Any:
        if isinstance(value, str):
            raise RefusedValueError("target-is-only-an-address")
        return value

    type: Literal["SpecificResource"] = "SpecificResource"
    source: Annotated[str, Field(min_length=1)]
    selector: Annotated[
        tuple[Selector, ...],
        BeforeValidator(_listed, json_schema_input_type=Selector | tuple[Selector, ...]),
        Field(min_length=1),
    ]

    @property
    def feature(self) -> str | None:
        """The id of the feature it points to, or None when it is a passage."""
        return next((s.value for s in self.selector if isinstance(s, FragmentSelector)), None)

    @property
    def layer(self) -> str | None:
        """The id of the layer that its source names, or None."""
        match = _LAYER_FILE.fullmatch(self.source)
        return match.group(1) if match else None

    @property
    def quote(self) -> TextQuoteSelector | None:
        """The quote that finds the passage."""
        return next((s for s in self.selector if isinstance(s, TextQuoteSelector)), None)

    @property
    def position(self) -> TextPositionSelector | None:
        """Where the passage stood when it was annotated."""
        return next((s for s in self.selector if isinstance(s, TextPositionSelector)), None)


class TextualBody(_Model):
    """What the article says, in our words."""

    type: Literal["TextualBody"] = "TextualBody"
    value: Annotated[str, Field(min_length=1)]
    language: str = "en"


class Annotation(_Model):
    """One annotation of the page."""

    type: Literal["Annotation"] = "Annotation"
    id: Annotated[str, Field(min_length=1, max_length=120)]
    motivation: str | tuple[str, ...] = "linking"
    body: TextualBody
    target: Annotated[
        tuple[Target, ...],
        BeforeValidator(_listed, json_schema_input_type=Target | tuple[Target, ...]),
        Field(min_length=1),
    ]
    claim: Claim

    @property
    def features(self) -> tuple[str, ...]:
        """Ids of the features it points to, each once, in its own order."""
        return tuple(dict.fromkeys(t.feature for t in self.target if t.feature is not None))

    @property
    def passages(self) -> tuple[Target, ...]:
        """The passages of the article it points to."""
        return tuple(target for target in self.target if target.feature is None)

    @property
    def quote(self) -> str:
        """The first quoted words; empty when it quotes none."""
        return next((t.quote.exact for t in self.passages if t.quote), "")


class AnnotationPage(_Model):
    """The whole of annotations.jsonld."""

    context: Any = Field(default=None, alias="@context")
    type: Literal["AnnotationPage"]
    id: str = "annotations"
    items: tuple[Annotation, ...]


def read_annotations(
    raw: bytes, *, file: str
) -> tuple[tuple[Annotation, ...], tuple[Finding, ...]]:
    """Read annotations.jsonld; entries that cannot be used are left out and named.

    Raises
    ------
    CorridorError
        The file is broken or not an AnnotationPage.
    """
    data = parse_json(raw, file=file)
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list) or data.get("type") != "AnnotationPage":
        raise CorridorFormatError("not-a-w3c-annotation-page", file=file)
    found: dict[str, Annotation] = {}
    findings: list[Finding] = []
    context = data.get("@context")
    if context is not None and not _is_w3c(context):
        findings.append(Finding("context-is-not-of-w3c-annotations", file, "", "@context"))
    for index, entry in enumerate(items):
        label = _label(entry, index)
        try:
            annotation = Annotation.model_validate(entry)
        except ValidationError as error:
            findings += findings_of(error, file=file, feature=label, said=entry)
            mended = _mended(entry, error)
            if mended is None:
                continue
            annotation = mended
        if annotation.id in found:
            findings.append(Finding("annotation-id-stands-twice", file, label, "id"))
            continue
        found[annotation.id] = annotation
    return tuple(found.values()), tuple(findings)


def _is_w3c(context: Any) -> bool:
    """Tell whether the terms of a page are those of W3C Web Annotations."""
    listed = context if isinstance(context, list) else [context]
    return any(isinstance(one, str) and _CONTEXT.fullmatch(one) for one in listed)


def _mended(entry: Any, error: ValidationError) -> Annotation | None:
    """Return the annotation without the figures and the check that were refused.

    None when anything else in it is wrong: then there is nothing to show.
    """
    places = [detail["loc"] for detail in error.errors(include_url=False)]
    if any(place[:1] != ("claim",) for place in places):
        return None
    claim = without_refused(entry["claim"], [place[1:] for place in places])
    return None if claim is None else Annotation.model_validate({**entry, "claim": claim})


def _label(entry: Any, index: int) -> str:
    given = entry.get("id") if isinstance(entry, dict) else None
    return plain(given)[:80] if isinstance(given, str) and given else f"annotation {index + 1}"
