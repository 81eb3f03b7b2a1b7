"""Add files to a corridor in the page: every format, with repairs, and every hostile one."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from shapely.geometry import Point

from tests.sweeping import SWEEP
from tests.test_browser.journeys import BUILT_IN, feature, open_map
from tests.test_geo.test_formats.hostile import SECRET, hostile_files, tangle
from tests.test_geo.test_formats.makers import (
    AREA,
    LINES,
    MAKERS,
    PAYLOADS,
    collection,
    frame,
    zipped,
)
from tests.test_geo.test_formats.makers import feature as geojson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import geopandas as gpd
    from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, Request

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser

PREFIX = "/corridormap/c/azerbaijan-iran"
PLACES = [Point(48.8718, 38.4402), Point(48.1, 39.2), Point(45.6, 38.9)]
FAMILIES = {
    "json": ("GeoJSON", "TopoJSON"),
    "packed": ("GeoPackage", "FlatGeobuf", "Shapefile", "loose Shapefile"),
    "markup": ("KML", "KMZ", "GPX"),
    "tables": ("GeoParquet", "CSV"),
}
# One of each family: that all are read is proven without a browser.
GIVEN = FAMILIES if SWEEP else {"one of each": ("GeoJSON", "loose Shapefile", "KMZ", "CSV")}
BOW = [[47.2, 39.1], [47.9, 39.7], [47.9, 39.1], [47.2, 39.7], [47.2, 39.1]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the built-in corridor, to be changed."""
    return Path(shutil.copytree(BUILT_IN, tmp_path_factory.mktemp("add") / "azerbaijan-iran"))


@pytest.fixture(scope="module")
def mine(serve: Callable[[Path], Served], folder: Path) -> Served:
    """Serve the copy."""
    return serve(folder)


def open_panel(page: Page, served: Served) -> Locator:
    """Open the editor's tab for data and return it."""
    open_map(page, served.url)
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_role("tab", name="Add data").click()
    return page.get_by_role("tabpanel", name="Add data")


def give(panel: Locator, *files: Path | tuple[str, bytes]) -> None:
    """Choose files."""
    payloads = [
        {"name": each.name, "mimeType": "", "buffer": each.read_bytes()}
        if isinstance(each, Path)
        else {"name": each[0], "mimeType": "", "buffer": each[1]}
        for each in files
    ]
    panel.locator("input[type=file]").set_input_files(payloads)  # type: ignore[arg-type]


def describe(panel: Locator, title: str) -> None:
    """Say of a new layer of points what a file does not."""
    expect(panel.get_by_role("heading", name="The new layer")).to_be_visible()
    panel.get_by_label("Title of the layer").fill(title)
    panel.get_by_label("How well they are placed").select_option(label="Approximate")
    panel.get_by_label("Within how many metres").fill("500")
    panel.get_by_label("Where the data is from").select_option("sS1")


def add(panel: Locator, title: str) -> None:
    """Add the layer and wait until it is there."""
    panel.get_by_role("button", name="Add the layer").click()
    expect(panel.get_by_role("heading", name=f"Added: {title}")).to_be_visible()


def switch(page: Page, title: str) -> Locator:
    """Return the switch of a layer."""
    return page.get_by_role("switch", name=title, exact=True)


def named(form: str) -> gpd.GeoDataFrame:
    """Return three points that no other sign is near; their names tell the format."""
    x = 46.0 + 0.25 * [form for forms in FAMILIES.values() for form in forms].index(form)
    shapes = [Point(x, y) for y in (38.1, 37.9, 37.7)]
    return frame(*shapes, name=[f"{form} {end}" for end in ("<b>one</b>", "دو", "3")])


def made(form: str, folder: Path) -> list[Path]:
    """Write the points as a file, or as several."""
    if form != "loose Shapefile":
        return [MAKERS[form](named(form), folder)]
    named(form).to_file(folder / "loose.shp", engine="pyogrio", encoding="UTF-8")
    return sorted(folder.glob("loose.*"))


