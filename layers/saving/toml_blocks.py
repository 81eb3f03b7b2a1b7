"""Change keys and lists of tables in a TOML text: set, add, take out, order; comments stay.

A table is its lines from `[[name]]` to the next head, with the comment that stands right above it.
The comment above the first of a list speaks of the list, and stays where it is. What a change
makes is read back and held against what was meant: a text whose lines mislead (a head inside a
long string) is refused, never damaged. Takes a text and returns one; reads and writes no file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import tomlkit

from corridormap.geo.errors import CorridorFormatError
from corridormap.geo.toml_file import parse_toml
from corridormap.layers.saving.toml_text import parsed_toml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["with_entries", "with_keys", "without_table"]

_ID = re.compile(r'\s*"?id"?\s*=')


@dataclass(eq=False)
class _Block:
    """The lines of one table, and of those below it."""

    head: str
    """Its first line, without white space and comment."""
    body: str
    comment: str = ""
    """What stands right above its head."""
    gap: str = ""
    """What follows it: blank lines, and comments that are not the next table's."""

    def text(self) -> str:
        return self.comment + self.body + self.gap


def with_keys(text: str, values: Mapping[str, Any], *, file: str) -> str:
    """Return a text with keys set that stand before its tables; those that are None go.

    Raises
    ------
    CorridorFormatError
        They cannot be changed without changing something else.
    """
    said = parse_toml(text.encode(), file=file)
    document = parsed_toml(text, file)
    new = {}
    for key, value in values.items():
        if value is None:
            document.pop(key, None)
        elif key not in said:
            new[key] = value
        elif said[key] != value:
            document[key] = value
    made = tomlkit.dumps(document)
    if new:
        start, blocks = _split(made)
        own = _with_lines(start, new, _end_of(text))
        made = own + "".join(block.text() for block in blocks)
    meant = {key: value for key, value in {**said, **values}.items() if value is not None}
    return _checked(made, meant, file)


def with_entries(text: str, key: str, entries: Sequence[Mapping[str, Any]], *, file: str) -> str:
    """Return a text whose list of tables is this one, told apart by their `id`.

    Parameters
    ----------
    text
        The file's.
    key
        The list's name.
    entries
        All tables in their order; a table of an id that is there keeps its lines, but for the
        keys that change.
    file
        Its name, for messages.

    Raises
    ------
    CorridorFormatError
        The list cannot be changed without changing something else.
    """
    said = parse_toml(text.encode(), file=file)
    wanted = [dict(one) for one in entries]
    if said.get(key, []) == wanted:
        return text
    document = parsed_toml(text, file)
    held = {str(one.get("id")): one for one in cast("Any", document.get(key)) or ()}
    new: dict[str, dict[str, Any]] = {}
    for entry in wanted:
        id_ = str(entry.get("id"))
        if id_ in held:
            new[id_] = _set(held[id_], entry)
    start, blocks = _split(tomlkit.dumps(document))
    try:
        made = _rebuilt(start, blocks, key, wanted, new, _end_of(text))
    except CorridorFormatError as error:  # a line that looked like an id is none
        raise CorridorFormatError("toml-would-say-something-else", file=file) from error
    meant = {name: value for name, value in said.items() if name != key}
    return _checked(made, meant | ({key: wanted} if wanted else {}), file)


def without_table(text: str, parent: str, name: str, *, file: str) -> str:
    """Return a text without one table, such as `[layer.roads]`; what stands above it stays.

    Raises
    ------
    CorridorFormatError
        It cannot be taken out without changing something else.
    """
    said = parse_toml(text.encode(), file=file)
    inner = said.get(parent)
    if not isinstance(inner, dict) or name not in inner:
        return text
    start, blocks = _split(text)
    heads = {f"[{parent}.{name}]", f'[{parent}."{name}"]'}
    made = start + "".join(
        block.comment + _comments(block.gap) if block.head in heads else block.text()
        for block in blocks
    )
    rest = {key: value for key, value in inner.items() if key != name}
    meant = {key: value for key, value in said.items() if key != parent}
    return _checked(made, meant | ({parent: rest} if rest else {}), file)


def _checked(made: str, meant: Mapping[str, Any], file: str) -> str:
    try:
        says = parse_toml(made.encode(), file=file)
    except CorridorFormatError:
        says = None
    if says != meant:
        raise CorridorFormatError("toml-would-say-something-else", file=file)
    return made


