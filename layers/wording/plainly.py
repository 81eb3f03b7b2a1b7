"""Say what a model refuses, in words that a journalist can act on.

Turns pydantic's complaints into findings: which key, where in the file, what is wrong,
what to do. This module reads no file and repairs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import Finding
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

__all__ = ["COUNTRY", "FILE_NAME", "HEX", "SHA256", "SLUG", "findings_of", "line_of", "place_of"]

HEX = r"^#[0-9A-Fa-f]{6}$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
FILE_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
COUNTRY = r"^[A-Z]{2}$"
SHA256 = r"^[0-9a-f]{64}$"

_PATTERNS = {
    HEX: "Write a colour as # and six digits, such as #16233B.",
    SLUG: "Use small letters a-z, digits and single '-'.",
    FILE_NAME: "Write a plain file name, without a folder.",
    COUNTRY: "Use two-letter country codes such as AZ or IR.",
    SHA256: "Write the 64 digits of the text's SHA-256, in small letters.",
}

_KINDS = {
    "string_type": ("is not text", "Write it in quotation marks."),
    "int_type": ("is not a whole number", "Write a plain number."),
    "int_parsing": ("is not a whole number", "Write a plain number."),
    "int_from_float": ("is not a whole number", "Write a plain number."),
    "float_type": ("is not a number", "Write a plain number, without quotation marks."),
    "float_parsing": ("is not a number", "Write a plain number, without quotation marks."),
    "finite_number": ("is not a finite number", "Write a plain number."),
    "bool_type": ("is neither true nor false", "Write true or false."),
    "bool_parsing": ("is neither true nor false", "Write true or false."),
    "list_type": ("is not a list", "Put its entries between [ and ]."),
    "tuple_type": ("is not a list", "Put its entries between [ and ]."),
    "dict_type": ("is not a table of names and values", "Write it as names and values."),
    "model_type": ("is not a table of names and values", "Write it as names and values."),
    "date_type": ("is not a date", "Write it as 2023-12-29."),
    "date_from_datetime_inexact": ("is not a date", "Write it as 2023-12-29, without a time."),
    "date_from_datetime_parsing": ("is not a date", "Write it as 2023-12-29."),
    "date_parsing": ("is not a date", "Write it as 2023-12-29."),
    "string_too_short": ("is empty", "Fill it in, or leave it out."),
    "missing": ("is missing", "Add it."),
    "extra_forbidden": ("is not known here", "Check its spelling, or remove it."),
    "union_tag_not_found": ("has no 'type'", "Add its type."),
}
_CHOICES = {"literal_error", "enum", "union_tag_invalid"}
_LIMITS = {
    "greater_than": "greater than",
    "greater_than_equal": "not less than",
    "less_than": "less than",
    "less_than_equal": "not greater than",
}
_LENGTHS = {
    "too_short": ("has too few entries", "at least"),
    "too_long": ("has too many entries", "at most"),
    "string_too_long": ("is too long", "at most"),
}


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
        problem, remedy = _KINDS.get(detail["type"]) or _words(detail)
        place = place_of(detail["loc"], said)
        field = ".".join(str(step) for step in detail["loc"] if not _is_tag(step))
        findings.append(Finding(file, feature, f"{place} {problem}", remedy, field))
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


def _words(detail: ErrorDetails) -> tuple[str, str]:
    """Return problem and remedy; a model's own messages have both, parted by " | "."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        problem, _, remedy = str(context.get("error", "")).partition(" | ")
        return problem, remedy
    given = short(detail["input"])
    if kind in _CHOICES:
        expected = str(context.get("expected") or context.get("expected_tags") or "")
        listed = expected.replace("'", "").replace(" or ", ", ")
        tag = short(context.get("tag", given))
        return f"is '{tag}', which is not known", f"Use one of: {listed}."
    if kind in _LIMITS:
        limit = next((context[key] for key in ("gt", "ge", "lt", "le") if key in context), "")
        return f"is {given}", f"Give a number {_LIMITS[kind]} {limit}."
    if kind in _LENGTHS:
        limit = context.get("min_length", context.get("max_length"))
        problem, amount = _LENGTHS[kind]
        return problem, f"Give {amount} {limit}."
    otherwise = "See the layout of a corridor folder in the README."
    return f"cannot be '{given}'", _PATTERNS.get(str(context.get("pattern")), otherwise)
