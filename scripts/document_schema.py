"""Write the JSON Schema of the document that goes to the browser, made from the code's types.

    python -m scripts.document_schema [FILE]

It reads `Document` of app/browser/shape.py and all that it names, as `to_json` writes it:
dataclasses by field, tuples as lists, geometry as GeoJSON. The words below a field are told as its
description. A test keeps docs/document.schema.json current and holds documents to it.
"""

from __future__ import annotations

import ast
import collections.abc
import inspect
import sys
import textwrap
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from pydantic import BaseModel, TypeAdapter
from shapely.geometry.base import BaseGeometry

from corridormap.app.browser.shape import Document
from corridormap.layers.corridor.schemas import as_text
from scripts.tools import ROOT

__all__ = ["FILE", "as_text", "document_schema"]

FILE = ROOT / "docs" / "document.schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: dict[Any, dict[str, Any]] = {
    Any: {},
    NoneType: {"type": "null"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    int: {"type": "integer"},
    str: {"type": "string"},
}
_LISTS = (list, tuple, set, frozenset)
_MAPPINGS = (dict, collections.abc.Mapping)
_SHAPES = (
    *("Point", "MultiPoint", "LineString", "MultiLineString"),
    *("Polygon", "MultiPolygon", "GeometryCollection"),
)
_GEOMETRY = {
    "description": "GeoJSON (RFC 7946): longitude and latitude with six digits at most.",
    "type": "object",
    "required": ["type"],
    "properties": {"type": {"enum": list(_SHAPES)}, "coordinates": {"type": "array"}},
}


def document_schema() -> dict[str, Any]:
    """Return the schema; each type that has a name of its own stands in `$defs`."""
    made = _Schema()
    made.of(Document)
    whole = made.definitions.pop("Document")
    title = "The document that goes to the browser"
    return {"$schema": _DIALECT, "title": title, "$defs": made.definitions, **whole}


class _Schema:
    """Makes schemas of types, and keeps those that are named."""

    def __init__(self) -> None:
        self.definitions: dict[str, dict[str, Any]] = {}
        self._kinds: dict[str, Any] = {}

    def of(self, kind: Any) -> dict[str, Any]:
        """Return the schema of a type, or where it is kept."""
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        origin, args = get_origin(kind), get_args(kind)
        return self._named(kind) if origin is None else self._made_of(origin, args)

    def _made_of(self, origin: Any, args: tuple[Any, ...]) -> dict[str, Any]:
        if origin is Annotated:
            return self.of(args[1])
        if origin is Literal:
            return {"const": args[0]} if len(args) == 1 else {"enum": list(args)}
        if origin in {Union, UnionType}:
            return {"anyOf": [self.of(one) for one in args]}
        if origin in _MAPPINGS:
            return {"type": "object", "additionalProperties": self.of(args[1])}
        if origin in _LISTS:
            return self._list(origin, args)
        raise _unknown(origin)

    def _list(self, origin: Any, args: tuple[Any, ...]) -> dict[str, Any]:
        if origin is not tuple or args[1:] == (...,):
            return {"type": "array", "items": self.of(args[0])}
        each = [self.of(one) for one in args]
        return {"type": "array", "prefixItems": each, "minItems": len(each), "items": False}

    def _named(self, kind: Any) -> dict[str, Any]:
        name = "Geometry" if kind is BaseGeometry else kind.__name__
        if self._kinds.setdefault(name, kind) is not kind:
            msg = f"Two types are called {name}: give one of them another name."
            raise TypeError(msg)
        if name not in self.definitions:
            self.definitions[name] = {}  # for those that name themselves
            self.definitions[name] = self._definition(kind)
        return {"$ref": f"#/$defs/{name}"}

    def _definition(self, kind: Any) -> dict[str, Any]:
        if issubclass(kind, BaseGeometry):
            return dict(_GEOMETRY)
        if issubclass(kind, BaseModel):
            place = "#/$defs/{model}"
            schema = TypeAdapter(kind).json_schema(by_alias=True, ref_template=place)
            self.definitions |= schema.pop("$defs", {})
            return schema
        hints = get_type_hints(kind, localns=_names_of(kind), include_extras=True)
        if is_dataclass(kind):
            hints = {field.name: hints[field.name] for field in fields(kind)}
        elif not (is_typeddict(kind) or hasattr(kind, "_fields")):
            raise _unknown(kind)
        needed = [key for key, hint in hints.items() if get_origin(hint) is not NotRequired]
        told = _told(kind)
        properties = {}
        for key, hint in hints.items():
            meant = hint if key in needed else get_args(hint)[0]
            properties[key] = self.of(meant) | ({"description": told[key]} if key in told else {})
        return {
            "description": " ".join((inspect.getdoc(kind) or "").split()),
            "type": "object",
            "properties": properties,
            "required": needed,
            "additionalProperties": False,
        }


def _unknown(kind: Any) -> TypeError:
    return TypeError(f"No schema is known for {kind!r}: add it to scripts/document_schema.py.")


def _names_of(kind: Any) -> dict[str, Any]:
    """Return what a class's module imports for types alone, its ancestors' modules included."""
    found: dict[str, Any] = {}
    for module in {kind.__module__, *(base.__module__ for base in _bases(kind))}:
        found |= vars(import_module(module)) | _typing_names(module)
    return found


def _bases(kind: Any) -> tuple[Any, ...]:
    # A TypedDict is a dict at run time; its ancestors are told here alone.
    return tuple(getattr(kind, "__orig_bases__", ())[:1]) if is_typeddict(kind) else ()


@cache
def _typing_names(module: str) -> dict[str, Any]:
    tree = ast.parse(inspect.getsource(import_module(module)))
    blocks = [node.body for node in tree.body if isinstance(node, ast.If)]
    return {
        one.name: getattr(import_module(node.module or ""), one.name)
        for block in blocks
        for node in block
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    }


def _told(kind: Any) -> dict[str, str]:
    """Return the words below each field of a class."""
    try:
        (defined,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    except (OSError, TypeError):
        return {}
    body = getattr(defined, "body", [])
    told = {}
    for field, words in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(words, ast.Expr):
            text = words.value.value if isinstance(words.value, ast.Constant) else ""
            told[getattr(field.target, "id", "")] = " ".join(str(text).split())
    for base in _bases(kind):
        told = (_told(base) if is_typeddict(base) else {}) | told
    return told


def main() -> None:
    """Write the schema."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    file.write_text(as_text(document_schema()), encoding="utf-8")


if __name__ == "__main__":
    main()
