"""Find the annotations that point at nothing: no such layer, no such feature.

Addresses in the annotations are compared with the corridor's own, never opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.geo.errors import Finding
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
                problem = f"points to '{short(target.source)}', which is no layer of the corridor"
                remedy = f"Write layers/<id>.geojson with one of: {', '.join(sorted(known))}."
            elif feature not in holds[layer]:
                problem = f"points to '{short(feature)}', which is not in {layer_file(layer)}"
                home = homes.get(feature)
                remedy = (
                    f"It is in {layer_file(home)}: name that file."
                    if home
                    else "Name a feature of that layer, or add the feature."
                )
            else:
                continue
            said = f"the annotation {problem}"
            yield Finding(ANNOTATIONS, annotation.id, said, remedy, "target")
