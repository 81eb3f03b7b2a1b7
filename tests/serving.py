"""Run the real `corridormap serve` for tests, and watch what its process reaches for."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.nursery import FORKS, Forked, Nursery

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "RunCommand",
    "Served",
    "free_port",
    "launch",
    "nursery",
    "run_command",
    "wait_until_served",
]

COMMAND = str(Path(sys.executable).with_name("corridormap"))

RunCommand = Callable[..., subprocess.CompletedProcess[str]]

# Python loads this module at start: it writes down every address the process asks for.
WATCH = """
import os, sys

def note(event, args):
    if event in ("socket.connect", "socket.sendto"):
        line = repr(args[1])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        line = repr(args[0])
    else:
        return
    with open(os.environ["CORRIDORMAP_TEST_CONNECTIONS"], "a", encoding="utf-8") as log:
        log.write(event + " " + line + "\\n")

sys.addaudithook(note)
"""


# This machine's own names and addresses, whole, or a path of a socket on it.
_HERE = re.compile(r"['\"](127\.0\.0\.1|localhost|::1|0\.0\.0\.0|::|/[^'\"]*)['\"]| None$")


@dataclass(frozen=True)
class Served:
    """A running server: its address, the log of what it tried to reach, its process."""

    url: str
    connections: Path
    log: Path
    process: subprocess.Popen[bytes] | Forked

    @property
    def port(self) -> int:
        """The port it listens at."""
        return urlsplit(self.url).port or 0

    def outside(self, *allowed: str) -> list[str]:
        """Return what it tried to reach, or looked up, besides this machine and these words."""
        lines = self.connections.read_text(encoding="utf-8").splitlines()
        return [
            line for line in lines if not _HERE.search(line) and not any(w in line for w in allowed)
        ]


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery | None]:
    """Return what starts commands soon, None where they are started as ever."""
    if not FORKS:
        yield None
        return
    made = Nursery(tmp_path_factory.mktemp("nursery"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def launch(
    tmp_path_factory: pytest.TempPathFactory, nursery: Nursery | None
) -> Iterator[Callable[..., Served]]:
    """Return a function that runs `corridormap serve` with words of its command line.

    The server runs in an empty folder of its own, in which ``files`` are written first;
    ``base`` is what its addresses begin with, if the words say so; ``port`` is that of a server
    that has ended. It is a fork of the `nursery`, unless ``alone`` asks for a process of its own
    from the start.
    """
    running: list[subprocess.Popen[bytes] | Forked] = []

    def start(
        *words: str,
        files: Mapping[str, str] | None = None,
        base: str = "",
        port: int | None = None,
        alone: bool = False,
    ) -> Served:
        work = tmp_path_factory.mktemp("server")
        port = port or free_port()
        for name, text in {"sitecustomize.py": WATCH, **(files or {})}.items():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            (work / name).write_text(text.replace("{port}", str(port)), encoding="utf-8")
        log = work / "log.txt"
        connections = work / "connections.txt"
        connections.touch()
        environment = os.environ | {
            "PYTHONPATH": str(work),
            "CORRIDORMAP_TEST_CONNECTIONS": str(connections),
        }
        words = ("serve", *words, "--port", str(port), "--no-browser")
        process: subprocess.Popen[bytes] | Forked
        # Where Streamlit's own settings lie is known as soon as it is loaded.
        if nursery is None or alone or (work / ".streamlit").is_dir():
            with log.open("wb") as out:
                process = subprocess.Popen(
                    [COMMAND, *words], stdout=out, stderr=out, env=environment, cwd=work
                )
        else:
            log.touch()
            process = nursery.start(*words, cwd=work, env=environment, out=log, errors=log)
        running.append(process)
        served = Served(f"http://localhost:{port}{base}", connections, log, process)
        wait_until_served(process, served.url, log)
        return served

    yield start
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=60)


@pytest.fixture(scope="session")
def run_command(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery | None) -> RunCommand:
    """Return a function that runs the command to its end, and tells how it was.

    It runs in a process of its own, a fork of the `nursery`: in ``cwd``, with ``env``, and for
    ``timeout_s`` at most.
    """

    def run(
        *words: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        timeout_s: float = 120,
    ) -> subprocess.CompletedProcess[str]:
        work = tmp_path_factory.mktemp("command")
        said = tuple(map(str, words))
        where, environment = cwd or work, os.environ if env is None else env
        if nursery is None or (where / ".streamlit").is_dir():
            return subprocess.run(
                [COMMAND, *said], cwd=where, env=environment,
                capture_output=True, encoding="utf-8", timeout=timeout_s, check=False,
            )  # fmt: skip
        out, errors = work / "out", work / "errors"
        out.touch()
        errors.touch()
        running = nursery.start(*said, cwd=where, env=environment, out=out, errors=errors)
        try:
            code = running.wait(timeout_s)
        finally:
            running.kill()
        told = [file.read_text(encoding="utf-8") for file in (out, errors)]
        return subprocess.CompletedProcess(said, code, *told)

    return run


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_served(process: subprocess.Popen[bytes] | Forked, url: str, log: Path) -> None:
    """Wait until a server answers; fail with its log if it stops, or takes two minutes.

    An answer that is slow to come is asked for again: a machine that writes to its disk may leave
    a server waiting for longer than one question does.
    """
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server stopped: {log.read_text(encoding='utf-8')}")
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("the server did not answer within 120 s")
