"""Change layouts.toml as text: one layout put or taken out; comments and other layouts stay.

Takes a text and returns one; reads and writes no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import tomlkit

from corridormap.geo.errors import CorridorFormatError
from corridormap.geo.toml_file import parse_toml
from corridormap.layers.corridor.layouts import Layouts
from corridormap.layers.folder.files import LAYOUTS
from corridormap.layers.saving.toml_text import changed_toml, parsed_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tomlkit.items import Table

__all__ = ["layouts_of", "with_layout", "without_layout"]

_KEY = "layouts"
_HEAD = """\
# What is decided by hand for export layouts: where labels stand, which claims are told and how.
# Positions are longitude and latitude in degrees of a label's left end, middle or right end.
"""


def layouts_of(raw: bytes | None) -> list[dict[str, Any]]:
    """Return the layouts that layouts.toml names, as they stand there; none if it is broken."""
    try:
        said = parse_toml(raw or b"", file=LAYOUTS).get(_KEY)
    except CorridorFormatError:
        return []
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def with_layout(text: str, entry: Mapping[str, Any]) -> str:
    """Return layouts.toml with a layout in the place of the one with its id, or at the end.

    Raises
    ------
    CorridorFormatError
        The text is broken, or what is put is no layout.
    """

    def change() -> str:
        document = parsed_toml(text, LAYOUTS)
        held = cast("Any", document.get(_KEY))
        made = _table(entry)
        at = _index(held, str(entry.get("id")))
        if at is not None:
            held[at] = made
            return tomlkit.dumps(document)
        block = tomlkit.document()
        block[_KEY] = tomlkit.aot()
        cast("Any", block[_KEY]).append(made)
        before = (text if text.strip() else _HEAD).rstrip()
        return f"{before}\n\n{tomlkit.dumps(block).strip()}\n"

    return changed_toml(LAYOUTS, "the layout", Layouts, change)


def without_layout(text: str, id_: str) -> str:
    """Return layouts.toml without a layout.

    Raises
    ------
    CorridorFormatError
        The text is broken.
    """

    def change() -> str:
        document = parsed_toml(text, LAYOUTS)
        held = cast("Any", document.get(_KEY))
        at = _index(held, id_)
        if at is not None:
            del held[at]
        if held is not None and not len(held):
            document.remove(_KEY)
        return tomlkit.dumps(document)

    return changed_toml(LAYOUTS, "the layout", Layouts, change)


def _index(held: Any, id_: str) -> int | None:
    return next((i for i, one in enumerate(held or ()) if one.get("id") == id_), None)


def _table(entry: Mapping[str, Any]) -> Table:
    """Return an entry as a table; its lists of tables as tables of their own, at its end."""
    table = tomlkit.table()
    lists = {
        key: value
        for key, value in entry.items()
        if isinstance(value, list) and value and isinstance(value[0], dict)
    }
    for key, value in entry.items():
        if key not in lists:
            table[key] = value
    for key, rows in lists.items():
        made = tomlkit.aot()
        for row in rows:
            made.append(tomlkit.item(row))
        table[key] = made
    return table
