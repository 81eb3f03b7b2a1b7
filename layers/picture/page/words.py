"""Say what stands at the head and at the foot of a picture. Places nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.corridor.manifest import HEADLINE_CHARS
from corridormap.layers.picture.map.plane import plane_of
from corridormap.layers.picture.page.flow import balanced, wrap
from corridormap.layers.picture.page.printed_code import Foot, code_of
from corridormap.layers.picture.pen.canvas import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corridormap.layers.picture.layout import Layout
    from corridormap.layers.picture.page.flow import Flow
    from corridormap.layers.scene.scene import Scene

__all__ = ["foot_of", "head_of"]

_MOST_TITLE, _MOST_SUMMARY, _MOST_CREDITS, _MOST_NOTE, _MOST_CHECKS = 110, 220, 320, 200, 150
_MOST_HEADLINE = HEADLINE_CHARS
"""Letters told of each; longer ones end in three dots."""
_NARROW_PX, _TINY_PX = 700, 560


def head_of(scene: Scene, layout: Layout, width: float) -> tuple[Flow, Flow]:
    """Return title and subtitle in a width in px: the headline, or what the corridor is."""
    palette = scene.palette
    size = max(18.0, 33 * layout.unit)
    title = balanced(
        [Words(_short(scene.title, _MOST_TITLE), size, palette["ink"], bold=True)],
        width,
        leading=1.16,
    )
    size = max(13.0, 17 * layout.unit)
    headline = scene.told if layout.claims else scene.headline.written
    about = _short(headline, _MOST_HEADLINE) or _short(scene.summary.rstrip("."), _MOST_SUMMARY)
    lead = f"{about}{'. A' if headline else ', a'}s known on " if about else "As known on "
    runs = [
        Words(lead, size, palette["text" if headline else "place_label"]),
        Words(scene.date_label, size, palette["text"], bold=True),
    ]
    marked = next((item.feature.name for item in scene.items if item.state == "selected"), "")
    if marked:
        runs.append(Words(". Marked: ", size, palette["place_label"]))
        runs.append(Words(_short(marked, _MOST_TITLE), size, palette["text"], bold=True))
    elif scene.changed:
        runs.append(Words(f". Marked: {scene.changed}", size, palette["place_label"]))
    return title, balanced(runs, width)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def foot_of(scene: Scene, layout: Layout, width: float, *, changes: Sequence[str] = ()) -> Foot:
    """Return the line of origins, credits and the boundary note, in a width in px.

    A published picture says its edition there, and has its code at the right.

    Parameters
    ----------
    scene, layout, width
        What is drawn, the picture's sizes, the width in px.
    changes
        Ids of the sources of changes that are told in place of claims.
    """
    palette, size = scene.palette, layout.text_px(13)
    strong, soft = palette["text"], palette["text_second"]
    projection = plane_of(layout.drawn_in, scene.extent).title
    note = _short(scene.boundary_note.rstrip("."), _MOST_NOTE)
    credit = _short("; ".join(scene.credits), _MOST_CREDITS)
    byline = (
        [Words(f"{scene.byline.rstrip('.')}. ", size, strong, bold=True)] if scene.byline else []
    )
    runs = [
        Words("Map: ", size, strong, bold=True),
        Words(f"{credit}. {projection}. ", size, soft),
    ]
    if note:
        runs.append(Words(f"{note}. ", size, soft))
    runs.append(Words("Made with Corridormap.", size, soft))
    origins = _origins(scene, layout, size)
    if changes:
        origins = _sources("Changes", changes, scene, layout, size)
    code = code_of(layout)
    edition = [Words(f"{layout.code.words}. ", size, strong, bold=True)] if layout.code else []
    room = width - (code.width if code else 0.0)
    return Foot(wrap([*byline, *edition, *origins, *runs], room, leading=1.45), code, width)


def _origins(scene: Scene, layout: Layout, size: float) -> list[Words]:
    """Say where the claims are from, and what they were checked against."""
    told = scene.claims and layout.claims and layout.resolved != "map"
    if not (told and scene.article) or layout.width_px < _TINY_PX:
        return []
    strong, soft = scene.palette["text"], scene.palette["text_second"]
    runs = [
        Words("Claims: ", size, strong, bold=True),
        Words(f"{scene.article}, in our words. ", size, soft),
    ]
    ids = (source for claim in scene.claims if claim.check for source in claim.check.sources)
    return [*runs, *_sources("Checks", ids, scene, layout, size)]


def _sources(
    heading: str, ids: Iterable[str], scene: Scene, layout: Layout, size: float
) -> list[Words]:
    """Name as many sources as there is room for, and count the rest."""
    names = list(dict.fromkeys(scene.sources[id_].short for id_ in ids if id_ in scene.sources))
    listed: list[str] = []
    most = _MOST_CHECKS if layout.width_px >= _NARROW_PX else 0
    while names and len("; ".join([*listed, names[0]])) <= most:
        listed.append(names.pop(0))
    if not listed:
        return []
    more = f" and {len(names)} more" if names else ""
    strong, soft = scene.palette["text"], scene.palette["text_second"]
    return [
        Words(f"{heading}: ", size, strong, bold=True),
        Words(f"{'; '.join(listed)}{more}. ", size, soft),
    ]
