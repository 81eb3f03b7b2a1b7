"""Tell the versions of a corridor in words: when, what each save changed, what can be restored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from corridormap.geo.errors import CorridorError
from corridormap.layers.changes.editions import changes_of_editions
from corridormap.layers.changes.words import change_text
from corridormap.layers.corridor.corridor import Corridor
from corridormap.layers.saving.history import KEPT_SAVES
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.changes.change import Change
    from corridormap.layers.saving.snapshot import Snapshot
    from corridormap.layers.saving.versions import Version

__all__ = ["KEPT_TEXT", "ToldVersion", "told_versions"]

KEPT_TEXT = (
    f"The folder as it was before each of the last {KEPT_SAVES} saves is kept. "
    "Restoring one is a save as well: it can be undone by restoring the version before it."
)
_MOST_LINES = 40
_KEPT = 64
_CHARACTERS = 160


@dataclass(frozen=True)
class ToldVersion:
    """A version in words."""

    name: str
    at: str
    """When the save after it was made, ISO 8601, UTC."""
    summary: str
    """What that save changed: "2 features changed, 1 claim added"."""
    files: tuple[str, ...]
    lines: tuple[str, ...]
    """What changed, thing by thing."""
    more: int
    """How many things are not in `lines`."""
    trouble: str
    """Why it cannot be restored; empty if it can."""


@dataclass(frozen=True)
class _Pair:
    """Two states of a folder, told apart from other pairs by their revisions alone."""

    before: Snapshot
    after: Snapshot

    @property
    def _revisions(self) -> tuple[str, str]:
        return self.before.revision, self.after.revision

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Pair) and self._revisions == other._revisions

    def __hash__(self) -> int:
        return hash(self._revisions)


def told_versions(versions: Iterable[Version]) -> list[ToldVersion]:
    """Return versions in words, in their order."""
    return [_told(version) for version in versions]


def _told(version: Version) -> ToldVersion:
    name, at, files = version.name, version.at, version.files
    if version.before is None or version.after is None:
        summary = "What was kept cannot be read"
        trouble = str(version.trouble) if version.trouble else summary
        return ToldVersion(name, at, summary, files, (), 0, trouble)
    summary, lines, more = _changed(_Pair(version.before, version.after))
    return ToldVersion(name, at, summary, files, lines, more, "")


@lru_cache(maxsize=_KEPT)
def _changed(pair: _Pair) -> tuple[str, tuple[str, ...], int]:
    try:
        older, newer = (Corridor.of(dict(one.files)) for one in (pair.before, pair.after))
        changes = changes_of_editions(older, newer)
    except CorridorError as error:
        return f"Cannot be told thing by thing: {error.faults[0].problem}", (), 0
    rows = [(key, list(of_it)) for key, of_it in groupby(changes, key=_key)]
    lines = tuple(_line(about, of_it) for (about, _), of_it in rows[:_MOST_LINES])
    return _summary(rows), lines, max(0, len(rows) - _MOST_LINES)


def _key(change: Change) -> tuple[str, str]:
    return change.about, change.id


def _summary(rows: list[tuple[tuple[str, str], list[Change]]]) -> str:
    """Return how many things of each sort came, went or were changed."""
    counts: Counter[tuple[str, str]] = Counter()
    for (about, _), of_it in rows:
        first = of_it[0]
        came = "added" if first.before is None else "removed"
        counts[about, came if first.field == "presence" else "changed"] += 1
    parts = [
        f"{number} {about}{'' if number == 1 else 's'} {what}"
        for (about, what), number in counts.items()
    ]
    return ", ".join(parts) or "Settings, texts or the order of entries"


def _line(about: str, of_it: list[Change]) -> str:
    what = "" if about == "feature" else f"{about} "
    texts = [short(change_text(change, noted=False), _CHARACTERS) for change in of_it]
    return f"{what}{of_it[0].name}: {'; '.join(texts)}"
