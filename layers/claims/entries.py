"""Write checks as plain JSON: the list of the command line, and the table of the page.

Both have the same keys; the page's entries also carry the words to show. No wording is made
here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.layers.claims.words import about_text, quantity_label, value_text
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from corridormap.layers.claims.checks import CheckedQuantity, ClaimCheck
    from corridormap.layers.claims.verdict import Judged
    from corridormap.layers.wording.quantity import Value

__all__ = ["page_entry", "report_entry"]


def report_entry(check: ClaimCheck) -> dict[str, Any]:
    """Return a check with the keys id, text, quantities, result, values and rule."""
    return {
        "id": check.id,
        "text": check.text,
        "quantities": [_quantity(tested) for tested in check.quantities],
        "result": check.result,
        "values": [_judged(judged) for judged in check.values],
        "rule": check.rule,
    }


def page_entry(check: ClaimCheck) -> dict[str, Any]:
    """Return a check as the report has it, and what a page shows of it."""
    entry = report_entry(check)
    for said, judged in zip(entry["values"], check.values, strict=True):
        said["text"] = value_text(judged.value)
    features = dict.fromkeys(tested.feature for tested in check.quantities if tested.feature)
    if check.kind == "figure":
        value = check.quantities[0].value
        # A card shows the check beside the figures of this label.
        entry |= {"figure": quantity_label(value.quantity), "about": about_text(value)}
    return {
        **entry,
        "kind": check.kind,
        "label": check.label,
        "finding": check.finding,
        "features": list(features),
    }


def _quantity(tested: CheckedQuantity) -> dict[str, Any]:
    said = _said(tested.value)
    feature = {"feature": tested.feature} if tested.feature else {}
    return {"quantity": plain(tested.value.quantity), **said, **feature}


def _judged(judged: Judged) -> dict[str, Any]:
    """Return a value with its unit and its sources: ids, or "map"."""
    value = judged.value
    entry = {**_said(value), "sources": list(value.sources), "fit": judged.fit}
    if value.date:
        entry["date"] = value.date
    if value.note:
        entry["note"] = plain(value.note)
    if value.span is not None:
        entry["low"], entry["high"] = (_tidy(bound) for bound in value.span)
    return entry


def _said(value: Value) -> dict[str, Any]:
    said: dict[str, Any] = {"value": _tidy(value.value), "unit": plain(value.unit)}
    if value.value_max is not None:
        said["value_max"] = _tidy(value.value_max)
    if value.bound:
        said["bound"] = value.bound
    if value.of:
        said["of"] = plain(value.of)
    return said


def _tidy(value: float | str) -> float | int | str:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return plain(value) if isinstance(value, str) else value
