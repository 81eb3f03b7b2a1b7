"""Build the browser's map: one `folium.Map`, our front end on it, and the pages that hold it.

The map is the same in its own HTML page and in a component of another page: both run the
script folium writes, with the data handed over beside it as JSON. This is the only module that
knows folium; it resolves no style, reads no corridor and writes no file.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from corridormap.app.browser.front_end import ONE_FILE, leaflet_css, one_file_css, program
from corridormap.layers.exports.recipes.marks import HTML_START
from corridormap.layers.picture.pen.embedded_fonts import page_fonts_css

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "MAP_ID",
    "FrontEnd",
    "MapParts",
    "build_map",
    "data_element",
    "map_module",
    "map_parts",
    "page_html",
    "page_scripts",
]

MAP_ID = "map_corridormap"
"""Id of the map's element, and the name of its variable in the script."""

_PAGE_CSS = "html,body{height:100%;margin:0}"


class FrontEnd(MacroElement):
    """Our front end as an element of a `folium.Map`.

    Its script expects a variable `corridormap` with `document`, `outline`, `view`, `host` and
    `mount` in its scope, and leaves what `mount` (page/mount.js) returned in
    `corridormap.mounted`.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            corridormap.mounted = corridormap.mount(
                {{ this._parent.get_name() }},
                {{ this._parent.get_name() }}.getContainer().closest(".corridormap"),
                corridormap
            );
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca leaves it untyped
        self._name = "FrontEnd"
        self._id = "corridormap"


@dataclass(frozen=True)
class MapParts:
    """A rendered map in pieces, for a page that is not folium's."""

    html: str
    """The frame's element with the map's element in it."""
    script: str
    """Statements to run once the elements are there; see `FrontEnd` for what they expect."""


def build_map() -> folium.Map:
    """Return the one map: no tiles, no network links, our front end as its only child.

    Its name is fixed, so that what is rendered is the same every time.
    """
    built = folium.Map(
        location=(30.0, 30.0),
        zoom_start=4,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        keyboard=False,
        zoom_snap=0,
        world_copy_jump=False,
        bounce_at_zoom_limits=False,
        # Our camera tells of a new size first: else the whole corridor would not stay whole.
        track_resize=False,
    )
    built._id = "corridormap"  # noqa: SLF001 - folium offers no other way to a fixed name
    built.default_js = []
    built.default_css = []
    built.add_child(FrontEnd())
    return built


def map_parts(built: folium.Map) -> MapParts:
    """Render a map of `build_map` into markup and script.

    Parameters
    ----------
    built
        The map. It is rendered as folium does, and can be rendered again.
    """
    figure = built.get_root()
    if not isinstance(figure, Figure):
        msg = "a map outside a figure cannot be rendered"
        raise TypeError(msg)
    figure.render()
    element = figure.html.render().strip()
    return MapParts(
        html=f'<div class="corridormap">{element}</div>',
        script=_tidy(figure.script.render()),
    )


def map_module() -> str:
    """Return the map as a module for a served page: its markup, and a function that draws it."""
    parts = map_parts(build_map())
    markup = json.dumps(parts.html)
    return (
        f"export const html = {markup};\nexport function run(corridormap) {{\n{parts.script}\n}}\n"
    )


def page_html(  # noqa: PLR0913  what a page is made of
    document: Mapping[str, Any],
    outline: Mapping[str, Any],
    view: Mapping[str, Any],
    *,
    title: str,
    description: str = "",
    recipe: str = "",
    edition: Mapping[str, Any] | None = None,
) -> str:
    """Return the whole map as one HTML file that needs no other file and no network.

    Parameters
    ----------
    document
        The corridor for the browser, as `corridormap.app.browser.document.build_document` makes it.
    outline
        The outline for the browser, as `corridormap.geo.outline.outline.browser_outline` makes it.
    view
        What is seen first: any of bbox, layers, date, selected, claim.
    title
        The page's title, as text.
    description
        Words for those who cannot see the map, as text.
    recipe
        What makes the page again, as JSON; empty for none.
    edition
        Of a published edition: what page/newer.js reads. Such a page may ask its own site for
        the list of editions, and nobody else anything.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    parts = map_parts(build_map())
    scripts = (*page_scripts(), *([f"\n{program('newer')}"] if edition else []))
    policy = _policy(scripts, asks_site=bool(edition))
    data = {"document": document, "outline": outline, "view": view}
    if edition:
        data["edition"] = edition
    elements = [data_element(name, value) for name, value in data.items()]
    fonts = page_fonts_css("".join((title, *scripts, *elements)))
    styles = f"{fonts}\n{leaflet_css()}\n{one_file_css()}\n{_PAGE_CSS}"
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{html.escape(title)}</title>",
        *(
            [f'<meta name="description" content="{html.escape(description)}">']
            if description
            else []
        ),
        *([f"{HTML_START}{_inert(recipe)}</script>"] if recipe else []),
        f"<style>\n{styles}\n</style>",
        "</head>",
        "<body>",
        parts.html,
        *elements,
        *(f"<script>{text}</script>" for text in scripts),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _tidy(script: str) -> str:
    """Folium's templates leave blank and indented lines; the code is what counts."""
    return "\n".join(line.strip() for line in script.splitlines() if line.strip())


def _json_text(value: Mapping[str, Any]) -> str:
    """JSON that cannot end its script element, start another or break a line of script."""
    return _inert(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def _inert(text: str) -> str:
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def data_element(name: str, value: Mapping[str, Any]) -> str:
    """Return an element that holds document, outline or view, for the one file's program."""
    return f'<script type="application/json" id="corridormap-{name}">{_json_text(value)}</script>'


@cache
def page_scripts() -> tuple[str, ...]:
    """Return the scripts of the map in one file, as they stand in it: the same for each."""
    context = f"const corridormap = {ONE_FILE}.given();"
    parts = program("one_file"), context, map_parts(build_map()).script
    # One function round all of it: the page gets no names but those that Leaflet gives it.
    return ("\n".join(("\n(() => {", *parts, "})();\n")),)


def _policy(scripts: Iterable[str], *, asks_site: bool = False) -> str:
    """Allow these scripts and what the page holds itself, perhaps its site, and nothing else."""
    hashes = " ".join(f"'sha256-{_sha256(text)}'" for text in scripts)
    rules = (
        "default-src 'none'",
        f"script-src {hashes}",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "font-src data:",
        *(["connect-src 'self'"] if asks_site else []),
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
