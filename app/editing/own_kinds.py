"""Give what the form for a kind of one's own needs: signs to choose from, each as it is drawn."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from corridormap.layers.corridor.own_kind import MOST_LETTERS
from corridormap.layers.scene.letter_signs import LETTERS
from corridormap.layers.scene.signs import line_key, make_sign, point_key
from corridormap.layers.theme import PALETTE
from corridormap.layers.wording.kind_signs import LETTERED, LINE_SIGNS, POINT_SIGNS

__all__ = ["own_kind_words"]


def own_kind_words() -> dict[str, Any]:
    """Return the signs by shape, with their names and pictures, as plain JSON.

    Of signs of letters there is one for each letter at each of its places: two letters are the
    parts of both.
    """
    ink = PALETTE["ink"]
    return {
        "longest": MOST_LETTERS,
        "signs": {
            "point": [
                {"id": sign, "label": label, "sign": _drawn(point_key(sign, "operating", ink))}
                for sign, label in POINT_SIGNS.items()
            ],
            "line": [
                {"id": sign, "label": label, "sign": _drawn(line_key(sign, "operating", ink))}
                for sign, label in LINE_SIGNS.items()
            ],
        },
        "letters": {
            letter: [
                _drawn(point_key(f"{LETTERED}{said}", "operating", ink))
                for said in (letter, f"{letter} ", f" {letter}")
            ]
            for letter in LETTERS
        },
    }


def _drawn(key: str) -> dict[str, Any]:
    return asdict(make_sign(key))
