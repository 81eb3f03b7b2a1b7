"""Make the pictures of the README with the tool itself: ``make pictures``.

The page is served and photographed in a real Chromium; the snapshots are the command's own.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.chromium import LAUNCH_ARGUMENTS, find_chromium

DOCS = Path(__file__).parents[1] / "docs"
COMMAND = str(Path(sys.executable).with_name("corridormap"))
PAGE = "?sel=aghband-kalaleh-road-bridge&claim=claim-aghband-start"
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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    server = subprocess.Popen([COMMAND, "serve", "--port", port, "--no-browser"])
    try:
        _photograph(f"http://localhost:{port}/")
    finally:
        server.terminate()
        server.wait(timeout=20)


def _photograph(url: str) -> None:
    while True:
        try:
            urllib.request.urlopen(f"{url}_stcore/health", timeout=5).close()  # noqa: S310 - own server
            break
        except OSError:
            time.sleep(0.05)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=LAUNCH_ARGUMENTS)
        for name, width, height, density in (
            ("page.png", 1440, 900, 1),
            ("phone.png", 390, 844, 2),
        ):
            context = browser.new_context(
                viewport={"width": width, "height": height},
                device_scale_factor=density,
                locale="en-GB",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(url + PAGE)
            page.wait_for_selector('[data-ready="true"]', state="attached")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=DOCS / name)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
