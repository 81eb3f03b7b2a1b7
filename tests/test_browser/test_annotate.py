"""Annotate an article in the page: give it, select a passage, write the claim, take it back."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import FilePayload, expect

from corridormap.app.cli import main
from corridormap.layers.article.article import check_article
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.validation.validate import validate
from tests.test_browser.editing import cite, describe, free_spot, group
from tests.test_browser.hostile import PAYLOADS
from tests.test_browser.journeys import BUILT_IN, open_map
from tests.test_layers.test_reading import PAGE, WORD, docx, pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Dialog, Locator, Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser

TEXT = """Second lane opened after summer works

Lorry drivers may soon move faster. Officials in Baku said that a second lane of 162 km had cost \
€1.6 billion. <script>window.evil = 1</script> Half were bound for Tehran's suburbs.

Scanners came from Tabriz on December 22. Of 240 lorries, some waited. Scanners came late."""


def new_corridor(folder: Path) -> Path:
    """Make a corridor of one's own: three cities, no article yet."""
    assert CliRunner().invoke(main, ["new", str(folder), "--countries", "AZ,IR"]).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def own(serve: Callable[[Path], Served], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Serve a corridor of one's own and return its address; no test with it saves."""
    return serve(new_corridor(tmp_path_factory.mktemp("annotate") / "own")).url


def open_article(page: Page, url: str) -> Locator:
    """Open the editor at the article; return its panel."""
    open_map(page, url)
    page.get_by_role("button", name="Edit", exact=True).click()
    page.locator(".cmp-edit").get_by_role("tab", name="Article").click()
    return page.locator(".cma-panel")


def give(panel: Locator, text: str, **details: str) -> None:
    """Paste an article and use it."""
    panel.get_by_label("Or paste the text").fill(text)
    for label, value in details.items():
        panel.get_by_label(label, exact=True).fill(value)
    panel.get_by_role("button", name="Use this text").click()
    expect(panel.get_by_role("group", name="The article's text")).to_be_visible()


def words(panel: Locator, *keys: str) -> str:
    """Press keys in the text; return what is then selected."""
    text = panel.get_by_role("group", name="The article's text")
    for key in keys:
        text.press(key)
    return "".join(panel.locator(".is-chosen").all_inner_texts())


def state(page: Page) -> str:
    """Return what the bar says of the draft."""
    return page.locator(".cmp-edit-state").inner_text()


def saved(page: Page, folder: Path) -> list[dict[str, Any]]:
    """Save the draft; return the annotations of the folder."""
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".cmp-edit-state")).to_contain_text("Nothing to save")
    path = folder / "annotations.jsonld"
    items: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["items"]
    return items


