"""Apply operations to a corridor's files in memory: files in, changed files out.

An object that is not as an operation says it was is a conflict and is named with what it is
now; nothing is overwritten unseen. What comes out is of today's format; whether it is a good
corridor is checked elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import CorridorError, CorridorFormatError
from corridormap.layers.folder.files import LAYOUTS, MANIFEST, SOURCES, STYLE, layer_file
from corridormap.layers.saving.edits import (
    AddLayer,
    PutAnnotation,
    PutArticle,
    PutColumns,
    PutCorridor,
    PutFeature,
    PutKind,
    PutLayer,
    PutLayout,
    PutOrder,
    PutSource,
    RemoveAnnotation,
    RemoveFeature,
    RemoveLayer,
    RemoveLayout,
    hash_of,
)
from corridormap.layers.saving.json_patch import same
from corridormap.layers.saving.layouts_text import layouts_of, with_layout, without_layout
from corridormap.layers.saving.objects import JsonList, new_layer_text
from corridormap.layers.saving.operation_places import place_of_object
from corridormap.layers.saving.put_kind import kind_place, kinds_of, with_kind
from corridormap.layers.saving.set_by import found_by, set_by
from corridormap.layers.saving.toml_text import (
    manifest_of,
    with_article,
    with_layer,
    with_look,
)
from corridormap.layers.saving.upgrade import changes_of_upgrade
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.layers.saving.edits import OfSettings, OfToml, Operation

__all__ = [
    "Applied",
    "Conflict",
    "RefusedOperationError",
    "apply",
    "article_of",
]


@dataclass(frozen=True)
class Conflict:
    """An object that somebody else has changed as well."""

    op: int
    """The first operation on it."""
    file: str
    id: str
    theirs: Mapping[str, Any] | None
    """The object as it is now; None when it was taken away."""


@dataclass(frozen=True)
class Applied:
    """What became of operations."""

    changes: Mapping[str, bytes]
    """The whole new content of each file that changes."""
    conflicts: tuple[Conflict, ...]
    gone: frozenset[str] = frozenset()
    """Files that are taken away."""

    @property
    def to_save(self) -> dict[str, bytes | None]:
        """The new content of each file; None of one that is taken away."""
        return {**self.changes, **dict.fromkeys(self.gone)}

    def over(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return files as they are with the changes."""
        made = {**files, **self.changes}
        return {name: body for name, body in made.items() if name not in self.gone}


class RefusedOperationError(CorridorFormatError):
    """An operation cannot be applied; `op` is its index."""

    op = 0

    @classmethod
    def at(cls, op: int, error: CorridorError) -> RefusedOperationError:
        """Return an error as that of one operation."""
        made = cls.of(error.faults)
        made.op = op
        return made


def apply(files: Mapping[str, bytes], operations: Sequence[Operation]) -> Applied:
    """Apply operations one after the other.

    Parameters
    ----------
    files
        A corridor's files by their names relative to its folder.
    operations
        What is to be changed.

    Raises
    ------
    RefusedOperationError
        One speaks of a layer that is not there, or of a file that is broken.
    CorridorFormatError
        The corridor is of a newer format than this program writes.
    """
    work = _Work(files, changes_of_upgrade(files))
    for index, operation in enumerate(operations):
        try:
            work.do(index, operation)
        except UnicodeDecodeError as error:
            wrong = CorridorFormatError("file-is-not-utf-8")
            raise RefusedOperationError.at(index, wrong) from error
        except CorridorError as error:
            raise RefusedOperationError.at(index, error) from error
    return Applied(work.changes(), tuple(work.conflicts), work.gone())


def article_of(manifest: bytes | None) -> dict[str, Any]:
    """Return what corridor.toml says of the article; empty if it says nothing."""
    said = manifest_of(manifest).get("article")
    return said if isinstance(said, dict) else {}


