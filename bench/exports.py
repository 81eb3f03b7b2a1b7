"""Measure what the page hands out: pictures, pages, the atlas; and the command.

Alone it prints its own table: ``python bench/exports.py``; ``make bench`` runs it too. Every
figure is a median of rounds in which all kinds take turns, so that ratios hold on a noisy
machine; the processor's time is that of the server alone. Nothing here is a test.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.serving import Taken, command, cpu_s, port, server
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.scene.resolve import resolve
from scripts.chromium import LAUNCH_ARGUMENTS, find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psutil
    from playwright.sync_api import Playwright

__all__ = ["HEAD", "measure"]

CORRIDOR = "azerbaijan-iran"
ROUNDS, ATLAS_ROUNDS = 7, 3
SIZE = (1600, 1000)
KINDS = {
    "PNG 1600x1000": ("snapshot.png?size=1600x1000", "0.4 s"),
    "SVG 1600x1000": ("snapshot.svg?size=1600x1000", "0.3 s"),
    "PDF 1600x1000": ("snapshot.pdf?size=1600x1000", "0.5 s"),
    "HTML": ("snapshot.html?", "0.4 s"),
    "PNG of A4 at 300 dpi": ("snapshot.png?layout=a4-landscape", "1.2 s"),
}
CHROMIUM_FORM = "PNG 1600x1000"
ATLAS_CLAIMS = 22
"""Claims of the built-in corridor that have 30 pages with overview and sources."""
HEAD = "| what is handed out | first | median | processor | aim: under |\n|---|---|---|---|---|"


def measure(executable: str, play: Playwright) -> Iterator[str]:
    """Yield the lines of the table's body.

    Parameters
    ----------
    executable
        The command corridormap.
    play
        A running Playwright.
    """
    yield f"| load of the machine before | | {os.getloadavg()[0]:.1f} | | |"
    at = port()
    words = [executable, "serve", CORRIDOR, "--port", str(at), "--no-browser"]
    with server(words, at) as (url, process, _), tempfile.TemporaryDirectory() as temporary:
        prefix = f"{url}/corridormap/c/{CORRIDOR}"
        page = Path(temporary) / "map.html"
        firsts = {kind: _fetch(f"{prefix}/{KINDS[kind][0]}", process)[0] for kind in KINDS}
        body = _fetch(f"{prefix}/{KINDS['HTML'][0]}", process)[1]
        page.write_bytes(body)
        taken: dict[str, list[Taken]] = {kind: [] for kind in KINDS}
        chromium: list[float] = []
        for _ in range(ROUNDS):
            for kind, (address, _) in KINDS.items():
                taken[kind].append(_fetch(f"{prefix}/{address}", process)[0])
            chromium.append(_screenshot_s(play, page))
        for kind, (_, aim) in KINDS.items():
            yield _line(kind, firsts[kind], taken[kind], aim)
        yield f"| size of the HTML | | {len(body) / 1e6:.3f} MB | | 1.5 MB |"
        browser_s = statistics.median(chromium)
        yield f"| Chromium started, the same map, its screenshot | | {browser_s:.2f} s | | |"
        own_s = statistics.median(each.wall_s for each in taken[CHROMIUM_FORM])
        yield f"| the PNG is so many times faster | | {browser_s / own_s:.1f} | | at least 2 |"
        yield _atlas_line(prefix, process)
        picture = [executable, "snapshot", "-o", str(page.with_suffix(".png"))]
        runs = [command(picture) for _ in range(ROUNDS)]
        yield _line("`corridormap snapshot`, whole command", None, runs, "2 s")


def _atlas_line(prefix: str, process: psutil.Process) -> str:
    claims = resolve(load_corridor(find_corridor(CORRIDOR))).claims[:ATLAS_CLAIMS]
    address = f"{prefix}/atlas.pdf?ids={','.join(claim.id for claim in claims)}"
    runs = [_fetch(address, process) for _ in range(ATLAS_ROUNDS)]
    pages = {_atlas_pages(body) for _, body in runs}
    kind = f"atlas of {'/'.join(str(count) for count in sorted(pages))} pages"
    return _line(kind, runs[0][0], [taken for taken, _ in runs], "12 s")


def _atlas_pages(answer: bytes) -> int:
    """Return how many pages an atlas has, from an answer with its progress before it."""
    at = 0
    while True:
        end = answer.index(b"\n", at)
        told = json.loads(answer[at:end])
        at = end + 1
        if "error" in told:
            raise RuntimeError(told["error"])
        if "filename" in told:
            with pikepdf.open(io.BytesIO(answer[at:])) as pdf:
                return len(pdf.pages)


def _fetch(address: str, process: psutil.Process) -> tuple[Taken, bytes]:
    before = cpu_s(process)
    started = time.perf_counter()
    body: bytes = urllib.request.urlopen(address, timeout=120).read()
    wall_s = time.perf_counter() - started
    return Taken(wall_s, cpu_s(process) - before), body


def _screenshot_s(play: Playwright, file: Path) -> float:
    """Return the seconds in which Chromium starts, opens the map's page and takes its picture."""
    started = time.perf_counter()
    browser = play.chromium.launch(executable_path=find_chromium(), args=LAUNCH_ARGUMENTS)
    page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
    page.goto(file.as_uri())
    page.wait_for_selector('[data-ready="true"]', state="attached")
    page.screenshot(path=file.with_suffix(".chromium.png"))
    browser.close()
    return time.perf_counter() - started


def _line(kind: str, first: Taken | None, runs: list[Taken], aim: str) -> str:
    wall_s = statistics.median(each.wall_s for each in runs)
    used_s = statistics.median(each.cpu_s for each in runs)
    begun = f"{first.wall_s:.2f} s" if first else ""
    return f"| {kind} | {begun} | {wall_s:.2f} s | {used_s:.2f} s | {aim} |"


def main() -> None:
    """Measure and print."""
    print(HEAD)
    with sync_playwright() as play:
        for line in measure(str(Path(sys.executable).with_name("corridormap")), play):
            print(line, flush=True)


if __name__ == "__main__":
    main()