@pytest.mark.parametrize("family", GIVEN)
def test_each_format_becomes_a_layer_like_any_other(
    page: Page, mine: Served, tmp_path: Path, outside: Recorded, family: str
) -> None:
    panel = open_panel(page, mine)
    for form in GIVEN[family]:
        files = tmp_path / form
        files.mkdir()
        give(panel, *made(form, files))
        if form == "CSV":  # text of coordinates says nothing of its system
            panel.get_by_label("Find by name or EPSG code").fill("4326")
            panel.get_by_role("button", name=re.compile("EPSG:4326 WGS 84")).first.click()
        title = f"Made as {form}"
        describe(panel, title)
        # Some formats have ids of their own.
        panel.get_by_label("Ids come from").select_option(label="name")
        expect(panel.get_by_text("3: 3 points")).to_be_visible()
        assert page.locator(".cmp-add-shape").count() == 3
        add(panel, title)
        assert page.locator(".cmp-add-shape").count() == 0
        expect(switch(page, title)).to_be_checked()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nothing to save")).to_be_visible()
    open_map(page, f"{mine.url}/?bbox=45.5,37.4,49,38.4")
    for form in GIVEN[family]:
        expect(switch(page, f"Made as {form}")).to_be_checked()
        id_ = f"{form.lower().replace(' ', '-')}-b-one-b"
        feature(page, id_).press("Enter")
        expect(page.get_by_role("heading", name=f"{form} <b>one</b>")).to_be_visible()
        page.keyboard.press("Escape")
        layer = f"made-as-{form.lower().replace(' ', '-')}"
        query = f"layers={layer}&date=2023-12-29&bbox=45,37,50,40"
        picture = page.request.get(f"{mine.url}{PREFIX}/snapshot.svg?{query}", max_retries=1).text()
        assert f'id="layer-{layer}' in picture
        assert f'id="{id_}"' in picture
    assert outside.requests == []


