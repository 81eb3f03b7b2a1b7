"""Make an atlas of a corridor: the one function behind the page and the command.

Reads what is wished from words, and opens the finished file once before it is handed over;
what stands on the pages is layers' business.
"""

from __future__ import annotations

import io
import re
from functools import partial
from typing import TYPE_CHECKING, Literal, cast, get_args

import pikepdf

from geo.errors import RenderError, ViewError
from geo.outline import tiers
from layers.print.atlas.atlas import AtlasWish, render_atlas
from layers.words import short

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.folder.corridor import Corridor
    from layers.print.atlas.atlas import Atlas
    from layers.scenes.view import View

__all__ = ["atlas_name", "draw_atlas", "parse_wish"]

_Of = Literal["claims", "features", "all"]
_Paper = Literal["a4", "a3"]


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
            raise ViewError(f"there is no '{short(text)}'", remedy=f"Use: {', '.join(known)}.")
    named = tuple(part.strip() for part in ids.split(",") if part.strip())
    return AtlasWish(cast(_Of, of), named, cast(_Paper, paper))


def draw_atlas(
    corridor: Corridor,
    view: View,
    wish: AtlasWish,
    *,
    progress: Callable[[int, int, str], None] | None = None,
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

    Raises
    ------
    ViewError
        An id is unknown, or there is nothing to make pages of.
    RenderError
        What was made is not a whole PDF.
    """
    outline = partial(tiers, detail=corridor.outline)
    made = render_atlas(corridor, view, wish, tiers_of=outline, progress=progress)
    try:
        with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PdfError as error:
        raise RenderError("the atlas came out broken", remedy="Please report it.") from error
    if pages != len(made.report.pages):
        raise RenderError("the atlas came out incomplete", remedy="Please report it.")
    return made


def atlas_name(view: View, wish: AtlasWish) -> str:
    """Return a file name after corridor, date and paper."""
    safe = re.sub(r"[^a-z0-9-]+", "-", view.corridor.lower()).strip("-") or "corridor"
    return f"{safe}-{view.date}-atlas-{wish.paper}.pdf"
