"""Answer the page's export panel: a file, and what it will be.

Holds no state of a reader: an export's address carries the whole view and all options.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import JSONResponse, Response

from app.export import draft, export
from app.export_options import FORMATS, ExportOptions
from layers.scenes.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.export import Export
    from layers.folder.corridor import Corridor

__all__ = ["answer_draft", "answer_export"]

# A picture takes most of a core: two at a time keep the page answering.
_DRAWING = threading.Semaphore(2)
_MOST_NAMED = 40


def answer_export(corridor: Corridor, query: Mapping[str, str], *, form: str) -> Response:
    """Return an export as a file to keep.

    Parameters
    ----------
    corridor
        What is served.
    query
        The view's names and values and the options'; see `View` and `ExportOptions`.
    form
        png, svg, pdf or html.

    Raises
    ------
    ViewError
        An option cannot be used.
    RenderError
        The file could not be made.
    """
    if form not in FORMATS:
        return JSONResponse({"error": "There is no such format."}, status_code=404)
    options = ExportOptions.from_query(query, format=form)
    view, notices = View.from_query(query, corridor)
    if notices:
        return JSONResponse({"error": " ".join(notices)}, status_code=400)
    with _DRAWING:
        made = export(corridor, view, options)
    headers = {
        "Content-Disposition": f'attachment; filename="{made.filename}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Corridormap-Report": quote(json.dumps(_report(made), ensure_ascii=False)),
    }
    return Response(made.body, media_type=made.media_type, headers=headers)


def answer_draft(corridor: Corridor, query: Mapping[str, str]) -> Response:
    """Return as JSON what an export will be: name, media type, size, alt text, notices.

    Raises
    ------
    ViewError
        An option cannot be used.
    """
    options = ExportOptions.from_query(query, format=query.get("format", "png"))
    view, notices = View.from_query(query, corridor)
    told = draft(corridor, view, options)
    value = {
        "filename": told.filename,
        "media_type": told.media_type,
        "size": told.size,
        "alt_text": told.alt_text,
        "notices": [*notices, *told.notices],
    }
    return JSONResponse(value, headers={"Cache-Control": "no-store"})


def _report(made: Export) -> dict[str, object]:
    report = made.report
    return {
        "alt_text": made.alt_text,
        "notices": list(made.notices),
        "dropped": list(report.dropped[:_MOST_NAMED]) if report else [],
        "omitted": list(report.omitted) if report else [],
    }