def test_undo_takes_a_layer_away_and_redo_brings_it_back(page: Page, mine: Served) -> None:
    panel = open_panel(page, mine)
    give(panel, ("posts.csv", b"name,lon,lat\nPost,48,38\n"))
    describe(panel, "Undone posts")
    add(panel, "Undone posts")
    expect(switch(page, "Undone posts")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(switch(page, "Undone posts")).to_have_count(0)
    page.get_by_role("button", name="Redo", exact=True).click()
    expect(switch(page, "Undone posts")).to_be_visible()


def broken() -> tuple[str, bytes]:
    """Return a file with one of many faults a feature."""
    zone = {"type": "Polygon", "coordinates": [BOW]}
    twice = {"type": "LineString", "coordinates": [[48.2, 38.3], [48.2, 38.3], [48.6, 38.9]]}
    features = [
        geojson(zone, name="Zone"),
        geojson(twice, name="Road"),
        geojson({"type": "Point", "coordinates": [38.44, 48.87]}, name="Post"),
        geojson(None, name="Nowhere"),
    ]
    return "broken.geojson", json.dumps(collection(*features)).encode()


def test_repairs_are_shown_and_decided_one_by_one(page: Page, mine: Served) -> None:
    panel = open_panel(page, mine)
    give(panel, broken())
    expect(panel.get_by_role("heading", name="Repairs: 5 to decide")).to_be_visible()
    all_at_once = panel.get_by_role("button", name="Accept all")
    button = panel.get_by_role("button", name="Add the layer")
    expect(all_at_once).to_be_disabled()
    expect(button).to_be_disabled()
    order = ["Swapped axes", "Nothing to draw", "Doubled points", "Outline crosses itself"]
    for title, answer, state in zip(
        order,
        ["Accept", "Leave this feature out", "Leave as it is", "Accept"],
        ["Accepted", "Left out", "Left as it is", "Accepted"],
        strict=True,
    ):
        entry = panel.get_by_role("listitem").filter(has_text=title)
        for picture in entry.get_by_role("img").all():
            expect(picture).to_be_visible()
        assert entry.get_by_role("img").count() == 2
        entry.get_by_role("button", name=answer, exact=True).click()
        expect(entry).to_contain_text(state)
    expect(button).to_be_disabled()
    expect(all_at_once).to_be_enabled()
    all_at_once.click()
    expect(button).to_be_enabled()
    panel.get_by_label("Their state").select_option(label="Operating")
    panel.get_by_label("Since", exact=True).fill("2023")
    describe(panel, "Mended")
    ops: list[Any] = []
    page.on("request", lambda sent: _remember(sent, ops))
    add(panel, "Mended")
    shapes = {each["properties"]["name"]: each["geometry"] for each in ops[-1]["features"]}
    assert list(shapes) == ["Zone", "Road", "Post"]
    assert shapes["Zone"]["type"] == "MultiPolygon"
    assert len(shapes["Road"]["coordinates"]) == 3  # left as it is
    assert shapes["Post"]["coordinates"] == [48.87, 38.44]
    expect(panel.get_by_text("The outline crosses or touches itself")).to_be_visible()


def _remember(sent: Request, ops: list[Any]) -> None:
    if sent.url.endswith("/edit/draft"):
        ops += json.loads(sent.post_data or "{}")["ops"]


def test_a_layer_of_the_file_and_its_system_are_asked_for(
    page: Page, mine: Served, tmp_path: Path
) -> None:
    panel = open_panel(page, mine)
    path = tmp_path / "two.gpkg"
    frame(*LINES).to_file(path, layer="roads & lanes", engine="pyogrio")
    frame(AREA).to_file(path, layer="zones", engine="pyogrio")
    give(panel, path)
    expect(panel.get_by_text("The file holds 2 layers. Which one?")).to_be_visible()
    panel.get_by_label("roads & lanes (2 features)").check()
    expect(panel.get_by_text("2: 2 lines")).to_be_visible()
    panel.get_by_label("zones (1 feature)").check()
    expect(panel.get_by_text("1: 1 area")).to_be_visible()
    panel.get_by_role("button", name="Do not add it").click()
    expect(page.locator(".cmp-add-shape")).to_have_count(0)
    projected = frame(*PLACES).to_crs(32638)
    give(panel, MAKERS["FlatGeobuf"](frame(*projected.geometry, crs=None), tmp_path))
    expect(panel.get_by_role("alert")).to_contain_text(
        "The file does not say in which coordinate system its positions are."
    )
    panel.get_by_role("button", name="EPSG:32638 WGS 84 / UTM zone 38N").click()
    expect(panel.get_by_text("EPSG:32638 (WGS 84 / UTM zone 38N), as you chose")).to_be_visible()
    expect(panel.get_by_text("Transformed to longitude and latitude")).to_be_visible()
    assert page.locator(".cmp-add-shape").count() == 3


def test_what_is_missing_is_said_at_its_field(page: Page, mine: Served) -> None:
    panel = open_panel(page, mine)
    line = {"type": "LineString", "coordinates": [[48, 38], [49, 39]]}
    give(panel, ("x.geojson", json.dumps(collection(geojson(line, code="A"))).encode()))
    panel.get_by_role("button", name="Add the layer").click()
    names = panel.get_by_label("Names come from")
    expect(names).to_be_focused()
    for said in (
        "Choose the column that holds the names.",
        "Write a number of metres.",
        "Write who published it.",
        "Write an address that begins with https://.",
    ):
        expect(panel.get_by_text(said)).to_be_visible()
    panel.get_by_text("The layer's id").click()
    panel.get_by_label("Id", exact=True).fill("bridges")
    panel.get_by_role("button", name="Add the layer").click()
    expect(panel.get_by_text("A layer has this id already.")).to_be_visible()


def test_a_thousand_columns_can_be_searched_and_left_out(page: Page, mine: Served) -> None:
    point = {"type": "Point", "coordinates": [48, 38]}
    many = geojson(point, name="Post", **{f"column {n} مقدار": f"value {n}" for n in range(999)})
    panel = open_panel(page, mine)
    give(panel, ("wide.geojson", json.dumps(collection(many)).encode()))
    expect(panel.get_by_text("1,000 columns, the first 12 are shown.")).to_be_visible()
    panel.get_by_label("Find a column", exact=True).fill("777")
    expect(panel.get_by_role("cell", name="value 777")).to_be_visible()
    expect(panel.get_by_text("1,000 columns, 1 found.")).to_be_visible()
    panel.get_by_label("Find a column", exact=True).fill("column")
    panel.get_by_role("button", name="Leave these out").click()
    expect(panel.get_by_text("1 kept")).to_be_visible()
    panel.get_by_label("Find a column: names come from").fill("99 ")
    assert panel.get_by_label("Names come from", exact=True).locator("option").count() == 20
    panel.get_by_label("Find a column: names come from").fill("name")
    panel.get_by_label("Names come from", exact=True).select_option(label="name")
    describe(panel, "Wide")
    ops: list[Any] = []
    page.on("request", lambda sent: _remember(sent, ops))
    add(panel, "Wide")
    assert "column 5 مقدار" not in ops[-1]["features"][0]["properties"]


def test_a_large_file_is_refused_before_it_is_sent(page: Page, mine: Served) -> None:
    panel = open_panel(page, mine)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    panel.locator("input[type=file]").evaluate(
        """(input) => {
          const files = new DataTransfer();
          files.items.add(new File([new Uint8Array(100000000)], "large.geojson"));
          input.files = files.files;
          input.dispatchEvent(new Event("change"));
        }"""
    )
    alert = panel.get_by_role("alert")
    expect(alert).to_contain_text("The file is too large (100.0 MB).")
    expect(alert).to_contain_text("Simplify or split it to less than 20.0 MB.")
    assert [line for line in sent if line.startswith("POST")] == []


def test_files_can_be_dropped_and_wait_for_each_other(page: Page, mine: Served) -> None:
    panel = open_panel(page, mine)
    page.evaluate(
        """() => {
          const files = new DataTransfer();
          files.items.add(new File(["name,lon,lat\\na,48,38\\n"], "first.csv"));
          files.items.add(new File(["name,lon,lat\\nb,48,38\\n"], "second.csv"));
          const there = document.querySelector(".leaflet-container");
          const event = { dataTransfer: files, bubbles: true, cancelable: true };
          there.dispatchEvent(new DragEvent("dragover", event));
          there.dispatchEvent(new DragEvent("drop", event));
        }"""
    )
    expect(panel.get_by_role("heading", name="first.csv")).to_be_visible()
    expect(panel.get_by_text("After this: second.csv")).to_be_visible()
    panel.get_by_role("button", name="Do not add it").click()
    expect(panel.get_by_role("heading", name="second.csv")).to_be_visible()
    expect(page.get_by_text("No view could be read")).to_have_count(0)


@dataclass
class Watched:
    """What a page did that no file should make it do."""

    dialogs: list[str] = field(default_factory=list)
    requests: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def watched(page: Page) -> Iterator[Watched]:
    """Write down dialogs, requests and errors of a page."""
    seen = Watched()

    def dismiss(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    def note(request: Request) -> None:
        seen.requests.add(f"{request.method} {urlsplit(request.url).path}")

    def hear(message: ConsoleMessage) -> None:
        # A refusal is answered with 400, and every browser writes that down; as it does of what
        # the fixture of the page keeps from it.
        told = ("status of 400", "ERR_INTERNET_DISCONNECTED")
        if message.type == "error" and not any(words in message.text for words in told):
            seen.errors.append(message.text)

    page.on("dialog", dismiss)
    page.on("request", note)
    page.on("console", hear)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield seen
    assert seen.dialogs == []
    assert seen.errors == []


def listen(page: Page) -> None:
    """Let the page write down what calls `alert`, whatever the browser does with dialogs."""
    page.evaluate("() => { window.ran = []; window.alert = (word) => window.ran.push(`${word}`); }")


TAKEN = ("zip bomb", "zip with dots", "lying zip", "entity of a file", "deep xml")


def test_hostile_files_are_refused_in_plain_words(
    page: Page, mine: Served, tmp_path: Path, watched: Watched, outside: Recorded
) -> None:
    panel = open_panel(page, mine)
    listen(page)
    expect(panel.get_by_role("button", name="Choose files")).to_be_visible()
    before = mine.connections.read_text(encoding="utf-8").count("\n")
    watched.requests.clear()
    cases = hostile_files(tmp_path)
    # What the server says to each is asked of its route; here, how a page takes it.
    for what in cases if SWEEP else TAKEN:
        case = cases[what]
        give(panel, (case.name, case.data))
        alert = panel.get_by_role("alert")
        expect(alert, what).to_be_visible()
        said = alert.inner_text()
        assert case.problem.lower() in said.lower(), (what, said)
        assert SECRET not in page.content(), what
        assert "Traceback" not in said, what
        panel.get_by_role("button", name="Do not add it").click()
        expect(panel.get_by_role("button", name="Choose files")).to_be_visible()
        expect(page.locator(".cmp-add-shape")).to_have_count(0)
    ours = {f"GET {PREFIX}/edit/upload", f"POST {PREFIX}/edit/upload"}
    assert {each for each in watched.requests if "version" not in each} <= ours
    assert page.evaluate("window.ran") == []
    assert outside.requests == []
    asked = mine.connections.read_text(encoding="utf-8").splitlines()[before:]
    assert [line for line in asked if "evil" in line] == []


def test_hostile_texts_are_shown_and_never_run(
    page: Page, mine: Served, watched: Watched, outside: Recorded
) -> None:
    assert watched.dialogs == []
    point = {"type": "Point", "coordinates": [48, 38]}
    each = [geojson(point, name=text, **{text: text}) for text in PAYLOADS]
    name = "<img src=x onerror=alert(1)>\u202e.geojson"
    panel = open_panel(page, mine)
    listen(page)
    give(panel, (name, json.dumps(collection(*each)).encode()))
    expect(panel.get_by_role("heading", name="The new layer")).to_be_visible()
    search = panel.get_by_label("Find a column", exact=True)
    search.fill("onerror")
    search.fill("script")
    for payload in PAYLOADS[:20]:
        search.fill(payload.strip()[:40])
    search.fill("")
    title = "`${alert(2)}`</script><script>alert(3)</script>"
    describe(panel, title)
    panel.get_by_label("Where the data is from").select_option("new")
    panel.get_by_label("Publisher").fill("<img src=x onerror=alert(4)>")
    panel.get_by_label("Title of the source").fill(title)
    panel.get_by_label("Date of the source").fill("undated")
    panel.get_by_label("Web address").fill("javascript:alert(5)")
    panel.get_by_role("button", name="Add the layer").click()
    expect(panel.get_by_text("Write an address that begins with https://.")).to_be_visible()
    panel.get_by_label("Web address").fill("https://example.org/x")
    panel.get_by_role("button", name="Add the layer").click()
    expect(panel.get_by_role("heading", name=f"Added: {title}")).to_be_visible()
    expect(switch(page, title)).to_be_checked()
    assert page.evaluate("window.ran") == []
    assert page.locator("img[src='x'], a[href^='javascript']").count() == 0
    assert outside.requests == []


def test_a_file_that_takes_too_much_leaves_the_page_usable(
    page: Page, mine: Served, watched: Watched
) -> None:
    panel = open_panel(page, mine)
    with page.expect_request(lambda sent: sent.method == "POST"):
        give(panel, ("tangle.geojson", tangle(20_000)))
    assert page.request.get(f"{mine.url}{PREFIX}/edit/upload").ok
    alert = panel.get_by_role("alert")
    expect(alert).to_contain_text("It needs more memory than is given to one file.")
    panel.get_by_role("button", name="Do not add it").click()
    give(panel, ("x.zip", zipped({"a.txt": b"x"})))
    expect(alert).to_contain_text("neither a Shapefile nor a KML")
    assert watched.errors == []


def test_a_file_that_is_read_can_be_left(page: Page, mine: Served) -> None:
    panel = open_panel(page, mine)
    page.route("**/edit/upload", lambda _route: None)  # an answer that never comes
    give(panel, ("x.csv", b"name,lon,lat\na,48,38\n"))
    panel.get_by_role("button", name="Cancel").click()
    expect(panel.get_by_role("button", name="Choose files")).to_be_focused()
