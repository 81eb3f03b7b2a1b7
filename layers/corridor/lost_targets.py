"""Find the annotations that point at nothing: no such layer, no such feature.

Addresses in the annotations are compared with the corridor's own, never opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.geo.errors import Fault, Finding
from corridormap.layers.folder.files import ANNOTATIONS, layer_file
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.layers.corridor.annotation import Annotation
    from corridormap.layers.corridor.layer import Layer
    from corridormap.layers.corridor.manifest import Manifest

__all__ = ["lost_targets"]


def lost_targets(
    annotations: tuple[Annotation, ...], layers: tuple[Layer, ...], manifest: Manifest
) -> Iterator[Finding]:
    """Yield the targets that point nowhere; those in a layer that failed say so already."""
    holds = {layer.id: set(layer.frame.index) for layer in layers}
    known = {entry.id for entry in manifest.layers}
    homes = {feature: layer.id for layer in layers for feature in layer.features}
    for annotation in annotations:
        for target in annotation.target:
            feature, layer = target.feature, target.layer
            if feature is None or (layer in known and layer not in holds):
                continue
            if layer is None or layer not in holds:
                listed = ", ".join(sorted(known))
                fault = Fault(
                    "target-is-no-layer", "target", source=short(target.source), known=listed
                )
            elif feature not in holds[layer]:
                fault = _lost(feature, layer, homes.get(feature))
            else:
                continue
            yield fault.at(ANNOTATIONS, annotation.id)


def _lost(feature: str, layer: str, home: str | None) -> Fault:
    wanted, file = short(feature), layer_file(layer)
    if home:
        there = layer_file(home)
        return Fault("target-is-in-another-layer", "target", id=wanted, layer=file, home=there)
    return Fault("target-is-not-in-layer", "target", id=wanted, layer=file)
