"""Keep the versions of files that a save replaces: the last twenty saves, each in a folder.

They stand in `.corridormap/history`, named after the moment. A file that the save created has
none; an empty one below `.created` says so. Read by `versions`.
"""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from typing import TYPE_CHECKING

from corridormap.layers.folder.journal import AT, LARGEST_BYTES
from corridormap.layers.folder.refusal import RefusedError
from corridormap.layers.saving.placing import clear, flush, made_folder, remove, write_new

if TYPE_CHECKING:
    import datetime as dt

    from corridormap.layers.folder.place import Place

__all__ = [
    "CREATED",
    "HISTORY",
    "KEPT_SAVES",
    "NAME",
    "keep_version",
    "moment_of",
    "name_of",
    "trim",
]

HISTORY = "history"
KEPT_SAVES = 20
CREATED = ".created"
"""In the folder of a save: below it, the names of files that were not there before. No file of a
corridor begins with a dot."""
NAME = re.compile(AT)
_MOST_NAMES = 100_000


def moment_of(at: dt.datetime) -> str:
    """Return the name of the versions before a save that was made then, the only one."""
    return f"{at:%Y-%m-%dT%H-%M-%S}.{at.microsecond // 1000:03d}Z"


def name_of(home: Place, at: dt.datetime) -> str:
    """Return a free name for the versions before a save."""
    stem = moment_of(at)
    try:
        with home.into(HISTORY) as history:
            taken = set(history.names(_MOST_NAMES)[0])
    except FileNotFoundError:
        return stem
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number:03d}"
    return name


def keep_version(home: Place, at: str, place: Place, name: str) -> None:
    """Keep a file of a folder as it is now, or that there is none, under the name of a save."""
    try:
        state = place.state(name)
    except FileNotFoundError:
        state = None
    beside = () if state else (CREATED,)
    with ExitStack() as held:
        kept = held.enter_context(made_folder(home, HISTORY))
        # As deep as the file stands in the corridor.
        for folder in (at, *beside, *place.named(name).split("/")[:-1]):
            kept = held.enter_context(made_folder(kept, folder))
        remove(kept, name)
        if state is None:
            write_new(kept, name, b"")
        elif state.st_nlink > 1 or not _linked(place, kept, name):
            # Somebody else's name for the file is none of ours, and gets no more of them.
            write_new(kept, name, place.read(name, LARGEST_BYTES))
        flush(kept)


def _linked(place: Place, kept: Place, name: str) -> bool:
    """Keep the very file that is replaced: also what was written into it a moment ago."""
    try:
        os.link(
            place.at(name),
            kept.at(name),
            src_dir_fd=place.handle,
            dst_dir_fd=kept.handle,
            follow_symlinks=False,
        )
    except OSError:  # a file system without links
        return False
    return True


def trim(home: Place, *, keep: int = KEPT_SAVES) -> None:
    """Let the oldest versions go; anything else that lies there stays."""
    try:
        with home.into(HISTORY) as history:
            names = history.names(_MOST_NAMES)[0]
            saves = [name for name in names if NAME.fullmatch(name)]
            for old in saves[:-keep] if keep else saves:
                clear(history, old)
    except (FileNotFoundError, RefusedError):
        return
