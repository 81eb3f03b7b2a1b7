"""The map as a browser draws it: signs, labels, states, keys, and what happens without a net."""

from __future__ import annotations

import itertools
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from corridormap.app.browser.document import build_document
from corridormap.app.browser.front_end import leaflet_css, one_file_css
from corridormap.app.browser.leaflet import build_map, map_parts, page_html
from corridormap.geo.outline.outline import browser_outline
from corridormap.layers.corridor.corridor import load_corridor
from tests.modules import ask, program

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, ViewportSize

    from corridormap.layers.corridor.corridor import Corridor
    from tests.conftest import Recorded
    from tests.test_layers.conftest import TinyCorridor

pytestmark = pytest.mark.browser

BUILT_IN = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
EMPTY: dict[str, Any] = {"tiers": [], "countries": [], "waters": []}
HOSTILE = (
    "<img src=x onerror='window.hurt=1'>`${window.hurt=1}`</text><script>window.hurt=1</script>"
)

INSIDE_ITS_BOX = """id => {
  const label = document.querySelector(`[data-label="${id}"]`);
  const box = label.querySelector("rect").getBoundingClientRect();
  return [...label.querySelectorAll("text")].every((text) => {
    const { left, right } = text.getBoundingClientRect();
    return left > box.left - 2 && right < box.right + 2;
  });
}"""

Mount = "Callable[..., None]"


