"""A promise: that something of a feature will be there by a date; who said it, and when.

Whether it was kept is decided in `layers.promises`; here is only what was said.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from corridormap.layers.corridor.dated import DateText, SourceIds  # noqa: TC001  read at run time
from corridormap.layers.wording.plainly import RefusedValueError
from corridormap.layers.wording.words import full_date, last_date, short

__all__ = ["DueText", "Promise"]

_BETWEEN = "/"
_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


def _checked_due(text: str) -> str:
    parts = text.split(_BETWEEN)
    days = [full_date(part) for part in parts]
    if len(parts) > 2 or None in days:
        raise RefusedValueError("due-date-is-not-one", text=short(text))
    if (full_date(parts[0]) or "") > (last_date(parts[-1]) or ""):
        raise RefusedValueError("due-period-is-turned", text=short(text))
    return text


DueText = Annotated[
    str,
    AfterValidator(_checked_due),
    Field(json_schema_extra={"pattern": rf"^{_DATE}(/{_DATE})?$"}),
]


class Promise(BaseModel):
    """What was announced for a date."""

    model_config = ConfigDict(frozen=True, extra="allow")

    milestone: Annotated[str, Field(min_length=1)]
    """What is to be there: the word that the event has which keeps it, such as "opening"."""
    by: Annotated[str, Field(min_length=1)]
    """Who said it: an office, a body."""
    said: DateText
    due: DueText
    """As exact as it was said; a period is two dates with a slash: 2026-01/2026-03."""
    due_as: str = ""
    """How the due date was put, where its figures do not say it: "first months of 2026"."""
    note: str = ""
    sources: SourceIds = ()

    @model_validator(mode="after")
    def _said_before_due(self) -> Self:
        if self.said_day > self.due_by:
            raise RefusedValueError("promise-is-said-after-its-due", said=self.said, due=self.due)
        return self

    @property
    def said_day(self) -> str:
        """The ISO date from which it is known; a vague one counts from its first day."""
        return full_date(self.said) or self.said

    @property
    def due_from(self) -> str:
        """The first day of the time that it is due in, as ISO date."""
        return full_date(self.due.split(_BETWEEN)[0]) or self.due

    @property
    def due_by(self) -> str:
        """The last day of the time that it is due in, as ISO date: it is kept until its end."""
        return last_date(self.due.split(_BETWEEN)[-1]) or self.due
