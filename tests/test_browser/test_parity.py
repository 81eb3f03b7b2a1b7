"""The picture is the screen: both renderers draw each layer at the same place, alike.

Both draw the same view at the same scale and size; names, numbers and furniture are left out,
for each finds its own room for them. Thresholds, and why they are not 1:

- place: a sign stands within 0.25 px of its true place (0.17 measured). The browser begins its
  map at a whole px, print at any fraction: print is laid where the browser's map begins.
- cover: 95 % of each mask lies within 2 px of the other (0.97 measured: where a crossing stands
  on a bridge out of use, the screen leaves out the slash that the disc covers).
- overlap: 85 % of the pixels that either draws, both draw (0.87 measured, for a few small
  rings; 0.95 for lines and areas).
- colour: 90 % of what both draw is of one colour, edges left out (0.95 measured); 60 % in near
  views, where print begins the dashes of a line anew at the frame's edge.

Where print fits a conic to the extent, its drawing is laid onto the screen's projection first:
signs and widths are upright and in px in either, so 3 px are allowed, and colours are not held
against each other.

Where signs crowd, each draws the most important and a dot at the others' places, and chooses as
its labels leave room: so these are compared only in that both know them as a crowd, and none is
moved aside.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.sweeping import SWEEP
from tests.test_browser.parity import LAND, Pictures, coverage, same_color, view_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.test_browser.parity import Shown

pytestmark = pytest.mark.browser

APART_PX = 0.25
COVER = 0.95
OVERLAP = 0.85
COLOR = 0.90
COLOR_NEAR = 0.60
WITHIN_PX = 2
TONE = 48
"""Of 255: half-opaque strokes are blended line by line in print, group by group on screen."""
CROWDED_WITHIN_PX = 24.0
BENT_COVER, BENT_WITHIN_PX = 0.95, 3

# Each layer alone; but for the last, each is compared for itself in the first view too.
ALONE = ("border-crossings", "bridges", "nakhchivan-link", "rasht-astara") if SWEEP else ()
WHOLE: dict[str, dict[str, Any]] = {
    **{layer: {"layers": (layer,)} for layer in ALONE},
    "context": {"layers": ("context",)},
    "first view": {},
    "before the works": {"date": "2018-01-01"},
    "later": {"date": "2026-02-28"},
    "a bridge selected": {"selected": "aghband-kalaleh-road-bridge"},
    "a line selected": {"selected": "rasht-astara-railway"},
    "the second corridor": {"corridor": "north-south"},
}
NEAR: dict[str, dict[str, Any]] = {
    "Astara": {"bbox": (48.7, 38.3, 49.0, 38.55)},
    "Julfa": {"bbox": (45.2, 38.7, 46.2, 39.2)},
    "the Aras": {"bbox": (46.2, 38.8, 48.2, 39.8)},
    "a port selected": {
        "corridor": "north-south",
        "selected": "port-amirabad",
        "bbox": (47.0, 35.0, 57.0, 44.0),
    },
    "an area selected": {"selected": "nakhchivan", "bbox": (44.5, 38.6, 46.6, 39.9)},
}
# One of each kind of view where not all are tried.
SOME = (
    "first view", "later", "a line selected", "the second corridor", "Astara", "an area selected",
)  # fmt: skip
VIEWS = WHOLE | NEAR


def seen(pictures: Pictures, part: str, *, on: str) -> tuple[Shown, Shown]:
    """Return a part on a ground of its own colour, and on land."""
    draw = pictures.screen if on == "screen" else pictures.paper
    alone = draw(part)
    # Where nothing is drawn no colour is compared.
    return alone, draw(part, LAND) if alone.mask.any() else alone


@pytest.mark.parametrize("name", VIEWS if SWEEP else SOME)
def test_both_renderers_draw_the_same_at_the_same_place(page: Page, name: str) -> None:
    pictures = Pictures(page, view_of(**VIEWS[name]))
    pictures.mount()
    signs_stand_alike(pictures)
    parts = [*pictures.view.layers, "bands", "gold", "rings"]
    screen = {part: seen(pictures, part, on="screen") for part in parts}
    pictures.show_paper()
    paper = {part: seen(pictures, part, on="paper") for part in parts}
    away = pictures.away_from_crowds()
    drawn = 0
    for part in parts:
        where = away if part in {"gold", "rings"} else np.ones_like(away)
        one, other = screen[part][0].mask & where, paper[part][0].mask & where
        both, either = one & other, one | other
        drawn += int(either.any())
        told = f"{name}, {part}"
        assert coverage(one, other, within_px=WITHIN_PX) >= COVER, told
        assert both.sum() >= OVERLAP * either.sum(), told
        alike = same_color(screen[part][1], paper[part][1], both, within=TONE)
        assert alike >= (COLOR_NEAR if name in NEAR else COLOR), told
    assert drawn


def signs_stand_alike(pictures: Pictures) -> None:
    """Fail if the renderers put a sign at different places."""
    spots = pictures.points
    whole = [spot for spot in spots.values() if spot.whole]
    assert len(whole) >= 0.3 * len(spots)
    assert max(spot.apart_px for spot in spots.values()) <= APART_PX
    for id_ in pictures.crowded:
        others = [spot.true for other, spot in spots.items() if other != id_]
        distances = [
            float(np.hypot(a[0] - b[0], a[1] - b[1]))
            for a, b in itertools.product(spots[id_].true, itertools.chain(*others))
        ]
        assert min(distances) <= CROWDED_WITHIN_PX, f"{id_} stands alone and has no sign"


def test_a_conic_puts_everything_where_the_screen_does(page: Page) -> None:
    pictures = Pictures(page, view_of("north-south"), projection="lambert")
    assert pictures.report.projection == "lambert"
    pictures.mount()
    spots = pictures.points.values()
    assert sum(spot.whole for spot in spots) >= 0.3 * len(spots)
    assert max(spot.apart_px for spot in spots) <= APART_PX
    parts = [*pictures.view.layers, "bands"]
    screen = {part: pictures.screen(part).mask for part in parts}
    pictures.show_paper()
    for part in parts:
        shared = coverage(screen[part], pictures.paper(part).mask, within_px=BENT_WITHIN_PX)
        assert shared >= BENT_COVER, part
