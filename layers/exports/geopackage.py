"""Write a corridor's features as a GeoPackage: a table per layer, in EPSG:4326.

The same features give the same bytes on one machine: the time of writing is fixed.
"""

from __future__ import annotations

import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corridormap.layers.exports.flat import FlatFeature

__all__ = ["to_geopackage"]

_TIME = "OGR_CURRENT_DATE"


def to_geopackage(features: Iterable[FlatFeature], *, written: str) -> bytes:
    """Return a GeoPackage with a table for each layer, named by its id.

    Parameters
    ----------
    features
        In order; those of one layer stand together.
    written
        ISO date that the file gives as its own.
    """
    import geopandas as gpd
    import pandas as pd
    import pyogrio

    with tempfile.TemporaryDirectory(prefix="corridormap-") as folder:
        path = Path(folder) / "layers.gpkg"
        before = pyogrio.get_gdal_config_option(_TIME)
        pyogrio.set_gdal_config_options({_TIME: f"{written}T00:00:00.000Z"})
        try:
            for layer, mine in groupby(features, key=lambda feature: feature.layer):
                listed = list(mine)
                table = pd.DataFrame([dict(feature.row) for feature in listed])
                shapes = [feature.geometry for feature in listed]
                frame = gpd.GeoDataFrame(table, geometry=shapes, crs=4326)
                # Points beside points of several stay what they are.
                pyogrio.write_dataframe(
                    frame, path, layer=layer, driver="GPKG", promote_to_multi=False
                )
        finally:
            pyogrio.set_gdal_config_options({_TIME: before})
        return path.read_bytes()
