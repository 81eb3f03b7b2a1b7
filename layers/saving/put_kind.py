"""Put a kind of one's own into corridor.toml: the operation, and the text it makes.

Comments and the other kinds stay as they are. Reads and writes no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corridormap.layers.corridor.manifest import Manifest
from corridormap.layers.corridor.own_kind import OwnKind, all_kinds
from corridormap.layers.folder.files import MANIFEST
from corridormap.layers.saving.toml_text import changed_toml, manifest_of, parsed_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from corridormap.layers.wording.kinds import OfKind

__all__ = ["PutKind", "kind_place", "kinds_of", "known_kinds", "with_kind"]

_KEY = "kinds"


class PutKind(BaseModel):
    """Add a kind of one's own, or put it in the place of the one with its id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    op: Literal["put_kind"]
    kind: dict[str, Any]
    was: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    """None when there must be no kind of this id."""


def kind_place(id_: object) -> str:
    """Return by what a kind is known among the objects of corridor.toml."""
    return f"kind {id_}"


def kinds_of(raw: bytes | None) -> list[dict[str, Any]]:
    """Return the kinds that corridor.toml adds, as they stand there; none if it is broken."""
    said = manifest_of(raw).get(_KEY)
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def known_kinds(entries: Iterable[Mapping[str, Any]]) -> Mapping[str, OfKind]:
    """Return the built-in kinds and those that entries add; what is no kind is left out."""
    return all_kinds(kind for entry in entries if (kind := _read(entry)) is not None)


def _read(entry: Mapping[str, Any]) -> OwnKind | None:
    try:
        return OwnKind.model_validate(entry)
    except ValidationError:
        return None


def with_kind(text: str, entry: Mapping[str, Any]) -> str:
    """Return corridor.toml with a kind in the place of the one with its id, or after the others.

    Raises
    ------
    CorridorFormatError
        The text is broken, or what is put is no kind.
    """

    def change() -> str:
        document = parsed_toml(text, MANIFEST)
        held = cast("Any", document.get(_KEY))
        known = next((one for one in held or () if one.get("id") == entry.get("id")), None)
        if known is not None:
            for key in [key for key in known if key not in entry]:
                del known[key]
            for key, value in entry.items():
                if known.get(key) != value:
                    known[key] = value
            return tomlkit.dumps(document)
        block = tomlkit.document()
        block[_KEY] = tomlkit.aot()
        cast("Any", block[_KEY]).append(_table(entry))
        # At the end of the file, where nothing that follows can belong to it.
        return f"{text.rstrip()}\n\n{tomlkit.dumps(block).strip()}\n"

    return changed_toml(MANIFEST, "the kind", Manifest, change)


def _table(entry: Mapping[str, Any]) -> Any:
    made = tomlkit.table()
    for key, value in entry.items():
        if isinstance(value, dict):
            inline = tomlkit.inline_table()
            inline.update(value)
            made[key] = inline
        else:
            made[key] = value
    return made
