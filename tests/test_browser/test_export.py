"""Take files away by keyboard, open each, and bring a file's view back.

What depends on a corridor's data is shared among those that come with the tool, and walked on each
by `make sweep`; what only depends on the panel is walked on the first of them.
"""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.test_browser.journeys import feature, open_map
from tests.test_browser.subjects import shown, subject_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from tests.conftest import Recorded
    from tests.serving import Served
    from tests.test_browser.subjects import Subject

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
A4_LANDSCAPE_PT = (841.89, 595.276)
FORMATS = ("PNG", "SVG", "PDF", "HTML")


def tab_to(page: Page, target: Locator, most: int) -> None:
    """Press Tab until an element has the focus; fail after `most` presses."""
    for _ in range(most):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def hold(_route: Route) -> None:
    """Let a request wait for its answer for ever."""


def panel(page: Page) -> Locator:
    """Return the export panel."""
    return page.get_by_role("dialog", name="Export")


def open_panel(page: Page) -> Locator:
    """Open the panel with a click and wait for its first preview."""
    page.get_by_role("button", name="Export options").click()
    # A picture, or for HTML the page itself.
    seen = panel(page).get_by_role("figure").locator("img:not([hidden]), iframe:not([hidden])")
    expect(seen).to_be_visible()
    return panel(page)


def taken(page: Page, form: str) -> tuple[str, bytes]:
    """Open the panel, choose a form and download, all by keyboard; return name and bytes."""
    tab_to(page, page.get_by_role("button", name="Export options"), 8)
    page.keyboard.press("Enter")
    expect(panel(page).get_by_role("radio", name="PNG")).to_be_focused()
    for _ in range(FORMATS.index(form)):
        page.keyboard.press("ArrowRight")
    expect(panel(page).get_by_role("radio", name=form)).to_be_checked()
    tab_to(page, panel(page).get_by_role("button", name="Download"), 20)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_a_png_by_keyboard(page: Page, home: str, subject: Subject) -> None:
    open_map(page, home)
    name, body = taken(page, "PNG")
    assert name == f"{subject.id}-{subject.as_of}-1600x1000.png"
    with Image.open(BytesIO(body)) as image:
        assert image.size == (1600, 1000)


def test_an_svg_by_keyboard_holds_a_group_for_each_layer(
    page: Page, home: str, subject: Subject
) -> None:
    wanted = subject.on[1::2]
    open_map(page, f"{home}&layers={','.join(wanted)}")
    name, body = taken(page, "SVG")
    assert name.endswith(".svg")
    root = ET.fromstring(body)  # noqa: S314 - our own file
    assert root.tag == f"{SVG}svg"
    groups = {group.get("id") or "" for group in root.iter(f"{SVG}g")}
    drawn = {id_ for id_ in groups if id_.startswith("layer-")}
    # A layer's lines, its points and what lies under them are drawn at three heights.
    assert {re.sub("-(points|under)$", "", id_) for id_ in drawn} == {f"layer-{i}" for i in wanted}
    for feature_ids in ([f["id"] for f in subject.of_layer(layer)] for layer in wanted):
        assert groups.intersection(feature_ids)


def test_a_pdf_by_keyboard_has_one_page_of_the_paper_asked_for(
    page: Page, home: str, subject: Subject
) -> None:
    open_map(page, home)
    open_panel(page).get_by_role("combobox", name="Layout").select_option("a4-landscape")
    page.keyboard.press("Escape")
    name, body = taken(page, "PDF")
    assert name == f"{subject.id}-{subject.as_of}-a4-landscape.pdf"
    assert body.startswith(b"%PDF-1.")
    with pikepdf.open(BytesIO(body)) as pdf:
        assert len(pdf.pages) == 1
        size = [float(side) for side in pdf.pages[0].mediabox][2:]
    assert size == pytest.approx(A4_LANDSCAPE_PT, abs=0.5)


