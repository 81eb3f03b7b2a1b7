"""The map on the screen never lies: at every size, zoom and date, with any layers.

Signs stand at their true places, names at their signs, numbers at features of their claims, the
list of claims says what is marked, the first view shows the corridor whole, and no panel lies over
what was just chosen. The suite tries a sample in which every two values of the axes meet once;
`make sweep` tries all.
"""

from __future__ import annotations

import copy
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from playwright.sync_api import expect

from corridormap.app.browser.front_end import leaflet_css, one_file_css
from corridormap.app.browser.leaflet import build_map, map_parts
from tests.modules import program
from tests.sweeping import SWEEP, pairwise, product
from tests.test_browser.map_contract import READ, faults
from tests.test_browser.subjects import subject_of

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize
    from shapely.geometry.base import BaseGeometry

    from tests.test_browser.subjects import Subject

pytestmark = pytest.mark.browser

SEED = 20231229
SIZES = [(360, 740), (390, 844), (768, 1024), (1024, 700), (1440, 900), (2560, 1440)]
FEW_SIZES = [size for size in SIZES if size not in {(390, 844), (1024, 700)}]
NEARER = ["whole", 0.6, 1.7, 4.5]
"""Zooms beyond the whole corridor's, about a feature."""
DATES = ["as of", 0.1, 1.0]
"""Shares of the dates of change."""
LAYERS = ["first", "all", "points", "last"]
CHOSEN = ["nothing", "claim", "feature"]
HARD_PX = 3.0

Case = dict[str, Any]


def mounted(page: Page, subject: Subject, document: dict[str, Any] | None = None) -> None:
    """Mount a corridor's whole page, or that of a document like it."""
    parts = map_parts(build_map())
    page.emulate_media(reduced_motion="reduce")
    page.set_content(f"<!DOCTYPE html><html><body style='margin:0'>{parts.html}</body></html>")
    page.add_style_tag(content=f"{leaflet_css()}\n{one_file_css()}")
    page.add_script_tag(content=program())
    given = {"document": document or subject.document, "outline": subject.outline, "view": {}}
    page.evaluate(
        "([given, script]) => { const data = JSON.parse(given); data.host = {};"
        " data.mount = parts.mount;"
        " new Function('corridormap', script)(data); window.mounted = data.mounted; }",
        [json.dumps(given), parts.script],
    )
    expect(page.locator('.corridormap[data-ready="true"]')).to_be_attached()


def resize(page: Page, size: tuple[int, int]) -> None:
    """Give the page a size and wait until its map has it."""
    view: ViewportSize = {"width": size[0], "height": size[1]}
    page.set_viewport_size(view)
    page.evaluate(_SETTLED)


def layers_of(subject: Subject, which: str) -> list[str]:
    """Return a subset of a corridor's layers."""
    every = [layer["id"] for layer in subject.document["layers"]]
    pointed = {
        f["layer"] for f in subject.document["features"] if f["geometry"]["type"].endswith("Point")
    }
    return {
        "first": subject.on,
        "all": every,
        "points": [id_ for id_ in every if id_ in pointed],
        "last": every[-1:],
    }[which]


def date_of(subject: Subject, share: float | str) -> str:
    """Return a date of change, or the date the corridor is of."""
    dates = sorted({p["since"] for f in subject.document["features"] for p in f["phases"]})
    return subject.as_of if isinstance(share, str) else dates[int(share * (len(dates) - 1))]


def show(page: Page, subject: Subject, case: Case, dice: random.Random) -> None:
    """Bring the page to a case, and draw it."""
    resize(page, case["size"])
    state: dict[str, Any] = {
        "layers": layers_of(subject, case["layers"]),
        "date": date_of(subject, case["date"]),
        "selected": None,
    }
    every = subject.document["features"]
    about = [f for f in every if f["layer"] in state["layers"]]
    feature = dice.choice(about or every)
    claims = [
        c for c in subject.document["claims"] if set(c["features"]) & {f["id"] for f in about}
    ]
    claim = dice.choice(claims)["id"] if case["chosen"] == "claim" and claims else None
    if case["chosen"] == "feature":
        state["selected"] = feature["id"]
    nearer = None if case["nearer"] == "whole" else case["nearer"]
    page.evaluate(_SHOW, [state, claim, nearer, feature["id"]])


