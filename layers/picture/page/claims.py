"""Set the claims as a list: number, title, text and what the check gave; no map here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from corridormap.layers.claims.words import RESULT_WORDS
from corridormap.layers.picture.page.flow import Flow, wrap
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.picture.pen.claim_signs import draw_number, draw_result, result_role
from corridormap.layers.scene.looks import Fill, Stroke

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.scene import Scene, SceneClaim

__all__ = ["ClaimList", "Way", "set_claims"]

Detail = Literal["full", "result", "title", "line", "sign"]
"""How much of each claim is told: all, all but the check's text, title and result, those two
on one line, or the title with the result's sign alone, which a last line explains."""

Way = tuple[float, Detail]

_DISC_PX = 26.0
_BEFORE_SIGN = 0.8
"""Sizes of text between a title and the sign of its result."""
_SMALL_DISC = 1.3
"""Of the text's size, where many claims are told."""
_COLUMN_GAP_PX = 32.0


@dataclass(frozen=True)
class _Entry:
    number: str
    body: Flow
    check: Flow | None
    result: str
    inline: bool = False
    """The check stands beside the text instead of below it."""
    asked: bool = False
    """It is about what the view marks."""

    def height(self, pad: float) -> float:
        below = self.check.height if self.check and not self.inline else 0.0
        return 2 * pad + self.body.height + below


@dataclass(frozen=True)
class ClaimList:
    """Claims set in one or more columns."""

    columns: tuple[tuple[_Entry, ...], ...]
    width: float
    size_px: float
    pad: float
    indent: float
    gap: float
    disc: float

    @property
    def count(self) -> int:
        """How many claims are told."""
        return sum(1 for column in self.columns for entry in column if entry.number)

    @property
    def height(self) -> float:
        """Height of the longest column in px."""
        return max((self._column(column) for column in self.columns), default=0.0)

    def _column(self, column: Sequence[_Entry]) -> float:
        return sum(max(e.height(self.pad), self.disc + self.pad) for e in column)

    def draw(self, canvas: Canvas, palette: Mapping[str, str], x: float, top: float) -> None:
        """Draw the list with its upper left corner at a position."""
        with canvas.group("claims"):
            for column in self.columns:
                y = top
                for index, entry in enumerate(column):
                    tall = max(entry.height(self.pad), self.disc + self.pad)
                    if entry.asked:
                        self._mark(canvas, palette, x, y, tall)
                    if index:
                        rule = Stroke(palette["hairline"], max(1.0, self.size_px / 16))
                        canvas.line([(x, y), (x + self.width, y)], rule)
                    self._entry(canvas, palette, entry, x, y)
                    y += tall
                x += self.width + self.gap

    def _mark(
        self, canvas: Canvas, palette: Mapping[str, str], x: float, y: float, tall: float
    ) -> None:
        """Show that a claim is about what is marked on the map, as the page does."""
        out = 0.4 * self.size_px
        canvas.box(Box(x - out, y, x + self.width + out, y + tall), fill=Fill(palette["gold_tint"]))
        bar = Box(x - out, y, x - 0.6 * out, y + tall)
        canvas.box(bar, fill=Fill(palette["gold"]))

    def _entry(
        self, canvas: Canvas, palette: Mapping[str, str], entry: _Entry, x: float, y: float
    ) -> None:
        with canvas.group(f"claim-{entry.number or 'more'}"):
            first = entry.body.size_px * entry.body.leading
            center = y + self.pad + max(first / 2, self.disc / 2 - 0.12 * first)
            if entry.number:
                draw_number(canvas, palette, entry.number, x + self.disc / 2, center, self.disc)
            entry.body.draw(canvas, x + self.indent, y + self.pad)
            if entry.check is None:
                return
            left, top = x + self.indent, y + self.pad + entry.body.height
            middle = top + entry.check.size_px * entry.check.leading / 2
            if entry.inline:
                left += entry.body.width + _BEFORE_SIGN * entry.body.size_px
                middle = top - first / 2
                top = middle - entry.check.height / 2
            entry.check.draw(canvas, left + 1.25 * entry.check.size_px, top)
            draw_result(canvas, palette, entry.result, left, middle, entry.check.size_px)


