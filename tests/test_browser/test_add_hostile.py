"""Files that mean harm, or are too much, are refused in the page, and it stays usable."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.sweeping import SWEEP
from tests.test_browser.adding import PREFIX, describe, give, open_panel, switch
from tests.test_browser.journeys import BUILT_IN
from tests.test_geo.test_formats.hostile import SECRET, hostile_files, tangle
from tests.test_geo.test_formats.makers import (
    PAYLOADS,
    collection,
    zipped,
)
from tests.test_geo.test_formats.makers import feature as geojson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser


COPIED = BUILT_IN.name


@dataclass
class Watched:
    """What a page did that no file should make it do."""

    dialogs: list[str] = field(default_factory=list)
    requests: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def watched(page: Page) -> Iterator[Watched]:
    """Write down dialogs, requests and errors of a page."""
    seen = Watched()

    def dismiss(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    def note(request: Request) -> None:
        seen.requests.add(f"{request.method} {urlsplit(request.url).path}")

    def hear(message: ConsoleMessage) -> None:
        # A refusal is answered with 400, and every browser writes that down; as it does of what
        # the fixture of the page keeps from it.
        told = ("status of 400", "ERR_INTERNET_DISCONNECTED")
        if message.type == "error" and not any(words in message.text for words in told):
            seen.errors.append(message.text)

    page.on("dialog", dismiss)
    page.on("request", note)
    page.on("console", hear)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield seen
    assert seen.dialogs == []
    assert seen.errors == []


def listen(page: Page) -> None:
    """Let the page write down what calls `alert`, whatever the browser does with dialogs."""
    page.evaluate("() => { window.ran = []; window.alert = (word) => window.ran.push(`${word}`); }")


TAKEN = ("zip bomb", "zip with dots", "lying zip", "entity of a file", "deep xml")


def test_hostile_files_are_refused_in_plain_words(
    page: Page, own: Served, tmp_path: Path, watched: Watched, outside: Recorded
) -> None:
    panel = open_panel(page, own)
    listen(page)
    expect(panel.get_by_role("button", name="Choose files")).to_be_visible()
    before = own.connections.read_text(encoding="utf-8").count("\n")
    watched.requests.clear()
    cases = hostile_files(tmp_path)
    # What the server says to each is asked of its route; here, how a page takes it.
    for what in cases if SWEEP else TAKEN:
        case = cases[what]
        give(panel, (case.name, case.data))
        alert = panel.get_by_role("alert")
        expect(alert, what).to_be_visible()
        said = alert.inner_text()
        assert case.problem.lower() in said.lower(), (what, said)
        assert SECRET not in page.content(), what
        assert "Traceback" not in said, what
        panel.get_by_role("button", name="Do not add it").click()
        expect(panel.get_by_role("button", name="Choose files")).to_be_visible()
        expect(page.locator(".cmp-add-shape")).to_have_count(0)
    ours = {f"GET {PREFIX}/edit/upload", f"POST {PREFIX}/edit/upload"}
    assert {each for each in watched.requests if "version" not in each} <= ours
    assert page.evaluate("window.ran") == []
    assert outside.requests == []
    asked = own.connections.read_text(encoding="utf-8").splitlines()[before:]
    assert [line for line in asked if "evil" in line] == []


def test_hostile_texts_are_shown_and_never_run(
    page: Page, own: Served, watched: Watched, outside: Recorded
) -> None:
    assert watched.dialogs == []
    point = {"type": "Point", "coordinates": [48, 38]}
    each = [geojson(point, name=text, **{text: text}) for text in PAYLOADS]
    name = "<img src=x onerror=alert(1)>\u202e.geojson"
    panel = open_panel(page, own)
    listen(page)
    give(panel, (name, json.dumps(collection(*each)).encode()))
    expect(panel.get_by_role("heading", name="The new layer")).to_be_visible()
    search = panel.get_by_label("Find a column", exact=True)
    search.fill("onerror")
    search.fill("script")
    for payload in PAYLOADS[:20]:
        search.fill(payload.strip()[:40])
    search.fill("")
    title = "`${alert(2)}`</script><script>alert(3)</script>"
    describe(panel, title)
    panel.get_by_label("Source", exact=True).select_option("new")
    panel.get_by_label("Publisher").fill("<img src=x onerror=alert(4)>")
    panel.get_by_label("Title of the source").fill(title)
    panel.get_by_label("Date of the source").fill("undated")
    panel.get_by_label("Web address").fill("javascript:alert(5)")
    panel.get_by_role("button", name="Add the layer").click()
    half = "Write an address that begins with https://, or nothing if there is none."
    expect(panel.get_by_text(half)).to_be_visible()
    panel.get_by_label("Web address").fill("https://example.org/x")
    panel.get_by_role("button", name="Add the layer").click()
    expect(panel.get_by_role("heading", name=f"Added: {title}")).to_be_visible()
    expect(switch(page, title)).to_be_checked()
    assert page.evaluate("window.ran") == []
    assert page.locator("img[src='x'], a[href^='javascript']").count() == 0
    assert outside.requests == []


def test_a_file_that_takes_too_much_leaves_the_page_usable(
    page: Page, own: Served, watched: Watched
) -> None:
    panel = open_panel(page, own)
    with page.expect_request(lambda sent: sent.method == "POST"):
        give(panel, ("tangle.geojson", tangle(20_000)))
    assert page.request.get(f"{own.url}{PREFIX}/edit/upload").ok
    alert = panel.get_by_role("alert")
    expect(alert).to_contain_text("It needs more memory than is given to one file.")
    panel.get_by_role("button", name="Do not add it").click()
    give(panel, ("x.zip", zipped({"a.txt": b"x"})))
    expect(alert).to_contain_text("neither a Shapefile nor a KML")
    assert watched.errors == []


def test_a_file_that_is_read_can_be_left(page: Page, own: Served) -> None:
    panel = open_panel(page, own)
    page.route("**/edit/upload", lambda _route: None)  # an answer that never comes
    give(panel, ("x.csv", b"name,lon,lat\na,48,38\n"))
    panel.get_by_role("button", name="Cancel").click()
    expect(panel.get_by_role("button", name="Choose files")).to_be_focused()


def test_a_large_file_is_refused_before_it_is_sent(page: Page, own: Served) -> None:
    panel = open_panel(page, own)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    panel.locator("input[type=file]").evaluate(
        """(input) => {
          const files = new DataTransfer();
          files.items.add(new File([new Uint8Array(100000000)], "large.geojson"));
          input.files = files.files;
          input.dispatchEvent(new Event("change"));
        }"""
    )
    alert = panel.get_by_role("alert")
    expect(alert).to_contain_text("The file is too large (100.0 MB).")
    expect(alert).to_contain_text("Simplify or split it to less than 20.0 MB.")
    assert [line for line in sent if line.startswith("POST")] == []
