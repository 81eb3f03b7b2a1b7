"""A layer of a corridor: its file as a GeoDataFrame, and its features as models."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from corridormap.layers.folder.files import layer_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

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

    def __getstate__(self) -> dict[str, Any]:
        """Travel between processes without what is made again where it is needed."""
        return {name: value for name, value in self.__dict__.items() if name != "shapes"}

    @cached_property
    def shapes(self) -> Mapping[str, BaseGeometry]:
        """The geometry of each feature of the file: a frame's own search takes a row's time."""
        ids = (str(id_) for id_ in self.frame.index)
        return dict(zip(ids, self.frame.geometry.array, strict=True))

    @property
    def id(self) -> str:
        """Its stable id, also the name of its file."""
        return self.entry.id

    @property
    def file(self) -> str:
        """Its file, relative to the corridor's folder."""
        return layer_file(self.entry.id)
