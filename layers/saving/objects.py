"""Know what a corridor's files say, object by object, and write changed files as text.

Files come in as bytes and go out as bytes; an object that is not changed keeps the text it
has in its file. Reads and writes no file itself.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import CorridorError, CorridorFormatError
from corridormap.geo.json_file import parse_json
from corridormap.layers.folder.files import ANNOTATIONS, COLUMNS, SOURCES, layer_file
from corridormap.layers.saving.json_patch import patched
from corridormap.layers.saving.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["JsonList", "list_or_none", "new_layer_text"]

_BOM = "\ufeff"
_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"claim": "urn:corridormap:claim"}]
_HOLDERS = {SOURCES: None, COLUMNS: None, ANNOTATIONS: "items"}


class JsonList:
    """The objects of one file: a layer's features, the annotations or the sources.

    Parameters
    ----------
    file
        Its name relative to the corridor's folder.
    raw
        What the file holds, or None if there is none yet.

    Raises
    ------
    CorridorError
        The file is broken: nothing in it can be changed.
    """

    def __init__(self, file: str, raw: bytes | None) -> None:
        self.file = file
        self._key = _HOLDERS.get(file, "features")
        text = _blank(file) if raw is None else raw.decode("utf-8")
        self._mark = _BOM if text.startswith(_BOM) else ""
        self._text = text.removeprefix(_BOM)
        self._old = parse_json(self._text.encode(), file=file)
        self._new = copy.copy(self._old)
        entries = self._old.get(self._key) if self._key and _is_object(self._old) else self._old
        if not isinstance(entries, list) or not all(_is_object(entry) for entry in entries):
            raise CorridorFormatError("not-a-list-of-objects", file=file)
        self._slots: list[dict[str, Any] | None] = []
        self._at: dict[str, list[int]] = {}
        """Where the objects of an id stand: a broken file may have several."""
        for entry in entries:
            self.append(entry)

    @property
    def entries(self) -> list[dict[str, Any]]:
        """All objects, in their order."""
        return [entry for entry in self._slots if entry is not None]

    def get(self, id_: str) -> dict[str, Any] | None:
        """Return the object of an id, or None."""
        at = self._at.get(id_)
        return self._slots[at[0]] if at else None

    def put(self, entry: Mapping[str, Any]) -> None:
        """Put an object in the place of the one with its id, or at the end."""
        made = dict(entry)
        at = self._at.get(made["id"])
        if at:
            self._slots[at[0]] = made
        else:
            self.append(made)

    def remove(self, id_: str) -> None:
        """Take the object of an id out, if it is there."""
        for at in self._at.pop(id_, ()):
            self._slots[at] = None

    def append(self, entry: Mapping[str, Any]) -> None:
        """Put an object at the end, whatever its id is."""
        id_ = entry.get("id")
        if isinstance(id_, str):
            self._at.setdefault(id_, []).append(len(self._slots))
        self._slots.append(dict(entry))

    def content(self) -> bytes:
        """Return the file with its changes; its other lines are as they were."""
        new = {**self._old, self._key: self.entries} if self._key else self.entries
        return (self._mark + patched(self._text, self._old, new)).encode("utf-8")


def list_or_none(file: str, raw: bytes | None) -> JsonList | None:
    """Return the objects of a file, or None when it is missing or broken."""
    if raw is None:
        return None
    try:
        return JsonList(file, raw)
    except (CorridorError, UnicodeDecodeError):
        return None


def new_layer_text(layer: str, features: tuple[Mapping[str, Any], ...]) -> bytes:
    """Return the file of a new layer."""
    made = JsonList(layer_file(layer), None)
    for feature in features:
        made.append(feature)
    return made.content()


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _blank(file: str) -> str:
    if file in {SOURCES, COLUMNS}:
        return "[]\n"
    blank: dict[str, Any] = {"type": "FeatureCollection", "features": []}
    if file == ANNOTATIONS:
        blank = {
            "@context": _CONTEXT,
            "type": "AnnotationPage",
            "id": "annotations",
            "items": [],
        }
    body = ",\n".join(f"  {json_text(k)}: {json_text(v, indent='  ')}" for k, v in blank.items())
    return f"{{\n{body}\n}}\n"
