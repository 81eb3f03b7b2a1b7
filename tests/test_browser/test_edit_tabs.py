"""Two tabs change one corridor: each keeps its draft, and the second is told."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from corridormap.layers.validation.validate import validate
from tests.sweeping import SWEEP
from tests.test_browser.drafting import (
    FIRST,
    edit,
    in_file,
    rename,
    said,
    shown,
    state,
)
from tests.test_browser.journeys import open_map

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


pytestmark = pytest.mark.browser


def test_two_tabs_keep_a_draft_each_and_a_closed_one_is_taken_over(page: Page, url: str) -> None:
    edit(page, url)
    second = page.context.new_page()
    edit(second, url)
    rename(page, FIRST[0], "First tab")
    rename(second, FIRST[1], "Second tab")
    second.reload()
    expect(state(second)).to_have_text("1 change, not saved")
    assert (shown(second, FIRST[0]), shown(second, FIRST[1])) == ("Mumbai", "Second tab")
    second.close()
    assert shown(page, FIRST[0]) == "First tab"
    third = page.context.new_page()
    open_map(third, url)
    expect(said(third)).to_contain_text("that were not saved are here again")
    assert shown(third, FIRST[1]) == "Second tab"


def test_a_reload_waits_until_the_page_before_lets_go_of_its_draft(page: Page, url: str) -> None:
    edit(page, url)
    rename(page, FIRST[0], "Not lost")
    # Another page stands in line for this one's place: it is held on when the page is left, as by
    # one that takes long to go.
    other = page.context.new_page()
    other.goto(page.url)
    name = page.evaluate("async () => (await navigator.locks.query()).held.map((h) => h.name)")
    place = next(
        each for each in name if each.endswith(page.evaluate("sessionStorage['corridormap.tab']"))
    )
    other.evaluate(
        """(name) => void navigator.locks.request(name, () => new Promise((letGo) => {
             window.letGo = letGo;
           }))""",
        place,
    )
    page.reload(wait_until="commit")
    other.evaluate(
        """async (name) => {
             const until = Date.now() + 10000;
             const waits = async () => window.letGo
               && (await navigator.locks.query()).pending.some((each) => each.name === name);
             while (!(await waits())) {
               if (Date.now() > until) throw new Error("the page does not wait for its place");
               await new Promise((soon) => setTimeout(soon, 20));
             }
             window.letGo();
           }""",
        place,
    )
    expect(state(page)).to_have_text("1 change, not saved")
    assert shown(page, FIRST[0]) == "Not lost"


def conflict(page: Page, url: str) -> Page:
    """Let two tabs change the same and each something of its own; the first saves."""
    edit(page, url)
    second = page.context.new_page()
    edit(second, url)
    rename(page, FIRST[0], "Theirs")
    rename(page, FIRST[1], "Bafq 2")
    rename(second, FIRST[0], "Mine")
    rename(second, FIRST[2], "Tehran 2")
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("Saved: 2 changes.")
    second.bring_to_front()
    second.keyboard.press("Control+s")  # unless it was told already
    expect(second.get_by_role("heading", name="Changed by somebody else")).to_be_focused()
    return second


@pytest.mark.parametrize("keep", ["yours", "theirs"] if SWEEP else ["yours"])
def test_the_second_tab_is_told_and_puts_both_together_or_saves_aside(
    page: Page, url: str, folder: Path, tmp_path: Path, keep: str
) -> None:
    second = conflict(page, url)
    question = second.get_by_role("group", name="Feature: Mine")
    expect(question.get_by_role("row", name="name Theirs Mine")).to_be_visible()
    assert [in_file(folder, id_) for id_ in FIRST] == ["Theirs", "Bafq 2", "Tehran"]
    question.get_by_label(f"Keep {keep}").check()
    second.get_by_role("button", name="Put both together").click()
    expect(said(second)).to_have_text("Put together. Look at the map, then save.")
    mine = "Mine" if keep == "yours" else "Theirs"
    assert [shown(second, id_) for id_ in FIRST] == [mine, "Bafq 2", "Tehran 2"]
    second.keyboard.press("Control+s")
    expect(said(second)).to_contain_text("Saved:")
    assert [in_file(folder, id_) for id_ in FIRST] == [mine, "Bafq 2", "Tehran 2"]
    page.bring_to_front()
    expect(said(page)).to_contain_text("The folder was changed meanwhile")
    assert [shown(page, id_) for id_ in FIRST] == [mine, "Bafq 2", "Tehran 2"]
    # And once more, the other way: what one has is saved aside, and dropped.
    rename(second, FIRST[0], "Mine again")
    rename(page, FIRST[0], "Theirs again")
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("Saved: 1 change.")
    second.bring_to_front()
    second.keyboard.press("Control+s")  # unless it was told already
    expect(second.get_by_role("heading", name="Changed by somebody else")).to_be_focused()
    with second.expect_download() as download:
        second.get_by_role("button", name="Save mine aside").click()
    download.value.save_as(tmp_path / "aside.zip")
    with zipfile.ZipFile(tmp_path / "aside.zip") as archive:
        archive.extractall(tmp_path / "aside")
    aside = tmp_path / "aside" / "north-south"
    assert [in_file(aside, id_) for id_ in FIRST] == ["Mine again", "Bafq 2", "Tehran 2"]
    assert validate(aside) == ()
    assert [in_file(folder, id_) for id_ in FIRST] == ["Theirs again", "Bafq 2", "Tehran 2"]
    second.get_by_role("button", name="Drop mine").click()
    second.get_by_role("button", name="Really drop 1 change").click()
    expect(state(second)).to_have_text("Nothing to save")
    assert shown(second, FIRST[0]) == "Theirs again"
