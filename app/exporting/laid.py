"""Complete what an export is asked to be with what the corridor's editor decided for its layout.

The layouts are those of the corridor's layouts.toml, under a layout's word or a name of one's
own. A recipe names all that came from there, so nothing is looked up when it is made again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.app.exporting.options import ExportOptions
from corridormap.app.exporting.sizes import CUSTOM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.layouts import LayoutEntry

__all__ = ["laid_options", "query_of"]


def laid_options(
    corridor: Corridor,
    query: Mapping[str, str],
    *,
    format: str,  # noqa: A002
) -> ExportOptions:
    """Return the options of an address or a command, with those of the corridor's layouts.

    Parameters
    ----------
    corridor
        Whose layouts are known beside the words.
    query
        As for `ExportOptions.from_query`. What is said in it counts before what the layout
        says; with `hand`, be it empty, nothing of the layout is taken.
    format
        png, svg, pdf or html.

    Raises
    ------
    ViewError
        A value cannot be used, or there is no such layout.
    """
    given = {key: str(value) for key, value in query.items() if value is not None}
    entry = corridor.layouts.of(given.get("layout", CUSTOM))
    if entry is None or "hand" in given:
        own = [one.id for one in corridor.layouts.layouts]
        return ExportOptions.from_query(given, format=format, own=own)
    usual = query_of(entry)
    if "size" in given or "width_mm" in given:
        usual = {key: value for key, value in usual.items() if key not in _SIZES}
    return ExportOptions.from_query({**usual, **given, "layout": entry.layout}, format=format)


_SIZES = frozenset({"size", "width_mm", "height_mm"})


def query_of(entry: LayoutEntry) -> dict[str, str]:
    """Return what a layout says, as names and values of an address."""
    whole = {
        "layout": entry.layout,
        "named": "" if entry.id == entry.layout else entry.id,
        "size": f"{entry.width_px}x{entry.height_px}" if entry.width_px else "",
        "width_mm": "" if entry.width_mm is None else f"{entry.width_mm:g}",
        "height_mm": "" if entry.height_mm is None else f"{entry.height_mm:g}",
        "transparent": "1" if entry.transparent else "",
        "greyscale": "1" if entry.greyscale else "",
        "black": "1" if entry.black else "",
        "hand": "" if entry.hand.is_empty else entry.hand.to_json(),
    }
    return {key: value for key, value in whole.items() if value}
