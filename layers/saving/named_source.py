"""Turn "Publisher, title, date, URL" into an entry of sources.json, or hold its place.

Nothing is fetched. A place-holder lacks what makes a source whole, so that `validate`
names every feature that leans on it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.corridor.source import safe_url
from corridormap.layers.wording.words import full_date, plain, short

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

__all__ = ["place_holder", "source_from", "source_of"]

_PARTS = 4
_NOTHING: Mapping[str, str] = MappingProxyType({})


def source_of(text: str, *, layer: str, taken: Collection[str], checked: dt.date) -> dict[str, Any]:
    """Return a CSL-JSON entry.

    Parameters
    ----------
    text
        Publisher, title, date and address, with commas between; the title may hold commas,
        the date may be "undated".
    layer
        The layer it is for, to name it.
    taken
        Ids of the sources that are there.
    checked
        The day on which the user looked at it.

    Raises
    ------
    CorridorFormatError
        A part is missing or is not what it should be.
    """
    parts = [part.strip() for part in plain(text).split(",")]
    if len(parts) < _PARTS:
        raise CorridorFormatError("text-names-no-source", text=short(text))
    publisher, *title, date, url = parts
    said = {"publisher": publisher, "title": ", ".join(title), "date": date, "url": url}
    return source_from(said, layer=layer, taken=taken, checked=checked)


def source_from(
    said: Mapping[str, str], *, layer: str, taken: Collection[str], checked: dt.date
) -> dict[str, Any]:
    """Return a CSL-JSON entry of the parts "publisher", "title", "date" and "url".

    Raises
    ------
    CorridorFormatError
        A part is missing or is not what it should be.
    """
    publisher, title, date, url = (
        plain(said.get(key, "")).strip() for key in ("publisher", "title", "date", "url")
    )
    if not publisher or not title:
        raise CorridorFormatError("source-has-no-title" if publisher else "source-has-no-publisher")
    if url and safe_url(url) is None:
        raise CorridorFormatError("source-address-is-not-one", url=short(url))
    undated = date.lower() == "undated"
    if not undated and full_date(date) is None:
        raise CorridorFormatError("source-date-is-not-one", date=short(date))
    issued: dict[str, Any] = {"literal": "undated"}
    if not undated:
        issued = {"date-parts": [[int(part) for part in date.split("-")]]}
    made: dict[str, Any] = {
        "id": _free(f"src-{layer}", taken),
        "type": "dataset",
        "title": title,
        "publisher": publisher,
        "container-title": publisher,
        "issued": issued,
        "accessed": {"date-parts": [[checked.year, checked.month, checked.day]]},
    }
    return {**made, "URL": url} if url else made  # `validate` tells of what has no address


def place_holder(
    file: str, *, layer: str, taken: Collection[str], known: Mapping[str, str] = _NOTHING
) -> dict[str, Any]:
    """Return an entry that says which file still needs its source, and what its format tells of it.

    Parameters
    ----------
    file
        The file.
    layer
        The layer it is for, to name it.
    taken
        Ids of the sources that are there.
    known
        Fields that go without saying, as the licence of OpenStreetMap's data.
    """
    return {
        "id": _free(f"todo-{layer}", taken),
        "type": "dataset",
        "title": f"Source of {short(file)}, still to be named",
        **known,
    }


def _free(wanted: str, taken: Collection[str]) -> str:
    base = wanted[:36].rstrip("-")
    number = 1
    while (name := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return name
