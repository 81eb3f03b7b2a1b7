"""Check what is put by hand against the corridor: features and claims that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.geo.errors import Finding
from corridormap.layers.folder.files import LAYOUTS
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["layout_findings"]


def layout_findings(corridor: Corridor) -> Iterator[Finding]:
    """Yield the ids in layouts.toml that nothing has; what is right of it is drawn all the same."""
    whole = len(corridor.layers) == len(corridor.manifest.layers)
    claims = {annotation.id for annotation in corridor.annotations}
    for entry in corridor.layouts.layouts:
        named = [("labels", label.feature) for label in entry.labels]
        named += [("hidden", id_) for id_ in entry.hidden]
        for what, id_ in named:
            if whole and not corridor.is_in_a_file(id_):
                yield Finding(
                    "layouts-name-unknown-feature",
                    LAYOUTS,
                    entry.id,
                    what,
                    what=what,
                    id=short(id_),
                )
        told = [("claims", id_) for id_ in entry.claims or ()]
        told += [("words", words.claim) for words in entry.words]
        for what, id_ in told:
            if id_ not in claims:
                yield Finding(
                    "layouts-name-unknown-claim", LAYOUTS, entry.id, what, what=what, id=short(id_)
                )
