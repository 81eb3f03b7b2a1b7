"""Understand a value of a table as a date, a number or one of our words, or say that one cannot.

Nothing is guessed: what may mean two things means none until the user says which.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from corridormap.layers.corridor.status import STATUSES
from corridormap.layers.wording.kind_words import WORDS_OF_KINDS
from corridormap.layers.wording.kinds import KINDS
from corridormap.layers.wording.plainly import COUNTRY
from corridormap.layers.wording.words import MODE_LABELS, STATUS_LABELS, full_date, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.layers.wording.kinds import OfKind

__all__ = ["OUR_WORDS", "WORD_ROLES", "date_of", "folded", "is_empty", "number_of", "word_of"]

_DASHES = frozenset({"", "-", "–", "—"})
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
)
_YEAR_LAST = re.compile(r"(?:(\d{1,2})([-/.]))?(\d{1,2})([-/.])(\d{4})(?:[T ][\d:.]+)?")
_WHOLE_YEAR = re.compile(r"(\d{4})\.0+")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
_GAPS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))")

OUR_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "mode": {word: label or "nothing" for word, label in MODE_LABELS.items()},
        "status": {word: STATUS_LABELS[word] for word in STATUSES},
    }
)
"""The words of ours that a role takes, each with its label; kinds are asked of the corridor."""
WORD_ROLES: tuple[str, ...] = ("kind", *OUR_WORDS, "country")
"""The roles whose columns hold words that a table turns into ours."""


def folded(text: object) -> str:
    """Return a text in the form in which words are compared."""
    return " ".join(plain(text).casefold().split())


def is_empty(value: Any) -> bool:
    """Tell whether a cell says nothing."""
    return value is None or (isinstance(value, str) and value.strip() in _DASHES)


def word_of(role: str, text: str, kinds: Mapping[str, OfKind] = KINDS) -> str | None:
    """Return our word that a text is, by itself or as people call it; None if it is none."""
    if role == "country":
        code = text.strip().upper()
        return code if re.fullmatch(COUNTRY, code) else None
    if role != "kind":
        return _words_of(role).get(_spaced(text))
    return _kinds_by_words(tuple(kinds.items())).get(_spaced(text))


@cache
def _words_of(role: str) -> Mapping[str, str]:
    """Return our words of a role by how they may be written, the first of two alike."""
    made: dict[str, str] = {}
    for word, label in OUR_WORDS[role].items():
        for each in (word, label):
            made.setdefault(_spaced(each), word)
    return MappingProxyType(made)


@lru_cache(maxsize=8)
def _kinds_by_words(kinds: tuple[tuple[str, OfKind], ...]) -> Mapping[str, str]:
    """Return kinds by what people call them, the first of two alike."""
    made: dict[str, str] = {}
    for kind, of in kinds:
        for each in (kind, of.label, *of.words, *WORDS_OF_KINDS.get(kind, ())):
            made.setdefault(_spaced(each), kind)
    return MappingProxyType(made)


def _spaced(text: str) -> str:
    return folded(text).replace("_", " ").replace("-", " ")


def date_of(value: Any, order: str = "") -> str | None:
    """Return a date as YYYY, YYYY-MM or YYYY-MM-DD; None if it is none, or may be two.

    Parameters
    ----------
    value
        Text, or the number of a year.
    order
        "day-first" or "month-first", where the user said so. Dots mean the day first.
    """
    text = plain(value)
    if match := _WHOLE_YEAR.fullmatch(text):
        text = match[1]
    if match := _YEAR_FIRST.fullmatch(text):
        return _checked(match[1], match[3], match[4])
    match = _YEAR_LAST.fullmatch(text)
    if match is None or (match[1] and match[2] != match[4]):
        return None
    first, second, sign, year = match[1], match[3], match[4], match[5]
    if first is None:
        return _checked(year, second, None)
    day_first = _checked(year, second, first)
    month_first = None if sign == "." else _checked(year, first, second)
    if order and sign != ".":
        return day_first if order == "day-first" else month_first
    if day_first and month_first and day_first != month_first:
        return None
    return day_first or month_first


def _checked(year: str, month: str | None, day: str | None) -> str | None:
    made = "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
    return made if full_date(made) else None


def number_of(value: Any, decimal: str = "", unit: str = "") -> float | None:
    """Return a number; None if it is none, or if its sign may part thousands or decimals.

    Parameters
    ----------
    value
        A number, or text that may end in its unit.
    decimal
        The sign before decimals, where the user said so.
    unit
        What may stand behind the number.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else None
    text = plain(value)
    if unit and text.casefold().endswith(unit.casefold()):
        text = text[: -len(unit)].rstrip()
    text = _GAPS.sub("", text).replace("\u2212", "-")
    if not _NUMBER.fullmatch(text):
        return None
    point = decimal or _decimal_sign(text)
    if point is None:
        return None
    other = "," if point == "." else "."
    whole, _, rest = text.partition(point)
    if point in rest or other in rest or (other in whole and not _is_grouped(whole, other)):
        return None
    return float(whole.replace(other, "") + (f".{rest}" if rest else ""))


def _decimal_sign(text: str) -> str | None:
    """Return the sign before decimals, or None where it may as well part thousands."""
    signs = [char for char in text if char in ".,"]
    if not signs:
        return "."
    if len(set(signs)) > 1:
        return signs[-1]
    if len(signs) > 1:
        return "," if signs[0] == "." else "."
    whole, _, rest = text.lstrip("+-").partition(signs[0])
    could_be_thousands = len(rest) == 3 and 0 < len(whole) <= 3 and whole != "0"
    return None if could_be_thousands else signs[0]


def _is_grouped(whole: str, sign: str) -> bool:
    first, *others = whole.lstrip("+-").split(sign)
    return 0 < len(first) <= 3 and all(len(part) == 3 for part in others)
