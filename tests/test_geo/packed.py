"""Read back what the browser is told of an outline, as it does."""

from __future__ import annotations

from typing import Any

import numpy as np

from corridormap.geo.outline.topojson import Topology

__all__ = ["outline_of", "unpacked", "walked"]

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def unpacked(text: str) -> list[int]:
    """Return the whole numbers of a text in Base64 VLQ."""
    numbers, value, shift = [], 0, 0
    for digit in map(_DIGITS.index, text):
        value += (digit & 31) << shift
        shift += 5
        if not digit & 32:
            numbers.append(-(value >> 1) if value & 1 else value >> 1)
            value, shift = 0, 0
    assert shift == 0
    return numbers


def walked(text: str, step_deg: float) -> Any:
    """Return the points of a line, in degrees from its origin."""
    return np.cumsum(np.reshape(unpacked(text), (-1, 2)), axis=0) * step_deg


def outline_of(told: dict[str, Any], window: list[float] | None = None) -> Topology:
    """Return a tier's outline."""

    def lines(texts: list[str]) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(unpacked(text)) for text in texts)

    return Topology(
        arcs=tuple(walked(arc, told["step"]) + told["origin"] for arc in told["arcs"]),
        countries={
            iso: tuple(lines(polygon) for polygon in polygons)
            for iso, polygons in told["countries"].items()
        },
        borders={(a, b): lines(texts) for a, b, *texts in told["borders"]},
        coast=lines(told["coast"]),
        bbox=tuple(window or (-180.0, -90.0, 180.0, 90.0)),  # type: ignore[arg-type]
    )
