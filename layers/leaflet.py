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
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from geo.assets import asset_path
from geo.errors import AssetError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "MAP_ID",
    "FrontEnd",
    "MapParts",
    "build_map",
    "fonts_css",
    "front_end_css",
    "front_end_js",
    "leaflet_css",
    "leaflet_js",
    "map_parts",
    "page_html",
]

MAP_ID = "map_corridormap"
"""Id of the map's element, and the name of its variable in the script."""

_MODULES = (
    ("store", "words", "dom")
    + ("mercator", "clip", "topology", "base", "signs", "panes", "features", "points")
    + ("cluster", "field", "placing", "text", "names", "labels", "tiles", "controls")
    + ("pointing", "camera", "map")
    + ("frame", "header", "notice", "article", "legend", "layerpanel", "placement", "card")
    + ("timeline", "sheet", "keyboard", "panels", "mount")
)
_STYLES = ("corridormap", "map")

_FACES = (
    # family, file, weight, style, characters (the subsets as their makers cut them)
    ("Noto Sans", "noto-sans-latin-ext-400-normal", 400, "normal", "latin-ext"),
    ("Noto Sans", "noto-sans-latin-ext-700-normal", 700, "normal", "latin-ext"),
    ("Noto Sans", "noto-sans-latin-ext-400-italic", 400, "italic", "latin-ext"),
    ("Noto Sans", "noto-sans-latin-400-normal", 400, "normal", "latin"),
    ("Noto Sans", "noto-sans-latin-700-normal", 700, "normal", "latin"),
    ("Noto Sans", "noto-sans-latin-400-italic", 400, "italic", "latin"),
    ("Noto Sans Arabic", "noto-sans-arabic-arabic-400-normal", 400, "normal", "arabic"),
    ("Noto Sans Arabic", "noto-sans-arabic-arabic-700-normal", 700, "normal", "arabic"),
)
_RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,"
    "U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,"
    "U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,"
    "U+2C60-2C7F,U+A720-A7FF",
    "arabic": "U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,"
    "U+200C-200E,U+2010-2011,U+204F,U+2E41,U+FB50-FDFF,U+FE70-FE74,U+FE76-FEFC",
}

_PAGE_CSS = "html,body{height:100%;margin:0}"
_PAGE_CONTEXT = """const corridormap_data = (id) => JSON.parse(document.getElementById(id).textContent);
const corridormap = {
  document: corridormap_data("corridormap-document"),
  outline: corridormap_data("corridormap-outline"),
  view: corridormap_data("corridormap-view"),
  host: { online: false },
};"""


class FrontEnd(MacroElement):
    """Our front end as an element of a `folium.Map`.

    Its script expects a variable `corridormap` with `document`, `outline`, `view` and `host`
    in its scope, and leaves what `Corridormap.mount` returned in `corridormap.mounted`.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            corridormap.mounted = Corridormap.mount(
                {{ this._parent.get_name() }},
                {{ this._parent.get_name() }}.getContainer().closest(".corridormap"),
                corridormap
            );
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()
        self._name = "FrontEnd"
        self._id = "corridormap"


@dataclass(frozen=True)
class MapParts:
    """A rendered map in pieces, for a page that is not folium's."""

    html: str
    """The frame's element with the map's element in it."""
    css: str
    """Every style the map needs but Leaflet's own and the fonts."""
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
    )
    built._id = "corridormap"  # noqa: SLF001 - folium offers no other way to a fixed name
    built.default_js = []
    built.default_css = []
    built.add_child(FrontEnd())
    return built


def map_parts(built: folium.Map) -> MapParts:
    """Render a map of `build_map` into markup, styles and script.

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
        css=front_end_css(),
        script=_tidy(figure.script.render()),
    )


@cache
def front_end_js() -> str:
    """Return our JavaScript modules, one after the other in the order they need."""
    return "\n".join(_web_text(f"{name}.js") for name in _MODULES)


@cache
def front_end_css() -> str:
    """Return our style sheets."""
    return "\n".join(_web_text(f"{name}.css") for name in _STYLES)


@cache
def leaflet_js() -> str:
    """Return Leaflet, without the link to a source map that is not there.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    text = asset_path("leaflet/leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", text)


@cache
def leaflet_css() -> str:
    """Return Leaflet's style sheet without the pictures of controls that are not used.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    text = asset_path("leaflet/leaflet.css").read_text(encoding="utf-8")
    return re.sub(r"background-image:\s*url\([^)]*\);?", "", text)


@cache
def fonts_css() -> str:
    """Return the fonts as a style sheet that holds them as ``data:`` addresses.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    return "\n".join(_face_css(*face) for face in _FACES)


def page_html(
    document: Mapping[str, Any],
    outline: Mapping[str, Any],
    view: Mapping[str, Any],
    *,
    title: str,
) -> str:
    """Return the whole map as one HTML file that needs no other file and no network.

    Parameters
    ----------
    document
        The corridor for the browser, as `layers.document.build_document` makes it.
    outline
        The outline for the browser, as `geo.outline.browser_outline` makes it.
    view
        What is seen first: any of bbox, layers, date, selected, claim.
    title
        The page's title, as text.

    Raises
    ------
    AssetError
        If the base data is missing.
    """
    parts = map_parts(build_map())
    script = f"(function () {{\n{_PAGE_CONTEXT}\n{parts.script}\n}})();"
    scripts = [f"\n{text}\n" for text in (leaflet_js(), front_end_js(), script)]
    styles = "\n".join([fonts_css(), leaflet_css(), parts.css, _PAGE_CSS])
    data = {"document": document, "outline": outline, "view": view}
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts)}">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{html.escape(title)}</title>",
        f"<style>\n{styles}\n</style>",
        "</head>",
        "<body>",
        parts.html,
        *(_data_element(name, value) for name, value in data.items()),
        *(f"<script>{text}</script>" for text in scripts),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _web_text(name: str) -> str:
    source = files("layers").joinpath("web", name)
    if not source.is_file():
        problem = "this file of the front end is missing"
        remedy = "Install Corridormap again."
        raise AssetError(problem, file=f"layers/web/{name}", remedy=remedy)
    return source.read_text(encoding="utf-8")


def _tidy(script: str) -> str:
    """Folium's templates leave blank and indented lines; the code is what counts."""
    return "\n".join(line.strip() for line in script.splitlines() if line.strip())


def _face_css(family: str, name: str, weight: int, style: str, subset: str) -> str:
    data = base64.b64encode(asset_path(f"fonts/{name}.woff2").read_bytes()).decode("ascii")
    return (
        f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};'
        f"font-display:block;src:url(data:font/woff2;base64,{data}) format('woff2');"
        f"unicode-range:{_RANGES[subset]}}}"
    )


def _json_text(value: Mapping[str, Any]) -> str:
    """JSON that cannot end its script element, start another or break a line of script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _data_element(name: str, value: Mapping[str, Any]) -> str:
    return f'<script type="application/json" id="corridormap-{name}">{_json_text(value)}</script>'


def _policy(scripts: list[str]) -> str:
    """Allow these scripts and what the page holds itself, and nothing else."""
    hashes = " ".join(f"'sha256-{_sha256(text)}'" for text in scripts)
    rules = (
        "default-src 'none'",
        f"script-src {hashes}",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
