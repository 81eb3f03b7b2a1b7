"""Write an atlas's ledger of promises: how each promised date moved, and who said what when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corridormap.layers.picture.atlas.blocks import Block
from corridormap.layers.picture.atlas.pen import Pen
from corridormap.layers.picture.promises.trend import trends_of
from corridormap.layers.promises.words import HOW_TO_READ
from corridormap.layers.theme import PALETTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.promises.told import ToldCourse
    from corridormap.layers.scene.scene import SceneFeature

__all__ = ["Ledger", "promise_ledger"]

_SOON = 0.3


@dataclass(frozen=True)
class Ledger:
    """What the pages tell, and the ids of the sources that they lean on."""

    blocks: tuple[Block, ...]
    cited: tuple[str, ...]


def promise_ledger(
    features: Sequence[SceneFeature], date: str, *, size_px: float, width_px: float
) -> Ledger:
    """Return all promises that had been made by an ISO date, feature by feature.

    Parameters
    ----------
    features
        In the order of the pages.
    date
        Day of the atlas.
    size_px, width_px
        Size of the text and width of a column.
    """
    pen = Pen(PALETTE, size_px, width_px)
    for feature in features:
        made = [course for course in feature.promises if course.at(date)]
        if not made:
            continue
        pen.heading(feature.name)
        drawn = trends_of([feature], date, palette=PALETTE, size_px=size_px, width_px=width_px)
        trends = {trend.course.milestone: trend for trend in drawn}
        for course in made:
            trend = trends.get(course.milestone)
            if trend is None:
                _lines(pen, [course], date)
            else:
                figure = replace(trend, title=course.label)  # the heading names the feature
                pen.blocks.append(Block((), 0.6 * size_px, keep=True, figure=figure))
            _promises(pen, course, date)
    if pen.blocks:
        how = Pen(PALETTE, size_px, width_px)
        how.text([how.words(HOW_TO_READ, "text_second")])
        pen.blocks[:0] = how.blocks
    return Ledger(tuple(pen.blocks), tuple(pen.cited))


def _lines(pen: Pen, courses: Sequence[ToldCourse], date: str) -> None:
    """Write what each milestone's promises come to by an ISO date, a line each."""
    for course in courses:
        turn = course.at(date)
        if turn is not None:
            words = [pen.words(f"{course.label}: ", bold=True), pen.words(turn.text)]
            pen.text(words, before=_SOON, keep=True)


def _promises(pen: Pen, course: ToldCourse, date: str) -> None:
    made = [(promise, turn) for promise in course.promises if (turn := promise.at(date))]
    widest = pen.widest(promise.due_label for promise, _ in made)
    for promise, turn in made:
        note = f" ({promise.note})" if promise.note else ""
        runs = [
            pen.words(f"{turn.text}. "),
            pen.words(f"{promise.said_label}{note}", "text_second"),
            *pen.refs(promise.sources),
        ]
        pen.row(promise.due_label, runs, widest=widest)
