"""A published edition's page tells of a newer one when its site does, and else says nothing."""

from __future__ import annotations

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from corridormap.app.exporting.export import export
from corridormap.app.exporting.options import ExportOptions
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.scene.view import default_view
from corridormap.layers.wording.edition_code import EditionCode, NamedEdition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
CODE = EditionCode(NamedEdition("azerbaijan-iran", 1, "1a2b3c4d"), "2026-03-03")
OWN = {"number": 1, "title": "", "day": "2026-03-03", "why": "", "short": "1a2b3c4d"}
NEWER = {**OWN, "number": 2, "why": "The bridge <b>moved</b> 400 m.", "short": "99999999"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder with an edition's page, and no list yet."""
    folder = tmp_path / "editions" / "1"
    folder.mkdir(parents=True)
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    made = export(corridor, default_view(corridor), ExportOptions(format="html", code=CODE))
    (folder / "index.html").write_bytes(made.body)
    return tmp_path


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """Serve it as any web server would, and return its address."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/editions/1/"
        server.shutdown()


def listed(
    site: Path, editions: list[dict[str, object]], corridor: str = "azerbaijan-iran"
) -> None:
    """Write the site's list."""
    said = {"format": 1, "corridor": corridor, "editions": editions}
    (site / "editions.json").write_text(json.dumps(said), encoding="utf-8")


def test_a_newer_edition_is_told_as_text(site: Path, served: str, page: Page) -> None:
    listed(site, [OWN, NEWER])
    page.goto(served)
    notice = page.get_by_role("status").filter(has_text="Edition 2 is newer")
    notice.wait_for()
    assert "The bridge <b>moved</b> 400 m." in (notice.text_content() or "")
    assert notice.get_by_role("link").get_attribute("href") == "../../index.html"


@pytest.mark.parametrize("list_", ["none", "newest", "another corridor", "another site", "no JSON"])
def test_without_a_newer_edition_of_this_site_nothing_is_said(
    site: Path, served: str, page: Page, list_: str
) -> None:
    if list_ == "newest":
        listed(site, [OWN])
    elif list_ == "another corridor":
        listed(site, [OWN, NEWER], "elsewhere")
    elif list_ == "another site":
        listed(site, [{**OWN, "short": "00000000"}, NEWER])
    elif list_ == "no JSON":
        (site / "editions.json").write_text("<p>", encoding="utf-8")
    with page.expect_response("**/editions.json") as answer:
        page.goto(served)
    answer.value.finished()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.locator(".cm-newer-edition").count() == 0


def test_a_kept_copy_asks_nobody(site: Path, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "editions/1/index.html").as_uri())
    page.locator(".leaflet-container").wait_for()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