class _Work:
    """Files on the way from what they are to what they become."""

    def __init__(self, files: Mapping[str, bytes], upgraded: Mapping[str, bytes]) -> None:
        self._files = {**files, **upgraded}
        self._found = files
        self._lists: dict[str, JsonList] = {}
        self._seen: set[tuple[str, str]] = set()
        self._changed = set(upgraded)
        self._manifest: dict[str, Any] | None = None
        self._disputed: set[tuple[str, str]] = set()
        self.conflicts: list[Conflict] = []

    def gone(self) -> frozenset[str]:
        """Return the files that are there no more."""
        return frozenset(self._found) - frozenset(self._files)

    def changes(self) -> dict[str, bytes]:
        """Return the files that say something else than before."""
        made = {name: self._files[name] for name in self._changed if name in self._files}
        made |= {n: one.content() for n, one in self._lists.items() if n in self._changed}
        return made

    def do(self, index: int, operation: Operation) -> None:
        """Apply one operation, or note its conflict."""
        match operation:
            case PutFeature() | RemoveFeature():
                self._require_layer(operation.layer)
            case PutAnnotation() | RemoveAnnotation() | PutSource() | PutColumns():
                pass
            case _:
                self._do_toml(index, operation)
                return
        file, id_ = place_of_object(operation)
        held = self._list(file)
        match operation:
            case RemoveFeature() | RemoveAnnotation():
                if self._is_free(index, (file, id_), operation.was, None):
                    held.remove(id_)
            case (
                PutFeature(feature=entry)
                | PutAnnotation(annotation=entry)
                | PutSource(source=entry)
                | PutColumns(columns=entry)
            ):
                self._put(index, held, entry, operation.was)
        self._changed.add(file)

    def _do_toml(self, index: int, operation: OfToml) -> None:
        match operation:
            case AddLayer():
                self._add_layer(index, operation)
            case PutArticle():
                self._put_article(index, operation)
            case PutKind():
                self._put_kind(index, operation)
            case PutLayout() | RemoveLayout():
                self._change_layout(index, operation)
            case PutCorridor() | PutLayer() | RemoveLayer() | PutOrder():
                if self._is_agreed(index, operation):
                    self._set(operation)

    def _put(self, index: int, held: JsonList, entry: Mapping[str, Any], was: str | None) -> None:
        id_ = entry.get("id")
        if not isinstance(id_, str) or not id_:
            raise CorridorFormatError("id-is-missing", file=held.file)
        if self._is_free(index, (held.file, id_), was, entry):
            held.put(entry)

    def _is_free(
        self, index: int, place: tuple[str, str], was: str | None, mine: Mapping[str, Any] | None
    ) -> bool:
        """Tell whether an object is as it is said to have been; note a conflict if not."""
        if place in self._seen:  # from its first operation on, it is as that left it
            return place not in self._disputed
        self._seen.add(place)
        now = self._now(*place)
        agreed = now is None and mine is None
        agreed = agreed or (now is not None and mine is not None and same(dict(mine), now))
        if agreed or (hash_of(now) if now is not None else None) == was:
            return True
        self.conflicts.append(Conflict(index, *place, now))
        self._disputed.add(place)
        return False

    def _now(self, file: str, id_: str) -> dict[str, Any] | None:
        """Return an object as it is by now."""
        if file == MANIFEST:
            held = kinds_of(self._files.get(MANIFEST))
            return next((one for one in held if kind_place(one.get("id")) == id_), None)
        if file != LAYOUTS:
            return self._list(file).get(id_)
        held = layouts_of(self._files.get(LAYOUTS))
        return next((one for one in held if one.get("id") == id_), None)

    def _list(self, file: str) -> JsonList:
        if file not in self._lists:
            self._lists[file] = JsonList(file, self._files.get(file))
        return self._lists[file]

    def _said(self) -> dict[str, Any]:
        """Return what corridor.toml says by now."""
        if self._manifest is None:
            self._manifest = manifest_of(self._files.get(MANIFEST))
        return self._manifest

    def _layers(self) -> list[dict[str, Any]]:
        said = self._said().get("layers")
        return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []

    def _require_layer(self, layer: str) -> None:
        known = [str(one.get("id")) for one in self._layers()]
        if layer not in known:
            raise CorridorFormatError(
                "edit-of-unknown-layer", file=MANIFEST, layer=short(layer), known=", ".join(known)
            )

    def _text(self, file: str) -> str:
        return self._files.get(file, b"").decode("utf-8-sig")

    def _write(self, file: str, text: str) -> None:
        self._files[file] = text.encode("utf-8")
        self._changed.add(file)
        if file == MANIFEST:
            self._manifest = None

    def _add_layer(self, index: int, operation: AddLayer) -> None:
        new = operation.layer
        file = layer_file(new.id)
        self._seen.add((MANIFEST, new.id))
        known = next((one for one in self._layers() if one.get("id") == new.id), None)
        if known is not None or file in self._files:
            theirs = known or {"id": new.id}
            self.conflicts.append(Conflict(index, MANIFEST, new.id, theirs))
            self._disputed.add((MANIFEST, new.id))
            return
        entry = new.model_dump(exclude_none=True, exclude={"color"}, exclude_defaults=True)
        groups = self._said().get("groups")
        if new.group is None and isinstance(groups, list) and groups:
            entry["group"] = groups[-1].get("id")
        entry |= {"notes": list(new.notes)} if new.notes else {}
        self._write(MANIFEST, with_layer(self._text(MANIFEST), entry))
        if new.color is not None:
            self._write(STYLE, with_look(self._text(STYLE), new.id, {"color": new.color}))
        self._files[file] = new_layer_text(new.id, operation.features)
        self._changed.add(file)
        self._seen |= {(file, str(one.get("id"))) for one in operation.features}
        if operation.source is not None:
            self._put(index, self._list(SOURCES), operation.source, None)
            self._changed.add(SOURCES)

    def _is_agreed(self, index: int, operation: OfSettings) -> bool:
        """Tell whether what is set is as it is said to have been; note a conflict if not."""
        place = place_of_object(operation)
        if place in self._seen:
            return place not in self._disputed
        self._seen.add(place)
        now, found = found_by(operation, self._found)
        if operation.was is None or (found is not None and hash_of(found) == operation.was):
            return True
        self._disputed.add(place)
        if now is not None or not isinstance(operation, RemoveLayer):
            self.conflicts.append(Conflict(index, *place, now))
        return False

    def _set(self, operation: OfSettings) -> None:
        if isinstance(operation, PutLayer | RemoveLayer):
            self._require_layer(place_of_object(operation)[1])
        style = self._text(STYLE)
        manifest, looks = set_by(operation, self._text(MANIFEST), style)
        self._write(MANIFEST, manifest)
        if looks != style:
            self._write(STYLE, looks)
        if isinstance(operation, RemoveLayer):
            file = layer_file(operation.id)
            self._files.pop(file, None)
            self._lists.pop(file, None)
            self._changed.discard(file)

    def _put_article(self, index: int, operation: PutArticle) -> None:
        said = self._said().get("article")
        before = said if isinstance(said, dict) else {}
        first = (MANIFEST, "") not in self._seen
        self._seen.add((MANIFEST, ""))
        if first and operation.was is not None and operation.was != hash_of(before):
            self.conflicts.append(Conflict(index, MANIFEST, "", before))
            self._disputed.add((MANIFEST, ""))
            return
        self._write(MANIFEST, with_article(self._text(MANIFEST), operation.article))

    def _put_kind(self, index: int, operation: PutKind) -> None:
        if self._is_free(index, place_of_object(operation), operation.was, operation.kind):
            self._write(MANIFEST, with_kind(self._text(MANIFEST), operation.kind))

    def _change_layout(self, index: int, operation: PutLayout | RemoveLayout) -> None:
        place = place_of_object(operation)
        put = operation.layout if isinstance(operation, PutLayout) else None
        if not place[1]:
            raise CorridorFormatError("id-is-missing", file=LAYOUTS)
        if not self._is_free(index, place, operation.was, put):
            return
        text = self._text(LAYOUTS)
        self._write(
            LAYOUTS, without_layout(text, place[1]) if put is None else with_layout(text, put)
        )
