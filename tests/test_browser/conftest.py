"""Serve corridors for browser journeys, and watch what the server's process reaches for."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.test_browser.journeys import Served
from tests.test_browser.subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.test_browser.subjects import Subject

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
def launch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """Return a function that runs `corridormap serve` with words of its command line.

    The server runs in an empty folder of its own, in which ``files`` are written first;
    ``base`` is what its addresses begin with, if the words say so.
    """
    running: list[subprocess.Popen[bytes]] = []

    def start(*words: str, files: Mapping[str, str] | None = None, base: str = "") -> Served:
        work = tmp_path_factory.mktemp("server")
        port = _free_port()
        for name, text in {"sitecustomize.py": WATCH, **(files or {})}.items():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            (work / name).write_text(text.replace("{port}", str(port)), encoding="utf-8")
        log = work / "log.txt"
        served = Served(f"http://localhost:{port}{base}", work / "connections.txt", log)
        served.connections.touch()
        environment = os.environ | {
            "PYTHONPATH": str(work),
            "CORRIDORMAP_TEST_CONNECTIONS": str(served.connections),
        }
        command = [
            str(Path(sys.executable).with_name("corridormap")),
            *("serve", *words, "--port", str(port), "--no-browser"),
        ]
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, stdout=out, stderr=subprocess.STDOUT, env=environment, cwd=work
            )
        running.append(process)
        _wait_until_served(process, served.url, log)
        return served

    yield start
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def serve(launch: Callable[..., Served]) -> Callable[[Path], Served]:
    """Return a function that serves a corridor folder alone; each folder is served once."""
    return cache(lambda folder: launch(str(folder)))


@pytest.fixture(scope="session")
def served(launch: Callable[..., Served]) -> Served:
    """Serve the built-in corridors, all on one server."""
    return launch()


@pytest.fixture(scope="session", params=["azerbaijan-iran", "north-south"])
def subject(request: pytest.FixtureRequest) -> Subject:
    """Return each of the built-in corridors in turn, as its own files have it."""
    return subject_of(request.param)


@pytest.fixture
def home(served: Served, subject: Subject) -> str:
    """Return the address of the subject's page."""
    return f"{served.url}/?c={subject.id}"
