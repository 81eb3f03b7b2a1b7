"""Give the columns of a user's own file that have no field here, as text for the card."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from corridormap.layers.wording.words import plain, short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.layers.corridor.feature import FeatureProperties

__all__ = ["columns_of"]

_LONGEST = 500
"""Letters of one value on a card; the file and its exports have all of them."""


def columns_of(said: FeatureProperties) -> Mapping[str, str]:
    """Return what a feature says beyond our fields and its names, by the column's name."""
    names = {f"name:{code}" for code in said.names}
    others = {key: value for key, value in (said.model_extra or {}).items() if key not in names}
    return {plain(key): _text(value) for key, value in others.items() if value not in (None, "")}


def _text(value: object) -> str:
    told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return short(told, _LONGEST)
