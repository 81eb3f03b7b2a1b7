"""Remember which logins were ended, so that a copy of their cookie opens nothing any more.

Streamlit's logout only asks the browser to forget its cookie; whoever has a copy would stay
logged in for a month. What is remembered lies in a folder of this user's own and lasts over a
restart. Where nothing is remembered (a first start, a file that is lost or broken, a machine
that keeps none) every login from before the start counts as ended: nobody comes in by
forgetting. Holds no name and no address: only keyed hashes and times.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from corridormap.geo.errors import ReadError
from corridormap.geo.json_file import parse_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from corridormap.app.login.own_folder import OwnFolder

__all__ = ["Ended"]

_LOG = logging.getLogger(__name__)
_MOST = 10_000
_KEPT_S = 32 * 24 * 3600
"""A cookie is worth nothing after 31 days: Streamlit's month and its day of grace."""
_MARK_CHARS = 64
_WAIT_S = 5


class Ended:
    """The logins that were ended by logging out.

    Parameters
    ----------
    folder
        Where they are remembered; None is in memory alone.
    name
        Of the file there.
    clock
        Tells the time, in seconds since 1970.
    """

    def __init__(
        self, folder: OwnFolder | None, name: str, clock: Callable[[], float] = time.time
    ) -> None:
        self._folder, self._name, self._clock = folder, name, clock
        self._guard = threading.Lock()
        self._ended: dict[str, int] = {}
        self._before = 0
        self._seen: object = None
        with self._guard:
            if not self._take_in():
                self._before = int(clock())
                self._keep()

    def holds(self, mark: str, issued: int) -> bool:
        """Tell whether a login that was signed at some time was ended since."""
        with self._guard:
            self._take_in()
            return issued <= max(self._before, self._ended.get(mark, 0))

    def add(self, mark: str) -> None:
        """End a login: what was signed for it until now is worth nothing any more."""
        with self._guard:
            self._ended[mark] = int(self._clock())
            self._keep()

    def _keep(self) -> None:
        """Write what is remembered, with what another server of this user wrote meanwhile."""
        if self._folder is None:
            self._shorten()
            return
        try:
            with FileLock(self._folder.path / f"{self._name}.lock", timeout=_WAIT_S, mode=0o600):
                self._take_in()
                self._shorten()
                told = {"before": self._before, "ended": self._ended}
                self._folder.write(self._name, json.dumps(told).encode())
                self._seen = self._folder.seen(self._name)
        except (OSError, Timeout):
            _LOG.warning("Who logged out could not be written down; a restart logs everybody out.")

    def _shorten(self) -> None:
        now = int(self._clock())
        kept = {mark: at for mark, at in self._ended.items() if at > now - _KEPT_S}
        if len(kept) > _MOST:
            # Forgetting one would make its cookie worth something again. All logins older
            # than those that go are ended instead: their readers log in once more.
            newest = sorted(kept.values(), reverse=True)
            self._before = max(self._before, newest[_MOST // 2])
            kept = {mark: at for mark, at in kept.items() if at > self._before}
        self._ended = kept

    def _take_in(self) -> bool:
        """Add what the file says, if it changed; tell whether there is one that can be read."""
        if self._folder is None:
            return False
        seen = self._folder.seen(self._name)
        if seen is not None and seen == self._seen:
            return True
        told = self._read()
        if told is None:
            return False
        self._seen = seen
        self._before = max(self._before, told["before"])
        for mark, at in told["ended"].items():
            self._ended[mark] = max(at, self._ended.get(mark, 0))
        return True

    def _read(self) -> Mapping[str, Any] | None:
        raw = None if self._folder is None else self._folder.read(self._name)
        try:
            told = parse_json(raw, file=self._name) if raw else None
        except ReadError:
            return None
        if not isinstance(told, dict) or type(told.get("before")) is not int:
            return None
        ended = told.get("ended")
        if not isinstance(ended, dict) or len(ended) > _MOST:
            return None
        sound = all(len(mark) == _MARK_CHARS and type(at) is int for mark, at in ended.items())
        return told if sound else None
