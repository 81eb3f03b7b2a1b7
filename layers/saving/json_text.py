"""Write JSON as a person would: short values on a line, one position or event on a line.

Returns text; changes no value and reads no file (layers/saving/json_patch.py keeps what a
file already holds as it stands).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

__all__ = ["Looks", "entry_text", "json_line", "json_text"]

_WIDTH = 100
_EVENTS = {"status_history", "figures", "promises"}
"""Lists whose entries stand on a line each, however long."""


@dataclass(frozen=True)
class Looks:
    """How a file is written."""

    step: str = "  "
    newline: str = "\n"

    @classmethod
    def of(cls, text: str) -> Looks:
        """Return the looks of a file, by its first line that is set in."""
        newline = "\r\n" if "\r\n" in text else "\n"
        for line in text.split("\n", 50)[1:50]:
            inner = line.lstrip(" \t")
            if inner.strip() and inner != line:
                return cls(line[: len(line) - len(inner)], newline)
        return cls(newline=newline)


def json_line(value: Any) -> str:
    """Return a value on one line.

    Raises
    ------
    ValueError
        It holds a number without end.
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def json_text(value: Any, *, indent: str = "", key: str = "", looks: Looks | None = None) -> str:
    """Return a value over as many lines as it needs.

    Parameters
    ----------
    value
        Plain JSON values.
    indent
        What the line on which the value begins is set in by.
    key
        The name it stands under; entries of a history stay on a line each.
    looks
        How the file is written.
    """
    looks = looks or Looks()
    line = json_line(value)
    if not isinstance(value, (dict, list)) or not value or not _is_long(value, line, indent, key):
        return line
    inner = indent + looks.step
    parts = []
    if isinstance(value, dict):
        for name, part in value.items():
            said = json_line(name)
            text = json_text(part, indent=inner, key=name, looks=looks)
            parts.append(f"{inner}{said}: {text}")
    else:
        parts = [inner + entry_text(one, indent=inner, within=key, looks=looks) for one in value]
    left, right = "{}" if isinstance(value, dict) else "[]"
    between = f",{looks.newline}"
    return f"{left}{looks.newline}{between.join(parts)}{looks.newline}{indent}{right}"


def entry_text(value: Any, *, indent: str, within: str, looks: Looks) -> str:
    """Return an entry of the list that stands under the name `within`."""
    if within in _EVENTS and _is_flat(value):
        return json_line(value)
    return json_text(value, indent=indent, looks=looks)


def _is_long(value: Any, line: str, indent: str, key: str) -> bool:
    """Tell whether a list or an object takes several lines."""
    if isinstance(value, list):
        if all(isinstance(part, (int, float)) for part in value):
            return False
        if isinstance(value[0], list) or (key in _EVENTS and value):
            return True
    elif key == "properties" or value.get("type") in {"Feature", "FeatureCollection"}:
        return True
    lead = len(indent) + (len(key) + 4 if key else 0)
    return lead + len(line) > _WIDTH


def _is_flat(value: Any) -> bool:
    """Tell whether an object holds nothing but plain values and lists of text."""
    return isinstance(value, dict) and all(
        not isinstance(part, dict)
        and not (isinstance(part, list) and any(isinstance(one, (dict, list)) for one in part))
        for part in value.values()
    )
