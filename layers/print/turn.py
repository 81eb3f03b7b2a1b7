"""Let one thread draw at a time, undisturbed; it knows nothing of what is drawn."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from layers.print.budget import require_wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["drawing", "no_collections"]

_ONE_AT_A_TIME = Lock()
_LOOK_S = 0.2
"""How often one that waits looks whether its picture is still wanted."""


@contextmanager
def drawing() -> Iterator[None]:
    """Let one thread draw, and search for garbage only when it has done so.

    matplotlib's settings and its fonts are shared by all threads. A picture is made of some
    hundred thousand small objects that live until it is done; Python would look through all
    of them again and again, which takes a fifth of a PDF's time.
    """
    while not _ONE_AT_A_TIME.acquire(timeout=_LOOK_S):
        require_wanted()
    try:
        with no_collections():
            yield
    finally:
        _ONE_AT_A_TIME.release()


@contextmanager
def no_collections() -> Iterator[None]:
    """Keep Python from looking for garbage for a while."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