def test_from_a_pasted_article_to_a_claim_by_keyboard(
    page: Page, serve: Callable[[Path], Served], tmp_path: Path, outside: Recorded
) -> None:
    folder = new_corridor(tmp_path / "own")
    panel = open_article(page, serve(folder).url)
    give(panel, TEXT, Title="Second lane", Date="2023-12-29", Address="https://post.example/1")
    chosen = words(panel, "ArrowDown", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowLeft")
    assert chosen == "Officials in Baku said that a second lane of 162 km had cost €1.6"
    panel.get_by_role("group", name="The article's text").press("Enter")

    panel.get_by_label("Title").fill("The second lane")
    panel.get_by_label("in your own words").fill("A second lane was paid for, it was said.")
    search = panel.get_by_role("combobox", name="Find a feature")
    search.fill("teh")
    search.press("Enter")
    panel.locator('[data-number="162 km"]').click()
    panel.get_by_role("button", name="Add the claim").click()

    expect(page.locator('[data-feature="node-tehran"]').first).to_be_attached()
    mark = page.locator(".cma-text .is-claim")
    expect(mark.first).to_be_visible()
    assert page.evaluate("window.evil") is None
    panel.get_by_role("button", name=re.compile("^Claims")).click()
    row = panel.locator('[data-claim="claim-the-second-lane"]')
    expect(row).to_contain_text("Tehran · 1 figure")

    page.get_by_role("button", name="Undo").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Redo").click()
    row.click()
    panel.get_by_label("Title").fill("The lane and its cost")
    panel.get_by_role("button", name="Put the changes in").click()
    expect(row).to_contain_text("The lane and its cost")

    (item,) = saved(page, folder)
    assert item["claim"] == {
        "title": "The lane and its cost",
        "paragraph": 2,
        # The claim is about one feature, so the number is taken as that feature's.
        "figures": [{"quantity": "length", "value": 162, "unit": "km", "feature": "node-tehran"}],
    }
    passage, feature = item["target"]
    assert passage["source"] == "https://post.example/1"
    assert feature["selector"] == {"type": "FragmentSelector", "value": "node-tehran"}
    quote, _place = passage["selector"]
    assert quote["prefix"].endswith("move faster. ")
    corridor = load_corridor(folder)
    assert [check.status for check in check_article(corridor, TEXT)] == ["exact"]
    assert [check.status for check in check_article(corridor, f"New head.\n\n{TEXT}")] == ["moved"]
    assert corridor.sources["ARTICLE"].title == "Second lane"

    # The page's own reading panel has the text and the passage now.
    page.get_by_role("button", name="Close the editor").click()
    expect(page.locator('[data-passage="claim-the-second-lane"]').first).to_be_visible()
    page.get_by_role("button", name="Edit", exact=True).click()
    row.click()
    panel.get_by_role("button", name="Delete the claim").click()
    expect(row).to_have_count(0)
    assert saved(page, folder) == []
    assert outside.requests == []
    assert outside.errors == []


def test_a_passage_is_selected_with_the_mouse_and_snaps_to_words(page: Page, own: str) -> None:
    panel = open_article(page, own)
    give(panel, TEXT)
    # From then on the page does not move any more.
    expect(panel.locator(".is-name").first).to_be_visible()
    place = page.evaluate(
        """() => { const second = document.querySelectorAll('.cma-paragraph')[1];
          const node = second.firstChild.firstChild;
          const range = document.createRange(); range.setStart(node, 8); range.setEnd(node, 22);
          const boxes = range.getClientRects(); const [a, b] = [boxes[0], boxes[boxes.length - 1]];
          return [a.left, a.top + a.height / 2, b.right, b.top + b.height / 2]; }"""
    )
    page.mouse.move(place[0], place[1])
    page.mouse.down()
    page.mouse.move(place[2], place[3], steps=4)
    page.mouse.up()
    expect(panel.locator(".is-chosen")).to_have_text("drivers may soon")
    panel.get_by_role("button", name="Write a claim").click()
    expect(panel.locator(".cma-quoted")).to_have_text("drivers may soon")
    panel.get_by_role("button", name="Leave out the last word").click()
    expect(panel.locator(".cma-quoted")).to_have_text("drivers may")


def test_names_are_proposed_and_taken_with_a_click(page: Page, own: str) -> None:
    panel = open_article(page, own)
    give(panel, TEXT, Date="2023-12-29")
    expect(panel.locator(".is-name, .is-name-place")).to_have_text(["Baku", "Tehran", "Tabriz"])
    before = state(page)
    panel.locator(".is-name-place").click()
    panel.locator('.cma-dock [data-candidate="Tabriz"]').click()
    assert state(page) == before
    expect(panel.locator(".cma-quoted")).to_have_text("Scanners came from Tabriz on December 22")
    expect(panel.locator('[data-feature-chip="place"]')).to_contain_text("Tabriz")
    panel.get_by_label("Put it on the map").check()
    panel.get_by_label("Title").fill("Scanners")
    panel.get_by_label("in your own words").fill("Equipment was brought along.")
    panel.locator('[data-number="December 22"]').click()
    panel.get_by_role("button", name="Add the claim").click()
    expect(page.locator('[data-feature="town-tabriz"]').first).to_be_attached()
    # The same name is now that of a feature.
    expect(panel.locator(".is-name-place")).to_have_count(0)

    panel.get_by_role("button", name=re.compile("^Names")).click()
    panel.get_by_text("Baku", exact=True).first.click()
    panel.locator('[data-candidate="node-baku"]').click()
    expect(panel.locator('[data-feature-chip="node-baku"]')).to_be_visible()


def test_a_claim_may_name_a_place_that_is_not_on_the_map(
    page: Page, serve: Callable[[Path], Served], tmp_path: Path
) -> None:
    folder = new_corridor(tmp_path / "own")
    panel = open_article(page, serve(folder).url)
    give(panel, TEXT)
    panel.locator(".is-name-place").click()
    panel.locator('.cma-dock [data-candidate="Tabriz"]').click()
    panel.get_by_label("Title").fill("Scanners")
    panel.get_by_label("in your own words").fill("Equipment was brought along.")
    panel.get_by_role("button", name="Add the claim").click()
    expect(panel.locator(".is-claim").first).to_be_visible()
    (item,) = saved(page, folder)
    assert [place["name"] for place in item["claim"]["places"]] == ["Tabriz"]
    assert len(item["target"]) == 1
    assert [finding for finding in validate(folder) if "no feature" in finding.problem] == []


def test_features_are_chosen_on_the_map(page: Page, own: str) -> None:
    panel = open_article(page, own)
    give(panel, TEXT)
    panel.get_by_role("button", name="Sentences").click()
    panel.get_by_role("button", name=re.compile("^Lorry drivers")).click()
    panel.get_by_role("button", name="Choose on the map").click()
    page.locator('[data-feature="node-mashhad"]').first.click()
    expect(panel.locator('[data-feature-chip="node-mashhad"]')).to_contain_text("Mashhad")
    page.locator('[data-feature="node-baku"]').first.click()
    expect(panel.locator('[data-feature-chip="node-baku"]')).to_be_visible()
    panel.get_by_role("button", name="done").click()
    panel.get_by_role("button", name="Take away Baku").click()
    page.locator('[data-feature="node-tehran"]').first.click()
    expect(panel.locator("[data-feature-chip]")).to_have_count(1)


def test_a_feature_is_drawn_for_a_claim(page: Page, served: Served) -> None:
    panel = open_article(page, f"{served.url}/?c={BUILT_IN.name}")
    give(panel, TEXT)
    panel.get_by_role("button", name="Sentences").click()
    panel.get_by_role("button", name=re.compile("^Lorry drivers")).click()
    panel.get_by_label("Title").fill("Lorries")
    panel.get_by_role("button", name="Draw a new one").click()
    drawing = page.locator(".cmf-panel")
    describe(drawing, "A lorry park", "node")
    cite(group(drawing, "Sources"), "S4")
    drawing.get_by_role("button", name="Draw on the map", exact=True).click()
    page.mouse.click(*free_spot(page))
    page.locator(".cmf-bar").get_by_role("button", name="Done").click()
    drawing.get_by_role("button", name="Add to the map", exact=True).click()
    # Back at the claim, which is about it now.
    expect(panel.locator('[data-feature-chip="a-lorry-park"]')).to_be_visible()
    expect(panel.get_by_label("Title")).to_have_value("Lorries")


def test_copied_words_and_missing_ones_are_said(page: Page, own: str) -> None:
    panel = open_article(page, own)
    give(panel, TEXT)
    panel.get_by_role("button", name="Sentences").click()
    panel.get_by_role("button", name=re.compile("^Lorry drivers")).click()
    panel.get_by_role("button", name="Add the claim").click()
    expect(panel.get_by_role("alert")).to_contain_text("Say in your own words")
    said = panel.get_by_label("in your own words")
    said.fill("They write: Officials in Baku said that a second lane of it")
    expect(panel.get_by_text("copied from the article")).to_be_visible()
    said.fill("They write: Officials in Baku said that a second way")
    expect(panel.get_by_text("copied from the article")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(panel.get_by_role("alertdialog")).to_be_visible()
    panel.get_by_role("button", name="Leave it").click()
    expect(panel.get_by_role("button", name="Sentences")).to_be_visible()
    expect(page.locator(".cmp-edit")).to_be_visible()


def choose_file(panel: Locator, name: str, body: bytes) -> None:
    """Choose a file of the article."""
    payload = FilePayload(name=name, mimeType="application/octet-stream", buffer=body)
    panel.locator(".cma-file").set_input_files(payload)


def test_every_kind_of_file_is_read(page: Page, own: str) -> None:
    panel = open_article(page, own)
    paragraph = "<w:p><w:r><w:t>From a document</w:t></w:r></w:p>"
    files = {
        "a.txt": ("From a text é".encode("utf-16"), "From a text é"),
        "a.html": (PAGE.encode(), "The ferry left the northern quay"),
        "a.docx": (docx(WORD.format(paragraph)), "From a document"),
        "a.pdf": (pdf(["From a PDF"]), "From a PDF"),
    }
    for name, (body, text) in files.items():
        choose_file(panel, name, body)
        expect(panel.get_by_label("Or paste the text")).to_have_value(re.compile(text))
        expect(panel.get_by_role("status")).to_contain_text(f"Read {name}")
    expect(panel.get_by_label("Publisher", exact=True)).to_have_value("The Post")
    expect(panel.get_by_label("Date", exact=True)).to_have_value("2024-05-01")


def test_an_encoding_is_chosen_by_eye_and_a_bad_file_explained(page: Page, own: str) -> None:
    panel = open_article(page, own)
    choose_file(panel, "a.txt", "Мост у Астары открыт".encode("cp1251"))
    panel.get_by_role("button", name="Мост у Астары открыт").click()
    expect(panel.get_by_label("Or paste the text")).to_have_value("Мост у Астары открыт")
    choose_file(panel, "a.pdf", pdf([]))
    expect(panel.get_by_role("alert")).to_contain_text("pictures of pages and no text")


def test_a_hostile_article_is_shown_as_text(page: Page, own: str, outside: Recorded) -> None:
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    panel = open_article(page, own)
    lines = [line for line in PAYLOADS if line.strip()]
    give(panel, "\n\n".join(f"{line} near Baku." for line in lines), Title=lines[0])
    expect(panel.locator(".is-name").first).to_be_visible()
    assert panel.locator(".cma-paragraph").count() >= len(lines) - 5
    assert panel.locator("script, img, iframe, svg[onload], a").count() == 0
    panel.locator(".is-name").first.click()
    panel.locator(".cma-dock .cma-candidate").first.click()
    panel.get_by_label("Title").fill(lines[0])
    panel.get_by_label("in your own words").fill(lines[1])
    panel.get_by_role("button", name="Add the claim").click()
    expect(panel.locator(".is-claim").first).to_be_visible()
    assert dialogs == []
    assert outside.requests == []


def test_a_corridor_that_quotes_little_keeps_its_rule(page: Page, served: Served) -> None:
    panel = open_article(page, f"{served.url}/?c={BUILT_IN.name}")
    give(panel, TEXT)
    # It is not the text that the claims are from, and nothing is changed because of it.
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    words(panel, "ArrowDown", "ArrowDown", "Shift+ArrowDown")
    panel.get_by_role("button", name="Write a claim").click()
    expect(panel.get_by_text("quotes at most 8 words")).to_be_visible()


def test_claims_can_be_edited_without_the_text(page: Page, served: Served) -> None:
    panel = open_article(page, f"{served.url}/?c={BUILT_IN.name}")
    panel.get_by_role("button", name=re.compile("claims without the text")).click()
    row = panel.locator('[data-claim="claim-ministers-call"]')
    row.click()
    panel.get_by_label("Title").fill("The call of December")
    panel.get_by_role("button", name="Put the changes in").click()
    expect(row).to_contain_text("The call of December")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download .zip").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("annotations.jsonld")]
        items = {item["id"]: item for item in json.loads(archive.read(name))["items"]}
    before = json.loads((BUILT_IN / "annotations.jsonld").read_text(encoding="utf-8"))["items"][0]
    after = items["claim-ministers-call"]
    assert after["claim"] == {**before["claim"], "title": "The call of December"}
    assert after["target"] == before["target"]
    assert after["body"] == before["body"]


@pytest.mark.streamlit
def test_the_panel_fits_a_phone(page: Page, own: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    panel = open_article(page, own)
    give(panel, TEXT)
    panel.locator(".is-name").first.click()
    panel.locator(".cma-dock .cma-candidate").first.click()
    wide = panel.evaluate("node => node.scrollWidth - node.clientWidth")
    assert wide <= 0
    for button in panel.get_by_role("button").all():
        box = button.bounding_box()
        if box:
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 391


def test_what_a_page_leaves_out_is_listed_and_taken_in(page: Page, own: str) -> None:
    panel = open_article(page, own)
    given = PAGE.replace("</main>", "<div class=comments><p>Nobody asked us.</p></div></main>")
    file: FilePayload = {"name": "a.html", "mimeType": "text/html", "buffer": given.encode()}
    panel.locator("input[type=file]").set_input_files(file)
    text = panel.get_by_label("Or paste the text")
    expect(text).to_have_value(re.compile("Second item$"))
    expect(panel.get_by_text("3 words of readers' comments").last).to_be_visible()
    panel.get_by_role("button", name="Take in all 3 words of readers' comments").click()
    expect(text).to_have_value(re.compile(r"Second item\nNobody asked us\.$"))
    panel.get_by_role("button", name="Take in all 3 words of menus").click()
    expect(text).to_have_value(re.compile("^Home Navigation words\nThe ferry\n"))
    expect(panel.get_by_role("button", name="Take in", exact=False).last).to_be_enabled()
