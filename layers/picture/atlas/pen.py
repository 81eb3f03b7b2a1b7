"""Write an atlas page's texts as blocks: headings, paragraphs, rows, sources.

It knows sizes and colours, and collects the sources that a page cites; what is said is
decided by those who call it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corridormap.layers.picture.atlas.blocks import Block, Part
from corridormap.layers.picture.page.flow import wrap
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.picture.pen.claim_signs import result_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.layers.corridor.source import SceneSource
    from corridormap.layers.picture.page.flow import Flow
    from corridormap.layers.scene.scene import Check, Event, Fact

__all__ = ["Pen"]

_LEADING = 1.34
_SMALL = 0.86
_LABEL_SHARE = 0.3
_DISC = 1.6
_OFTEN = {"map": "measured on the map"}


class Pen:
    """Collects the blocks of one page.

    Parameters
    ----------
    palette
        Colours by role.
    size_px
        Size of the body's text; sources are set smaller.
    width_px
        Width of a column.
    """

    def __init__(self, palette: Mapping[str, str], size_px: float, width_px: float) -> None:
        self._palette = palette
        self.size_px = size_px
        self.width_px = width_px
        self.blocks: list[Block] = []
        self.cited: dict[str, None] = {}

    def words(
        self, text: str, role: str = "text", *, bold: bool = False, italic: bool = False
    ) -> Words:
        """Return a run of the body's size."""
        return Words(text, self.size_px, self._palette[role], bold=bold, italic=italic)

    def refs(self, ids: Iterable[str]) -> list[Words]:
        """Return the mark of sources, and remember that they are cited."""
        known = tuple(dict.fromkeys(ids))
        told = [_OFTEN.get(id_, id_) for id_ in known]
        self.cited.update(dict.fromkeys(id_ for id_ in known if id_ not in _OFTEN))
        return [self.words(f" [{', '.join(told)}]", "text_second")] if told else []

    def heading(self, text: str) -> None:
        """Begin a part of the page."""
        words = Words(text, self.size_px * 1.04, self._palette["ink"], bold=True)
        self._add(wrap([words], self.width_px), before=0.95, keep=True, role="H2")

    def name(self, text: str, more: str) -> None:
        """Begin what is said of one feature of several."""
        runs = [self.words(text, "ink", bold=True), self.words(f"  {more}", "text_second")]
        flow = wrap(runs, self.width_px, leading=_LEADING)
        self._add(flow, before=0.85, keep=True, rule=True, role="H2")

    def text(self, runs: Iterable[Words], *, before: float = 0.25, keep: bool = False) -> None:
        """Add a paragraph."""
        listed = list(runs)
        if listed:
            flow = wrap(listed, self.width_px, leading=_LEADING)
            self._add(flow, before=before, keep=keep)

    def row(self, label: str, runs: Iterable[Words], *, widest: float, again: bool = False) -> None:
        """Add a row: a label in a column of its own and text beside it.

        Parameters
        ----------
        label, runs
            The two texts.
        widest
            Width in px of the widest label; no more than a share of the column is taken.
        again
            The row before has the same label: it is written only at the top of a column.
        """
        indent = min(widest, _LABEL_SHARE * self.width_px) + 0.8 * self.size_px
        body = Part(wrap(list(runs), self.width_px - indent, leading=_LEADING), indent)
        name = self.words(label, bold=True)
        left = Part(wrap([name], indent - 0.5 * self.size_px, leading=_LEADING))
        before = 0.2 * self.size_px
        if again:
            one_line = len(left.flow.lines) <= len(body.flow.lines)
            self.blocks.append(Block((body,), before, again=left if one_line else None))
        else:
            self.blocks.append(Block((left, body), before))

    def widest(self, labels: Iterable[str]) -> float:
        """Return the width of the widest of some labels."""
        return max((self.words(label, bold=True).width for label in labels), default=0.0)

    def numbered(self, number: int, runs: Iterable[Words], *, keep: bool = False) -> None:
        """Add a paragraph behind a claim's number."""
        disc = _DISC * self.size_px
        indent = disc + 0.5 * self.size_px
        flow = wrap(list(runs), self.width_px - indent, leading=_LEADING)
        lift = max(0.0, disc - flow.size_px * flow.leading) / 2
        sign = ("number", str(number), disc)
        self.blocks.append(
            Block((Part(flow, indent, lift),), 0.5 * self.size_px, keep, ("number", *sign[1:]))
        )

    def later(self, told: Event | Fact, date: str) -> list[Words]:
        """Return that something was known only after a day (ISO date), if it was."""
        text = told.later.at(date) if told.later else ""
        return [self.words(f" ({text})", "text_second")] if text else []

    def result(self, check: Check, date: str, *, indent: float = 0.0, keep: bool = False) -> None:
        """Add what testing a claim gave, with its sign, and whether that is later knowledge."""
        role = result_role(check.result)
        runs = [self.words(check.label or check.result.capitalize(), role, bold=True)]
        if later := check.later and check.later.at(date):
            runs.append(self.words(f" ({later})", "text_second"))
        if check.text:
            runs.append(self.words(f": {check.text}", "text"))
        runs += self.refs(check.sources)
        dx = indent + 1.3 * self.size_px
        flow = wrap(runs, self.width_px - dx, leading=_LEADING)
        self.blocks.append(
            Block(
                (Part(flow, dx),),
                0.3 * self.size_px,
                keep,
                None if indent else ("result", check.result, self.size_px),
            )
        )

    def source(self, source: SceneSource, *, one_line: bool = False) -> None:
        """Add a source: its id, its line and its address.

        Parameters
        ----------
        source
            What is written.
        one_line
            Write publisher and date instead of the whole line, and cut the address where
            its line ends; a click still follows the whole of it.
        """
        size = _SMALL * self.size_px
        palette = self._palette
        mark = wrap([Words(source.id, size, palette["text"], bold=True)], self.width_px)
        indent = 3.3 * size
        room = self.width_px - indent
        text = source.short if one_line and source.short else source.text
        line = wrap([Words(text, size, palette["text"])], room, leading=1.3)
        parts = [Part(mark), Part(line, indent)]
        if source.url:
            words = Words(source.url, size, palette["link"])
            address = wrap([_cut(words, room) if one_line else words], room, leading=1.3)
            parts.append(Part(address, indent, line.height, source.url))
        self.blocks.append(Block(tuple(parts), 0.34 * size))

    def _add(self, flow: Flow, *, before: float, keep: bool = False, **more: Any) -> None:
        self.blocks.append(Block((Part(flow),), before * self.size_px, keep, **more))


def _cut(words: Words, width_px: float) -> Words:
    """Return an address without its scheme, cut to a width."""
    text = words.text.partition("://")[2] or words.text
    whole = replace(words, text=text)
    if whole.width <= width_px:
        return whole

    def too_wide(kept: int) -> bool:
        return replace(words, text=f"{text[:kept]}…").width > width_px

    kept = bisect_left(range(len(text)), 1, key=lambda kept: int(too_wide(kept))) - 1
    return replace(words, text=f"{text[: max(1, kept)]}…")
