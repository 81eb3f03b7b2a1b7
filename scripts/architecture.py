"""Draw the rooms and the way of a feature through them: docs/architecture.svg.

    python -m scripts.architecture [FILE]

The rooms are those of the contracts of import-linter in pyproject.toml and of
scripts/browser_imports.py, so that the picture shows what is checked. A test keeps it current.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.browser_imports import ROOMS
from scripts.tools import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["FILE", "STEPS", "drawn", "rooms_of"]

FILE = ROOT / "docs" / "architecture.svg"


@dataclass(frozen=True)
class Step:
    """A stage on the way of a feature."""

    is_now: str
    """What the feature is there."""
    made_by: str
    """The module that makes it so, below the package or, with an ending, in the checkout."""


STEPS = (
    Step("bytes of a file", "layers.folder.opening"),
    Step("JSON, checked", "geo.geojson"),
    Step("GeoDataFrame", "layers.corridor.layer"),
    Step("all its looks", "layers.scene.resolve"),
)
ENDS = (
    (
        Step("JSON document", "app.browser.document"),
        Step("signs on screen", "app/browser/map/map.js"),
    ),
    (
        Step("scene at a date", "layers.scene.scene"),
        Step("PNG, SVG, PDF", "layers.picture"),
    ),
)

_MARGIN = 24
_WIDTH = 1060
_ROW = 30
_INSET = 20
_HEAD = 46
_GAP = 20
_STEP_WIDTH = 152
_STEP_HEIGHT = 48
_LETTER = 8.2
"""Width in px of a letter of the rooms' names, taken generously: fonts differ."""
_INK, _LINE = "#16233B", "#8B9199"
_QUIET, _BOLD, _MIDDLE = 'fill="#56606B"', 'font-weight="600"', 'text-anchor="middle"'
_FILLS = {"app": "#E3EEF7", "layers": "#FFF3CF", "geo": "#E2F1E6", "app/browser": "#F1E6F4"}


