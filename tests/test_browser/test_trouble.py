"""What a reader sees when something is wrong: the rest of the map, and plain words.

The journeys are shared among the corridors that come with the tool; `make sweep` walks all on each.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.test_browser.journeys import open_map
from tests.test_browser.subjects import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.conftest import Recorded
    from tests.serving import Served
    from tests.test_browser.subjects import Subject

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory, subject: Subject) -> Path:
    """Return a corridor with one layer cut off in the middle."""
    folder = shutil.copytree(subject.folder, tmp_path_factory.mktemp("corridor") / "broken")
    layer = folder / "layers" / f"{subject.on[1]}.geojson"
    layer.write_text(layer.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    return folder


def test_a_broken_layer_is_named_and_the_others_show(
    page: Page, serve: Callable[[Path], Served], broken: Path, subject: Subject
) -> None:
    open_map(page, serve(broken).url)
    lost = subject.on[1]
    shown(page, [f["id"] for f in subject.features(lambda f: f["layer"] != lost)])
    expect(page.get_by_text(f"{lost}.geojson").first).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_a_page_of_a_broken_corridor_says_why_and_loads_once_it_is_mended(
    page: Page, serve: Callable[[Path], Served], tmp_path: Path, subject: Subject
) -> None:
    folder = shutil.copytree(subject.folder, tmp_path / "gone")
    served = serve(folder)
    manifest = folder / "corridor.toml"
    whole = manifest.read_bytes()
    manifest.unlink()
    page.goto(served.url)
    expect(page.get_by_role("alert")).to_contain_text("corridor.toml: the file is missing")
    expect(page.get_by_role("heading", level=1)).to_contain_text("cannot be shown")
    expect(page.get_by_text("Traceback")).to_have_count(0)
    expect(page.locator(".corridormap-place .corridormap-trouble")).to_be_attached()
    manifest.write_text("id = 'half", encoding="utf-8")
    manifest.write_bytes(whole)
    expect(page.locator('[data-ready="true"]')).to_be_attached()


def test_a_page_loads_again_when_a_file_changes_and_keeps_its_view(
    page: Page, serve: Callable[[Path], Served], tmp_path: Path, subject: Subject
) -> None:
    folder = shutil.copytree(subject.folder, tmp_path / "mine")
    layer = subject.on[0]
    open_map(page, f"{serve(folder).url}/?layers={layer}")
    manifest = folder / "corridor.toml"
    text = manifest.read_text(encoding="utf-8")
    title = json.dumps(subject.document["corridor"]["title"], ensure_ascii=False)
    manifest.write_text(text.replace(f"title = {title}", 'title = "Another title"'), "utf-8")
    heading = page.get_by_role("heading", level=1, name="Another title")
    expect(heading).to_be_visible()
    expect(page.locator('[data-ready="true"]')).to_have_attribute("data-layers", layer)


def test_without_the_network_an_online_base_map_leaves_the_outline(
    page: Page, outside: Recorded, home: str, subject: Subject
) -> None:
    open_map(page, home)
    page.get_by_role("combobox", name="Base map").select_option(label="OpenStreetMap, online")
    expect(page.get_by_role("alert")).to_contain_text("The outline is shown instead")
    assert {urlsplit(url).hostname for url in outside.requests} == {"tile.openstreetmap.org"}
    shown(page, [each["id"] for each in subject.features(lambda _: True)])
