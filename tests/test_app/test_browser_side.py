"""What a page loads is whole, the editor apart from it, and no module puts data in as markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from corridormap.app.browser.front_end import (
    leaflet_css,
    one_file_css,
    page_files,
    page_starts_with,
    program,
)
from corridormap.layers.picture.pen.web_fonts import fonts_css
from scripts.browser import SOURCES

if TYPE_CHECKING:
    from pathlib import Path

MODULES = sorted(SOURCES.rglob("*.js"))
STYLES = sorted(path for path in SOURCES.rglob("*.css") if path.parent != SOURCES)
OF_THE_EDITOR = [path for path in STYLES if "editor" in path.parts]
NAMES = ("start.js", "host.js", "newer.js", "one_file.js", "whole.js")
ENTRIES = [SOURCES / "page" / name for name in NAMES]
WAYS_IN = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
# folium's own markup, which knows no data.
MARKUP = {
    SOURCES / "page" / "start.js": "holder.innerHTML = html;",
    SOURCES / "page" / "whole.js": "place.innerHTML = html;",
}


def test_every_module_is_imported_by_another_or_an_entry() -> None:
    named = {
        (path.parent / name).resolve()
        for path in MODULES
        for name in re.findall(r'(?:from|import|import\() ?"(\.[^"]+)"', path.read_text("utf-8"))
    }
    assert [path for path in MODULES if path not in named and path not in ENTRIES] == []


def test_every_style_sheet_is_in_one_of_the_lists() -> None:
    lists = [path.read_text("utf-8") for path in SOURCES.glob("*.css")]
    named = "".join(lists)
    for path in STYLES:
        assert named.count(f'"./{path.relative_to(SOURCES).as_posix()}"') == 1, path


def test_a_reader_loads_nothing_of_the_editor() -> None:
    files = page_files()
    for_readers = "".join(files[name] for name in page_starts_with()) + files["page.css"]
    (editor,) = [text for name, text in files.items() if name.startswith("editor-")]
    for word in ("leaflet-geoman", "Drop all changes", "cmf-"):
        assert word in editor
        assert word not in for_readers
        assert word not in program("one_file") + one_file_css()


def test_no_module_puts_data_in_as_markup() -> None:
    for path in MODULES:
        text = path.read_text("utf-8").replace(MARKUP.get(path, "\0"), "")
        assert [way_in for way_in in WAYS_IN if way_in in text] == [], path


def test_no_program_hangs_a_name_of_ours_on_the_page() -> None:
    for path in MODULES:
        assert not re.search(r"(?:window|globalThis|self)\.[A-Z]\w+ = ", path.read_text("utf-8"))


def test_styles_and_fonts_fetch_nothing() -> None:
    files = page_files()
    for css in (one_file_css(), files["page.css"], files["editor.css"], leaflet_css(), fonts_css()):
        addresses = [one.strip(" '\"") for one in re.findall(r"url\(([^)]*)\)", css)]
        # Pictures in the style sheet itself, and parts of them.
        assert all(address.startswith(("data:", "#", "%23")) for address in addresses)
        assert "@import" not in css


def test_streamlit_takes_the_components_program_for_a_program() -> None:
    assert "\n" in program("host").strip()


@pytest.mark.parametrize("path", OF_THE_EDITOR, ids=lambda path: str(path.name))
def test_the_editors_styles_stand_under_the_page(path: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    for rule in re.findall(r"(?:^|\})\s*([^{}@]+)\{", css):
        for selector in re.split(r",(?![^(]*\))", rule):
            assert selector.strip().startswith((".corridormap", "from", "to")), selector
