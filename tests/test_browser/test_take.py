"""The data, the atlas and the link of a view: what else one takes away from the page.

What depends on a corridor's data is shared among those that come with the tool, and walked on each
by `make sweep`.
"""

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

from tests.sweeping import SWEEP
from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.serving import Served
    from tests.test_browser.subjects import Subject

pytestmark = pytest.mark.browser


def test_the_data_come_as_an_archive(page: Page, home: str, subject: Subject) -> None:
    open_map(page, f"{home}&date=2022-06-01")
    page.get_by_role("button", name="Export options").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the data").click()
    assert download.value.suggested_filename == f"{subject.id}-2022-06-01-data.zip"
    with zipfile.ZipFile(BytesIO(Path(download.value.path()).read_bytes())) as archive:
        assert archive.testzip() is None
        assert f"{subject.id}/{subject.id}.gpkg" in archive.namelist()


def test_the_atlas_tells_its_progress_and_comes_whole(
    page: Page, home: str, subject: Subject
) -> None:
    open_map(page, home)
    claim = subject.claims[0]["id"]
    # Two pages tell as much as thirty.
    page.route(
        re.compile(r"atlas\.pdf"),
        lambda route: route.continue_(url=f"{route.request.url}&ids={claim}"),
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
    assert download.value.suggested_filename == f"{subject.id}-{subject.as_of}-atlas-a4.pdf"
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


LINKS = (
    {"c=elsewhere": "no corridor of the link's name"},
    {
        "bbox=1,2,3": "'1,2,3' is not four numbers",
        "layers=ferries": "no layer 'ferries'",
        "date=2023-02-30": "'2023-02-30' is not a date",
    },
    {
        "bbox=50,38,44,39": "west must be below east",
        "sel=no-such-bridge": "no feature 'no-such-bridge'",
        "date=<script>alert(1)</script>": "is not a date",
    },
    {
        "bbox=nan,38,44,39": "is not four numbers",
        "claim=no-such-claim": "no claim 'no-such-claim'",
        "base=mars": "no base map 'mars'",
    },
)


# What each word may be is proven where a view is read.
@pytest.mark.parametrize("link", LINKS if SWEEP else LINKS[2:3], ids="&".join)
def test_a_word_of_a_link_that_cannot_be_used_is_named(
    page: Page, served: Served, link: dict[str, str]
) -> None:
    open_map(page, f"{served.url}/?{'&'.join(link)}")
    root = page.locator("[data-ready]")
    expect(root).to_have_attribute("data-date", "2023-12-29")
    expect(root).to_have_attribute("data-selected", "")
    notice = page.get_by_role("alert")
    expect(notice).to_be_visible()
    if len(link) > 1:
        notice.get_by_role("button", name="Details").click()
    for words in link.values():
        expect(page.locator("[data-ready]").get_by_text(words).first).to_be_visible()


def test_a_link_shows_the_same_after_the_server_was_started_anew(
    *, page: Page, home: str, subject: Subject, serve: Callable[[Path], Served], tmp_path: Path
) -> None:
    point = subject.features(lambda f: f["geometry"]["type"] == "Point")[0]
    lon, lat = point["geometry"]["coordinates"]
    other_layer = next(layer for layer in subject.on if layer != point["layer"])
    date = max(point["phases"][0]["since"], "2022-06-01")
    box = f"{lon - 0.8:.2f},{lat - 0.5:.2f},{lon + 0.7:.2f},{lat + 0.5:.2f}"
    open_map(page, f"{home}&layers={point['layer']}&date={date}&bbox={box}&sel={point['id']}")
    title = subject.layer(other_layer)["title"]
    page.get_by_role("switch", name=title, exact=True).check()
    page.wait_for_url(re.compile(f"layers=[^&]*{other_layer}"))
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    link = page.evaluate("() => navigator.clipboard.readText()")
    other = serve(shutil.copytree(subject.folder, tmp_path / "again"))
    open_map(page, f"{other.url}/?{urlsplit(link).query}")
    root = page.locator("[data-ready]")
    both = [layer for layer in subject.on if layer in {point["layer"], other_layer}]
    expect(root).to_have_attribute("data-layers", " ".join(both))
    expect(root).to_have_attribute("data-date", date)
    expect(root).to_have_attribute("data-selected", point["id"])
    assert urlsplit(page.url).query == urlsplit(link).query


def test_a_link_holds_the_claim_and_the_base_map(page: Page, home: str, subject: Subject) -> None:
    claim = subject.claims[0]["id"]
    open_map(page, f"{home}&claim={claim}&base=osm")
    expect(page.locator("[data-ready]")).to_have_attribute("data-claim", claim)
    page.wait_for_url(re.compile(f"claim={claim}&base=osm"))
