"""Make a snapshot file of a view: the one function behind the page's button and the command.

Decides where bytes go and what the file is called; how a map looks is layers' business.
"""

from __future__ import annotations

import io
import re
from functools import partial
from typing import TYPE_CHECKING

from geo.errors import ViewError
from geo.outline import tiers
from layers.print import Layout, render
from layers.resolve import build_scene

if TYPE_CHECKING:
    from layers.corridor import Corridor
    from layers.view import View

__all__ = ["DEFAULT_SIZE_PX", "draw_snapshot", "parse_size", "snapshot_name"]

DEFAULT_SIZE_PX = (1600, 1000)
SMALLEST_PX = 480
LARGEST_PX = 6000


def parse_size(text: str) -> tuple[int, int]:
    """Return width and height in px from text such as ``1600x1000``.

    Raises
    ------
    ViewError
        If the text is not two numbers, or one is under 480 or over 6000 px.
    """
    match = re.fullmatch(r"\s*(\d{1,5})\s*[x×X]\s*(\d{1,5})\s*", text)
    if match is None:
        raise ViewError(
            f"the size “{text[:40]}” is not a width and a height",
            remedy="Write it as 1600x1000.",
        )
    width_px, height_px = int(match[1]), int(match[2])
    if not all(SMALLEST_PX <= side <= LARGEST_PX for side in (width_px, height_px)):
        raise ViewError(
            f"the size {width_px}x{height_px} cannot be drawn",
            remedy=f"Choose sides between {SMALLEST_PX} and {LARGEST_PX} px.",
        )
    return width_px, height_px


def draw_snapshot(
    corridor: Corridor, view: View, *, size_px: tuple[int, int] = DEFAULT_SIZE_PX
) -> bytes:
    """Return a PNG of a view: its layers, extent, date and selection, with full furniture.

    Parameters
    ----------
    corridor
        The corridor that the view looks at.
    view
        What to draw; an online base map in it is replaced by the outline, and the
        picture says so.
    size_px
        Width and height of the picture.
    """
    scene = build_scene(corridor, view)
    layout = Layout(width_px=size_px[0], height_px=size_px[1])
    outline = partial(tiers, detail=corridor.outline)
    out = io.BytesIO()
    render(scene, outline, layout, out, format="png")
    return out.getvalue()


def snapshot_name(view: View) -> str:
    """Return a file name after corridor and date: ``azerbaijan-iran-2023-12-29.png``."""
    safe = re.sub(r"[^a-z0-9-]+", "-", view.corridor.lower()).strip("-") or "corridor"
    return f"{safe}-{view.date}.png"
