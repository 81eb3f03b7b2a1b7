"""Set the list of what changed: number, name, and what it became; no map here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.picture.page.flow import Flow, wrap
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.picture.pen.claim_signs import draw_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.scene.compare import ToldChange

__all__ = ["ChangeList", "fit_changes"]

_FULL = ((15, "full"), (14, "full"), (13, "full"))
_SHORT = ((15, "short"), (14, "short"), (13, "short"), (12, "short"))
_NAMES = (12, "name")
"""Size of the text in the design, and how much of each change is told."""
_GAP_PX = 28.0


@dataclass(frozen=True)
class ChangeList:
    """Changes set in columns."""

    columns: tuple[tuple[tuple[int, Flow], ...], ...]
    """The number of each entry, 0 for the line that counts what is left out, and its text."""
    size_px: float
    width: float
    """Of a column, in px."""
    gap: float
    left_out: int = 0

    @property
    def count(self) -> int:
        """How many changes are told, the first ones."""
        return sum(1 for column in self.columns for number, _ in column if number)

    @property
    def height(self) -> float:
        """Height of the longest column in px."""
        return max((self.tall_px(column) for column in self.columns), default=0.0)

    def row_px(self, text: Flow) -> float:
        """Return the height of a change's text with the air round it."""
        return max(text.height, 1.5 * self.size_px) + 0.45 * self.size_px

    def tall_px(self, column: Sequence[tuple[int, Flow]]) -> float:
        """Return the height of some changes under each other."""
        return sum(self.row_px(text) for _, text in column)

    def draw(self, canvas: Canvas, palette: Mapping[str, str], x: float, top: float) -> None:
        """Draw the list with its upper left corner at a position."""
        disc = 1.5 * self.size_px
        with canvas.group("changes"):
            for column in self.columns:
                y = top
                for number, text in column:
                    if number:
                        center = y + max(disc, text.size_px * text.leading) / 2
                        draw_number(canvas, palette, str(number), x + disc / 2, center, disc)
                    text.draw(canvas, x + _indent(self.size_px), y + 0.05 * self.size_px)
                    y += self.row_px(text)
                x += self.width + self.gap


def fit_changes(
    changes: Sequence[ToldChange],
    layout: Layout,
    palette: Mapping[str, str],
    width_px: float,
    rooms_px: tuple[float, float],
) -> ChangeList | None:
    """Return the list told as fully as there is room; its last line counts what is left out.

    Parameters
    ----------
    changes, layout, palette
        What is told, the picture's sizes, colours by role.
    width_px
        Width of all columns together.
    rooms_px
        Height that costs the maps nothing, for all that changed of each; and height that may
        be taken from the maps, for what each became.

    Returns
    -------
    None where there is nothing to tell, or no room for a line.
    """
    if not changes:
        return None
    spare_px, room_px = rooms_px
    for ways, most_px in ((_FULL, spare_px), (_SHORT, spare_px), ((*_SHORT[1:], _NAMES), room_px)):
        for way in ways:
            tried = _set(changes, layout, palette, width_px, way)
            if tried.height <= most_px:
                return tried
    for count in range(len(changes) - 1, 0, -1):
        tried = _set(changes[:count], layout, palette, width_px, _NAMES, len(changes) - count)
        if tried.height <= room_px:
            return tried
    return None


def _indent(size_px: float) -> float:
    return 2.1 * size_px


def _set(
    changes: Sequence[ToldChange],
    layout: Layout,
    palette: Mapping[str, str],
    width_px: float,
    way: tuple[float, str],
    left_out: int = 0,
) -> ChangeList:
    size, gap = layout.text_px(way[0]), _GAP_PX * layout.unit
    sets = []
    for count in (1, 2, 3, 4):
        width = (width_px - gap * (count - 1)) / count
        if count > 1 and width < 17 * size:
            break
        entries = [
            (number, wrap(_runs(change, palette, size, way[1]), width - _indent(size)))
            for number, change in enumerate(changes, start=1)
        ]
        if left_out:
            words = Words(f"and {left_out} more that changed", size, palette["text_second"])
            entries.append((0, wrap([words], width - _indent(size))))
        bare = ChangeList((), size, width, gap, left_out)
        sets.append(_shared(bare, entries, count))
    return min(sets, key=lambda each: each.height)


def _runs(change: ToldChange, palette: Mapping[str, str], size: float, detail: str) -> list[Words]:
    name = Words(change.name, size, palette["text"], bold=True)
    if detail == "name":
        return [name]
    text = change.full if detail == "full" else change.short
    return [name, Words(f"  {text}", size, palette["text"])]


def _shared(bare: ChangeList, entries: Sequence[tuple[int, Flow]], count: int) -> ChangeList:
    """Share entries among columns in reading order, the columns about equally long."""
    whole = bare.tall_px(entries)
    columns: list[list[tuple[int, Flow]]] = [[] for _ in range(count)]
    done = 0.0
    for entry in entries:
        tall = bare.row_px(entry[1])
        columns[min(count - 1, int((done + tall / 2) * count / whole))].append(entry)
        done += tall
    shared = tuple(tuple(column) for column in columns if column)
    return ChangeList(shared, bare.size_px, bare.width, bare.gap, bare.left_out)
