"""Put an atlas together: draw each subject's pages, then the overview that lists them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from corridormap.geo.measure import distance_m
from corridormap.layers.picture.atlas.contents import contents, source_list
from corridormap.layers.picture.atlas.file import Bookmark, PdfBook
from corridormap.layers.picture.atlas.head import Head
from corridormap.layers.picture.atlas.page import MapPage, TextPage, text_pages
from corridormap.layers.picture.atlas.plan import view_of
from corridormap.layers.picture.atlas.promises import promise_ledger
from corridormap.layers.picture.atlas.report import PageReport
from corridormap.layers.picture.atlas.sheet import Sheet
from corridormap.layers.picture.atlas.words import Manner, feature_lead, tell, where_said
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.promises.ledger import ledger
from corridormap.layers.scene.credits import credits_of
from corridormap.layers.scene.resolve import build_scene, resolve
from corridormap.layers.theme import PALETTE
from corridormap.layers.wording.words import day_label, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.picture.atlas.blocks import Block
    from corridormap.layers.picture.atlas.fit import Tell
    from corridormap.layers.picture.atlas.plan import Subject
    from corridormap.layers.picture.atlas.sheet import Paper
    from corridormap.layers.picture.file.note import FileNote
    from corridormap.layers.scene.scene import Bbox, Scene, SceneItem
    from corridormap.layers.scene.view import View

__all__ = ["Book"]

_SIZES = (12.8, 12.2, 11.6, 11.0, 10.6)
"""Sizes of the text on A4 in px, the first that fits is taken; sources are smaller."""
_COMPACT = ((12.2, 6), (11.6, 5), (11.2, 4), (11.0, 3), (10.6, 3), (10.6, 2), (10.6, 1))
"""Where a claim does not fit: size, and events and figures told of each feature."""
_ALL = 999
_LONGER = (13.6, 13.0, 12.4, 11.8, 11.2, 10.6)
_LIST_SIZES = (13.4, 12.8, 12.2, 11.6, 11.0)
_PROJECTION = "Web Mercator, a Lambert conformal conic where its scale would vary"
_VAGUE_SHARE = 0.4
"""A line whose band is wider than this share of the map would only veil it."""
_FULL_PAGE = 0.55
"""How full the last page of a list should be."""
_PROMISES = "promises"


class Book:
    """An atlas in the making.

    Parameters
    ----------
    corridor, view
        What is shown; of the view its date, layers and extent count.
    subjects
        What there are pages of.
    paper, tiers_of
        The paper, and the outline for a bbox.
    """

    def __init__(
        self,
        corridor: Corridor,
        view: View,
        subjects: Sequence[Subject],
        paper: Paper,
        tiers_of: Callable[[Bbox], Sequence[Tier]],
    ) -> None:
        self._corridor, self._view, self._subjects = corridor, view, tuple(subjects)
        self._tiers_of = tiers_of
        title = plain(corridor.manifest.title)
        self._sheet = Sheet(
            paper, f"{title}, as known on {day_label(view.date)}", _credit(corridor)
        )
        self._pdf = PdfBook()
        self._reports: list[PageReport] = []
        self._order: list[int] = []
        self._pages: dict[str, int] = {}
        self._cited: dict[str, None] = {}
        self._has_sources = bool(corridor.sources)
        self.has_promises = any(course.said_by(view.date) for course in ledger(corridor))
        self._overview = self._make_overview()
        self._fronts = 1 + len(self._contents_pages())

    def add(self, subject: Subject) -> None:
        """Draw the pages of a subject."""
        number = self._next
        self._pages[subject.id] = number
        page = self._map_page(subject)
        self._draw(page, subject.id, number)
        if page.rest:
            head = replace(self._head(subject, goes_on=True), page=number + 1)
            for more in text_pages(self._sheet, head, page.rest):
                self._draw(more, subject.id, more.number)

    def close(self) -> tuple[PageReport, ...]:
        """Draw promises, sources and the overview, and return what the pages are, in order."""
        promised = self._promise_pages(self._next)
        if promised:
            self._pages[_PROMISES] = self._next
        for page in promised:
            self._draw(page, _PROMISES, page.number)
        listed = self._source_pages(self._next)
        self._has_sources, self.has_promises = bool(listed), bool(promised)
        if listed:
            self._pages[""] = self._next
        for page in listed:
            self._draw(page, "sources", page.number)
        behind = len(self._reports)
        self._overview.retell([self._contents])
        self._draw(self._overview, "overview", 1)
        for page in self._contents_pages():
            self._draw(page, "overview", page.number)
        self._order = [*range(behind, behind + self._fronts), *range(behind)]
        return tuple(self._reports[index] for index in self._order)

    def write(self, note: FileNote) -> bytes:
        """Return the document, once it is closed."""
        places = {f"#{id_}": number - 1 for id_, number in self._pages.items()}
        return self._pdf.finish(self._order, self._bookmarks(), places, note)

    @property
    def _next(self) -> int:
        return self._fronts + len(self._reports) + 1

    def _draw(self, page: MapPage | TextPage, subject: str, number: int) -> None:
        self._pdf.add(page)
        report = page.report if isinstance(page, MapPage) else None
        self._reports.append(PageReport(number, subject, report, tuple(page.boxes)))

    def _map_page(self, subject: Subject) -> MapPage:
        scale = self._sheet.scale
        manners = [Manner(size * scale) for size in _SIZES]
        longer = [Manner(size * scale) for size in _LONGER]
        longer += [Manner(_LONGER[-1] * scale, short_sources=True)]
        # As running text, all of it still: rather than a third page with a few lines.
        longer += [Manner(_LONGER[-1] * scale, most=_ALL, compact=True)]
        if subject.claim is not None:
            manners += [Manner(size * scale, most, compact=True) for size, most in _COMPACT]
            longer = [replace(manner, most=_COMPACT[0][1], compact=True) for manner in longer]
        return MapPage(
            self._sheet,
            replace(self._head(subject), page=self._next),
            scene=self._scene(subject),
            tiers_of=self._tiers_of,
            tells=[self._teller(subject, manner) for manner in manners],
            longer=[self._teller(subject, manner) for manner in longer],
        )

    def _teller(self, subject: Subject, manner: Manner) -> Tell:
        """Return what tells a subject in a manner, once however often it is asked."""

        @cache
        def told() -> tuple[Block, ...]:
            said = tell(subject, self._corridor, self._view.date, self._sheet.column_px, manner)
            self._cited.update(dict.fromkeys(said.cited))
            return said.blocks

        return told

    def _scene(self, subject: Subject) -> Scene:
        """Return the scene of a page; of the claims only those that the page tells."""
        scene = build_scene(self._corridor, view_of(subject, self._view, self._corridor))
        claim = subject.claim
        told = set(subject.features[0].claims) if claim is None else {claim.id}
        mine = {feature.id for feature in subject.features}
        limit_m = _VAGUE_SHARE * _width_m(scene.extent)
        items = (i for i in scene.items if i.feature.id in mine or _band_m(i) < limit_m)
        claims = tuple(c for c in scene.claims if c.id in told)
        return replace(scene, claims=claims, items=tuple(items))

    def _head(self, subject: Subject, *, goes_on: bool = False) -> Head:
        claim, sheet = subject.claim, self._sheet
        title = subject.title.rstrip(".")
        title = f"{title}, continued" if goes_on else title
        if claim is None:
            lead = sheet.lead(feature_lead(subject, self._view.date))
            return Head(subject.layer, title, None if goes_on else lead)
        what = f"Claim {claim.number} of {len(resolve(self._corridor).claims)}"
        text = Words(claim.text, 1.0, PALETTE["text"])
        lead = sheet.lead([text, *where_said(claim, self._corridor)])
        return Head(what, title, None if goes_on else lead, str(claim.number))

    def _make_overview(self) -> MapPage:
        manifest, sheet = self._corridor.manifest, self._sheet
        layers = set(self._view.layers)
        if not any(subject.claim for subject in self._subjects):
            layers |= {f.layer for s in self._subjects for f in s.features}
        view = self._view.model_copy(
            update={
                "layers": tuple(e.id for e in manifest.layers if e.id in layers),
                "selected": None,
                "claim": None,
                "basemap": "outline",
            }
        )
        scene = build_scene(self._corridor, view)
        told = {subject.id for subject in self._subjects}
        scene = replace(scene, claims=tuple(c for c in scene.claims if c.id in told))
        summary = plain(manifest.summary).rstrip(".")
        lead = sheet.lead([Words(f"{summary}." if summary else "", 1.0, PALETTE["text"])])
        head = Head("Overview and contents", plain(manifest.title), lead if summary else None)
        return MapPage(sheet, head, scene=scene, tiers_of=self._tiers_of, tells=[self._contents])

    def _contents(self) -> tuple[Block, ...]:
        article = self._corridor.manifest.article
        source = self._corridor.sources.get(article.source) if article else None
        note = f"From {source.line().short}, in our words" if source else ""
        sheet = self._sheet
        return contents(
            self._subjects,
            self._pages,
            size_px=11.6 * sheet.scale,
            width_px=sheet.column_px,
            note=note,
            ends=[
                *([(_PROMISES, "Promises and what became of them")] * self.has_promises),
                *([("", "Sources with their addresses")] * self._has_sources),
            ],
        )

    def _contents_pages(self) -> list[TextPage]:
        head = Head("Contents", "Contents, continued", page=2)
        return text_pages(self._sheet, head, self._overview.rest)

    def _promise_pages(self, number: int) -> list[TextPage]:
        """Return the ledger of promises of the layers that are on and of the pages' features."""
        sheet, date = self._sheet, self._view.date
        mine = {feature.id for subject in self._subjects for feature in subject.features}
        by_id = {feature.id: feature for feature in resolve(self._corridor).features}
        promised = dict.fromkeys(course.feature for course in ledger(self._corridor))
        shown = self._view.layers
        told = promise_ledger(
            [by_id[id_] for id_ in promised if id_ in mine or by_id[id_].layer in shown],
            date,
            size_px=_LIST_SIZES[-1] * sheet.scale,
            width_px=sheet.column_px,
        )
        self._cited.update(dict.fromkeys(told.cited))
        lead = sheet.lead([Words("What was announced for a date", 1.0, PALETTE["text"])])
        head = Head("Promises", "Promises", lead, page=number)
        return text_pages(sheet, head, told.blocks)

    def _source_pages(self, number: int) -> list[TextPage]:
        """Return the sources, set so that the last page is not nearly empty."""
        sheet = self._sheet
        known = resolve(self._corridor).sources
        listed = [source for id_, source in known.items() if id_ in self._cited]
        head = Head("Sources", "Sources", page=number)
        fullest: list[TextPage] = []
        for size in _LIST_SIZES:
            blocks = source_list(listed, size_px=size * sheet.scale, width_px=sheet.column_px)
            pages = text_pages(sheet, head, blocks)
            if not fullest or pages[-1].columns.height > fullest[-1].columns.height:
                fullest = pages
            if pages and pages[-1].columns.height > _FULL_PAGE * sheet.layout.height_px:
                return pages
        return fullest

    def _bookmarks(self) -> list[Bookmark]:
        parts: dict[str, list[Bookmark]] = {}
        for subject in self._subjects:
            claim = subject.claim
            part = "Claims" if claim else subject.layer
            title = f"{claim.number}  {subject.title}" if claim else subject.title
            parts.setdefault(part, []).append(Bookmark(title, self._pages[subject.id] - 1))
        listed = [Bookmark(part, below[0].page, tuple(below)) for part, below in parts.items()]
        last = ((_PROMISES, "Promises"), ("", "Sources"))
        ends = [Bookmark(text, self._pages[key] - 1) for key, text in last if key in self._pages]
        return [Bookmark("Overview", 0), *listed, *ends]


def _width_m(extent: Bbox) -> float:
    west, south, east, north = extent
    middle = (south + north) / 2
    return distance_m((west, middle), (east, middle))


def _band_m(item: SceneItem) -> float:
    return item.feature.position.band_m or 0.0


def _credit(corridor: Corridor) -> str:
    manifest = corridor.manifest
    note = plain(manifest.boundary_note_print or manifest.boundary_note).rstrip(".")
    parts = [f"Map: {'; '.join(credits_of(corridor))}", _PROJECTION]
    parts += [note] if note else []
    return f"{'. '.join(parts)}. Made with Corridormap."
