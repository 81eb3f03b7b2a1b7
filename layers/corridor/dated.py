"""Fields that several models of a corridor's files share: a date as sourced, ids of sources."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from corridormap.layers.wording.plainly import RefusedValueError
from corridormap.layers.wording.words import full_date, short

__all__ = ["DateText", "SourceIds"]


def _checked_date(text: str) -> str:
    if full_date(text) is None:
        raise RefusedValueError("date-is-not-one", text=short(text))
    return text


DateText = Annotated[
    str,
    AfterValidator(_checked_date),
    Field(json_schema_extra={"pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
]
SourceIds = Annotated[tuple[str, ...], Field(json_schema_extra={"minItems": 1})]
