"""A layer of a corridor: its file as a GeoDataFrame, and its features as models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.folder.files import layer_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.corridor.manifest import LayerEntry

__all__ = ["Layer"]


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer that could be read."""

    entry: LayerEntry
    order: int
    """Its place among the corridor's layers, from 0."""
    frame: gpd.GeoDataFrame
    """Geometry and raw properties in EPSG:4326, indexed by feature id."""
    features: Mapping[str, FeatureProperties]
    """The features that can be shown, in the file's order."""

    @property
    def id(self) -> str:
        """Its stable id, also the name of its file."""
        return self.entry.id

    @property
    def file(self) -> str:
        """Its file, relative to the corridor's folder."""
        return layer_file(self.entry.id)
