"""Say what may be asked of a snapshot, and hold one so that a notebook shows it. Draws nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

from corridormap.app.exporting.laid import laid_options

if TYPE_CHECKING:
    from pathlib import Path

    from corridormap.app.exporting.options import Arrangement, Density, ExportOptions
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.theme import ProjectionWish

__all__ = ["Snapshot", "SnapshotOptions", "options_of"]

_SHOWN = ("image/png", "image/svg+xml")


@dataclass(frozen=True)
class Snapshot:
    """A picture or a page of a view; in a notebook a PNG or SVG shows itself."""

    body: bytes = field(repr=False)
    """The file's bytes."""
    path: Path | None
    """Where it was written, if a place was given."""
    filename: str
    """A name for it, after corridor, date and layout."""
    media_type: str
    size: str
    """To read: "1600x1000 px", "297x210 mm"; empty for HTML."""
    alt_text: str
    """Words for those who cannot see it."""
    notices: tuple[str, ...]
    """What it shows otherwise than the screen, in sentences."""

    def _repr_mimebundle_(
        self,
        include: Any = None,  # noqa: ARG002 - a notebook may pass them
        exclude: Any = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        said = {"text/plain": f"{self.filename}: {self.alt_text}"}
        if self.media_type == "image/svg+xml":
            return {self.media_type: self.body.decode("utf-8"), **said}
        return {self.media_type: self.body, **said} if self.media_type in _SHOWN else said


class SnapshotOptions(TypedDict, total=False):
    """How a view is drawn: the options of `corridormap snapshot`."""

    layout: str
    """wide, a4-portrait and others, or one of the corridor's own layouts."""
    size: tuple[int, int] | str
    """In place of a layout: width and height in px, (1600, 1000) or "1600x1000"."""
    arrange: Arrangement
    """Where the claims stand: beside, below, map (nowhere), auto."""
    density: Density
    """Of a PNG: screen (96 dpi), double (192), print (300)."""
    projection: ProjectionWish
    """Of a picture: mercator, lambert (a conic fitted to the extent), auto (by its width)."""
    width_mm: float
    """In place of the layout's size: its width on paper, at which it keeps its shape."""
    height_mm: float
    transparent: bool
    """Leave out the paper."""
    greyscale: bool
    black: bool
    """Pure black for what is written and inked."""
    claims: bool
    locator: bool
    inset: bool
    alt: str
    """Words for those who cannot see it; drafted from what is shown if not given."""


def options_of(corridor: Corridor, wanted: SnapshotOptions, form: str) -> ExportOptions:
    """Return options as the commands have them.

    Parameters
    ----------
    corridor
        Whose layouts are known.
    wanted
        What is asked for.
    form
        png, svg, pdf or html.

    Raises
    ------
    TypeError
        There is no such option.
    ViewError
        A value cannot be used.
    """
    unknown = wanted.keys() - SnapshotOptions.__annotations__.keys()
    if unknown:
        msg = f"snapshot() has no option {min(unknown)!r}"
        raise TypeError(msg)
    return laid_options(corridor, {key: _word(value) for key, value in wanted.items()}, format=form)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return "x".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
