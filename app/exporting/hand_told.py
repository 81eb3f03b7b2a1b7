"""Tell the page where labels stand on a preview, and which places lie where on it.

With it the page lets an editor drag a label, and knows where on the map it was put.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from corridormap.layers.picture import Box, Report

__all__ = ["hand_told"]

_STEPS = 17
"""Places along each side of the grid; between them positions are straight within a px."""
_DIGITS = 5


def hand_told(page_px: tuple[float, float], report: Report) -> dict[str, Any]:
    """Return as JSON values what can be put by hand; all boxes in shares of the picture.

    `labels` are those of features: id, text, box (left, top, right, bottom), align, by_hand,
    the frame they are on, and where their sign is, if they have one. `frames` gives for each
    frame its box and a grid of positions (lon, lat in degrees) in it, row by row from its upper
    left corner; `steps` to a row.

    Parameters
    ----------
    page_px
        Width and height of the picture in CSS px.
    report
        What was drawn.
    """
    signs = dict(report.signs)
    labels = [
        {
            "id": label.id,
            "text": label.text,
            "box": _shares(label.box, page_px),
            "align": label.align,
            "by_hand": label.by_hand,
            "frame": label.frame,
            "of": _middle(signs[label.id], page_px) if label.id in signs else None,
        }
        for label in report.labels
        if label.frame
    ]
    boxes = {"map": report.map_box, **{n: b for n, b in report.furniture if n == "detail"}}
    inverse = {"map": report.positions, "detail": report.positions_detail}
    frames = {}
    for name, box in boxes.items():
        positions = inverse[name]
        if positions is not None:
            x, y = np.meshgrid(
                np.linspace(box.left, box.right, _STEPS), np.linspace(box.top, box.bottom, _STEPS)
            )
            lonlat = positions(np.column_stack([x.ravel(), y.ravel()]))
            at = np.round(lonlat, _DIGITS).tolist()
            frames[name] = {"box": _shares(box, page_px), "steps": _STEPS, "at": at}
    return {"labels": labels, "frames": frames}


def _middle(box: Box, page_px: tuple[float, float]) -> list[float]:
    left, top, right, bottom = _shares(box, page_px)
    return [round((left + right) / 2, _DIGITS), round((top + bottom) / 2, _DIGITS)]


def _shares(box: Box, page_px: tuple[float, float]) -> list[float]:
    width, height = page_px
    sides = (box.left / width, box.top / height, box.right / width, box.bottom / height)
    return [round(side, _DIGITS) for side in sides]
