"""Make an atlas of a corridor: the one function behind the page and the command.

Reads what is wished from words, and opens the finished file once before it is handed over;
what stands on the pages is layers' business. The file carries the recipe that makes it again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, cast, get_args

from corridormap.app.exporting.checks import check_atlas
from corridormap.app.exporting.export import Origin, rights
from corridormap.app.exporting.without_room import dropped_told
from corridormap.geo.errors import RenderError, ViewError
from corridormap.geo.outline.outline import tiers
from corridormap.layers.exports.recipes.recipe import Recipe, data_hashes, form_of, this_tool
from corridormap.layers.picture import FileNote
from corridormap.layers.picture.atlas.atlas import AtlasWish, render_atlas
from corridormap.layers.scene.credits import credits_of
from corridormap.layers.wording.slug import slug_of
from corridormap.layers.wording.words import day_label, plain, short

if TYPE_CHECKING:
    from collections.abc import Callable

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.picture.atlas.atlas import Atlas
    from corridormap.layers.picture.atlas.report import AtlasReport
    from corridormap.layers.scene.view import View

    Progress = Callable[[int, int, str], None]

__all__ = ["atlas_name", "draw_atlas", "parse_wish", "wish_words"]

_Of = Literal["claims", "features", "all"]
_Paper = Literal["a4", "a3"]
_MOST_DROPPED = 1000


def parse_wish(*, of: str = "claims", ids: str = "", paper: str = "a4") -> AtlasWish:
    """Return what an atlas is asked to be, from words as a command or an address has them.

    Parameters
    ----------
    of
        claims, features or all.
    ids
        Ids of claims and features, with commas between; they count instead of `of`.
    paper
        a4 or a3.

    Raises
    ------
    ViewError
        A word is not one of those.
    """
    for text, known in ((of, get_args(_Of)), (paper, get_args(_Paper))):
        if text not in known:
            raise ViewError("unknown-atlas-choice", text=short(text), known=", ".join(known))
    named = tuple(part.strip() for part in ids.split(",") if part.strip())
    return AtlasWish(cast("_Of", of), named, cast("_Paper", paper))


def wish_words(wish: AtlasWish) -> dict[str, str]:
    """Return a wish as the words that `parse_wish` reads."""
    words = {"of": str(wish.of), "ids": ",".join(wish.ids), "paper": str(wish.paper)}
    return {key: value for key, value in words.items() if value}


def draw_atlas(
    corridor: Corridor,
    view: View,
    wish: AtlasWish,
    *,
    progress: Progress | None = None,
    origin: Origin | None = None,
) -> Atlas:
    """Return an atlas, opened again and found whole.

    Parameters
    ----------
    corridor, view
        What is shown; of the view its date, layers and extent count.
    wish
        Which pages, on which paper.
    progress
        Called with the parts done, the parts in all, and what is drawn next. It may raise
        to stop.
    origin
        What the recipe in the file names as its data and tool; those at hand if not given.

    Raises
    ------
    ViewError
        An id is unknown, or there is nothing to make pages of.
    RenderError
        The file cannot be made, or what was made is not what was asked for.
    """
    made_of = origin or Origin(data_hashes(corridor), this_tool())

    def note(report: AtlasReport) -> FileNote:
        return _note(corridor, report, _recipe(corridor, view, wish, report, made_of), view.date)

    outline = partial(tiers, detail=corridor.outline)
    try:
        made = render_atlas(corridor, view, wish, tiers_of=outline, progress=progress, note=note)
        check_atlas(made.pdf, pages=len(made.report.pages), paper=wish.paper)
    except MemoryError as error:
        raise RenderError("not-enough-memory-for-atlas") from error
    return made


def atlas_name(view: View, wish: AtlasWish) -> str:
    """Return a file name after corridor, date and paper."""
    safe = slug_of(view.corridor) or "corridor"
    return f"{safe}-{view.date}-atlas-{wish.paper}.pdf"


def _recipe(
    corridor: Corridor, view: View, wish: AtlasWish, report: AtlasReport, origin: Origin
) -> str:
    return Recipe(
        recipe=form_of(origin.drawing),
        drawing=origin.drawing,
        corridor=corridor.id,
        format="atlas",
        view=view.to_query(),
        options=wish_words(wish),
        data=dict(origin.data),
        tool=origin.tool,
        credits=credits_of(corridor),
        dropped=dropped_told(report.dropped[:_MOST_DROPPED]),
    ).to_json()


def _note(corridor: Corridor, report: AtlasReport, recipe: str, date: str) -> FileNote:
    title = plain(corridor.manifest.title)
    subjects = dict.fromkeys(page.subject for page in report.pages)
    about = len(subjects) - len({"overview", "sources"} & set(subjects))
    told = f"{about} subjects" if about > 1 else "one subject"
    return FileNote(
        title=f"{title}: atlas",
        description=(
            f"Atlas of {len(report.pages)} pages: {title}, as known on {day_label(date)}. An "
            f"overview with the contents, {told} with map, figures and sources, and the list "
            "of sources."
        ),
        rights=rights(credits_of(corridor), _boundaries(corridor)),
        recipe=recipe,
    )


def _boundaries(corridor: Corridor) -> str:
    manifest = corridor.manifest
    return plain(manifest.boundary_note_print or manifest.boundary_note)
