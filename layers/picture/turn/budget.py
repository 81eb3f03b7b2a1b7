"""Say how much one drawing may take, and stop it where nobody wants it any more.

A server draws for strangers, one picture at a time: what it draws is bounded, and a picture
that nobody waits for is given up at the next step. A command draws for the person who waits
for it, and is given more. Draws nothing.
"""

from __future__ import annotations

import math
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shapely

from corridormap.geo.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corridormap.layers.scene.scene import Scene

__all__ = [
    "ALONE",
    "MOST_PIXELS",
    "SERVED",
    "Budget",
    "StoppedError",
    "begin",
    "checkpoint",
    "drawing_within",
    "require_fits",
    "require_pixels",
    "require_wanted",
]

MOST_PIXELS = 40_000_000
"""Of one picture, whoever asks: an A3 at 300 dots to the inch has 17 million."""


@dataclass(frozen=True)
class Budget:
    """How much one picture, or one page of several, may take."""

    features: int
    vertices: int
    seconds: float
    """From when its drawing begins, without the time that it waits for another."""


SERVED = Budget(features=20_000, vertices=1_000_000, seconds=30.0)
"""For whoever asks a server: what it takes in, and time that others can wait for."""
ALONE = Budget(features=1_000_000, vertices=50_000_000, seconds=math.inf)
"""For a command, whose user can end it: more than the memory of a usual machine draws."""


class StoppedError(RenderError):
    """Nobody waits for the picture any more."""


@dataclass
class _Drawing:
    budget: Budget
    stopped: Callable[[], bool]
    begun: float = field(default_factory=time.monotonic)


_NOW: ContextVar[_Drawing | None] = ContextVar("drawing", default=None)


@contextmanager
def drawing_within(
    budget: Budget = SERVED, *, stopped: Callable[[], bool] = lambda: False
) -> Iterator[None]:
    """Hold what is drawn in a block to a budget.

    Parameters
    ----------
    budget
        How much each picture in it may take.
    stopped
        Tells whether it is no longer wanted.
    """
    before = _NOW.set(_Drawing(budget, stopped))
    try:
        yield
    finally:
        _NOW.reset(before)


def begin() -> None:
    """Note that a picture, or a page of several, begins now."""
    now = _NOW.get()
    if now is not None:
        now.begun = time.monotonic()
    checkpoint()


def checkpoint() -> None:
    """Go on only if the drawing is wanted and within its time.

    Raises
    ------
    StoppedError
        Nobody waits for it.
    RenderError
        It takes too long.
    """
    now = _NOW.get()
    if now is None:
        return
    require_wanted()
    if time.monotonic() - now.begun > now.budget.seconds:
        raise RenderError("picture-takes-too-long", seconds=f"{now.budget.seconds:g}")


def require_wanted() -> None:
    """Go on only if somebody waits for the drawing, whatever its time.

    Raises
    ------
    StoppedError
        Nobody waits for it.
    """
    now = _NOW.get()
    if now is not None and now.stopped():
        raise StoppedError("nobody-waits-for-picture")


def require_fits(scene: Scene) -> None:
    """Refuse to draw a scene that holds more than the budget allows.

    Raises
    ------
    RenderError
        It has too many features or vertices.
    """
    now = _NOW.get()
    budget = ALONE if now is None else now.budget
    many, long = _TOO_MUCH if now is None else _TOO_MUCH_IN_TIME
    _require(len(scene.items), budget.features, many)
    _require(_vertices(scene), budget.vertices, long)


def require_pixels(width: int, height: int) -> None:
    """Refuse a picture of too many pixels.

    Raises
    ------
    RenderError
        It has more than `MOST_PIXELS`.
    """
    _require(width * height, MOST_PIXELS, "picture-has-too-many-pixels")


_TOO_MUCH = ("picture-has-too-many-features", "picture-has-too-many-vertices")
_TOO_MUCH_IN_TIME = (
    "picture-has-too-many-features-in-time",
    "picture-has-too-many-vertices-in-time",
)


def _require(count: int, most: int, code: str) -> None:
    if count > most:
        raise RenderError(code, n=f"{count:,}", most=f"{most:,}")


def _vertices(scene: Scene) -> int:
    shapes = [item.feature.geometry for item in scene.items]
    return int(shapely.get_num_coordinates(shapes).sum())
