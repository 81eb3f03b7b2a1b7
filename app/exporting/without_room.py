"""Turn what a picture had no room for into words: of its recipe, its alternative text, the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.layers.wording.without_room import (
    claims_unmarked,
    label_without_room,
    names_heading,
    names_without_room,
    parts_left_out,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.picture import DroppedLabel, Report

__all__ = ["dropped_told", "without_room_told"]

_MOST_LISTED = 40
_MOST_NAMED = 1
"""In the sentence that stands beside a picture."""


def dropped_told(labels: Iterable[DroppedLabel]) -> tuple[str, ...]:
    """Return in words the labels that found no room, each with the names nearest to it."""
    return tuple(label_without_room(label.text, label.near) for label in labels)


def without_room_told(report: Report | None) -> dict[str, Any]:
    """Return as JSON values what the page tells of a picture.

    `sentences` say which claims and parts are missing; `names` are those of labels, at most 40,
    with `heading` over them, and `names_sentence` says the same where there is no list.

    Parameters
    ----------
    report
        What was drawn; None of a page, which has room for all.
    """
    if report is None:
        return {"sentences": [], "names": [], "heading": "", "names_sentence": ""}
    names = dropped_told(report.dropped)
    told = (claims_unmarked(report.unmarked), parts_left_out(report.omitted))
    return {
        "sentences": [sentence for sentence in told if sentence],
        "names": list(names[:_MOST_LISTED]),
        "heading": names_heading(len(names)) if names else "",
        "names_sentence": names_without_room(names, most=_MOST_NAMED),
    }