def test_the_map_keeps_its_rules_at_every_size_zoom_and_date(page: Page, subject: Subject) -> None:
    axes: dict[str, list[Any]] = {
        "size": SIZES if SWEEP else FEW_SIZES,
        "nearer": NEARER,
        "date": DATES,
        "layers": LAYERS,
        "chosen": CHOSEN,
    }
    cases = list(product(axes) if SWEEP else pairwise(axes, SEED))
    dice = random.Random(SEED)  # noqa: S311  a sample, no secret
    mounted(page, subject)
    found: dict[str, list[str]] = {}
    tally = {"names": 0, "marked": 0, "listed": 0}
    for case in sorted(cases, key=lambda one: one["size"]):
        show(page, subject, case, dice)
        shown = page.evaluate(READ)
        told = faults(shown)
        if told:
            found[str(case)] = told
        tally["names"] += len(shown["labels"])
        tally["listed"] += sum(not claim["out"] for claim in shown["claims"])
        tally["marked"] += sum(not (claim["out"] or claim["unmarked"]) for claim in shown["claims"])
    print(f"seed {SEED}, {len(cases)} cases of {subject.id}: {tally}")  # noqa: T201  in a report
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)
    assert tally["names"]
    assert tally["marked"]


@pytest.mark.both_corridors
def test_the_first_view_shows_the_whole_corridor_at_any_size(page: Page, subject: Subject) -> None:
    """Nothing of the corridor lies outside the map or under a panel, button, bar or credit."""
    mounted(page, subject)
    extent = shapely.box(*subject.corridor.manifest.extent)
    for size in [*SIZES, (320, 568), (844, 390), (1920, 1080)]:
        resize(page, size)
        shown = page.evaluate(READ)
        assert page.evaluate("() => window.mounted.store.get().view.bbox") is None, size
        frame = shapely.box(0, 0, *shown["size"]).buffer(-HARD_PX)
        panels = [shapely.box(*panel) for panel in shown["panels"]]
        assert len(panels) >= 3, size
        hidden = [
            id_
            for id_ in [*shown["points"], *shown["shapes"]]
            if shapely.geometry.shape(subject.feature(id_)["geometry"]).within(extent)
            and not _shown(_on_screen(id_, shown), frame, panels)
        ]
        assert not hidden, (size, hidden)


def _on_screen(id_: str, shown: dict[str, Any]) -> BaseGeometry:
    """Return a feature as it lies on the screen, in px."""
    if id_ in shown["points"]:
        return shapely.MultiPoint(shown["points"][id_]["true"])
    shape = shown["shapes"][id_]
    paths = [path for path in shape["paths"] if len(path) > 1]
    return shapely.MultiLineString(paths)


def _shown(feature: BaseGeometry, frame: BaseGeometry, panels: list[BaseGeometry]) -> bool:
    return frame.covers(feature) and not any(panel.intersects(feature) for panel in panels)


def test_no_panel_lies_over_what_was_just_chosen(page: Page, subject: Subject) -> None:
    mounted(page, subject)
    dice = random.Random(SEED)  # noqa: S311  a sample, no secret
    points = subject.features(lambda f: f["geometry"]["type"] == "Point")
    for size in SIZES if SWEEP else SIZES[::2]:
        resize(page, size)
        page.evaluate("() => window.mounted.map.home(false)")
        for feature in dice.sample(points, min(len(points), 60 if SWEEP else 6)):
            page.evaluate(
                "id => window.mounted.store.set({claim: null, view: {selected: id}})", feature["id"]
            )
            page.evaluate(_SETTLED)
            shown = page.evaluate(READ)
            at = shown["points"][feature["id"]]["true"][0]
            assert _free(at, shown), (size, feature["id"], at, shown["panels"])


