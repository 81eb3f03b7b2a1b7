"""A server keeps no picture's memory: what it holds levels off, however many are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
import pytest

from tests.test_security import web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.serving import Served

WARM = 12
MORE = 40
LOOKED_AT = 8
MOST_MB = 1.0 * MORE
"""A server goes up and down by as much between two pictures, and its least of eight by half of it.
When garbage and freed memory were left to Python and glibc, it grew by 3 MB a picture."""


@pytest.mark.skipif(not psutil.LINUX, reason="what is given back is told to glibc alone")
def test_many_pictures_do_not_make_the_server_grow(launch: Callable[..., Served]) -> None:
    served = launch("azerbaijan-iran", alone=True)
    process = psutil.Process(served.process.pid)

    def least_mb(first: int) -> float:
        held = []
        for number in range(first, first + LOOKED_AT):
            ask(served, [number])
            held.append(process.memory_info().rss / 1e6)
        return min(held)

    ask(served, range(WARM))
    before_mb = least_mb(WARM)
    ask(served, range(WARM + LOOKED_AT, WARM + MORE))
    assert least_mb(WARM + MORE) - before_mb < MOST_MB


def ask(served: Served, numbers: Iterable[int]) -> None:
    """Ask for pictures, none of them twice."""
    for number in numbers:
        size = f"{800 + 83 * number % 1000}x{600 + 57 * number % 700}"
        path = f"/corridormap/c/azerbaijan-iran/snapshot.png?layout=custom&size={size}"
        assert web.get(served.url, path).body.startswith(b"\x89PNG")
