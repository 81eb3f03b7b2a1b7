"""The map in a Streamlit page of somebody else, in a real browser without a network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.serving import free_port, wait_until_served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.conftest import Recorded

pytestmark = [pytest.mark.browser, pytest.mark.streamlit]

DOCS = Path(__file__).parents[2] / "docs"
TWO = """
import streamlit as st
import corridormap
from corridormap.streamlit import corridor_map

st.set_page_config(layout="wide")
for id_ in ("azerbaijan-iran", "north-south"):
    corridor = st.cache_resource(corridormap.open)(id_)
    view = corridor_map(corridor, key=id_, height_px=640)
    st.text(f"{id_}: {view.date} {' '.join(view.layers)} {view.selected} {view.bbox}")
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Return a function that runs a page with Streamlit's own command, and gives its address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(script: Path) -> str:
        work = tmp_path_factory.mktemp("streamlit")
        port = free_port()
        command = [sys.executable, "-m", "streamlit", "run", str(script)]
        command += ["--server.port", str(port), "--server.headless", "true"]
        command += ["--browser.gatherUsageStats", "false", "--server.address", "localhost"]
        log = work / "log.txt"
        with log.open("wb") as out:
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, cwd=work)
        running.append(process)
        wait_until_served(process, f"http://localhost:{port}", log)
        return f"http://localhost:{port}"

    yield start
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=60)


def test_the_page_of_the_documentation_works(
    page: Page, outside: Recorded, run: Callable[[Path], str]
) -> None:
    page.goto(run(DOCS / "streamlit_app.py"))
    root = page.locator('.corridormap[data-ready="true"]')
    expect(root).to_be_visible()
    expect(page.get_by_text("4 layers on 2023-12-29; selected: nothing")).to_be_visible()
    page.get_by_role("button", name="Open the layer panel").click()
    page.get_by_role("switch", name="Bridges", exact=True).uncheck()
    expect(page.get_by_text("3 layers on 2023-12-29; selected: nothing")).to_be_visible()
    page.locator('[data-feature="bilasuvar-bileh-savar-crossing"]').first.click()
    expect(page.locator(".cmp-card")).to_be_visible()
    expect(page.get_by_text("selected: nothing")).to_have_count(0)
    # What the page's user chooses is shown, and the map goes on from there.
    page.get_by_test_id("stDateInputField").get_by_role("spinbutton").first.click()
    page.keyboard.type("20200601")
    page.get_by_text("3 layers on").click()
    expect(root).to_have_attribute("data-date", "2020-06-01")
    expect(page.get_by_text("4 layers on 2020-06-01; selected: nothing")).to_be_visible()
    for what in ("Edit", "Export", "Copy link"):
        expect(root.get_by_role("button", name=what)).to_have_count(0)
    page.get_by_test_id("stCheckbox").get_by_text("Draw a picture").click()
    expect(page.get_by_test_id("stImage").locator("img")).to_be_visible()
    assert outside.requests == []
    assert outside.errors == []


def test_two_maps_of_a_page_know_nothing_of_each_other(
    page: Page, outside: Recorded, run: Callable[[Path], str], tmp_path: Path
) -> None:
    script = tmp_path / "two.py"
    script.write_text(TWO, encoding="utf-8")
    page.goto(run(script))
    maps = page.locator('.corridormap[data-ready="true"]')
    expect(maps).to_have_count(2)
    first, second = maps.first, maps.last
    before = second.get_attribute("data-layers")
    assert before
    first.get_by_role("button", name="Open the layer panel").click()
    first.get_by_role("switch", name="Bridges", exact=True).uncheck()
    said = page.get_by_text("azerbaijan-iran: 2023-12-29")
    expect(said).not_to_contain_text("bridges")
    expect(second).to_have_attribute("data-layers", before)
    expect(page.get_by_text("north-south: ")).to_contain_text(before)
    # Leaflet of the second map is its own: its signs stand in its own frame.
    for each in (first, second):
        assert each.locator("[data-feature]").count() > 3
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    ours = [each for each in ids if each.startswith(("map_corridormap", "cm"))]
    assert len(ours) == len(set(ours))
    assert (outside.requests, outside.errors) == ([], [])
