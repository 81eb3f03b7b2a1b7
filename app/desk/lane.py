"""Threads for what requests about corridors look up: few, and none of those that the page needs.

Starlette has forty threads for everything, each as long in line as the others: a burst of requests
about corridors kept the page waiting behind it. Few are enough, for Python runs one at a time.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from anyio import CapacityLimiter, to_thread

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["in_lane"]

Ts = TypeVarTuple("Ts")
T = TypeVar("T")

_THREADS = 8
"""More than one, for a folder may lie on a disk that is slow to answer."""


async def in_lane(work: Callable[[*Ts], T], *args: *Ts) -> T:
    """Return what some short work returns, which waits for nothing but the disk."""
    return await to_thread.run_sync(work, *args, limiter=_lane())


@cache
def _lane() -> CapacityLimiter:
    return CapacityLimiter(_THREADS)
