"""The editor's program is whole, apart from the reader's, and puts no data in as markup."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from corridormap.layers.web.front_end import (
    editor_css,
    editor_js,
    front_end_css,
    front_end_js,
    leaflet_js,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

EDIT = files("corridormap.layers").joinpath("web", "edit")


def own(ending: str) -> dict[str, str]:
    """Return the texts of our files, without the libraries that come along."""
    found = [file for file in EDIT.iterdir() if file.name.endswith(ending)]
    return {file.name: file.read_text(encoding="utf-8") for file in found}


def test_every_module_and_style_sheet_of_the_editor_is_used_once() -> None:
    together = editor_js() + editor_css()
    names = sorted(f.name for f in EDIT.iterdir() if f.name.endswith((".js", ".css")))
    assert "edit.css" in names
    for name in names:
        assert together.count(EDIT.joinpath(name).read_text(encoding="utf-8")) == 1, name


def test_a_reader_loads_nothing_of_it() -> None:
    for_readers = front_end_js() + front_end_css()
    for file in EDIT.iterdir():
        if file.name.endswith((".js", ".css")):
            assert file.read_text(encoding="utf-8") not in for_readers


def test_no_module_of_the_editor_puts_data_in_as_markup() -> None:
    for name, js in own(".js").items():
        for way_in in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way_in not in js, (name, way_in)


def test_the_editors_styles_stand_under_the_page_and_fetch_nothing() -> None:
    whole = editor_css()
    addresses = [one.strip(" '\"") for one in re.findall(r"url\(([^)]*)\)", whole)]
    # Pictures in the style sheet itself, and parts of them.
    assert all(address.startswith(("data:", "#", "%23")) for address in addresses)
    assert "@import" not in whole
    for name, text in own(".css").items():
        css = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        for rule in re.findall(r"(?:^|\})\s*([^{}@]+)\{", css):
            for selector in re.split(r",(?![^(]*\))", rule):
                assert selector.strip().startswith((".corridormap", "from", "to")), (name, selector)


STEPS = [
    {"label": "Add", "ops": [{"op": "add_layer", "layer": {"id": "posts", "title": "P"},
                              "features": [{"id": "a"}]}]},
    {"label": "Move", "ops": [{"op": "put_feature", "layer": "posts", "feature": {"id": "a"}}]},
    {"label": "Note", "ops": [{"op": "put_annotation", "annotation": {
        "id": "n", "target": {"source": "layers/posts.geojson"}}}]},
]  # fmt: skip


@pytest.mark.browser
def test_a_layer_that_both_have_added_is_kept_under_another_id(page: Page) -> None:
    page.add_script_tag(content=f"{leaflet_js()}\n{front_end_js()}\n{editor_js()}")
    resolve = """([steps, mine]) => {
      const { conflictsOf, resolve } = Corridormap.merging;
      const ops = steps.flatMap((step) => step.ops);
      const found = conflictsOf(ops, [{ op: 0, id: "posts", theirs: { id: "posts" }, now: "x" }]);
      return resolve(steps, found, () => mine, new Set(["posts", "posts-2"]));
    }"""
    mine = page.evaluate(resolve, [STEPS, True])
    assert [step["ops"][0].get("layer") for step in mine] == [
        {"id": "posts-3", "title": "P"}, "posts-3", None,
    ]  # fmt: skip
    assert mine[2]["ops"][0]["annotation"]["target"] == [{"source": "layers/posts-3.geojson"}]
    theirs = page.evaluate(resolve, [STEPS, False])
    assert [step["label"] for step in theirs] == ["Note"]
