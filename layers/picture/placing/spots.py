"""List the spots where a label may stand round a point, along or upon a line.

Geometry only: which spot is taken is decided by the placing module. Spots are arrays, one row
each, since a label has hundreds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from corridormap.layers.picture.placing.stations import stations
from corridormap.layers.scene.prices import LABEL_PRICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corridormap.layers.picture.pen.box import Box
    from corridormap.layers.picture.placing.block import Align, Block

__all__ = [
    "ALIGNS",
    "Spots",
    "along",
    "around",
    "joined_spots",
    "led_from",
    "no_spots",
    "on_line",
    "row_of",
]

ALIGNS: tuple[Align, ...] = ("start", "middle", "end")
_LEADER_PX = (
    *LABEL_PRICES.leaders_px,
    84.0,
    110.0,
    140.0,
    180.0,
    230.0,
    290.0,
)
"""Paper does not zoom: where signs crowd, words go farther than on the screen."""
_LEADER_PRICE, _LENGTH_PRICE = LABEL_PRICES.leader, 1 / 9
_LEADER_AIR_PX, _DOT_AIR_PX = 3.0, 0.5
"""Between a leader and the text that it leads to."""
_SLIDE, _SLIDE_PRICE = 0.36, 1.5
"""How far a label above or below may slide, in its widths, and what that costs."""
_SIDES = np.array(
    [
        *((side.x, side.y, side.price, 0.0) for side in LABEL_PRICES.sides),
        *(
            (side.x, side.y, side.price + _SLIDE_PRICE, slide)
            for side in LABEL_PRICES.sides
            if side.x == 0
            for slide in (_SLIDE, -_SLIDE)
        ),
    ]
)
"""Direction of a label from its point, its price, and its slide."""
_ANGLES = np.radians(np.arange(0.0, 360.0, 22.5))
_DIRECTIONS = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES), 0 * _ANGLES, 0 * _ANGLES])
_DIRECTIONS = _DIRECTIONS.round(6)
_BESIDE = _DIRECTIONS[::2] + np.array([0.0, 0.0, 1.0, 0.0]) * np.array(
    [[0.0], [0.6], [0.6], [0.9], [0.3], [0.9], [0.6], [0.6]]
)
_ASIDE = 0.45
"""From this part of a unit vector a label lies beside its place, not across it."""
_FIRST_ROW_PX = 12.0
_LINE_LEADERS = 8


@dataclass(frozen=True, eq=False)
class Spots:
    """Where the forms of a label might go, one row each."""

    blocks: tuple[Block, ...]
    form: NDArray[np.int64]
    """Which of the blocks, (n,)."""
    boxes: NDArray[np.float64]
    """Left, top, right, bottom in px, (n, 4)."""
    align: NDArray[np.int64]
    """Which of `ALIGNS`, (n,)."""
    price: NDArray[np.float64]
    """Before looking at the map, (n,)."""
    leaders: NDArray[np.float64]
    """From the place's dot to the text: x, y, x, y in px, (n, 4); NaN without one."""
    upon: NDArray[np.bool_]
    """Whether it stands upon what it names, and pays nothing for covering it, (n,)."""

    def __len__(self) -> int:
        return len(self.form)

    def some(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Spots:
        """Return some of the spots."""
        return Spots(
            self.blocks,
            self.form[rows],
            self.boxes[rows],
            self.align[rows],
            self.price[rows],
            self.leaders[rows],
            self.upon[rows],
        )


def no_spots(blocks: tuple[Block, ...]) -> Spots:
    """Return that a label has nowhere to go."""
    return row_of(blocks, 0, np.zeros((0, 4)), np.zeros(0))


def joined_spots(parts: Sequence[Spots]) -> Spots:
    """Return the spots of one label together; all have the same blocks."""
    return Spots(
        parts[0].blocks,
        np.concatenate([part.form for part in parts]),
        np.concatenate([part.boxes for part in parts]),
        np.concatenate([part.align for part in parts]),
        np.concatenate([part.price for part in parts]),
        np.concatenate([part.leaders for part in parts]),
        np.concatenate([part.upon for part in parts]),
    )


def around(
    forms: Sequence[tuple[Block, float]],
    at: tuple[float, float],
    reach: float,
    *,
    gap: float = 4.0,
    sign: tuple[float, float] | None = None,
    scale: float = 1.0,
) -> Spots:
    """Return spots round a point, then spots at the end of a leader.

    Parameters
    ----------
    forms
        Forms of the label, each with its price.
    at
        The point in px.
    reach
        Radius of the point's sign in px, with its ring where that is small.
    gap
        Px between sign and text.
    sign
        Half the width and height of what a leader starts at the edge of, in px; None: no leaders.
    scale
        How much larger than on the screen a leader may be.
    """
    place = np.array([at])
    parts = [_beside(forms, place, _SIDES, np.array([reach + gap]), np.zeros((1, 1)))]
    if sign is not None:
        lengths = np.array(_LEADER_PX)
        price = _LEADER_PRICE + lengths * _LENGTH_PRICE
        led = _beside(forms, place, _DIRECTIONS, reach + lengths * scale, price[None])
        parts.append(led_from(led, place, sign))
    return joined_spots(parts)


def along(
    forms: Sequence[tuple[Block, float]],
    parts: Sequence[NDArray[np.float64]],
    clear: float,
    frame: Box,
    *,
    signs: NDArray[np.float64] | None = None,
    scale: float = 1.0,
) -> Spots:
    """Return spots beside a line, the middle of its longest visible stretch first.

    Parameters
    ----------
    forms
        Forms of the label, each with its price.
    parts
        The line in px.
    clear
        Half the width of the line or its band, with the gap to the text.
    frame
        What is visible.
    signs
        x, y and radius of signs in px, (n, 3): no leader begins under one.
    scale
        How much larger than on the screen a leader may be.
    """
    at, price_at = stations(parts, frame)
    near = _beside(forms, at, _BESIDE, np.array([clear]), price_at[:, None])
    lengths = np.array(_LEADER_PX[:_LINE_LEADERS])
    price = _LEADER_PRICE + lengths * _LENGTH_PRICE
    at, price_at = stations(parts, frame, signs=signs)
    led = _beside(forms, at, _DIRECTIONS, clear + lengths * scale, price + price_at[:, None])
    return joined_spots([near, led_from(led, at, (0.0, 0.0))])


def on_line(
    blocks: tuple[Block, ...],
    form: int,
    price: float,
    parts: Sequence[NDArray[np.float64]],
    frame: Box,
) -> Spots:
    """Return spots of one form upon a line, as a road's number stands; see `along`."""
    at, price_at = stations(parts, frame)
    block = blocks[form]
    half = np.array([block.width / 2, block.height / 2])
    box = np.hstack([at - half, at + half])
    return replace(row_of(blocks, form, box, price + price_at), upon=np.ones(len(at), dtype=bool))


def row_of(
    blocks: tuple[Block, ...], form: int, boxes: NDArray[np.float64], price: NDArray[np.float64]
) -> Spots:
    """Return spots of one form, its rows in the middle, without leaders: boxes (n, 4) in px."""
    n = len(boxes)
    none = np.full((n, 4), np.nan)
    return Spots(blocks, np.full(n, form), boxes, np.ones(n, int), price, none, np.zeros(n, bool))


def _beside(
    forms: Sequence[tuple[Block, float]],
    places: NDArray[np.float64],
    toward: NDArray[np.float64],
    far: NDArray[np.float64],
    price: NDArray[np.float64],
) -> Spots:
    """Return every form in some directions of each place, at some distances.

    Parameters
    ----------
    forms
        With their prices, (f).
    places
        x and y in px, (p, 2).
    toward
        Unit vector, price and slide (a share of a label's width), (d, 4).
    far
        Distances from a place in px, (l,).
    price
        What each distance costs at each place, (p, l).
    """
    blocks = tuple(block for block, _ in forms)
    sizes = np.array([(block.width, block.height) for block in blocks])[:, None, None, :]
    own = np.array([cost for _, cost in forms])[:, None, None]
    unit = toward[:, None, :2]
    # A label at the side is centred on its direction, above and below on its point.
    back = np.where(unit > _ASIDE, 0.0, np.where(unit < -_ASIDE, 1.0, 0.5))
    slide = toward[:, None, 3:] * sizes * np.array([1.0, 0.0])
    corner = places[:, None, None, None] + unit * far[:, None] - back * sizes + slide
    boxes = np.concatenate([corner, corner + sizes], axis=4).reshape(-1, 4)
    shape = corner.shape[:4]
    cost = (own + toward[:, None, 2] + price[:, None, None]).ravel()
    form = np.broadcast_to(np.arange(len(blocks))[:, None, None], shape).ravel()
    x = unit[..., 0]
    align = np.broadcast_to(np.where(x > _ASIDE, 0, np.where(x < -_ASIDE, 2, 1)), shape).ravel()
    n = len(boxes)
    none = np.full((n, 4), np.nan)
    return Spots(blocks, form, boxes, align, cost, none, np.zeros(n, dtype=bool))


def led_from(spots: Spots, at: NDArray[np.float64], half: tuple[float, float]) -> Spots:
    """Return spots with lines from the edge of a sign to a side of each label.

    Beside its place a label is met at its first row, or where its rows end unevenly at the
    widest; above and below at its middle, which is that of its rows where it is met from below
    and numbers stand beside the first of them.
    """
    left, top, right, bottom = spots.boxes.T
    at = np.repeat(at, len(spots) // max(1, len(at)), axis=0)
    px, py = at[:, 0], at[:, 1]
    beside = (px < left) | (px > right)
    widest = np.array([block.widest_px for block in spots.blocks])[spots.form]
    first = np.minimum((bottom - top) / 2, _FIRST_ROW_PX)
    # Numbers beside the rows stand at the left, at the first row.
    beside_numbers = [bool(block.numbers) and not block.stacked for block in spots.blocks]
    flush = (px < left) & ((spots.align == 0) | np.array(beside_numbers)[spots.form])
    row = top + np.where(flush, first, widest)
    indents = [block.indent if len(block.rows) > 1 else 0.0 for block in spots.blocks]
    text = left + np.array(indents)[spots.form]
    middle = (left + right) / 2
    middle = np.where((py > bottom) & (middle < text), (text + right) / 2, middle)
    end = np.column_stack(
        [
            np.where(beside, np.clip(px, left, right), middle),
            np.where(beside, row, np.where(py < top, top, bottom)),
        ]
    )
    run = end - at
    length = np.maximum(np.hypot(*run.T), 1e-6)[:, None]
    unit = run / length
    edge = np.min(np.array(half) / np.maximum(np.abs(unit), 1e-6), axis=1, keepdims=True)
    start = np.minimum(edge, max(half)) + (_DOT_AIR_PX if max(half) else 0.0)
    begin = at + unit * np.minimum(start, 0.9 * length)
    end -= unit * np.minimum(_LEADER_AIR_PX, 0.05 * length)
    return replace(spots, leaders=np.hstack([begin, end]))
