"""The map is folium's, made anew the same each time, and its page holds all it needs."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import folium
import pytest

from corridormap.app.browser.document import build_document
from corridormap.app.browser.leaflet import MAP_ID, build_map, map_module, map_parts, page_html
from corridormap.layers.picture.pen.web_fonts import fonts_css

if TYPE_CHECKING:
    from pathlib import Path

    from corridormap.layers.corridor.corridor import Corridor

OUTLINE: dict[str, Any] = {"tiers": [], "countries": [], "waters": []}
HOSTILE = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)> ` ${x} \u2028 &"


class PageReader(HTMLParser):
    """What a browser finds in a page: scripts, data, and everything it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.data: dict[str, str] = {}
        self.fetched: list[str] = []
        self.policy = ""
        self.title = ""
        self._open: tuple[str, dict[str, str | None]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.fetched += [found[name] or "" for name in ("src", "href") if name in found]
        if found.get("http-equiv") == "Content-Security-Policy":
            self.policy = found["content"] or ""
        self._open = (tag, found)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's own signature
        self._open = None

    def handle_data(self, data: str) -> None:
        tag, attrs = self._open or ("", {})
        if tag == "title":
            self.title += data
        elif tag == "script" and attrs.get("type") == "application/json":
            self.data[attrs["id"] or ""] = data
        elif tag == "script":
            self.scripts.append(data)


def read_page(text: str) -> PageReader:
    reader = PageReader()
    reader.feed(text)
    return reader


@pytest.fixture
def page_text(corridor: Corridor) -> str:
    return page_html(build_document(corridor), OUTLINE, {}, title="Tiny")


def test_map_is_foliums_with_a_fixed_name_and_no_tiles() -> None:
    built = build_map()
    assert isinstance(built, folium.Map)
    assert built.get_name() == MAP_ID
    assert not [child for child in built._children.values() if isinstance(child, folium.TileLayer)]


def test_parts_name_no_other_host_and_load_nothing() -> None:
    parts = map_parts(build_map())
    together = parts.html + parts.script
    assert "//" not in together
    assert "<script" not in together
    assert "<link" not in together


def test_parts_mount_the_front_end_on_foliums_map() -> None:
    parts = map_parts(build_map())
    assert re.search(rf"var {MAP_ID} = L\.map\(", parts.script)
    assert f"corridormap.mount(\n{MAP_ID}," in parts.script
    assert parts.html.startswith('<div class="corridormap">')
    assert f'id="{MAP_ID}"' in parts.html


def test_parts_are_the_same_each_time_and_can_be_rendered_twice() -> None:
    built = build_map()
    assert map_parts(built) == map_parts(built) == map_parts(build_map())


def test_a_served_page_gets_the_same_map_as_a_module() -> None:
    parts = map_parts(build_map())
    html, run = map_module().split("\n", 1)
    assert json.loads(html.removeprefix("export const html = ").removesuffix(";")) == parts.html
    assert run == f"export function run(corridormap) {{\n{parts.script}\n}}\n"


def test_fonts_cover_azerbaijani_and_persian() -> None:
    css = fonts_css()
    assert css.count("@font-face") == 8
    assert 'font-family:"Noto Sans Arabic"' in css


def test_page_fetches_nothing(page_text: str) -> None:
    assert read_page(page_text).fetched == []


def test_policy_allows_exactly_the_pages_own_scripts(page_text: str) -> None:
    reader = read_page(page_text)
    digests = [hashlib.sha256(text.encode("utf-8")).digest() for text in reader.scripts]
    wanted = [f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests]
    rules = dict(rule.strip().split(" ", 1) for rule in reader.policy.split(";"))
    assert rules["script-src"].split() == wanted
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == rules["font-src"] == "data:"


def test_page_brings_back_the_very_data(corridor: Corridor) -> None:
    document = build_document(corridor)
    view = {"layers": ["bridges"], "date": "2023-01-01"}
    reader = read_page(page_html(document, OUTLINE, view, title="Tiny"))
    assert json.loads(reader.data["corridormap-document"]) == json.loads(json.dumps(document))
    assert json.loads(reader.data["corridormap-outline"]) == OUTLINE
    assert json.loads(reader.data["corridormap-view"]) == view


def test_hostile_text_stays_text(corridor: Corridor) -> None:
    document = build_document(corridor)
    document["corridor"]["title"] = HOSTILE
    text = page_html(document, OUTLINE, {}, title=HOSTILE)
    reader = read_page(text)
    assert len(reader.scripts) == 1
    assert reader.title == HOSTILE
    assert json.loads(reader.data["corridormap-document"])["corridor"]["title"] == HOSTILE
    assert "<img" not in text
    assert "\u2028" not in reader.data["corridormap-document"]


def test_page_is_the_same_in_two_processes(tmp_path: Path) -> None:
    code = (
        "import sys; from corridormap.app.browser.leaflet import page_html;"
        "text = page_html({'a': 1}, {}, {}, title='T'); sys.stdout.buffer.write(text.encode())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(filter(None, sys.path))},
            check=True,
            capture_output=True,
            cwd=tmp_path,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0]