def rooms_of(package: str) -> list[list[str]]:
    """Return the rooms of a package from the top down; those of one line do not know each other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in project["tool"]["importlinter"]["contracts"]:
        if contract.get("containers") == [package]:
            return [[room.strip() for room in line.split("|")] for line in contract["layers"]]
    msg = f"pyproject.toml has no order of the rooms of {package}"
    raise LookupError(msg)


def drawn() -> str:
    """Return the picture."""
    way, below = _way(_MARGIN)
    columns = [
        [("app/browser", "the browser's side", _browser_rows())],
        [("app", "page, command line, files", rooms_of("corridormap.app"))],
        [
            ("layers", "the corridor and how it looks", rooms_of("corridormap.layers")),
            ("geo", "geometry, base map", rooms_of("corridormap.geo")),
        ],
    ]
    width = (_WIDTH - 2 * _MARGIN - 2 * _GAP) / len(columns)
    parts, ends = way, []
    top = below + 44
    parts.append(
        _text(_MARGIN, top - 14, "The rooms: each imports from those below it alone", size=15)
    )
    for number, boxes in enumerate(columns):
        y = top
        for name, holds, rows in boxes:
            x = _MARGIN + number * (width + _GAP)
            if y > top:
                parts.append(_arrow((x + width / 2, y - _GAP), (x + width / 2, y)))
            drawing, y = _box(x, y, width, (name, holds), rows)
            parts += drawing
            y += _GAP
        ends.append(y)
    at = _MARGIN + 2 * width + _GAP
    parts.append(_arrow((at, top + 22), (at + _GAP, top + 22)))
    return _page(parts, max(ends) - _GAP + _MARGIN)


def _browser_rows() -> list[list[str]]:
    rows = []
    for line in ROOMS[""]:
        for room in sorted(line):
            inner = [sorted(part) for part in ROOMS.get(room, []) if part != {""}]
            rows.append([room])
            rows += [[f"{room}/{name}" for name in part] for part in inner]
    return rows


def _box(
    x: float, y: float, width: float, head: tuple[str, str], rows: Sequence[Sequence[str]]
) -> tuple[list[str], float]:
    """Return a package with its rooms, and where it ends."""
    name, holds = head
    lines = [line for row in rows for line in _lines(row, width - 24 - _INSET)]
    height = _HEAD + _ROW * len(lines) + 8
    parts = [_rect(x, y, width, height, fill=_FILLS[name], radius=8)]
    parts.append(_text(x + 12, y + 20, name, size=15, look=_BOLD))
    parts.append(_text(x + 12, y + 37, holds, size=12, look=_QUIET))
    for number, line in enumerate(lines):
        at = x + 12 + (_INSET if "/" in line[0] else 0)
        for room in line:
            wide = _chip(room)
            top = y + _HEAD + number * _ROW
            parts.append(_rect(at, top, wide, _ROW - 6, fill="#FFFFFF", radius=4))
            parts.append(_text(at + 8, top + 16, room.rpartition("/")[2], size=12.5))
            at += wide + 6
    return parts, y + height


def _lines(row: Sequence[str], width: float) -> Iterator[list[str]]:
    """Break a row of rooms that is wider than its box; the rest is set in."""
    line: list[str] = []
    for room in row:
        if line and sum(_chip(one) + 6 for one in [*line, room]) > width:
            yield line
            line = []
        line.append(room)
    yield line


def _chip(room: str) -> float:
    return round(len(room.rpartition("/")[2]) * _LETTER + 16, 1)


def _way(top: float) -> tuple[list[str], float]:
    """Return the way of a feature, and where it ends."""
    parts = [_text(_MARGIN, top + 12, "The way of a feature", size=15)]
    y = top + 28
    apart = (_WIDTH - 2 * _MARGIN - 6 * _STEP_WIDTH) / 5
    starts = [_MARGIN + number * (_STEP_WIDTH + apart) for number in range(6)]
    tops = (y, y + _STEP_HEIGHT + 12)
    centre = (tops[0] + tops[1]) / 2
    for number, step in enumerate(STEPS):
        parts += _step(starts[number], centre, step)
        if number:
            half = centre + _STEP_HEIGHT / 2
            parts.append(_arrow((starts[number] - apart, half), (starts[number], half)))
    half = centre + _STEP_HEIGHT / 2
    for steps, at in zip(ENDS, tops, strict=True):
        for number, step in enumerate(steps, start=len(STEPS)):
            parts += _step(starts[number], at, step)
        to = at + _STEP_HEIGHT / 2
        parts.append(_arrow((starts[4] - apart, half), (starts[4], to)))
        parts.append(_arrow((starts[5] - apart, to), (starts[5], to)))
    return parts, tops[1] + _STEP_HEIGHT


def _step(x: float, y: float, step: Step) -> list[str]:
    room = step.made_by.replace("/", ".").split(".")[:2]
    fill = _FILLS["app/browser" if room == ["app", "browser"] else room[0]]
    return [
        _rect(x, y, _STEP_WIDTH, _STEP_HEIGHT, fill=fill, radius=8),
        _text(x + _STEP_WIDTH / 2, y + 20, step.is_now, size=13, look=f"{_BOLD} {_MIDDLE}"),
        _text(x + _STEP_WIDTH / 2, y + 37, step.made_by, size=11, look=f"{_QUIET} {_MIDDLE}"),
    ]


def _page(parts: Sequence[str], height: float) -> str:
    title = "The rooms of Corridormap, and the way of a feature through them"
    told = " ".join(
        f"{name}: {'; '.join(' and '.join(row) for row in rows)}."
        for name, rows in (
            ("Browser", _browser_rows()),
            *((name, rooms_of(f"corridormap.{name}")) for name in ("app", "layers", "geo")),
        )
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:g}" role="img"'
        f' width="{_WIDTH}" height="{height:g}" font-family="Arial, Helvetica, sans-serif">'
    )
    marker = (
        '<marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8"'
        f' orient="auto"><path d="M0 0L8 4L0 8z" fill="{_INK}"/></marker>'
    )
    lines = [
        head,
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(told)}</desc>",
        f"<defs>{marker}</defs>",
        # White, so that it can be read where the page is dark.
        f'<rect width="{_WIDTH}" height="{height:g}" fill="#FFFFFF"/>',
        *parts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _rect(x: float, y: float, width: float, height: float, *, fill: str, radius: float) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}"'
        f' fill="{fill}" stroke="{_LINE}"/>'
    )


def _text(x: float, y: float, text: str, *, size: float, look: str = "") -> str:
    fill = "" if "fill" in look else f' fill="{_INK}"'
    said = f" {look}" if look else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{fill}{said}>{escape(text)}</text>'


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    line = f"M{x1:g} {y1:g}L{x2:g} {y2:g}"
    return f'<path d="{line}" stroke="{_INK}" fill="none" marker-end="url(#tip)"/>'


def main() -> None:
    """Write the picture."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    file.write_text(drawn(), encoding="utf-8")


if __name__ == "__main__":
    main()
