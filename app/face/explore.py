"""Make the page of a view a `folium.Map` to which its user adds what Folium has.

The map, the front end and the data are those of the page in one file; here they are put into
Folium's own figure, so that it renders, saves and shows in a notebook as Folium does, with
nothing to fetch. The only module of the face that knows the browser's side.
"""

from __future__ import annotations

import html
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from branca.element import Element, Figure, MacroElement
from folium.template import Template

from corridormap.app.browser.front_end import (
    ONE_FILE,
    leaflet_css,
    one_file_css,
    program,
)
from corridormap.app.browser.leaflet import build_map, data_element
from corridormap.app.opening.page_data import page_document, page_outline
from corridormap.layers.picture.pen.embedded_fonts import page_fonts_css
from corridormap.layers.scene.resolve import build_scene

if TYPE_CHECKING:
    from collections.abc import Mapping

    import folium

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.view import View

__all__ = ["whole_map"]

_PAGE_CSS = "html,body{height:100%;margin:0}"


def whole_map(
    corridor: Corridor, view: View, seen: Mapping[str, Any], *, height_px: int
) -> folium.Map:
    """Return a map that holds a corridor's whole page.

    Parameters
    ----------
    corridor, view
        What is shown.
    seen
        The view as the browser's side begins with it.
    height_px
        Height in a notebook, in px.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    scene = build_scene(corridor, view)
    title = f"{scene.title}, {scene.date_label}"
    data = {
        "document": page_document(corridor),
        "outline": page_outline(corridor),
        "view": seen,
    }
    elements = "\n".join(data_element(name, value) for name, value in data.items())
    built = build_map()
    figure = _figure_of(built)
    figure.height = f"{height_px}px"
    figure.title = html.escape(title)
    built.add_child(_Page(built.get_name(), title, elements))
    return built


def _figure_of(element: Element) -> Figure:
    figure = element.get_root()
    if not isinstance(figure, Figure):
        msg = "a map outside a figure cannot be rendered"
        raise TypeError(msg)
    return figure


class _Text(Element):
    """A piece of a page as it is: nothing in it is a template."""

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class _Page(MacroElement):
    """What the map needs around it: styles, Leaflet, our front end, the data.

    A child of the map, so that it comes after what Folium itself writes for the map, and before
    what the user adds.
    """

    _template = Template("")

    def __init__(self, name: str, title: str, data: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca leaves it untyped
        self._name = "CorridormapPage"
        self._id = "corridormap"
        self._map = name
        self._head = _head(title, data)

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]  # as branca's own
        """Put the page into the figure; what a rendering before left there is replaced."""
        figure = _figure_of(self)
        # Folium's own style of the map would set its frame's type and place anew.
        figure.header._children.pop(self._map, None)  # noqa: SLF001 - branca offers no other way
        figure.header.add_child(_Text(self._head), name=self.get_name())
        element = figure.html._children[self._map].render(**kwargs).strip()  # noqa: SLF001
        figure.html.add_child(_Text(f'<div class="corridormap">{element}</div>'), name=self._map)


def _head(title: str, data: str) -> str:
    scripts = _scripts()
    context = f"const corridormap = {ONE_FILE}.given();"
    fonts = page_fonts_css("".join((title, *scripts, data)))
    styles = f"{fonts}\n{leaflet_css()}\n{one_file_css()}\n{_PAGE_CSS}"
    return "\n".join(
        [
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<style>\n{styles}\n</style>",
            data,
            *(f"<script>\n{text}\n</script>" for text in (*scripts, context)),
        ]
    )


@cache
def _scripts() -> tuple[str, str]:
    """Return our front end with Leaflet, and what stands in for Folium's other libraries."""
    stand_ins = files("corridormap.app").joinpath("face", "standins.js")
    return program("one_file"), stand_ins.read_text(encoding="utf-8")
