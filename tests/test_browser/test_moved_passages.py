"""An edited text of the article: what moved, what is doubtful and what is lost is told, offline."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from corridormap.app.browser.document import build_document
from corridormap.layers.article.article import check_article
from corridormap.layers.corridor.corridor import load_corridor
from tests.test_browser.evidence import give_text, open_file, passages
from tests.test_browser.journeys import BUILT_IN, feature

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import Recorded

pytestmark = pytest.mark.browser

FOLDER = BUILT_IN.with_name("north-south")
MOVED = "claim-anzali"
DOUBTFUL = "claim-bandar-abbas"
LOST = "claim-nowshahr"


@cache
def document() -> dict[str, Any]:
    """Return the corridor that ships with its article, as the browser reads it."""
    return build_document(load_corridor(FOLDER))


def edited() -> str:
    """Return its article with two paragraphs swapped, words changed and a sentence left out."""
    paragraphs = (FOLDER / "article.txt").read_text(encoding="utf-8").strip().split("\n\n")
    paragraphs[4], paragraphs[5] = paragraphs[5], paragraphs[4]
    text = "\n\n".join(paragraphs)
    for before, after in (
        ("Iran's port at the Strait of Hormuz", "Iran’s harbour on the Strait of Hormuz"),
        (" Nowshahr received in May 2022 the first Russian ro-ro ship for 21 years.", ""),
        (" – ", " - "),
    ):
        text = text.replace(before, after)
    return text


def statuses(text: str) -> dict[str, str]:
    """Return what the command says of each passage."""
    return {check.id: check.status for check in check_article(load_corridor(FOLDER), text)}


def test_the_page_says_of_each_passage_what_the_command_says(
    page: Page, tmp_path: Path, outside: Recorded
) -> None:
    wanted = statuses(edited())
    assert wanted[MOVED] == "moved"
    assert wanted[DOUBTFUL] == "doubtful"
    assert wanted[LOST] == "lost"
    open_file(page, tmp_path, document())
    give_text(page, edited())
    for claim, status in wanted.items():
        marks = passages(page, claim)
        expect(marks).to_have_count(0 if status == "lost" else 1)
        if status != "lost":
            expect(marks).to_have_attribute("data-status", status)
    told = list(wanted.values())
    found = len(told) - told.count("lost")
    tally = f"{found} passages, " + ", ".join(
        f"{told.count(status)} {status}" for status in ("moved", "doubtful", "lost")
    )
    expect(page.get_by_text(tally, exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Not found in this text: 1 claim")).to_be_attached()
    assert outside.requests == []
    assert outside.errors == []


def test_a_moved_passage_says_so_and_lights_its_feature(page: Page, tmp_path: Path) -> None:
    lit = next(claim["features"] for claim in document()["claims"] if claim["id"] == MOVED)
    open_file(page, tmp_path, document())
    give_text(page, edited())
    mark = passages(page, MOVED)
    expect(mark).to_have_attribute("aria-description", re.compile(r"^Claim \d+, moved$"))
    mark.click()
    root = page.locator("[data-ready]")
    expect(root).to_have_attribute("data-claim", MOVED)
    expect(root).to_have_attribute("data-selected", lit[0])
    expect(feature(page, lit[0])).to_be_in_viewport()
    expect(page.get_by_text("Moved: these words now stand elsewhere in the text.")).to_be_visible()


def test_a_doubtful_passage_says_so_in_the_text_and_when_opened(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path, document())
    give_text(page, edited())
    mark = passages(page, DOUBTFUL)
    expect(mark).to_contain_text("Strait of Hormuz")
    number = next(c["number"] for c in document()["claims"] if c["id"] == DOUBTFUL)
    expect(mark.locator("xpath=following-sibling::sup[1]")).to_have_text(f"{number}?")
    mark.press("Enter")
    expect(page.get_by_text(re.compile("^Doubtful: this may not be the passage"))).to_be_visible()


def test_the_text_as_it_was_has_every_passage_in_its_place(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path, document())
    give_text(page, (FOLDER / "article.txt").read_text(encoding="utf-8"))
    marks = page.locator("mark[data-passage]")
    expect(marks.first).to_be_visible()
    assert set(marks.evaluate_all("nodes => nodes.map((node) => node.dataset.status)")) == {"exact"}


NO_TEXT = (
    (b" \n", "is empty"),
    ("Мост закрыт.".encode("cp1251"), "is not text in UTF-8"),
    ("Körpü".encode("latin-1"), "is not text in UTF-8"),
    ("a bridge".encode("utf-16-le"), "is not plain text in UTF-8"),
    ("a bridge".encode("utf-32"), "is text in UTF-32"),
    (b"%PDF-1.7", "is a PDF"),
    (b"<!DOCTYPE html><p>a bridge", "is a web page"),
)


def test_a_file_that_is_no_text_is_refused_by_name(page: Page, tmp_path: Path) -> None:
    open_file(page, tmp_path, document())
    page.get_by_role("button", name="Add the text").click()
    chooser = page.get_by_label("Text file of the article")
    for number, (data, problem) in enumerate(NO_TEXT):
        name = f"my{number}.txt"
        chooser.set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})
        expect(page.get_by_role("alert").filter(has_text=f"{name} {problem}")).to_be_visible()
    text = edited().encode("utf-16")
    chooser.set_input_files({"name": "my.txt", "mimeType": "text/plain", "buffer": text})
    expect(passages(page, MOVED)).to_have_attribute("data-status", "moved")
