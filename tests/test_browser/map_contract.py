"""Judge what a page's map shows: signs at their places, names at their signs, numbers found.

All is measured on the rectangles of the page's elements; see map_contract.js.
"""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["READ", "faults"]

READ = Path(__file__).with_name("map_contract.js").read_text("utf-8")
_AT_PLACE_PX = 1.5
_TOUCH_PX = 12.0
"""From a name to its own sign, ring or line."""
_SAME_PX = 1.5
_CROWD_PX = 21.0
"""What one sign may speak for, as two bridges: 20 px and the rounding."""
_NUMBER_PX = 12.0
_BESIDE_PX = 8.0
"""Between a name and its numbers, which are one block."""
_BIG_RING_PX = 80.0
_END_PX = 9.0

Json = dict[str, Any]
Box = tuple[float, float, float, float]


def faults(shown: Json) -> list[str]:
    """Return what breaks a rule, in words; see the issue's rules of place, names and numbers."""
    return [
        *_signs_elsewhere(shown),
        *_wrong_names(shown),
        *_bad_leaders(shown),
        *_floating_numbers(shown),
        *_wrong_counts(shown),
    ]


def _gap(one: Box, other: Box) -> float:
    dx = max(one[0] - other[2], other[0] - one[2], 0.0)
    dy = max(one[1] - other[3], other[1] - one[3], 0.0)
    return math.hypot(dx, dy)


def _seen(at: list[float], shown: Json) -> bool:
    width, height = shown["size"]
    return bool(1 < at[0] < width - 1 and 1 < at[1] < height - 1)


def _signs_elsewhere(shown: Json) -> Iterator[str]:
    """Yield marks that are at no place of their feature, and places in sight without a mark."""
    points = shown["points"]
    for id_, point in points.items():
        places = point["true"]
        for mark in point["marks"]:
            if min(math.dist(mark["at"], place) for place in places) > _AT_PLACE_PX + 3:
                yield f"{id_} stands elsewhere"
        alike = [
            other["marks"]
            for other in points.values()
            if other["place"] == point["place"] and other["kind"] == point["kind"]
        ]
        marks = [mark for marks in alike for mark in marks]
        for place in places:
            if _seen(place, shown) and all(
                math.dist(mark["at"], place) > _AT_PLACE_PX + 3 for mark in marks
            ):
                yield f"{id_} has no sign at its place"


def _signs(shown: Json) -> dict[str, list[Box]]:
    """Return the boxes of the drawn point signs by feature."""
    return {
        id_: [tuple(mark["box"]) for mark in point["marks"] if mark["box"]]
        for id_, point in shown["points"].items()
    }


def _shape(shape: Json) -> Any:
    if shape["area"]:
        rings = [shapely.Polygon(path) for path in shape["paths"] if len(path) > 3]
        return shapely.union_all([ring.buffer(0) for ring in rings])
    return shapely.MultiLineString([path for path in shape["paths"] if len(path) > 1])


class _Own:
    """How far a box is from what is drawn of a feature."""

    def __init__(self, shown: Json) -> None:
        self.shown = shown
        self.signs = _signs(shown)
        self._shapes: dict[str, Any] = {}

    def shape(self, id_: str) -> Any:
        """Return a line or area in px."""
        if id_ not in self._shapes:
            self._shapes[id_] = _shape(self.shown["shapes"][id_])
        return self._shapes[id_]

    def gap(self, box: Box, id_: str) -> float:
        """Return px from a box to a feature's sign, its ring or gold, its line or its area."""
        if id_ in self.shown["shapes"]:
            far = float(self.shape(id_).distance(shapely.box(*box)))
            return max(0.0, far - float(self.shown["shapes"][id_]["half"]))
        point = self.shown["points"][id_]
        # A bridge and the crossing on it are one sign.
        boxes = [
            one
            for other, there in self.signs.items()
            for one in there
            if other == id_ or self.shown["points"][other]["place"] == point["place"]
        ]
        gaps = [_gap(box, one) for one in boxes]
        for mark in point["marks"]:
            gaps += [
                max(0.0, _gap(box, (*mark["at"], *mark["at"])) - (round_[2] - round_[0]) / 2)
                for round_ in self.shown["under"]
                if math.dist(_middle(round_), mark["at"]) < 1.0
                and round_[2] - round_[0] < 2 * _BIG_RING_PX
            ]
        return min(gaps, default=math.inf)


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _blocks(shown: Json) -> Iterator[tuple[Json, Box]]:
    """Yield labels with the box of their rows and of the numbers in them."""
    for label in shown["labels"]:
        box = tuple(label["box"])
        for badge in shown["badges"]:
            if badge["of"] == label["id"] and _gap(tuple(badge["box"]), box) < _BESIDE_PX:
                box = _joined(box, tuple(badge["box"]))
        yield label, box


