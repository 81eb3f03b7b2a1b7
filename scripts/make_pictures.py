"""Make the pictures of the README with the tool itself: ``make pictures``.

The page is served and photographed in a real Chromium; the snapshots are the command's own.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from scripts.chromium import LAUNCH_ARGUMENTS, find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

DOCS = Path(__file__).parents[1] / "docs"
COMMAND = str(Path(sys.executable).with_name("corridormap"))
PAGE = "?sel=aghband-kalaleh-road-bridge&claim=claim-aghband-start"
NEW = (
    "--title",
    "Railway east of the Caspian",
    "--countries",
    "KZ,TM,IR",
    "--extent",
    "50,35,62,45",
)
SNAPSHOTS = {
    "snapshot.png": ["--size", "1600x900"],
    "nakhchivan.png": [
        *("--size", "1200x900", "--bbox=44.6,38.7,46.4,39.9", "--date", "2026-03-09"),
        *("--layers", "border-crossings,bridges,nakhchivan-link"),
    ],
}


def main() -> None:
    """Write every picture into docs/."""
    DOCS.mkdir(exist_ok=True)
    for name, words in SNAPSHOTS.items():
        subprocess.run([COMMAND, "snapshot", "-o", str(DOCS / name), *words], check=True)
    strip = ["strip", "baku-rasht-qazvin", "-o", str(DOCS / "strip.png")]
    subprocess.run([COMMAND, *strip], check=True)
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=find_chromium(), args=LAUNCH_ARGUMENTS)
        with _served() as url:
            for name, width, height, density in (
                ("page.png", 1440, 900, 1),
                ("phone.png", 390, 844, 2),
            ):
                page = _opened(browser, url + PAGE, (width, height), density)
                page.screenshot(path=DOCS / name)
                page.context.close()
        own = Path(folder) / "my-corridor"
        subprocess.run([COMMAND, "new", str(own), *NEW], check=True)
        with _served(str(own)) as url:
            page = _opened(browser, url, (1440, 900), 1)
            _add_railway(page)
            page.screenshot(path=DOCS / "edit.png")
        browser.close()


@contextmanager
def _served(*words: str) -> Iterator[str]:
    """Serve a corridor for a while; yield the address of its page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    server = subprocess.Popen([COMMAND, "serve", *words, "--port", port, "--no-browser"])
    url = f"http://localhost:{port}/"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{url}_stcore/health", timeout=5).close()  # noqa: S310 - own server
                break
            except OSError:
                time.sleep(0.05)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def _opened(browser: Browser, url: str, size: tuple[int, int], density: float) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=density,
        locale="en-GB",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector('[data-ready="true"]', state="attached")
    page.wait_for_load_state("networkidle")
    return page


def _add_railway(page: Page) -> None:
    """Choose the railway of scripts/example in the editor, as a preview."""
    page.get_by_role("button", name="Edit", exact=True).click()
    editor = page.locator(".cmp-edit")
    editor.get_by_role("tab", name="Add data").click()
    with page.expect_file_chooser() as chooser:
        editor.get_by_role("button", name="Choose files").click()
    chooser.value.set_files(Path(__file__).parent / "example" / "railway.kml")
    editor.get_by_label("Kind").select_option(label="Railway")
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()
