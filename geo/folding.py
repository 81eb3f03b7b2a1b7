"""Fold a text for comparison: small letters without marks, letters that look alike made one.

The browser folds as this does (app/browser/tools/letters.js); tests/test_web/folding.json
holds both to the same answers. Knows no language and changes no text that is shown.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LETTERS", "folded"]

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "ə": "e", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe",
        "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "\u200c": "", "\u0640": "",
    }
)  # fmt: skip
"""Letters that are others with no mark to take away; half-spaces and stretching go."""
_TABLE = str.maketrans(dict(LETTERS))


def folded(text: str) -> str:
    """Return a text folded: "Hacıqabul" and "HACIQABUL" are "haciqabul"."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in parts if not unicodedata.category(c).startswith("M"))
    return plain.translate(_TABLE)