def _joined(one: Box, other: Box) -> Box:
    low = (min(one[0], other[0]), min(one[1], other[1]))
    return (*low, max(one[2], other[2]), max(one[3], other[3]))


def _wrong_names(shown: Json) -> Iterator[str]:
    """Yield names that neither touch their own sign nor have a leader, or are nearer another's."""
    own = _Own(shown)
    joined = {leader["id"] for leader in shown["leaders"]}
    for label, box in _blocks(shown):
        id_ = label["id"]
        if id_ in joined:
            continue
        gap = own.gap(box, id_)
        told = f"{label['text']!r} of {id_}"
        if gap > _TOUCH_PX:
            yield f"{told} does not touch its sign: {gap:.0f} px"
            continue
        home = shown["points"].get(id_)
        for other, boxes in own.signs.items():
            same = home and shown["points"][other]["place"] == home["place"]
            if other != id_ and not same and not (id_ in shown["shapes"] and gap == 0):
                near = min((_gap(box, one) for one in boxes), default=math.inf)
                if near < gap - _SAME_PX:
                    yield f"{told} is nearer to {other}: {near:.0f} against {gap:.0f} px"


def _cross(one: Json, other: Json) -> bool:
    return bool(shapely.LineString(one["ends"]).crosses(shapely.LineString(other["ends"])))


def _bad_leaders(shown: Json) -> Iterator[str]:
    """Yield leaders that cross another, end without a dot, elsewhere or inside a sign."""
    own = _Own(shown)
    for one, other in itertools.combinations(shown["leaders"], 2):
        if _cross(one, other):
            yield f"the leaders of {one['id']} and {other['id']} cross"
    for leader in shown["leaders"]:
        start = leader["ends"][0]
        if math.dist(_middle(leader["dot"]), start) > 1.0:
            yield f"the leader of {leader['id']} has no dot at its end"
        if own.gap((*start, *start), leader["id"]) > _END_PX:
            yield f"the leader of {leader['id']} ends elsewhere"
        for id_, boxes in own.signs.items():
            for x0, y0, x1, y1 in boxes:
                if x1 - x0 < _END_PX:
                    continue
                if x0 + 3 < start[0] < x1 - 3 and y0 + 3 < start[1] < y1 - 3:
                    yield f"the leader of {leader['id']} ends inside the sign of {id_}"


def _numbers(text: str) -> set[int]:
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", text):
        found.update(range(int(first), int(last or first) + 1))
    return found


def _floating_numbers(shown: Json) -> Iterator[str]:
    """Yield numbers that stand at no feature of their claim, nor at the sign that speaks for it."""
    own = _Own(shown)
    by_number = {claim["number"]: claim["id"] for claim in shown["claims"]}
    every = {**shown["points"], **shown["shapes"]}
    for badge in shown["badges"]:
        id_, box = badge["of"], tuple(badge["box"])
        names = [
            *(box for label, box in _blocks(shown) if label["id"] == id_),
            *((*end, *end) for one in shown["leaders"] if one["id"] == id_ for end in one["ends"]),
        ]
        # Numbers above one another are one block.
        for other in shown["badges"]:
            if other["of"] == id_ and _gap(tuple(other["box"]), box) < _BESIDE_PX:
                box = _joined(box, tuple(other["box"]))
        gap = min([own.gap(box, id_), *(_gap(box, one) for one in names)])
        if gap > _NUMBER_PX:
            yield f"the number {badge['text']} floats: {gap:.0f} px from {id_}"
        about = set(every[id_]["claims"])
        if id_ in shown["points"]:
            home = shown["points"][id_]["true"]
            for other in shown["points"].values():
                if any(math.dist(a, b) < _CROWD_PX for a in home for b in other["true"]):
                    about.update(other["claims"])
        for number in _numbers(badge["text"]):
            if by_number[number] not in about:
                yield f"the number {number} stands at {id_}, of which its claim says nothing"


def _wrong_counts(shown: Json) -> Iterator[str]:
    """Yield what the list says of claims and the map does not do."""
    on_map = set().union(*(_numbers(badge["text"]) for badge in shown["badges"]), set())
    listed = [claim for claim in shown["claims"] if not claim["out"]]
    for claim in listed:
        if (claim["number"] in on_map) == bool(claim["unmarked"]):
            yield f"the list is wrong about the number {claim['number']}"
    marked = sum(claim["number"] in on_map for claim in listed)
    said = [int(n) for n in re.findall(r"\d+", shown["count"])]
    if said[-1] != len(listed) or said[0] != marked:
        yield f"{shown['count']!r}, and {marked} of {len(listed)} are marked"
