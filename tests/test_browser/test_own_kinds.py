"""A kind of one's own is made beside the choice of a feature's kind, and chosen at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.test_browser.editing import choose, open_editor, undo
from tests.test_browser.journeys import BUILT_IN

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import Served

pytestmark = pytest.mark.browser

COPIED = BUILT_IN.name


def test_a_kind_is_made_used_and_taken_back(page: Page, own: Served) -> None:
    panel = open_editor(page, own)
    choose(panel, "astara-old-road-crossing")
    panel.get_by_role("button", name="New kind …").click()
    panel.get_by_label("What it is called").fill("Bridge")
    panel.get_by_role("button", name="Add this kind").click()
    expect(panel.locator(".cmf-new-kind")).to_contain_text("is called 'Bridge'")
    panel.get_by_label("What it is called").fill("Grain silo")
    panel.get_by_label("Or one or two letters").fill("gs")
    panel.get_by_role("button", name="Add this kind").click()
    kind = panel.get_by_label("Kind needed")
    expect(kind).to_have_value("grain-silo")
    expect(panel.locator(".cmf-new-kind")).to_be_hidden()
    panel.get_by_role("button", name="Change", exact=True).click()
    expect(page.locator('[data-edit="astara-old-road-crossing"]')).to_contain_text("Grain silo")
    undo(page)
    undo(page)
    expect(page.locator('[data-edit="astara-old-road-crossing"]')).to_contain_text(
        "Border crossing"
    )
