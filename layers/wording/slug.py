"""Make stable ids of names: small Latin letters, digits and single hyphens.

Letters of Azerbaijani, Turkish and Russian are written in Latin; of a name in a script
that is not known here nothing is left, and the caller numbers it or takes a word of its own.
"""

from __future__ import annotations

import re
import unicodedata

from corridormap.geo.folding import folded

__all__ = ["slug_of"]

_LETTERS = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh",
        "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
        "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
        "я": "ya",
    }
)  # fmt: skip
_OTHERS = re.compile(r"[^a-z0-9]+")


def slug_of(text: str, *, longest: int = 60) -> str:
    """Return an id made of a text, or nothing when no letter of it can be used."""
    latin = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    return _OTHERS.sub("-", folded(latin)).strip("-")[:longest].rstrip("-")
