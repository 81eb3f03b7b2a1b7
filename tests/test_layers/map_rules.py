"""Hold a drawn map to the rules of place, names and numbers; each breach in words.

Place: a sign, or its dot, stands at its true place. Names: a name touches its own sign or line,
or a leader joins them; without one it is nearer to no other feature's sign. Numbers: a claim's
number stands at a feature of its claim, or at the sign that counts it, and nowhere else.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import shapely

from tests.test_layers.drawn_map import apart, middle, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.picture import Report
    from corridormap.layers.scene.scene import Scene, SceneItem
    from tests.test_layers.drawn_map import Drawn, Label

__all__ = ["Breaches", "breaches"]

_TOUCH_PX = 46.0
"""A ring or a tag may stand between a sign and its name."""
_BAND_PX = 40.0
_STEP_DEG = 0.2
"""A leg is drawn along its parallel, not straight from end to end."""
_REACH_PX = 16.0
"""Between a leader and its text: a number's disc is taller than its name."""
_NEAR_PX = 75.0
"""How far from a sign what it counts may be, besides the sign's own size."""


@dataclass
class Breaches:
    """What is wrong with a picture, in words."""

    misplaced: list[str] = field(default_factory=list)
    wrong_names: list[str] = field(default_factory=list)
    floating: list[str] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    unmarked: list[int] = field(default_factory=list)
    """Claims that are listed, and have a feature in view, without their number on the map."""
    unnamed: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[str]:
        """Every breach that no size excuses."""
        return [*self.misplaced, *self.wrong_names, *self.floating, *self.leaders]


def breaches(scene: Scene, report: Report, svg: str) -> Breaches:
    """Return what is wrong with a picture.

    Parameters
    ----------
    scene
        What was to be drawn.
    report
        For the frame's position and its projection alone.
    svg
        The picture.
    """
    if report.project is None:
        raise AssertionError("a picture's report gives its projection")
    main, detail = read(svg)
    found = Breaches()
    items = {item.feature.id: item for item in scene.items}
    frames = [(main, report.project)]
    if detail is not None and report.project_detail is not None:
        frames.append((detail, report.project_detail))
    marked: set[int] = set()
    for drawn, project in frames:
        shapes = {
            id_: shapely.transform(shapely.segmentize(item.feature.geometry, _STEP_DEG), project)
            for id_, item in items.items()
        }
        _check_places(drawn, shapes, found)
        _check_names(drawn, shapes, items, found)
        _check_leaders(drawn, shapes, items, found)
        marked |= _check_numbers(drawn, shapes, scene, found)
    box = report.map_box
    frame = shapely.box(box.left, box.top, box.right, box.bottom)
    in_view = {
        id_
        for id_, item in items.items()
        if shapely.transform(item.feature.geometry, report.project).intersects(frame)
    }
    listed = [c for c in scene.claims if c.number in main.told and in_view.intersection(c.features)]
    found.unmarked += [claim.number for claim in listed if claim.number not in marked]
    told = {
        row.text for drawn, _ in frames for label in drawn.labels.values() for row in label.rows
    }
    words = " ".join(told)
    found.unnamed += [
        id_
        for id_ in sorted(in_view)
        if (label := items[id_].feature.label) is not None
        and not all(part in words for part in (label.halves or (label.text,)))
        and label.text not in told
    ]
    return found


def _check_places(drawn: Drawn, shapes: dict[str, BaseGeometry], found: Breaches) -> None:
    for id_, shape in shapes.items():
        places = [(p.x, p.y) for p in shapely.get_parts(shape) if p.geom_type == "Point"]
        for part, at in enumerate(places):
            for sign in drawn.signs.get(f"{id_}-{part}" if part else id_, ()):
                if math.dist(middle(sign), at) > 3.0:
                    found.misplaced.append(f"{id_} is drawn at {middle(sign)}, not at {at}")


def _own(
    id_: str, shapes: dict[str, BaseGeometry], items: dict[str, SceneItem], drawn: Drawn
) -> BaseGeometry:
    """Return the signs at a place, or the line, that a label names, as drawn."""
    shape = shapes[id_]
    if shape.geom_type not in {"Point", "MultiPoint"}:
        return shape
    place = items[id_].feature.place
    here = [other for other, item in items.items() if item.feature.place == place]
    signs: list[BaseGeometry] = [
        shapely.box(*sign) for other in here for sign in drawn.signs.get(other, ())
    ]
    return shapely.union_all(signs or [shape])


