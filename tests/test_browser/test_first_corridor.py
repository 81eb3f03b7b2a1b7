"""The page for newcomers, docs/first-corridor.md, done step by step as it says."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from corridormap.app.cli import main
from tests.test_browser.journeys import ROOT, feature, open_map

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = [pytest.mark.browser, pytest.mark.streamlit]

PAGE = (ROOT / "docs" / "first-corridor.md").read_text(encoding="utf-8")
FILES = ROOT / "docs" / "first-corridor"
COMMANDS = re.findall(r"^    corridormap (.+)$", PAGE, flags=re.MULTILINE)
BOLD = set(re.findall(r"\*\*(.+?)\*\*", PAGE))
GIVEN = (
    # file, kind, mode
    ("railway.kml", "Railway", "rail"),
    ("crossings.geojson", "Border crossing", "rail"),
    ("stations.csv", "Place", "nothing"),
)


class Follower:
    """Follows the page: every word in bold that it takes is taken off the list."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.left = set(BOLD)

    def word(self, text: str) -> str:
        """Return a bold word of the page, as taken."""
        assert text in BOLD, f"the page does not name {text!r}"
        self.left.discard(text)
        return text

    def press(self, text: str, part: Locator | None = None, role: str = "button") -> None:
        """Press what the page names."""
        name = re.compile(rf"^{re.escape(self.word(text))}")
        (part or self.page).get_by_role(role, name=name).first.click()  # type: ignore[arg-type]


def run(command: str, folder: Path) -> str:
    """Run a command of the page in this process; return what it says."""
    words = [str(folder) if word == "my-corridor" else word for word in shlex.split(command)]
    words = [str(folder.parent / w) if w.startswith("my-corridor.") else w for w in words]
    done = CliRunner().invoke(main, words)
    assert done.exit_code in ({0, 1} if words[0] == "validate" else {0}), done.output
    return done.output


def add(follower: Follower, panel: Locator, file: str, kind: str, mode: str) -> None:
    """Add one file as a layer."""
    with follower.page.expect_file_chooser() as chooser:
        follower.press("Choose files", panel)
    chooser.value.set_files(FILES / file)
    names = panel.get_by_label(follower.word("Names come from"))
    if not names.input_value():
        names.select_option(index=2)
    panel.get_by_label(follower.word("What they are")).select_option(label=kind)
    panel.get_by_label(follower.word("What moves on them")).select_option(label=mode)
    panel.get_by_label(follower.word("How well they are placed")).select_option("approximate")
    panel.get_by_label(follower.word("Within how many metres")).fill("5000")
    panel.get_by_label(follower.word("Their state")).select_option("operating")
    panel.get_by_label(follower.word("Since")).fill("2014-12-03")
    origin = panel.get_by_label(follower.word("Where the data is from"))
    origin.select_option(label="Not known yet: to be named later")
    follower.press("Add the layer", panel)
    expect(panel.get_by_text("Added: ")).to_be_visible()


def annotate(follower: Follower, panel: Locator) -> None:
    """Give the article and write one claim about the railway."""
    panel.get_by_label("Or paste the text").fill((FILES / "article.txt").read_text("utf-8"))
    for label, value in (
        ("Title", "The railway east of the Caspian Sea"),
        ("Publisher", "My newspaper"),
        ("Date", "2026-11-24"),
        ("Address", "https://example.org/railway"),
    ):
        panel.get_by_label(follower.word(label), exact=True).fill(value)
    follower.press("Use this text", panel)
    select(panel.get_by_role("group", name="The article's text"), "after 146 km")
    follower.press("Write a claim", panel)
    panel.get_by_label(follower.word("Title"), exact=True).fill("The first part")
    panel.get_by_label(re.compile(follower.word("in your own words"))).fill(
        "From Uzen the railway has 146 km to the border."
    )
    search = panel.get_by_role("combobox", name=follower.word("Find a feature"))
    search.fill("Uzen")
    search.press("Enter")
    panel.locator(f'[data-number="{follower.word("146 km")}"]').click()
    follower.press("Add the claim", panel)


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


def test_the_page_for_newcomers_is_true(
    page: Page, serve: Callable[[Path], Served], tmp_path: Path, outside: Recorded
) -> None:
    folder = tmp_path / "my-corridor"
    new, _serve, check, *publish = COMMANDS
    run(new, folder)
    follower = Follower(page)

    open_map(page, serve(folder).url)
    follower.press("Edit")
    editor = page.locator(".cmp-edit")
    follower.press("Add data", editor, "tab")
    for file, kind, mode in GIVEN:
        add(follower, page.locator(".cmp-add"), file, kind, mode)
    follower.press("Article", editor, "tab")
    annotate(follower, page.locator(".cma-panel"))
    follower.press("Save", editor)
    expect(page.locator(".cmp-edit-state")).to_contain_text("Nothing to save")
    assert "Fit to publish: no" in run(check, folder)

    editor.get_by_role("button", name="Close").click()
    follower.word("Snapshot")
    follower.press("Export options")
    export = page.get_by_role("dialog", name="Export")
    follower.press("HTML", export, "radio")
    with page.expect_download() as download:
        follower.press("Download", export)
    made = tmp_path / "taken.html"
    download.value.save_as(made)
    for command in publish:
        run(command, folder)
    (claim,) = json.loads(run("claims my-corridor --json", folder))
    assert claim["result"] == "untestable"  # its line on the map may have almost any length
    assert follower.left == set(), "steps of the page that nobody took"

    page.goto(made.as_uri())
    expect(page.locator('[data-ready="true"]')).to_be_attached()
    expect(feature(page, "railway-uzen-bolashak")).to_be_attached()
    expect(page.locator("[data-ready]")).to_have_attribute("data-claim", "claim-the-first-part")
    assert (outside.requests, outside.errors) == ([], [])