def test_the_map_in_one_file_works_from_disk_and_asks_for_nothing(
    page: Page, outside: Recorded, home: str, subject: Subject, tmp_path: Path
) -> None:
    open_map(page, home)
    name, body = taken(page, "HTML")
    file = tmp_path / name
    file.write_bytes(body)
    page.goto("about:blank")  # the served page may still be asking for a preview
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    open_map(page, file.as_uri())
    root = page.locator(".corridormap")
    off = subject.on[1]
    page.get_by_role("switch", name=subject.layer(off)["title"], exact=True).uncheck()
    rest = [layer for layer in subject.on if layer != off]
    expect(root).to_have_attribute("data-layers", " ".join(rest))
    page.get_by_role("switch", name=subject.layer(off)["title"], exact=True).check()
    points = subject.features(lambda f: f["geometry"]["type"] == "Point")
    chosen = shown(page, [each["id"] for each in points])
    feature(page, chosen).press("Enter")
    expect(page.get_by_role("region", name=subject.feature(chosen)["name"])).to_be_visible()
    page.keyboard.press("Escape")
    claim = subject.claims[0]
    page.get_by_role("button", name=re.compile(re.escape(claim["text"]))).first.click()
    expect(root).to_have_attribute("data-selected", claim["features"][0])
    page.get_by_role("slider", name="Date of the map").press("ArrowLeft")
    expect(root).not_to_have_attribute("data-date", subject.as_of)
    # What a server would do is not offered, nor the way to its other corridors.
    expect(page.get_by_role("button", name="Snapshot")).to_have_count(0)
    expect(page.get_by_role("heading", level=1).get_by_role("button")).to_have_count(0)
    assert asked == [file.as_uri()]
    assert outside.errors == []


