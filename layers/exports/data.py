"""Export a corridor's data for other programs: tables with shapes, JSON-LD, BibTeX.

Everything of the corridor is in it, with the status at one date and the licences. Files are
made in memory and put in place whole or not at all; nothing is fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.geo.errors import RenderError
from corridormap.geo.whole_file import put_folder
from corridormap.layers.exports.annotations import to_annotation_page
from corridormap.layers.exports.bibliography import to_bibtex, to_csl_json
from corridormap.layers.exports.datapackage import to_datapackage
from corridormap.layers.exports.feature_table import to_csv
from corridormap.layers.exports.flat import flat_features
from corridormap.layers.exports.geopackage import to_geopackage
from corridormap.layers.exports.geoparquet import to_geoparquet
from corridormap.layers.exports.kml import to_kml
from corridormap.layers.exports.promise_table import promises_csv
from corridormap.layers.exports.readme import readme
from corridormap.layers.exports.simplestyle import layer_geojson
from corridormap.layers.exports.workbook import to_workbook
from corridormap.layers.folder.files import ANNOTATIONS, layer_file
from corridormap.layers.promises.ledger import ledger
from corridormap.layers.scene.credits import geometry_credits, licences_of
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.exports.flat import FlatFeature

__all__ = ["data_files", "write_folder"]


def data_files(corridor: Corridor, date: str) -> Mapping[str, bytes]:
    """Return every file of an export by its name, in the order that a zip has them.

    Parameters
    ----------
    corridor
        The corridor as read; what could not be read is not in it.
    date
        Day of the status, an ISO date.

    Raises
    ------
    RenderError
        The corridor has no feature that could be read.
    """
    features = flat_features(corridor, date)
    if not features:
        raise RenderError("no-feature-to-export")
    name, title = corridor.id, plain(corridor.manifest.title)
    texts = {
        "README.txt": readme(corridor, date, features),
        "sources.json": to_csl_json(corridor.sources.values()),
        "sources.bib": to_bibtex(corridor.sources.values()),
        ANNOTATIONS: to_annotation_page(corridor),
        f"{name}.kml": to_kml(title, features, about=_licensed(corridor, features)),
    }
    files: dict[str, bytes] = {}
    for layer in corridor.layers:
        mine = [feature for feature in features if feature.layer == layer.id]
        ids = [feature.id for feature in mine]
        texts[layer_file(layer.id)] = layer_geojson(
            layer,
            mine,
            licences=licences_of(corridor, ids),
            credits_=geometry_credits(corridor, ids),
        )
        if mine:
            files[layer_file(layer.id).replace(".geojson", ".parquet")] = to_geoparquet(mine)
    files |= {file: text.encode() for file, text in texts.items()}
    files["features.csv"] = to_csv(features)
    if ledger(corridor):
        files["promises.csv"] = promises_csv(corridor, date)
    files[f"{name}.xlsx"] = to_workbook(
        features, corridor.sources.values(), title=title, written=date
    )
    files[f"{name}.gpkg"] = to_geopackage(features, written=date)
    described = dict(sorted(files.items()))
    files["datapackage.json"] = to_datapackage(corridor, features, described, written=date).encode()
    return dict(sorted(files.items(), key=lambda item: (item[0] != "README.txt", item[0])))


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a new folder: it is there whole, or not at all.

    Raises
    ------
    RenderError
        The folder is there already and not empty, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RenderError("export-name-is-taken", file=str(folder))
    try:
        put_folder(folder, files)
    except OSError as error:
        raise RenderError(
            "export-folder-cannot-be-written", file=str(folder), why=error.strerror
        ) from error


def _licensed(corridor: Corridor, features: Iterable[FlatFeature]) -> str:
    ids = [feature.id for feature in features]
    licences, credits_ = licences_of(corridor, ids), geometry_credits(corridor, ids)
    return f"{'; '.join(credits_)}. Licence: {' AND '.join(licences)}." if licences else ""
