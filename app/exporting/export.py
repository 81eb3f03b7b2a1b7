"""Make an export of a view: the one function behind the page's panel and the command.

Each export is opened and checked before it is handed over, and carries the recipe that
makes it again. How a map looks is layers' business; where bytes go is the caller's.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from corridormap.app.exporting.checks import check_export
from corridormap.app.exporting.sizes import CUSTOM
from corridormap.app.exporting.without_room import dropped_told
from corridormap.geo.errors import RenderError, ViewError
from corridormap.geo.outline.outline import tiers
from corridormap.layers.exports.recipes.recipe import (
    DRAWING,
    Recipe,
    data_hashes,
    form_of,
    this_tool,
)
from corridormap.layers.picture import FileNote, render
from corridormap.layers.scene.alt_text import draft_alt_text, draft_compared_text, with_lost
from corridormap.layers.scene.by_hand import compared_by_hand, scene_by_hand
from corridormap.layers.scene.compare import compare, compared_view
from corridormap.layers.scene.credits import credits_of
from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.theme import BASEMAPS
from corridormap.layers.wording.slug import slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.app.exporting.options import ExportOptions
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.exports.recipes.recipe import Tool
    from corridormap.layers.picture import Report
    from corridormap.layers.scene.scene import Scene
    from corridormap.layers.scene.view import View

__all__ = [
    "LIST_FROM_EDITION",
    "MEDIA_TYPES",
    "Draft",
    "Export",
    "Origin",
    "draft",
    "export",
    "rights",
]

_MOST_NAMED = 8
LIST_FROM_EDITION = "../../editions.json"
"""Where a published edition's page finds the list of its site."""
MEDIA_TYPES: Mapping[str, str] = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}


@dataclass(frozen=True)
class Draft:
    """What an export will be, told before it is made."""

    filename: str
    media_type: str
    alt_text: str
    size: str
    """Its size to read; empty for HTML, which fits its window."""
    notices: tuple[str, ...]
    """What the export shows otherwise than the screen, in sentences."""


@dataclass(frozen=True)
class Export:
    """A file, made and checked."""

    body: bytes
    filename: str
    media_type: str
    size: str
    """To read: "1600x900 px", "297x210 mm"; empty for HTML."""
    alt_text: str
    report: Report | None
    """What was drawn and what found no room; None for HTML."""
    notices: tuple[str, ...]
    page_px: tuple[float, float]
    """Width and height of a picture in CSS px."""


@dataclass(frozen=True)
class Origin:
    """Which data, which tool and which drawing a recipe names."""

    data: Mapping[str, str]
    tool: Tool
    drawing: int = DRAWING


def draft(corridor: Corridor, view: View, options: ExportOptions) -> Draft:
    """Return what an export will be: its name, and words for it that can be edited."""
    view = _seen(corridor, view, options)
    return Draft(
        filename=_filename(view, options),
        media_type=MEDIA_TYPES[options.format],
        alt_text=options.alt_text or _drafted(corridor, view, options),
        size="" if options.format == "html" else options.size_label,
        notices=_notices(view, options),
    )


def export(
    corridor: Corridor, view: View, options: ExportOptions, *, origin: Origin | None = None
) -> Export:
    """Return a file of a view, opened again and found whole.

    Parameters
    ----------
    corridor
        The corridor that the view looks at.
    view
        What to show; an online base map in it is replaced by the outline.
    options
        What to make of it. The same corridor, view and options give the same bytes.
    origin
        What the recipe in the file names as its data and tool; those at hand if not given.

    Raises
    ------
    RenderError
        The file cannot be made, or what was made is not what was asked for.
    ViewError
        The printed code is one of another corridor.
    """
    if options.code is not None and options.code.named.corridor != corridor.id:
        raise ViewError(
            "edition-code-of-another-corridor", corridor=corridor.id, text=options.code.text
        )
    told = draft(corridor, view, options)
    view = _seen(corridor, view, options)
    made_of = origin or Origin(data_hashes(corridor), this_tool())
    try:
        if options.format == "html":
            body, report = _html(corridor, view, options, told, made_of), None
        else:
            body, report = _picture(corridor, view, options, told, made_of)
        check_export(body, options)
    except MemoryError as error:
        raise RenderError("not-enough-memory-for-size") from error
    words = told.alt_text if report is None else _alt_text(told, options, report)
    notices = (*told.notices, *_otherwise(options, report))
    names = told.filename, told.media_type, told.size
    return Export(body, *names, words, report, notices, options.page_px)


def _alt_text(told: Draft, options: ExportOptions, report: Report) -> str:
    """Return the words for those who cannot see the picture: the user's own, or a draft."""
    if options.alt_text:
        return told.alt_text
    return with_lost(told.alt_text, dropped_told(report.dropped), report.unmarked)


def _drafted(corridor: Corridor, view: View, options: ExportOptions) -> str:
    if _is_two(options):
        return draft_compared_text(compared_by_hand(compare(corridor, view), options.hand))
    scene = build_scene(corridor, view)
    # A page is as the corridor says.
    by_hand = scene if options.format == "html" else scene_by_hand(scene, options.hand)
    return draft_alt_text(by_hand)