def crowded(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document with a title of 140 characters, 12 layers and 60 claims."""
    full = copy.deepcopy(document)
    full["corridor"]["title"] = ("A corridor and all that it crosses, " * 4)[:140]
    for number in range(len(full["layers"]), 12):
        like = {**full["layers"][number % len(document["layers"])], "id": f"layer-{number}"}
        full["layers"].append(like)
        full["groups"][0]["layers"].append(like["id"])
    for number in range(len(full["claims"]), 60):
        like = {**full["claims"][number % len(document["claims"])], "id": f"claim-{number}"}
        full["claims"].append({**like, "number": number + 1})
        for feature in full["features"]:
            if feature["id"] in like["features"]:
                feature["claims"].append(like["id"])
    return full


def test_a_long_title_twelve_layers_and_sixty_claims_stay_usable(page: Page) -> None:
    subject = subject_of("azerbaijan-iran")
    mounted(page, subject, crowded(subject.document))
    for size in SIZES:
        resize(page, size)
        parts = page.evaluate(_PARTS)
        assert parts["title"][3] <= parts["header"][3], size
        assert parts["title"][1] >= parts["header"][1], size
        assert parts["header"][3] <= 0.25 * size[1], size
        assert parts["claims"][3] - parts["claims"][1] >= 0.15 * size[1], size
        assert parts["map"][3] - parts["map"][1] >= 0.25 * size[1], size
        assert not parts["broken"], size
        if parts["layers"]:
            assert parts["layers"][1] >= parts["map"][1], size
            assert parts["layers"][3] <= parts["map"][3], size
            assert parts["layers"][2] - parts["layers"][0] <= 0.6 * size[0], size


def _free(at: list[float], shown: dict[str, Any]) -> bool:
    """Tell whether a place is in the map and under none of its panels."""
    x, y = at
    width, height = shown["size"]
    return (
        HARD_PX < x < width - HARD_PX
        and HARD_PX < y < height - HARD_PX
        and not any(x0 < x < x1 and y0 < y < y1 for x0, y0, x1, y1 in shown["panels"])
    )


_SETTLED = """async () => {
  const { leaflet, map } = window.mounted;
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  await frame();
  await frame();
  await frame();
  map.redraw();
}"""
"""A resize is told after the next frame, and drawn in the one after it."""

_PARTS = """() => {
  const box = (selector) => {
    const node = document.querySelector(selector);
    if (!node?.offsetParent) return null;
    const { left, top, right, bottom } = node.getBoundingClientRect();
    return [left, top, right, bottom];
  };
  const words = document.createRange();
  const isBroken = (tab) => {
    words.selectNodeContents(tab);
    const bar = tab.parentElement.getBoundingClientRect();
    return words.getClientRects().length > 1 || tab.getBoundingClientRect().right > bar.right;
  };
  const tabs = [...document.querySelectorAll(".cmp-tab")].filter((tab) => tab.offsetParent);
  return {
    broken: tabs.filter(isBroken).map((tab) => tab.textContent),
    title: box("h1.cmp-title"),
    header: box(".cmp-header"),
    claims: box(".cmp-claim-box") || box(".cmp-sheet"),
    map: box(".cmp-stage"),
    layers: box(".cmp-stage > .cmp-layers"),
  };
}"""

_SHOW = """async ([state, claim, nearer, about]) => {
  const { leaflet, map, model, store } = window.mounted;
  store.set({ claim, view: state });
  map.home(false);
  if (nearer !== null) {
    const flat = model.feature(about).geometry.coordinates.flat(5);
    leaflet.setView([flat[1], flat[0]], leaflet.getZoom() + nearer, { animate: false });
  }
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  await frame();
  await frame();
  map.redraw();
}"""