def set_claims(
    scene: Scene, layout: Layout, width_px: float, *, way: Way, columns: int, more: int = 0
) -> ClaimList:
    """Set the scene's claims.

    Parameters
    ----------
    scene, layout
        What is told, and the picture's sizes.
    width_px
        Width of all columns together.
    way
        Size of the text in the design, and how much of each claim is told.
    columns
        How many columns.
    more
        How many claims are left out; a last line says so.
    """
    unit = layout.unit
    design_px, detail = way
    size = layout.text_px(design_px)
    disc = max(size * 1.55, _DISC_PX * unit * size / layout.text_px(16))
    gap = _COLUMN_GAP_PX * unit
    if detail == "sign":
        disc, gap = size * _SMALL_DISC, 0.5 * gap
    width = (width_px - gap * (columns - 1)) / columns
    indent = disc + (0.5 if detail == "sign" else 0.7) * size
    pad = {"full": 0.52, "result": 0.42, "title": 0.3, "line": 0.2, "sign": 0.06}[detail] * size
    asked = _asked(scene)
    entries = [
        _entry(claim, scene, size, width - indent, detail, asked=claim.number in asked)
        for claim in scene.claims
    ]
    if more:
        words = Words(f"and {more} more claims", size, scene.palette["text_second"])
        entries.append(_Entry("", wrap([words], width - indent), None, ""))
    if detail == "sign":
        entries += _keys(scene, size, width - indent)
    shared = _share(entries, columns, pad)
    return ClaimList(shared, width, size, pad, indent, gap, disc)


def _keys(scene: Scene, size: float, width: float) -> list[_Entry]:
    """Return what the signs of results mean, of those that occur."""
    occurring = {claim.check.result for claim in scene.claims if claim.check is not None}
    told = [
        (result, Words(label, size, scene.palette[result_role(result)]))
        for result, label in RESULT_WORDS.items()
        if result in occurring
    ]
    return [_Entry("", wrap([], width), wrap([run], width), result) for result, run in told]


def _entry(
    claim: SceneClaim, scene: Scene, size: float, width: float, detail: Detail, *, asked: bool
) -> _Entry:
    palette = scene.palette
    title = claim.title.rstrip(".")
    told = detail in {"full", "result"}
    runs = [Words(f"{title}. " if told else title, size, palette["text"], bold=True)]
    if told:
        runs.append(Words(claim.text, size, palette["text"]))
    check, result = None, ""
    small = max(12.0, size * 0.9)
    if claim.check is not None and detail == "sign":
        result = claim.check.result
        runs = [replace(runs[0], bold=False)]
        check = Flow((), small, 1.0)
    elif claim.check is not None:
        result = claim.check.result
        label, role = claim.check.label, result_role(result)
        rows = [Words(label, small, palette[role], bold=result != "untestable")]
        if later := claim.check.later and claim.check.later.at(scene.date):
            rows.append(Words(f" ({later})", small, palette["text_second"]))
        if detail == "full" and claim.check.text:
            rows.append(Words(f": {claim.check.text}", small, palette["text_second"]))
        check = wrap(rows, width - 1.25 * small)
    if detail == "sign":
        body = wrap(runs, width - (_BEFORE_SIGN + 1.0) * small)
        return _Entry(str(claim.number), body, check, result, inline=True, asked=asked)
    body = wrap(runs, width)
    beside = body.width + _BEFORE_SIGN * size
    beside += 1.25 * check.size_px + check.width if check else 0.0
    inline = detail == "line" and len(body.lines) == 1 and beside <= width
    return _Entry(str(claim.number), body, check, result, inline, asked)


def _asked(scene: Scene) -> set[int]:
    """Return the numbers of the claims about the selected feature, or of the selected one."""
    shown = {item.feature.id: item.state for item in scene.items}
    states = {
        claim.number: {shown[id_] for id_ in claim.features if id_ in shown}
        for claim in scene.claims
    }
    if "selected" in shown.values():
        return {number for number, of in states.items() if "selected" in of}
    return {number for number, of in states.items() if of == {"lit"}}


def _share(entries: list[_Entry], columns: int, pad: float) -> tuple[tuple[_Entry, ...], ...]:
    """Share entries among columns in reading order, the columns about equally long."""
    if columns == 1 or not entries:
        return (tuple(entries),)
    heights = [entry.height(pad) for entry in entries]
    low, high = max(heights), sum(heights)
    for _ in range(24):
        limit = (low + high) / 2
        if len(_fill(heights, limit)) <= columns:
            high = limit
        else:
            low = limit
    out, start = [], 0
    for count in _fill(heights, high + 0.01):
        out.append(tuple(entries[start : start + count]))
        start += count
    return tuple(out)


def _fill(heights: list[float], limit: float) -> list[int]:
    counts, total = [0], 0.0
    for height in heights:
        if counts[-1] and total + height > limit:
            counts.append(0)
            total = 0.0
        counts[-1] += 1
        total += height
    return counts
