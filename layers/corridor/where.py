"""Say where in a source a figure or an event stands: page, paragraph, a few words.

Whether it stands there is not tested: sources are not fetched.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["WORDS_MOST", "Where"]

WORDS_MOST = 8
"""Most words of a source that may stand in one place."""


class Where(BaseModel):
    """A place in one of the sources that something leans on."""

    model_config = ConfigDict(frozen=True, extra="allow")

    source: Annotated[str, Field(min_length=1)]
    """The source's id."""
    page: int | str | None = None
    paragraph: Annotated[int, Field(ge=1, strict=True)] | None = None
    words: str = ""
    """A few words as they stand there, at most `WORDS_MOST`."""

    @property
    def passage(self) -> str:
        """The quoted words folded, so that two prints of them are equal."""
        return " ".join(self.words.casefold().split()).strip(" .,;:!?\"'“”‘’")
