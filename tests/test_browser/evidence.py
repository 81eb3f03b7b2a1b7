"""A corridor page of one file, and an article for it made of the quotes and words of our own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from corridormap.app.browser.leaflet import page_html
from tests.test_browser.journeys import BUILT_IN
from tests.test_browser.subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.test_browser.subjects import Subject

_BETWEEN = (
    "People in the border towns follow this with patience.",
    "Traders count the lorries, and the weeks.",
    "Much of it depends on the weather, a driver says.",
)


def document() -> dict[str, Any]:
    """Return the first built-in corridor as the browser reads it."""
    return _default().document


def _default() -> Subject:
    return subject_of(BUILT_IN.name)


def open_file(
    page: Page,
    folder: Path,
    said: Mapping[str, Any] | None = None,
    *,
    of: Subject | None = None,
    **view: Any,
) -> None:
    """Open a corridor as one HTML file from disk: no server, and no network at all."""
    subject = of or _default()
    path = folder / "map.html"
    text = page_html(said or subject.document, subject.outline, view, title="Map")
    path.write_text(text, encoding="utf-8")
    page.context.set_offline(True)
    page.emulate_media(reduced_motion="reduce")
    page.goto(path.as_uri())
    expect(page.locator('[data-ready="true"]')).to_be_attached()


def article(skip: tuple[str, ...] = (), *, of: Subject | None = None) -> str:
    """Return a text in which each claim's quoted words stand once, in the article's order.

    Parameters
    ----------
    skip
        Ids of the claims whose words are left out.
    of
        The corridor whose claims they are.
    """
    path = (of or _default()).folder / "annotations.jsonld"
    items = json.loads(path.read_text(encoding="utf-8"))["items"]
    paragraphs: dict[int, list[str]] = {}
    for item in items:
        quotes = [s["exact"] for s in item["target"][0]["selector"] if "exact" in s]
        if item["id"] not in skip:
            paragraphs.setdefault(item["claim"]["paragraph"], []).append(quotes[0])
    lines = ["A text of our own"]
    for number, (_, quotes) in enumerate(sorted(paragraphs.items())):
        said = " ".join(f"One speaks of the {quote} again." for quote in quotes)
        lines.append(f"{_BETWEEN[number % 3]} {said} {_BETWEEN[(number + 1) % 3]}")
    return "\n".join(lines)


def give_text(page: Page, text: str) -> None:
    """Paste a text as the article's."""
    page.get_by_role("button", name="Add the text").click()
    page.get_by_role("textbox", name="Paste the article's text").fill(text)
    page.get_by_role("button", name="Mark its passages").click()


def passages(page: Page, claim: str) -> Locator:
    """Return the marks of a claim's passage in the text."""
    return page.locator(f'mark[data-passage~="{claim}"]')
