"""Say what each column of a file becomes, as the user decided it: rules, read and checked.

A rule names a field of ours, and holds what is needed to understand the file's words. Nothing is
guessed: a column without a rule stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corridormap.geo.errors import CorridorFormatError, Finding
from corridormap.geo.toml_file import parse_toml
from corridormap.layers.wording.plainly import RefusedValueError, findings_of
from corridormap.layers.wording.words import FIELD_LABELS, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["ROLES", "SEVERAL", "ColumnRule", "ColumnRules", "Role", "read_rules"]

Role = Literal[
    "keep",
    "name",
    "kind",
    "mode",
    "status",
    "status_date",
    "country",
    "figure",
    "source",
    "uncertainty",
    "note",
]
ROLES: Mapping[Role, str] = {
    "keep": "Keep as it is",
    "name": FIELD_LABELS["name"],
    "kind": FIELD_LABELS["kind"],
    "mode": FIELD_LABELS["mode"],
    "status": FIELD_LABELS["status"],
    "status_date": FIELD_LABELS["status_date"],
    "country": "Country",
    "figure": "Figure with a unit",
    "source": FIELD_LABELS["source"],
    "uncertainty": FIELD_LABELS["uncertainty_m"],
    "note": "Note on the status",
}
"""What a column may become, to read."""
SEVERAL: frozenset[str] = frozenset({"keep", "name", "country", "figure"})
"""What several columns may become; names, one for each language."""
_MOST_WORDS = 500
_MOST_COLUMNS = 500

Word = Annotated[str, Field(max_length=500)]


class ColumnRule(BaseModel):
    """What one column becomes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    to: Role = "keep"
    language: Annotated[str, Field(pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$")] = ""
    """Of names; empty for the name that the map writes."""
    words: Annotated[dict[Word, Word], Field(max_length=_MOST_WORDS)] = {}
    """The file's words, each with ours; understood before anything else."""
    quantity: Annotated[str, Field(max_length=100)] = ""
    """Of figures: what is counted, such as "capacity"."""
    unit: Annotated[str, Field(max_length=40)] = ""
    """Of figures, such as "t/year"; of uncertainties "m" or "km"."""
    date_order: Literal["", "day-first", "month-first"] = ""
    """How 03/04/2019 is meant; without it such a date is not understood."""
    decimal: Literal["", ".", ","] = ""
    """The sign before decimals; without it 1.200 is not understood."""

    @model_validator(mode="after")
    def _figures_are_whole(self) -> Self:
        if self.to == "figure" and not (self.quantity.strip() and self.unit.strip()):
            raise RefusedValueError("figure-column-lacks-unit")
        return self


class ColumnRules(BaseModel):
    """What the columns of one file become."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, Field(max_length=10_000)] = ""
    """The column by which a row is known in the next edition; empty: by name and place."""
    columns: Annotated[dict[str, ColumnRule], Field(max_length=_MOST_COLUMNS)] = {}

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        seen: set[tuple[str, str]] = set()
        for rule in self.columns.values():
            role = (rule.to, rule.language if rule.to == "name" else "")
            if role in seen and (rule.to == "name" or rule.to not in SEVERAL):
                raise RefusedValueError("two-columns-become-one", role=ROLES[rule.to])
            seen.add(role)
        return self

    def of(self, role: Role, language: str = "") -> str:
        """Return the column of a role, or nothing."""
        found = (
            c for c, rule in self.columns.items() if (rule.to, rule.language) == (role, language)
        )
        return next(found, "")

    def require_columns(self, columns: Iterable[str], file: str) -> None:
        """Refuse rules for columns that a file does not have.

        Raises
        ------
        CorridorFormatError
            A column is not in the file; all of them at once.
        """
        there = dict.fromkeys(columns)
        listed = ", ".join(f"'{short(column, 30)}'" for column in list(there)[:30]) or "none"
        named = [c for c, rule in self.columns.items() if rule.to != "keep"]
        missing = [c for c in dict.fromkeys([*named, self.key]) if c and c not in there]
        if missing:
            raise CorridorFormatError.of(
                [
                    Finding("mapped-column-is-missing", file, column=short(c), columns=listed)
                    for c in missing
                ]
            )


def read_rules(raw: bytes, *, file: str) -> ColumnRules:
    """Read the TOML file of a mapping: `key`, and a table `columns` with one for each column.

    Raises
    ------
    CorridorFormatError
        It is broken or says something unknown; all faults at once.
    """
    said: dict[str, Any] = parse_toml(raw, file=file)
    try:
        return ColumnRules.model_validate(said)
    except ValidationError as error:
        raise CorridorFormatError.of(findings_of(error, file=file, said=said)) from error
