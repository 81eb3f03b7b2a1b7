"""Make of each row what its columns become: facts of ours, and the columns that stay.

A value that is not understood stays in its column and is counted; a state that is not understood
is not known. Reads no file.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from corridormap.layers.columns.values import date_of, is_empty, number_of, word_of
from corridormap.layers.wording.kinds import KINDS
from corridormap.layers.wording.words import plain, short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.geo.formats import Feature
    from corridormap.layers.columns.rules import ColumnRule, ColumnRules
    from corridormap.layers.wording.kinds import OfKind

__all__ = ["Given", "Mapped", "NotUnderstood", "Row", "mapped", "read_row"]

_SEVERAL = re.compile(r"[,;/|]")
_LONGEST_VALUE = 80
_KM = 1000.0


@dataclass(frozen=True)
class Given:
    """What is said of a whole file, for what its rows leave open."""

    as_of: str
    """The day on which the file is taken in, YYYY-MM-DD."""
    sources: tuple[str, ...] = ()
    status: str | None = None
    since: str | None = None
    source_ids: Mapping[str, str] = field(default_factory=dict)
    """Ids of sources by the text that names them in a column of sources."""
    kinds: Mapping[str, OfKind] = field(default_factory=lambda: KINDS)
    """The kinds that the corridor knows."""


@dataclass(frozen=True)
class NotUnderstood:
    """A value of a column that none of our words, dates or numbers is."""

    column: str
    value: str
    count: int


@dataclass(frozen=True)
class Row:
    """What a row becomes."""

    ours: Mapping[str, Any]
    """Properties with fields of ours."""
    left: Mapping[str, Any]
    """Columns that stay as they are."""
    not_understood: tuple[tuple[str, str], ...]
    """Column and value of each that stays because it is not understood."""


@dataclass(frozen=True)
class Mapped:
    """A file's features with their columns become facts."""

    features: tuple[Feature, ...]
    rows: tuple[Row, ...]
    not_understood: tuple[NotUnderstood, ...]
    renamed: int
    """How many keep a column under "file:…", because its name is a field of ours that is filled."""


def mapped(features: Sequence[Feature], rules: ColumnRules, given: Given) -> Mapped:
    """Return features whose properties are what their columns become."""
    made: list[Feature] = []
    rows: list[Row] = []
    counts: Counter[tuple[str, str]] = Counter()
    renamed = 0
    for feature in features:
        row = read_row(feature.properties, rules, given)
        counts.update(row.not_understood)
        clashes = row.left.keys() & row.ours.keys()
        renamed += bool(clashes)
        left = {f"file:{key}" if key in clashes else key: row.left[key] for key in row.left}
        made.append(replace(feature, properties={**row.ours, **left}))
        rows.append(row)
    told = tuple(NotUnderstood(c, v, n) for (c, v), n in counts.most_common())
    return Mapped(tuple(made), tuple(rows), told, renamed)


def read_row(properties: Mapping[str, Any], rules: ColumnRules, given: Given) -> Row:
    """Return what one row becomes."""
    reading = _Reading(given)
    for column, value in properties.items():
        rule = rules.columns.get(column)
        if rule is None or rule.to == "keep":
            reading.left[column] = value
        elif not is_empty(value):
            reading.take(column, value, rule)
        if column == rules.key and column not in reading.left and not (rule and rule.to == "name"):
            reading.left[column] = value
    roles = {rule.to for rule in rules.columns.values()}
    return reading.row(has_status="status" in roles, has_date="status_date" in roles)


class _Reading:
    """One row on its way."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.left: dict[str, Any] = {}
        self._ours: dict[str, Any] = {}
        self._figures: list[dict[str, Any]] = []
        self._countries: list[str] = []
        self._event: dict[str, str] = {}
        self._puzzles: list[tuple[str, str]] = []

    def take(self, column: str, value: Any, rule: ColumnRule) -> None:
        """Take one cell; what is not understood stays in its column and is noted."""
        said = plain(value)
        if not self._understood(rule.words.get(said, value), rule):
            self.left[column] = value
            self._puzzles.append((column, short(said, _LONGEST_VALUE)))

    def _understood(self, value: Any, rule: ColumnRule) -> bool:
        text = plain(value)
        match rule.to:
            case "name":
                key = f"name:{rule.language}" if rule.language else "name"
                understood = self._put(key, text)
            case "kind":
                understood = self._put("kind", word_of("kind", text, self.given.kinds))
            case "mode":
                understood = self._put("mode", word_of("mode", text))
            case "status":
                understood = self._said("status", word_of("status", text))
            case "status_date":
                understood = self._said("date", date_of(value, rule.date_order))
            case "note":
                understood = self._said("note", text)
            case "country":
                understood = self._take_countries(text, rule)
            case "figure":
                understood = self._figure(value, rule)
            case "uncertainty":
                understood = self._put("uncertainty_m", _metres(value, rule))
            case _:  # a source
                id_ = self.given.source_ids.get(text)
                understood = self._put("sources", [id_] if id_ else None)
        return understood

    def _take_countries(self, text: str, rule: ColumnRule) -> bool:
        words = [word.strip() for word in _SEVERAL.split(text) if word.strip()]
        found = [word_of("country", rule.words.get(word, word)) for word in words]
        self._countries += [code for code in found if code]
        return bool(found) and all(found)

    def _put(self, key: str, value: Any) -> bool:
        if value is not None:
            self._ours[key] = value
        return value is not None

    def _said(self, key: str, value: str | None) -> bool:
        if value:
            self._event[key] = value
        return bool(value)

    def _figure(self, value: Any, rule: ColumnRule) -> bool:
        number = number_of(value, rule.decimal, rule.unit)
        if number is None:
            return False
        whole = int(number) if number.is_integer() else number
        self._figures.append({"quantity": rule.quantity, "value": whole, "unit": rule.unit})
        return True

    def row(self, *, has_status: bool, has_date: bool) -> Row:
        """Return what the row became."""
        sources = self._ours.get("sources", list(self.given.sources))
        ours = dict(self._ours)
        if self._countries:
            ours["countries"] = list(dict.fromkeys(self._countries))
        if self._figures:
            ours["figures"] = [{**figure, "sources": sources} for figure in self._figures]
        if has_status or has_date:
            ours["status_history"] = [self._state(sources, has_status=has_status, dated=has_date)]
        return Row(ours, self.left, tuple(self._puzzles))

    def _state(self, sources: list[str], *, has_status: bool, dated: bool) -> dict[str, Any]:
        status = self._event.get("status") or (None if has_status else self.given.status)
        date = self._event.get("date") or (None if dated else self.given.since)
        event: dict[str, Any] = {"date": date or self.given.as_of, "status": status or "unknown"}
        if status and status != "unknown" and not date:
            event["at_latest"] = True
        if note := self._event.get("note"):
            event["note"] = note
        return {**event, "sources": sources}


def _metres(value: Any, rule: ColumnRule) -> float | None:
    number = number_of(value, rule.decimal, rule.unit or "m")
    if number is None or number < 0:
        return None
    return number * (_KM if rule.unit == "km" else 1.0)
