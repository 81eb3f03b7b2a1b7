"""Say what the next edition of a file does to its layer, and with which operations.

The layer comes with the upload, as the draft has it; nothing is taken away unasked.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from corridormap.app.upload.layer import mended_of, source_of_wish, told_of
from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.corridor.own_kind import all_kinds
from corridormap.layers.folder.files import layer_file
from corridormap.layers.saving.objects import JsonList
from corridormap.layers.saving.remedies import PAGE
from corridormap.layers.saving.take_in import Around, next_edition, wishes_again
from corridormap.layers.saving.wishes import Wishes

if TYPE_CHECKING:
    from corridormap.app.upload.wish import UploadHead
    from corridormap.geo.formats import Incoming
    from corridormap.geo.measure import Bbox

__all__ = ["edition_told"]


def edition_told(
    incoming: Incoming, head: UploadHead, held: bytes, *, as_of: str, checked: str, extent: Bbox
) -> dict[str, Any]:
    """Return the operations of an update, and each row that is added, changed or gone.

    Parameters
    ----------
    incoming
        The file's features.
    head
        What the user says of them; its `edition` is there.
    held
        The layer as the draft has it, in GeoJSON.
    as_of, extent
        The corridor's date and its extent in degrees.
    checked
        Today, YYYY-MM-DD: the day on which the user looked at the source.

    Raises
    ------
    CorridorError
        As for a new layer, or the layer cannot be read.
    """
    wish = head.edition
    if wish is None or wish.recipe.id not in head.layers:
        raise CorridorFormatError(
            "layer-to-update-is-missing",
            id=wish.recipe.id if wish else "",
            known=", ".join(head.layers),
        )
    layer = wish.recipe.id
    source, new = source_of_wish(wish.source, layer, head, incoming, checked)
    mended = mended_of(incoming, head)
    kinds = all_kinds(head.kinds)
    plain = Wishes(layer, layer, incoming.file, (source,), as_of, remedies=PAGE, kinds=kinds)
    made = next_edition(
        mended.features,
        wishes_again(plain, wish.recipe),
        JsonList(layer_file(layer), held).entries,
        Around(incoming.columns, head.taken, head.sources, new),
        remove_gone=wish.remove_gone,
        extent=extent,
    )
    return {
        **told_of(mended, made),
        "told": [asdict(one) for one in made.told],
        "same": made.same,
        "unmatched": list(made.unmatched),
    }
