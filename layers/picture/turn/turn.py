"""Let one thread draw at a time, undisturbed; it knows nothing of what is drawn."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, cast

from corridormap.layers.picture.turn.budget import require_wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["drawing", "no_collections"]

_ONE_AT_A_TIME = Lock()
_LOOK_S = 0.2
"""How often one that waits looks whether its picture is still wanted."""


@contextmanager
def drawing() -> Iterator[None]:
    """Let one thread draw, and search for garbage only when it has done so.

    matplotlib's settings and its fonts are shared by all threads. A picture is made of some
    hundred thousand small objects that live until it is done; Python would look through all
    of them again and again, which takes a fifth of a PDF's time. What the block made should
    be out of reach at its end: a server keeps no picture's memory after it.
    """
    while not _ONE_AT_A_TIME.acquire(timeout=_LOOK_S):
        require_wanted()
    try:
        with no_collections():
            yield
    finally:
        _give_back(0)
        _ONE_AT_A_TIME.release()


@contextmanager
def no_collections() -> Iterator[None]:
    """Keep Python from looking for garbage for a while, then look among what is new."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            # All that was made meanwhile is of the youngest generation still. Left to Python,
            # most of it would become old first, and the old are hardly ever looked through.
            gc.collect(0)
            gc.enable()


def _giver() -> Callable[[int], object]:
    """Return what gives freed memory back to the system; glibc would keep most of it."""
    try:
        import ctypes

        return cast("Callable[[int], object]", ctypes.CDLL(None).malloc_trim)
    except (AttributeError, ImportError, OSError, TypeError):  # another system's: needs no word
        return lambda _: None


_give_back = _giver()
