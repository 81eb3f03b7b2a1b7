"""Break text of several faces into lines that fit a width, and draw them; no map here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from corridormap.layers.picture.pen.fonts import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.picture.pen.canvas import Canvas, Words

    _Piece = tuple[float, Words, str]
    """Distance from the left, the run that it is of, its text."""

__all__ = ["Flow", "balanced", "wrap"]

_ASCENT = 0.82
_BALANCE_STEPS = 7
_BREAKS = re.compile(r"\S*[–—/-](?=\S)|\S+\s*|\s+")
_FINE_BREAKS = re.compile(r"\S*?[–—/_=&?.-](?=\S)|\S+\s*|\s+")
"""For what is wider than a line, such as an address."""


@dataclass(frozen=True)
class Flow:
    """Lines of text, each a row of runs with their distance from the left."""

    lines: tuple[tuple[tuple[float, Words], ...], ...]
    size_px: float
    leading: float

    @property
    def height(self) -> float:
        """Height of all lines in px."""
        return len(self.lines) * self.size_px * self.leading

    @property
    def width(self) -> float:
        """Width of the longest line in px."""
        return max((line[-1][0] + line[-1][1].width for line in self.lines if line), default=0.0)

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Draw the lines with their upper left corner at a position."""
        step = self.size_px * self.leading
        y = top + (step - self.size_px) / 2 + _ASCENT * self.size_px
        for line in self.lines:
            for dx, words in line:
                canvas.words(words, x + dx, y)
            y += step


def wrap(runs: Sequence[Words], width_px: float, *, leading: float = 1.36) -> Flow:
    """Break runs into lines no wider than a width.

    Parameters
    ----------
    runs
        Pieces of text in reading order, all of one size; a space between two words may
        stand at the end of a piece or at the start of the next.
    width_px
        Width of the lines. A single word that is wider is broken inside.
    leading
        Height of a line in sizes of the font.
    """
    return _wrapped(tuple(runs), width_px, leading)


@lru_cache(maxsize=4096)
def _wrapped(runs: tuple[Words, ...], width_px: float, leading: float) -> Flow:
    """Remember what was wrapped: a page is tried in many ways that share most of their lines."""
    lines: list[list[_Piece]] = [[]]
    x = 0.0
    for run in runs:
        for text in _pieces(run, width_px):
            if lines[-1] and x + _width(run, text.rstrip()) > width_px + 0.01:
                lines.append([])
                x = 0.0
            shown = text if lines[-1] else text.lstrip()
            if shown:
                lines[-1].append((x, run, shown))
                x += _width(run, shown)
    size = runs[0].size_px if runs else 0.0
    kept = tuple(_joined(line) for line in lines if line)
    return Flow(kept, size, leading)


def balanced(runs: Sequence[Words], width_px: float, *, leading: float = 1.36) -> Flow:
    """Break runs into as few lines as fit, of about the same length."""
    best = wrap(runs, width_px, leading=leading)
    low, high = width_px / 2, width_px
    for _ in range(_BALANCE_STEPS):
        middle = (low + high) / 2
        tried = wrap(runs, middle, leading=leading)
        if len(tried.lines) <= len(best.lines) and tried.width <= middle + 0.5:
            best, high = tried, middle
        else:
            low = middle
    return best


def _width(run: Words, text: str) -> float:
    return text_width(
        text, run.size_px, bold=run.bold, italic=run.italic, spacing_px=run.spacing_px
    )


def _pieces(run: Words, width_px: float) -> list[str]:
    """Split a run after each space and dash; a word wider than the line, inside."""
    out: list[str] = []
    for text in _BREAKS.findall(run.text):
        if _width(run, text.rstrip()) <= width_px:
            out.append(text)
            continue
        for part in _FINE_BREAKS.findall(text):
            out += _cut(run, part, width_px)
    return out


def _cut(run: Words, text: str, width_px: float) -> list[str]:
    """Cut a word into pieces that each fit a line."""
    out: list[str] = []
    piece = text
    while len(piece) > 1 and (width := _width(run, piece.rstrip())) > width_px:
        keep = max(1, int(len(piece) * width_px / width))
        while keep > 1 and _width(run, piece[:keep]) > width_px:
            keep -= 1
        out.append(piece[:keep])
        piece = piece[keep:]
    return [*out, piece]


def _same_face(one: Words, other: Words) -> bool:
    return (one.bold, one.italic, one.color) == (other.bold, other.italic, other.color)


def _joined(line: list[_Piece]) -> tuple[tuple[float, Words], ...]:
    """Join neighbours of one face, so that a line of one face is one text."""
    out: list[_Piece] = []
    for x, run, text in line:
        if out and _same_face(out[-1][1], run):
            out[-1] = (*out[-1][:2], out[-1][2] + text)
        else:
            out.append((x, run, text))
    out[-1] = (*out[-1][:2], out[-1][2].rstrip())
    return tuple((x, replace(run, text=text)) for x, run, text in out)