def test_escape_closes_the_panel_and_nothing_else(page: Page, served: Served) -> None:
    open_map(page, served.url + "/?sel=aghband-kalaleh-road-bridge")
    button = page.get_by_role("button", name="Export options")
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(panel(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator("[data-ready]")).to_have_attribute(
        "data-selected", "aghband-kalaleh-road-bridge"
    )


def test_every_control_of_the_panel_has_a_name(page: Page, served: Served) -> None:
    open_map(page, served.url)
    controls = open_panel(page).locator("button, input:not([type=file]), select, textarea")
    names = controls.evaluate_all(
        "nodes => nodes.filter(node => node.checkVisibility()).map(node => node.ariaLabel"
        " || [...(node.labels || [])].map(label => label.textContent).join() || node.textContent)"
    )
    assert len(names) > 15
    assert all(name.strip() for name in names)


def test_the_preview_follows_the_map_and_drops_what_is_stale(
    page: Page, home: str, subject: Subject
) -> None:
    open_map(page, home)
    first_off, second_off = (subject.layer(id_)["title"] for id_ in subject.on[:2])
    open_panel(page)
    page.route(re.compile(r"preview\.png"), hold)
    with page.expect_request(re.compile(rf"preview\.png.*layers={subject.on[1]}")) as first:
        page.get_by_role("switch", name=first_off, exact=True).uncheck()
    with page.expect_event("requestfailed", lambda request: request == first.value):
        page.get_by_role("switch", name=second_off, exact=True).uncheck()
    page.unroute(re.compile(r"preview\.png"))
    preview = panel(page).get_by_role("figure")
    with page.expect_response(
        lambda answer: "preview.png" in answer.url and f"layers={subject.on[2]}" in answer.url
    ):
        panel(page).get_by_role("combobox", name="Layout").select_option("square")
    expect(preview).to_have_attribute("aria-busy", "false")
    width, height = preview.get_by_role("img").evaluate(
        "image => [image.naturalWidth, image.naturalHeight]"
    )
    assert width == height
    expect(preview).to_contain_text("-square.png")


def test_the_preview_of_a_page_is_the_page_itself_behind_glass(
    page: Page, served: Served, outside: Recorded
) -> None:
    open_map(page, served.url)
    opened = open_panel(page)
    opened.get_by_role("radio", name="HTML").check()
    frame = opened.locator("iframe[title='Preview of the page']")
    expect(frame).to_be_visible()
    expect(frame).to_have_attribute("sandbox", "allow-scripts")
    inside = frame.content_frame
    expect(inside.locator('[data-ready="true"]')).to_be_attached()
    expect(inside.locator("[data-feature='aghband-kalaleh-road-bridge']").first).to_be_attached()
    expect(opened.get_by_role("figure")).to_contain_text("azerbaijan-iran-2023-12-29.html")
    expect(opened.get_by_role("img", name="Preview of the export")).to_be_hidden()
    opened.get_by_role("radio", name="PNG").check()
    expect(opened.get_by_role("img", name="Preview of the export")).to_be_visible()
    expect(frame).to_be_hidden()
    assert outside.requests == []
    assert outside.errors == []


def test_on_a_phone_a_page_is_told_in_words(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, served.url)
    opened = open_panel(page)
    opened.get_by_role("radio", name="HTML").check()
    expect(opened.get_by_role("figure")).to_contain_text("A page that fits its window")


def test_the_last_choice_is_remembered(page: Page, served: Served) -> None:
    open_map(page, served.url)
    opened = open_panel(page)
    opened.get_by_role("combobox", name="Layout").select_option("story")
    opened.get_by_role("checkbox", name="Locator map").uncheck()
    page.reload()
    expect(page.locator('[data-ready="true"]')).to_be_attached()
    with page.expect_download() as download:
        page.get_by_role("button", name="Snapshot").click()
    assert download.value.suggested_filename == "azerbaijan-iran-2023-12-29-story.png"
    opened = open_panel(page)
    expect(opened.get_by_role("combobox", name="Layout")).to_have_value("story")
    expect(opened.get_by_role("checkbox", name="Locator map")).not_to_be_checked()


def test_a_memory_that_holds_nonsense_is_passed_over(page: Page, served: Served) -> None:
    page.add_init_script(
        "localStorage.setItem('corridormap.export',"
        """ '{"format": "exe", "layout": 7, "width": 1e9, "claims": "no"}')"""
    )
    open_map(page, served.url)
    name, _ = taken(page, "PNG")
    assert name == "azerbaijan-iran-2023-12-29-1600x1000.png"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"status": 400, "json": {"error": "The disk is full."}}, "The disk is full."),
        ({"status": 500, "body": "oops"}, "The server answered 500."),
        ({"status": 200, "body": "<html>proxy</html>"}, "What came is not a file of the form PDF."),
        (None, "The server does not answer."),
    ],
)
def test_an_export_that_fails_says_why_and_leaves_nothing(
    page: Page, served: Served, answer: dict[str, object] | None, words: str
) -> None:
    open_map(page, served.url)
    opened = open_panel(page)
    opened.get_by_role("radio", name="PDF").check()
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    page.route(
        re.compile(r"snapshot\.pdf"),
        lambda route: route.fulfill(**answer) if answer else route.abort("internetdisconnected"),
    )
    opened.get_by_role("button", name="Download").click()
    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(opened.get_by_role("button", name="Download")).to_be_enabled()
    assert downloads == []


def test_a_notice_can_be_read_and_dismissed_beside_the_panel(page: Page, served: Served) -> None:
    open_map(page, served.url + "/?date=yesterday")
    opened = open_panel(page)
    expect(page.get_by_role("alert")).to_contain_text("is not a date")
    page.get_by_role("button", name="Dismiss the notice").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(opened).to_be_visible()


def test_on_a_phone_a_failure_is_not_hidden_by_the_sheet(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, served.url)
    opened = open_panel(page)
    opened.get_by_role("radio", name="SVG").check()
    page.route(re.compile(r"snapshot\.svg"), lambda route: route.abort("internetdisconnected"))
    opened.get_by_role("button", name="Download").click()
    expect(opened).to_be_hidden()
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")


