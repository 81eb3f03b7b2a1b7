"""Apply what an editor decided by hand to a scene: words, claims, hidden names, places of labels.

What is decided for things that the scene does not show changes nothing. Draws nothing.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.corridor.layouts import ClaimWords, Hand
    from corridormap.layers.scene.compare import Compared
    from corridormap.layers.scene.scene import Scene, SceneClaim, SceneItem

__all__ = ["compared_by_hand", "scene_by_hand"]


def scene_by_hand(scene: Scene, hand: Hand) -> Scene:
    """Return a scene with what is decided by hand; claims keep their numbers."""
    if hand.is_empty:
        return scene
    headline = scene.headline
    if hand.subtitle:
        headline = replace(headline, written=plain(hand.subtitle).rstrip("."))
    words = {one.claim: one for one in hand.words}
    told = scene.claims
    if hand.claims is not None:
        told = tuple(claim for claim in told if claim.id in hand.claims)
    return replace(
        scene,
        title=plain(hand.headline) or scene.title,
        headline=headline,
        byline=plain(hand.byline),
        claims=tuple(_told(claim, words.get(claim.id)) for claim in told),
        items=tuple(_named(scene.items, frozenset(hand.hidden))),
        put=MappingProxyType({label.feature: label for label in hand.labels}),
    )


def compared_by_hand(compared: Compared, hand: Hand) -> Compared:
    """Return two scenes with what is decided by hand; see `scene_by_hand`."""
    before, after = (scene_by_hand(scene, hand) for scene in (compared.before, compared.after))
    return replace(compared, before=before, after=after)


def _told(claim: SceneClaim, words: ClaimWords | None) -> SceneClaim:
    if words is None:
        return claim
    title, text = plain(words.title), plain(words.text)
    return replace(claim, title=title or claim.title, text=text or claim.text)


def _named(items: Iterable[SceneItem], hidden: frozenset[str]) -> Iterable[SceneItem]:
    for item in items:
        if item.feature.id in hidden:
            yield replace(item, feature=replace(item.feature, label=None))
        else:
            yield item
