"""Describe a corridor in a few counted facts, for people and for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.layers.routes.figures import describe_routes

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["describe"]


def describe(corridor: Corridor) -> dict[str, Any]:
    """Return what `corridormap info --json` prints: counts, and the figures of the routes."""
    manifest = corridor.manifest
    return {
        "id": corridor.id,
        "title": manifest.title,
        "as_of": manifest.as_of.isoformat(),
        "extent": list(manifest.extent),
        "layers": [
            {
                "id": layer.id,
                "title": layer.entry.title,
                "features": len(layer.frame),
                "geometry_types": sorted(layer.frame.geom_type.unique()),
                "visible": layer.entry.visible,
            }
            for layer in corridor.layers
        ],
        "annotations": len(corridor.annotations),
        "routes": describe_routes(corridor, manifest.as_of.isoformat()),
    }
