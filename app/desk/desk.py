"""Hold what one server works with: the bodies it takes in, and a queue for each kind of work.

Every answer that takes more than a moment goes through here. What the work is, the routes say.
"""

from __future__ import annotations

from corridormap.app.desk.body import Bodies
from corridormap.app.desk.queues import Queue
from corridormap.app.settings.limits import ServerLimits

__all__ = ["Desk"]

_DEFAULTS = ServerLimits()


class Desk:
    """One server's bodies and queues.

    Parameters
    ----------
    limits
        How much it takes.
    """

    def __init__(self, limits: ServerLimits = _DEFAULTS) -> None:
        self.limits = limits
        self.bodies = Bodies(limits)
        # matplotlib draws one picture at a time anyway: a second worker resolves its scene.
        self.drawing = self._queue("drawing", workers=2, each_key=2)
        # An atlas takes long, and lets pictures in between its pages.
        self.atlases = self._queue("atlas", workers=1, each_key=1)
        self.reading = self._queue("reading", workers=2, each_key=2)
        self.drafting = self._queue("drafting", workers=2, each_key=1)
        # A save may wait for a program that holds the folder's lock.
        self.saving = self._queue("saving", workers=4, each_key=1)

    @property
    def queues(self) -> tuple[Queue, ...]:
        """All queues."""
        return self.drawing, self.atlases, self.reading, self.drafting, self.saving

    def stop(self) -> None:
        """Take nothing new in; what waits will not begin, and what has begun may stop."""
        for queue in self.queues:
            queue.close()

    def _queue(self, name: str, *, workers: int, each_key: int) -> Queue:
        most, most_each = self.limits.waiting, self.limits.waiting_each
        return Queue(name, workers=workers, each_key=each_key, most=most, most_each=most_each)
