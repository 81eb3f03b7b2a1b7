"""Break text of several faces into lines that fit a width, and draw them; no map here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.print.canvas import Canvas, Words

__all__ = ["Flow", "balanced", "wrap"]

_ASCENT = 0.82
_BALANCE_STEPS = 7


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
    lines: list[list[tuple[float, Words]]] = [[]]
    x = 0.0
    for run in runs:
        for piece in _pieces(run, width_px):
            bare = replace(piece, text=piece.text.rstrip()).width
            if lines[-1] and x + bare > width_px + 0.01:
                lines.append([])
                x = 0.0
            shown = piece if lines[-1] else replace(piece, text=piece.text.lstrip())
            if shown.text:
                lines[-1].append((x, shown))
                x += shown.width
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


def _pieces(run: Words, width_px: float) -> list[Words]:
    """Split a run after each space and dash; a word wider than the line, inside."""
    out: list[Words] = []
    for text in re.findall(r"\S*[–—/-](?=\S)|\S+\s*|\s+", run.text):
        piece = replace(run, text=text)
        while piece.width > width_px and len(piece.text) > 1:
            keep = max(1, int(len(piece.text) * width_px / piece.width) - 1)
            out.append(replace(run, text=piece.text[:keep]))
            piece = replace(run, text=piece.text[keep:])
        out.append(piece)
    return out


def _same_face(one: Words, other: Words) -> bool:
    return (one.bold, one.italic, one.color) == (other.bold, other.italic, other.color)


def _joined(line: list[tuple[float, Words]]) -> tuple[tuple[float, Words], ...]:
    """Join neighbours of one face, so that a line of one face is one text."""
    out: list[tuple[float, Words]] = []
    for x, words in line:
        if out and _same_face(out[-1][1], words):
            before = out[-1]
            out[-1] = (before[0], replace(before[1], text=before[1].text + words.text))
        else:
            out.append((x, words))
    last_x, last = out[-1]
    out[-1] = (last_x, replace(last, text=last.text.rstrip()))
    return tuple(out)
