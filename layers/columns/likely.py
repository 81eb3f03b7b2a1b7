"""Say what a column may be by its header, where its values bear it out.

Only ever shown beside the column, for its user to take or leave: no rule is made of it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from corridormap.layers.columns.values import WORD_ROLES, date_of, folded, number_of, word_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.layers.columns.rules import Role

__all__ = ["likely_role"]

_SAMPLE = 20
_HEADERS: Mapping[Role, frozenset[str]] = MappingProxyType(
    {
        "kind": frozenset({"kind", "type", "feature type", "art", "typ", "tipo", "tür", "növ"}),
        "mode": frozenset({"mode", "transport mode", "verkehrsträger", "modo"}),
        "status": frozenset(
            {"status", "state", "condition", "zustand", "stand", "estado", "durum", "vəziyyət",
             "وضعیت", "статус", "состояние"}
        ),
        "status_date": frozenset(
            {"since", "status date", "date of status", "opened", "as of", "date", "datum", "seit",
             "fecha", "tarih", "tarix", "تاریخ", "дата"}
        ),
        "country": frozenset(
            {"country", "countries", "country code", "iso", "iso a2", "land", "país", "pais",
             "ülke", "ölkə", "کشور", "страна"}
        ),
        "source": frozenset({"source", "sources", "quelle", "fuente", "kaynak", "mənbə", "منبع",
                             "источник"}),
        "uncertainty": frozenset({"uncertainty", "uncertainty m", "accuracy", "accuracy m"}),
        "note": frozenset({"note", "notes", "remark", "remarks", "bemerkung", "nota"}),
    }
)  # fmt: skip


def likely_role(header: str, values: Iterable[str]) -> Role | None:
    """Return the role that a column's header names and that some of its values fit, or None.

    Parameters
    ----------
    header
        The column's name.
    values
        Its values as text; the first few are looked at.
    """
    name = folded(header).replace("_", " ").replace("-", " ")
    role = next((role for role, names in _HEADERS.items() if name in names), None)
    if role is None:
        return None
    # The words of a state or a kind may all be of another language: the header is enough.
    if role in {"status", "source", "note"}:
        return role
    sample = [value for value, _ in zip(values, range(_SAMPLE), strict=False)]
    return role if any(_fits(role, value) for value in sample) else None


def _fits(role: Role, value: str) -> bool:
    if role in WORD_ROLES:
        return word_of(role, value) is not None
    if role == "status_date":
        return date_of(value, "day-first") is not None
    return number_of(value, ".", "m") is not None
