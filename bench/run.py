"""Measure the tool on the real corridor and print the tables: ``make bench``.

Every figure is a median of runs made side by side in this one call, on one server and
in real Chromium, so that ratios hold on a noisy machine. Nothing here is a test.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench import exports
from bench.serving import memory_mb, port, server
from scripts.chromium import LAUNCH_ARGUMENTS, find_chromium

if TYPE_CHECKING:
    from collections.abc import Callable

    import psutil
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


def find_ms(page: Page) -> float:
    """Return how long a key in the search takes, until what it finds is in the page."""
    page.keyboard.press("/")
    took = page.evaluate(
        """() => {
            const field = document.querySelector(".cmp-find-input");
            const times = [];
            for (const text of ["j", "ju", "jul", "julf", "julfa", "джульфа", "جلفا"]) {
                const from = performance.now();
                field.value = text;
                field.dispatchEvent(new Event("input", { bubbles: true }));
                document.querySelector(".cmp-find").getBoundingClientRect();
                times.push(performance.now() - from);
            }
            return Math.max(...times);
        }"""
    )
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    return float(took)


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
        browser.close()
        print(f"\n{exports.HEAD}")
        for line in exports.measure(executable, play):
            print(line, flush=True)


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
    row("slowest key in the search, found shown", median(lambda: find_ms(page)), "ms", "under 50")
    row("view change told to the script's rerun done", reruns_ms, "ms")
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
