"""Write failures to the log without what readers wrote, looked at or asked for.

An exception's message may quote an article, a coordinate or an address, and a log is read
by others than the page. Where it happened and of what kind it was is enough to find a fault.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging

__all__ = ["log_failure", "place_of"]


def log_failure(log: logging.Logger, what: str, error: BaseException) -> None:
    """Log what failed, the kinds of the errors, and the lines of code they came through."""
    log.error("%s: %s", what, place_of(error))


def place_of(error: BaseException) -> str:
    """Return an error's kind and way through the code, and of those that led to it."""
    parts = []
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        frames = traceback.extract_tb(now.__traceback__)
        way = "".join(f"\n  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
        parts.append(f"{type(now).__module__}.{type(now).__qualname__}{way}")
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
    return "\n because of ".join(parts)
