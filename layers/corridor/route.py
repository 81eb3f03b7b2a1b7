"""Say what corridor.toml may tell of routes: from where to where, and along what.

A route has one way or several, one below the other: by road, by rail. A way is a list of
features in the order in which it takes them. This module only reads; layers/routes/way.py lays a
way out in kilometres.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from corridormap.layers.wording.plainly import SLUG, RefusedValueError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["RouteEntry", "WayEntry", "check_ids"]

Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]
Text = Annotated[str, Field(min_length=1)]


class WayEntry(BaseModel):
    """One way of a route, by one mode."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    id: Slug
    title: Text
    mode: Literal["road", "rail", "multimodal"]
    features: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Ids in order: lines, and the bridges and crossings that the way leads over."""
    start: Annotated[Text | None, Field(alias="from")] = None
    end: Annotated[Text | None, Field(alias="to")] = None
    """Points that stand in for the route's own start and end."""
    notes: tuple[Text, ...] = ()


class RouteEntry(BaseModel):
    """A route from one place to another, by one way or several."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    id: Slug
    title: Text
    start: Annotated[Text, Field(alias="from")]
    end: Annotated[Text, Field(alias="to")]
    """Ids of point features."""
    start_note: str = ""
    end_note: str = ""
    """What lies before the start and beyond the end, and is not in the layers."""
    notes: tuple[Text, ...] = ()
    ways: Annotated[tuple[WayEntry, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ways_once(self) -> Self:
        check_ids("ways", (way.id for way in self.ways))
        return self


def check_ids(name: str, ids: Iterable[str]) -> None:
    """Refuse a list in which an id stands twice.

    Raises
    ------
    ValueError
        With problem and remedy, for the model that asks.
    """
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise RefusedValueError("list-has-id-twice", id=one, name=name)
        seen.add(one)
