"""Give a corridor's layers as GeoDataFrames, each read when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from corridormap.geo.errors import ViewError
from corridormap.geo.geojson import read_geojson
from corridormap.layers.folder.files import layer_file
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    import geopandas as gpd

    from corridormap.app.face.source import Source
    from corridormap.layers.corridor.manifest import Manifest

__all__ = ["Layers"]


class UnknownLayerError(ViewError, KeyError):
    """There is no layer of this id; a KeyError too, as a mapping's users expect."""

    __str__ = ViewError.__str__  # a KeyError's own would be quoted


class Layers(Mapping[str, "gpd.GeoDataFrame"]):
    """A corridor's layers by id, in the order in which its manifest lists them.

    Listing and counting them reads no layer; the first ``layers["bridges"]`` reads that one.

    Parameters
    ----------
    source
        Where the files are.
    manifest
        What names the layers.
    """

    def __init__(self, source: Source, manifest: Manifest) -> None:
        self._source = source
        self._manifest = manifest
        self._read: dict[str, gpd.GeoDataFrame] = {}

    def __getitem__(self, layer: str) -> gpd.GeoDataFrame:
        """Return a layer as a frame of your own: changing it does not change the corridor.

        Parameters
        ----------
        layer
            Its id.

        Returns
        -------
        One row a feature, indexed by feature id (named "id"), with the file's properties as
        columns and `geometry` in EPSG:4326 (longitude, latitude in degrees). A property that a
        feature lacks is NaN. Features that the map cannot show are there too: see `findings`.

        Raises
        ------
        CorridorError
            There is no such layer (a KeyError too), or its file cannot be read.
        """
        if layer not in self._ids:
            raise UnknownLayerError(
                "unknown-layer", layer=short(layer, 40), known=", ".join(self._ids)
            )
        if layer not in self._read:
            file = layer_file(layer)
            self._read[layer] = read_geojson(
                self._source.read(file), file=file, extent=self._manifest.extent
            )
        return _own(self._read[layer])

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, layer: object) -> bool:
        return layer in self._ids  # the mapping's own would read it

    def __repr__(self) -> str:
        return f"<Layers: {', '.join(self._ids)}>"

    @property
    def _ids(self) -> tuple[str, ...]:
        return tuple(entry.id for entry in self._manifest.layers)


def _own(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a copy that shares no list with the frame, each column of the type of its values."""
    made = frame.copy()
    for column in made.columns.drop("geometry"):
        made[column] = made[column].map(deepcopy)
    return made.infer_objects()