@cache
def built_in() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the built-in corridor and its outline for the browser."""
    corridor = load_corridor(BUILT_IN)
    west, south, east, north = corridor.manifest.extent
    near = (west - 6, south - 6, east + 6, north + 6)
    outline = browser_outline(corridor.manifest.extent, detail=corridor.outline, near=near)
    return build_document(corridor), outline


@pytest.fixture
def mount(page: Page) -> Callable[..., None]:
    """Return a function that mounts a document in an empty page, as `window.mounted`."""

    def run(document: dict[str, Any], outline: dict[str, Any] = EMPTY, **view: Any) -> None:
        parts = map_parts(build_map())
        page.emulate_media(reduced_motion="reduce")
        page.evaluate("() => window.mounted && window.mounted.destroy()")
        page.set_content(f"<!DOCTYPE html><html><body style='margin:0'>{parts.html}</body></html>")
        page.add_style_tag(content=f"{leaflet_css()}\n{one_file_css()}")
        page.add_script_tag(content=program())
        given = json.dumps({"document": document, "outline": outline, "view": view})
        page.evaluate(
            "([given, script]) => { const data = JSON.parse(given); data.host = {};"
            " data.mount = parts.mount;"
            " new Function('corridormap', script)(data); window.mounted = data.mounted; }",
            [given, parts.script],
        )
        expect(page.locator('.corridormap[data-ready="true"]')).to_be_attached()

    return run


def state(page: Page, path: str) -> Any:
    return page.evaluate(f"() => window.mounted.store.get().{path}")


def feature(page: Page, identity: str) -> Any:
    return page.locator(f'[data-feature="{identity}"]')


def drawn(page: Page) -> list[str]:
    script = "nodes => nodes.map(node => node.dataset.feature)"
    found: list[str] = page.locator("[data-feature]").evaluate_all(script)
    return found


def test_each_visible_feature_is_drawn_once(
    page: Page, mount: Callable[..., None], corridor: Corridor
) -> None:
    document = build_document(corridor)
    mount(document, layers=["crossings", "bridges", "ways"], date="2024-06-01")
    assert sorted(drawn(page)) == sorted(f["id"] for f in document["features"])


def test_nothing_is_drawn_before_its_first_event(
    page: Page, mount: Callable[..., None], corridor: Corridor
) -> None:
    mount(build_document(corridor), layers=["crossings", "bridges", "ways"], date="2020-06-01")
    assert not {"north-bridge", "new-road", "cable"} & set(drawn(page))
    page.evaluate("() => window.mounted.store.set({view: {date: '2024-06-01'}})")
    expect(feature(page, "new-road")).to_be_attached()


def test_names_are_in_the_language_that_is_chosen(
    page: Page, mount: Callable[..., None], tiny: TinyCorridor
) -> None:
    tiny.properties("district").update({"name:az": "Şimal dairəsi", "name:fa": "بخش شمالی"})
    document = build_document(tiny.load())
    mount(document, layers=["bridges", "ways"], date="2024-06-01")
    label = {id_: page.locator(f'[data-label="{id_}"]') for id_ in ("north-bridge", "district")}
    assert label["north-bridge"].text_content() == "Bridge"
    page.get_by_role("combobox", name="Names", exact=True).select_option("Azerbaijani")
    expect(label["district"]).to_contain_text("ŞİMAL DAİRƏSİ")
    expect(label["north-bridge"]).to_contain_text("Şimal")
    page.get_by_role("combobox", name="Names", exact=True).select_option("fa")
    expect(label["district"]).to_contain_text("بخش شمالی")
    # Letters that join: from right to left, none of them set apart, inside their own box.
    for text in label["district"].locator("text").all():
        assert text.get_attribute("direction") == "rtl"
        assert text.get_attribute("letter-spacing") is None
    assert page.evaluate(INSIDE_ITS_BOX, "district")
    # What has no name in it keeps its usual one.
    expect(page.locator('[data-label="old-railway"]')).to_contain_text("Old railway")


def test_a_switch_takes_its_signs_off_and_tells_the_root(
    page: Page, mount: Callable[..., None], corridor: Corridor
) -> None:
    mount(build_document(corridor))
    root = page.locator(".corridormap")
    expect(root).to_have_attribute("data-layers", "crossings bridges")
    page.evaluate("() => window.mounted.store.set({view: {layers: ['crossings']}})")
    expect(feature(page, "north-bridge")).to_have_count(0)
    expect(feature(page, "north-crossing")).to_be_attached()
    expect(root).to_have_attribute("data-layers", "crossings")


def test_disc_and_brackets_at_one_place_open_a_card_each(
    page: Page, mount: Callable[..., None], corridor: Corridor
) -> None:
    mount(build_document(corridor))
    for part, identity in ((0.5, "north-crossing"), (0.1, "north-bridge")):
        box = feature(page, "north-bridge").bounding_box()
        assert box
        page.mouse.click(box["x"] + part * box["width"], box["y"] + box["height"] / 2)
        assert state(page, "view.selected") == identity
        page.keyboard.press("Escape")
        expect(page.locator(".corridormap")).to_have_attribute("data-selected", "")


def test_escape_and_the_empty_map_end_a_selection(
    page: Page, mount: Callable[..., None], corridor: Corridor
) -> None:
    mount(build_document(corridor))
    feature(page, "south-crossing").click()
    page.keyboard.press("Escape")
    assert state(page, "view.selected") is None
    page.evaluate("() => window.mounted.store.set({view: {selected: 'south-crossing'}})")
    expect(page.locator(".corridormap")).to_have_attribute("data-selected", "south-crossing")
    page.locator(".leaflet-container").click(position={"x": 500, "y": 12})
    assert state(page, "view.selected") is None


def test_keys_reach_the_signs_through_one_stop(
    page: Page, mount: Callable[..., None], corridor: Corridor
) -> None:
    mount(build_document(corridor))
    stops = page.locator('.leaflet-container [data-feature][tabindex="0"]')
    expect(stops).to_have_count(1)
    feature(page, "north-crossing").focus()
    page.keyboard.press("ArrowDown")
    expect(feature(page, "south-crossing")).to_be_focused()
    expect(stops).to_have_count(1)
    page.keyboard.press("Enter")
    assert state(page, "view.selected") == "south-crossing"
    expect(feature(page, "south-crossing")).to_be_focused()


def test_signs_say_what_they_are(
    page: Page, mount: Callable[..., None], corridor: Corridor
) -> None:
    mount(build_document(corridor))
    expect(feature(page, "south-crossing")).to_have_attribute(
        "aria-label", "South crossing, retired, position approximate, ±1.5 km"
    )
    expect(page.locator(".leaflet-container")).to_have_attribute(
        "aria-label", "Map of the corridor on 1 June 2023"
    )


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("extent", [None, [48.2, 38.0, 49.4, 38.9], [40.0, 30.0, 60.0, 46.0]])
def test_labels_overlap_neither_each_other_nor_the_panels(
    page: Page, mount: Callable[..., None], size: ViewportSize, extent: list[float] | None
) -> None:
    page.set_viewport_size(size)
    document, outline = built_in()
    layers = [layer["id"] for layer in document["layers"]]
    mount(document, outline, layers=layers, bbox=extent)
    rects = page.evaluate("() => window.mounted.map.labelRects()")
    assert len(rects) > 8
    for a, b in itertools.combinations(rects, 2):
        apart = (
            a["right"] <= b["left"]
            or b["right"] <= a["left"]
            or a["bottom"] <= b["top"]
            or b["bottom"] <= a["top"]
        )
        assert apart, (a, b)
    assert all(r["left"] >= 0 and r["top"] >= 0 for r in rects)


@pytest.mark.parametrize(
    "extent", [(45, 38.5, 46.5, 39.5), (46.2, 38.8, 48.2, 39.8), (48.7, 38.3, 49.0, 38.55)]
)
def test_the_view_given_is_the_view_shown(
    page: Page, mount: Callable[..., None], extent: tuple[float, ...]
) -> None:
    document, outline = built_in()
    mount(document, outline)
    page.evaluate("extent => window.mounted.map.fit(extent, false)", extent)
    left = state(page, "view")
    mount(document, outline, **left)
    assert state(page, "view") == left
    # Leaflet begins a map at a whole px: so the same view may lie half a px beside itself.
    west, _, east, _ = left["bbox"]
    half_px = (east - west) / page.evaluate("() => window.mounted.leaflet.getSize().x") / 2
    shown = page.evaluate("() => window.mounted.map.bbox()")
    assert shown == pytest.approx(left["bbox"], abs=half_px)


def test_without_a_network_the_outline_stays_and_a_notice_tells(
    page: Page, mount: Callable[..., None], outside: Recorded
) -> None:
    document, outline = built_in()
    mount(document, outline, basemap="osm")
    page.wait_for_function("() => window.mounted.store.get().notices.length > 0")
    assert all("tile.openstreetmap.org" in address for address in outside.requests)
    assert "OpenStreetMap" in state(page, "notices")[0]["text"]
    sea = page.evaluate(
        "() => [...document.querySelector('canvas').getContext('2d').getImageData(4, 4, 1, 1).data]"
    )
    assert sea[3] == 255
    assert "OpenStreetMap" in page.locator(".cmm-credit").inner_text()


def test_a_drawn_base_map_brings_its_own_names(
    page: Page, mount: Callable[..., None], outside: Recorded
) -> None:
    document, outline = built_in()
    tile = "<svg xmlns='http://www.w3.org/2000/svg' width='256' height='256'/>"
    page.route(
        "https://tile.openstreetmap.org/**",
        lambda route: route.fulfill(body=tile, content_type="image/svg+xml"),
    )
    mount(document, outline)
    ours = page.get_by_text("IRAN", exact=True)
    expect(ours).to_have_count(1)
    page.evaluate("() => window.mounted.store.set({view: {basemap: 'osm'}})")
    expect(ours).to_have_count(0)
    expect(feature(page, "rasht-astara-railway")).to_be_attached()
    page.evaluate("() => window.mounted.store.set({view: {basemap: 'outline'}})")
    expect(ours).to_have_count(1)
    assert not outside.requests


def test_hostile_names_are_only_text(
    page: Page, mount: Callable[..., None], corridor: Corridor, outside: Recorded
) -> None:
    document = build_document(corridor)
    for one in document["features"]:
        one["name"] = HOSTILE
        one["label"] = one["label"] and {**one["label"], "text": HOSTILE}
    document["boundary_note"] = document["credits"][0] = HOSTILE
    mount(document, layers=["crossings", "bridges", "ways"], date="2024-06-01")
    feature(page, "south-crossing").hover()
    feature(page, "south-crossing").click()
    assert page.evaluate("() => window.hurt") is None
    assert page.locator(".corridormap img, .corridormap script").count() == 0
    assert feature(page, "south-crossing").get_attribute("aria-label")
    assert not outside.errors


def test_the_one_file_page_draws_from_disk_under_its_own_policy(
    page: Page, outside: Recorded, tmp_path: Path
) -> None:
    document, outline = built_in()
    file = tmp_path / "map.html"
    view = {"layers": ["bridges"], "selected": "astara-road-bridge-2023"}
    file.write_text(page_html(document, outline, view, title="Map"), encoding="utf-8")
    page.goto(file.as_uri())
    root = page.locator('.corridormap[data-ready="true"]')
    expect(root).to_have_attribute("data-layers", "bridges")
    expect(root).to_have_attribute("data-selected", "astara-road-bridge-2023")
    assert not outside.requests
    assert not outside.errors


def test_of_crowded_signs_the_most_important_is_drawn_and_dots_of_the_others() -> None:
    stands = [{"key": k, "x": 300 + i * 9, "y": 200, "rank": i} for i, k in enumerate("abcd")]
    module = {"cluster": "map/signs/cluster.js"}
    script = "(stands) => Object.fromEntries(cluster.clusterStands(stands, 14))"
    places = ask(module, script, stands)
    # c is too far from a for its tag, and takes d: no dot stands far from its sign.
    assert places["a"] == {"count": 2, "members": ["a", "b"]}
    assert places["b"] == {"dotOf": "a"}
    assert places["c"] == {"count": 2, "members": ["c", "d"]}
    assert ask(module, script, stands[:1]) == {"a": {}}


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([4], ["4"]),
        ([4, 5], ["4, 5"]),
        ([12, 8, 9, 11, 10, 3], ["3, 8–12"]),
        (list(range(1, 14, 2)), ["1, 3, 5, 7, 9, 11", "13"]),
    ],
)
def test_claim_numbers_in_a_row_are_told_as_a_range(numbers: list[int], text: list[str]) -> None:
    script = """([numbers, chosen]) => {
      const claims = new Map(numbers.map((number) => [`c${number}`, {id: `c${number}`, number}]));
      const model = { claim: (id) => claims.get(id) || null };
      const frame = { model, state: { claim: chosen } };
      return badges.badgesOf(frame, [{ claims: [...claims.keys()] }], true).map((b) => b.text);
    }"""
    modules = {"badges": "map/labels/numbers.js"}
    assert ask(modules, script, [numbers, None]) == text
    # The selected claim's number stands apart.
    first, *_ = ask(modules, script, [numbers, f"c{numbers[0]}"])
    assert first == str(numbers[0])


def test_dashes_stand_still_when_only_part_of_a_long_line_is_drawn() -> None:
    script = """() => {
      const xy = Float64Array.from({length: 2002}, (_, i) => (i % 2 ? 0.5 : i / 2));
      const path = {xy, box: [0, 0.5, 1000, 0.5]};
      const to = {scale: 100, x: 0, y: 0, x0: 40000, y0: 0, x1: 41000, y1: 100};
      return clip.runs(path, to).map((r) => [r.start, r.points[0]]);
    }"""
    assert ask({"clip": "map/ground/clip.js"}, script) == [[39900, 39900]]
