"""Every field of the looks is honoured by the browser too: change one, and the map changes.

The signs and the changes are those of the same test for print, so that neither renderer can
learn a field that the other does not know.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.app.browser.document import build_document
from corridormap.app.browser.front_end import leaflet_css, one_file_css
from tests.modules import program
from tests.test_layers.test_print_looks import (
    AREA,
    CIRCLE,
    LINE,
    OTHER_CIRCLES,
    OTHER_FILLS,
    OTHER_PATHS,
    OTHER_STROKES,
    PATH,
    POINT,
    STROKE,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Page

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.looks import Sign

pytestmark = pytest.mark.browser

_SIZE = {"width": 640, "height": 480}
_MOUNT = """given => {
  const { document: data, view } = JSON.parse(given);
  if (window.drawn) { window.drawn.map.destroy(); window.drawn.leaflet.remove(); }
  document.body.replaceChildren();
  const root = document.body.appendChild(document.createElement("div"));
  root.className = "corridormap";
  const slot = root.appendChild(document.createElement("div"));
  slot.style.cssText = "width:640px;height:480px";
  const leaflet = L.map(slot, { zoomControl: false, attributionControl: false, zoomSnap: 0 });
  leaflet.setView([39, 48], 7, { animate: false });
  const model = parts.createModel(data);
  const state = { claim: null, hover: null, hoverClaim: null, notices: [] };
  const store = parts.createStore({ view, ...state });
  const empty = { tiers: [], countries: [], waters: [] };
  const map = parts.createMap(leaflet, model, store, empty, { mapSlot: slot, root });
  map.start();
  window.drawn = { map, leaflet };
}"""


@pytest.fixture
def draw(page: Page, corridor: Corridor) -> Callable[..., bytes]:
    """Return a function that draws one feature with a sign of its own, and nothing else."""
    page.set_viewport_size({"width": _SIZE["width"], "height": _SIZE["height"]})
    page.set_content("<!DOCTYPE html><body style='margin:0'></body>")
    page.add_style_tag(content=f"{leaflet_css()}\n{one_file_css()}\n.corridormap {{display:block}}")
    page.add_style_tag(content=".cmm-corner, .cmm-buttons { display: none }")
    page.add_script_tag(content=program())
    document = build_document(corridor)
    layers = [layer["id"] for layer in document["layers"]]

    def run(feature: str, sign: Sign, *, selected: bool = False, **position: Any) -> bytes:
        one = next(f for f in document["features"] if f["id"] == feature)
        phases = [{**phase, "sign": "the/sign"} for phase in one["phases"]]
        where = {**one["position"], **position}
        one = {**one, "phases": phases, "position": where, "label": None}
        given = {
            "document": {
                **document,
                "features": [one],
                "claims": [],
                "places": [],
                "signs": {"the/sign": asdict(sign)},
            },
            "view": {
                "bbox": document["corridor"]["extent"],
                "layers": layers,
                "date": "2024-06-01",
                "selected": feature if selected else None,
                "basemap": "outline",
            },
        }
        page.evaluate(_MOUNT, json.dumps(given))
        return page.screenshot(animations="disabled")

    return run


def ignored(
    draw: Callable[..., bytes],
    feature: str,
    sign: Sign,
    others: Mapping[str, Sign],
    **position: Any,
) -> list[str]:
    """Return the names of the changes that leave the picture as it is."""
    one = draw(feature, sign, **position)
    assert one == draw(feature, sign, **position), "the same sign is not drawn the same twice"
    return [name for name, other in others.items() if draw(feature, other, **position) == one]


def test_strokes_of_a_line(draw: Callable[..., bytes]) -> None:
    others = {
        name: replace(LINE, strokes=(LINE.strokes[0], replace(STROKE, **{name: value})))
        for name, value in OTHER_STROKES.items()
    }
    others["order"] = replace(LINE, strokes=LINE.strokes[::-1])
    assert ignored(draw, "old-railway", LINE, others) == []


def test_the_band_of_a_line(draw: Callable[..., bytes]) -> None:
    others = {
        name: replace(LINE, band=replace(LINE.band, **{name: value}))
        for name, value in OTHER_FILLS.items()
    }
    assert ignored(draw, "old-railway", LINE, others, band_m=12_000.0) == []
    assert draw("old-railway", LINE, band_m=12_000.0) != draw("old-railway", LINE, band_m=None)


def test_fill_and_strokes_of_an_area(draw: Callable[..., bytes]) -> None:
    others: dict[str, Sign] = {
        f"fill {name}": replace(AREA, fill=replace(AREA.fill, **{name: value}))
        for name, value in OTHER_FILLS.items()
    }
    others |= {
        f"stroke {name}": replace(AREA, strokes=(replace(STROKE, **{name: value}),))
        for name, value in OTHER_STROKES.items()
    }
    assert ignored(draw, "district", AREA, others) == []


def test_paths_of_a_glyph(draw: Callable[..., bytes]) -> None:
    one = replace(POINT, parts=(PATH,))
    others: dict[str, Sign] = {
        name: replace(POINT, parts=(replace(PATH, **{name: value}),))
        for name, value in OTHER_PATHS.items()
    }
    assert ignored(draw, "south-crossing", one, others) == []


def test_circles_of_a_glyph(draw: Callable[..., bytes]) -> None:
    one = replace(POINT, parts=(CIRCLE,))
    others: dict[str, Sign] = {
        name: replace(POINT, parts=(replace(CIRCLE, **{name: value}),))
        for name, value in OTHER_CIRCLES.items()
    }
    assert ignored(draw, "south-crossing", one, others) == []


@pytest.mark.parametrize("part", [PATH, CIRCLE], ids=["path", "circle"])
def test_fill_and_stroke_of_a_glyph(draw: Callable[..., bytes], part: Any) -> None:
    one = replace(POINT, parts=(part,))
    others: dict[str, Sign] = {
        f"fill {name}": replace(
            one, parts=(replace(part, fill=replace(part.fill, **{name: value})),)
        )
        for name, value in OTHER_FILLS.items()
    }
    others |= {
        f"stroke {name}": replace(
            one, parts=(replace(part, stroke=replace(STROKE, **{name: value})),)
        )
        for name, value in OTHER_STROKES.items()
    }
    assert ignored(draw, "south-crossing", one, others) == []


def test_order_ring_and_radius_of_a_glyph(draw: Callable[..., bytes]) -> None:
    others = {
        "order": replace(POINT, parts=POINT.parts[::-1]),
        "ring_from_px": replace(POINT, ring_from_px=900.0),
    }
    assert ignored(draw, "south-crossing", POINT, others, ring_m=9_000.0) == []
    wide = replace(POINT, radius_px=14.0)
    # How far a sign reaches is seen in the disc under one that is lit.
    plain = {"ring_m": None, "selected": True}
    assert draw("south-crossing", POINT, **plain) != draw("south-crossing", wide, **plain)


def test_a_ring_follows_its_true_size(draw: Callable[..., bytes]) -> None:
    rings = [draw("south-crossing", POINT, ring_m=m) for m in (None, 9_000.0, 12_000.0)]
    assert len(set(rings)) == 3
