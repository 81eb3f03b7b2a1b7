"""Choose a corridor in the page: with the mouse, with the keyboard, on a phone, by a link."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.test_browser.journeys import BUILT_IN, open_map
from tests.test_browser.subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.conftest import Recorded
    from tests.serving import Served

pytestmark = pytest.mark.browser

TITLES = {
    id_: subject_of(id_).document["corridor"]["title"] for id_ in ("azerbaijan-iran", "north-south")
}


@pytest.fixture(scope="module")
def team(
    launch: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Served]:
    """Serve a folder with a sound corridor of its own and a broken one, and return both."""
    root = tmp_path_factory.mktemp("team")
    mine = shutil.copytree(BUILT_IN, root / "mine")
    manifest = mine / "corridor.toml"
    text = manifest.read_text(encoding="utf-8")
    text = re.sub('^id = ".*"$', 'id = "mine"', text, count=1, flags=re.MULTILINE)
    title = json.dumps("<img src=x onerror=alert(1)> & mine")
    text = re.sub("^title = .*$", f"title = {title}", text, count=1, flags=re.MULTILINE)
    manifest.write_text(text, encoding="utf-8")
    (root / "torn").mkdir()
    (root / "torn" / "corridor.toml").write_text("title = ", encoding="utf-8")
    return root, launch("--dir", str(root))


def title_of(page: Page) -> Locator:
    """Return the button behind which the list is."""
    return page.get_by_role("heading", level=1).get_by_role("button")


@pytest.mark.streamlit
def test_the_list_leads_to_the_other_corridor_and_marks_this_one(
    page: Page, served: Served, outside: Recorded
) -> None:
    open_map(page, served.url)
    title_of(page).click()
    entries = page.get_by_role("navigation", name="Corridors").get_by_role("link")
    expect(entries).to_have_text(list(TITLES.values()))
    expect(entries.nth(0)).to_have_attribute("aria-current", "page")
    entries.nth(1).click()
    expect(title_of(page)).to_have_text(TITLES["north-south"])
    expect(page.locator('[data-ready="true"]')).to_be_attached()
    expect(page).to_have_title(f"{TITLES['north-south']} · Corridormap")
    page.go_back()
    expect(title_of(page)).to_have_text(TITLES["azerbaijan-iran"])
    assert outside.errors == []


def test_a_corridor_is_made_in_the_page_and_its_editor_is_open_where_it_begins(
    page: Page, team: tuple[Path, Served]
) -> None:
    root, served = team
    open_map(page, f"{served.url}/?c=mine")
    title_of(page).click()
    page.get_by_role("button", name="New corridor…").click()
    dialog = page.get_by_role("dialog", name="New corridor")
    dialog.get_by_role("button", name="Make the corridor").click()
    expect(dialog.get_by_role("alert").last).to_have_text("Write a title: it can be changed later.")
    dialog.get_by_label("Title").fill("Railway east of the lake")
    countries = dialog.get_by_role("combobox", name="Countries")
    countries.fill("Kenya")
    countries.fill("atlantis")
    countries.press("Enter")
    expect(dialog.get_by_text("No country is called “atlantis”")).to_be_visible()
    countries.fill("UG")
    dialog.get_by_label("Files").check()
    dialog.get_by_role("button", name="Make the corridor").click()
    expect(title_of(page)).to_have_text("Railway east of the lake")
    expect(page.get_by_role("tab", name="Add data")).to_have_attribute("aria-selected", "true")
    said = (root / "railway-east-of-the-lake" / "corridor.toml").read_text(encoding="utf-8")
    assert 'countries = ["KE", "UG"]' in said
    shutil.rmtree(root / "railway-east-of-the-lake")


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desktop", "phone"])
def test_the_keyboard_alone_chooses(page: Page, served: Served, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_map(page, served.url)
    title_of(page).focus()
    page.keyboard.press("Enter")
    expect(title_of(page)).to_have_attribute("aria-expanded", "true")
    entries = page.get_by_role("navigation", name="Corridors").get_by_role("link")
    expect(entries.nth(0)).to_be_focused()
    expect(entries.nth(0)).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(entries).to_have_count(0)
    expect(title_of(page)).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(entries.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(title_of(page)).to_have_text(TITLES["north-south"])
    page.wait_for_url(re.compile(r"\?c=north-south&"))


def test_with_one_corridor_and_none_to_be_made_the_title_is_a_title(
    page: Page, launch: Callable[..., Served]
) -> None:
    open_map(page, launch(str(BUILT_IN), "--read-only").url)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES["azerbaijan-iran"])
    expect(title_of(page)).to_have_count(0)


def test_a_link_to_a_corridor_that_is_not_here_opens_the_first_and_says_so(
    page: Page, served: Served
) -> None:
    open_map(page, f"{served.url}/?c=../../etc/passwd&date=2001-01-01&layers=")
    expect(title_of(page)).to_have_text(TITLES["azerbaijan-iran"])
    expect(page.locator("[data-ready]")).to_have_attribute(
        "data-date", subject_of("azerbaijan-iran").as_of
    )
    expect(page.get_by_role("alert")).to_contain_text("no corridor of the link's name")


def test_a_broken_corridor_is_listed_with_what_is_wrong_and_stops_no_other(
    page: Page, team: tuple[Path, Served]
) -> None:
    open_map(page, team[1].url)
    expect(title_of(page)).to_have_text("<img src=x onerror=alert(1)> & mine")
    title_of(page).click()
    entries = page.get_by_role("navigation", name="Corridors").get_by_role("link")
    expect(entries).to_have_count(4)
    broken = entries.filter(has_text="torn")
    expect(broken).to_contain_text("Cannot be opened: corridor.toml: the file is broken")
    broken.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The corridor “torn” cannot be shown")
    page.get_by_role("link", name=TITLES["north-south"]).click()
    expect(title_of(page)).to_have_text(TITLES["north-south"])


def test_a_corridor_that_comes_while_the_server_runs_is_in_the_list(
    page: Page, team: tuple[Path, Served]
) -> None:
    root, served = team
    late = root / "late"
    late.mkdir()
    text = (BUILT_IN / "corridor.toml").read_text(encoding="utf-8")
    text = re.sub('^id = ".*"$', 'id = "late"', text, count=1, flags=re.MULTILINE)
    for name in ("layers", "sources.json", "annotations.jsonld", "style.toml", "outline.topojson"):
        (late / name).symlink_to(BUILT_IN / name)
    (late / "corridor.toml").write_text(text, encoding="utf-8")
    page.goto(f"{served.url}/?c=late")
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLES["azerbaijan-iran"])
    assert page.request.get(f"{served.url}/corridormap/c/late/version.json").ok
    shutil.rmtree(late)
    assert page.request.get(f"{served.url}/corridormap/c/late/version.json").status == 404


def test_files_of_a_corridor_come_from_its_own_address(page: Page, served: Served) -> None:
    for id_, title in TITLES.items():
        told = page.request.get(f"{served.url}/corridormap/c/{id_}/snapshot.json").json()
        assert title in told["alt_text"]
    for id_ in ("nonsense", "..%2Fnorth-south", "%2Fetc"):
        assert page.request.get(f"{served.url}/corridormap/c/{id_}/snapshot.json").status >= 400