def _set(table: Any, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Set the keys that a table has; return those that it has not."""
    for name in [name for name in table if name not in entry]:
        table.remove(name)
    for name, value in entry.items():
        if name in table and table[name] != value:
            table[name] = value
    return {name: value for name, value in entry.items() if name not in table}


def _rebuilt(
    start: str,
    blocks: list[_Block],
    key: str,
    wanted: Sequence[Mapping[str, Any]],
    new: Mapping[str, Mapping[str, Any]],
    end: str,
) -> str:
    """Return a text whose tables of a list are those wanted, in the places that the list has."""
    head = f"[[{key}]]"
    slots = [block for block in blocks if block.head == head]
    if not slots:
        made = [_new(key, entry, end) for entry in wanted]
        begin = f"{start.rstrip()}{end}{end}" if made else start
        return begin + "".join(block.text() for block in (*made, *blocks))
    general, slots[0].comment = slots[0].comment, ""
    own = {_id_of(block): block for block in slots}
    last_gap, slots[-1].gap = slots[-1].gap, ""
    ids = [str(entry.get("id")) for entry in wanted]
    left = _handed_on(slots, set(ids), end)
    ordered = [
        own.get(id_) or _new(key, entry, end) for id_, entry in zip(ids, wanted, strict=True)
    ]
    for id_, block in zip(ids, ordered, strict=True):
        block.body = _with_lines(block.body, new.get(id_, {}), end)
        block.gap = block.gap if block.gap.strip() else end
    if ordered:
        own_gap = ordered[-1].gap.rstrip()
        ordered[-1].gap = (f"{end}{own_gap.lstrip()}{end}" if own_gap else "") + last_gap + left
    places = iter(range(len(slots)))
    texts = [start]
    for block in blocks:
        if block.head != head:
            texts.append(block.text())
            continue
        at = next(places)
        upto = len(ordered) if at == len(slots) - 1 else at + 1
        texts.append((general if at == 0 else "") + "".join(b.text() for b in ordered[at:upto]))
    return "".join(texts)


def _handed_on(slots: list[_Block], kept: set[str], end: str) -> str:
    """Give the comments of tables that go to the next that stays; return what is left."""
    carried = ""
    for block in slots:
        if _id_of(block) in kept:
            block.comment = carried + block.comment
            carried = ""
        elif comments := block.comment + _comments(block.gap):
            carried += comments + end
    return carried


def _with_lines(body: str, values: Mapping[str, Any], end: str) -> str:
    """Return lines with keys added after the last that says something."""
    if not values:
        return body
    lines = body.splitlines(keepends=True)
    at = len(lines)
    while at and (not lines[at - 1].strip() or lines[at - 1].startswith("#")):
        at -= 1
    said = _lines(values).replace("\n", end)
    before = "".join(lines[:at])
    before += end if before and not before.endswith("\n") else ""
    return before + said + "".join(lines[at:])


def _lines(values: Mapping[str, Any]) -> str:
    document = tomlkit.document()
    for name, value in values.items():
        document[name] = value
    return tomlkit.dumps(document).rstrip() + "\n"


def _new(key: str, entry: Mapping[str, Any], end: str) -> _Block:
    head = f"[[{key}]]"
    return _Block(head, f"{head}\n{_lines(entry)}".replace("\n", end), gap=end)


def _id_of(block: _Block) -> str:
    line = next((line for line in block.body.splitlines() if _ID.match(line)), "")
    return str(parse_toml(line.encode(), file="").get("id"))


def _end_of(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _comments(text: str) -> str:
    """Return the comments of a text, without blank lines."""
    return "".join(line for line in text.splitlines(keepends=True) if line.strip())


def _split(text: str) -> tuple[str, list[_Block]]:
    """Return what stands before the first table, and the tables; `[[a.b]]` is part of `[[a]]`."""
    parts: list[list[str]] = [[]]
    heads: list[str] = []
    for line in text.splitlines(keepends=True):
        bare = line.split("#")[0].strip()
        if line.startswith("[") and not (heads and _is_inside(bare, heads[-1])):
            heads.append(bare)
            parts.append([])
        parts[-1].append(line)
    blocks = []
    above = "".join(parts[0])
    start, comment = _cut(above, _is_comment)
    for head, lines in zip(heads, parts[1:], strict=True):
        block = _Block(head, "".join(lines), comment)
        blocks.append(block)
        block.body, comment = _cut(block.body, _is_comment)
        block.body, block.gap = _cut(block.body, _is_said_between)
    if blocks:  # below the last table no other follows
        blocks[-1].gap += comment
        return start, blocks
    return text, blocks


def _is_inside(bare: str, head: str) -> bool:
    return head.startswith("[[") and bare.strip("[] ").startswith(f"{head.strip('[] ')}.")


def _is_comment(line: str) -> bool:
    return line.startswith("#")


def _is_said_between(line: str) -> bool:
    return not line.strip() or line.startswith("#")


def _cut(text: str, last: Any) -> tuple[str, str]:
    """Return a text without the lines of one sort that end it, and those."""
    lines = text.splitlines(keepends=True)
    at = len(lines)
    while at and last(lines[at - 1]):
        at -= 1
    return "".join(lines[:at]), "".join(lines[at:])
