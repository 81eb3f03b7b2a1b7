"""Bring a corridor's folder from an older format to today's: one step for each number.

Every save writes today's format (layers/saving/apply.py); this does the same without a change. A
step is given all files and returns those that change, with comments and the order of keys as they
were. Nothing but a save or the user's own wish upgrades a folder: reading never does.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from corridormap.layers.folder.files import MANIFEST
from corridormap.layers.folder.format import FORMAT, KEY, format_of
from corridormap.layers.saving.history import moment_of
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.saving.store import save_files
from corridormap.layers.saving.toml_text import manifest_of, with_format

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Files = Mapping[str, bytes]

__all__ = ["STEPS", "Step", "Upgrade", "changes_of_upgrade", "upgrade_folder"]


@dataclass(frozen=True)
class Step:
    """What leads from one format to the next."""

    said: str
    """What it does, as a sentence."""
    change: Callable[[Files], Files]
    """Given all files, returns the whole new content of each that changes; the number in
    corridor.toml is written after it."""


STEPS: Mapping[int, Step] = MappingProxyType(
    {1: Step(f"{MANIFEST} says {KEY} = 2; nothing else changes.", lambda _files: {})}
)
"""By the format that a step leads from."""


@dataclass(frozen=True)
class Upgrade:
    """What became of a folder."""

    before: int
    """The format that it had."""
    said: tuple[str, ...]
    """What was done, in sentences; none if it had today's format."""
    files: tuple[str, ...]
    """The files that were written."""
    moment: str
    """The folder in `.corridormap/history` that has their versions before."""


def changes_of_upgrade(files: Files) -> dict[str, bytes]:
    """Return the whole new content of each file that an upgrade to today's format changes.

    A corridor.toml that is not there or broken says no format, and is left as it is.

    Raises
    ------
    CorridorFormatError
        The format is a newer one, or no number.
    """
    said = manifest_of(files.get(MANIFEST))
    if not said:
        return {}
    changed: dict[str, bytes] = {}
    for number in range(format_of(said), FORMAT):
        changed |= STEPS[number].change({**files, **changed})
        text = changed.get(MANIFEST, files[MANIFEST]).decode("utf-8-sig")
        changed[MANIFEST] = with_format(text, number + 1).encode("utf-8")
    return changed


def upgrade_folder(folder: Path, *, at: dt.datetime) -> Upgrade:
    """Save a folder in today's format; one that has it is not touched.

    Parameters
    ----------
    folder
        The corridor's folder.
    at
        When, for the name under which the versions before are kept.

    Raises
    ------
    CorridorFormatError
        The format is a newer one, or a file cannot be read or written.
    """
    found = Snapshot.of(folder).files
    before = format_of(manifest_of(found.get(MANIFEST)))
    changed = changes_of_upgrade(found)
    if changed:
        save_files(folder, lambda now: changes_of_upgrade(now.files), at=at)
    said = tuple(STEPS[number].said for number in range(before, FORMAT))
    return Upgrade(before, said, tuple(sorted(changed)), moment_of(at))
