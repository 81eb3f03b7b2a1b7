"""Say what the map of a page starts from: where its files are, and the view it opens with.

The page's head and Streamlit's component start the same page from the same words. Draws
nothing and keeps nothing.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from corridormap.app.editing.routes import draft_key
from corridormap.app.exporting.choices import export_choices
from corridormap.app.server.front_end import front_end_start, front_end_tag
from corridormap.app.server.new_routes import can_make
from corridormap.app.site.watch import is_built_in, version_of
from corridormap.geo.errors import CorridorError
from corridormap.layers.scene.view import View
from corridormap.layers.wording.words import day_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.app.site.shelf import Shelved
    from corridormap.app.site.site import Site

__all__ = ["Start", "head_html", "start_of"]

_SOON_S = 0.35


@dataclass(frozen=True)
class Start:
    """What a page starts from."""

    title: str
    """Of the corridor; empty if it cannot be shown."""
    data: dict[str, Any]
    """Addresses, view, notices and the corridors to choose from, as JSON values."""
    date: str = ""
    """The corridor's own, an ISO date."""

    def title_at(self, date: str | None) -> str:
        """Return the title for a bookmark, with the date if it is not the corridor's own."""
        other = date is not None and date != self.date
        return f"{self.title}, {day_label(date)}" if other and date else self.title


def start_of(site: Site, query: Mapping[str, str]) -> Start:
    """Return what a page starts from, for the query of its address.

    A corridor that cannot be opened gives a page that says why.
    """
    front = f"{site.settings.prefix}/{front_end_tag()}/front"
    data: dict[str, Any] = {"script": f"{front}/map.js", "style": f"{front}/page.css"}
    if can_make(site):
        data["make"] = {"address": f"{site.settings.prefix}/new", "style": f"{front}/editor.css"}
    try:
        corridor, notice = site.choose(query.get("c"))
    except CorridorError as error:
        return Start("", {**data, "problem": str(error), "corridors": []})
    data |= {
        "corridor": corridor.id,
        "corridors": [
            {"id": each.id, "title": each.title, "problem": each.problem}
            for each in site.shelf.all()
        ],
    }
    # Before the corridor is read: a change in between is seen as one.
    watched = {} if is_built_in(corridor.folder) else _watch(site, corridor)
    try:
        opened = site.open(corridor)
    except CorridorError as error:
        return Start(
            "", {**data, "problem": str(error), "watch": watched or _watch(site, corridor)}
        )
    # The view of a link is of the corridor that the link names, and of no other.
    words = {} if notice else {key: value for key, value in query.items() if key != "c"}
    view, notices = View.from_query(words, opened.corridor)
    tags = opened.document.tag, opened.outline.tag
    data |= {
        **_addresses(site.prefix(corridor), *tags),
        "view": view.model_dump(mode="json"),
        "notices": [*([notice] if notice else []), *notices],
        "watch": watched,
        "read_only": site.settings.read_only,
        "exports": export_choices(),
        **({} if site.settings.read_only else _editing(site, front, corridor)),
    }
    manifest = opened.corridor.manifest
    return Start(manifest.title, data, manifest.as_of.isoformat())


def _editing(site: Site, front: str, corridor: Shelved) -> dict[str, Any]:
    """Return what an editor has and a reader has not."""
    return {"edit": _editor(front, corridor), "hand": f"{site.prefix(corridor)}/hand"}


def _editor(front: str, corridor: Shelved) -> dict[str, str]:
    """Return where the editor is, and the word for drafts of this corridor."""
    key = draft_key(corridor.folder)
    return {"key": key, "style": f"{front}/editor.css"}


def _watch(site: Site, corridor: Shelved) -> dict[str, str]:
    address = f"{site.prefix(corridor)}/version.json"
    return {"address": address, "version": version_of(corridor.folder)}


def _addresses(prefix: str, document: str, outline: str) -> dict[str, str]:
    """Return the address of everything the map fetches; a tag changes with the content."""
    return {
        "prefix": prefix,
        "document": f"{prefix}/{document}/document.json",
        "outline": f"{prefix}/{outline}/outline.json",
        "snapshot": f"{prefix}/snapshot.png",
        "recipe": f"{prefix}/recipe",
        "data": f"{prefix}/data.zip",
        "atlas": f"{prefix}/atlas.pdf",
        "bibliography": f"{prefix}/sources.bib",
        "strip": f"{prefix}/strip.png",
        "places": f"{prefix}/places.json",
    }


def _start_if_open(site: Site, query: Mapping[str, str]) -> Start | None:
    """Return what a page starts from; None if its corridor is to be opened first."""
    with contextlib.suppress(CorridorError):
        corridor, _ = site.choose(query.get("c"))
        return start_of(site, query) if site.library.is_open(corridor.folder) else None
    return None


async def head_html(site: Site, query: Mapping[str, str]) -> str:
    """Return what the page's head holds for the map.

    Nothing for a corridor that is not open soon: Streamlit's component waits for it then.
    """
    start = await run_in_threadpool(_start_if_open, site, query)
    if start is None:
        with contextlib.suppress(CorridorError):
            corridor, _ = await run_in_threadpool(site.choose, query.get("c"))
            try:
                await site.opened(corridor, within_s=_SOON_S)
            except TimeoutError:
                return ""
        start = await run_in_threadpool(start_of, site, query)
    data = start.data
    text = json.dumps(data, ensure_ascii=True)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # The addresses are ours: fixed words, known ids and hexadecimal tags, nothing to escape.
    fetched = [data[name] for name in ("document", "outline") if name in data]
    front = data["script"].rpartition("/")[0]
    modules = [f"{front}/{name}" for name in front_end_start()[1:]]
    return (
        f'<link rel="stylesheet" href="{data["style"]}">'
        f'<script type="application/json" id="corridormap-start">{text}</script>'
        f'<script type="module" async fetchpriority="high" src="{data["script"]}"></script>'
        + "".join(f'<link rel="modulepreload" href="{address}">' for address in modules)
        + "".join(
            f'<link rel="preload" as="fetch" crossorigin="anonymous" href="{address}">'
            for address in fetched
        )
    )
