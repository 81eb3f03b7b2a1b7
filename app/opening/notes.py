"""Say what of a corridor could not be read, as whoever opened it is told: a command, a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.folder.place import has_handles
from corridormap.layers.folder.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.geo.errors import Finding
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["opening_notes"]


def opening_notes(corridor: Corridor) -> Iterator[Finding]:
    """Yield what is not shown of a corridor from a folder, and what this system cannot guard."""
    if not has_handles():
        yield Refusal("no-handles", "").finding
    yield from corridor.findings
