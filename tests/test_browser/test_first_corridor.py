"""The page for newcomers, docs/first-corridor.md, done step by step as it says, and counted."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect

from corridormap.layers.corridor.corridor import load_corridor
from tests.test_browser.journeys import ROOT, open_map

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.streamlit]

PAGE = (ROOT / "docs" / "first-corridor.md").read_text(encoding="utf-8")
FILES = ROOT / "docs" / "first-corridor"
BOLD = set(re.findall(r"\*\*(.+?)\*\*", PAGE))
COMMANDS = re.findall(r"^    corridormap (.+)$", PAGE, flags=re.MULTILINE)
COUNTED = int(re.findall(r"counts: (\d+) clicks", PAGE)[0])
MOST = 60
TITLE = "From the Chaco to the Pacific (example data)"

DROP = """(node, files) => {
  const dataTransfer = new DataTransfer();
  for (const [name, body] of files) {
    const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], name));
  }
  for (const type of ["dragenter", "dragover", "drop"])
    node.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}"""


class Given(NamedTuple):
    """A file of the example and what is said of it."""

    file: str
    kind: str
    status: str
    since: str = ""


GIVEN = (
    Given("railway.kml", "Railway", "operating", "1948"),
    Given("road-survey.gpx", "Road", "operating", "2023-11"),
    Given("border-posts.geojson", "Border crossing", "operating", "2005"),
    Given("river-ports.csv", "Port", "unknown"),
)


class Follower:
    """Follows the page: takes its bold words off a list, and counts what is done.

    One click, one filled field, one chosen option, one key command, one drop and one selection
    of words are an action each.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.left = set(BOLD)
        self.actions: list[str] = []

    def word(self, text: str) -> str:
        """Return a bold word of the page, as taken."""
        assert text in BOLD, f"the page does not name {text!r}"
        self.left.discard(text)
        return text

    def click(self, target: Locator, what: str) -> None:
        self.actions.append(f"click {what}")
        target.click()

    def press(self, text: str, part: Locator | Page, role: str = "button") -> None:
        """Press what the page names."""
        name = re.compile(rf"^{re.escape(self.word(text))}")
        self.click(part.get_by_role(role, name=name).first, text)  # type: ignore[arg-type]

    def fill(self, text: str, value: str, part: Locator) -> None:
        """Fill a field that the page names."""
        self.actions.append(f"fill {text}: {value}")
        part.get_by_label(re.compile(rf"^{re.escape(self.word(text))}( needed)?$")).fill(value)

    def choose(self, text: str, value: str, part: Locator) -> None:
        """Choose an option of a field that the page names, by its word or its value."""
        self.actions.append(f"choose {text}: {value}")
        part.get_by_label(self.word(text), exact=True).select_option(value)

    def drop(self, target: Locator, *files: str) -> None:
        """Drop files together."""
        self.actions.append(f"drop {', '.join(files)}")
        given = [[name, base64.b64encode((FILES / name).read_bytes()).decode()] for name in files]
        target.evaluate(DROP, given)

    def select(self, text: Locator, words: str) -> None:
        """Draw the mouse over words of a text."""
        self.actions.append(f"select {words}")
        select(text, words)


def select(text: Locator, words: str) -> None:
    """Draw the mouse over words of a text."""
    left, right, y = text.evaluate(
        """(node, words) => {
          const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          while (walker.nextNode()) {
            const start = walker.currentNode.data.indexOf(words);
            if (start < 0) continue;
            range.setStart(walker.currentNode, start);
            range.setEnd(walker.currentNode, start + words.length);
            walker.currentNode.parentElement.scrollIntoView({block: "center"});
          }
          const [first] = range.getClientRects();
          return [first.left, first.right, first.top + first.height / 2];
        }""",
        words,
    )
    mouse = text.page.mouse
    mouse.move(left + 1, y)
    mouse.down()
    mouse.move(right - 1, y, steps=5)
    mouse.up()


def make(follower: Follower) -> None:
    """Make the corridor."""
    page = follower.page
    title = page.get_by_role("heading", level=1).get_by_role("button")
    follower.click(title, "the title")
    follower.press("New corridor…", page)
    dialog = page.get_by_role("dialog", name="New corridor")
    follower.fill("Title", TITLE, dialog)
    follower.fill("Countries", "Chile, Argentina, Paraguay", dialog)
    follower.press("Make the corridor", dialog)
    expect(title).to_have_text(TITLE)
    follower.word("Add data")
    tab = page.get_by_role("tab", name="Add data")
    expect(tab).to_have_attribute("aria-selected", "true")


def describe(follower: Follower, panel: Locator, given: Given, *, first: bool) -> None:
    """Say of one file what it does not say itself, and add it as a layer."""
    heading = panel.get_by_role("heading", name=given.file)
    expect(heading).to_be_visible()
    names = panel.get_by_label(follower.word("Names come from"))
    other = panel.get_by_role("radio", name="Something else: it becomes a new layer")
    expect(names.or_(other)).to_be_visible()
    if other.count():  # it has the columns of a file before, and might be its next edition
        follower.click(other, "Something else")
    nothing_is_said_before(follower, panel)
    if not names.input_value():
        follower.choose("Names come from", "Puerto", panel)
    follower.choose("Kind", given.kind, panel)
    follower.word("Mode")
    follower.choose("Status", given.status, panel)
    if given.since:
        follower.fill("Status since", given.since, panel)
    if first:
        follower.choose("How well the place is known", "approximate", panel)
        follower.fill("Within how many metres", "5000", panel)
        follower.fill("Publisher", "Example Survey Office", panel)
        follower.fill("Title of the source", "Example data of the Chaco", panel)
        follower.fill("Date of the source", "2026-09", panel)
    else:
        again = panel.get_by_role("button", name=re.compile("^As for "))
        expect(again).to_contain_text("Approximate, within 5000 m")
        follower.click(again, "As for the last")
    follower.press("Add the layer", panel)


