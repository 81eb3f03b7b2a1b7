"""Change values in the text of a JSON file and leave the rest of its text as it stands.

Somebody keeps these files in git: a change of one feature must not touch the lines of
another. Reads and writes no file.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from corridormap.layers.saving.json_text import Looks, entry_text, json_line, json_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["patched", "same"]

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_MOST_COMPARED = 2000
"""Longest list whose entries are held against each other one by one."""
_MOST_PAIRS = 200_000
"""Most pairs of entries that say the same: `difflib` looks at all of them, again and again."""


def patched(text: str, old: Any, new: Any) -> str:
    """Return a JSON text that says `new`, with every part that `old` says too left as it is.

    Parameters
    ----------
    text
        The whole text of a file, without a byte order mark.
    old
        What it says.
    new
        What it is to say: plain JSON values.

    Raises
    ------
    ValueError
        The new value holds a number without end.
    """
    start = _skip(text, 0)
    _, end = _DECODER.raw_decode(text, start)
    made = _Patch(text, Looks.of(text)).value((start, end), old, new, indent="", key="")
    return text[:start] + made + text[end:]


def same(one: Any, other: Any) -> bool:
    """Tell whether two JSON values say the same; 1 and 1.0 do, 1 and true do not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(v, other[k]) for k, v in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


@dataclass(frozen=True)
class _Member:
    """An entry of a list or an object in the text."""

    key: str | None
    lead: str
    """What stands before it, from the bracket or the comma on."""
    head: str
    """Its name with the colon, as written; empty in a list."""
    span: tuple[int, int]
    trail: str


@dataclass(frozen=True)
class _Patch:
    text: str
    looks: Looks

    def value(self, span: tuple[int, int], old: Any, new: Any, *, indent: str, key: str) -> str:
        """Return the text of `new` where the text of `old` stands at a span."""
        written = self.text[slice(*span)]
        if same(old, new):
            return written
        both = (isinstance(old, dict) and isinstance(new, dict)) or (
            isinstance(old, list) and isinstance(new, list)
        )
        if not both or not old or not new or "\n" not in written:
            return json_text(new, indent=indent, key=key, looks=self.looks)
        members = list(self._members(span[0]))
        inner = members[0].lead.rpartition("\n")[2]
        if "\n" not in members[0].lead:
            return json_text(new, indent=indent, key=key, looks=self.looks)
        parts = (
            self._object(members, old, new, inner)
            if isinstance(new, dict)
            else self._list(members, old, new, inner, key)
        )
        return f"{written[0]}{','.join(parts)}{members[-1].trail}{written[-1]}"

    def _object(
        self, members: list[_Member], old: dict[str, Any], new: dict[str, Any], indent: str
    ) -> Iterator[str]:
        known = {member.key: member for member in members}
        # Names that stay keep their order; a new one goes after the one it follows.
        order = [member.key for member in members if member.key in new]
        before: str | None = None
        for name in new:
            if name not in known:
                order.insert(order.index(before) + 1 if before in order else 0, name)
            before = name
        for name in order:
            member = known.get(name)
            if member is None:
                text = json_text(new[str(name)], indent=indent, key=str(name), looks=self.looks)
                yield f"{self._break(indent)}{json_line(name)}: {text}"
            else:
                said = self.value(
                    member.span, old[str(name)], new[str(name)], indent=indent, key=str(name)
                )
                yield f"{member.lead}{member.head}{said}{self._inner_trail(member, members)}"

    def _list(
        self, members: list[_Member], old: list[Any], new: list[Any], indent: str, key: str
    ) -> Iterator[str]:
        for kind, i, i_end, j, j_end in _steps(old, new):
            if kind == "equal":
                for step in range(i_end - i):
                    yield self._kept(members, i + step, (old[i + step], new[j + step]), indent, key)
                continue
            paired = min(i_end - i, j_end - j) if kind == "replace" else 0
            for step in range(paired):
                yield self._kept(members, i + step, (old[i + step], new[j + step]), indent, key)
            for entry in new[j + paired : j_end]:
                said = entry_text(entry, indent=indent, within=key, looks=self.looks)
                yield f"{self._break(indent)}{said}"

    def _kept(
        self, members: list[_Member], at: int, pair: tuple[Any, Any], indent: str, within: str
    ) -> str:
        member = members[at]
        if "\n" in self.text[slice(*member.span)] or same(*pair):
            said = self.value(member.span, *pair, indent=indent, key="")
        else:
            said = entry_text(pair[1], indent=indent, within=within, looks=self.looks)
        return f"{member.lead}{said}{self._inner_trail(member, members)}"

    def _inner_trail(self, member: _Member, members: list[_Member]) -> str:
        # What stands before the closing bracket is written once, after the last entry.
        return "" if member is members[-1] else member.trail

    def _break(self, indent: str) -> str:
        return f"{self.looks.newline}{indent}"

    def _members(self, start: int) -> Iterator[_Member]:
        text, at = self.text, start + 1
        while True:
            begin = _skip(text, at)
            lead, key, value = text[at:begin], None, begin
            if text[start] == "{":
                key, value = _DECODER.raw_decode(text, begin)
                value = _skip(text, _skip(text, value) + 1)
            _, end = _DECODER.raw_decode(text, value)
            after = _skip(text, end)
            yield _Member(key, lead, text[begin:value], (value, end), text[end:after])
            if text[after] != ",":
                return
            at = after + 1


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _steps(old: list[Any], new: list[Any]) -> Sequence[tuple[str, int, int, int, int]]:
    """Return which entries of two lists belong together, as `difflib` says it."""
    first, last = 0, 0
    least = min(len(old), len(new))
    a, b = _names(old), _names(new)
    while first < least and a[first] == b[first]:
        first += 1
    while last < least - first and a[-1 - last] == b[-1 - last]:
        last += 1
    middle = a[first : len(a) - last], b[first : len(b) - last]
    steps: list[tuple[str, int, int, int, int]] = [("equal", 0, first, 0, first)]
    if max(map(len, middle)) <= _MOST_COMPARED and _pairs(*middle) <= _MOST_PAIRS:
        found = SequenceMatcher(None, *middle, autojunk=False).get_opcodes()
    else:
        found = [("replace", 0, len(middle[0]), 0, len(middle[1]))]
    steps += [(k, i + first, m + first, j + first, n + first) for k, i, m, j, n in found]
    ends = (len(old) - last, len(old), len(new) - last, len(new))
    return [*steps, ("equal", *ends)]


def _pairs(one: list[str], other: list[str]) -> int:
    counted = Counter(other)
    return sum(counted[name] for name in one)


def _names(entries: list[Any]) -> list[str]:
    """Return what tells entries apart: their ids, or all that they say."""
    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
    if all(isinstance(one, str) for one in ids):
        return [str(one) for one in ids]
    return [json.dumps(entry, sort_keys=True, default=str) for entry in entries]