def test_an_export_can_be_stopped(page: Page, served: Served) -> None:
    open_map(page, served.url)
    opened = open_panel(page)
    opened.get_by_role("radio", name="SVG").check()
    page.route(re.compile(r"snapshot\.svg"), hold)
    opened.get_by_role("button", name="Download").click()
    expect(opened.get_by_role("progressbar", name="Drawing")).to_be_visible()
    with page.expect_event("requestfailed", lambda request: "snapshot.svg" in request.url):
        opened.get_by_role("button", name="Cancel").click()
    expect(opened.get_by_role("button", name="Download")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_words_can_be_edited_and_are_in_the_file(page: Page, home: str, subject: Subject) -> None:
    open_map(page, home)
    opened = open_panel(page)
    words = opened.get_by_role("textbox", name="Words for those who cannot see it")
    expect(words).to_have_value(re.compile(subject.document["corridor"]["as_of_label"]))
    draft = words.input_value()
    words.fill("Bridges <over> the Aras & what is said of them")
    opened.get_by_role("radio", name="SVG").check()
    with page.expect_download() as download:
        opened.get_by_role("button", name="Download").click()
    root = ET.fromstring(Path(download.value.path()).read_bytes())  # noqa: S314 - our own file
    description = root.find(f"{SVG}desc")
    assert description is not None
    assert description.text == "Bridges <over> the Aras & what is said of them"
    opened.get_by_role("button", name="Use the draft again").click()
    expect(words).to_have_value(draft)


class Tags(HTMLParser):
    """The elements of a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_embed_code_is_one_escaped_element(page: Page, home: str, subject: Subject) -> None:
    open_map(page, home)
    opened = open_panel(page)
    opened.get_by_role("textbox", name="Words for those").fill('A "map" <b>of</b> it & more')
    opened.get_by_role("combobox", name="Layout").select_option("wide")
    code = {}
    for form in FORMATS:
        opened.get_by_role("radio", name=form).check()
        opened.get_by_role("button", name="Copy embed code").click()
        expect(opened.get_by_role("button", name="Copied")).to_be_visible()
        code[form] = page.evaluate("() => navigator.clipboard.readText()")
        expect(opened.get_by_role("button", name="Copy embed code")).to_be_visible()
    tags = {form: Tags(text).found for form, text in code.items()}
    name = f"{subject.id}-{subject.as_of}-wide"
    [(tag, image)] = tags["PNG"]
    assert tag == "img"
    assert image["src"] == f"{name}.png"
    assert image["alt"] == 'A "map" <b>of</b> it & more'
    assert (image["width"], image["height"]) == ("1600", "900")
    assert [tag for tag, _ in tags["SVG"]] == ["img"]
    assert tags["PDF"] == [("a", {"href": f"{name}.pdf"})]
    [(tag, frame)] = tags["HTML"]
    assert tag == "iframe"
    corridor = subject.document["corridor"]
    assert frame["title"] == f"{corridor['title']}, {corridor['as_of_label']}"
    assert frame["src"] == f"{subject.id}-{subject.as_of}.html"
    assert all("localhost" not in text for text in code.values())


def drop(page: Page, name: str, body: bytes) -> None:
    """Drop a file on the page as a reader does with the mouse."""
    transfer = page.evaluate_handle(
        """async ([name, body]) => {
          const bytes = Uint8Array.from(atob(body), (c) => c.charCodeAt(0));
          const transfer = new DataTransfer();
          transfer.items.add(new File([bytes], name));
          return transfer;
        }""",
        [name, base64.b64encode(body).decode("ascii")],
    )
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event(".corridormap", event, {"dataTransfer": transfer})


def view_of(subject: Subject) -> dict[str, str]:
    """Return a view of a point, of its layer alone, at a date of its own."""
    point = subject.features(lambda f: f["geometry"]["type"] == "Point")[0]
    lon, lat = point["geometry"]["coordinates"]
    return {
        "layers": point["layer"],
        "date": max(point["phases"][0]["since"], "2022-06-01"),
        "bbox": f"{lon - 0.8:.2f},{lat - 0.5:.2f},{lon + 0.7:.2f},{lat + 0.5:.2f}",
        "sel": point["id"],
    }


def snapshot_of(page: Page, served: Served, subject: Subject, form: str, **more: str) -> bytes:
    """Return a file that shows the view above."""
    words = urlencode({**view_of(subject), **more})
    address = f"{served.url}/corridormap/c/{subject.id}/snapshot.{form}?{words}"
    return page.request.get(address).body()


@pytest.mark.parametrize("form", ["png", "svg", "pdf", "html"])
def test_a_dropped_file_brings_its_view_back_without_a_reload(
    *, page: Page, served: Served, home: str, subject: Subject, form: str
) -> None:
    open_map(page, home)
    made = snapshot_of(page, served, subject, form, layout="square", locator="0")
    page.evaluate("() => (window.still = true)")
    drop(page, f"old.{form}", made)
    view = view_of(subject)
    root = page.locator("[data-ready]")
    expect(root).to_have_attribute("data-layers", view["layers"])
    expect(root).to_have_attribute("data-date", view["date"])
    expect(root).to_have_attribute("data-selected", view["sel"])
    page.wait_for_url(re.compile(f"date={view['date']}"))
    expect(feature(page, view["sel"])).to_be_in_viewport()
    assert page.evaluate("() => window.still")
    expect(page.get_by_role("alert")).to_have_count(0)
    opened = open_panel(page)
    expect(opened.get_by_role("radio", name=form.upper())).to_be_checked()


def test_a_file_of_another_corridor_is_refused_by_name(page: Page, served: Served) -> None:
    open_map(page, served.url)
    drop(page, "other.svg", snapshot_of(page, served, subject_of("north-south"), "svg"))
    expect(page.get_by_role("alert")).to_contain_text("shows the corridor “north-south”")
    expect(page.locator("[data-ready]")).to_have_attribute("data-selected", "")


def test_what_a_strange_file_says_is_one_notice(page: Page, served: Served) -> None:
    open_map(page, served.url)
    before = page.locator("[data-ready]").get_attribute("data-layers")
    strange = {
        "photo.png": (b"GIF89a", "no PNG, SVG, PDF or HTML"),
        "bare.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "carries no recipe"),
        "empty.pdf": (b"", "is empty"),
        "<img src=x onerror=alert(1)>.html": (b"<!doctype html><p>hello", "carries no recipe"),
    }
    for number, (name, (body, words)) in enumerate(strange.items()):
        drop(page, name, body)
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text(words)
        if number:
            expect(alert).to_contain_text(f"and {number} more notice")
    assert page.locator("[data-ready] img[src='x']").count() == 0
    expect(page.locator("[data-ready]")).to_have_attribute("data-layers", str(before))


def test_a_file_is_opened_by_keyboard_too(
    *, page: Page, served: Served, home: str, subject: Subject, tmp_path: Path
) -> None:
    open_map(page, home)
    file = tmp_path / "old.svg"
    file.write_bytes(snapshot_of(page, served, subject, "svg"))
    opened = open_panel(page)
    with page.expect_file_chooser() as chooser:
        opened.get_by_role("button", name="Open the view of a file").press("Enter")
    chooser.value.set_files(file)
    layers = view_of(subject)["layers"]
    expect(page.locator("[data-ready]")).to_have_attribute("data-layers", layers)


def test_on_a_phone_the_panel_is_a_sheet_that_keeps_the_focus(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_map(page, served.url)
    opened = open_panel(page)
    box = opened.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    for _ in range(30):
        page.keyboard.press("Tab")
        assert opened.evaluate(
            "node => node.contains(document.activeElement)"
            " || document.activeElement === document.body"
        )
    small = opened.locator("button:visible, select:visible, label:visible").evaluate_all(
        "nodes => nodes"
        ".filter(node => node.querySelector('input') || node.matches('button, select'))"
        ".map(node => [node.textContent, node.getBoundingClientRect().height])"
        ".filter(([, height]) => height < 43.5)"
    )
    assert small == []
    page.keyboard.press("Escape")
    expect(opened).to_be_hidden()
    expect(page.get_by_role("button", name="Export options")).to_be_focused()
