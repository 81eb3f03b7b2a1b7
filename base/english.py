"""Give places the names that English maps print, where GeoNames has a scholar's spelling."""

from __future__ import annotations

import unicodedata

__all__ = ["english"]

_MACRON = "\u0304"

_EXONYMS = {
    ("AZ", "Gəncə"): "Ganja",
    ("AZ", "Naxçıvan"): "Nakhchivan",
    ("AZ", "Mingəçevir"): "Mingachevir",
    ("AZ", "Şamaxı"): "Shamakhi",
    ("AZ", "Şirvan"): "Shirvan",
    ("AZ", "Şəki"): "Sheki",
    ("AZ", "Xankəndi"): "Khankendi",
    ("AZ", "Yevlax"): "Yevlakh",
    ("IR", "Khuy"): "Khoy",
    ("IR", "Orumiyeh"): "Urmia",
}
"""By country and name, macrons already gone."""


def english(country: str, name: str) -> str:
    """Return a place's name without macrons, or the English name if it is another."""
    parts = unicodedata.normalize("NFD", name).replace(_MACRON, "")
    plain = unicodedata.normalize("NFC", parts)
    return _EXONYMS.get((country, plain), plain)
