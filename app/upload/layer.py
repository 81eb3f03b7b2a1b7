"""Make an ``add_layer`` operation of a file from outside and of what its user says of it.

What needs an answer is asked for; nothing is invented and nothing written.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.corridor.own_kind import all_kinds
from corridormap.layers.saving.adopt import adopt
from corridormap.layers.saving.named_source import place_holder, source_from
from corridormap.layers.saving.remedies import PAGE
from corridormap.layers.saving.wishes import Wishes
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from corridormap.app.upload.wish import LayerWish, UploadHead
    from corridormap.geo.formats import Incoming

__all__ = ["layer_of"]


def layer_of(incoming: Incoming, head: UploadHead, *, as_of: str, checked: str) -> dict[str, Any]:
    """Return {"op": the operation, "said": what was done, in sentences}.

    Parameters
    ----------
    incoming
        The file's features.
    head
        What the user says of them; its `wish` is there.
    as_of
        The corridor's date, YYYY-MM-DD.
    checked
        Today, YYYY-MM-DD: the day on which the user looked at the source.

    Raises
    ------
    CorridorError
        Something a layer needs is neither in the file nor said, or a repair is left open.
    """
    wish = head.wish
    if wish is None:
        raise CorridorFormatError("upload-names-no-layer")
    if wish.id in head.layers:
        raise CorridorFormatError("layer-id-is-taken", id=wish.id)
    source, new = _source(wish, head, incoming, checked)
    kept = incoming.without(head.leave_out)
    mended = kept.accept(set(head.accept) & {proposal.id for proposal in kept.proposals})
    if not mended.features:
        raise CorridorFormatError("no-feature-is-left", file=incoming.file)
    wishes = replace(_wishes(wish, incoming.file, source, as_of), kinds=all_kinds(head.kinds))
    if wishes.kind and wishes.kind not in wishes.kinds:
        raise CorridorFormatError(
            "kind-to-add-is-not-known", kind=plain(wishes.kind), known=", ".join(wishes.kinds)
        )
    adopted = adopt(mended.features, wishes, taken=head.taken)
    layer = {"id": wish.id, "title": plain(wish.title), "group": wish.group, "color": wish.color}
    return {
        "op": {
            "op": "add_layer",
            "layer": {key: value for key, value in layer.items() if value},
            "features": adopted.collection["features"],
            "source": new,
        },
        "said": [*(f"{one.problem}. {one.remedy}" for one in mended.done), *adopted.said],
    }


def _source(
    wish: LayerWish, head: UploadHead, incoming: Incoming, checked: str
) -> tuple[str, dict[str, Any] | None]:
    """Return the id of the source, and the source itself when it is new."""
    said = wish.source
    if said.id:
        if said.id not in head.sources:
            raise CorridorFormatError("upload-names-unknown-source", id=plain(said.id))
        return said.id, None
    if said.later:
        known = incoming.origin
        new = place_holder(incoming.file, layer=wish.id, taken=head.sources, known=known)
    else:
        parts = {
            "publisher": said.publisher, "title": said.title, "date": said.date, "url": said.url
        }  # fmt: skip
        day = dt.date.fromisoformat(checked)
        new = source_from(parts, layer=wish.id, taken=head.sources, checked=day)
    return str(new["id"]), new


def _wishes(wish: LayerWish, file: str, source: str, as_of: str) -> Wishes:
    return Wishes(
        layer=wish.id,
        title=plain(wish.title),
        file=file,
        sources=(source,),
        as_of=as_of,
        name_field=wish.name_field,
        unnamed=wish.unnamed,
        id_field=wish.id_field,
        kind=wish.kind,
        mode=wish.mode,
        quality=wish.quality,
        uncertainty_m=wish.uncertainty_m,
        status=wish.status,
        since=wish.since or None,
        number_ids=wish.number_ids,
        keep=wish.keep,
        remedies=PAGE,
    )
