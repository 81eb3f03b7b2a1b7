"""The data, the atlas and the link of a view: what else one takes away from the page."""

from __future__ import annotations

import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.test_browser.journeys import BUILT_IN, open_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.test_browser.journeys import Served

pytestmark = pytest.mark.browser


def test_the_data_come_as_an_archive(page: Page, served: Served) -> None:
    open_map(page, served.url + "/?date=2022-06-01")
    page.get_by_role("button", name="Export options").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the data").click()
    assert download.value.suggested_filename == "azerbaijan-iran-2022-06-01-data.zip"
    with zipfile.ZipFile(BytesIO(Path(download.value.path()).read_bytes())) as archive:
        assert archive.testzip() is None
        assert "azerbaijan-iran/azerbaijan-iran.gpkg" in archive.namelist()


def test_the_atlas_tells_its_progress_and_comes_whole(page: Page, served: Served) -> None:
    open_map(page, served.url)
    # Two pages tell as much as thirty.
    page.route(
        re.compile(r"atlas\.pdf"),
        lambda route: route.continue_(url=f"{route.request.url}&ids=claim-aghband-start"),
    )
    page.get_by_role("button", name="Export options").click()
    page.evaluate(
        "() => { window.told = new Set();"
        " new MutationObserver(() => window.told.add("
        "document.querySelector('progress[aria-label^=Pages]').value))"
        ".observe(document.querySelector('.cmp-more'), { subtree: true, characterData: true,"
        " childList: true, attributes: true }); }"
    )
    with page.expect_download() as download:
        page.get_by_role("button", name="Atlas (PDF)").click()
    assert download.value.suggested_filename == "azerbaijan-iran-2023-12-29-atlas-a4.pdf"
    with pikepdf.open(BytesIO(Path(download.value.path()).read_bytes())) as pdf:
        assert len(pdf.pages) >= 3
    assert page.evaluate("() => window.told.size") >= 2
    expect(page.get_by_role("progressbar", name="Pages of the atlas")).to_be_hidden()


def test_an_atlas_that_fails_says_why(page: Page, served: Served) -> None:
    open_map(page, served.url)
    page.route(
        re.compile(r"atlas\.pdf"),
        lambda route: route.continue_(url=f"{route.request.url}&ids=nothing-of-this-name"),
    )
    page.get_by_role("button", name="Export options").click()
    page.get_by_role("button", name="Atlas (PDF)").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing-of-this-name")
    expect(page.get_by_role("button", name="Atlas (PDF)")).to_be_enabled()


VIEW = {
    "layers": "bridges",
    "date": "2022-06-01",
    "bbox": "45.4,38.6,46.9,39.6",
    "sel": "julfa-road-bridge",
    "claim": "claim-aghband-start",
    "base": "osm",
}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("c", "elsewhere", "another corridor: 'elsewhere'"),
        ("bbox", "1,2,3", "'1,2,3' is not four numbers"),
        ("bbox", "50,38,44,39", "west must be below east"),
        ("bbox", "nan,38,44,39", "is not four numbers"),
        ("layers", "ferries", "no layer 'ferries'"),
        ("date", "2023-02-30", "'2023-02-30' is not a date"),
        ("sel", "no-such-bridge", "no feature 'no-such-bridge'"),
        ("claim", "no-such-claim", "no claim 'no-such-claim'"),
        ("base", "mars", "no base map 'mars'"),
        ("date", "<script>alert(1)</script>", "is not a date"),
    ],
)
def test_a_word_of_a_link_that_cannot_be_used_is_named(
    page: Page, served: Served, name: str, value: str, words: str
) -> None:
    open_map(page, f"{served.url}/?{name}={value}")
    root = page.locator("[data-ready]")
    expect(root).to_have_attribute("data-date", "2023-12-29")
    expect(root).to_have_attribute("data-selected", "")
    expect(page.get_by_role("alert")).to_contain_text(words)


def test_a_link_shows_the_same_after_the_server_was_started_anew(
    page: Page, served: Served, serve: Callable[[Path], Served], tmp_path: Path
) -> None:
    query = "&".join(
        f"{key}={value}" for key, value in VIEW.items() if key not in {"base", "claim"}
    )
    open_map(page, f"{served.url}/?{query}")
    page.get_by_role("switch", name="Border crossings", exact=True).check()
    page.wait_for_url(re.compile("border-crossings"))
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    link = page.evaluate("() => navigator.clipboard.readText()")
    other = serve(shutil.copytree(BUILT_IN, tmp_path / "again"))
    open_map(page, f"{other.url}/?{urlsplit(link).query}")
    root = page.locator("[data-ready]")
    expect(root).to_have_attribute("data-layers", "border-crossings bridges")
    expect(root).to_have_attribute("data-date", "2022-06-01")
    expect(root).to_have_attribute("data-selected", "julfa-road-bridge")
    assert urlsplit(page.url).query == urlsplit(link).query


def test_a_link_holds_the_claim_and_the_base_map(page: Page, served: Served) -> None:
    open_map(page, f"{served.url}/?claim={VIEW['claim']}&base={VIEW['base']}")
    expect(page.locator("[data-ready]")).to_have_attribute("data-claim", VIEW["claim"])
    page.wait_for_url(re.compile("claim=claim-aghband-start&base=osm"))
