"""Make the operations that add a layer of a file from outside and of what its user says of it.

What needs an answer is asked for; nothing is invented and nothing written.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.corridor.own_kind import all_kinds
from corridormap.layers.saving.named_source import place_holder, source_from
from corridormap.layers.saving.remedies import PAGE
from corridormap.layers.saving.take_in import Around, new_layer
from corridormap.layers.saving.wishes import Wishes
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from corridormap.app.upload.wish import LayerWish, SourceWish, UploadHead
    from corridormap.geo.formats import Accepted, Incoming
    from corridormap.layers.saving.take_in import TakenIn

__all__ = ["layer_of", "mended_of", "source_of_wish", "told_of"]


def layer_of(incoming: Incoming, head: UploadHead, *, as_of: str, checked: str) -> dict[str, Any]:
    """Return {"ops": the operations, "said": what was done, "not_understood": values with counts}.

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
    source, new = source_of_wish(wish.source, wish.id, head, incoming, checked)
    mended = mended_of(incoming, head)
    wishes = _wishes(wish, head, incoming.file, source, as_of)
    if wishes.kind and wishes.kind not in wishes.kinds:
        raise CorridorFormatError(
            "kind-to-add-is-not-known", kind=plain(wishes.kind), known=", ".join(wishes.kinds)
        )
    layer = {"id": wish.id, "title": plain(wish.title), "group": wish.group, "color": wish.color}
    entry = {key: value for key, value in layer.items() if value}
    around = Around(incoming.columns, head.taken, head.sources, new)
    return told_of(mended, new_layer(mended.features, wishes, entry, around))


def told_of(mended: Accepted, made: TakenIn) -> dict[str, Any]:
    """Return operations, what was done and what was not understood, as JSON values."""
    return {
        "ops": list(made.operations),
        "said": [*(f"{one.problem}. {one.remedy}" for one in mended.done), *made.said],
        "not_understood": [asdict(one) for one in made.not_understood],
    }


def mended_of(incoming: Incoming, head: UploadHead) -> Accepted:
    """Return a file's features with the repairs made that its user accepted.

    Raises
    ------
    CorridorError
        A repair is left open, or nothing is left.
    """
    kept = incoming.without(head.leave_out)
    mended = kept.accept(set(head.accept) & {proposal.id for proposal in kept.proposals})
    if not mended.features:
        raise CorridorFormatError("no-feature-is-left", file=incoming.file)
    return mended


def source_of_wish(
    said: SourceWish, layer: str, head: UploadHead, incoming: Incoming, checked: str
) -> tuple[str, dict[str, Any] | None]:
    """Return the id of the source, and the source itself when it is new.

    Raises
    ------
    CorridorError
        It is not known, or a new one lacks a part.
    """
    if said.id:
        if said.id not in head.sources:
            raise CorridorFormatError("upload-names-unknown-source", id=plain(said.id))
        return said.id, None
    if said.later:
        known = incoming.origin
        new = place_holder(incoming.file, layer=layer, taken=head.sources, known=known)
    else:
        parts = {
            "publisher": said.publisher, "title": said.title, "date": said.date, "url": said.url
        }  # fmt: skip
        day = dt.date.fromisoformat(checked)
        new = source_from(parts, layer=layer, taken=head.sources, checked=day)
    return str(new["id"]), new


def _wishes(wish: LayerWish, head: UploadHead, file: str, source: str, as_of: str) -> Wishes:
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
        rules=wish.rules,
        kinds=all_kinds(head.kinds),
        remedies=PAGE,
    )
