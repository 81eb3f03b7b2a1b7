"""Measure the tool on the real corridor and print one table: ``make bench``.

Every figure is a median of runs made side by side in this one call, on one server and
in real Chromium, so that ratios hold on a noisy machine. Nothing here is a test.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from playwright.sync_api import sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

sys.path.insert(0, str(Path(__file__).parents[1]))
from scripts.chromium import LAUNCH_ARGUMENTS, find_chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, WebSocket

ROUNDS = 7
READY = '[data-ready="true"]'
EMPTY_PAGE = """
import streamlit as st
st.set_page_config(layout="wide")
st.html('<div data-ready="true">empty</div>')
"""
EMPTY_COMPONENT = '''
import streamlit as st
st.set_page_config(layout="wide")
@st.cache_resource
def component():
    return st.components.v2.component(
        "empty", html='<div class="empty"></div>', isolate_styles=False,
        js="""export default (c) => {
            c.parentElement.querySelector(".empty").dataset.ready = "true" }""")
component()(key="map", data={}, default={"view": None}, on_view_change=lambda: None)
'''


def port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(command: list[str], at: int) -> Iterator[tuple[str, psutil.Process, float]]:
    """Run a server; yield its address, its process and the seconds until it answered."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://localhost:{at}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.02)
        yield url, psutil.Process(process.pid), time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(timeout=20)


def streamlit(script: str, folder: Path, name: str, at: int) -> list[str]:
    """Return the command that serves a bare Streamlit script."""
    path = folder / f"{name}.py"
    path.write_text(script, encoding="utf-8")
    options = {
        "server.address": "localhost",
        "server.port": str(at),
        "server.headless": "true",
        "server.showEmailPrompt": "false",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    words = [f"--{key}={value}" for key, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(path), *words]


def first_view_s(browser: Browser, url: str) -> float:
    """Return the seconds from asking for a page in a fresh context to its content drawn."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    started = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(READY, state="attached")
    taken_s = time.perf_counter() - started
    context.close()
    return taken_s


def switch_ms(page: Page) -> float:
    """Return the milliseconds from a click on a layer's switch to the next painted frame."""
    return float(
        page.get_by_role("switch", name="Bridges", exact=True).evaluate(
            """box => new Promise(done => {
                 const started = performance.now();
                 box.click();
                 requestAnimationFrame(() => requestAnimationFrame(
                   () => done(performance.now() - started)));
               })"""
        )
    )


def rerun_ms(page: Page, messages: WebSocket) -> float:
    """Return the milliseconds from telling the server a view to the end of its script's run."""
    sent: list[float] = []
    messages.once("framesent", lambda _frame: sent.append(time.perf_counter()))

    def done(frame: bytes | str) -> bool:
        # The first run of the script may still be ending when the switch is clicked.
        return bool(sent) and _is_script_finished(frame)

    with messages.expect_event("framereceived", done):
        switch_ms(page)
    return (time.perf_counter() - sent[0]) * 1000


def _is_script_finished(frame: bytes | str) -> bool:
    return isinstance(frame, bytes) and ForwardMsg.FromString(frame).HasField("script_finished")


def median(of: Callable[[], float], rounds: int = ROUNDS) -> float:
    """Return the median of several runs."""
    return statistics.median(of() for _ in range(rounds))


def command_s(words: list[str]) -> float:
    """Return the seconds that a whole command takes."""
    started = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - started


def memory_mb(process: psutil.Process) -> float:
    """Return the resident memory of a server and its children."""
    everyone = [process, *process.children(recursive=True)]
    return sum(each.memory_info().rss for each in everyone) / 1e6


def row(what: str, value: float, unit: str, aim: str = "") -> None:
    """Print one line of the table."""
    print(f"| {what} | {value:.2f} {unit} | {aim} |")


def main() -> None:
    """Measure and print."""
    executable = str(Path(sys.executable).with_name("corridormap"))
    print(f"| what ({ROUNDS} rounds, {os.cpu_count()} cores) | median | aim |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as play:
        folder = Path(temporary)
        browser = play.chromium.launch(executable_path=find_chromium(), args=LAUNCH_ARGUMENTS)
        ports = port(), port(), port()
        map_command = [executable, "serve", "--port", str(ports[2]), "--no-browser"]
        with (
            server(streamlit(EMPTY_PAGE, folder, "empty_page", ports[0]), ports[0]) as (bare, _, _),
            server(streamlit(EMPTY_COMPONENT, folder, "empty_component", ports[1]), ports[1]) as (
                component,
                _,
                _,
            ),
            server(map_command, ports[2]) as (url, process, started_s),
        ):
            row("serve: start to a served page", started_s, "s", "under 6")
            for each in (bare, component, url):
                first_view_s(browser, each)
            times: dict[str, list[float]] = {bare: [], component: [], url: []}
            for _ in range(ROUNDS):
                for each, taken in times.items():
                    taken.append(first_view_s(browser, each))
            page_s, component_s, map_s = (statistics.median(taken) for taken in times.values())
            row("empty Streamlit page", page_s, "s")
            row("page with an empty component", component_s, "s")
            row("first map", map_s, "s")
            row("first map over empty component", map_s - component_s, "s", "within 0.2")
            row("first map over empty page", map_s - page_s, "s", "within 0.7")
            in_the_page(browser, url)
            memory(browser, url, process)
        picture = folder / "map.png"
        snapshot = [executable, "snapshot", "-o", str(picture)]
        row(
            "`corridormap snapshot`, whole command",
            median(lambda: command_s(snapshot)),
            "s",
            "under 2.5",
        )
        browser.close()


def in_the_page(browser: Browser, url: str) -> None:
    """Measure what a reader does on an open page."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    with page.expect_websocket() as opened:
        page.goto(url)
    page.wait_for_selector(READY, state="attached")
    page.wait_for_selector(".corridormap-place .corridormap", state="attached")
    rerun_ms(page, opened.value)
    reruns_ms = median(lambda: rerun_ms(page, opened.value))
    row("switch to painted", median(lambda: switch_ms(page)), "ms", "under 80")
    row("view change told to the script's rerun done", reruns_ms, "ms")
    picture = f"{url}/corridormap/snapshot.png?size=1600x1000"

    def png_s() -> float:
        started = time.perf_counter()
        urllib.request.urlopen(picture, timeout=60).read()
        return time.perf_counter() - started

    row("PNG 1600x1000, first in the running page", png_s(), "s")
    row("PNG 1600x1000, in the running page", median(png_s), "s", "under 0.5")
    page.context.close()


def memory(browser: Browser, url: str, process: psutil.Process) -> None:
    """Measure the server's memory with one page open and with ten."""
    contexts = []

    def open_page() -> None:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        page.wait_for_selector(READY, state="attached")

    open_page()
    one_mb = memory_mb(process)
    for _ in range(9):
        open_page()
    ten_mb = memory_mb(process)
    row("server memory, one page open", one_mb, "MB", "under 400")
    row("server memory, ten pages open", ten_mb, "MB")
    row("each further page", (ten_mb - one_mb) / 9, "MB", "under 15")
    for context in contexts:
        context.close()


if __name__ == "__main__":
    main()
