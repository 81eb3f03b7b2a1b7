"""Parse the bytes of a JSON file of UTF-8 text, or say in one line why they cannot be read.

Every fault names the line and column where it can. This module knows no GeoJSON and no
layer; numbers without end (NaN, Infinity) pass and are refused by who reads them.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from corridormap.geo.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["parse_json"]

_MAX_INT_DIGITS = 400
_MAX_DEPTH = 64
_MAX_OPENED = 6_000_000
"""Lists and objects; every point of a line is one, of at least ten bytes in a file."""
_LOOKED_AT = 1 << 20
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(raw: bytes, *, file: str) -> Any:
    """Parse the bytes of a JSON file of UTF-8 text.

    Raises
    ------
    ReadError
        They are empty, not UTF-8 or not JSON.
    """
    name = file
    text = _text(raw, name)
    _require_flat(raw, name)
    twice: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(items)
        if len(made) < len(items) and not twice:
            twice.append(_first_repeat(key for key, _ in items))
        return made

    try:
        data = json.loads(  # noqa: TID251  here, behind the bounds
            text, object_pairs_hook=pairs, parse_int=_whole_number
        )
    except json.JSONDecodeError as error:
        raise ReadError(
            "json-is-broken", file=name, line=error.lineno, column=error.colno, why=_why(error.msg)
        ) from error
    except RecursionError as error:
        raise _nested(name) from error
    if twice:
        raise ReadError("key-stands-twice", file=name, key=twice[0][:40])
    if _SURROGATE.search(text) and not _encodable(data):
        raise ReadError("file-holds-half-character", file=name)
    return data


def _first_repeat(keys: Iterable[str]) -> str:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return ""


def _nested(name: str) -> ReadError:
    return ReadError("file-is-nested-too-deeply", file=name, most=_MAX_DEPTH)


def _require_flat(raw: bytes, name: str) -> None:
    """Refuse brackets too deep inside each other, or so many that memory could run out.

    A parser would be asked in vain: it fails at a depth of its own, after making all of it.
    """
    if b"\\" in raw:
        raw = raw.replace(b"\\\\", b"  ").replace(b'\\"', b"  ")
    inside, depth, opened = False, 0, 0
    for at in range(0, len(raw), _LOOKED_AT):
        part = np.frombuffer(raw, np.uint8, min(_LOOKED_AT, len(raw) - at), at)
        # A letter stands in a string if the number of quotation marks before it is odd.
        quoted = (np.cumsum(part == ord('"')) + inside) % 2 == 1
        inside = bool(quoted[-1])
        opens = ((part == ord("[")) | (part == ord("{"))) & ~quoted
        closes = ((part == ord("]")) | (part == ord("}"))) & ~quoted
        depths = np.cumsum(opens.astype(np.int64) - closes) + depth
        opened += int(opens.sum())
        depth = int(depths[-1])
        if depths.max() > _MAX_DEPTH:
            raise _nested(name)
        if opened > _MAX_OPENED:
            raise ReadError("too-many-lists-and-objects", file=name, most=f"{_MAX_OPENED:,}")


def _text(raw: bytes, name: str) -> str:
    if not raw.strip():
        raise ReadError("json-file-is-empty", file=name)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ReadError("json-is-not-utf-8", file=name, line=line) from error


def _whole_number(digits: str) -> float:
    """Return a whole number; one too long to be meant becomes endless and is refused later."""
    return int(digits) if len(digits) <= _MAX_INT_DIGITS else math.inf


def _why(message: str) -> str:
    """Return the parser's complaint in plain words."""
    known = {
        "Expecting property name enclosed in double quotes": "a name in double quotes is expected;"
        " a comma too many stands before a closing brace perhaps",
        "Expecting value": "a value is missing; there may be a comma too many",
        "Expecting ',' delimiter": "a comma is missing",
        "Expecting ':' delimiter": "a colon is missing",
        "Extra data": "something follows the end",
        "Unterminated string starting at": "a quotation mark is missing",
    }
    return known.get(message, message[:1].lower() + message[1:])


def _encodable(data: object) -> bool:
    try:
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
