"""Say which format a corridor's folder has: the number in corridor.toml, and what it means.

1
    Version 0.1.0. The key is not there.
2
    Version 0.2.0. `format = 2` stands in corridor.toml, and `projection` may; all else is as in
    format 1.

A folder of an older format is read as it stands, and changed by a save only. One of a newer format
is refused before anything of it is read: what it means is not known here. Who makes a format that
means something else raises the number here, tells of it above, and writes the step that leads to
it (layers/saving/upgrade.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.folder.files import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIRST_FORMAT", "FORMAT", "KEY", "format_of"]

FORMAT = 2
"""What is written, and the newest that is read."""
FIRST_FORMAT = 1
"""What a folder has that does not say."""
KEY = "format"


def format_of(said: Mapping[str, Any]) -> int:
    """Return the format of a folder.

    Parameters
    ----------
    said
        What its corridor.toml says.

    Raises
    ------
    CorridorFormatError
        It is newer than this program, or no number.
    """
    number = said.get(KEY, FIRST_FORMAT)
    if type(number) is not int or number < FIRST_FORMAT:  # to Python, true is a number
        raise CorridorFormatError("format-is-not-a-whole-number", file=MANIFEST, format=FORMAT)
    if number > FORMAT:
        raise CorridorFormatError(
            "corridor-is-newer-than-program", file=MANIFEST, number=number, format=FORMAT
        )
    return number
