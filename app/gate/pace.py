"""Keep those who have not logged in to a pace: so many requests at once, and in a while."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass

__all__ = ["Pace"]

_AT_ONCE = 40
_BURST = 600
"""A page is about a hundred requests."""
_A_SECOND = 20
_MOST_KNOWN = 4096


@dataclass
class _Asker:
    left: float
    seen: float
    now: int = 0


class Pace:
    """Counts the requests of each visitor; forgets the one that was quiet for longest."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, _Asker] = OrderedDict()

    def enter(self, visitor: str) -> bool:
        """Tell whether a request may be answered now; `leave` when it has been."""
        now = time.monotonic()
        asker = self._known.get(visitor) or _Asker(_BURST, now)
        asker.left = min(_BURST, asker.left + (now - asker.seen) * _A_SECOND)
        asker.seen = now
        self._known[visitor] = asker
        self._known.move_to_end(visitor)
        while len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)
        if asker.left < 1 or asker.now >= _AT_ONCE:
            return False
        asker.left -= 1
        asker.now += 1
        return True

    def leave(self, visitor: str) -> None:
        """Count a request that was let in as answered."""
        asker = self._known.get(visitor)
        if asker is not None:
            asker.now -= 1