def _check_names(
    drawn: Drawn, shapes: dict[str, BaseGeometry], items: dict[str, SceneItem], found: Breaches
) -> None:
    boxes = {
        id_: [shapely.box(*sign) for sign in drawn.signs.get(id_, ())]
        for id_, shape in shapes.items()
        if shape.geom_type in {"Point", "MultiPoint"}
    }
    for id_, label in drawn.labels.items():
        if id_ not in items or label.leader is not None or not label.rows:
            continue
        own = _own(id_, shapes, items, drawn)
        # Rows and numbers read as one block.
        text = shapely.box(*shapely.total_bounds([shapely.box(*box) for box in label.boxes]))
        band = _BAND_PX if own.geom_type in {"LineString", "MultiLineString"} else 0.0
        mine = text.distance(own)
        if mine > _TOUCH_PX + band:
            found.wrong_names.append(f"the name of {id_} is {mine:.0f} px from it")
        place = items[id_].feature.place
        for other, signs in boxes.items():
            if items[other].feature.place == place:
                continue
            near = min((text.distance(sign) for sign in signs), default=math.inf)
            if near < mine - 1.0:
                found.wrong_names.append(
                    f"the name of {id_} is {mine:.1f} px from it and {near:.1f} from {other}"
                )


def _check_leaders(
    drawn: Drawn, shapes: dict[str, BaseGeometry], items: dict[str, SceneItem], found: Breaches
) -> None:
    led = {id_: label for id_, label in drawn.labels.items() if label.leader is not None}
    for (one, a), (other, b) in combinations(led.items(), 2):
        if shapely.LineString(a.leader).crosses(shapely.LineString(b.leader)):
            found.leaders.append(f"the leaders of {one} and {other} cross")
    for id_, label in led.items():
        if id_ in items:
            own = _own(id_, shapes, items, drawn)
            found.leaders += [f"the leader of {id_} {what}" for what in _ends(label, own)]
            found.leaders += [
                f"the leader of {id_} runs over {what}"
                for what in _run_over(id_, label, drawn, shapes, items)
            ]


def _ends(label: Label, own: BaseGeometry) -> Iterator[str]:
    """Yield what is wrong with the ends of a leader."""
    if label.leader is None or label.dot is None:
        return
    start, end = label.leader
    if math.dist(label.dot, start) > 1.0:
        yield "does not start at its dot"
    if min(apart(box, end) for box in label.boxes) > _REACH_PX:
        yield "does not reach its name"
    far = shapely.Point(start).distance(own)
    if far > 3.0:
        yield f"starts {far:.0f} px from it"


def _run_over(
    id_: str,
    label: Label,
    drawn: Drawn,
    shapes: dict[str, BaseGeometry],
    items: dict[str, SceneItem],
) -> Iterator[str]:
    """Yield the names and signs of others that a leader runs over."""
    line = shapely.LineString(label.leader)
    for other, there in drawn.labels.items():
        if other != id_ and any(line.intersects(shapely.box(*box)) for box in there.boxes):
            yield f"the name of {other}"
    for other, signs in drawn.signs.items():
        if other not in items or shapes[other].geom_type not in {"Point", "MultiPoint"}:
            continue
        if items[other].feature.place != items[id_].feature.place and any(
            line.intersects(shapely.box(*sign)) for sign in signs
        ):
            yield f"the sign of {other}"


def _check_numbers(
    drawn: Drawn, shapes: dict[str, BaseGeometry], scene: Scene, found: Breaches
) -> set[int]:
    features = {claim.number: claim.features for claim in scene.claims}
    items = {item.feature.id: item for item in scene.items}
    marked: set[int] = set()
    for id_, label in drawn.labels.items():
        if label.numbers and id_ not in shapes:
            found.floating.append(f"numbers at {id_}, which is no feature")
            continue
        for number in label.numbers:
            if _carries(id_, number, features, shapes, items, drawn):
                marked.add(number)
            else:
                found.floating.append(f"{number} stands at {id_}, which its claim is not about")
    return marked


def _carries(
    id_: str,
    number: int,
    features: dict[int, tuple[str, ...]],
    shapes: dict[str, BaseGeometry],
    items: dict[str, SceneItem],
    drawn: Drawn,
) -> bool:
    """Tell whether a claim is about a feature, or about one that its sign counts."""
    about = [f for f in features.get(number, ()) if f in shapes]
    if id_ in about:
        return True
    own = _own(id_, shapes, items, drawn)
    counts = any(own.distance(shapely.box(*tag.box)) < _TOUCH_PX for tag in drawn.tags)
    return counts and any(shapes[f].distance(own) < _NEAR_PX for f in about)
