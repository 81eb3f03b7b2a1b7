"""Make sources of the texts of a column: an entry for each text that names none that is known.

An entry says only what its text says. What it lacks to be whole, `validate` asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.layers.columns.values import folded, is_empty
from corridormap.layers.corridor.source import safe_url
from corridormap.layers.wording.words import plain, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.geo.formats import Feature
    from corridormap.layers.columns.rules import ColumnRules

__all__ = ["sources_of_column"]

_LONGEST_TITLE = 500


def sources_of_column(
    features: Iterable[Feature],
    rules: ColumnRules,
    *,
    layer: str,
    known: Mapping[str, str],
) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Return the id of each text in the column of sources, and the entries that are new.

    Parameters
    ----------
    features
        Those of the file.
    rules
        Which column holds sources; without one, nothing is made.
    layer
        The layer they are for, to name them.
    known
        Titles, by their ids, of the sources that are there.
    """
    column = rules.of("source")
    ids: dict[str, str] = {}
    made: list[dict[str, Any]] = []
    if not column:
        return ids, made
    words = rules.columns[column].words
    by_word = {folded(title): id_ for id_, title in known.items()}
    by_word |= {folded(id_): id_ for id_ in known}
    taken = set(known)
    for feature in features:
        value = feature.properties.get(column)
        text = plain(value) if value is not None else ""
        text = plain(words.get(text, text))
        if is_empty(text) or text in ids:
            continue
        id_ = by_word.get(folded(text))
        if id_ is None:
            id_ = _free(f"src-{layer}", taken)
            taken.add(id_)
            by_word[folded(text)] = id_
            made.append(_entry(id_, text))
        ids[text] = id_
    return ids, made


def _entry(id_: str, text: str) -> dict[str, Any]:
    url = safe_url(text)
    if url is None:
        return {"id": id_, "type": "document", "title": short(text, _LONGEST_TITLE)}
    return {"id": id_, "type": "webpage", "title": short(text, _LONGEST_TITLE), "URL": url}


def _free(base: str, taken: set[str]) -> str:
    base = base[:34].rstrip("-")
    number = 1
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
