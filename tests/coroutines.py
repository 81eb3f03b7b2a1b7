"""Run coroutines in tests, beside the loop that a browser of the same process keeps running."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

Answer = TypeVar("Answer")

__all__ = ["finished"]


def finished(coroutine: Coroutine[Any, Any, Answer]) -> Answer:
    """Return what a coroutine returns; in a thread, for a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()  # noqa: TID251
