"""What was promised for when: counted in its panel, marked on the timeline, at any date."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from corridormap.layers.promises.entries import promise_entries
from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.conftest import Recorded
    from tests.test_browser.subjects import Subject

pytestmark = pytest.mark.browser

LINK = "rasht-astara-railway"
INSIDE = """() => {
    const box = document.querySelector(".cmp-track").getBoundingClientRect();
    const inside = (mark) => mark.left >= box.left && mark.right <= box.right;
    return [...document.querySelectorAll(".cmp-due")].every((node) =>
        inside(node.getBoundingClientRect()));
}"""


def test_promises_are_counted_opened_and_marked_on_the_timeline(
    page: Page, home: str, subject: Subject, outside: Recorded
) -> None:
    last = subject.document["dates"]["last"]
    rows = promise_entries(subject.corridor, last)
    own = sorted({row["due_by"] for row in rows if row["id"] == LINK})
    reached = max(day for day in own if day < last)
    date = (dt.date.fromisoformat(reached) + dt.timedelta(days=1)).isoformat()
    rows = promise_entries(subject.corridor, date)
    own = sorted({row["due_by"] for row in rows if row["id"] == LINK})
    open_map(page, f"{home}&date={date}")
    root = page.locator("[data-ready]")
    page.get_by_role("tab", name="Promises").click()
    panel = page.get_by_role("tabpanel", name="Promises")
    counted = Counter(row["state"] for row in rows)
    for state, n in counted.items():
        expect(panel.get_by_role("status")).to_contain_text(f"{n} {state}")
    expect(panel.locator(".cmp-promise:not(.is-later)")).to_have_count(len(rows))

    slider = page.get_by_role("slider", name="Date of the map")
    marks = page.locator(".cmp-due:not(.is-quiet)")
    expect(marks).to_have_count(0)
    expect(page.locator(".cmp-due.is-quiet")).not_to_have_count(0)
    panel.locator(f'[data-for="{LINK}"]').click()
    expect(root).to_have_attribute("data-selected", LINK)
    expect(marks).to_have_count(len(own))
    assert marks.evaluate_all("nodes => nodes.map((node) => node.dataset.due)") == own
    overdue = page.locator(f'.cmp-due[data-due="{reached}"]')
    expect(overdue).to_have_attribute("data-state", "overdue")
    expect(slider).to_have_accessible_description(re.compile("due .*: overdue since"))

    # By the keyboard: what was due is a stop, and the day is told with it.
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(root).to_have_attribute("data-date", reached)
    expect(slider).to_have_attribute("aria-valuetext", re.compile("; .*due .*: open"))
    expect(overdue).to_have_attribute("data-state", "open")

    page.set_viewport_size({"width": 390, "height": 844})
    expect(root).to_have_attribute("data-layout", "phone")
    expect(marks).not_to_have_count(0)
    assert page.evaluate(INSIDE)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert outside.errors == []
