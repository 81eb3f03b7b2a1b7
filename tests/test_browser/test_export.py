"""Take files away by keyboard, and open each.

What depends on a corridor's data is shared among those that come with the tool, and walked on each
by `make sweep`; what only depends on the panel is walked on the first of them.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.test_browser.exporting import FORMATS, open_panel, panel, with_bare_previews
from tests.test_browser.journeys import feature, open_map
from tests.test_browser.subjects import shown

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from tests.conftest import Recorded
    from tests.serving import Served
    from tests.test_browser.subjects import Subject

pytestmark = pytest.mark.browser


SVG = "{http://www.w3.org/2000/svg}"


A4_LANDSCAPE_PT = (841.89, 595.276)


def tab_to(page: Page, target: Locator, most: int) -> None:
    """Press Tab until an element has the focus; fail after `most` presses."""
    for _ in range(most):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def hold(_route: Route) -> None:
    """Let a request wait for its answer for ever."""


def taken(page: Page, form: str) -> tuple[str, bytes]:
    """Open the panel, choose a form and download, all by keyboard; return name and bytes."""
    tab_to(page, page.get_by_role("button", name="Export options"), 9)
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
    with_bare_previews(page)
    open_map(page, home)
    name, body = taken(page, "PNG")
    assert name == f"{subject.id}-{subject.as_of}-1600x1000.png"
    with Image.open(BytesIO(body)) as image:
        assert image.size == (1600, 1000)


def test_an_svg_by_keyboard_holds_a_group_for_each_layer(
    page: Page, home: str, subject: Subject
) -> None:
    with_bare_previews(page)
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
    with_bare_previews(page)
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
    with_bare_previews(page)
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


def test_a_memory_that_holds_nonsense_is_passed_over(page: Page, served: Served) -> None:
    with_bare_previews(page)
    page.add_init_script(
        "localStorage.setItem('corridormap.export',"
        """ '{"format": "exe", "layout": 7, "width": 1e9, "claims": "no"}')"""
    )
    open_map(page, served.url)
    name, _ = taken(page, "PNG")
    assert name == "azerbaijan-iran-2023-12-29-1600x1000.png"


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
    with_bare_previews(page)
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
