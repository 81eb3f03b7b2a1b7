"""Serve corridors for browser journeys, and watch what the server's process reaches for."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.test_browser.journeys import BUILT_IN, Served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Python loads this module at start: it writes down every address the process asks for.
WATCH = """
import os, sys

def note(event, args):
    if event == "socket.connect":
        line = repr(args[1])
    elif event == "socket.getaddrinfo":
        line = repr(args[0])
    else:
        return
    with open(os.environ["CORRIDORMAP_TEST_CONNECTIONS"], "a", encoding="utf-8") as log:
        log.write(event + " " + line + "\\n")

sys.addaudithook(note)
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_served(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server stopped: {log.read_text(encoding='utf-8')}")
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    pytest.fail("the server did not answer within 60 s")


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Served]]:
    """Return a function that serves a corridor folder; each folder is served once."""
    running: list[subprocess.Popen[bytes]] = []
    known: dict[Path, Served] = {}

    def start(folder: Path) -> Served:
        if folder in known:
            return known[folder]
        work = tmp_path_factory.mktemp("server")
        (work / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
        log = work / "log.txt"
        port = _free_port()
        served = Served(f"http://localhost:{port}", work / "connections.txt", log)
        served.connections.touch()
        environment = os.environ | {
            "PYTHONPATH": str(work),
            "CORRIDORMAP_TEST_CONNECTIONS": str(served.connections),
        }
        command = [
            str(Path(sys.executable).with_name("corridormap")),
            *("serve", str(folder), "--port", str(port), "--no-browser"),
        ]
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, stdout=out, stderr=subprocess.STDOUT, env=environment, cwd=work
            )
        running.append(process)
        _wait_until_served(process, served.url, log)
        known[folder] = served
        return served

    yield start
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=20)


@pytest.fixture
def served(serve: Callable[[Path], Served]) -> Served:
    """Serve the built-in corridor."""
    return serve(BUILT_IN)
