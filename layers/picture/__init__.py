"""Draw a scene as a picture: PNG, SVG or PDF, the same drawing in each.

The only package that imports matplotlib, and it does so when the first picture is
drawn. It reads the scene and the outline, decides no look and fetches nothing.

Public are `render` and what it takes and gives: `Box`, `DroppedLabel`, `FileNote`, `Layout`,
`PlacedLabel`, `Report`; and `layout`, which the rooms below share.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from corridormap.layers.picture.file.note import FileNote
from corridormap.layers.picture.layout import DroppedLabel, Layout, PlacedLabel, Report
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.turn.loading import load
from corridormap.layers.picture.turn.turn import drawing
from corridormap.layers.scene.compare import Compared

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import IO

    from corridormap.geo.outline.outline import Tier
    from corridormap.layers.scene.scene import Bbox, Scene

__all__ = ["Box", "DroppedLabel", "FileNote", "Layout", "PlacedLabel", "Report", "render"]


def render(
    scene: Scene | Compared,
    tiers: Callable[[Bbox], Sequence[Tier]] | Sequence[Tier],
    layout: Layout,
    file: IO[bytes],
    *,
    format: Literal["png", "svg", "pdf"] = "png",  # noqa: A002 - the word of savefig
    note: Callable[[Report], FileNote] | None = None,
) -> Report:
    """Draw a scene and write it to a file.

    Parameters
    ----------
    scene
        What to draw: one scene, or a view at two dates as two maps.
    tiers
        Gives the outline for a bbox (west, south, east, north in degrees), from below
        to above. It is asked for what the map's frame shows, which is the scene's extent
        extended to the frame's shape, and for the locator. A sequence of tiers is taken
        as it is; then there is no locator.
    layout
        Size and arrangement.
    file
        Open for writing bytes.
    format
        The form of the file. The same scene and layout give the same bytes.
    note
        Gives what the file says of itself, from what was drawn.

    Returns
    -------
    What was drawn, and which labels found no room.
    """
    load("page.picture", "changes.picture", form=format)
    from corridormap.layers.picture.changes.picture import ComparedPicture
    from corridormap.layers.picture.file.writing import write
    from corridormap.layers.picture.page.picture import Picture

    if callable(tiers):
        outline = tiers
    else:
        fixed = tuple(tiers)
        layout = replace(layout, locator=False)

        def outline(_: Bbox) -> Sequence[Tier]:
            return fixed

    with drawing():
        picture = (
            ComparedPicture(scene, outline, layout)
            if isinstance(scene, Compared)
            else Picture(scene, outline, layout)
        )
        report = picture.report
        write(picture, file, format, note=note(report) if note else None)
        del picture  # so that its memory is given back at the block's end
        return report
