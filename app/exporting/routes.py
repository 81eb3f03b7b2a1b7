"""Answer the page's export panel: a file, and what it will be.

Holds no state of a reader: an export's address carries the whole view and all options.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from corridormap.app.desk.headers import NEVER_KEPT, NEVER_PACKED
from corridormap.app.exporting.export import Export, draft, export
from corridormap.app.exporting.hand_told import hand_told
from corridormap.app.exporting.laid import laid_options
from corridormap.app.exporting.options import FORMATS
from corridormap.app.exporting.without_room import without_room_told
from corridormap.layers.picture.turn.budget import drawing_within
from corridormap.layers.scene.view import View

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping

    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["answer_draft", "answer_export", "answer_preview"]


def answer_export(
    corridor: Corridor, query: Mapping[str, str], *, form: str, left: threading.Event
) -> Response:
    """Return an export as a file to keep.

    Parameters
    ----------
    corridor
        What is served.
    query
        The view's names and values and the options'; see `View` and `ExportOptions`.
    form
        png, svg, pdf or html.
    left
        Set once nobody waits for it.

    Raises
    ------
    ViewError
        An option cannot be used.
    RenderError
        The file could not be made.
    """
    made = _made(corridor, query, form, left)
    if not isinstance(made, Export):
        return made
    headers = {**NEVER_PACKED, "Content-Disposition": f'attachment; filename="{made.filename}"'}
    return Response(made.body, media_type=made.media_type, headers=headers)


def answer_preview(
    corridor: Corridor, query: Mapping[str, str], *, left: threading.Event
) -> Response:
    """Return a PNG to look at, and before it a line of JSON that tells of it.

    The line grows with the names on the map; a header may not.

    Parameters
    ----------
    corridor, query, left
        As for `answer_export`.

    Raises
    ------
    ViewError
        An option cannot be used.
    RenderError
        The file could not be made.
    """
    made = _made(corridor, query, "png", left)
    if not isinstance(made, Export):
        return made
    line = json.dumps(_report(made), ensure_ascii=False).encode() + b"\n"
    return Response(line + made.body, media_type="application/octet-stream", headers=NEVER_PACKED)


def _made(
    corridor: Corridor, query: Mapping[str, str], form: str, left: threading.Event
) -> Export | Response:
    if form not in FORMATS:
        return JSONResponse({"error": "There is no such format."}, status_code=404)
    options = laid_options(corridor, query, format=form)
    view, notices = View.from_query(query, corridor)
    if notices:
        return JSONResponse({"error": " ".join(notices)}, status_code=400)
    with drawing_within(stopped=left.is_set):
        return export(corridor, view, options)


def answer_draft(corridor: Corridor, query: Mapping[str, str]) -> Response:
    """Return as JSON what an export will be: name, media type, size, alt text, notices.

    Raises
    ------
    ViewError
        An option cannot be used.
    """
    options = laid_options(corridor, query, format=query.get("format", "png"))
    view, notices = View.from_query(query, corridor)
    told = draft(corridor, view, options)
    value = {
        "filename": told.filename,
        "media_type": told.media_type,
        "size": told.size,
        "alt_text": told.alt_text,
        "notices": [*notices, *told.notices],
    }
    return JSONResponse(value, headers=NEVER_KEPT)


def _report(made: Export) -> dict[str, object]:
    report = made.report
    return {
        **(hand_told(made.page_px, report) if report else {}),
        "alt_text": made.alt_text,
        "notices": list(made.notices),
        "without_room": without_room_told(report),
    }
