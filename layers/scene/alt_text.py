"""Draft words for those who cannot see a picture, from the scene it is drawn from.

Says what is shown, where, at which date and how far along it is, and names what is planned
or uncertain. Judges nothing: every word is the scene's. Draws nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shapely.geometry import box

from corridormap.layers.corridor.status import LOOK_LABELS, LOOKS
from corridormap.layers.wording.kinds import STANDING_KINDS
from corridormap.layers.wording.without_room import (
    claims_unmarked,
    listed,
    named,
    names_without_room,
)
from corridormap.layers.wording.words import capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corridormap.layers.scene.compare import Compared
    from corridormap.layers.scene.scene import Scene, SceneItem

__all__ = ["LONGEST", "draft_alt_text", "draft_compared_text", "with_lost"]

LONGEST = 600
"""Most letters of a draft."""

_NOT_YET = frozenset({"planned", "construction"})
_UNCERTAIN = frozenset({"approximate", "schematic"})
_MOST_TOWNS = 4


def draft_alt_text(scene: Scene) -> str:
    """Return a picture's alternative text: one paragraph of at most 600 letters."""
    seen = box(*scene.extent)
    items = [item for item in scene.items if item.feature.geometry.intersects(seen)]
    moving = [item for item in items if item.feature.kind not in STANDING_KINDS]
    fixed = [
        f"Map: {scene.title}, {scene.date_label}.",
        _layers(scene, items, moving),
        _where(scene),
        _status(moving),
        _selected(items),
        _changed(scene, items),
    ]
    text = " ".join(part for part in fixed if part)
    lists = (
        ("Planned or being built", _names(i for i in moving if i.phase.look in _NOT_YET)),
        ("Place only approximate", _names(i for i in moving if _is_rough(i))),
    )
    for number, (heading, names) in enumerate(lists, start=1):
        # The first list leaves the second its share of the room.
        room = (LONGEST - len(text)) * number // len(lists)
        text = _after(text, named(heading, names, letters=room - 1))
    return _cut(text, LONGEST)


def with_lost(text: str, dropped: Sequence[str], unmarked: Sequence[int]) -> str:
    """Return a draft with what found no room in the picture, if there is room to say it.

    Parameters
    ----------
    text
        The draft.
    dropped
        Names without room, most important first.
    unmarked
        Numbers of claims without room.
    """
    numbers = claims_unmarked(unmarked)
    if len(text) + 1 + len(numbers) <= LONGEST:
        text = _after(text, numbers)
    return _after(text, names_without_room(dropped, letters=LONGEST - len(text) - 1))


def draft_compared_text(compared: Compared) -> str:
    """Return the alternative text of a picture of two dates: at most 600 letters."""
    before, after, told = compared.before, compared.after, compared.changes
    head = f"Two maps: {after.title}, {before.date_label} and {after.date_label}."
    if not told:
        return _cut(f"{head} No feature changed.", LONGEST)
    count = "1 feature" if len(told) == 1 else f"{len(told)} features"
    changes = "; ".join(f"{change.name}: {change.short}" for change in told)
    return _cut(f"{head} {count} changed. {changes}.", LONGEST)


def _is_rough(item: SceneItem) -> bool:
    return item.feature.position.quality in _UNCERTAIN


def _layers(scene: Scene, items: Sequence[SceneItem], moving: Sequence[SceneItem]) -> str:
    """Name the layers that show something, with how many features have a status."""
    seen = {item.feature.layer for item in items}
    count = Counter(item.feature.layer for item in moving)
    shown = [
        f"{layer.title} ({count[layer.id]})" if count[layer.id] else layer.title
        for layer in scene.layers
        if layer.id in seen
    ]
    return f"It shows {listed(shown)}." if shown else "It shows no features, only the land."


def _where(scene: Scene) -> str:
    """Name the foremost places in the frame; with none, its corners."""
    west, south, east, north = scene.extent
    inside = dict.fromkeys(
        place.name
        for place in sorted(scene.places, key=lambda each: each.rank)
        if west <= place.at[0] <= east and south <= place.at[1] <= north
    )
    if inside:
        return f"Towns in the frame: {listed(list(inside)[:_MOST_TOWNS])}."
    return (
        f"It reaches from {west:.2f} to {east:.2f} degrees east, {south:.2f} to {north:.2f} north."
    )


def _status(items: Sequence[SceneItem]) -> str:
    count = Counter(item.phase.look for item in items)
    parts = [f"{count[look]} {LOOK_LABELS[look].lower()}" for look in LOOKS if count[look]]
    return f"By status: {listed(parts)}." if parts else ""


def _selected(items: Iterable[SceneItem]) -> str:
    name = next((i.feature.name for i in items if i.state == "selected"), "")
    return f"Marked: {name}." if name else ""


def _changed(scene: Scene, items: Sequence[SceneItem]) -> str:
    lit = sum(item.state == "lit" for item in items)
    return f"{capital(scene.changed)}: {lit} of {len(items)}." if scene.changed else ""


def _names(items: Iterable[SceneItem]) -> list[str]:
    features = [item.feature for item in items]
    return list(dict.fromkeys(f.label.text if f.label else f.name for f in features))


def _after(text: str, sentence: str) -> str:
    return f"{text} {sentence}" if sentence else text


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return f"{text[: limit - 1].rsplit(' ', 1)[0]}…"