def nothing_is_said_before(follower: Follower, panel: Locator) -> None:
    """Look that no field is filled which bears on truth: it is for whoever adds the file to say."""
    for label in (
        *("Status", "Status since", "How well the place is known", "Within how many metres"),
        *("Publisher", "Title of the source", "Date of the source"),
    ):
        expect(panel.get_by_label(follower.word(label), exact=True)).to_have_value("")
    expect(panel.get_by_label(follower.word("Source"), exact=True)).to_have_value("new")


def claim(follower: Follower, panel: Locator, words: str, said: str, about: str) -> None:
    """Write a claim about some words and one feature, with the number in them."""
    follower.select(panel.get_by_role("group", name="The article's text"), words)
    follower.press("Write a claim", panel)
    follower.actions.append("fill the claim")
    panel.get_by_label(re.compile(follower.word("in your own words"))).fill(said)
    search = panel.get_by_role("combobox", name=follower.word("Find a feature"))
    follower.actions += [f"fill the search: {about}", "Enter"]
    search.fill(about)
    search.press("Enter")
    number = re.match(r"\d+ km", words)
    assert number
    follower.click(panel.locator(f'[data-number="{follower.word(number[0])}"]'), "the number")
    follower.press("Add the claim", panel)


def publish(follower: Follower, tmp_path: Path) -> Path:
    """Take a snapshot and the one HTML file."""
    page = follower.page
    with page.expect_download() as picture:
        follower.press("Snapshot", page)
    assert picture.value.suggested_filename.endswith(".png")
    follower.press("Export options", page)
    export = page.get_by_role("dialog", name="Export")
    follower.press("HTML", export, "radio")
    with page.expect_download() as download:
        follower.press("Download", export)
    made = tmp_path / "taken.html"
    download.value.save_as(made)
    return made


def test_the_page_for_newcomers_is_true_and_takes_less_than_sixty_actions(
    page: Page, launch: Callable[..., Served], tmp_path: Path, outside: Recorded
) -> None:
    assert COMMANDS == ["serve"]
    root = tmp_path / "made"
    follower = Follower(page)
    open_map(page, launch("azerbaijan-iran", "--made-in", str(root)).url)
    make(follower)

    editor = page.locator(".cmp-edit")
    panel = page.locator(".cmp-add")
    follower.word("Choose files")
    follower.drop(panel, *(given.file for given in GIVEN))
    for given in GIVEN:
        describe(follower, panel, given, first=given is GIVEN[0])
    expect(panel.get_by_text("Added: ")).to_be_visible()

    follower.press("Article", editor, "tab")
    panel = page.locator(".cma-panel")
    follower.drop(panel.locator("form"), "article.html")
    expect(panel.get_by_label("Publisher")).to_have_value("Example Gazette")
    expect(panel.get_by_label("Date")).to_have_value("2026-10-05")
    follower.press("Use this text", panel)
    claim(follower, panel, "490 km long", "The road to the border has 490 km.", "road")
    claim(follower, panel, "320 km of line", "From Salta up to the pass it is 320 km.", "Salta")
    follower.press("Save", editor)
    expect(page.locator(".cmp-edit-state")).to_contain_text("Nothing to save")
    follower.press("Close", editor)
    follower.press("How checked", page)
    how = page.get_by_role("button", name="How checked")
    expect(how).to_have_attribute("aria-expanded", "true")
    made = publish(follower, tmp_path)

    assert len(follower.actions) < MOST, follower.actions
    assert len(follower.actions) == COUNTED, follower.actions
    assert follower.left == set(), "steps of the page that nobody took"
    (folder,) = root.iterdir()
    is_what_was_said(folder)

    page.goto(made.as_uri())
    expect(page.locator('[data-ready="true"]')).to_be_attached()
    expect(page.locator("[data-claim]").first).to_be_attached()
    assert (outside.requests, outside.errors) == ([], [])


def is_what_was_said(folder: Path) -> None:
    """Hold the files that were saved against what was answered."""
    corridor = load_corridor(folder)
    assert corridor.manifest.title == TITLE
    states = {
        one["properties"]["kind"]: [
            (event["status"], event.get("date")) for event in one["properties"]["status_history"]
        ]
        for file in sorted((folder / "layers").glob("*.geojson"))
        for one in json.loads(file.read_text(encoding="utf-8"))["features"]
    }
    assert states["railway"] == [("operating", "1948")]
    assert states["road"] == [("operating", "2023-11")]
    assert states["border_crossing"] == [("operating", "2005")]
    assert states["port"][0][0] == "unknown"
    annotations = json.loads((folder / "annotations.jsonld").read_text(encoding="utf-8"))
    assert len(annotations.get("items", annotations.get("@graph", []))) == 2
