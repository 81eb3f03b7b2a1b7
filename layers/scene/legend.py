"""List how to read the signs: only the looks, ways, rings and bands that are shown.

One row for a look shows a point sign and a line sign beside each other, as far as the
map has them. This module resolves no feature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.corridor.status import LOOK_LABELS, LOOKS
from corridormap.layers.scene.scene import LegendEntry
from corridormap.layers.scene.signs import area_key, line_key, point_key
from corridormap.layers.theme import PALETTE
from corridormap.layers.wording.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from corridormap.layers.corridor.status import Look
    from corridormap.layers.scene.scene import Loose, Phase, SceneFeature

__all__ = ["legend_of"]

_NEUTRAL = PALETTE["place_label"]
_POINT_ORDER = (
    *("bracket", "disc", "square", "triangle", "shed", "works", "plane", "dam", "diamond"),
    *("end-rail", "end-road", "end-power", "end-pipeline"),
)
"""Which point sign stands for a look; those not named here come after, by name."""
_TELL_THEMSELVES = frozenset({"bracket", "disc", "dot", "square", "triangle"})
_WAYS = {
    "rail": "Railway",
    "road": "Road",
    "sea": "Sea route",
    "power": "Power line",
    "pipeline": "Pipeline",
    "route": "Route of several modes",
}
"""What a line is, by how it is drawn."""
_PLACES = {
    **{
        of.glyph: of.label
        for of in KINDS.values()
        if of.glyph not in _TELL_THEMSELVES and not of.glyph.startswith("end-")
    },
    "end-pipeline": "Pipeline, only its ends published",
}
"""What stands at a point, by its sign, where the sign alone would not say it."""
_ENDS = "Ends of an unpublished route"
_OTHER_ENDS = tuple(f"point/end-{way}/" for way in ("rail", "road", "power", "sea", "route"))


def legend_of(
    shown: Iterable[tuple[SceneFeature, Phase]], *, loose: Collection[Loose] = ("ring", "band")
) -> tuple[LegendEntry, ...]:
    """Return the rows of the legend for features in the phases they are shown in.

    Parameters
    ----------
    shown
        The features, each in its phase.
    loose
        Whether a ring is drawn, and a band: what is not drawn is not explained.
    """
    pairs = [(f, p) for f, p in shown if f.kind != "town"]
    return (*_looks(pairs), *_ways(pairs), *_positions(pairs, loose))


def _looks(pairs: list[tuple[SceneFeature, Phase]]) -> Iterator[LegendEntry]:
    drawn = _drawn(pairs)
    for look in LOOKS:
        keys = {phase.sign for _, phase in pairs if phase.look == look}
        parts = [key.split("/") for key in sorted(keys)]
        if not parts:
            continue
        signs = [
            *_point_sign(look, [(p[1], p[3]) for p in parts if p[0] == "point"]),
            *([line_key(drawn[0], look, _NEUTRAL)] if any(p[0] == "line" for p in parts) else []),
        ]
        if not signs:
            signs = [area_key(look, _NEUTRAL)]
        yield LegendEntry(tuple(signs), LOOK_LABELS[look], look=look)


def _drawn(pairs: list[tuple[SceneFeature, Phase]]) -> list[str]:
    """Return how the lines are drawn, the road first: it has least beside its status."""
    found = {phase.sign.split("/")[1] for _, phase in pairs if phase.sign.startswith("line/")}
    return sorted(found, key=["road", *_WAYS].index)


def _point_sign(look: Look, found: list[tuple[str, str]]) -> list[str]:
    """Return one sign for all points of a look: disc and brackets together if both are there."""
    colors = dict(reversed(found))
    if "bracket" in colors and "disc" in colors:
        return [point_key("both", look, f"{colors['bracket']}+{colors['disc']}")]
    for glyph in dict.fromkeys((*_POINT_ORDER, *sorted(colors))):
        if glyph in colors:
            return [point_key(glyph, look, colors[glyph])]
    return []


def _ways(pairs: list[tuple[SceneFeature, Phase]]) -> Iterator[LegendEntry]:
    drawn = _drawn(pairs)
    for way, text in _WAYS.items():
        if way in drawn:
            sign = line_key(way, "operating", _NEUTRAL)
            of = f"line/{way}/"
            yield LegendEntry((sign,), _named(text, of, pairs), of=of)
    own = {p.sign.split("/")[1] for f, p in pairs if f.kind not in KINDS and _is_glyph(p.sign)}
    for glyph in dict.fromkeys((*_PLACES, *sorted(own))):
        of = f"point/{glyph}/"
        places = sorted({p.sign for _, p in pairs if p.sign.startswith(of)})
        if places:
            yield LegendEntry((places[0],), _named(_PLACES.get(glyph, ""), of, pairs), of=of)
    ends = sorted({p.sign for _, p in pairs if p.sign.startswith(_OTHER_ENDS)})
    if ends:
        yield LegendEntry((ends[0],), _ENDS, of="point/end-")


def _is_glyph(sign: str) -> bool:
    return sign.startswith("point/") and not sign.startswith("point/end-")


def _named(text: str, of: str, pairs: list[tuple[SceneFeature, Phase]]) -> str:
    """Return what signs stand for: a text, and what kinds of one's own with the same sign are."""
    alike = [f for f, p in pairs if p.sign.startswith(of)]
    own = sorted({f.kind_label for f in alike if f.kind not in KINDS})
    others = sorted({f.kind_label for f in alike if f.kind in KINDS}) if own else [text]
    return ", ".join([*([text] if text and others else others), *own])


def _positions(
    pairs: list[tuple[SceneFeature, Phase]], loose: Collection[Loose]
) -> Iterator[LegendEntry]:
    rings = [p.sign for f, p in pairs if f.position.ring_m is not None]
    if rings and "ring" in loose:
        rings.sort(key=lambda sign: ("/disc/" not in sign, "/operating/" not in sign))
        yield LegendEntry((rings[0],), "Approximate: somewhere inside the ring", "ring")
    bands = [p.sign for f, p in pairs if f.position.band_m is not None]
    if bands and "band" in loose:
        sign = line_key(bands[0].split("/")[1], "planned", _NEUTRAL)
        yield LegendEntry((sign,), "Approximate: somewhere inside the band", "band")
