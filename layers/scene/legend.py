"""List how to read the signs: only the looks, modes, rings and bands that are shown.

One row for a look shows a point sign and a line sign beside each other, as far as the
map has them. This module resolves no feature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.corridor.status import LOOK_LABELS, LOOKS
from corridormap.layers.scene.scene import LegendEntry
from corridormap.layers.scene.signs import area_key, line_key, point_key
from corridormap.layers.theme import PALETTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corridormap.layers.corridor.status import Look
    from corridormap.layers.scene.scene import Phase, SceneFeature

__all__ = ["legend_of"]

_NEUTRAL = PALETTE["place_label"]
_POINT_ORDER = ("bracket", "disc", "square", "triangle", "end-rail", "end-road", "end-power")


def legend_of(shown: Iterable[tuple[SceneFeature, Phase]]) -> tuple[LegendEntry, ...]:
    """Return the rows of the legend for features in the phases they are shown in."""
    pairs = [(f, p) for f, p in shown if f.kind != "town"]
    return (*_looks(pairs), *_modes(pairs), *_positions(pairs))


def _looks(pairs: list[tuple[SceneFeature, Phase]]) -> Iterator[LegendEntry]:
    for look in LOOKS:
        keys = {phase.sign for _, phase in pairs if phase.look == look}
        parts = [key.split("/") for key in sorted(keys)]
        if not parts:
            continue
        signs = [
            *_point_sign(look, [(p[1], p[3]) for p in parts if p[0] == "point"]),
            *(["line"] if any(p[0] == "line" for p in parts) else []),
        ]
        signs = [line_key("road", look, _NEUTRAL) if sign == "line" else sign for sign in signs]
        if not signs:
            signs = [area_key(look, _NEUTRAL)]
        yield LegendEntry(tuple(signs), LOOK_LABELS[look], look=look)


def _point_sign(look: Look, found: list[tuple[str, str]]) -> list[str]:
    """Return one sign for all points of a look: disc and brackets together if both are there."""
    colors = dict(reversed(found))
    if "bracket" in colors and "disc" in colors:
        return [point_key("both", look, f"{colors['bracket']}+{colors['disc']}")]
    for glyph in _POINT_ORDER:
        if glyph in colors:
            return [point_key(glyph, look, colors[glyph])]
    return []


def _modes(pairs: list[tuple[SceneFeature, Phase]]) -> Iterator[LegendEntry]:
    modes = {p.sign.split("/")[1] for _, p in pairs if p.sign.startswith("line/")}
    words = {"rail": "Railway", "road": "road", "power": "power line"}
    shown = [mode for mode in words if mode in modes]
    if len(shown) > 1:
        signs = tuple(line_key(mode, "operating", _NEUTRAL) for mode in shown)
        text = "; ".join(words[mode] for mode in shown)
        yield LegendEntry(signs, text[:1].upper() + text[1:])


def _positions(pairs: list[tuple[SceneFeature, Phase]]) -> Iterator[LegendEntry]:
    rings = [p.sign for f, p in pairs if f.position.ring_m is not None]
    if rings:
        rings.sort(key=lambda sign: ("/disc/" not in sign, "/operating/" not in sign))
        yield LegendEntry((rings[0],), "Approximate: somewhere inside the ring", "ring")
    bands = [p.sign for f, p in pairs if f.position.band_m is not None]
    if bands:
        sign = line_key("road", "planned", _NEUTRAL)
        yield LegendEntry((sign,), "Approximate: somewhere inside the band", "band")
