"""Make an atlas: one PDF with an overview, a page for each subject, and the sources.

The maps are drawn by the pictures' renderer, each framed on its subject with the subject
lit. It reads the corridor and the outline, decides no look and fetches nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.picture.atlas.plan import Of, choose_subjects
from corridormap.layers.picture.atlas.report import AtlasReport
from corridormap.layers.picture.file.note import FileNote
from corridormap.layers.picture.turn.loading import load
from corridormap.layers.picture.turn.turn import drawing
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.picture.atlas.sheet import Paper
    from corridormap.layers.scene.scene import Bbox
    from corridormap.layers.scene.view import View

    Progress = Callable[[int, int, str], None]
    """Called with the parts done, the parts in all, and what is drawn next."""

__all__ = ["Atlas", "AtlasWish", "render_atlas"]


@dataclass(frozen=True)
class AtlasWish:
    """What an atlas is asked to be."""

    of: Of = "claims"
    """Which subjects have a page, when none is named."""
    ids: tuple[str, ...] = ()
    """Ids of claims and features that have a page."""
    paper: Paper = "a4"


@dataclass(frozen=True)
class Atlas:
    """A finished document."""

    pdf: bytes
    report: AtlasReport


def render_atlas(
    corridor: Corridor,
    view: View,
    wish: AtlasWish,
    *,
    tiers_of: Callable[[Bbox], Sequence[Tier]],
    progress: Progress | None = None,
    note: Callable[[AtlasReport], FileNote] | None = None,
) -> Atlas:
    """Make an atlas of a corridor.

    Parameters
    ----------
    corridor, view
        What is shown; of the view its date, layers and extent count.
    wish
        Which pages, on which paper.
    tiers_of
        Gives the outline for a bbox (west, south, east, north in degrees).
    progress
        Called before each page is drawn; it may raise to stop.
    note
        Gives what the file says of itself, from what was drawn.

    Raises
    ------
    ViewError
        An id is unknown, or there is nothing to make pages of.
    """
    subjects, left_out = choose_subjects(corridor, view, of=wish.of, ids=wish.ids)
    load("atlas.book", form="pdf")
    from corridormap.layers.picture.atlas.book import Book

    with drawing():
        book = Book(corridor, view, subjects, wish.paper, tiers_of)
    total = len(subjects) + 2 + book.has_promises
    for done, subject in enumerate(subjects):
        if progress is not None:
            progress(done, total, subject.title)
        with drawing():
            book.add(subject)
    if progress is not None:
        progress(len(subjects), total, "Overview and sources")
    with drawing():
        report = AtlasReport(book.close(), left_out)
        title = f"{plain(corridor.manifest.title)}: atlas"
        made = Atlas(book.write(note(report) if note else FileNote(title)), report)
    if progress is not None:
        progress(total, total, "")
    return made
