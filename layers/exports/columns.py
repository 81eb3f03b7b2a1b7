"""Decide the columns of an export: the user's keep their names, and each has one type.

A column of ours whose name the user's data has already is called `map_` and its name; so it is
in every file of the export. What a table has no type for is JSON as text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["ColumnType", "as_text", "as_typed", "columns_of", "own_names", "type_of"]

ColumnType = Literal["boolean", "integer", "number", "text", "json"]

_LARGEST = 2**63 - 1
_MINE = "map_"


def own_names(own: Iterable[str], given: Iterable[str]) -> Mapping[str, str]:
    """Return what each of our columns is called beside those that the data has.

    Parameters
    ----------
    own
        Our names.
    given
        Names of the data's own; tables do not tell large letters from small ones.
    """
    taken = {name.casefold() for name in given}
    called = {}
    for name in own:
        free = name
        while free.casefold() in taken:
            free = f"{_MINE}{free}"
        called[name] = free
        taken.add(free.casefold())
    return called


def columns_of(rows: Iterable[Mapping[str, Any]]) -> Mapping[str, ColumnType]:
    """Return every column of some rows with its type, in the order in which they first occur."""
    values: dict[str, list[Any]] = {}
    for row in rows:
        for name, value in row.items():
            values.setdefault(name, []).append(value)
    return {name: type_of(found) for name, found in values.items()}


def type_of(values: Sequence[Any]) -> ColumnType:
    """Return the type that holds all of some values; None is held by each."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {str}:
        return "text"
    if kinds == {bool}:
        return "boolean"
    wide = any(isinstance(value, int) and abs(value) > _LARGEST for value in values)
    if kinds == {int} and not wide:
        return "integer"
    if kinds <= {int, float} and all(_is_exact(value) for value in values):
        return "number"
    return "json"


def _is_exact(value: Any) -> bool:
    return not isinstance(value, int) or abs(value) <= 2**53


def as_typed(value: Any, kind: ColumnType) -> Any:
    """Return a value as a column of a type holds it."""
    if value is None:
        return None
    if kind == "json":
        return json.dumps(value, ensure_ascii=False)
    return float(value) if kind == "number" else value


def as_text(value: Any) -> str:
    """Return a value as a format writes it that knows nothing but text; None is empty."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)
