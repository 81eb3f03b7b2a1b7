"""Map a transport corridor so that an editor can publish the map and a reader can check it.

    import corridormap

    corridor = corridormap.open("azerbaijan-iran")
    corridor.layers["bridges"]  # a GeoDataFrame
    corridor.at("2023-12-29", layers=["bridges"]).snapshot("bridges.png")
    corridor.explore()  # the page, as a folium.Map

Public are `open`, `from_layers`, `Corridor`, `View`, `Snapshot`, `CorridorError`,
`CorridorWarning` and the module `streamlit`; docs/python.md tells of them. Importing this reads
none of the libraries that draw or compute: workers import it too.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from os import PathLike

    import geopandas as gpd

    from corridormap.app.face.corridor import Corridor
    from corridormap.app.face.snapshot import Snapshot
    from corridormap.app.face.source import CorridorWarning
    from corridormap.app.face.view import View
    from corridormap.geo.errors import CorridorError

# Not `open`: a star import would take Python's own away.
__all__ = ["Corridor", "CorridorError", "CorridorWarning", "Snapshot", "View", "from_layers"]

# In a checkout the rooms lie beside this folder and are linked into it; a wheel has them here.
if not (Path(__file__).parent / "geo").is_dir():
    raise ImportError(
        "corridormap/geo is no link to the folder geo: this checkout was made without links. "
        "Set them up again with `git config core.symlinks true` and `git checkout -- corridormap`, "
        "or install a wheel, which needs none."
    )

_AT = {
    "Corridor": "corridormap.app.face.corridor",
    "CorridorError": "corridormap.geo.errors",
    "CorridorWarning": "corridormap.app.face.source",
    "Snapshot": "corridormap.app.face.snapshot",
    "View": "corridormap.app.face.view",
}


def open(id_or_path: str | PathLike[str]) -> Corridor:  # noqa: A001 - the word of every library
    """Open a corridor, as the commands do.

    Parameters
    ----------
    id_or_path
        The id of a built-in corridor (`corridormap list` names them), a corridor's folder, or
        a zip of one as the page's *Download* gives it. It may be a stranger's: nothing outside
        it is opened, nothing is fetched, and there is an end to what is read.

    Raises
    ------
    CorridorError
        There is no such corridor, or its corridor.toml cannot be used.
    """
    from corridormap.app.face.opening import open_corridor

    return open_corridor(id_or_path)


def from_layers(
    layers: Mapping[str, gpd.GeoDataFrame],
    *,
    title: str,
    countries: Iterable[str] = (),
    as_of: dt.date | str | None = None,
    extent: Iterable[float] | None = None,
    sources: Iterable[Mapping[str, Any]] = (),
) -> Corridor:
    """Make a corridor of GeoDataFrames; nothing of them is guessed or left out.

    Parameters
    ----------
    layers
        By layer id (small letters, digits, hyphens), one row a feature, in any coordinate
        system that the frame names. Positions are kept as longitude and latitude with six
        digits, about 0.1 m. An index of text holds the features' ids; with a plain numbered one
        they are made of the names. Needed columns: `name`, `kind`, `position_quality`,
        `uncertainty_m` (metres), and `status_history` or, for one event, `status` and `since`.
        `sources` names entries of the bibliography. All other columns are kept: text, numbers,
        dates (as text), lists; a missing value is left out.
    title
        The corridor's title; its id is made of it.
    countries
        Two-letter codes (ISO 3166-1); their land is drawn lighter.
    as_of
        The day it opens with; today if not given.
    extent
        West, south, east, north in degrees; that of the features with a margin if not given.
    sources
        The bibliography: CSL-JSON entries with their ids.

    Raises
    ------
    CorridorError
        A frame cannot be a layer; it names layer, feature and remedy, and `faults` has them all.
    """
    from corridormap.app.face.from_layers import corridor_of_layers

    return corridor_of_layers(
        layers, title=title, countries=countries, as_of=as_of, extent=extent, sources=sources
    )


def __getattr__(name: str) -> Any:
    """Fetch a class when it is first asked for."""
    if name not in _AT:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return getattr(import_module(_AT[name]), name)
