"""A file that was taken away brings its view back into the page."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.sweeping import SWEEP
from tests.test_browser.exporting import open_panel, with_bare_previews
from tests.test_browser.journeys import feature, open_map
from tests.test_browser.subjects import subject_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.serving import Served
    from tests.test_browser.subjects import Subject

pytestmark = pytest.mark.browser


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


# How a recipe lies in each form is proven where it is read.
@pytest.mark.parametrize("form", ["png", "svg", "pdf", "html"] if SWEEP else ["pdf", "html"])
def test_a_dropped_file_brings_its_view_back_without_a_reload(
    *, page: Page, served: Served, home: str, subject: Subject, form: str
) -> None:
    with_bare_previews(page)
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
    with_bare_previews(page)
    open_map(page, home)
    file = tmp_path / "old.svg"
    file.write_bytes(snapshot_of(page, served, subject, "svg"))
    opened = open_panel(page)
    with page.expect_file_chooser() as chooser:
        opened.get_by_role("button", name="Open the view of a file").press("Enter")
    chooser.value.set_files(file)
    layers = view_of(subject)["layers"]
    expect(page.locator("[data-ready]")).to_have_attribute("data-layers", layers)
