"""Say what a model refuses, in words that a journalist can act on.

Turns pydantic's complaints into findings: which key, where in the file, what is wrong,
what to do. This module reads no file and repairs nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import Fault, Finding
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

__all__ = [
    "COUNTRY",
    "FILE_NAME",
    "HEX",
    "KIND_ID",
    "SHA256",
    "SLUG",
    "RefusedValueError",
    "findings_of",
    "line_of",
    "place_of",
]

HEX = r"^#[0-9A-Fa-f]{6}$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
KIND_ID = r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$"
FILE_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
COUNTRY = r"^[A-Z]{2}$"
SHA256 = r"^[0-9a-f]{64}$"

_PATTERNS = {
    HEX: "value-is-not-a-colour",
    SLUG: "value-is-not-a-slug",
    KIND_ID: "value-is-not-a-kind-id",
    FILE_NAME: "value-is-not-a-file-name",
    COUNTRY: "value-is-not-a-country",
    SHA256: "value-is-not-a-hash",
}

_KINDS = {
    "string_type": "value-is-not-text",
    "int_type": "value-is-not-a-whole-number",
    "int_parsing": "value-is-not-a-whole-number",
    "int_from_float": "value-is-not-a-whole-number",
    "float_type": "value-is-not-a-number",
    "float_parsing": "value-is-not-a-number",
    "finite_number": "value-is-not-finite",
    "bool_type": "value-is-neither-true-nor-false",
    "bool_parsing": "value-is-neither-true-nor-false",
    "list_type": "value-is-not-a-list",
    "tuple_type": "value-is-not-a-list",
    "dict_type": "value-is-not-a-table",
    "model_type": "value-is-not-a-table",
    "date_type": "value-is-not-a-date",
    "date_from_datetime_inexact": "value-is-a-time",
    "date_from_datetime_parsing": "value-is-not-a-date",
    "date_parsing": "value-is-not-a-date",
    "string_too_short": "value-is-empty",
    "missing": "value-is-missing",
    "extra_forbidden": "key-is-not-known",
    "union_tag_not_found": "value-has-no-type",
}
_CHOICES = {"literal_error", "enum", "union_tag_invalid"}
_LIMITS = {
    "greater_than": "number-must-be-greater",
    "greater_than_equal": "number-must-be-not-less",
    "less_than": "number-must-be-less",
    "less_than_equal": "number-must-be-not-greater",
}
_LENGTHS = {
    "too_short": "list-is-too-short",
    "too_long": "list-is-too-long",
    "string_too_long": "text-is-too-long",
}


class RefusedValueError(ValueError):
    """A value that a model of ours refuses: pydantic turns a ValueError into a complaint.

    Parameters
    ----------
    code
        A message whose {place} is filled by `findings_of`.
    said
        What else it is filled with.
    """

    def __init__(self, code: str, **said: Any) -> None:
        self.fault = Fault(code, **said)
        super().__init__(code)

    def __str__(self) -> str:
        """Return what is wrong, for who shows pydantic's own words."""
        return replace(self.fault, params=(*self.fault.params, ("place", "this"))).problem


def findings_of(
    error: ValidationError, *, file: str, feature: str = "", said: Any = None
) -> list[Finding]:
    """Return one finding for each thing that a model refused.

    Parameters
    ----------
    error
        What pydantic raised.
    file, feature
        Where the data stood, for the messages.
    said
        The data as read; needed to name an entry of a list by its own id.
    """
    findings = []
    for detail in error.errors(include_url=False):
        fault = _fault(detail)
        params = (*fault.params, ("place", place_of(detail["loc"], said)))
        field = ".".join(str(step) for step in detail["loc"] if not _is_tag(step))
        findings.append(Finding(fault.code, file, feature, field, params))
    return list(dict.fromkeys(findings))


def line_of(detail: ErrorDetails, *before: str | int) -> Any:
    """Return a complaint of pydantic as its own constructor takes it.

    Parameters
    ----------
    detail
        The complaint.
    before
        Where in a larger value the one stands that it is about.
    """
    made: dict[str, Any] = {key: detail[key] for key in ("type", "input")}
    made["loc"] = (*before, *detail["loc"])
    return made | ({"ctx": detail["ctx"]} if "ctx" in detail else {})


def place_of(loc: Sequence[str | int], said: Any = None) -> str:
    """Return where a value stands: "'date' in entry 2 of 'status_history'"."""
    names: list[str] = []
    entry = ""
    here = said
    for step in loc:
        here = _inside(here, step)
        if isinstance(step, int):
            own = here.get("id") if isinstance(here, dict) else None
            entry = f"'{short(own)}'" if isinstance(own, str) else f"entry {step + 1}"
            names[-1:] = [f"{entry} of {names[-1]}"] if names else [entry]
        elif not _is_tag(step):
            names.append(f"'{short(step)}'")
    return " in ".join(reversed(names)) or "the file"


def _is_tag(step: str | int) -> bool:
    """Tell whether a step of a place is pydantic's own and stands in no file."""
    tags = ("function-", "tagged-union", "lax-or-strict")
    return isinstance(step, str) and (step.startswith(tags) or step.endswith("Selector"))


def _inside(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _fault(detail: ErrorDetails) -> Fault:
    """Return what a complaint says, but for the place."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        return _own(context.get("error"))
    if kind in _KINDS:
        return Fault(_KINDS[kind])
    given = short(detail["input"])
    if kind in _CHOICES:
        expected = str(context.get("expected") or context.get("expected_tags") or "")
        known = expected.replace("'", "").replace(" or ", ", ")
        tag = short(context.get("tag", given))
        return Fault("value-is-not-known", given=tag, known=known)
    if kind in _LENGTHS:
        return Fault(_LENGTHS[kind], limit=context.get("min_length", context.get("max_length")))
    if kind in _LIMITS:
        limit = next((context[key] for key in ("gt", "ge", "lt", "le") if key in context), "")
        return Fault(_LIMITS[kind], given=given, limit=limit)
    return Fault(_PATTERNS.get(str(context.get("pattern")), "value-cannot-be-used"), given=given)


def _own(error: object) -> Fault:
    """Return what a model of ours refuses, or another validator's words."""
    if isinstance(error, RefusedValueError):
        return error.fault
    return Fault("value-is-refused", why=error)
