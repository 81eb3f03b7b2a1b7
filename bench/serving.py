"""Start servers and commands for the bench, and time them. Nothing here is a test."""

from __future__ import annotations

import resource
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Taken", "command", "cpu_s", "memory_mb", "port", "server"]


class Taken(NamedTuple):
    """How long something took, by the clock and on the processor."""

    wall_s: float
    cpu_s: float
    """Of all its processes; apart from what else the machine did meanwhile."""


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


def command(words: list[str], *, may_fail: bool = False) -> Taken:
    """Run a whole command; one that may fail says so of what it was given."""
    before = _children_s()
    started = time.perf_counter()
    subprocess.run(words, check=not may_fail, capture_output=True)
    return Taken(time.perf_counter() - started, _children_s() - before)


def cpu_s(process: psutil.Process) -> float:
    """Return the processor's seconds that a server and its children have used."""
    everyone = [process, *process.children(recursive=True)]
    return float(sum(sum(each.cpu_times()[:2]) for each in everyone))


def memory_mb(process: psutil.Process) -> float:
    """Return the resident memory of a server and its children."""
    everyone = [process, *process.children(recursive=True)]
    return sum(each.memory_info().rss for each in everyone) / 1e6


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
