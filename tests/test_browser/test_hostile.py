"""Attacks in every text of a corridor: shown as text, in the page, the file and the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from corridormap.layers.wording.words import plain
from tests.sweeping import SWEEP
from tests.test_browser.hostile import PAYLOADS, write_hostile
from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Dialog, Page

    from tests.conftest import Recorded
    from tests.serving import RunCommand, Served

    Made = Callable[[str], Path]

pytestmark = pytest.mark.browser

TABS = ("Article", "Checks", "Sources")

# Opens every card, one after the other, and returns their headings; the claims stand in them.
OPEN_ALL = """async (ids) => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const press = (node) => node.dispatchEvent(new MouseEvent("click", {bubbles: true}));
  const headings = [];
  for (const id of ids) {
    press(document.querySelector(`[data-feature="${id}"]`));
    await frame();
    await frame();
    headings.push(document.querySelector(".cmp-card-title")?.textContent ?? null);
  }
  return headings;
}"""

# What text from data must never have become. The tool's own page is the measure: it has no
# such element (a form has an action of its own below), and its links lead to pages only.
MADE = """() => {
  const root = document.querySelector("[data-ready]");
  const own = /^(https?:|#|blob:|data:image|\\/corridormap\\/|\\?c=hostile$|$)/;
  // The preview of an export is a frame of our own, in a sandbox.
  const found = [...root.querySelectorAll("*:not(iframe.cmp-preview-page[sandbox])")];
  return found.flatMap((node) => [
    ...(/^(script|iframe|object|embed|base|meta|link|style|math|video|audio|foreignobject)$/i
      .test(node.localName) ? [node.outerHTML] : []),
    ...[...node.attributes]
      .filter(({name, value}) => /^on/i.test(name)
        || (/^(xlink:)?href$|^src$|^srcset$|^action$|^ping$/.test(name)
          && (!own.test(value) || /evil\\.example\\/(x|pixel|a)/.test(value) && name !== "href")))
      .map(({name, value}) => `${node.localName} ${name}=${value}`),
  ]);
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the corridor of attacks."""
    return write_hostile(tmp_path_factory.mktemp("corridor") / "hostile")


@pytest.fixture
def dialogs(page: Page) -> list[str]:
    """Return what the page's dialogs said; every one is closed."""
    heard: list[str] = []

    def hear(dialog: Dialog) -> None:
        heard.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", hear)
    return heard


def look_everywhere(page: Page, first: int) -> None:
    """Open every fourth card and every tab; fail if a heading is no payload's text.

    The cards are made by one program, as the article, its checks and the sources, which have all.
    """
    numbers = range(len(PAYLOADS)) if SWEEP else range(first, len(PAYLOADS), 4)
    headings = page.evaluate(OPEN_ALL, [f"h{number}" for number in numbers])
    assert headings == [plain(PAYLOADS[number]) for number in numbers]
    for name in TABS:
        page.get_by_role("tab", name=name).click()
        assert page.evaluate(MADE) == []


def is_harmless(page: Page, outside: Recorded, dialogs: list[str]) -> None:
    """Fail if anything ran, was asked for outside, or went wrong."""
    assert page.evaluate(MADE) == []
    assert (dialogs, outside.requests, outside.errors) == ([], [], [])


def test_the_page_shows_every_attack_as_text(
    page: Page,
    outside: Recorded,
    dialogs: list[str],
    serve: Callable[[Path], Served],
    folder: Path,
) -> None:
    open_map(page, serve(folder).url)
    look_everywhere(page, 0)
    assert urlsplit(page.url).hostname == "localhost"
    is_harmless(page, outside, dialogs)


def test_the_page_in_one_file_shows_every_attack_as_text(
    page: Page, outside: Recorded, dialogs: list[str], made: Made
) -> None:
    file = made("map.html")
    page.goto(file.as_uri())
    expect(page.locator('[data-ready="true"]')).to_be_attached()
    look_everywhere(page, 2)
    is_harmless(page, outside, dialogs)


def test_the_picture_as_svg_holds_no_script(
    page: Page, outside: Recorded, dialogs: list[str], made: Made
) -> None:
    file = made("map.svg")
    page.goto(file.as_uri())
    found = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((node) =>
          /^(script|foreignObject|iframe|a|image|animate|set)$/i.test(node.localName)
          || [...node.attributes].some(({name}) => /^on/i.test(name))).map((n) => n.outerHTML)"""
    )
    assert found == []
    assert (dialogs, outside.requests, outside.errors) == ([], [], [])


@pytest.fixture
def made(run_command: RunCommand, folder: Path, tmp_path: Path) -> Made:
    """Return a function that makes a snapshot of the corridor, by the command."""

    def make(name: str) -> Path:
        file = tmp_path / name
        done = run_command("snapshot", folder, "-o", file)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        return file

    return make
