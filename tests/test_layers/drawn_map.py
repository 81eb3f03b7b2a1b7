"""Read a drawn map out of its SVG: signs, names, numbers, leaders; never what the placer says.

Everything is in CSS px, as text and paths of the file give it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

import shapely

SVG = "{http://www.w3.org/2000/svg}"
PX_PER_POINT = 96 / 72
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
_ASCENT, _DESCENT = 0.74, 0.22

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Row:
    """A text and the box that it fills."""

    text: str
    box: Rect
    white: bool


@dataclass
class Label:
    """What stands in one label's group."""

    id: str
    rows: list[Row] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    discs: list[Rect] = field(default_factory=list)
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None
    dot: tuple[float, float] | None = None
    """Where its leader ends at the place."""

    @property
    def boxes(self) -> list[Rect]:
        """Every text and disc."""
        return [*(row.box for row in self.rows), *self.discs]


@dataclass
class Drawn:
    """A map as its file has it, or one of its frames."""

    signs: dict[str, list[Rect]] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    tags: list[Row] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    """Numbers of the claims in the list."""


def read(svg: str) -> tuple[Drawn, Drawn | None]:
    """Return the map of a picture, and its detail map if it has one."""
    root = ET.fromstring(svg)  # noqa: S314 - the picture is our own
    top = next(g for g in root.iter(f"{SVG}g") if g.get("id") == "map")
    told = {
        int(found[1])
        for g in root.iter(f"{SVG}g")
        if (found := re.fullmatch(r"claim-(\d+)", g.get("id") or ""))
    }
    detail = next((g for g in top.iter(f"{SVG}g") if g.get("id") == "detail"), None)
    main = _frame(top, "", detail)
    main.told = told
    return main, None if detail is None else _frame(detail, "detail-", None)


def _frame(top: ET.Element, prefix: str, skip: ET.Element | None) -> Drawn:
    drawn = Drawn()
    for group in (g for g in _below(top, skip) if g.tag == f"{SVG}g" and g.get("id")):
        name = str(group.get("id"))
        if not name.startswith(prefix):
            continue
        kind, _, of = name.removeprefix(prefix).partition("-")
        if kind == "label":
            _read_label(group, drawn.labels.setdefault(of, Label(of)))
        elif kind == "leader":
            _read_leader(group, drawn.labels.setdefault(of, Label(of)))
        elif kind == "layer":
            for feature in (g for g in group if g.get("id")):
                key = str(feature.get("id")).removeprefix(prefix)
                if (rect := _filled(feature)) is not None:
                    drawn.signs.setdefault(key, []).append(rect)
    rows = [_row(e) for e in _below(top, skip) if e.tag == f"{SVG}text"]
    drawn.tags = [row for row in rows if re.fullmatch(r"×\d+", row.text)]
    return drawn


def _read_leader(group: ET.Element, label: Label) -> None:
    paths = [points(path.get("d") or "") for path in group.iter(f"{SVG}path")]
    label.leader = (paths[0][0], paths[0][-1])
    label.dot = middle(_bounds(paths[-1]))


def _filled(group: ET.Element) -> Rect | None:
    """Return what the paths of a group fill, with their pens, which end at an open end."""
    rects = [rect for path in group.iter(f"{SVG}path") if (rect := _inked(path)) is not None]
    if not rects:
        return None
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _inked(path: ET.Element) -> Rect | None:
    shape, style = path.get("d") or "", path.get("style") or ""
    line = points(shape)
    if not line:
        return None
    left, top, right, bottom = _bounds(line)
    wide = re.findall(r"stroke-width: ([\d.]+)", style) if "stroke: none" not in style else []
    edge = PX_PER_POINT * float(wide[0]) / 2 if wide else 0.0
    if edge and len(set(line)) > 1 and "z" not in shape and "linecap" not in style:
        inked = shapely.LineString(line).buffer(edge, cap_style="flat", join_style="mitre")
        left, top, right, bottom = inked.bounds
        return left, top, right, bottom
    return left - edge, top - edge, right + edge, bottom + edge


def _below(top: ET.Element, skip: ET.Element | None) -> list[ET.Element]:
    found: list[ET.Element] = []
    waiting = [top]
    while waiting:
        element = waiting.pop()
        if element is skip:
            continue
        found.append(element)
        waiting.extend(element)
    return found


def _read_label(group: ET.Element, label: Label) -> None:
    for text in group.iter(f"{SVG}text"):
        row = _row(text)
        if row.white:
            for first, last in re.findall(r"(\d+)(?:–(\d+))?", row.text):
                label.numbers |= set(range(int(first), int(last or first) + 1))
        else:
            label.rows.append(row)
    for path in group.iter(f"{SVG}path"):
        label.discs.append(_bounds(points(path.get("d") or "")))


def _row(text: ET.Element) -> Row:
    style = text.get("style") or ""
    size = float(re.findall(r"font-size: ([\d.]+)px", style)[0])
    wide = float(text.get("textLength") or 0)
    x, y = float(text.get("x") or 0), float(text.get("y") or 0)
    anchor = re.findall(r"text-anchor: (\w+)", style)
    left = x - {"middle": wide / 2, "end": wide}.get(anchor[0] if anchor else "start", 0.0)
    box = (left, y - _ASCENT * size, left + wide, y + _DESCENT * size)
    px = tuple(PX_PER_POINT * v for v in box)
    return Row("".join(text.itertext()), px, "fill: #ffffff" in style.lower())  # type: ignore[arg-type]


def points(d: str) -> list[tuple[float, float]]:
    """Return the points of a path, in px."""
    numbers = [PX_PER_POINT * float(n) for n in _NUMBERS.findall(d)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _bounds(path: list[tuple[float, float]]) -> Rect:
    xs, ys = zip(*path, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def middle(rect: Rect) -> tuple[float, float]:
    """Return the middle of a rectangle."""
    return (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2


def apart(rect: Rect, at: tuple[float, float]) -> float:
    """Return the distance of a rectangle from a point; 0 inside."""
    dx = max(rect[0] - at[0], at[0] - rect[2], 0.0)
    dy = max(rect[1] - at[1], at[1] - rect[3], 0.0)
    return math.hypot(dx, dy)
