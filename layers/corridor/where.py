"""Say where in a source a figure or an event stands: page, paragraph, a few words.

Whether it stands there is not tested: sources are not fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["WORDS_MOST", "Where", "places_text"]

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
    def text(self) -> str:
        """The place to read: "paragraph 5, “692,000 tons of cargo”"."""
        page = "" if self.page is None else f"page {plain(self.page)}"
        paragraph = "" if self.paragraph is None else f"paragraph {self.paragraph}"
        words = f"“{plain(self.words)}”" if self.words.strip() else ""
        return ", ".join(part for part in (page, paragraph, words) if part)

    @property
    def passage(self) -> str:
        """The quoted words folded, so that two prints of them are equal."""
        return " ".join(self.words.casefold().split()).strip(" .,;:!?\"'“”‘’")


def places_text(places: Iterable[Where]) -> str:
    """Return places to read, each once: "paragraph 1, “A roadmap has been prepared”"."""
    return "; ".join(dict.fromkeys(place.text for place in places if place.text))
