"""A kind of one's own in corridor.toml: its id, its word, its sign.

Decided here: which ids, words and signs are taken. Draws nothing.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from corridormap.layers.wording.kind_signs import (
    LINE_SIGNS,
    POINT_SIGNS,
    OwnShape,
    glyph_of,
    is_letters,
)
from corridormap.layers.wording.kinds import KINDS, OfKind
from corridormap.layers.wording.plainly import KIND_ID, RefusedValueError
from corridormap.layers.wording.words import plain, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["MOST_KINDS", "MOST_LETTERS", "OwnKind", "all_kinds", "require_distinct"]

MOST_KINDS = 40
MOST_LETTERS = 30
"""Of a word: it stands in the legend and over the card."""
Word = Annotated[str, Field(min_length=1, max_length=MOST_LETTERS, pattern=r"\S")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


class OwnKind(BaseModel):
    """A kind of features beside the built-in ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=KIND_ID, max_length=40)]
    """What the `kind` of a feature says."""
    word: Word
    """What it is called."""
    words: Annotated[dict[Language, Word], Field(max_length=40)] = {}
    """What tables in other languages call it, by language."""
    shape: OwnShape = "point"
    """Points and areas, or lines."""
    sign: str = "square"
    """A name of `kind_signs`, or one or two letters at a point."""

    @model_validator(mode="after")
    def _can_be_drawn(self) -> Self:
        known = LINE_SIGNS if self.shape == "line" else POINT_SIGNS
        if self.sign in known or (self.shape == "point" and is_letters(self.sign)):
            return self
        given, all_known = short(self.sign), ", ".join(known)
        if self.shape == "line":
            raise RefusedValueError("line-sign-is-not-known", given=given, known=all_known)
        raise RefusedValueError("point-sign-is-not-known", given=given, known=all_known)

    @property
    def of_kind(self) -> OfKind:
        """What is so of all features of the kind."""
        is_line = self.shape == "line"
        mode = self.sign if is_line and self.sign != "route" else ""
        return OfKind(
            label=plain(self.word).strip(),
            shapes=("line", "point") if is_line else ("point", "area"),
            mode=mode,
            glyph=glyph_of(self.shape, self.sign),
            rank=34,
            words=tuple(self.words.values()),
        )


def all_kinds(own: Iterable[OwnKind]) -> Mapping[str, OfKind]:
    """Return the built-in kinds and those of one's own."""
    made = {one.id: one.of_kind for one in own}
    return MappingProxyType({**KINDS, **made}) if made else KINDS


def require_distinct(own: Iterable[OwnKind]) -> None:
    """Refuse kinds that could be taken for others.

    Raises
    ------
    RefusedValueError
        An id or a word is that of a built-in kind, or of another one.
    """
    words = {_folded(of.label): kind for kind, of in KINDS.items()}
    seen: set[str] = set()
    for one in own:
        if one.id in KINDS:
            raise RefusedValueError("kind-is-built-in", id=one.id, word=KINDS[one.id].label)
        if one.id in seen:
            raise RefusedValueError("list-has-id-twice", id=one.id, name="kinds")
        seen.add(one.id)
        taken = words.setdefault(_folded(one.word), one.id)
        if taken != one.id:
            raise RefusedValueError("kind-word-is-taken", id=one.id, word=short(one.word), by=taken)


def _folded(text: str) -> str:
    return " ".join(plain(text).casefold().split())
