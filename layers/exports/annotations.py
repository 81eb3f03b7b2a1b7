"""Write what the article says as W3C Web Annotations that stand for themselves.

Ids and targets are absolute, the page is part of a collection, and the words of a claim have
addresses of their own, so that a reader of JSON-LD 1.1 keeps title, figures and check.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from corridormap.layers.corridor.annotation import Annotation
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["to_annotation_page"]

_OURS = "urn:corridormap:"
_TAKEN = (
    "value",
    "source",
    "language",
    "format",
    "note",
    "bound",
    "kind",
    "first",
    "last",
    "label",
)
"""Words of a claim that the context of annotations gives another meaning, or may yet."""
_CLAIM = {"@vocab": _OURS, **{word: f"{_OURS}{word}" for word in _TAKEN}}
_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"@version": 1.1, "claim": {"@id": f"{_OURS}claim", "@context": _CLAIM}},
]
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S")
_SAFE = "!$&'()*+,;=:@/?~-._"


def to_annotation_page(corridor: Corridor) -> str:
    """Return the annotations of a corridor as an AnnotationPage."""
    base = f"{_OURS}{corridor.id}:"
    items = [_item(annotation, base) for annotation in corridor.annotations]
    page = f"{base}annotations"
    collection = {
        "id": f"{base}annotation-collection",
        "type": "AnnotationCollection",
        "total": len(items),
        "first": page,
    }
    told: dict[str, Any] = {"@context": _CONTEXT, "type": "AnnotationPage", "id": page}
    told |= {"partOf": collection, "startIndex": 0, "items": items}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _item(annotation: Annotation, base: str) -> dict[str, Any]:
    item: dict[str, Any] = annotation.model_dump(mode="json", by_alias=True, exclude_unset=True)
    item["type"] = annotation.type
    item["id"] = _absolute(annotation.id, f"{base}annotations:")
    item["body"]["type"] = annotation.body.type
    for target, said in zip(item["target"], annotation.target, strict=True):
        target["type"] = said.type
        target["source"] = _absolute(said.source, base)
    return item


def _absolute(address: str, base: str) -> str:
    """Return an address as it is where it is absolute, else as a name below another."""
    return address if _ABSOLUTE.match(address) else f"{base}{quote(address, safe=_SAFE)}"
