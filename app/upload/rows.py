"""Show what the first rows of a file become by the rules that its user has chosen so far."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.columns.preview import preview_of
from corridormap.layers.columns.rows import Given
from corridormap.layers.columns.sources import sources_of_column
from corridormap.layers.corridor.own_kind import all_kinds

if TYPE_CHECKING:
    from corridormap.app.upload.wish import UploadHead
    from corridormap.geo.formats import Incoming

__all__ = ["rows_told"]


def rows_told(incoming: Incoming, head: UploadHead, *, as_of: str) -> dict[str, Any]:
    """Return what the first rows become, and the values of all rows that are not understood.

    Parameters
    ----------
    incoming
        The file's features.
    head
        What the user says of them; its `rows` is there.
    as_of
        The corridor's date, YYYY-MM-DD.

    Raises
    ------
    CorridorFormatError
        A rule is of a column that the file does not have.
    """
    wish = head.rows
    if wish is None:
        raise CorridorFormatError("upload-names-no-layer")
    wish.rules.require_columns(incoming.columns, incoming.file)
    ids, made = sources_of_column(incoming.features, wish.rules, layer="new", known=head.sources)
    titles = {**head.sources, **{one["id"]: one["title"] for one in made}}
    shown = {text: titles[id_] or id_ for text, id_ in ids.items()}
    given = Given(
        as_of,
        status=wish.status,
        since=wish.since or None,
        source_ids=shown,
        kinds=all_kinds(head.kinds),
    )
    return asdict(preview_of(incoming.features, wish.rules, given))
