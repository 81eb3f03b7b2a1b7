"""Keep the versions of files that a save replaces: the last twenty saves, each in a folder.

They stand in `.corridormap/history`, named after the moment. Nothing is read from there by
the program; a person copies a file back by hand (docs/editing.md).
"""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING

from layers.writing.journal import fsync_folder, home_of, target_of, write_whole

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["HISTORY", "KEPT_SAVES", "keep_version", "name_of", "trim"]

HISTORY = "history"
KEPT_SAVES = 20
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z(-\d+)?")


def name_of(folder: Path, at: dt.datetime) -> str:
    """Return a free name for the versions before a save."""
    stem = f"{at:%Y-%m-%dT%H-%M-%S}.{at.microsecond // 1000:03d}Z"
    name, number = stem, 1
    while (home_of(folder) / HISTORY / name).exists():
        number += 1
        name = f"{stem}-{number:03d}"
    return name


def keep_version(folder: Path, name: str, files: Iterable[str]) -> None:
    """Keep files as they are now, under the name of a save; those that are not there are not."""
    place = home_of(folder) / HISTORY / name
    for file in files:
        path, kept = target_of(folder, file), place / file
        if not path.is_file():
            continue
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.unlink(missing_ok=True)
        try:
            # The very file that is replaced: also what was written into it a moment ago.
            os.link(path, kept)
        except OSError:  # a file system without links
            write_whole(kept, path.read_bytes())
        fsync_folder(kept.parent)


def trim(folder: Path, *, keep: int = KEPT_SAVES) -> None:
    """Let the oldest versions go; anything else that lies there stays."""
    place = home_of(folder) / HISTORY
    if not place.is_dir():
        return
    saves = sorted(path for path in place.iterdir() if _NAME.fullmatch(path.name))
    for old in saves[:-keep] if keep else saves:
        shutil.rmtree(old, ignore_errors=True)
