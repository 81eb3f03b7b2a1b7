"""A corridor as its user holds it: layers, views, checks, copies. Draws nothing itself."""

from __future__ import annotations

from functools import cached_property
from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING

from corridormap.app.face.layers import Layers
from corridormap.app.face.view import HEIGHT_PX, View, Wish, day_of, view_of
from corridormap.layers.corridor.manifest import Manifest
from corridormap.layers.folder.files import MANIFEST
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    import datetime as dt
    from os import PathLike
    from typing import Any, Unpack

    import folium
    import pandas as pd

    from corridormap.app.face.snapshot import Snapshot, SnapshotOptions
    from corridormap.app.face.source import Source
    from corridormap.layers.corridor.corridor import Corridor as ReadCorridor

__all__ = ["Corridor"]


class Corridor:
    """A transport corridor: what `corridormap.open` and `corridormap.from_layers` give.

    Only its manifest is read at first; a layer when it is asked for, all of it when something is
    drawn, checked or exported. What cannot be read is left out and warned of
    (`CorridorWarning`), as a command does. It never changes: `save` writes a copy.

    Parameters
    ----------
    source
        What it is read from.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._manifest = Manifest.read(source.read(MANIFEST))

    def __repr__(self) -> str:
        return f"<Corridor {self.id} from {self._source.name}: {', '.join(self.layers)}>"

    @property
    def id(self) -> str:
        """Its id, of small letters, digits and hyphens."""
        return self._manifest.id

    @property
    def title(self) -> str:
        """Its title, as one line."""
        return plain(self._manifest.title)

    @property
    def as_of(self) -> dt.date:
        """The day that it opens with."""
        return self._manifest.as_of

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        return self._manifest.extent

    @property
    def countries(self) -> tuple[str, ...]:
        """Its countries, as two-letter codes (ISO 3166-1)."""
        return self._manifest.countries

    @cached_property
    def layers(self) -> Layers:
        """Its layers by id, each a `GeoDataFrame` that is read when it is asked for."""
        return Layers(self._source, self._manifest)

    @property
    def sources(self) -> tuple[dict[str, Any], ...]:
        """Its bibliography as CSL-JSON entries, such as Zotero writes them."""
        from corridormap.layers.exports.bibliography import as_read

        return tuple(as_read(source) for source in self.read().sources.values())

    def at(self, date: dt.date | str | None = None, **wish: Unpack[Wish]) -> View:
        """Return a view of the corridor.

        Parameters
        ----------
        date
            The day, YYYY-MM-DD; the corridor's own if not given. Every feature has the status
            of that day; one that was not known then is not shown.
        **wish
            `since`: a day to compare with, YYYY-MM-DD; what changed between the two is marked.
            `layers`: ids of the layers to show; those that are on at first if not given.
            `bbox`: west, south, east, north in degrees (WGS 84); the corridor's own extent if
            not given. `selected`, `claim`: id of the feature or the claim to mark.
            `label_language`: code of the language of the features' names on the map, of those
            that the corridor has names in.

        Raises
        ------
        CorridorError
            Something of it is not there or cannot be shown; or the corridor cannot be read.
        """
        return view_of(self.read(), date, wish)

    def snapshot(
        self, path: str | PathLike[str] | None = None, **options: Unpack[SnapshotOptions]
    ) -> Snapshot:
        """Draw the corridor as it opens; see `View.snapshot` for the options."""
        return self.at().snapshot(path, **options)

    def explore(self, *, height_px: int = HEIGHT_PX) -> folium.Map:
        """Return the page of the corridor as it opens; see `View.explore`."""
        return self.at().explore(height_px=height_px)

    def claims(self) -> pd.DataFrame:
        """Test the article's claims, and the figures on which sources differ.

        Returns
        -------
        One row an entry, indexed by id: `result` is confirmed, repeated, sources_differ,
        map_differs, not_comparable or untestable, `text` what is claimed, `quantities` the
        numbers tested, `values` what sources and the map give for them (each with its unit),
        `rule` how it was tested, `origins` the sources that count as one.
        """
        from corridormap.app.face.tables import claims_table

        return claims_table(self.read())

    def changes(
        self, start: dt.date | str | None = None, end: dt.date | str | None = None
    ) -> pd.DataFrame:
        """Say what changed after one day, up to and with another.

        Parameters
        ----------
        start, end
            Days, YYYY-MM-DD; if not given, the article's and the latest that anything is known
            of. Where the article is the latest, the first is a year before it.

        Returns
        -------
        One row a change, by feature and date: `id` and `name` of the feature; `field` is status,
        figure, or report (the status stayed); `before` and `after` the status, or the values
        with their units; `date` as sourced; `sources` ids; `text` the change in words.

        Raises
        ------
        CorridorError
            A day is none, the first is not before the last, or the corridor cannot be read.
        """
        from corridormap.app.face.tables import changes_table

        first, last = (None if day is None else day_of(day) for day in (start, end))
        return changes_table(self.read(), first, last)

    def changes_from(self, older: Corridor) -> pd.DataFrame:
        """Say what this edition of a corridor tells otherwise than an older one.

        Returns
        -------
        Rows as of `changes`. `about` is feature, claim, source or layer; `field` is presence
        where one was added or removed, and else what of it differs.

        Raises
        ------
        CorridorError
            They are not editions of one corridor, or one of them cannot be read.
        """
        from corridormap.app.face.tables import editions_table

        return editions_table(older.read(), self.read())

    def promises(self, at: dt.date | str | None = None) -> pd.DataFrame:
        """Say what had been announced for a date by a day, and what became of it.

        Parameters
        ----------
        at
            The day, YYYY-MM-DD; if not given, the latest that anything is known of.

        Returns
        -------
        One row a promise, by feature and milestone: `id` and `name` of the feature; `by` who said
        it, `said` when, `due` for when, as sourced; `state` is kept, late, overdue or open, `text`
        the same in words; `reached` when the milestone was reached; `put_off` how often it had
        been put off when this was said; `sources` ids.

        Raises
        ------
        CorridorError
            The day is none, or the corridor cannot be read.
        """
        from corridormap.app.face.tables import promises_table

        return promises_table(self.read(), None if at is None else day_of(at))

    def routes(self) -> pd.DataFrame:
        """Return what is usable of each route on the corridor's day; see `View.routes`."""
        return self.at().routes()

    def findings(self) -> pd.DataFrame:
        """Return everything that is wrong in the corridor: file, feature, problem, remedy.

        No row means that nothing is, and that it is fit to publish.
        """
        from corridormap.app.face.tables import findings_table

        return findings_table(self.read())

    def check_positions(self, reference: str | PathLike[str]) -> pd.DataFrame:
        """Hold the positions against a reference that was not used to draw them.

        Parameters
        ----------
        reference
            A GeoJSON file in WGS 84 with the features' ids; a line may be one line or many points
            of one id. Features are matched by id, never by name.

        Returns
        -------
        One row a feature that the reference gives, indexed by id: `positions` of the reference,
        how many of them are `inside` the feature's `uncertainty_m`, `distance_m` of the farthest,
        and whether all of them `holds`.

        Raises
        ------
        CorridorError
            The reference cannot be read, has features without ids, or names none of these.
        """
        from corridormap.app.face.tables import positions_table
        from corridormap.geo.formats.blob import take_in
        from corridormap.geo.formats.limits import Limits

        blob = take_in(Path(fspath(reference)), limits=Limits())
        return positions_table(self.read(), blob.data, file=blob.name)

    def export(self, path: str | PathLike[str]) -> Path:
        """Write the data for other programs as of the corridor's day; see `View.export`."""
        return self.at().export(path)

    def save(self, folder: str | PathLike[str]) -> Path:
        """Write the corridor's files into a new folder, which can be served and edited.

        Parameters
        ----------
        folder
            A path where nothing is, or an empty folder; it is there whole or not at all.

        Raises
        ------
        CorridorError
            Something is in the way, or the folder cannot be written.
        """
        from corridormap.app.editing.new import make_folder

        target = Path(fspath(folder))
        make_folder(target, self.read().files)
        return target

    def read(self) -> ReadCorridor:
        """Return all of it as the other rooms take it; it is read once.

        Raises
        ------
        CorridorError
            It cannot be read, or its folder has changed since it was opened.
        """
        return self._whole

    @cached_property
    def _whole(self) -> ReadCorridor:
        return self._source.whole()
