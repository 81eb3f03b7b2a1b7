"""Look at a corridor: at a date, some layers, an extent. Drawing and exporting are others' work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, cast

from corridormap.app.exporting.whole_file import write_whole
from corridormap.app.face.snapshot import Snapshot, options_of
from corridormap.geo.errors import ViewError
from corridormap.layers.scene.view import View as SceneView
from corridormap.layers.scene.view import parse_layers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    import folium
    import pandas as pd

    from corridormap.app.face.snapshot import SnapshotOptions
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["HEIGHT_PX", "View", "Wish", "day_of", "view_of"]

_SIDES = 4
HEIGHT_PX = 640


@dataclass(frozen=True)
class View:
    """A corridor at a date, with some of its layers, over an extent."""

    date: str
    """ISO date, YYYY-MM-DD."""
    layers: tuple[str, ...]
    """Ids of the visible layers, in the corridor's order."""
    bbox: tuple[float, float, float, float] | None = None
    """West, south, east, north in degrees; None is the corridor's own extent."""
    selected: str | None = None
    """The id of the feature that is marked."""
    claim: str | None = None
    """The id of the claim that is marked."""
    label_language: str = "en"
    """The language of the features' names on the map, by code."""
    since: str | None = None
    """ISO date: what changed between it and `date` is marked."""
    _read: Corridor = field(repr=False, compare=False, kw_only=True)
    _scene_view: SceneView = field(repr=False, compare=False, kw_only=True)

    def snapshot(
        self, path: str | PathLike[str] | None = None, **options: Unpack[SnapshotOptions]
    ) -> Snapshot:
        """Draw the view, as `corridormap snapshot` does: the same file to the last byte.

        Parameters
        ----------
        path
            Where to write it: a name that ends in .png, .svg, .pdf or .html. Without one a PNG
            is drawn and only returned, for a notebook to show.
        options
            See `SnapshotOptions`: layout, size (px) or width_mm, arrange, density, transparent,
            greyscale, black, claims, locator, inset, alt.

        Raises
        ------
        CorridorError
            An option cannot be used, or the file cannot be made or written.
        """
        from corridormap.app.exporting.export import export

        target = None if path is None else Path(fspath(path))
        form = "png" if target is None else target.suffix.lower().removeprefix(".")
        made = export(self._read, self._scene_view, options_of(self._read, options, form))
        if target is not None:
            write_whole(target, made.body)
        return Snapshot(
            body=made.body,
            path=target,
            filename=made.filename,
            media_type=made.media_type,
            size=made.size,
            alt_text=made.alt_text,
            notices=made.notices,
        )

    def explore(self, *, height_px: int = HEIGHT_PX) -> folium.Map:
        """Return the page of the view as a `folium.Map`, which shows in a notebook.

        Any Folium object can be added to it: tiles come to lie above the outline, lines and
        areas below the corridor's own signs, markers above them. Everything of the page is in
        it, so that no network is needed but by what you add. Its legend, cards, switches and
        date work as on the served page; it edits nothing.

        Parameters
        ----------
        height_px
            Height of the map in a notebook, in px; it is as wide as the notebook.

        Raises
        ------
        CorridorError
            The corridor cannot be read.
        """
        from corridormap.app.face.explore import whole_map

        return whole_map(self._read, self._scene_view, self.as_json(), height_px=height_px)

    def as_json(self) -> dict[str, Any]:
        """Return what the browser's side begins with: over the outline, which needs no network."""
        seen = self._scene_view.model_copy(update={"basemap": "outline"})
        return seen.model_dump(mode="json", exclude={"corridor"})

    def read(self) -> Corridor:
        """Return the corridor as the other rooms take it."""
        return self._read

    def routes(self) -> pd.DataFrame:
        """Return what is usable of each route at the date, one row a way; lengths in km."""
        from corridormap.app.face.tables import routes_table

        return routes_table(self._read, self.date)

    def export(self, path: str | PathLike[str]) -> Path:
        """Write the data for other programs, with the status at the date.

        GeoPackage, GeoJSON, KML, CSV, annotations, sources and a README, of all layers.

        Parameters
        ----------
        path
            A new folder, or a file that ends in .zip; there whole or not at all.

        Raises
        ------
        CorridorError
            Something of this name is there, it cannot be written, or there is no feature.
        """
        from corridormap.app.exporting.data import write_data

        target = Path(fspath(path))
        write_data(self._read, self.date, target)
        return target


class Wish(TypedDict, total=False):
    """What of a view is asked for; what is not, or None, is what the corridor opens with."""

    since: dt.date | str | None
    layers: Iterable[str] | None
    bbox: Iterable[float] | None
    selected: str | None
    claim: str | None
    label_language: str | None


def view_of(corridor: Corridor, date: dt.date | str | None, wish: Wish) -> View:
    """Return the view that is asked for; what cannot be used is refused, not left out.

    Raises
    ------
    ViewError
        Something of it is not there, or cannot be shown.
    """
    words = {"sel": "selected", "claim": "claim", "lang": "label_language"}
    query = {key: cast("str | None", wish.get(name)) for key, name in words.items()}
    days = {"date": date, "since": wish.get("since")}
    query |= {key: day_of(day) for key, day in days.items() if day is not None}
    layers, bbox = wish.get("layers"), wish.get("bbox")
    if layers is not None:
        wanted = layers.split(",") if isinstance(layers, str) else layers
        query["layers"] = ",".join(parse_layers(map(str, wanted), corridor))
    if bbox is not None:
        query["bbox"] = _box(bbox)
    given = {key: value for key, value in query.items() if value is not None}
    view, notices = SceneView.from_query(given, corridor)
    if notices:
        raise ViewError("view-cannot-be-shown", notice=notices[0].rstrip("."))
    return View(
        view.date,
        view.layers,
        view.bbox,
        view.selected,
        view.claim,
        view.label_language,
        view.since,
        _read=corridor,
        _scene_view=view,
    )


def day_of(date: dt.date | str) -> str:
    """Return a day as the other rooms take it; text is left to them."""
    if isinstance(date, dt.datetime):  # pandas' Timestamp is one
        date = date.date()
    return date.isoformat() if isinstance(date, dt.date) else str(date)


def _box(bbox: Iterable[float]) -> str:
    if isinstance(bbox, str):
        return bbox
    sides = [*bbox]
    if len(sides) != _SIDES:
        raise ViewError("extent-has-wrong-count-of-numbers", n=len(sides))
    return ",".join(repr(float(side)) for side in sides)
