"""Remember how a file became a layer, and know the next edition of the file by its columns.

A recipe stands in columns.json of the corridor's folder: one for each layer that came from a file.
Reads bytes, opens no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corridormap.geo.errors import CorridorError
from corridormap.geo.json_file import parse_json
from corridormap.layers.columns.rules import ColumnRules
from corridormap.layers.corridor.feature import Mode, Quality  # noqa: TC001  pydantic reads them
from corridormap.layers.corridor.status import Status  # noqa: TC001  pydantic reads it
from corridormap.layers.folder.files import COLUMNS
from corridormap.layers.wording.plainly import KIND_ID, SLUG

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Recipe", "recipes_from", "recipes_of", "recognised"]

_ALIKE = 0.6
"""Share of the columns of two editions, taken together, that both have at least."""
Column = Annotated[str, Field(max_length=10_000)]


class Recipe(BaseModel):
    """How a file became a layer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=SLUG, max_length=60)]
    """Of the layer."""
    file: Annotated[str, Field(max_length=1_000)] = ""
    """The name of the edition that was taken in last."""
    seen: Annotated[tuple[Column, ...], Field(max_length=5_000)] = ()
    """Names of all columns of that edition."""
    rules: ColumnRules = ColumnRules()
    name_field: Column | None = None
    unnamed: bool = False
    id_field: Column | None = None
    keep: tuple[Column, ...] | None = None
    """The columns that stay, of those without a rule; all of them when it is None."""
    kind: Annotated[str, Field(pattern=KIND_ID, max_length=40)] | None = None
    mode: Mode | None = None
    quality: Quality | None = None
    uncertainty_m: Annotated[float, Field(ge=0, le=20_000_000)] | None = None
    status: Status | None = None
    since: Annotated[str, Field(max_length=20)] | None = None

    def needs(self) -> set[str]:
        """Return the columns without which the recipe cannot be followed."""
        ruled = {column for column, rule in self.rules.columns.items() if rule.to != "keep"}
        return ruled | {c for c in (self.name_field, self.id_field, self.rules.key) if c}

    def as_json(self) -> dict[str, Any]:
        """Return it as columns.json has it: what it does not say is left out."""
        return self.model_dump(mode="json", exclude_defaults=True)


def recipes_of(raw: bytes | None) -> tuple[Recipe, ...]:
    """Return the recipes of columns.json; what cannot be read counts as none."""
    try:
        said = parse_json(raw, file=COLUMNS) if raw is not None else []
    except CorridorError:
        return ()
    return recipes_from(said if isinstance(said, list) else [])


def recipes_from(entries: Iterable[Any]) -> tuple[Recipe, ...]:
    """Return recipes from plain JSON values; what is none is left out."""
    return tuple(made for entry in entries if (made := _recipe(entry)) is not None)


def _recipe(entry: Any) -> Recipe | None:
    try:
        return Recipe.model_validate(entry)
    except ValidationError:
        return None


def recognised(columns: Iterable[str], recipes: Iterable[Recipe]) -> Recipe | None:
    """Return the recipe whose file had the columns of this one, or None.

    Every column that it needs is there, and most of all columns are the same; of several such
    recipes it is the one that has most in common.
    """
    there = set(columns)
    alike = [(_share(there, set(one.seen)), one) for one in recipes if one.needs() <= there]
    share, best = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    return best if share >= _ALIKE else None


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