def _is_two(options: ExportOptions) -> bool:
    """Tell whether two maps are drawn, before and after."""
    return options.arrangement == "changes" and options.format != "html"


def _seen(corridor: Corridor, view: View, options: ExportOptions) -> View:
    """Return the view that is drawn: of two maps, one with both dates."""
    return compared_view(corridor, view) if _is_two(options) else view


def _picture(
    corridor: Corridor, view: View, options: ExportOptions, told: Draft, origin: Origin
) -> tuple[bytes, Report]:
    hand = options.hand
    compared = compared_by_hand(compare(corridor, view), hand) if _is_two(options) else None
    scene = compared.after if compared else scene_by_hand(build_scene(corridor, view), hand)
    out = io.BytesIO()

    def note(report: Report) -> FileNote:
        # As drawn, so that the recipe says what was chosen and needs choose nothing again.
        named = options.model_copy(update={"projection": report.projection})
        recipe = _recipe(corridor, view, named, origin)
        lost = {
            "dropped": dropped_told(report.dropped),
            "omitted": report.omitted,
            "unmarked": report.unmarked,
        }
        drawn = recipe.model_copy(update=lost)
        return FileNote(
            title=_title(scene),
            description=_alt_text(told, options, report),
            rights=rights(scene.credits, scene.boundary_note),
            recipe=drawn.to_json(),
        )

    outline = partial(tiers, detail=corridor.outline)
    form: Any = options.format
    drawn = compared or scene
    report = render(drawn, outline, options.print_layout(), out, format=form, note=note)
    return out.getvalue(), report


def _html(
    corridor: Corridor, view: View, options: ExportOptions, told: Draft, origin: Origin
) -> bytes:
    from corridormap.app.browser.leaflet import page_html
    from corridormap.app.opening.page_data import page_document, page_outline

    seen = view.model_copy(update={"basemap": "outline"})
    page = page_html(
        page_document(corridor),
        page_outline(corridor),
        seen.model_dump(mode="json", exclude={"corridor"}),
        title=_title(build_scene(corridor, view)),
        description=told.alt_text,
        recipe=_recipe(corridor, view, options, origin).to_json(),
        edition=_edition(options),
    )
    return page.encode("utf-8")


def _edition(options: ExportOptions) -> dict[str, str | int] | None:
    """Return what a published edition's page knows of itself and of its site."""
    if options.code is None:
        return None
    named = options.code.named
    own: dict[str, str | int] = {"corridor": named.corridor, "number": named.edition}
    return {**own, "short": named.short, "list": LIST_FROM_EDITION}


def _recipe(corridor: Corridor, view: View, options: ExportOptions, origin: Origin) -> Recipe:
    return Recipe(
        recipe=form_of(origin.drawing),
        drawing=origin.drawing,
        corridor=corridor.id,
        format=options.format,
        view=view.to_query(),
        options=options.to_query(),
        data=dict(origin.data),
        tool=origin.tool,
        credits=credits_of(corridor),
    )


def _title(scene: Scene) -> str:
    return f"{scene.title}, {scene.date_label}"


def rights(credit: Sequence[str], boundaries: str) -> str:
    """Return whose data a map is made of, and what its boundaries are, in sentences."""
    return f"Map data: {'; '.join(credit)}. {boundaries}".strip()


def _filename(view: View, options: ExportOptions) -> str:
    """Return a name after corridor, date and layout: ``azerbaijan-iran-2023-12-29-wide.png``."""
    safe = slug_of(view.corridor) or "corridor"
    parts = [safe, view.date]
    if options.format != "html":
        size = "{}x{}".format(*options.size_px)
        parts.append(options.named or (size if options.layout == CUSTOM else options.layout))
        parts += [f"{options.width_mm:g}mm"] if options.width_mm else []
        parts += ["changes"] if options.arrangement == "changes" else []
    if options.format == "png" and options.density != "auto":
        parts.append(options.density)
    return f"{'-'.join(parts)}.{options.format}"


def _otherwise(options: ExportOptions, report: Report | None) -> tuple[str, ...]:
    told = []
    if options.projection == "lambert" and report and report.projection == "mercator":
        told.append("No conic suits this extent: the picture is in Web Mercator.")
    if report and report.by_hand:
        names = ", ".join(report.by_hand[:_MOST_NAMED])
        told.append(
            "Put by hand where the rules let no name stand (over a sign, another name, "
            f"furniture or the frame's edge): {names}."
        )
    return tuple(told)


def _notices(view: View, options: ExportOptions) -> tuple[str, ...]:
    told = []
    if view.basemap != "outline":
        bases = (base.title for base in BASEMAPS if base.id == view.basemap)
        title = next(bases, view.basemap)
        told.append(f"The file shows the outline in place of {title}.")
    if options.format == "html" and not options.hand.is_empty:
        told.append("What is decided by hand for a layout is for pictures: the page is without it.")
    return tuple(told)
