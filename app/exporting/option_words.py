"""Read each word of an export's options as an address or a command has it; it draws nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import ValidationError

from corridormap.geo.errors import ReadError, ViewError
from corridormap.geo.json_file import parse_json
from corridormap.layers.corridor.layouts import LARGEST_MM, SMALLEST_MM, Hand
from corridormap.layers.wording.edition_code import EditionCode
from corridormap.layers.wording.plainly import findings_of
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "ALT_CHARS",
    "LARGEST_PX",
    "SMALLEST_PX",
    "alt",
    "choice",
    "edition_code",
    "hand",
    "millimetres",
    "one_of",
    "parse_size",
    "switch",
]

SMALLEST_PX = 480
LARGEST_PX = 6000
ALT_CHARS = 1000
_HAND = "what is put by hand"


def parse_size(text: str) -> tuple[int, int]:
    """Return width and height in px from text such as ``1600x1000``.

    Raises
    ------
    ViewError
        If the text is not two numbers, or one is under 480 or over 6000 px.
    """
    match = re.fullmatch(r"\s*(\d{1,5})\s*[x×X]\s*(\d{1,5})\s*", text, re.ASCII)
    if match is None:
        raise ViewError("size-is-not-one", text=short(text, 40))
    width_px, height_px = int(match[1]), int(match[2])
    if not all(SMALLEST_PX <= side <= LARGEST_PX for side in (width_px, height_px)):
        raise ViewError(
            "size-is-out-of-range",
            width=width_px,
            height=height_px,
            least=SMALLEST_PX,
            most=LARGEST_PX,
        )
    return width_px, height_px


def one_of(name: str, text: str, known: tuple[str, ...], also: Sequence[str] = ()) -> str:
    """Return a word that is known; else name those that are, and some besides."""
    if text not in known:
        every = ", ".join(dict.fromkeys([*known, *also]))
        raise ViewError("unknown-option", name=name, text=short(text, 40), known=every)
    return text


def choice(name: str, known: tuple[str, ...]) -> Callable[[str], str]:
    """Return a reader of one of some words."""
    return lambda text: one_of(name, text, known)


def switch(name: str) -> Callable[[str], bool]:
    """Return a reader of 1 or 0."""

    def read(text: str) -> bool:
        if text not in {"0", "1"}:
            raise ViewError("option-is-neither-1-nor-0", name=name, text=short(text, 40))
        return text == "1"

    return read


def millimetres(name: str) -> Callable[[str], float]:
    """Return a reader of a side in millimetres."""

    def read(text: str) -> float:
        try:
            side = round(float(text), 1)
        except ValueError:
            side = 0.0
        if not SMALLEST_MM <= side <= LARGEST_MM:
            raise ViewError(
                "side-in-mm-is-none",
                name=name,
                text=short(text, 40),
                least=f"{SMALLEST_MM:g}",
                most=f"{LARGEST_MM:g}",
            )
        return side

    return read


def hand(text: str) -> Hand:
    """Return what is decided by hand, from JSON."""
    data = None
    try:
        data = parse_json(text.encode("utf-8", "replace"), file=_HAND)
        return Hand.model_validate(data)
    except ReadError as error:
        raise ViewError.of(error.faults) from error
    except ValidationError as error:
        raise ViewError.of(findings_of(error, file=_HAND, said=data)) from error


def edition_code(text: str) -> EditionCode:
    """Return the code of a published edition, such as ``azerbaijan-iran/2/2026-03-03/1a2b3c4d``."""
    code = EditionCode.read(text)
    if code is None:
        raise ViewError("edition-code-is-none", text=short(text, 60))
    return code


def alt(text: str) -> str | None:
    """Return the words for those who cannot see a picture; None where none are given."""
    words = " ".join(text.split())
    if len(words) > ALT_CHARS:
        raise ViewError("alt-text-too-long", n=len(words), most=ALT_CHARS)
    return words or None
